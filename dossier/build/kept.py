"""Chapters, figures and facts kept from build to build, in .build/kept, with what each asked for.

One is taken as it was where the engine, the settings and the parameters are the same, and every
table, fact, file and module that it asked for is. What is not noted may change it only by way of
the code: whatever else lies in data/ counts as code, and so does all of analysis/ for a chapter
whose text names it.
"""

import contextlib
import functools
import hashlib
import json
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dossier.build import stamps
from dossier.data import noted
from dossier.data.noted import EVERY, Asked, Made
from dossier.facts.fact import Fact, Later
from dossier.facts.ledger import Ledger
from dossier.parameters import Parameters
from dossier.project import Project

MOST = 512
"""How many files are kept: the chapters, figures and facts of some twenty editions."""

State = dict[str, dict[str, str]]
"""A digest of each table, fact, file and module, by kind and name."""


class _OfEdition(noted.Memory):
    """What is kept of an edition; ``ledger`` is what its chapters see.

    ``seen`` is a digest of what anything that is kept may rest on.
    """

    def __init__(self, project: Project, given: Parameters, ledger: Ledger):
        super().__init__()
        self.project, self.ledger = project, ledger
        self.folder = project.scratch / "kept"
        record = ledger.record
        self.code = stamps.shared_code(project)
        self.seen = _digest(
            self.code.rest,
            repr(project.settings),
            repr((given.of_notebook(), given.newest)),
            json.dumps(record.schema.content),
            record.article.sha256,
            sys.version,
            repr(stamps.versions()),
        )
        self.digest = functools.cache(self._digest)
        self.loose = self._loose()

    def _loose(self) -> str:
        """Return a digest of the files in data/ that are no tables."""
        schema = self.ledger.record.schema
        tables = {resource["path"] for resource in schema.tables.values()}
        files = [f for f in sorted(self.project.data.iterdir()) if f.is_file()]
        return _digest(*(f"{f.name} {stamps.sha(f)}" for f in files if f.name not in tables))

    def state(self, asked: Asked) -> State:
        """Return the digests of what was asked for, as it is now."""
        with noted.aside():
            return {kind: {n: self._now(kind, n) for n in names} for kind, names in asked.items()}

    def _now(self, kind: str, name: str) -> str:
        """Return the digest of one thing; of a file, which may change meanwhile, each time anew."""
        return self._digest(kind, name) if kind == "files" else self.digest(kind, name)

    def _digest(self, kind: str, name: str) -> str:
        if kind == "files":
            file = self.project.root / name
            return stamps.sha(file) if file.is_file() else ""
        if kind == "modules":  # those of the engine count for all
            return self.code.modules.get(name, "")
        if kind == "tables":
            return _of_table(self.ledger, name)
        if name == EVERY:
            return _digest(*(f"{id} {self._fact(id)}" for id in self.ledger))
        return _digest(self._fact(name))

    def _fact(self, id: str) -> str:
        """Return all that a fact is, in words; nothing where there is no such fact any more."""
        try:
            return repr(self.ledger[id])
        except ValueError:
            return ""

    def _write(self, name: str, content: bytes) -> None:
        """Write a file in one step; without room for it, what it would keep is made again."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(new).replace(self.folder / name)


@functools.lru_cache(maxsize=256)
def _of_table(ledger: Ledger, name: str) -> str:
    """Return a digest of a table as a ledger's record has it, which stays while the ledger does."""
    sides = (side.get(name) for side in (ledger.record.tables, ledger.record.everything))
    return _digest(*("" if frame is None else frame.to_csv() for frame in sides))


