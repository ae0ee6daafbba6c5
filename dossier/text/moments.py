"""Dates, times of day and relative expressions, resolved against the article's day.

A day is ``2023-07-07``, a month ``2023-07``, a year ``2023``, a quarter ``2023-Q3``, a longer span
``first/last``. A bare weekday or month is the latest one, or the next one where the words before it
speak of what is to come; a day without a year is the nearest. Weeks run from Monday. ``fiscal
2025`` and ``mid-2023`` are the year; 2025-26 is April to March where a budget of Britain or India
speaks. What can't be resolved is None.
"""

import datetime
from dataclasses import dataclass, replace

from dossier.text.clock import PARTS_OF_DAY, ZONES, clock_at, timetabled_at
from dossier.text.counts import count_at, ordinal_at
from dossier.text.lexer import Tokens
from dossier.text.measures import FUNCTION_WORDS, Reading, item_at, measure_of, period_of
from dossier.text.names import is_month
from dossier.text.turns import is_acting
from dossier.text.words import (
    AGES,
    CARDINALS,
    LARGE,
    MONTHS,
    SHORT_DAYS,
    SHORT_MONTHS,
    WEEKDAYS,
    word_set,
)

Day = datetime.date
_MONTH_NUMBERS = {m: n for n, m in enumerate(MONTHS, start=1)} | SHORT_MONTHS
_DAY_NUMBERS = {d: n for n, d in enumerate(WEEKDAYS)} | SHORT_DAYS
_TO_COME = word_set(
    "expect expects forecast opens starts resumes will would shall due expected scheduled "
    "plans ahead deadline ends expires closes goes comes returns arrives meets "
    "takes hosts turns costs must upcoming coming forthcoming begins ll hopes planned tomorrow "
    "payable supposed can chance"
)
PAST_VERBS = word_set(
    "was were had did said told fell rose began came went took made gave won lost met sent found "
    "left held ran became saw grew drew broke led wrote hit been"
)
_THEIRS = word_set("her his its their our my your s")
_ALLOTTED = word_set("given granted allotted promised booked offered allocated invited")
"""What one has been given is still to come: 40 hours on a telescope in September."""
_BID = word_set("ask wait see come call watch check look expect book join")
"""Verbs with which a sentence begins that bids somebody do something."""
_FUTURES = word_set(
    "corn wheat soybeans soybean crude copper gold silver cattle hogs cotton coffee sugar cocoa "
    "gas futures contract contracts delivery"
)
_JUST_BEFORE = word_set("by until from before next starting till due")
_CHANGED = word_set("up down rise fall rose fell increase decrease % percent cent higher lower")
_JOINERS = ("to", "through", "until", "till", "-", "–", "—", "and")


@dataclass(frozen=True)
class Setting:
    """What dates are read by: the article's day, and whether a budget of India or Britain speaks.

    ``business`` tells quarters of a year from those of a match; ``rates`` whether points are of a
    rate of interest; ``cricket`` that 287 for 6 is a score; ``marathon`` that 2:25 is hours and
    minutes; ``futures`` that December corn is still to be delivered.
    """

    day: Day | None
    budget: bool = False
    business: bool = False
    rates: bool = False
    cricket: bool = False
    marathon: bool = False
    futures: bool = False


