"""The tables of counts that docs/campaigns.md tells."""

import os

from conftest import PROJECT

PAGE = PROJECT.root / "docs" / "campaigns.md"
EVERY = 4
"""Of so many faults the page counts one: as many are tried before a change lands."""


def between(name: str) -> str:
    """Return the table between the page's marks."""
    _, start, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    told, end, _ = rest.partition(f"\n<!-- /{name} -->")
    assert start and end, f"docs/campaigns.md has no marks of {name}"
    return told


def hold(name: str, found: str) -> None:
    """Hold a table against the one between the page's marks, or write it there (UPDATE=1)."""
    told = between(name)
    if os.environ.get("UPDATE"):
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(f"-->\n{told}\n<!--", f"-->\n{found}\n<!--"), "utf-8")
    else:
        assert told == found