class KeptFacts(_OfEdition):
    """The facts of the last build, each with the digests of what it was found to ask for."""

    def __init__(self, project: Project, given: Parameters, ledger: Ledger):
        super().__init__(project, given, ledger)
        self.name = f"facts-{_digest(self.seen, self.loose)}.pickle"
        self.last = self._read()
        self.due = dict(self.last)
        self.found: dict[str, tuple[Fact | Later, State]] = {}

    def _read(self) -> dict[str, tuple[Fact | Later, State]]:
        """Return what is kept; nothing where the file is broken, or not there."""
        try:
            return dict(pickle.loads((self.folder / self.name).read_bytes()))
        except Exception:  # a broken one may raise anything
            return {}

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        known = self.due.pop(name, None)  # so that none is looked for inside itself
        if known and self._is_same(known[1]):
            fact, state = known
        else:
            with noted.aside() as asked:
                fact = make()
            asked["tables"] = sorted({*asked["tables"], "sources"})  # whose sources it names
            state = self.state(asked)
        noted.add({kind: list(names) for kind, names in state.items()})
        self.found[name] = fact, state
        return fact

    def _is_same(self, state: State) -> bool:
        """Return whether all is as it was: first what need not be computed to be compared."""
        with noted.aside():
            return all(
                self._now(kind, name) == was
                for kind in ("modules", "files", "tables", "facts")
                for name, was in state[kind].items()
            )

    def write(self) -> None:
        """Keep the facts that were computed; of one computed before, what is kept stays."""
        if any(self.last.get(name) != found for name, found in self.found.items()):
            self._write(self.name, pickle.dumps(self.last | self.found))


def compute_facts(project: Project, given: Parameters, ledger: Ledger) -> None:
    """Compute every fact of an edition; those that rest on nothing that changed are kept."""
    ledger.memory = kept = KeptFacts(project, given, ledger)
    ledger.compute_all()
    ledger.memory = noted.Memory()
    kept.write()


class Kept(_OfEdition):
    """The chapters and figures that are kept of an edition."""

    def keys(self, chapters: list[Path]) -> dict[Path, str]:
        """Return the names under which chapters are kept, as their files are now.

        They are empty where the code is not what this process has imported.
        """
        if stamps.shared_code_now(self.project) != self.code.whole:
            return dict.fromkeys(chapters, "")
        loose = self._loose()
        return {file: self._key(file, loose) for file in chapters}

    def _key(self, chapter: Path, loose: str) -> str:
        imports = self.project.analysis.name.encode() in chapter.read_bytes()
        code = self.code.whole if imports else ""
        return _digest(self.seen, loose, chapter.name, stamps.sha(chapter), code)

    def find(self, key: str) -> Any:
        """Return what is kept, or None where something that it rests on has changed.

        What it asked for is noted as asked for.
        """
        with noted.aside():  # but not what it takes to find it
            kept = self._read(self.folder / f"{key}.json") if key else {}
            same = bool(kept) and kept["state"] == self.state(kept["asked"])
        if not same:
            return None
        noted.add(kept["asked"])
        return kept["content"]

    def _read(self, file: Path) -> dict[str, Any]:
        """Return what a file keeps; nothing where it is broken, or not there."""
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            whole = {"asked", "state", "content"} <= kept.keys()
        except (OSError, ValueError, AttributeError):
            return {}
        return kept if whole else {}

    def keep(self, key: str, content: Any, asked: Asked) -> None:
        """Keep what was made under the key that it had before, in one step."""
        kept = {"asked": asked, "state": self.state(asked), "content": content}
        self._write(f"{key}.json", json.dumps(kept).encode("utf-8"))

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what is kept of a name; else make it, and tell so with what it asked for."""
        if (found := self.find(self._key_of(name))) is not None:
            return found
        with noted.aside() as asked:
            content = make()
        noted.add(asked)
        self.made.append((name, content, asked))
        return content

    def keep_made(self, made: Made) -> None:
        """Keep what a chapter's process has made, which itself writes nothing."""
        for name, content, asked in made:
            self.keep(self._key_of(name), content, asked)

    def _key_of(self, name: str) -> str:
        return _digest(self.seen, self.loose, name)

    def drop_oldest(self) -> None:
        """Drop what was kept longest ago, and what a build left that was killed."""
        with contextlib.suppress(OSError):
            files = [(f.stat().st_mtime, f) for f in self.folder.iterdir()]
            for _, file in sorted(files, reverse=True)[MOST:]:
                file.unlink(missing_ok=True)


def _digest(*texts: str) -> str:
    found = hashlib.sha256()
    for text in texts:
        found.update(f"{len(text)} {text}\n".encode())
    return found.hexdigest()
