"""What a project's analysis and the engine's own chapters define, found by decorators.

A decorator marks a function and leaves it as it is; ``registry_of`` reads the marks of all modules
of ``dossier.chapters`` and of the project's ``analysis``. The engine knows the registry, never the
modules.
"""

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, TypeVar

from dossier import project as projects
from dossier.errors import Mendable
from dossier.project import Project

Function = TypeVar("Function", bound=Callable[..., Any])
Items = Iterable[Any] | Callable[..., Iterable[Any]]
_MARK = "__dossier__"
NEEDS_WORDS = {"fact": "its first line is the label", "rule": "it is printed as the rule"}
"""The kinds of which the report prints the docstring, with what it prints it as."""
_FIELD = re.compile(r"\{(\w+)\}")


class RegistryError(Mendable):
    """Two definitions of one name, or one without what it needs; names module and function."""


@dataclass(frozen=True)
class Definition:
    """A registered function: its kind (fact, rule, check, table, figure, …), name, options."""

    kind: str
    name: str
    function: Callable[..., Any]
    options: Mapping[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.function).parameters)

    @functools.cached_property
    def variables(self) -> tuple[str, ...]:
        """Names of the parts of a family's name, such as year in ``allies_at_{year}``."""
        return tuple(_FIELD.findall(self.name))

    @functools.cached_property
    def documentation(self) -> tuple[str, str]:
        """The docstring's first line, without its full stop, and the rest as one paragraph."""
        first, _, rest = inspect.cleandoc(self.function.__doc__ or "").partition("\n")
        return first.removesuffix("."), " ".join(rest.split())

    @property
    def place(self) -> str:
        return f"{self.function.__module__}.{self.function.__name__}"


def _mark(function: Function, kind: str, name: str, **options: Any) -> Function:
    setattr(function, _MARK, Definition(kind, name, function, options))
    return function


def fact(
    unit: str = "",
    *,
    name: str = "",
    over: Mapping[str, Items] | None = None,
    qualifier: str = "exact",
    wording: str = "",
    decimals: int = 0,
    precision: str = "day",
    future: bool = False,
) -> Callable[[Function], Function]:
    """Mark a function as a fact of the ledger.

    The name is the id, the docstring's first line the label, the rest the rule that is printed. A
    parameter ``record`` takes the record; ``entity`` the key of the brief's row; ``facts`` the
    ledger; a variable of ``over`` an item; any other names a fact, whose value it takes.

    Args:
        unit: the value's unit, by the registry of units.
        name: the id, where it is not the function's name; ``{variable}`` makes it a family.
        over: for each variable its items, or a function of the record that returns them.
        qualifier: exact, about, at_least, over, at_most or under.
        wording: the qualifier's word.
        decimals: how many decimals print.
        precision: of a date: day, month, about or by.
        future: whether the value may be a day after the edition's, such as the end of a term.
    """

    def decorate(function: Function) -> Function:
        return _mark(
            function,
            "fact",
            name or function.__name__,
            unit=unit,
            over=over or {},
            qualifier=qualifier,
            wording=wording,
            decimals=decimals,
            precision=precision,
            future=future,
        )

    return decorate


def rule(function: Function) -> Function:
    """Mark a function as a verdict's rule, named in claims.csv by the function's name.

    Its docstring is the rule in words: what confirms a claim, and what it is otherwise. It takes
    ``record``, ``claim`` (the row, a dictionary) and facts by name; it returns a verdict and a
    sentence with facts in braces. Where a fact was not known, the rule is not applied.
    """
    return _mark(function, "rule", function.__name__)


def check(function: Function) -> Function:
    """Mark a function as a check of the data: it takes the tables and yields problems.

    A problem is what ``dossier.data.checks.problem`` makes of file, row, column, cell and remedy.
    """
    return _mark(function, "check", function.__name__)


def table(name: str) -> Callable[[Function], Function]:
    """Mark a function of record and facts that returns a Table; report.table shows it."""
    return lambda function: _mark(function, "table", name)


