"""The pages that list many reports: the briefs, and the editions with what changed between them."""

import itertools
from pathlib import Path

from dossier.build import stamps
from dossier.build.comparison import write_redline
from dossier.build.editions import make_checked, prepare
from dossier.build.errors import BuildError
from dossier.build.notebooks import raise_error
from dossier.build.processes import run_all
from dossier.build.progress import Progress
from dossier.build.reports import lock, publish, work_folder
from dossier.data.known import Record, known_on
from dossier.document.imprint import EDITIONS, Files, imprint_of, of_briefs
from dossier.document.markdown import inline
from dossier.document.model import (
    Block,
    Chapter,
    Document,
    Run,
    Runs,
    TableBlock,
    TableColumn,
    Words,
)
from dossier.document.words import index_dateline
from dossier.export import chosen, html
from dossier.export.redline import Redline
from dossier.facts.ledger import Ledger
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.registry import registry_of
from dossier.show.briefs import entities, settings_of
from dossier.show.charts import colours_of
from dossier.show.report import check_parameters
from dossier.show.tables import Table, plain
from dossier.text.dates import day_text


def _page(
    project: Project, title: str, given: Parameters, blocks: list[Block], beside: Files
) -> bytes:
    day = day_text(given.as_of)
    document = Document(
        kind="index",
        title=title,
        name="index",
        chapters=[Chapter("index", 1, title, blocks)],
        parameters=given.as_dict(),
        as_of=day,
        words=Words(dateline=index_dateline(day)),
        colours=colours_of(project),
        imprint=imprint_of(project, given, title, day, beside),
    )
    return html.render(document)


def _table(
    number: int,
    id: str,
    caption: str,
    columns: list[TableColumn],
    rows: list[tuple[str, list[Runs]]],
) -> TableBlock:
    return TableBlock(
        id=id,
        caption=inline(caption),
        columns=columns,
        keys=[key for key, _ in rows],
        rows=[cells for _, cells in rows],
        number=number,
        anchors=[""] * len(rows),
    )


def _links(*pairs: tuple[str, str]) -> Runs:
    runs: Runs = []
    for text, address in pairs:
        runs += [Run(" · ")] * bool(runs) + [Run(text, href=address)]
    return runs


def briefs_page(project: Project, given: Parameters, there: list[str]) -> bytes:
    """Return the page that lists the briefs; ``there`` are those that are built."""
    record = known_on(project, given.as_of)
    settings, made = settings_of(record), chosen(given.formats).values()
    shown = _listed(record, given, settings.index)
    rows = []
    for key, cells in shown.rows:
        entity = key.partition(":")[2]
        links = _links(*((f.name.upper(), f"{entity}{f.suffix}") for f in made))
        texts = [[Run(plain(cell))] for cell in cells]
        rows.append((key, [*texts, links if entity in there else [Run("not built")]]))
    columns = [TableColumn(c.label, c.align) for c in shown.columns] + [TableColumn("Brief")]
    table = _table(1, "briefs", shown.caption, columns, rows)
    table.note, table.find = inline(shown.note), shown.find
    beside = [("the report", f"../{project.settings.name}{given.suffix}.html")]
    if project.settings.editions:
        beside.append((EDITIONS[0], f"../{EDITIONS[1]}"))
    return _page(project, settings.title, given, [table], beside)


def _listed(record: Record, given: Parameters, name: str) -> Table:
    """Return the table that lists the entities; raise BuildError where it does not list each."""
    tables = registry_of(record.project).of("table")
    if name not in tables:
        raise BuildError(
            f"dossier.toml, [briefs]: no table {name!r} to list the briefs by; name one of the "
            "analysis as index"
        )
    found: Table = tables[name].function(record, Ledger(record, given.units))
    wanted, listed = list(entities(record)), [key.partition(":")[2] for key, _ in found.rows]
    if listed != wanted:
        missing, more = sorted({*wanted} - {*listed}), sorted({*listed} - {*wanted})
        amiss = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(more)} besides"
        amiss = amiss if missing or more else "has them in another order, or twice"
        raise BuildError(
            f"the table {name!r} {amiss}; it lists the rows of {settings_of(record).table} in the "
            "order of their names, each once, by their keys"
        )
    return found