def moment_at(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Return the date, time or relative expression that begins at a token."""
    if timetabled := timetabled_at(tokens, i):
        return timetabled
    between = tokens[i].low == "between"
    first = date_at(tokens, i + between, setting)
    zoned = tokens[i + 1].text.isupper() and tokens[i + 1].low in ZONES  # 1900 BST
    if first is None or (zoned and first.last == i + 1):
        timed = None if between else clock_at(tokens, i, setting.marathon)
        return None if between else timed or _relative(tokens, i, setting)
    if between and "/" in str(first.value) and "and" in tokens.lows(first.last - 3, 2):
        return replace(first, first=i)  # between July 8 and 12, between 8 and 12 July
    joiner = tokens[first.last].low
    joined = joiner in _JOINERS and (joiner != "and" or between)
    second = date_at(tokens, first.last + 1, setting) if joined else None
    if second is None or not _same_kind(first, second):
        return None if between else first
    value = _span(first.value, second.value)
    if tokens[first.first].text in WEEKDAYS and first.last == first.first + 1:
        value = _weekdays(str(first.value), str(second.value))
    return replace(first, first=i, last=second.last, value=value)


def _weekdays(first: str, second: str) -> str:
    """Return the span from a weekday to a later day, the first in the week before that day."""
    if len(second) != 10:
        return f"{first}/{second}"
    begin, end = Day.fromisoformat(first), Day.fromisoformat(second)
    begin = end - datetime.timedelta(days=(end - begin).days % 7)
    return f"{begin.isoformat()}/{second}"


def _same_kind(first: Reading, second: Reading) -> bool:
    return bool(first.value and second.value and "/" not in str(first.value) + str(second.value))


def _span(first: str | None, second: str | None) -> str | None:
    """Return two ends as one span; a month before a dated month takes its year."""
    if first is None or second is None:
        return None
    if first[0] == "-":
        return f"{first}/{second}"
    if len(first) == len(second) and first > second and len(first) > 4:
        first = f"{int(first[:4]) - 1}{first[4:]}" if first[4:] > second[4:] else first
        first = second[:4] + first[4:] if second[:4] + first[4:] <= second else first
    elif len(first) == len(second) and len(first) > 4 and first[:4] != second[:4]:
        return f"{first}/{second}"
    return f"{first}/{second}"


def date_at(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Return the date that begins at a token: weekday, day, month, quarter, year, decade."""
    token = tokens[i]
    if token.kind == "digits":
        return (
            _iso(tokens, i)
            or _day_month(tokens, i, setting)
            or _year(tokens, i, setting)
            or _ordinal_period(tokens, i, setting)
            or _day_alone(tokens, i, setting)
        )
    if token.text in ("’", "'") and tokens[i + 1].kind == "digits":
        return _decade(tokens, i + 1, i)
    if token.kind != "word":
        return None
    if token.text in _DAY_NUMBERS:
        return _weekday(tokens, i, setting)
    if token.text in _MONTH_NUMBERS:
        return _month(tokens, i, setting)
    for reader in (
        _mid,
        _fiscal,
        _quarter,
        _months_of,
        _ordinal_period,
        _day_month,
        _spelt_decade,
        _our_era,
    ):
        found = reader(tokens, i, setting)
        if found:
            return found
    return None


def _number(tokens: Tokens, i: int, low: int, high: int) -> int | None:
    text = tokens[i].text
    if tokens[i].kind == "digits" and text.isdigit() and low <= int(text) <= high:
        return int(text)
    return None


def _iso(tokens: Tokens, i: int) -> Reading | None:
    year = _number(tokens, i, 1000, 2999)
    for mark in "-/.":
        if year and tokens[i + 1].text == mark == tokens[i + 3].text:
            month, day = _number(tokens, i + 2, 1, 12), _number(tokens, i + 4, 1, 31)
            if month and day and not tokens[i + 1].gap:
                return Reading(i, i + 5, "date", _day_text(year, month, day))
    slashed = tokens[i + 1].text == "/" == tokens[i + 3].text and not tokens[i + 1].gap
    if slashed and len(tokens[i + 4].text) in (2, 4):
        parts = [_number(tokens, i + n, 1, 2999) or 0 for n in (0, 2, 4)]
        if all(parts):
            return _slashed(i, parts)
    dotted = tokens[i].text.split(".")
    written = _number(tokens, i + 2, 1000, 2999)
    if len(dotted) == 2 and tokens[i + 1].text == "." and written:
        value = _day_text(written, int(dotted[1]), int(dotted[0]))
        return Reading(i, i + 3, "date", value) if value else None
    return None


def _slashed(i: int, parts: list[int]) -> Reading | None:
    day, month, year = parts
    year += 2000 if year < 100 else 0
    if month > 12:
        day, month = month, day
    sure = day > 12 or day == month
    value = _day_text(year, month, day)
    return Reading(i, i + 5, "date", value, sure=sure) if value else None


def _day_text(year: int, month: int, day: int) -> str | None:
    try:
        return Day(year, month, day).isoformat()
    except ValueError:
        return None


def _day_month(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``7 July``, ``the 7th of July 2023``, ``9-11 July``."""
    first, step = _day_number(tokens, i)
    if not first:
        return None
    end = 0
    if tokens[step].text in ("-", "–", "to", "and"):
        end, after = _day_number(tokens, step + 1)
        if not end:
            return None
        if tokens[step].text == "and" and tokens[after].text not in _MONTH_NUMBERS:
            return None
        step = after
    step += tokens[step].low == "of"
    month = _MONTH_NUMBERS.get(tokens[step].text) or _shouted_month(tokens, step)
    if not month or (tokens[step].text in SHORT_MONTHS and tokens[step].text == "Mar" and end):
        return None
    last = _after_month(tokens, step)
    year, last = _year_after(tokens, last)
    value = _dated(tokens, i, (year, month, first), setting)
    if end and value:
        value = f"{value}/{value[:-2]}{end:02d}"
    return Reading(i, last, "date", value)


def _shouted_month(tokens: Tokens, i: int) -> int:
    """Return the number of a month in capitals before a year, or nought: 4 ``DEC`` 2026."""
    text = tokens[i].text
    dated = text.isupper() and _year_after(tokens, i + 1 + (tokens[i + 1].text == "."))[0]
    return _MONTH_NUMBERS.get(text.title(), 0) if dated else 0


_AFTER_DAY = (FUNCTION_WORDS - {"of"}) | word_set("it he she we they i you there")
_ON = word_set("on until till by before since after from")


def _day_alone(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``until the 24th``, where no noun follows: the nearest such day that the tense asks."""
    day, last = _day_number(tokens, i)
    free = tokens[last].kind != "word" or tokens[last].low in _AFTER_DAY
    led = tokens[i - 1].low == "the" and tokens[i - 2].low in _ON
    led = led and tokens[i - 3].low not in ("not", "but", "even", "agreed")  # of several points
    if last != i + 2 or not day or not (led and free) or setting.day is None:
        return None
    tokens_day, ahead = setting.day, _is_to_come(tokens, i - 1)
    months = 12 * tokens_day.year + tokens_day.month - 1
    months += (ahead and day < tokens_day.day) - (not ahead and day > tokens_day.day)
    value = _day_text(months // 12, months % 12 + 1, day)
    return Reading(i, last, "date", value, sure=False) if value else None


def _day_number(tokens: Tokens, i: int) -> tuple[int, int]:
    """Return a day of the month and the token after it, or noughts."""
    day = _number(tokens, i, 1, 31)
    if day and len(tokens[i].text) <= 2:
        suffix = tokens[i + 1].low in ("st", "nd", "rd", "th") and not tokens[i + 1].gap
        return day, i + 1 + suffix
    spelt = ordinal_at(tokens, i)
    if spelt and spelt.spelt and tokens[spelt.last].low == "of":
        return int(spelt.value), spelt.last
    return 0, 0


def _after_month(tokens: Tokens, i: int) -> int:
    """Return the token after a month, and after the full stop of its abbreviation."""
    short = tokens[i].text.title() in SHORT_MONTHS and tokens[i].text != "May"
    return i + 2 if short and tokens[i + 1].text == "." and not tokens[i + 1].gap else i + 1


def _year_after(tokens: Tokens, i: int) -> tuple[int | None, int]:
    for step in (i, i + 1):
        if step == i + 1 and tokens[i].text not in (",", "of"):
            break
        year = _number(tokens, step, 1000, 2199)
        if year and len(tokens[step].text) == 4 and tokens[step].gap != "\n":
            return year, step + 1
    return None, i


def _dated(
    tokens: Tokens, i: int, parts: tuple[int | None, int, int], setting: Setting
) -> str | None:
    """Return a day; without a year it is the nearest to the article's day."""
    year, month, day = parts
    if year:
        return _day_text(year, month, day)
    if setting.day is None:
        return None
    near = [_day_text(setting.day.year + n, month, day) for n in (-1, 0, 1)]
    days = [Day.fromisoformat(text) for text in near if text]
    if not days:
        return None
    tense, today = _tense(tokens, i), setting.day
    later = [d for d in days if d >= today]
    if tense == "coming" and later and (later[0] - today).days < 330:
        return later[0].isoformat()
    gone = [d for d in days if d <= today]
    if tense == "past" and gone and (today - gone[-1]).days < 330:
        return gone[-1].isoformat()
    return min(days, key=lambda d: abs((d - today).days)).isoformat()


def _is_to_come(tokens: Tokens, i: int) -> bool:
    """Return whether a date's sentence speaks of what is to come."""
    return _tense(tokens, i) == "coming"


def _tense(tokens: Tokens, i: int) -> str:
    """Return coming, past, said or nothing: what the nearest verb before a date, or after, says."""
    led = _tense_of_lead(tokens, i)
    if led is not None:
        return led
    past = ""
    for n in range(i - 1, i - 20, -1):
        if _ends_sentence(tokens, n):
            break
        sign = "coming" if _is_decided(tokens, n) else _verb_sign(tokens, n)
        if sign and sign != "ed":
            return sign if n > i - 14 else past
        past = past or ("past" if sign else "")
        if tokens.begins(n) and tokens[n].gap:  # no minutes: due at 1:30 on Friday
            break
    return past or _tense_after(tokens, i)


def _tense_of_lead(tokens: Tokens, i: int) -> str | None:
    """Return the tense that what stands just before a date tells by itself, if it does."""
    before = tokens[i - 1].low
    changed = before == "from" and _CHANGED & set(tokens.lows(i - 6, 5))  # up 40% from August
    ahead = changed and _AHEAD & set(tokens.lows(max(i - 15, 0), min(i, 15)))
    published = before == "for" and tokens[i - 2].low in _PUBLISHED
    if before == "since" or published or tokens[i - 2].low == "recently":
        return "past"
    if changed and not ahead:
        return "past"
    starting = tokens.lows(i - 2, 2) in _FROM_THEN or before == "through"
    if tokens[i].text in WEEKDAYS and starting:
        return "coming"
    if before in _JUST_BEFORE:
        return "" if {"had", "was", "were"} & set(tokens.lows(i - 8, 7)) else "coming"
    return None


_PUBLISHED = word_set("data figures numbers statistics results accounts minutes")
"""What is of a month that is over: the data for July will be published."""
_FROM_THEN = {(word, "on") for word in ("starting", "beginning", "commencing", "effective")}
_DECIDED = word_set(
    "voted vote votes agreed agrees agree decided decides plans plan planned planning vowed "
    "pledged promised approved wants want hopes hope aims intends intend threatened refused ruled "
    "resolved expected due chose proposed proposes opted prepares preparing ready likely unlikely"
)


def _is_decided(tokens: Tokens, n: int) -> bool:
    """Return whether an infinitive tells what was decided: ``voted to close it in June``."""
    verb = tokens[n + 1]
    free = verb.text.islower() and verb.low not in FUNCTION_WORDS and verb.low not in CARDINALS
    told = set(tokens.lows(max(n - 8, 0), min(n, 8)))
    return tokens[n].low == "to" and free and bool(_DECIDED & told) and "had" not in told


def _tense_after(tokens: Tokens, i: int) -> str:
    """Return coming where the first verb after a date says so: On Friday the house will vote."""
    for n in range(i + 1, i + 13):
        if tokens[n].kind == "end" or tokens[n].text in (".", "!", "?", "”", '"', ";"):
            return ""
        sign = _verb_sign(tokens, n)
        if sign:
            return sign if tokens[n].low in _AHEAD else ""
    return ""


_AHEAD = word_set("will ll shall due scheduled costs")


def _ends_sentence(tokens: Tokens, n: int) -> bool:
    token = tokens[n]
    return token.kind == "end" or token.text in (".", "!", "?") or "\n" in tokens[n + 1].gap


def _verb_sign(tokens: Tokens, n: int) -> str:
    """Return coming, past or said for a verb, ed for what may be a participle, or nothing."""
    low, before, after = tokens[n].low, tokens[n - 1].low, tokens[n + 1].low
    if low in ("said", "told"):
        return "said"
    arranged = after == "for" and low in _ARRANGED
    to_come = low in _TO_COME and after not in PAST_VERBS  # housing starts fell
    if _is_ahead(tokens, n) or to_come or arranged or (low, after) == ("set", "to"):
        return "coming"
    if low == "to" and before in ("is", "are", "was", "were"):
        return "coming"
    if low == "got" and before in ("ve", "have", "has", "s"):
        return "coming"
    if low in _BID and tokens.begins(n):
        return "coming"
    if low in ("have", "has") and after in ("a", "an", "one", "another"):
        return "coming"  # I have one on Thursday
    if low in ("is", "are") and (
        after in ("on", "in", "at", "from", "running", "meeting", "standing")
        or (after.endswith("ed") and tokens[n + 2].low in ("on", "at"))
    ):
        return "coming"
    return _past_sign(low)


_ARRANGED = word_set("set fixed listed booked slated pencilled scheduled")
"""What is done for a day to come: fixed for 18 September."""


def _is_ahead(tokens: Tokens, n: int) -> bool:
    """Return whether a word says what is ahead: ``her next opponent``, ``has been given 40``."""
    low, before = tokens[n].low, tokens[n - 1].low
    if low == "next":
        return before in _THEIRS and not period_of(tokens[n + 1].low)
    return low in _ALLOTTED and before == "been" and tokens[n - 2].low in ("has", "have")


def _past_sign(low: str) -> str:
    if low in ("was", "were", "had", "did"):
        return "past"
    return "ed" if low in PAST_VERBS or (len(low) > 4 and low.endswith("ed")) else ""


def _weekday(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``Sunday``, ``Sunday, July 7``, ``Sunday (July 7th)``, ``Sunday night``."""
    token = tokens[i]
    after = tokens[i + 2] if tokens[i + 1].text in (".", ",") else tokens[i + 1]
    dated = after.text in _MONTH_NUMBERS or after.kind == "digits"
    if token.text not in WEEKDAYS and not dated:
        return None
    step = i + 1
    step += tokens[step].text == "." and token.text in SHORT_DAYS
    comma = step + (tokens[step].text in (",", "("))
    comma += tokens[comma].low == "the"
    whole = None
    if tokens[comma].text in _MONTH_NUMBERS or tokens[comma].kind == "digits":
        whole = _month(tokens, comma, setting) or _day_month(tokens, comma, setting)
    if whole and (len(whole.value or "-") != 7) and tokens[comma + 1].kind != "end":
        last = whole.last + (tokens[step].text == "(" and tokens[whole.last].text == ")")
        if tokens[step].text != "(" or last > whole.last:
            return replace(whole, first=i, last=last)
    value = None
    if setting.day:
        free = tokens[i + 1].low == "off" and tokens[i - 1].low in ("have", "has", "get", "gets")
        coming = free or _is_to_come(tokens, i)
        value = _nearest_weekday(_DAY_NUMBERS[token.text], setting.day, coming)
    return Reading(i, step, "date", value, sure=value is not None)


def _nearest_weekday(number: int, day: Day, to_come: bool) -> str:
    days = (number - day.weekday()) % 7 if to_come else -((day.weekday() - number) % 7)
    return (day + datetime.timedelta(days=days)).isoformat()


def _month(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``July 7, 2023``, ``July 7-9``, ``July 2023``, ``July``."""
    token = tokens[i]
    month = _MONTH_NUMBERS.get(token.text)
    if not month:
        return None
    step = _after_month(tokens, i)
    day, after = _day_number(tokens, step)
    if day and tokens[step].gap != "\n" and not _is_counting(tokens, after):
        return _month_day(tokens, i, (month, day, after), setting)
    if found := _month_quarter(tokens, i, month, setting) or _month_of(tokens, i, month, setting):
        return found
    year, last = _year_after(tokens, step)
    if year:
        return Reading(i, last, "date", f"{year}-{month:02d}")
    if token.text not in MONTHS and step == i + 1:
        joined = tokens.hyphen(i + 1) and tokens[i + 2].text in _MONTH_NUMBERS
        if not joined and not tokens.hyphen(i - 1):
            return None
    if token.text in ("May", "March", "April", "June", "August") and not is_month(tokens, i):
        return None
    coming = _is_to_come(tokens, i) or (setting.futures and _is_delivered(tokens, i))
    value = _bare_month(month, setting.day, coming) if setting.day else None
    return Reading(i, step, "date", value, sure=value is not None)


_THAT_YEAR = word_set("last this next")
"""What stands between a month and the word year: May last year."""


def _month_of(tokens: Tokens, i: int, month: int, setting: Setting) -> Reading | None:
    """Read ``May last year``."""
    step = _after_month(tokens, i)
    told = tokens[step].low in _THAT_YEAR and tokens[step + 1].low == "year"
    if not told or (tokens[i].text in MONTHS and not is_month(tokens, i)):
        return None
    year = _shift("year", _STEPS[tokens[step].low], setting.day)
    return Reading(i, step + 2, "relative", year and f"{year}-{month:02d}")


def _month_quarter(tokens: Tokens, i: int, month: int, setting: Setting) -> Reading | None:
    """Read ``the June quarter``, ``June 2025 quarter``: the three months that end with it."""
    year, step = _year_after(tokens, i + 1)
    if month % 3 or tokens[step].low != "quarter":
        return None
    last = step + 1
    if year is None:
        year, last = _year_after(tokens, last + (tokens[last].low == "of"))
        last = last if year else step + 1
    if year is None and setting.day:
        year = setting.day.year
        year -= month > setting.day.month and not _is_to_come(tokens, i)
    return Reading(i, last, "date", f"{year}-Q{month // 3}" if year else None)


def _is_delivered(tokens: Tokens, i: int) -> bool:
    """Return whether a month is that of a future: ``December corn``, ``soybeans for November``."""
    return tokens[i + 1].low in _FUTURES or (
        tokens[i - 1].low == "for" and tokens[i - 2].low in _FUTURES
    )


def _is_counting(tokens: Tokens, i: int) -> bool:
    """Return whether what follows a number makes it no day: a percentage, a time."""
    timed = tokens[i].text == ":" and tokens[i + 1].kind == "digits" and not tokens[i + 1].gap
    return timed or tokens[i].text == "%"


def _month_day(
    tokens: Tokens, i: int, parts: tuple[int, int, int], setting: Setting
) -> Reading | None:
    month, day, after = parts
    end = 0
    if tokens[after].text in ("-", "–", "to"):
        end, step = _day_number(tokens, after + 1)
        if end and tokens[step].text not in _MONTH_NUMBERS:
            after = step
        else:
            end = 0
    elif tokens[after].text == "and":
        end, after = _next_day(tokens, i, day, after)
    year, last = _year_after(tokens, after)
    value = _dated(tokens, i, (year, month, day), setting)
    if end and value:
        value = f"{value}/{value[:-2]}{end:02d}"
    return Reading(i, last, "date", value)


def _next_day(tokens: Tokens, i: int, day: int, joint: int) -> tuple[int, int]:
    """Return the day that ``and`` joins to one, and the token after it: July 8 ``and 9``.

    What is counted follows a number that is none: ``on July 8 and 9 people fled``. Two days that
    no ``between`` parts are neighbours.
    """
    end, last = _day_number(tokens, joint + 1)
    after = tokens[last]
    free = after.kind in ("mark", "end") and after.text not in ("%", "-", "–", ":", "/")
    free = free or is_acting(after) or after.low in _AFTER_DAY
    near = end == day + 1 or (end > day and tokens[i - 1].low == "between")
    return (end, last) if near and free else (0, joint)


def _bare_month(month: int, day: Day, to_come: bool) -> str:
    year = day.year
    if to_come and month < day.month:
        year += 1
    if not to_come and month > day.month:
        year -= 1
    return f"{year}-{month:02d}"


_YEAR_BEFORE = word_set(
    "in since by until till from of during early late mid the before after between around circa "
    "through to and back to as for than end year for ( , fiscal about summer winter spring autumn "
    "born"
)
_COUNTED = word_set(
    "people troops soldiers men women children homes houses jobs workers employees votes points "
    "runs metres feet miles km kg tonnes tons cases deaths students points hours days million "
    "billion trillion percent % acres hectares calories steps"
)


def _year(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``2018``, ``2019-2023``, ``2025-26``, ``1990s``, ``18th century``."""
    decade = _decade(tokens, i, i) or _before_christ(tokens, i) or _our_era(tokens, i, setting)
    if decade:
        return decade
    token = tokens[i]
    year = _number(tokens, i, 1000, 2199)
    if not year or len(token.text) != 4:
        return None
    if _is_counted(tokens, i):
        return None
    joined = tokens.hyphen(i + 1) or (tokens[i + 1].text == "/" and not tokens[i + 1].gap)
    end = _number(tokens, i + 2, 0, 2199) if joined else None
    if end is not None and len(tokens[i + 2].text) in (2, 4):
        return _years(i, year, end, len(tokens[i + 2].text), setting)
    sure = tokens[i - 1].low in _YEAR_BEFORE and year > 1500
    return Reading(i, i + 1, "date", str(year), sure=sure) if sure or year > 1500 else None


def _before_christ(tokens: Tokens, i: int) -> Reading | None:
    """Read ``1250 BC``, and ``1290`` of ``between 1290 and 1215 BC``, as ISO 8601 counts years."""
    text, step = tokens[i].text.replace(",", ""), i + 1
    if tokens[step].low in ("and", "to", "-", "–") and tokens[i + 2].kind == "digits":
        ranged = tokens[i + 3].text in ("BC", "BCE") and not tokens.hyphen(i + 3)
        last = step if ranged else 0
    else:
        last = step + 1 if tokens[step].text in ("BC", "BCE") else 0
    if not last or not text.isdigit() or not 0 < int(text) < 10_000:
        return None
    return Reading(i, last, "date", f"-{int(text) - 1:04d}")


def _our_era(tokens: Tokens, i: int, _: Setting) -> Reading | None:
    """Read ``AD 79``, ``600 AD``."""
    year, era = (i, i + 1) if tokens.plain(i) else (i + 1, i)
    told = tokens[era].text in ("AD", "CE") and tokens.plain(year) and tokens[i + 1].gap == " "
    told = told and len(tokens[year].text) <= 4
    return Reading(i, i + 2, "date", f"{int(tokens[year].text):04d}") if told else None


def _is_counted(tokens: Tokens, i: int) -> bool:
    """Return whether four digits count something, and are no year: ``about 1900 homes``."""
    before, after = tokens[i - 1], tokens[i + 1]
    if after.low in _COUNTED or before.text in ("$", "£", "€", "₹"):
        return True
    if after.kind == "word" and not after.gap:
        return True
    if tokens.hyphen(i + 1) and tokens[i + 2].kind == "word":
        return tokens[i + 2].low in _COUNTED or measure_of(tokens[i + 2].low) != ""
    bare = before.low in ("about", "some", "than", "least", "nearly", "almost", "over")
    return bare and after.kind == "word" and after.low.endswith("s")


def _years(i: int, year: int, end: int, digits: int, setting: Setting) -> Reading | None:
    last = end if digits == 4 else year // 100 * 100 + end
    last += 100 if digits == 2 and last < year else 0
    if last <= year:
        return None
    if digits == 2 and last == year + 1 and setting.budget:
        return Reading(i, i + 3, "date", f"{year}-04-01/{last}-03-31", sure=False)
    return Reading(i, i + 3, "date", f"{year}/{last}")


def _decade(tokens: Tokens, i: int, first: int) -> Reading | None:
    text, after = tokens[i].text, tokens[i + 1]
    step = i + 1
    if after.text in ("'", "’") and not after.gap and tokens[i + 2].low == "s":
        step, after = i + 2, tokens[i + 2]
    if after.low != "s" or after.gap or not text.isdigit() or int(text) % 10:
        return None
    year = int(text)
    if (
        len(text) == 2
        and tokens[i - 1].low in ("the", "’", "'", "early", "late", "mid")
        and year > 10
    ):
        year += 1900
        if tokens[i - 2].low in ("in",) and tokens[i + 2].low == "with":
            return None
    elif len(text) != 4 or not 1000 <= year <= 2100:
        return None
    return Reading(first, step + 1, "date", f"{year}/{year + 9}")


_DECADES = {word: 1900 + years for word, years in AGES.items()} | {"noughties": 2000}


def _spelt_decade(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``the nineteen-eighties``, ``the late eighties``, ``the swinging sixties``."""
    if tokens[i].low in _DECADES and "the" in tokens.lows(max(i - 4, 0), min(i, 4)):
        led = tokens[i - 1].low in ("the", "early", "late", "mid", "swinging", "roaring", "-")
        year = _DECADES[tokens[i].low]
        return Reading(i, i + 1, "date", f"{year}/{year + 9}", sure=False) if led else None
    century, step = CARDINALS.get(tokens[i].low, 0), i + 1 + tokens.hyphen(i + 1)
    joined = step > i + 1 or tokens[i - 1].low in ("the", "early", "late", "mid")
    if not joined or not 10 < century < 22 or tokens[step].low not in AGES:
        return None
    year = 100 * century + AGES[tokens[step].low]
    return Reading(i, step + 1, "date", f"{year}/{year + 9}")


def _mid(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``mid-2023``, ``mid-July``, ``pre-2020``, ``mid-1990s``."""
    if not tokens.hyphen(i + 1):
        return None
    if tokens[i].low not in ("mid", "early", "late", "pre", "post"):
        return None
    found = date_at(tokens, i + 2, setting)
    joined = tokens[i].low in ("mid", "early", "late")
    return found and replace(found, first=i if joined else i + 2)


def _fiscal(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``fiscal 2025``, ``FY25``, ``FY 2025-26``, ``fiscal year 2025``."""
    low, step = tokens[i].low, i + 1
    if low not in ("fiscal", "fy", "financial"):
        return None
    step += tokens[step].low == "year"
    text = tokens[step].text
    if tokens[step].kind != "digits" or len(text) not in (2, 4) or not text.isdigit():
        return None
    if len(text) == 4:
        found = _year(tokens, step, replace(setting, budget=True))
        return found and replace(found, first=i)
    return Reading(i, step + 1, "date", f"20{text}")


def _quarter(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``Q3``, ``Q3 2023``, ``H1 2025``, ``2Q``."""
    token, number = tokens[i], tokens[i + 1]
    if token.text not in ("Q", "H") or number.gap or number.text not in ("1", "2", "3", "4"):
        return None
    step = i + 2
    step += tokens[step].text in ("of", "FY")
    year, last = _year_after(tokens, step)
    last = last if year else i + 2
    return Reading(
        i, last, "date", _part(token.text, int(number.text), year, setting, _is_to_come(tokens, i))
    )


def _part(
    kind: str, number: int, year: int | None, setting: Setting, to_come: bool = False
) -> str | None:
    """Return a quarter or a half of a year; without a year it is the latest that is over."""
    if year is None and setting.day is None:
        return None
    months = 3 if kind == "Q" else 6
    if year is None and setting.day:
        over = setting.day.month > number * months or to_come
        begun = setting.day.month > (number - 1) * months
        year = setting.day.year if over or begun else setting.day.year - 1
    if kind == "Q":
        return f"{year}-Q{number}"
    return f"{year}-01-01/{year}-06-30" if number == 1 else f"{year}-07-01/{year}-12-31"


def _ordinal_period(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``third quarter of 2023``, ``first half``, ``18th century``, ``20th-century``."""
    number = ordinal_at(tokens, i)
    if number is None:
        return None
    step = number.last + tokens.hyphen(number.last)
    word, value = tokens[step].low, int(number.value)
    scored = tokens[i - 1].low in ("his", "her", "its", "their", "my")  # her second century
    if word in ("century", "centuries") and value < 22 and not scored:
        return Reading(i, step + 1, "date", f"{100 * value - 99:04d}/{100 * value:04d}")
    if word not in ("quarter", "half") or value > (4 if word == "quarter" else 2):
        return None
    return _part_of_year(tokens, i, (step, value), setting)


def _months_of(tokens: Tokens, i: int, _: Setting) -> Reading | None:
    """Read ``first six months of 2026``."""
    number = CARDINALS.get(tokens[i + 1].low, 0) or _number(tokens, i + 1, 2, 11) or 0
    year, last = _year_after(tokens, i + 4)
    led = tokens[i].low in ("first", "last", "final")
    if not led or not year or tokens.lows(i + 2, 2) != ("months", "of") or not 1 < number < 12:
        return None
    first = 1 if tokens[i].low == "first" else 13 - int(number)
    value = f"{year}-{first:02d}/{year}-{first + int(number) - 1:02d}"
    return Reading(i, last, "date", value)


def _part_of_year(
    tokens: Tokens, i: int, place: tuple[int, int], setting: Setting
) -> Reading | None:
    """Read a quarter or a half, by its number, and the year after it."""
    step, value = place
    word = tokens[step].low
    at = step + 1
    at += tokens[at].low in ("of", "in")
    at += tokens[at].low in ("fiscal", "financial")
    kind = "Q" if word == "quarter" else "H"
    if fiscal := _fiscal_part(tokens, i, at, kind, value):
        return fiscal
    year, last = _year_after(tokens, at)
    if year:
        return Reading(i, last, "date", _part(kind, value, year, setting))
    if tokens.lows(step + 1, 3)[:1] == ("of",) and tokens[at].low in (
        "the",
        "this",
        "last",
        "next",
    ):
        rest = _relative(tokens, at, setting) if tokens[at].low != "the" else None
        if tokens[at + 1].low in ("year", "decade", "century", "month"):
            year = int(rest.value) if rest and str(rest.value).isdigit() else None
            last = rest.last if rest else at + 2
            return Reading(i, last, "date", _part(kind, value, year, setting))
    if not setting.business:
        return None
    return Reading(
        i, step + 1, "date", _part(kind, value, None, setting, _is_to_come(tokens, i)), sure=False
    )


def _fiscal_part(tokens: Tokens, i: int, at: int, kind: str, number: int) -> Reading | None:
    """Read ``first half of 2025-26``: a part of a year that begins in April."""
    year, end = _number(tokens, at, 1900, 2199), tokens[at + 2].text
    if not year or not tokens.hyphen(at + 1) or end != f"{(year + 1) % 100:02d}":
        return None
    months = 3 if kind == "Q" else 6
    first = 12 * year + 3 + months * (number - 1)
    ends = [f"{n // 12}-{n % 12 + 1:02d}" for n in (first, first + months - 1)]
    return Reading(i, at + 3, "date", "/".join(ends), sure=False)


_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
_STEPS = {
    "last": -1,
    "latest": -1,
    "previous": -1,
    "past": -1,
    "this": 0,
    "current": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_SPANS = word_set("week month year quarter decade century weekend fortnight")


def _relative(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``last month``, ``next Tuesday``, ``a year earlier``, ``overnight``, ``yesterday``."""
    low = tokens[i].low
    if low in _NEAR:
        value = _shift("day", _NEAR[low], setting.day)
        possessive = low == "today" and tokens[i + 2].low == "s" and not tokens[i + 1].gap
        return Reading(i, i + 1, "relative", value, sure=not possessive)
    if low in ("overnight", "nowadays") and low == "overnight":
        return Reading(i, i + 1, "relative", None, sure=False)
    if low == "year" and tokens.hyphen(i + 1) and tokens[i + 2].low in ("ago", "earlier"):
        last = i + 3 + (tokens[i + 3].low in ("quarter", "period", "month", "week"))
        return Reading(i, last, "relative", None, sure=False)
    if low == "year" and tokens.hyphen(i + 1) and tokens[i + 2].low == "end":
        value = f"{setting.day.year}-12-31" if setting.day else None
        return Reading(i, i + 3, "relative", value, sure=False)
    if low == "end":
        return _end_of(tokens, i, setting)
    if low in ("the", "that") or low in ("same",):
        return _the_other(tokens, i, setting)
    if low in _STEPS:
        return _stepped(tokens, i, i, setting)
    return _ago(tokens, i, setting)


def _end_of(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    if tokens.lows(i, 3) != ("end", "of", "the") or tokens[i + 3].low not in _SPANS:
        return None
    value = f"{setting.day.year}-12-31" if setting.day and tokens[i + 3].low == "year" else None
    first = i - 1 if tokens[i - 1].low == "the" else i
    return Reading(first, i + 4, "relative", value, sure=False)


def _the_other(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``the previous year``, ``the next day``, ``the same day``, ``the day before``."""
    one, two = tokens[i + 1].low, tokens[i + 2].low
    low = tokens[i].low
    if low == "the" and one in _STEPS and two in _SPANS | {"day", "night", "morning"}:
        if one == "past" or (one == "last" and two == "day"):
            return None
        if one == "last" and _is_up_to_now(tokens, i):
            return Reading(i + 2, i + 3, "duration", _LENGTH[two], sure=False)
        value = _shift(two, _STEPS[one], setting.day) if one in ("last", "current") else None
        return Reading(i, i + 3, "relative", value, sure=False)
    dated = one in _SPANS | {"day", "night"} and two in ("before", "after", "earlier")
    following = tokens[i + 3]
    if low == "the" and dated:
        if following.capital or following.low in ("the", "a", "an", "his", "her", "its", "their"):
            return None
        return Reading(i, i + 3, "relative", None, sure=False)
    if low == "same" and one in _SAME:
        return Reading(i - (tokens[i - 1].low == "the"), i + 2, "relative", None, sure=False)
    return None


def _is_up_to_now(tokens: Tokens, i: int) -> bool:
    """Return whether the last month is the one that ends now: ``in the last month``."""
    led = tokens[i - 1].low in ("in", "over", "during", "within", "for")
    whole = tokens[i + 2].low in ("week", "month", "year", "decade", "century")
    return led and whole and tokens[i + 3].low not in ("of", "before")


_SAME = ("day", "week", "month", "quarter", "year", "night", "morning", "afternoon", "evening")


def _stepped(tokens: Tokens, i: int, first: int, setting: Setting) -> Reading | None:
    step, word = _STEPS[tokens[i].low], tokens[i + 1]
    if word.text in WEEKDAYS:
        number = WEEKDAYS.index(word.text)
        value = _step_weekday(number, step, setting.day)
        at_hand = tokens[i].low == "next" and _is_at_hand(value, setting.day)
        value = _step_weekday(number, 2, setting.day) if at_hand else value
        return Reading(first, i + 2, "relative", value)
    if word.text in MONTHS:
        return _step_month(tokens, i, step, setting)
    low = word.low
    if low in PARTS_OF_DAY:
        days = -1 if tokens[i].low == "last" else 0
        return Reading(first, i + 2, "relative", _shift("day", days, setting.day))
    if low in _SPANS and tokens[i].low not in ("following", "previous", "past"):
        if tokens[i].low == "this" and low == "century" and tokens.hyphen(i + 2):
            return None
        return Reading(first, i + 2, "relative", _shift(low, step, setting.day))
    if low in _SPANS and tokens[i].low == "past":
        return Reading(first + 1, i + 2, "duration", _LENGTH.get(low), sure=False)
    if low in _SPANS:
        return Reading(first, i + 2, "relative", None, sure=False)
    return None


_LENGTH = {"week": "P1W", "month": "P1M", "year": "P1Y", "quarter": "P3M", "decade": "P10Y"} | {
    "century": "P100Y",
    "fortnight": "P2W",
}


def _is_at_hand(value: str | None, day: Day | None) -> bool:
    """Return whether a weekday is tomorrow or the day after, in the article's own week."""
    if value is None or day is None:
        return False
    ahead = (Day.fromisoformat(value) - day).days
    return ahead < 3 and day.weekday() + ahead < 7


def _step_weekday(number: int, step: int, day: Day | None) -> str | None:
    """Return a weekday before the article's (-1), of its week, the next one, or that after it."""
    if day is None:
        return None
    if step == 2:
        ahead = (number - day.weekday()) % 7 or 7
        return (day + datetime.timedelta(days=7 + ahead)).isoformat()
    if step > 0:
        ahead = (number - day.weekday()) % 7 or 7
        return (day + datetime.timedelta(days=ahead)).isoformat()
    if step < 0:
        back = (day.weekday() - number) % 7 or 7
        return (day - datetime.timedelta(days=back)).isoformat()
    return (day + datetime.timedelta(days=number - day.weekday())).isoformat()


def _step_month(tokens: Tokens, i: int, step: int, setting: Setting) -> Reading:
    month, day = MONTHS.index(tokens[i + 1].text) + 1, setting.day
    value = None
    if day:
        year = day.year
        year += 1 if step > 0 and month <= day.month else 0
        year -= 1 if step < 0 and month >= day.month else 0
        value = f"{year}-{month:02d}"
    return Reading(i, i + 2, "relative", value)


def _ago(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``three years ago``, ``a year earlier``, ``two weeks later``."""
    if part := _part_ago(tokens, i, setting) or _several_later(tokens, i):
        return part
    if tokens[i].low in ("a", "an") and tokens[i + 1].low not in LARGE:
        number, step = 1, i + 1
    else:
        count = count_at(tokens, i)
        if count is None:
            return None
        number, step = int(count.value), count.last
    period = period_of(tokens[step].low)
    word = tokens[step + 1].low
    if not period or word not in ("ago", "earlier", "later", "before", "previously", "prior"):
        return None
    if tokens[step + 2].low == "than":
        return None
    ends = tokens[step + 2].low in (".", ",", "and", ")", ";", "")
    if word == "before" and not ends and tokens[i].low not in ("a", "an"):
        return None
    if word == "before" and tokens[i].low not in ("a", "an"):
        return None
    years = {"decade": 10, "century": 100, "millennium": 1000}.get(period, 0)
    back = _shift("year" if years else period, -number * (years or 1), setting.day)
    value = back if word == "ago" else None
    return Reading(i, step + 2, "relative", value, sure=word == "ago")


def _several_later(tokens: Tokens, i: int) -> Reading | None:
    """Read ``seven hours and 12 minutes later``: no day tells what that is counted from."""
    length = item_at(tokens, i)
    if length is None or length.type != "duration":
        return None
    parts = sum(period_of(tokens[n].low) != "" for n in range(i, length.last))
    told = tokens[length.last].low in ("ago", "earlier", "later")
    if parts < 2 or not told or tokens[length.last + 1].low == "than":
        return None
    return Reading(i, length.last + 1, "relative", None, sure=False)


_YEARS_OF = {"century": 100, "decade": 10}


def _part_ago(tokens: Tokens, i: int, setting: Setting) -> Reading | None:
    """Read ``half a century ago``, ``a quarter-century ago``."""
    step = i + (tokens[i].low == "a")
    at = step + 1 + (tokens[step + 1].low in ("a", "-"))
    years = _YEARS_OF.get(tokens[at].low, 0) // {"half": 2, "quarter": 4}.get(tokens[step].low, 200)
    if not years or tokens[at + 1].low != "ago":
        return None
    return Reading(i, at + 2, "relative", _shift("year", -years, setting.day))


def _shift(period: str, step: int, day: Day | None) -> str | None:
    """Return the day, week, month, quarter, year or decade some steps away from a day's."""
    if day is None:
        return None
    try:
        return _shifted(period, step, day)
    except (ValueError, OverflowError):
        return None


def _shifted(period: str, step: int, day: Day) -> str | None:
    if period in ("day", "night", "morning"):
        return (day + datetime.timedelta(days=step)).isoformat()
    if period in ("week", "fortnight", "weekend"):
        days = step * (14 if period == "fortnight" else 7) - day.weekday()
        monday = day + datetime.timedelta(days=days)
        first = monday + datetime.timedelta(days=5 if period == "weekend" else 0)
        if period == "weekend" and step < 0 and day.weekday() > 4:
            return f"{first.isoformat()}/{(first + datetime.timedelta(days=1)).isoformat()}"
        return f"{first.isoformat()}/{(monday + datetime.timedelta(days=6)).isoformat()}"
    months = day.year * 12 + day.month - 1
    if period == "month":
        months += step
        return f"{Day(months // 12, months % 12 + 1, 1).isoformat()[:7]}"
    if period == "quarter":
        quarters = months // 3 + step
        return f"{Day(quarters // 4, 1, 1).year}-Q{quarters % 4 + 1}"
    if period == "year":
        return str(Day(day.year + step, 1, 1).year)
    if period in ("decade", "century"):
        return _shifted_years(10 if period == "decade" else 100, step, day)
    return None


def _shifted_years(years: int, step: int, day: Day) -> str | None:
    if step < -1:
        return str(Day(day.year + step * years, 1, 1).year)
    first = day.year // years * years + step * years + (years == 100)
    return f"{first}/{first + years - 1}"
