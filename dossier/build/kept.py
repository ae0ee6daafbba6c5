"""Chapters kept from build to build, in .build/chapters, each with what it was found to rest on.

A chapter is taken as it was where its notebook, the code, the settings and the parameters are the
same, and every table, fact and file that it asked for is. What is not noted may change a chapter
only by way of the code: whatever else lies in data/ counts as code.
"""

import contextlib
import functools
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from dossier.build import stamps
from dossier.data.noted import EVERY, Asked
from dossier.facts.ledger import Ledger
from dossier.parameters import Parameters
from dossier.project import Project

MOST = 128
"""How many chapters are kept: those of a dozen editions."""

State = dict[str, dict[str, str]]
"""A digest of each table, fact and file, by kind and name."""


class Kept:
    """The kept chapters of an edition; ``ledger`` is what the chapters of this build see."""

    def __init__(self, project: Project, given: Parameters, ledger: Ledger, versions: Any):
        self.project, self.ledger = project, ledger
        self.folder = project.scratch / "chapters"
        record = ledger.record
        self.seen = _digest(
            stamps.shared_code(project),
            repr(project.settings),
            repr((given.of_notebook(), given.newest)),
            json.dumps(record.schema.content),
            record.article.sha256,
            sys.version,
            repr(versions),
        )
        self.digest = functools.cache(self._digest)

    def keys(self, chapters: list[Path]) -> dict[Path, str]:
        """Return the names under which chapters are kept, as their files are now.

        They are empty where the code is not what this process has imported.
        """
        if stamps.shared_code_now(self.project) != stamps.shared_code(self.project):
            return dict.fromkeys(chapters, "")
        schema = self.ledger.record.schema
        tables = {resource["path"] for resource in schema.tables.values()}
        files = [f for f in sorted(self.project.data.iterdir()) if f.is_file()]
        loose = [f"{f.name} {stamps.sha(f)}" for f in files if f.name not in tables]
        return {f: _digest(self.seen, f.name, stamps.sha(f), *loose) for f in chapters}

    def find(self, key: str) -> nbformat.NotebookNode | None:
        """Return a chapter as it was executed, or None where what it rests on has changed."""
        file = self.folder / f"{key}.json"
        try:
            noted = json.loads(file.read_text(encoding="utf-8"))
            if not key or noted["state"] != self.state(noted["asked"]):
                return None
            os.utime(file)  # the ones used last are kept
        except (OSError, ValueError, KeyError):
            return None
        found: nbformat.NotebookNode = nbformat.from_dict(noted["notebook"])
        return found

    def keep(self, key: str, notebook: nbformat.NotebookNode, asked: Asked) -> None:
        """Keep an executed chapter under the key that it had before it ran, in one step."""
        content = {"asked": asked, "state": self.state(asked), "notebook": notebook}
        with contextlib.suppress(OSError):  # without room for it, it is run again
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(content, stream)
            Path(name).replace(self.folder / f"{key}.json")
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        """Drop what was not used for longest, and what a build left that was killed."""
        files = [(f.stat().st_mtime, f) for f in self.folder.iterdir()]
        for _, file in sorted(files, reverse=True)[MOST:]:
            file.unlink(missing_ok=True)

    def state(self, asked: Asked) -> State:
        """Return the digests of what was asked for, as it is now."""
        return {kind: {n: self.digest(kind, n) for n in names} for kind, names in asked.items()}

    def _digest(self, kind: str, name: str) -> str:
        record = self.ledger.record
        if kind == "files":
            file = self.project.root / name
            return stamps.sha(file) if file.is_file() else ""
        if kind == "tables":
            sides = (side.get(name) for side in (record.tables, record.everything))
            return _digest(*("" if frame is None else frame.to_csv() for frame in sides))
        if name == EVERY:
            return _digest(*(f"{id} {self._fact(id)}" for id in self.ledger))
        return _digest(self._fact(name))

    def _fact(self, id: str) -> str:
        """Return all that a fact is, in words; nothing where there is no such fact any more."""
        try:
            return repr(self.ledger[id])
        except ValueError:
            return ""


def _digest(*texts: str) -> str:
    found = hashlib.sha256()
    for text in texts:
        found.update(f"{len(text)} {text}\n".encode())
    return found.hexdigest()
