"""The tables of counts that docs/campaigns.md tells."""

import os

from conftest import PROJECT

PAGE = PROJECT.root / "docs" / "campaigns.md"


def hold(name: str, found: str) -> None:
    """Hold a table against the one between the page's marks, or write it there (UPDATE=1)."""
    text = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
    told = text[text.index(start) + len(start) : text.index(end)]
    if os.environ.get("UPDATE"):
        PAGE.write_text(text.replace(f"{start}{told}{end}", f"{start}{found}{end}"), "utf-8")
    else:
        assert told == found
