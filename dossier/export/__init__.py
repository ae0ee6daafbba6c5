"""The formats of a document: a module each, with its templates beside it.

A module with ``SUFFIX`` and ``render(document, claims)`` is a format, and has ``read(file)`` where
its files print the document, so that the gates can hold them to it; ``claims_in(file)`` reads the
claims alone, where that takes less. ``formats`` finds it, and a build makes it where it is asked
for. To add one, add its module: nothing else is to be changed.

One with ``bundle(document, claims, inputs, outputs, cited)`` instead of ``render`` holds the other
files, and is made after them.
"""

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier.errors import did_you_mean
from dossier.export.reading import FileError, Reading
from dossier.parameters import ParameterError

if TYPE_CHECKING:  # so that a build can begin to typeset before all else is imported
    from dossier.document.model import Document
    from dossier.export.claims import Claims

FACTS = ".json"
"""The suffix of facts.json, which no format sets: it holds the claims alone."""


@dataclass(frozen=True)
class Format:
    """A format: its name, its files' suffix, what sets a document and what reads a file back.

    ``claims_in`` is what reads its claims alone, ``bundle`` what makes a file of all that a build
    read and wrote.
    """

    name: str
    suffix: str
    render: Callable[["Document", "Claims"], bytes] | None = None
    read: Callable[[Path], Reading] | None = None
    claims_in: Callable[[Path], dict[str, Any]] | None = None
    bundle: Callable[..., bytes] | None = None


@functools.cache
def _format(name: str) -> Format | None:
    """Return the format of a module of this package; None of a module that is none."""
    loaded = importlib.import_module(f"{__name__}.{name}")
    if not hasattr(loaded, "SUFFIX"):
        return None
    parts = ("render", "read", "claims_in", "bundle")
    return Format(name, loaded.SUFFIX, **{part: getattr(loaded, part, None) for part in parts})


def formats() -> dict[str, Format]:
    """Return all formats by name."""
    found = {name: _format(name) for name in _modules()}
    return {name: format for name, format in found.items() if format}


def chosen(names: Iterable[str]) -> dict[str, Format]:
    """Return the formats of these names; raise ParameterError for one that there is not.

    Nothing else is imported: a library that only one format needs costs the others no time.
    """
    found = {}
    for name in names:
        format = _format(name) if name in _modules() else None
        if format is None:
            known = list(formats())
            hint = did_you_mean(name.lower(), known, f"known are: {', '.join(known)}")
            raise ParameterError(f"formats names {name!r}: {hint}")
        found[name] = format
    return found


def read(file: Path) -> Reading:
    """Return what a finished file holds: one of a format, or facts.json; raise FileError."""
    from dossier.export import claims

    format = format_of(file.suffix)
    if format and format.read:
        return format.read(file)
    if file.suffix == FACTS:
        return claims.read(file)
    known = " nor ".join([*(f.suffix for f in formats().values() if f.read), FACTS])
    raise FileError(f"{file.name}: neither {known}; name a finished report")


def claims_in(file: Path) -> dict[str, Any]:
    """Return the claims in a finished file, read no further than it takes; raise FileError."""
    format = format_of(file.suffix)
    return format.claims_in(file) if format and format.claims_in else read(file).claims


def format_of(suffix: str) -> Format | None:
    """Return the format of a suffix; the module that bears its name is imported before others."""
    names = sorted(_modules(), key=lambda name: f".{name}" != suffix)
    every = map(_format, names if suffix != FACTS else [])
    return next((format for format in every if format and format.suffix == suffix), None)


def _modules() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__)]
