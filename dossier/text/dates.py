"""Days, months and half-years as they are printed, and days as they are found in a text."""

import contextlib
import datetime
import re

from dossier.text.words import MONTHS, alternatives

_MONTH = rf"(?P<month>{alternatives(MONTHS)})"
_WRITTEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) )?{_MONTH} (?:(?P<after>\d{{1,2}}), )?(?P<year>\d{{4}})\b|"
    r"\b(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})\b"
)
"""A day or a month as prose writes it, a day as ISO 8601 has it."""


def day_text(value: datetime.date, precision: str = "day") -> str:
    """Return a day as the report prints it, by its precision: day, month, year, about, by.

    >>> day_text(datetime.date(2024, 7, 7)), day_text(datetime.date(2025, 2, 1), "month")
    ('7 July 2024', 'February 2025')
    """
    month = MONTHS[value.month - 1]
    if precision in ("month", "year"):
        return f"{month} {value.year}" if precision == "month" else str(value.year)
    text = f"{value.day} {month} {value.year}"
    return {"about": f"about {text}", "by": f"by {text}"}.get(precision, text)


def published_text(published: str) -> str:
    """Return a day, month or year of publication as printed; ``undated`` where there is none.

    >>> published_text("2024-07-07"), published_text("2025-02"), published_text("2019")
    ('7 July 2024', 'February 2025', '2019')
    >>> published_text("")
    'undated'
    """
    parts = [int(p) for p in published.split("-")] if published else []
    if len(parts) < 2:
        return published or "undated"
    whole = datetime.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return day_text(whole, "day" if len(parts) == 3 else "month")


def find_days(text: str) -> list[datetime.date]:
    """Return the days that a text names, in order; of a month its first.

    >>> [str(day) for day in find_days("7 July 2024, July 8, 2024, 2025-02-03, in February 2025")]
    ['2024-07-07', '2024-07-08', '2025-02-03', '2025-02-01']
    """
    found = []
    for match in _WRITTEN.finditer(text):
        with contextlib.suppress(ValueError):  # a 31st of June is no day
            found.append(_day_of(match))
    return found


def _day_of(match: re.Match[str]) -> datetime.date:
    if match["iso_year"]:
        return datetime.date(*(int(match[f"iso_{part}"]) for part in ("year", "month", "day")))
    day = int(match["day"] or match["after"] or 1)
    return datetime.date(int(match["year"]), MONTHS.index(match["month"]) + 1, day)
