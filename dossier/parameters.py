"""The report's parameters: one schema for Make, the command line, the notebooks and the tests."""

import datetime
import math
import urllib.parse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from dossier.errors import Mendable, did_you_mean, nearest
from dossier.project import FILE, ParameterSettings, ProjectError

Value = str | int | float | bool | datetime.date
Own = Mapping[str, ParameterSettings]


class ParameterError(Mendable):
    """A parameter that is unknown, of the wrong type, or out of range; names the remedy."""


@dataclass(frozen=True)
class Parameters:
    """The effective parameters of one edition.

    ``as_of``: the last day whose knowledge may appear.
    ``newest``: the newest day in the data.
    ``units``: which system of units comes first, ``imperial`` or ``metric``.
    ``paper``: the PDF's pages, ``a4`` or ``letter``.
    ``standard``: the PDF's archival standard beside PDF/UA-1: ``a-3a``, with facts.json attached,
    or ``a-2a`` (ISO 19005-2), which allows no such attachment.
    ``formats``: the formats that are made, by their names; nothing that is printed depends on them.
    ``entity``: of a brief, the key of its row; ``entity_parameter``: what the project calls it.
    ``own``: the project's own, by dossier.toml; ``unusual`` names those not at their default.
    """

    as_of: datetime.date
    newest: datetime.date
    units: str = "imperial"
    paper: str = "a4"
    standard: str = "a-3a"
    formats: tuple[str, ...] = ("html", "pdf")
    entity: str = ""
    entity_parameter: str = ""
    own: tuple[tuple[str, Value], ...] = ()
    unusual: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Value:
        """Return the value of a parameter of the project's own."""
        return dict(self.own)[name]

    @property
    def suffix(self) -> str:
        """What the edition's file names add: empty for the default edition."""
        edition = "" if self.as_of == self.newest else f".as-of-{self.as_of.isoformat()}"
        chosen = [getattr(self, name) for name, values in CHOICES.items()]
        usual = [values[0] for values in CHOICES.values()]
        own = dict(self.own)
        more = [f".{name}={urllib.parse.quote(_text(own[name]), safe='')}" for name in self.unusual]
        engine = [f".{c}" for c, u in zip(chosen, usual, strict=True) if c != u]
        return edition + "".join([*engine, *more])

    @property
    def briefs_folder(self) -> str:
        """The name, in reports/, of the folder of an edition's briefs."""
        return f"briefs{self.suffix}"

    def stem(self, name: str) -> str:
        """Return the name, in reports/, of the files of the dossier ``name``, without suffix."""
        return f"{self.briefs_folder}/{self.entity}" if self.entity else f"{name}{self.suffix}"

    def as_dict(self) -> dict[str, Any]:
        """Return what the report says of itself: all but the newest day and the formats."""
        return self.of_notebook() | {"paper": self.paper, "standard": self.standard}

    def of_chapters(self) -> "Parameters":
        """Return the parameters as a chapter has them, which knows nothing of paper and formats."""
        usual = Parameters(self.as_of, self.newest)
        return replace(self, paper=usual.paper, standard=usual.standard, formats=usual.formats)

    def of_notebook(self) -> dict[str, Any]:
        """Return what a notebook's cell of parameters takes."""
        entity = {self.entity_parameter: self.entity} if self.entity else {}
        own = {name: _plain(value) for name, value in self.own}
        return {"as_of": self.as_of.isoformat(), "units": self.units} | own | entity


CHOICES = {
    "units": ("imperial", "metric"),
    "paper": ("a4", "letter"),
    "standard": ("a-3a", "a-2a"),
}
"""The values of each parameter that has some; the first is the usual one."""
FORMATS = "html,pdf"
"""The formats that are made where none are named."""
DEFAULTS = {"as_of": "latest", "formats": FORMATS} | {n: v[0] for n, v in CHOICES.items()}


def check(
    given: Mapping[str, Any],
    first: datetime.date,
    newest: datetime.date,
    own: Own = MappingProxyType({}),
) -> Parameters:
    """Return the effective parameters of a report, or raise ParameterError.

    ``given`` maps names to values as written by hand; a missing one takes its default. ``first``
    is the article's day, ``newest`` the newest day in the data, ``own`` the project's own
    parameters.

    >>> days = datetime.date(2024, 7, 7), datetime.date(2026, 9, 20)
    >>> check({"as_of": "2024-07-07"}, *days).suffix
    '.as-of-2024-07-07'
    """
    check_own(own)
    refuse_unknown(given, [*DEFAULTS, *own])
    values = DEFAULTS | dict(given)
    for name, choices in CHOICES.items():
        if values[name] not in choices:
            hint = did_you_mean(str(values[name]), list(choices), f"choose {' or '.join(choices)}")
            raise ParameterError(f"{name} is {values[name]!r}: {hint}")
    chosen = {name: values[name] for name in CHOICES}
    formats = tuple(dict.fromkeys(str(values["formats"]).split(",")))
    found = {name: _own(name, told, given.get(name, told.default)) for name, told in own.items()}
    return Parameters(
        _day(values["as_of"], first, newest),
        newest,
        formats=formats,
        own=tuple(found.items()),
        unusual=tuple(n for n, told in own.items() if found[n] != _own(n, told, told.default)),
        **chosen,
    )