def figure(name: str, narrow: bool = False) -> Callable[[Function], Function]:
    """Mark a function of record and facts that returns a Drawing; report.figure shows it.

    With ``narrow`` it is called a second time, for the drawing that a page shows on a phone:
    ``charts.is_narrow()`` tells it so.
    """
    return lambda function: _mark(function, "figure", name, narrow=narrow)


def keep(table: str) -> Callable[[Function], Function]:
    """Mark a function of (frame, record, entity): the rows of a table that a brief may use."""
    return lambda function: _mark(function, "keep", table)


def command(name: str) -> Callable[[Function], Function]:
    """Mark a function of the words after ``python -m dossier NAME`` that returns an exit code."""
    return lambda function: _mark(function, "command", name)


@dataclass(frozen=True)
class Registry:
    """All definitions of a project, by kind and name, in the order of modules and lines."""

    definitions: Mapping[str, Mapping[str, Definition]]

    def of(self, kind: str) -> Mapping[str, Definition]:
        return self.definitions.get(kind, {})


@functools.lru_cache(maxsize=8)
def registry_of(project: Project) -> Registry:
    """Return what the engine's chapters and the project's analysis define."""
    modules = _modules(importlib.import_module("dossier.chapters"))
    package = projects.analysis(project)
    if package is not None:
        modules += _modules(package)
    definitions = [definition for module in modules for definition in _defined_in(module)]
    of_briefs = _brief_names(definitions)
    found: dict[str, dict[str, Definition]] = {}
    for definition in definitions:
        _add(found.setdefault(_kind_of(definition, of_briefs), {}), definition)
    return Registry(found)


def facts_of_every_dossier() -> list[str]:
    """Return the names of the facts that the engine's own chapters define, families' with braces.

    They tell of a dossier itself: how many sources were read, how many claims are confirmed.
    """
    modules = _modules(importlib.import_module("dossier.chapters"))
    found = (definition for module in modules for definition in _defined_in(module))
    return [definition.name for definition in found if definition.kind == "fact"]


def _kind_of(definition: Definition, of_briefs: frozenset[str]) -> str:
    """Return the kind under which a definition is kept; a brief's facts are kept apart."""
    if definition.kind == "fact" and _of_brief(definition, of_briefs):
        return "brief fact"
    return definition.kind


def _of_brief(definition: Definition, of_briefs: frozenset[str]) -> bool:
    """Return whether a fact takes ``entity``, or a fact that only briefs have."""
    return not {"entity", *of_briefs}.isdisjoint(definition.parameters)


def _brief_names(definitions: list[Definition]) -> frozenset[str]:
    """Return the names of the facts that only briefs have: by ``entity``, or by their inputs."""
    facts = [d for d in definitions if d.kind == "fact"]
    found: frozenset[str] = frozenset()
    while True:
        others = {d.name for d in facts if not _of_brief(d, found)}
        names = frozenset(d.name for d in facts if _of_brief(d, found)) - others
        if names == found:
            return found
        found = names


def _add(kind: dict[str, Definition], definition: Definition) -> None:
    if definition.name in kind:
        raise RegistryError(
            f"{definition.place}: the {definition.kind} {definition.name!r} is defined in "
            f"{kind[definition.name].place}, too; give one of them another name"
        )
    if definition.kind in NEEDS_WORDS and not definition.documentation[0]:
        raise RegistryError(
            f"{definition.place}: a {definition.kind} needs a docstring; "
            f"{NEEDS_WORDS[definition.kind]}"
        )
    kind[definition.name] = definition


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    return [package, *(importlib.import_module(f"{package.__name__}.{name}") for name in names)]


def _defined_in(module: ModuleType) -> list[Definition]:
    marked = [
        value
        for value in vars(module).values()
        if hasattr(value, _MARK) and getattr(value, "__module__", "") == module.__name__
    ]
    return [getattr(function, _MARK) for function in marked]
