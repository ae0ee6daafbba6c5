"""What a spreadsheet does to a table on saving, seen against what last passed the check.

Spreadsheets hold fifteen digits of a number, and write text that looks like a number as one: 0.1,
for 0.10. No rule of a table is broken by it, so what passed the check is kept, in .build/checked.
"""

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from dossier.data.schema import Resource, Schema
from dossier.project import Project


def is_blurred(old: str, new: str, kind: str) -> bool:
    """Return whether a cell says less than it did: digits rounded away, or a text's zeros gone.

    >>> is_blurred("1.346516857031259", "1.34651685703126", "number")
    True
    >>> is_blurred("7.20", "7.2", "string"), is_blurred("7.20", "7.2", "number")
    (True, False)
    >>> is_blurred("1.25", "1.35", "number"), is_blurred("1.3", "1.25", "number")
    (False, False)
    """
    try:
        before, after = Decimal(old), Decimal(new)
    except InvalidOperation:
        return False
    if before == after:
        return kind == "string" and len(new) < len(old)
    places = after.as_tuple().exponent
    if not isinstance(places, int) or not isinstance(before.as_tuple().exponent, int):
        return False  # no finite number
    shorter = places > int(before.as_tuple().exponent)
    return shorter and abs(before - after) <= Decimal(1).scaleb(places) / 2


def check_saved(project: Project, schema: Schema) -> Iterator[str]:
    """Yield a problem for each column with a cell that says less than it did, with the first."""
    for resource in schema.tables.values():
        kept = _folder(project) / resource["path"]
        file = schema.folder / resource["path"]
        if kept.is_file() and kept.read_bytes() != file.read_bytes():
            for column, cells in _blurred(schema, resource, kept, file).items():
                number, was, now = cells[0]
                more = f" (and {len(cells) - 1} more like it)" if len(cells) > 1 else ""
                remedy = (
                    f"it was {was!r}{more}, which a spreadsheet shortened; put it back (import "
                    "the columns as text), or, where it is meant, remove "
                    f"{kept.relative_to(project.root)}"
                )
                yield f"data/{resource['path']}, row {number}, column {column} is {now!r}: {remedy}"


def _blurred(
    schema: Schema, resource: Resource, kept: Path, file: Path
) -> dict[str, list[tuple[int, str, str]]]:
    """Return the rows with such a cell by column: number, what it was, what it is."""
    types, keys = schema.types(resource["name"]), schema.key_columns(resource["name"])
    before = {tuple(row.get(k) for k in keys): row for row in _rows(kept)}
    found: dict[str, list[tuple[int, str, str]]] = {}
    for number, row in enumerate(_rows(file), start=2):
        old = before.get(tuple(row[k] for k in keys), {})
        for column, kind in types.items():
            if is_blurred(old.get(column, ""), row[column], kind):
                found.setdefault(column, []).append((number, old[column], row[column]))
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def keep(project: Project, schema: Schema) -> None:
    """Keep the tables as they are: they have passed the check."""
    for resource in schema.tables.values():
        content = (schema.folder / resource["path"]).read_bytes()
        _keep_file(_folder(project) / resource["path"], content)


PASSED = "passed"
"""The file of the digests of what has passed the check of its schema, one a line."""


def passed(project: Project) -> list[str]:
    """Return what was noted as passed."""
    try:
        return (_folder(project) / PASSED).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def note_passed(project: Project, digests: list[str]) -> None:
    """Note digests as those of what has passed, and no others."""
    _keep_file(_folder(project) / PASSED, "\n".join(digests).encode("ascii"))


def _keep_file(kept: Path, content: bytes) -> None:
    with contextlib.suppress(OSError):  # where nothing can be kept, there is nothing to compare
        kept.parent.mkdir(parents=True, exist_ok=True)
        if not kept.is_file() or kept.read_bytes() != content:
            handle, name = tempfile.mkstemp(dir=kept.parent)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(kept)


def _folder(project: Project) -> Path:
    return project.scratch / "checked"
