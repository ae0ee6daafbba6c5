"""The gates over finished files: a module each, which compares what is read back with the account.

A gate is a function ``find(finished)`` that returns a problem a line, with place and remedy. They
work on what a format's ``read`` gives, the document and the ledger, and know no template.
"""

import functools
import importlib
import json
import pkgutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dossier.document.model import Document
from dossier.export.claims import dump, facts_json
from dossier.export.reading import Reading
from dossier.show.report import Report


class GateError(RuntimeError):
    """A finished file that must not go out; ``problems`` holds a line each, with the remedy."""

    def __init__(self, problems: list[str]):
        listed = "\n".join(f"  {p}" for p in problems[:40])
        super().__init__(f"{len(problems)} found\n{listed}")
        self.problems = problems

    def __reduce__(self) -> tuple[type["GateError"], tuple[list[str]]]:
        return GateError, (self.problems,)


@dataclass
class Finished:
    """What the gates compare: an edition, its document, and its files as they are read back.

    ``claims`` is the facts.json that each of them must carry, made anew from the ledger and the
    document. ``exempt`` counts the numbers that need no fact, by the place that exempts them.
    """

    report: Report
    document: Document
    readings: list[Reading]
    exempt: Counter[str] = field(default_factory=Counter)

    @functools.cached_property
    def claims(self) -> dict[str, Any]:
        return dict(json.loads(dump(facts_json(self.document, self.report, {}))))


OF_DOCUMENT = ("cells", "charts", "coverage", "derivation", "proof", "verdicts")
"""The gates that read no finished file: they hold the document and its facts."""


def names_of_gates() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def run_gates(finished: Finished, names: Iterable[str] | None = None) -> None:
    """Run every gate, or those of ``names``; raise GateError where one finds something."""
    if problems := problems_of(finished, names_of_gates() if names is None else names):
        raise GateError(problems)


def problems_of(finished: Finished, names: Iterable[str]) -> list[str]:
    """Return what the gates of these names find."""
    gates = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return [p for gate in gates if hasattr(gate, "find") for p in gate.find(finished)]
