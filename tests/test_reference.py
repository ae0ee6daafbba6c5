"""docs/reference.md is what the code says now; ``UPDATE=1`` writes it anew."""

import os
import re
import tomllib

import reference
from conftest import OTHER, PROJECT

FILE = PROJECT.root / "docs" / "reference.md"


def test_the_reference_is_current():
    made = reference.text(PROJECT)
    if os.environ.get("UPDATE"):
        FILE.write_text(made, encoding="utf-8")
    told = FILE.read_text(encoding="utf-8")
    assert told == made, "write it anew: UPDATE=1 .venv/bin/pytest tests/test_reference.py"


def part(heading: str) -> str:
    """Return what stands below a heading of the second level."""
    told = FILE.read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", told, re.MULTILINE | re.DOTALL)
    return found[1]


def test_every_key_that_a_dossier_sets_has_its_line():
    for root in (PROJECT.root, OTHER):
        content = tomllib.loads((root / "dossier.toml").read_text(encoding="utf-8"))
        sections = [content, *(v for v in content.values() if isinstance(v, dict))]
        own = {*content["units"], *content.get("colours", ())}
        for key in {key for section in sections for key in section} - own:
            assert f"| `{key}` |" in part("dossier.toml"), key


def test_every_form_that_a_chapter_uses_is_shown():
    forms = part("Forms in sentences")
    used = set()
    for notebook in PROJECT.notebooks.glob("*.ipynb"):
        used |= set(re.findall(r"\{[a-z][a-z0-9_]*:(\w+)\}", notebook.read_text(encoding="utf-8")))
    assert {"n", "N"} <= used
    for form in used:
        assert f"`{{id:{form}}}`" in forms, form
