"""What a fact is, how it prints, and the sentence builder.

A fact is stated (by the article, tied to its exact words), sourced (a cell of a table) or computed (by a
rule, from rows and other facts). A sentence names facts in braces and never holds a number of its own:

    {agreements_signed}           the fact with its qualifier and unit: approximately 20 member countries
    {agreements_signed:n}         qualifier and number alone: approximately 20
    {agreements_signed:N}         the same, to open a sentence: Approximately 20
    {front_measured:lead}         a length in the leading unit alone; :own in the unit it was given in
    {agreements_signed:was|were}  a word by the fact's number; prints no number
    {timeline.T35.date}           a cell: table, key, column
"""

import datetime
import difflib
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from dossier import data
from dossier.article import unescape

KM_PER_MILE = 1.609344
"""International mile, exact by definition (1959)."""

QUALIFIERS = {
    "exact": [""],
    "about": ["approximately", "about", "around", "nearly"],
    "at_least": ["at least"],
    "over": ["over", "beyond", "more than"],
}
"""How each qualifier may be worded; a stated fact prints the article's own word where it has one."""

SMALL = "no one two three four five six seven eight nine".split()
"""Whole numbers of things below ten are spelt out in prose."""

_SINGULAR = {
    "agreements": "agreement",
    "allies": "ally",
    "countries": "country",
    "member countries": "member country",
    "people": "person",
    "years": "year",
    "days": "day",
    "hours": "hour",
    "plans": "plan",
    "stars": "star",
    "miles": "mile",
    "metres": "metre",
    "states": "state",
    "figures": "figure",
    "events": "event",
    "sources": "source",
    "rows": "row",
    "statements": "statement",
    "NATO members": "NATO member",
    "other parties": "other party",
    "verdicts": "verdict",
    "claims": "claim",
    "expressions": "expression",
    "points": "point",
    "donors": "donor",
}
SYMBOLS = {"percent": "%", "percent of GDP": "% of GDP", "percentage points": " percentage points"}


class FactError(ValueError):
    """A sentence that names no known fact, or asks for a form that the fact does not have."""


@dataclass(frozen=True)
class Fact:
    """One number, day or name that the report may print.

    ``value`` is in ``unit``; ``decimals`` is how many decimals print. ``rows`` are ``table:key`` of the rows it
    rests on; ``inputs`` are ids of facts. A stated fact has ``quote`` with ``start`` and ``end`` in the article.
    """

    id: str
    kind: str
    label: str
    value: object
    unit: str = ""
    qualifier: str = "exact"
    wording: str = ""
    decimals: int = 0
    precision: str = ""
    round_figure: bool = False
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    rule: str = ""
    inputs: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """A fact that was not known on the as-of day: a sentence that names it is not printed."""

    id: str


def day_text(value: datetime.date, precision: str = "day") -> str:
    """Return a day as the report prints it.

    >>> day_text(datetime.date(2024, 7, 7)), day_text(datetime.date(2025, 2, 1), "month")
    ('7 July 2024', 'February 2025')
    """
    if precision == "month":
        return f"{value:%B} {value.year}"
    text = f"{value.day} {value:%B} {value.year}"
    return {"about": f"about {text}", "by": f"by {text}"}.get(precision, text)


def number_text(value: float, decimals: int = 0, spell: bool = False) -> str:
    """Return a number as the report prints it: commas for thousands, a true minus, small counts spelt out.

    A half rounds away from zero; negative ``decimals`` round to tens, hundreds and so on.

    >>> number_text(1001.04), number_text(-0.5, 1), number_text(3, spell=True), number_text(392, -1)
    ('1,001', '−0.5', 'three', '390')
    """
    if spell and decimals == 0 and float(value).is_integer() and 0 <= value < len(SMALL):
        return SMALL[int(value)]
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{exact:,.{max(decimals, 0)}f}".replace("-", "−")


