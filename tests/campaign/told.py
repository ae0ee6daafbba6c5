"""The tables of counts that docs/campaigns.md tells."""

import os

import pytest
from conftest import PROJECT

PAGE = PROJECT.root / "docs" / "campaigns.md"
EVERY = 4
"""Of so many faults the page counts one: as many are tried before a change lands."""
SWAY = 5
"""By so many a count of what was drawn by lot may differ from the page's."""


def between(name: str) -> str:
    """Return the table between the page's marks."""
    _, start, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    told, end, _ = rest.partition(f"\n<!-- /{name} -->")
    assert start and end, f"docs/campaigns.md has no marks of {name}"
    return told


def counts(table: str) -> dict[str, list[int]]:
    """Return a table's counts by the names of its rows."""
    rows = (line.strip("| ").split(" | ") for line in table.splitlines()[2:])
    return {kind: [int(count) for count in found] for kind, *found in rows}


def hold(name: str, found: str, drawn: int = 0) -> None:
    """Hold a table against the one between the page's marks, or write it there (UPDATE=1).

    The last ``drawn`` columns count what was drawn by lot from the places of the report, which
    each new sentence moves: there a row may differ by ``SWAY``. All others are held to the unit.
    """
    told = between(name)
    if os.environ.get("UPDATE"):
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(f"-->\n{told}\n<!--", f"-->\n{found}\n<!--"), "utf-8")
    else:
        assert told.splitlines()[:2] == found.splitlines()[:2]
        was, now = counts(told), counts(found)
        assert list(was) == list(now)
        for kind, count in now.items():
            exact = len(count) - drawn
            assert count[:exact] == was[kind][:exact], kind
            assert count[exact:] == pytest.approx(was[kind][exact:], abs=SWAY), kind