Edition = tuple[str, Parameters]


def editions(project: Project) -> list[Edition]:
    """Return the editions that matter, in order of time: the article, dossier.toml's, now."""
    record = known_on(project)
    days = [("The article", project.settings.article.day)]
    for edition in project.settings.editions:
        table, key, column = edition.cell.split(".")
        days.append((edition.name, record.row(table, key)[column].date()))
    days.append(("Now", record.newest))
    return [(name, check_parameters(project, {"as_of": day.isoformat()})) for name, day in days]


def editions_page(
    project: Project, listed: list[Edition], changed: list[tuple[str, Redline]]
) -> bytes:
    """Return the page of the editions; ``changed`` are redlines of neighbours, by their files."""
    rows = []
    for name, given in listed:
        file = given.stem(project.settings.name)
        links = _links(("HTML", f"{file}.html"), ("PDF", f"{file}.pdf"))
        rows.append((f"editions:{file}", [[Run(name)], [Run(day_text(given.as_of))], links]))
    heads = [TableColumn(label) for label in ("What", "What was known by", "Report")]
    blocks: list[Block] = [_table(1, "editions", "The editions", heads, rows)]
    pairs = zip(itertools.pairwise(listed), changed, strict=True)
    lines = [
        (f"changes:{file}", _change_cells(before[0], after[0], file, found))
        for (before, after), (file, found) in pairs
    ]
    labels = ("From", "To", "Verdicts moved", "Facts", "Sentences", "Redline")
    heads = [TableColumn(label) for label in labels]
    blocks.append(_table(2, "changes", "What changed", heads, lines))
    settings, given = project.settings.briefs, listed[-1][1]
    beside = [of_briefs(settings, given)] if settings else []
    return _page(project, "The editions, and what changed", given, blocks, beside)


def _change_cells(before: str, after: str, file: str, found: Redline) -> list[Runs]:
    counts = len(found.verdicts), len(found.facts) + len(found.added), found.sentences
    texts = [before, after, *map(str, counts)]
    return [*([Run(text)] for text in texts), _links(("HTML", file))]


def build_editions(project: Project) -> tuple[list[Path], list[str]]:
    """Build the report for each day that matters, and the page of what changed.

    Returns the files and the names of the editions that were built; none where none was due.
    """
    with lock(project):
        if files := stamps.up_to_date(project, "editions", {}):
            return files, []
        read_inputs = stamps.inputs(project)
        prepare(project)
        listed = editions(project)
        with work_folder(project) as work:
            folder = work / "made"
            outputs: dict[str, Path] = {}
            for name, given in listed:
                print(f"{name}, {given.as_of}")
                ((made, error),) = run_all(_make, [(project, given, folder)], 1)
                raise_error(error)
                outputs |= made
            changed = _redlines(project, [given for _, given in listed], folder)
            outputs |= {name: folder / name for name, _ in changed}
            page = folder / "index.html"
            page.write_bytes(editions_page(project, listed, changed))
            outputs["index.html"] = page
            publish(project, work, outputs)
        files = [project.reports / name for name in outputs]
        stamps.write(project, "editions", {}, read_inputs, files)
        return files, [name for name, _ in listed]


def _redlines(
    project: Project, listed: list[Parameters], folder: Path
) -> list[tuple[str, Redline]]:
    """Write the redline of each pair of neighbours beside them; return them by their files."""
    found = []
    for before, after in itertools.pairwise(listed):
        old, new = (
            folder / f"{given.stem(project.settings.name)}.html" for given in (before, after)
        )
        name = f"{project.settings.name}.changes-to-{after.as_of.isoformat()}.html"
        found.append((name, write_redline(old, new, folder / name, project, own=True)))
    return found


def _make(job: tuple[Project, Parameters, Path]) -> dict[str, Path]:
    """Make one edition, in a process of its own; return its files."""
    project, given, folder = job
    return make_checked(project, given, folder, Progress(0)).files
