"""The registry of units: how each is named by words, converted and printed.

A project adds its own in dossier.toml: ``[units."member countries"] singular = "member country"``.
"""

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossier.text.numbers import number_text, round_to, significant
from dossier.text.words import QUALIFIERS, WEEKDAYS, alternatives

QUOTED = "{quote}"
"""The form of a value that prints as the article's own words: ``two-thirds``, ``6-4``."""
SAID = ("number", "ordinal", "ratio", "age", "score", "time", "duration", "quarter", "period")
"""What an expression may be that names no unit, or has no single number: it prints as said."""


class UnitError(ValueError):
    """A unit that no registry has; names the remedy."""


@dataclass(frozen=True)
class Unit:
    """A unit of values.

    ``name``: what is printed after a number, and stands in a table's column of units.
    ``singular``: what is printed with one of them.
    ``symbol``: what follows the number directly, spaces included; such a number is never spelt out.
    ``words``: a pattern by which a text names the unit.
    ``system``: imperial or metric, where the unit has a counterpart in the other.
    ``other``: the name of that counterpart.
    ``factor``: what a value is multiplied by to convert it.
    ``offset``: what is added after that.
    ``form``: how the whole is printed: ``{}`` is the number, ``QUOTED`` the article's own words.
    ``currency``: the code of a sum of money.
    ``scale``: the m, bn or tn of a sum of money.
    ``spelt``: whether a small number is spelt out.
    """

    name: str
    singular: str = ""
    symbol: str = ""
    words: str = ""
    system: str = ""
    other: str = ""
    factor: float = 1.0
    offset: float = 0.0
    form: str = ""
    currency: str = ""
    scale: str = ""
    spelt: bool = True

    def convert(self, value: float) -> float:
        """Return the value in the unit of the other system.

        >>> round(UNITS["°C difference"].convert(1.28), 2), round(UNITS["°C"].convert(15.1), 2)
        (2.3, 59.18)
        """
        return value * self.factor + self.offset

    def named(self, value: float) -> str:
        """Return the unit as it stands after a number: singular with one."""
        return self.singular if self.singular and value == 1 else self.name


