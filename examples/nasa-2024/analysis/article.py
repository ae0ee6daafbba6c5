"""What the article says in words that hold no single figure: its year, its spans, its bases."""

import datetime
import re

import pandas as pd

from dossier.data.known import Record
from dossier.facts.ledger import WatchedFacts
from dossier.facts.trace import Traced, cell, some, traced
from dossier.registry import fact
from dossier.text.words import MONTHS

YEAR = re.compile(r"\b\d{4}\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")

BASES = {"base": "C04", "old_base": "C14"}
"""The claims that name the years from which anomalies are counted."""


def claim_row(record: Record, id: str) -> pd.DataFrame:
    return some(record.claims[record.claims["claim_id"] == id])


def years_in(record: Record, id: str) -> list[int]:
    return [int(year) for year in YEAR.findall(claim_row(record, id)["exact"].iloc[0])]


@fact(unit="date")
def article_day(record: Record) -> Traced:
    """Day of the release.

    The date of the event T15 of the timeline.
    """
    return cell(record, "timeline", "T15", "date")


@fact(unit="year")
def article_year(record: Record) -> Traced:
    """The year that the article is about.

    The year in the words of the claim C09.
    """
    return traced(years_in(record, "C09")[0], claim_row(record, "C09"))


@fact(unit="text", name="{base}_years", over={"base": list(BASES)})
def base_years(record: Record, base: str) -> Traced:
    """Years of the article’s {base}.

    As the claim’s words have them.
    """
    first, last = years_in(record, BASES[base])
    return traced(f"{first}-{last}", claim_row(record, BASES[base]))


@fact(unit="year", name="{base}_first_year", over={"base": list(BASES)})
def base_first_year(record: Record, base: str) -> Traced:
    """First year of the article’s {base}.

    As the claim’s words have it.
    """
    return traced(years_in(record, BASES[base])[0], claim_row(record, BASES[base]))


@fact(unit="year", name="{base}_last_year", over={"base": list(BASES)})
def base_last_year(record: Record, base: str) -> Traced:
    """Last year of the article’s {base}.

    As the claim’s words have it.
    """
    return traced(years_in(record, BASES[base])[1], claim_row(record, BASES[base]))


@fact(unit="years")
def old_base_length(old_base_first_year: int, old_base_last_year: int) -> int:
    """Years that the older base has.

    From its first year to its last, both counted.
    """
    return old_base_last_year - old_base_first_year + 1


def article_months(record: Record) -> list[datetime.date]:
    """Return the first and the last month of the streak, as the article has them."""
    words = claim_row(record, "C07")["exact"].iloc[0]
    return [datetime.date(int(y), MONTHS.index(m) + 1, 1) for m, y in MONTH.findall(words)]


@fact(unit="date", precision="month")
def span_from(record: Record) -> Traced:
    """First month of the streak, as the article has it.

    The first month in the words of the claim C07.
    """
    return traced(article_months(record)[0], claim_row(record, "C07"))


@fact(unit="date", precision="month")
def span_to(record: Record) -> Traced:
    """Last month of the streak, as the article has it.

    The second month in the words of the claim C07.
    """
    return traced(article_months(record)[1], claim_row(record, "C07"))


@fact(unit="months")
def span_months(span_from: datetime.date, span_to: datetime.date) -> int:
    """Months from the first to the last of the article’s streak.

    Both counted.
    """
    return number(span_to.year, span_to.month) - number(span_from.year, span_from.month) + 1


def number(year: int, month: int) -> int:
    """Return the number of a calendar month, counted from the year nought."""
    return 12 * year + month - 1


@fact(unit="years")
def years_since_base(article_year: int, old_base_first_year: int, old_base_last_year: int) -> float:
    """Years from the middle of the older base to the article’s year.

    The article’s year less the mean of the base’s first and last.
    """
    return article_year - (old_base_first_year + old_base_last_year) // 2


@fact(unit="°C difference", decimals=2)
def offset(anomaly_celsius: float, warming_celsius: float) -> float:
    """What the article’s two figures imply between its two bases.

    The anomaly from the older base less that from the newer, in whole hundredths.
    """
    return (round(100 * warming_celsius) - round(100 * anomaly_celsius)) / 100


@fact(
    unit="°C difference",
    decimals=2,
    name="{claim}_in_celsius",
    over={"claim": ["anomaly", "warming"]},
)
def in_celsius(facts: WatchedFacts, claim: str) -> float:
    """The article’s {claim} in Fahrenheit, converted to Celsius.

    Divided by 1.8.
    """
    return facts.value(f"{claim}_fahrenheit") / 1.8
