"""The formats of a document: a module each, with its templates beside it.

A module with ``SUFFIX``, ``render(document, claims)`` and ``read(file)`` is a format; ``formats``
finds it. To add one, add its module: nothing else is to be changed.
"""

import functools
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dossier.document.model import Document
from dossier.export import claims
from dossier.export.claims import Claims
from dossier.export.reading import FileError, Reading

FACTS = ".json"
"""The suffix of facts.json, which no format sets: it holds the claims alone."""


@dataclass(frozen=True)
class Format:
    """A format: its name, its files' suffix, what sets a document and what reads a file back."""

    name: str
    suffix: str
    render: Callable[[Document, Claims], bytes]
    read: Callable[[Path], Reading]


@functools.cache
def formats() -> dict[str, Format]:
    """Return the formats by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(loaded, "SUFFIX"):
            found[module.name] = Format(module.name, loaded.SUFFIX, loaded.render, loaded.read)
    return found


def read(file: Path) -> Reading:
    """Return what a finished file holds: one of a format, or facts.json; raise FileError."""
    readers = {format.suffix: format.read for format in formats().values()}
    readers[FACTS] = claims.read
    if file.suffix not in readers:
        known = " nor ".join(readers)
        raise FileError(f"{file.name}: neither {known}; name a finished report")
    return readers[file.suffix](file)
