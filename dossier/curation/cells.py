"""A table's file, changed cell by cell: what was not changed keeps its bytes, quotes, line ends."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|\Z)')


class TableFile:
    """The rows of a CSV file as cells, each as it is written, with what follows it.

    >>> table = TableFile('a,b\\r\\n"1",2\\r\\n')
    >>> table.set(2, "b", "two, or 3"), table.append({"a": "4"})
    (None, None)
    >>> table.text
    'a,b\\r\\n"1","two, or 3"\\r\\n4,\\r\\n'
    """

    def __init__(self, text: str):
        self.rows: list[list[list[str]]] = []
        at, row = 0, []
        while at < len(text):
            found = _CELL.match(text, at)
            if found is None:  # a quotation mark that is not closed: the check of the data says so
                raise ValueError("a cell's quotation mark is not closed; run make check")
            row.append([found[1], found[2]])
            at = found.end()
            if found[2] != ",":
                self.rows.append(row)
                row = []
        self.columns = [_plain(cell) for cell, _ in self.rows[0]]
        self.columns[0] = self.columns[0].removeprefix("\ufeff")
        self.end = self.rows[0][-1][1] or "\n"

    @property
    def text(self) -> str:
        return "".join(cell + after for row in self.rows for cell, after in row)

    def cells(self, row: int) -> dict[str, str]:
        """Return the cells of a row by column; ``row`` counts the heading as 1."""
        return dict(zip(self.columns, (_plain(c) for c, _ in self.rows[row - 1]), strict=False))

    def set(self, row: int, column: str, value: str) -> None:
        """Write a cell, in quotation marks where it was or must be."""
        cell = self.rows[row - 1][self.columns.index(column)]
        if _plain(cell[0]) != value:
            cell[0] = _written(value, quoted=cell[0].startswith('"'))

    def append(self, values: Mapping[str, str], after: int = 0) -> None:
        """Add a row, at the end or after another; columns that are not given stay empty."""
        quoted = all(cell.lstrip("\ufeff").startswith('"') for cell, _ in self.rows[0])
        cells = [[_written(values.get(c, ""), quoted), ","] for c in self.columns]
        place = after or len(self.rows)
        before = self.rows[place - 1][-1]
        cells[-1][1] = before[1]
        before[1] = before[1] or self.end
        self.rows.insert(place, cells)


def _plain(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell


def _written(value: str, quoted: bool) -> str:
    if quoted or re.search(r'[",\r\n]', value):
        return '"' + value.replace('"', '""') + '"'
    return value


def read(file: Path) -> TableFile:
    """Return a table's file."""
    return TableFile(file.read_bytes().decode("utf-8"))


def write(file: Path, text: str) -> None:
    """Write a file in one step, its line ends as they are."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode("utf-8"))
    mode = file.stat().st_mode if file.exists() else 0o644
    Path(name).chmod(mode & 0o777)
    Path(name).replace(file)
