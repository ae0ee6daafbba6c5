"""The report's parameters: the one schema for Make, the command line, the notebooks and the tests."""

import datetime
import difflib
from dataclasses import dataclass

ARTICLE_DAY = datetime.date(2024, 7, 7)
"""The day of the remarks that the article reports; no edition lies before it."""


class ParameterError(ValueError):
    """A parameter that is unknown, of the wrong type, or out of range; the message names the remedy."""


@dataclass(frozen=True)
class Parameters:
    """The effective parameters of one edition.

    ``as_of``: the last day whose knowledge may appear. ``newest``: the newest day in the data.
    ``units``: which system of units comes first, ``imperial`` (miles) or ``metric`` (kilometres).
    ``paper``: the PDF's pages, ``a4`` or ``letter``. ``ally``: of a brief, the member's ISO 3166-1 alpha-3 code.
    ``standard``: the PDF's archival standard beside PDF/UA-1: ``a-3a``, with facts.json attached, or ``a-2a`` (ISO
    19005-2), which allows no such attachment.
    """

    as_of: datetime.date
    newest: datetime.date
    units: str = "imperial"
    paper: str = "a4"
    ally: str = ""
    standard: str = "a-3a"

    @property
    def suffix(self) -> str:
        """What the edition's file names add: empty for the default edition."""
        edition = "" if self.as_of == self.newest else f".as-of-{self.as_of.isoformat()}"
        return edition + "".join(
            f".{value}"
            for value, usual in (
                (self.units, "imperial"),
                (self.paper, "a4"),
                (self.standard, "a-3a"),
            )
            if value != usual
        )

    def as_dict(self) -> dict[str, str]:
        """Return what the report says of itself: all parameters but the newest day."""
        return self.of_notebook() | {"paper": self.paper, "standard": self.standard}

    def of_notebook(self) -> dict[str, str]:
        """Return what a notebook's cell of parameters takes."""
        return {"as_of": self.as_of.isoformat(), "units": self.units} | (
            {"ally": self.ally} if self.ally else {}
        )


DEFAULTS = {"as_of": "latest", "units": "imperial", "paper": "a4", "standard": "a-3a"}
CHOICES = {"units": ("imperial", "metric"), "paper": ("a4", "letter"), "standard": ("a-3a", "a-2a")}


def check(given: dict, newest: datetime.date) -> Parameters:
    """Return the effective parameters of a report (see ``check_ally`` for a brief), or raise ParameterError.

    ``given`` maps names to values as written by hand (strings); a missing one takes its default.

    >>> check({"as_of": "2024-07-07"}, datetime.date(2026, 9, 20)).suffix
    '.as-of-2024-07-07'
    """
    for name in given:
        if name not in DEFAULTS:
            near = difflib.get_close_matches(name.lower(), DEFAULTS, 1, cutoff=0.4)
            hint = f"did you mean {near[0]}?" if near else f"known are: {', '.join(DEFAULTS)}"
            raise ParameterError(f"unknown parameter {name!r}: {hint}")
    values = DEFAULTS | given
    for name, choices in CHOICES.items():
        if values[name] not in choices:
            near = difflib.get_close_matches(str(values[name]), choices, 1)
            hint = f"did you mean {near[0]}?" if near else f"choose {' or '.join(choices)}"
            raise ParameterError(f"{name} is {values[name]!r}: {hint}")
    return Parameters(
        _day(values["as_of"], newest),
        newest,
        values["units"],
        values["paper"],
        standard=values["standard"],
    )


def check_ally(value: str, allies: dict[str, str]) -> str:
    """Return the code of the ally given by code or name, or raise ParameterError; ``allies`` maps codes to names.

    >>> check_ally("poland", {"POL": "Poland"})
    'POL'
    """
    wanted = str(value).strip().casefold()
    for code, name in allies.items():
        if wanted in (code.casefold(), name.casefold()):
            return code
    near = difflib.get_close_matches(
        wanted, [n.casefold() for pair in allies.items() for n in pair], 1
    )
    hint = (
        f"did you mean {next(c for c, n in allies.items() if near[0] in (c.casefold(), n.casefold()))}?"
        if near
        else f"choose one of {', '.join(allies)}"
    )
    raise ParameterError(f"ally is {value!r}, no member of that day: {hint}")


def _day(value, newest: datetime.date) -> datetime.date:
    remedy = "write a day as YYYY-MM-DD, or latest"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        day = value
    elif not isinstance(value, str):
        raise ParameterError(f"as_of is {value!r}, a {type(value).__name__}: {remedy}")
    elif value == "latest":
        return newest
    else:
        try:
            day = datetime.datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            raise ParameterError(f"as_of is {value!r}, which is not a day: {remedy}") from None
        if value != day.isoformat():
            raise ParameterError(f"as_of is {value!r}: {remedy}")
    if day < ARTICLE_DAY:
        raise ParameterError(
            f"as_of is {day}, before the article of {ARTICLE_DAY}: choose that day or a later one"
        )
    if day > newest:
        raise ParameterError(
            f"as_of is {day}, after the newest day in the data, {newest}: choose that day or an earlier one"
        )
    return day