def refuse_unknown(names: Iterable[str], known: list[str]) -> None:
    """Raise ParameterError where a name is not among those that are known."""
    for name in names:
        if name not in known:
            hint = did_you_mean(name.lower(), known, f"known are: {', '.join(known)}")
            raise ParameterError(f"unknown parameter {name!r}: {hint}")


def check_own(own: Own) -> None:
    """Raise ProjectError where dossier.toml describes a parameter that can't be used."""
    for name, told in own.items():
        where = f"{FILE}, [parameters.{name}]"
        if not name.isidentifier() or name != name.lower() or name in DEFAULTS:
            raise ProjectError(f"{where}: no free name of small letters; give it another")
        if told.type not in READ:
            hint = did_you_mean(told.type, list(READ), f"choose one of {', '.join(READ)}")
            raise ProjectError(f"{where}: unknown type {told.type!r}: {hint}")
        try:
            _own(name, told, told.default)
        except ParameterError as error:
            raise ProjectError(f"{where}: its default: {error}") from None


def _own(name: str, told: ParameterSettings, value: object) -> Value:
    """Return the value of a parameter of the project's own, or raise ParameterError."""
    try:
        found = READ[told.type](value)
    except (ValueError, TypeError):
        kind = REMEDIES[told.type]
        raise ParameterError(f"{name} is {value!r}: write {kind}; {told.help}") from None
    if told.choices and found not in told.choices:
        texts = [_text(choice) for choice in told.choices]
        hint = did_you_mean(_text(found), texts, f"choose {' or '.join(texts)}")
        raise ParameterError(f"{name} is {_text(found)!r}: {hint}")
    return found


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(value: Value) -> str | int | float | bool:
    """Return a value as JSON and a notebook's cell hold it: a day as text."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _read_text(value: object) -> str:
    if not isinstance(value, str) or not value or not value.isprintable() or len(value) > LONGEST:
        raise ValueError
    return value


def _read_integer(value: object) -> int:
    if isinstance(value, bool | float):
        raise ValueError
    return int(str(value))


def _read_number(value: object) -> float:
    if isinstance(value, bool) or not math.isfinite(found := float(str(value))):
        raise ValueError
    return found


def _read_boolean(value: object) -> bool:
    words = {"true": True, "yes": True, "false": False, "no": False}
    if str(value).lower() not in words:
        raise ValueError
    return words[str(value).lower()]


def _read_date(value: object) -> datetime.date:
    if isinstance(value, datetime.datetime):
        raise ValueError
    return datetime.date.fromisoformat(str(value))


LONGEST = 60
"""Characters of a text: it stands in the names of files."""
READ: dict[str, Callable[[object], Value]] = {
    "text": _read_text,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "day": _read_date,
}
"""The types of a project's own parameters, and what reads a value as written."""
REMEDIES = {
    "text": f"a text of up to {LONGEST} characters",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "day": "a day as YYYY-MM-DD",
}


def check_entity(value: object, parameter: str, names: Mapping[str, str]) -> str:
    """Return the key of the entity given by key or name; ``names`` maps keys to names.

    >>> check_entity("poland", "country", {"POL": "Poland"})
    'POL'
    """
    wanted = str(value).strip().casefold()
    keys = {word.casefold(): key for key, name in names.items() for word in (key, name)}
    if wanted in keys:
        return keys[wanted]
    near = nearest(wanted, keys)
    hint = f"did you mean {keys[near]!r}?" if near else f"choose one of {', '.join(names)}"
    raise ParameterError(f"{parameter} is {value!r}, which has no row by that day: {hint}")


def _day(value: object, first: datetime.date, newest: datetime.date) -> datetime.date:
    """Return the as-of day, or raise ParameterError."""
    if value == "latest":
        return newest
    day = _read_day(value)
    if day < first:
        raise ParameterError(
            f"as_of is {day}, before the article of {first}: choose that day or a later one"
        )
    if day > newest:
        raise ParameterError(
            f"as_of is {day}, after the newest day in the data, {newest}: "
            "choose that day or an earlier one"
        )
    return day


def _read_day(value: object) -> datetime.date:
    remedy = "write a day as YYYY-MM-DD, or latest"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if not isinstance(value, str):
        raise ParameterError(f"as_of is {value!r}, a {type(value).__name__}: {remedy}")
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        raise ParameterError(f"as_of is {value!r}, which is not a day: {remedy}") from None
    if value != day.isoformat():
        raise ParameterError(f"as_of is {value!r}: {remedy}")
    return day
