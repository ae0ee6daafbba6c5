"""What each module of a project's analysis imports there, found in its text without running it."""

import ast
import functools
import re
from collections.abc import Mapping
from pathlib import Path

Modules = Mapping[str, list[Path]]
"""The files of each module by its name; a package's are all that lie in its folder."""

_HIDDEN = re.compile(rb"\b(importlib|__import__|exec|eval|runpy)\b")
"""What imports in a way that the text does not show."""


def modules(files: list[Path], folder: Path) -> Modules:
    """Return the modules of a package in ``folder``, of whose files these are all.

    What belongs to none of them, such as its ``__init__``, is left out.
    """
    found: dict[str, list[Path]] = {}
    for file in files:
        top, *below = file.relative_to(folder).parts
        if below or (file.suffix == ".py" and file.stem != "__init__"):
            found.setdefault(top.removesuffix(".py"), []).append(file)
    return found


def with_imports(modules: Modules, package: str) -> Modules:
    """Return the files of each module together with those of all that it imports in the end.

    Only a text that names the ``package``, or a module relative to itself, can import from it.
    """
    naming = re.compile(rf"\b{re.escape(package)}\b|\bfrom\s*\.".encode())
    direct = {name: _imported(files, modules, naming) for name, files in modules.items()}
    return {name: _files(_reached(name, direct), modules) for name in modules}


def _reached(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    due = {name}
    while due:
        found |= due
        due = set().union(*(direct[module] for module in due)) - found
    return found


def _files(names: set[str], modules: Modules) -> list[Path]:
    return [file for name in sorted(names) for file in modules[name]]


def _imported(files: list[Path], modules: Modules, naming: re.Pattern[bytes]) -> set[str]:
    """Return the modules that files import themselves; all, where the text does not show it."""
    found: set[str] = set()
    for file in (f for f in files if f.suffix == ".py"):
        text = file.read_bytes()
        if _HIDDEN.search(text):
            return set(modules)
        if not naming.search(text):
            continue
        try:
            named = _named(text)
        except (SyntaxError, ValueError):  # told where it is imported
            return set(modules)
        if "*" in named:
            return set(modules)
        found |= named & set(modules)
    return found


@functools.lru_cache(maxsize=256)
def _named(text: bytes) -> frozenset[str]:
    """Return the words of all that a text imports."""
    return frozenset(word for node in ast.walk(ast.parse(text)) for word in _words(node))


def _words(node: ast.AST) -> list[str]:
    """Return the words of what an import names, and of the module that it is taken from."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    if isinstance(node, ast.Import | ast.ImportFrom):
        names += [alias.name for alias in node.names]
    return [word for name in names for word in name.split(".")]
