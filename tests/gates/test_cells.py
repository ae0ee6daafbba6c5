"""Numbers of tables are those of the rows that their lines name, or of facts."""

import copy

import pytest

from dossier.document.model import TableBlock, text_of
from dossier.gates import Finished, cells


@pytest.fixture
def changed(edition):
    """Return a function that gives the problems of the report with one line of a table changed."""

    def problems(table, line, change):
        document = copy.deepcopy(edition.document)
        blocks = (b for b in document.blocks() if isinstance(b, TableBlock))
        change(next(b for b in blocks if b.id == table), line)
        return cells.find(Finished(edition.report, document, []))

    return problems


def says(old, new):
    """Return a change of a line's words, in a run that no link holds."""

    def change(table, line):
        cell = next(c for c in table.rows[line] if old in text_of(c))
        run = next(r for r in cell if old in r.text and not r.fact and not r.href)
        run.text = run.text.replace(old, new, 1)

    return change


def names(key):
    def change(table, line):
        table.keys[line] = key

    return change


def test_the_tables_of_the_report_hold_their_rows_numbers(edition):
    assert cells.find(Finished(edition.report, edition.document, [])) == []


@pytest.mark.parametrize("key", ["g7_joiners:Nowhere", "nowhere:Bulgaria", "datapackage:nowhere"])
def test_a_line_of_no_row_is_found(changed, key):
    (problem,) = changed("g7-without", 0, names(key))
    assert problem.startswith(f"table g7-without, row {key}: there is no such row")


@pytest.mark.parametrize(
    ("table", "line", "old", "new"),
    [
        ("g7-without", 0, "2023", "1987"),  # Bulgaria joined in August 2023
        ("allies", 0, "2.03", "8.53"),  # of another table, whose key holds the ally's
        ("front-published", 0, "966", "990"),  # in the other unit
        ("agreements", 0, "2034", "2041"),  # ten years from the day of signing
        ("timeline", 0, "1949", "1950"),
    ],
)
def test_a_number_of_another_row_or_of_none_is_found(changed, table, line, old, new):
    problems = changed(table, line, says(old, new))
    assert any(f"the number {new!r} in" in problem for problem in problems)
    assert all(problem.startswith(f"table {table}, row ") for problem in problems)


def test_a_line_under_the_key_of_another_row_is_found(changed, edition):
    table = next(t for t in edition.document.tables() if t.id == "allies")
    sweden = table.keys.index("nato_members:SWE")
    assert changed("allies", 0, names(table.keys[sweden]))


def test_a_line_on_several_rows_names_parts_of_theirs(changed):
    assert not changed("support-kiel", 0, names("kiel_support:USA/H2"))
    assert not changed("support-kiel", 0, names("kiel_support:Germany"))
    assert changed("support-kiel", 0, names("kiel_support:1999-H1"))