@functools.lru_cache(maxsize=1024)
def named_by(words: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern of a unit's words; there are more than ``re`` itself remembers.

    >>> bool(named_by(UNITS["km"].words).search("three kilometres"))
    True
    """
    return re.compile(words, flags)


KM_PER_MILE = 1.609344
"""International mile, exact by definition (1959)."""
_POUND = 0.45359237
"""Kilograms: the international avoirdupois pound, exact by definition (1959)."""


def _pair(metric: Unit, imperial: Unit, factor: float) -> list[Unit]:
    """Return two units of which one of ``imperial`` is ``factor`` of ``metric``."""
    pairs = ((metric, imperial, 1 / factor, "metric"), (imperial, metric, factor, "imperial"))
    return [
        Unit(**(vars(unit) | {"other": other.name, "factor": by, "system": system, "spelt": False}))
        for unit, other, by, system in pairs
    ]


_DATE = rf"\b(?:{alternatives(WEEKDAYS)})\b|\b\d{{4}}\b|\d(?:st|nd|rd|th)\b"
_MEASURES = [
    Unit(name, words=words)
    for name, words in {
        "cm": r"\b(?:cms?|centimet(?:re|er)s?)\b",
        "mm": r"\b(?:mm|millimet(?:re|er)s?)\b",
        "µm": r"\b(?:µm|microns?|micromet(?:re|er)s?)\b",
        "nm": r"\b(?:nm|nanomet(?:re|er)s?)\b",
        "inches": r"\b(?:inch(?:es)?|ins?)\b|″",
        "yards": r"\b(?:yards?|yds?)\b",
        "nautical miles": r"\bnautical miles?\b",
        "arc seconds": r"\barc[- ]?seconds?\b",
        "arc minutes": r"\barc[- ]?minutes?\b",
        "light-years": r"\blight[- ]years?\b",
        "g": r"\b(?:g|gm|gram(?:me)?s?)\b",
        "mg": r"\b(?:mg|milligram(?:me)?s?)\b",
        "µg": r"\b(?:µg|mcg|microgram(?:me)?s?)\b",
        "ounces": r"\b(?:ounces?|oz)\b",
        "stone": r"\b(?:stones?|st)\b",
        "megatonnes": r"\b(?:Mt|megaton(?:ne)?s?)\b",
        "gigatonnes": r"\b(?:Gt|gigaton(?:ne)?s?)\b",
        "kilotons": r"\bkilotons?\b",
        "litres": r"\b(?:lit(?:re|er)s?|l)\b",
        "kilolitres": r"\b(?:kl|kilolit(?:re|er)s?)\b",
        "megalitres": r"\b(?:ML|megalit(?:re|er)s?)\b",
        "ml": r"\b(?:mls?|millilit(?:re|er)s?)\b",
        "gallons": r"\bgallons?\b",
        "pints": r"\bpints?\b",
        "barrels": r"\b(?:barrels?|bbl)\b",
        "bushels": r"\bbushels?\b",
        "sq m": r"\b(?:sq(?:uare)?[ .]?\s?m(?:et(?:re|er)s?)?|m²|sqm)(?!\w)",
        "sq feet": r"\b(?:sq(?:uare)?\.? ?-?(?:feet|foot|ft))\b",
        "cubic metres": r"\b(?:cubic met(?:re|er)s?|m³)(?!\w)",
        "cubic feet": r"\bcubic (?:feet|foot)\b",
        "cubic yards": r"\bcubic yards?\b",
        "cubic miles": r"\bcubic miles?\b",
        "cubic inches": r"\bcubic inch(?:es)?\b",
        "cc": r"\b(?:cc|cm³|cubic centimet(?:re|er)s?)(?!\w)",
        "acre-feet": r"\bacre[- ](?:feet|foot)\b",
        "sq yards": r"\bsq(?:uare)? yards?\b",
        "sq inches": r"\bsq(?:uare)? inch(?:es)?\b",
        "psi": r"\bpsi\b",
        "bars": r"\bbars?\b",
        "mils": r"\bmils?\b",
        "carats": r"\bcarats?\b",
        "rpm": r"\brpm\b",
        "millisieverts": r"\b(?:mSv|millisieverts?)\b",
        "becquerels": r"\bbecquerels?\b",
        "fluid ounces": r"\bfluid ounces?\b",
        "fathoms": r"\bfathoms?\b",
        "lumens": r"\blumens?\b",
        "petabytes": r"\b(?:PB|petabytes?)\b",
        "cubic km": r"\b(?:cubic k(?:m|ilomet(?:re|er)s?)|km³)(?!\w)",
        "knots": r"\b(?:knots?|kts?)\b",
        "m/s": r"\b(?:m/s|met(?:re|er)s? (?:per|a) second)\b",
        "km/s": r"\b(?:km/s|kilomet(?:re|er)s? (?:per|a) second)\b",
        "W": r"\b(?:W|watts?)\b",
        "kW": r"\b(?:kW|kilowatts?)\b",
        "MW": r"\b(?:MW|megawatts?)\b",
        "GW": r"\b(?:GW|gigawatts?)\b",
        "kWh": r"\b(?:kWh|kilowatt[- ]hours?)\b",
        "MWh": r"\b(?:MWh|megawatt[- ]hours?)\b",
        "GWh": r"\b(?:GWh|gigawatt[- ]hours?)\b",
        "TWh": r"\b(?:TWh|terawatt[- ]hours?)\b",
        "V": r"\b(?:V|volts?)\b",
        "lux": r"\blux\b",
        "mAh": r"\bmAh\b",
        "Wh": r"\b(?:Wh|watt[- ]hours?)\b",
        "horsepower": r"\b(?:horsepower|hp|bhp)\b",
        "Nm": r"\bNm\b",
        "bytes": r"\bbytes?\b",
        "GB": r"\b(?:GB|gigabytes?)\b",
        "MB": r"\b(?:MB|megabytes?)\b",
        "TB": r"\b(?:TB|terabytes?)\b",
        "kbps": r"\b[kK](?:bps|b/s)\b",
        "fps": r"\b(?:fps|FPS)\b",
        "Mbps": r"\b(?:Mbps|Mb/s|megabits? per second)\b",
        "Gbps": r"\b(?:Gbps|Gb/s|gigabits? per second)\b",
        "Hz": r"\b(?:Hz|hertz)\b",
        "kHz": r"\b(?:kHz|kilohertz)\b",
        "MHz": r"\b(?:MHz|megahertz)\b",
        "GHz": r"\b(?:GHz|gigahertz)\b",
        "MP": r"\b(?:MP|megapixels?)\b",
        "nits": r"\bnits?\b",
        "dB": r"\b(?:dB|decibels?)\b",
        "millibars": r"\b(?:mb|millibars?|hPa|hectopascals?)\b",
        "mmHg": r"\bmm ?Hg\b",
        "calories": r"\b(?:calories|kcal|kilocalories)\b",
        "ppm": r"\b(?:ppm|parts per million)\b",
        "ppb": r"\b(?:ppb|parts per billion)\b",
        "mg/dL": r"\bmg/d[lL]\b",
        "mg/kg": r"\bmg/kg\b",
        "mmol/L": r"\bmmol/[lL]\b",
        "µg/m³": r"\b(?:µg/m³|micrograms per cubic met(?:re|er))(?!\w)",
        "mpg": r"\b(?:mpg|miles per gallon)\b",
        "g/km": r"\bg/km\b",
        "degrees": r"\bdegrees?\b|°",
        "K": r"\b(?:K|kelvins?)\b",
        "sq cm": r"\b(?:sq(?:uare)? (?:cm|centimet(?:re|er)s?)|cm²)(?!\w)",
        "sq mm": r"\b(?:sq(?:uare)? (?:mm|millimet(?:re|er)s?)|mm²)(?!\w)",
        "cubic metres per second": r"\b(?:cumecs?|m³/s|cubic met(?:re|er)s? (?:per|a) second)\b",
        "cubic feet per second": r"\b(?:cfs|cusecs?|cubic (?:feet|foot) (?:per|a) second)\b",
        "feet per second": r"\b(?:feet|foot) (?:per|a) second\b",
        "million cubic metres": r"\bmcm\b",
        "billion cubic metres": r"\bbcm\b",
        "trillion cubic metres": r"\btcm\b",
        "thousand cubic feet": r"\bmcf\b",
        "million cubic feet": r"\bmmcf\b",
        "billion cubic feet": r"\bbcf\b",
        "trillion cubic feet": r"\btcf\b",
        "barrels of oil equivalent": r"\b(?:boe|barrels? of oil equivalent)\b",
        "barrels a day": r"\b(?:bpd|bopd)\b",
        "Btu": r"\b(?:Btu|BTU|mm?btu|MMBtu|therms?)\b",
        "million tonnes a year": r"\bmtpa\b",
        "deadweight tonnes": r"\b(?:dwt|deadweight ton(?:ne)?s?)\b",
        "TEU": r"\b(?:TEUs?|teus?)\b",
        "MWp": r"\bMWp\b",
        "kWp": r"\bkWp\b",
        "kVA": r"\bkVA\b",
        "MVA": r"\bMVA\b",
        "ohms": r"\bohms?\b",
        "hundredweight": r"\b(?:cwt|hundredweight)\b",
        "furlongs": r"\bfurlongs?\b",
        "quarts": r"\bquarts?\b",
        "troy ounces": r"\btroy (?:ounces?|oz)\b",
        "tablespoons": r"\b(?:tablespoons?|tbsps?)\b",
        "teaspoons": r"\b(?:teaspoons?|tsps?)\b",
        "parsecs": r"\bparsecs?\b",
        "astronomical units": r"\bastronomical units?\b",
        "atmospheres": r"\b(?:atm|atmospheres?)\b",
        "bpm": r"\b(?:bpm|beats per minute)\b",
        "dpi": r"\bdpi\b",
        "IU": r"\b(?:IU|international units?)\b",
    }.items()
]
"""Measures that a text may name and that no report has had to convert yet."""

_PREFIXES = {"p": "pico", "n": "nano", "µ": "micro", "m": "milli", "c": "centi", "d": "deci"} | {
    "h": "hecto",
    "k": "kilo",
    "M": "mega",
    "G": "giga",
    "T": "tera",
    "P": "peta",
    "E": "exa",
}
_MULTIPLES = [
    Unit(f"{prefix}{symbol}", words=rf"\b(?:{prefix}{symbol}|{_PREFIXES[prefix]}(?:{word}))(?!\w)")
    for symbol, word, prefixes in (
        ("g", r"gram(?:me)?s?", "p n"),
        ("l", r"lit(?:re|er)s?", "µ c d h G"),
        ("W", r"watts?", "m T"),
        ("V", r"volts?", "m k M"),
        ("A", r"amp(?:ere)?s?", "m k"),
        ("Pa", r"pascals?", "k M G"),
        ("J", r"joules?", "m k M G T P E"),
        ("B", r"bytes?", "k E"),
        ("Hz", r"hertz", "T"),
        ("Sv", r"sieverts?", "µ"),
        ("Bq", r"becquerels?", "k M G T P"),
        ("N", r"newtons?", "m k M"),
        ("eV", r"electron ?volts?", "k M G T"),
        ("mol", r"moles?", "n µ m"),
    )
    for prefix in prefixes.split()
]
"""Multiples and parts of the units of the SI (Bureau international, 9th brochure, table 7)."""
_UNPREFIXED = [
    Unit(name, words=rf"\b{name}\b") for name in ("joules", "newtons", "amps", "amperes", "pascals")
]

_ALL = [
    *_pair(
        Unit("km", words=r"\b(?:km|kilomet(?:re|er)s?)\b"),
        Unit("miles", "mile", words=r"\bmiles?\b"),
        KM_PER_MILE,
    ),
    *_pair(
        Unit("m", words=r"\b(?:m|met(?:re|er)s?)\b"),
        Unit("feet", "foot", words=r"\b(?:feet|foot|ft)\b"),
        0.3048,
    ),
    *_pair(
        Unit("kg", words=r"\b(?:kg|kilo(?:gram)?s?)\b"),
        Unit("pounds", "pound", words=r"\b(?:pounds?|lbs?)\b"),
        _POUND,
    ),
    *_pair(
        Unit("tonnes", "tonne", words=r"\b(?:metric tons?|tonnes?)\b"),
        Unit("short tons", "short ton", words=r"\b(?:short )?tons?\b"),
        2000 * _POUND / 1000,
    ),
    *_pair(
        Unit("sq km", words=r"\b(?:sq(?:uare)? k(?:m|ilomet(?:re|er)s?)|km²)(?!\w)"),
        Unit("sq miles", "sq mile", words=r"\bsq(?:uare)? miles?\b"),
        KM_PER_MILE**2,
    ),
    *_pair(
        Unit("hectares", "hectare", words=r"\b(?:hectares?|ha)\b"),
        Unit("acres", "acre", words=r"\bacres?\b"),
        0.40468564224,
    ),
    *_pair(
        Unit("km/h", words=r"\b(?:km/h|kph|kilomet(?:re|er)s? (?:an|per) hour)\b"),
        Unit("mph", words=r"\b(?:mph|miles? (?:an|per) hour)\b"),
        KM_PER_MILE,
    ),
    Unit(
        "°C",
        words=r"(?:°|\bdegrees? )C(?:elsius)?\b",
        system="metric",
        other="°F",
        factor=1.8,
        offset=32,
        spelt=False,
    ),
    Unit(
        "°F",
        words=r"(?:°|\bdegrees? )F(?:ahrenheit)?\b",
        system="imperial",
        other="°C",
        factor=1 / 1.8,
        offset=-32 / 1.8,
        spelt=False,
    ),
    Unit(
        "°C difference",
        words=r"(?:°|\bdegrees? )C(?:elsius)?\b",
        symbol=" °C",
        system="metric",
        other="°F difference",
        factor=1.8,
    ),
    Unit(
        "°F difference",
        words=r"(?:°|\bdegrees? )F(?:ahrenheit)?\b",
        symbol=" °F",
        system="imperial",
        other="°C difference",
        factor=1 / 1.8,
    ),
    Unit("metres", "metre", words=r"\bmet(?:re|er)s?\b", spelt=False),
    Unit("percent", symbol="%", words=r"%|\bper ?cent\b"),
    Unit("percentage points", symbol=" percentage points", words=r"\bpercentage points?\b"),
    Unit("basis points", symbol=" basis points", words=r"\bbasis points?\b"),
    Unit("people", "person", words=r"\bpersons?\b|\bpeople\b"),
    Unit("decades", "decade", words=r"\bdecades?\b"),
    Unit("years", "year", words=r"\byears?\b"),
    Unit("months", "month", words=r"\bmonths?\b"),
    Unit("weeks", "week", words=r"\bweeks?\b"),
    Unit("days", "day", words=r"\bdays?\b"),
    Unit("hours", "hour", words=r"\bhours?\b"),
    Unit("minutes", "minute", words=r"\bminutes?\b"),
    Unit("countries", "country", words=r"\bcountr(?:y|ies)\b"),
    Unit("states", "state", words=r"\bstates?\b"),
    Unit("figures", "figure"),
    Unit("events", "event"),
    Unit("sources", "source"),
    Unit("rows", "row"),
    Unit("statements", "statement"),
    Unit("verdicts", "verdict"),
    Unit("findings", "finding"),
    Unit("claims", "claim"),
    Unit("expressions", "expression"),
    Unit("points", "point", words=r"\bpoints?\b"),
    *_MEASURES,
    *_MULTIPLES,
    *_UNPREFIXED,
    Unit("date", words=_DATE),
    Unit("month", words=r"\bmonth\b"),
    Unit("year", words=r"\b\d{4}\b", form="{}"),
    *(Unit(name, form=QUOTED) for name in SAID),
    Unit("text"),
    Unit("", ""),
]
UNITS: Mapping[str, Unit] = {unit.name: unit for unit in _ALL}
"""The engine's units by name."""

_SCALES = {"million": "m", "billion": "bn", "trillion": "tn", "m": "m", "bn": "bn", "tn": "tn"}
_MONEY = re.compile(r"(?:(million|billion|trillion) )?([A-Z]{3})(?: (m|bn|tn))?")


@functools.cache
def currencies() -> frozenset[str]:
    """Return the codes of ISO 4217, as Babel has them from Unicode's CLDR."""
    from babel.core import get_global  # JupyterLab brings it, and it has those of the past, too

    return frozenset(get_global("all_currencies"))


def money_unit(name: str) -> Unit | None:
    """Return the unit of a sum of money: a code with or without a scale; None for another.

    >>> unit = money_unit("EUR bn")
    >>> unit.currency, unit.scale
    ('EUR', 'bn')
    """
    found = _MONEY.fullmatch(name)
    if found is None or found[2] not in currencies():
        return None
    scale = _SCALES.get(found[1] or found[3] or "", "")
    symbol = {"USD": r"\$", "EUR": "€", "GBP": "£", "JPY": "¥"}.get(found[2], "")
    words = "|".join(filter(None, [rf"\b{found[2]}\b", symbol]))
    return Unit(name, words=words, currency=found[2], scale=scale, spelt=False)


def units_of(added: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Unit]:
    """Return the engine's units and those that dossier.toml adds."""
    own = {}
    for name, options in added.items():
        try:
            own[name] = Unit(name, **options)
        except TypeError as error:
            raise UnitError(f'dossier.toml, [units."{name}"]: {error}; see text/units.py') from None
    return {**UNITS, **own}


def unit_of(name: str, units: Mapping[str, Unit]) -> Unit:
    """Return a unit by name, a currency among them, or raise UnitError."""
    found = units.get(name) or money_unit(name)
    if found is None:
        raise UnitError(f'unknown unit {name!r}: add [units."{name}"] to dossier.toml')
    return found


def quantity_text(
    value: float,
    unit: Unit,
    units: Mapping[str, Unit],
    first: str,
    qualifier: str = "exact",
    decimals: int = 0,
    round_figure: bool = False,
    wording: str = "",
) -> str:
    """Return a quantity in both systems, the ``first`` one (imperial or metric) leading.

    ``wording`` is the qualifier in its source's own word. The conversion is no more precise than
    what is converted: a round figure converts to its significant digits, two at least, and to
    about; any other keeps its number of digits; a bound never says more than was said.

    >>> quantity_text(600, UNITS["miles"], UNITS, "imperial", round_figure=True)
    '600 miles (about 970 km)'
    >>> quantity_text(2500, UNITS["km"], UNITS, "imperial", round_figure=True)
    'about 1,550 miles (2,500 km)'
    >>> quantity_text(977, UNITS["km"], UNITS, "imperial")
    '607 miles (977 km)'
    >>> quantity_text(1.28, UNITS["°C difference"], UNITS, "metric", decimals=2)
    '1.28 °C (2.30 °F)'
    """
    other = units[unit.other]
    converted = _converted(value, unit, qualifier, decimals, round_figure)
    own = _with_unit(value, unit, decimals)
    rest = _with_unit(converted, other, decimals)
    if round_figure and qualifier == "exact":
        rest = f"about {rest}"
    lead, rest = (own, rest) if first == unit.system else (rest, own)
    if qualifier != "exact":
        usual = "about" if qualifier == "about" else QUALIFIERS[qualifier][0]
        lead = f"{wording or usual} {lead}"
    return f"{lead} ({rest})"


def _with_unit(value: float, unit: Unit, decimals: int) -> str:
    number = number_text(value, decimals)
    if unit.symbol:
        return f"{number}{unit.symbol}"
    return f"{number} {unit.singular if unit.singular and number == '1' else unit.name}"


_LOWER = ("at_least", "over")
_UPPER = ("at_most", "under")


def _converted(
    value: float, unit: Unit, qualifier: str, decimals: int, round_figure: bool
) -> float:
    """Return the converted value, as precise as what it was converted from."""
    other = unit.convert(value)
    if other == 0:
        return other
    if qualifier in _LOWER + _UPPER:
        # a bound rounds to its safe side, so that the conversion never says more than was said
        whole = len(f"{abs(other):.0f}") + decimals
        digits = max(2, significant(value)) + 1 if round_figure else whole
        finest = 10.0 ** (math.floor(math.log10(abs(other))) + 1 - digits)
        step = max(finest, 10.0**-decimals)
        steps = other / step
        return (math.floor(steps) if qualifier in _LOWER else math.ceil(steps)) * step
    if round_figure:
        return round_to(other, max(2, _digits(value, other)))
    return round(other, decimals)


def _digits(value: float, other: float) -> int:
    """Return the significant digits of a round figure, for what it converts to.

    One more where the first ones are smaller: as many would round more coarsely than was said.

    >>> _digits(2500, 1553.4), _digits(1200, 745.6)
    (3, 2)
    """
    digits = significant(value)
    return digits + (digits > 1 and f"{other:e}" < f"{value:e}")