_THIN = re.compile(r"(?<=\d) (?=(?:km|m|sq km)\b)|(?<=\b[A-Z]{3}) (?=\d)")
_RANGE = re.compile(
    r"(?<![\d–-])(\d{4})-(\d{4})(?![\d-])|(?<![\d–-])(\d{1,2})-(\d{1,2})(?= (?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)


def typeset(text: str) -> str:
    """Return a text as it is set: a thin space that does not break between a number and its symbol, an en dash in a range.

    >>> typeset("EUR 40bn in 2023-2027, 977 km, 9-11 July") == "EUR\u202f40bn in 2023–2027, 977\u202fkm, 9–11 July"
    True
    """
    return _THIN.sub("\u202f", _RANGE.sub(lambda m: f"{m[1] or m[3]}–{m[2] or m[4]}", text))


def significant(value: float) -> int:
    """Return the number of significant digits of a whole number as printed, trailing zeros left out.

    >>> significant(600), significant(977), significant(1040)
    (1, 3, 3)
    """
    return len(f"{value:.0f}".strip("0")) or 1


def round_to(value: float, digits: int) -> float:
    """Return ``value`` rounded to ``digits`` significant digits.

    >>> round_to(965.6, 2)
    970.0
    """
    return round(value, digits - 1 - math.floor(math.log10(abs(value)))) if value else 0.0


def length_text(
    value: float,
    unit: str,
    qualifier: str,
    first: str,
    decimals: int = 0,
    round_figure: bool = False,
) -> str:
    """Return a length in both systems, the ``first`` one (imperial or metric) leading.

    The conversion is no more precise than what is converted: a round figure converts to two significant
    digits, and to about; any other keeps its number of digits; a bound (at least, over) is rounded down.

    >>> length_text(600, "miles", "exact", "imperial", round_figure=True)
    '600 miles (about 970 km)'
    >>> length_text(977, "km", "exact", "imperial")
    '607 miles (977 km)'
    >>> length_text(600, "miles", "exact", "metric", round_figure=True)
    'about 970 km (600 miles)'
    """
    miles = unit == "miles"
    other = value * KM_PER_MILE if miles else value / KM_PER_MILE
    if qualifier in ("at_least", "over"):
        # a bound rounds down, so that the conversion never says more than was said
        digits = (
            (max(2, significant(value)) + 1) if round_figure else len(f"{other:.0f}") + decimals
        )
        step = max(
            10.0 ** (math.floor(math.log10(other)) + 1 - digits), 10.0**-decimals
        )  # no finer than what is printed
        other = math.floor(other / step) * step
    else:
        other = (
            round_to(other, max(2, significant(value))) if round_figure else round(other, decimals)
        )
    own = f"{number_text(value, decimals)} {unit}"
    converted = f"{number_text(other, decimals)} {'km' if miles else 'miles'}"
    if round_figure and qualifier == "exact":
        converted = f"about {converted}"
    own_first = (first == "imperial") == miles
    lead, rest = (own, converted) if own_first else (converted, own)
    if qualifier != "exact":
        word = QUALIFIERS[qualifier][0] if qualifier != "about" else "about"
        lead = f"{word} {lead}"
    return f"{lead} ({rest})"


class Ledger:
    """All facts of one edition, by id; fills sentences, and refuses what it does not know."""

    def __init__(self, record: data.Record, units: str = "imperial"):
        self.record = record
        self.units = units
        self.facts: dict[str, Fact | Later] = {}

    def copy(self) -> "Ledger":
        """Return a ledger with the same facts, to which cells may be added apart."""
        other = Ledger(self.record, self.units)
        other.facts = dict(self.facts)
        return other

    def add(self, fact: Fact | Later) -> None:
        if fact.id in self.facts:
            raise FactError(f"fact {fact.id!r} is defined twice; give one of them another id")
        self.facts[fact.id] = fact

    def compute(
        self,
        id: str,
        label: str,
        value,
        unit: str,
        rule: str,
        *,
        inputs=(),
        rows=(),
        sources=(),
        **more,
    ) -> None:
        """Add a computed fact; ``value`` None means that it was not known on the as-of day."""
        if value is None or (not isinstance(value, str) and pd.isna(value)):
            self.add(Later(id))
        else:
            value = value.item() if hasattr(value, "item") else value
            sources = self.record.cites(*sources)
            self.add(
                Fact(
                    id,
                    "computed",
                    label,
                    value,
                    unit,
                    rule=rule,
                    inputs=tuple(inputs),
                    rows=tuple(rows),
                    sources=sources,
                    **more,
                )
            )

    def state(self, claim: dict) -> None:
        """Add the stated fact of a row of claims.csv that has a value."""
        value, unit = claim["value"], claim["unit"]
        precision = ""
        if unit in ("date", "month"):
            precision = "month" if unit == "month" else "day"
            value = datetime.date.fromisoformat(value if precision == "day" else f"{value}-01")
            unit = "date"
        elif value:
            value = float(value) if "." in value else int(value)
        exact = claim["exact"].lower()
        wording = next(
            (w for w in QUALIFIERS[claim["qualifier"]] if w and w in exact),
            QUALIFIERS[claim["qualifier"]][-1],
        )
        self.add(
            Fact(
                claim["fact_id"],
                "stated",
                claim["label"],
                value,
                unit,
                claim["qualifier"],
                wording,
                precision=precision,
                round_figure=unit == "miles" and value % 100 == 0,
                quote=claim["exact"],
                prefix=unescape(claim["prefix"]),
                suffix=unescape(claim["suffix"]),
                start=int(claim["start"]),
                end=int(claim["end"]),
                speaker=claim["speaker"],
                rows=(f"claims:{claim['claim_id']}",),
                sources=("seed",),
            )
        )

    def __getitem__(self, id: str) -> Fact | Later:
        if id not in self.facts:
            if id.count(".") == 2:
                self.facts[id] = self._cell(*id.split("."))
            else:
                near = difflib.get_close_matches(id, self.facts, 1)
                raise FactError(
                    f"no fact {id!r}" + (f"; did you mean {near[0]!r}?" if near else "")
                )
        return self.facts[id]

    def known(self, id: str) -> bool:
        return isinstance(self[id], Fact)

    def value(self, id: str):
        """Return a fact's value, or None where it was not known."""
        fact = self[id]
        return fact.value if isinstance(fact, Fact) else None

    def _cell(self, table: str, key: str, column: str) -> Fact | Later:
        id = f"{table}.{key}.{column}"
        resource = data.resources().get(table)
        if resource is None or column not in (
            fields := {f["name"]: f for f in resource["schema"]["fields"]}
        ):
            raise FactError(f"no fact {id!r}: no column {column!r} in data/{table}.csv")
        row = _find(self.record.tables[table], resource, key)
        if row is None:
            if _find(self.record.everything[table], resource, key) is None:
                raise FactError(
                    f"no fact {id!r}: no row {key!r} in data/{table}.csv; restore the row, or take the fact out of the sentences"
                )
            return Later(id)
        value = row[column]
        if pd.isna(value) or value == "":
            return Later(id)
        spec = resource.get("known", {})
        own = next((s for s, columns in spec.get("fields", {}).items() if column in columns), None)
        cited = [row[own]] if own else [row[c] for c in spec.get("sources", ())]
        name = next(
            (
                row[c]
                for c in (
                    "event",
                    "party",
                    "country",
                    "speaker",
                    "pledge",
                    "label",
                    "donor",
                    "part",
                    "finding",
                )
                if c in row
            ),
            key,
        )
        more = {"unit": fields[column].get("unit", "text")}
        if fields[column]["type"] == "date":
            value, more = (
                value.date(),
                {"unit": "date", "precision": row.get(spec.get("precision", ""), "") or "day"},
            )
        elif hasattr(value, "item"):
            value = value.item()
        if isinstance(value, float):
            more["decimals"] = len(f"{value!r}".partition(".")[2].rstrip("0"))
        if "qualifier" in row and column == "length_km":
            more["qualifier"] = row["qualifier"]
            more["wording"] = QUALIFIERS[row["qualifier"]][1 if row["qualifier"] == "about" else 0]
        label = f"{name}: {fields[column]['description']}"
        return Fact(
            id,
            "sourced",
            label,
            value,
            rows=(f"{table}:{key}",),
            sources=self.record.cites(*cited),
            **more,
        )

    def forms(self, fact: Fact) -> dict[str, str]:
        """Return every way in which a fact may print, by its form: '' whole, n number, N to open a sentence, …"""
        v, unit = fact.value, fact.unit
        if isinstance(v, (datetime.date, pd.Timestamp)):
            whole = day_text(v, fact.precision)
            forms = {"": whole}
            if fact.precision == "day":
                forms |= {"day": f"{v.day} {v:%B}", "weekday": f"{v:%A}"}
            return forms | {"year": str(v.year), "month": f"{v:%B} {v.year}"}
        if isinstance(v, str):
            return {"": v, "N": v[:1].upper() + v[1:]}
        if unit in ("year", "article of the treaty"):
            return {"": str(v) if unit == "year" else f"Article {v}"}
        lead = f"{fact.wording} " if fact.qualifier != "exact" and fact.wording else ""
        if unit in ("km", "miles"):
            whole = length_text(
                v, unit, fact.qualifier, self.units, fact.decimals, fact.round_figure
            )
            one = f"{lead}{number_text(v, fact.decimals)} {unit}"
            alone = whole.partition(" (")[0]
            return {
                "": whole,
                "N": whole[:1].upper() + whole[1:],
                "own": one,
                "n": f"{lead}{number_text(v, fact.decimals)}",
                "lead": alone,
            }
        spelt = number_text(
            v, fact.decimals, spell=unit not in SYMBOLS and unit != "metres" and "EUR" not in unit
        )
        if unit in SYMBOLS:
            number = f"{lead}{spelt}{'%' if SYMBOLS[unit].startswith('%') else ''}"
            whole = f"{lead}{spelt}{SYMBOLS[unit]}"
        elif unit.startswith(("EUR bn", "billion USD", "million USD")):
            currency, scale = (
                ("EUR", "bn") if "EUR" in unit else ("USD", {"m": "m", "b": "bn"}[unit[0]])
            )
            number = whole = f"{lead}{currency} {spelt}{scale}"
        else:
            noun = _SINGULAR.get(unit, unit) if v == 1 else unit
            number, whole = (
                f"{lead}{'none' if spelt == 'no' else spelt}",
                f"{lead}{spelt} {noun}".rstrip(),
            )
        forms = {
            "": whole,
            "n": number,
            "N": number[:1].upper() + number[1:],
            "W": whole[:1].upper() + whole[1:],
        }
        if isinstance(v, float) or fact.decimals:
            forms |= {
                str(d): f"{lead}{number_text(v, d)}{SYMBOLS.get(unit, '')}"
                for d in range(max(fact.decimals, 0))
            }
        return forms

    def text(self, id: str, form: str = "") -> str:
        """Return a known fact as printed in the given form; its number may choose a word: ``was|were``."""
        fact = self[id]
        if isinstance(fact, Later):
            raise FactError(f"fact {id!r} was not known on {self.record.as_of}")
        if "|" in form:
            one, many = form.split("|")
            return one if fact.value == 1 else many
        forms = self.forms(fact)
        if form not in forms:
            raise FactError(
                f"fact {id!r} has no form {form!r}; it has: {', '.join(f or 'the plain one' for f in forms)}"
            )
        return forms[form]

    def fill(self, template: str) -> str | None:
        """Return Markdown with every fact linked to its entry, or None where one was not known."""
        ids = [m[1] for m in _BRACES.finditer(template)]
        if not all(self.known(i) for i in ids):
            return None
        _refuse_numbers(_BRACES.sub("", template))
        return _BRACES.sub(self._link, template)

    def _link(self, match: re.Match) -> str:
        text = self.text(match[1], match[2] or "")
        return text if "|" in (match[2] or "") else f"[{escape(text)}](<#fact-{match[1]}>)"

    def plain(self, template: str) -> str:
        """Return the sentence as plain text, for alt texts and chart labels; every fact must be known."""
        _refuse_numbers(_BRACES.sub("", template))
        return _BRACES.sub(lambda m: self.text(m[1], m[2] or ""), template)


_BRACES = re.compile(r"\{([a-z_]+(?:\.[^.{}:]+\.[a-z_0-9]+)?[a-z_0-9]*)(?::([^{}]*))?\}")
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|million|billion|dozen)\b",
    re.I,
)
ALLOWED = re.compile(
    r"\b(?:G7|UTF-8|WGS84|Article 5|A4)\b|\bof the two\b|\bthe two\b|\bthese two\b|\bboth\b"
)
"""Names that hold a digit, and counts that the sentence itself shows."""


def _refuse_numbers(words: str) -> None:
    found = _NUMBER.search(ALLOWED.sub("", words))
    if found:
        raise FactError(
            f"the number {found[0]!r} is typed into a sentence: {words.strip()[:120]!r}; name a fact in braces instead"
        )


def escape(text: str) -> str:
    """Return text with Markdown's characters escaped."""
    return re.sub(r"([\\`*_\[\]<>#~|])", r"\\\1", text)


def _find(frame: pd.DataFrame, resource: dict, key: str) -> dict | None:
    keys = resource["schema"]["primaryKey"]
    keys = [keys] if isinstance(keys, str) else keys
    parts = key.split("/")
    if len(parts) != len(keys):
        raise FactError(f"key {key!r} of {resource['name']}: write {'/'.join(keys)}")
    match = pd.Series(True, index=frame.index)
    for column, part in zip(keys, parts):
        cells = frame[column]
        cells = (
            cells.dt.strftime("%Y-%m-%d")
            if pd.api.types.is_datetime64_any_dtype(cells)
            else cells.astype("string").fillna("")
        )
        match &= cells == part
    rows = frame[match]
    return rows.iloc[0].to_dict() if len(rows) else None
