"""Times of day, in digits or in words, and the times of races.

A time is ``15:42``, ``3.42pm``, ``0600 GMT``, ``noon``, ``half past three``. Two digits behind a
point are minutes where the place says so (``at 8.15 he left``, ``from 7.45 to 9.10``, ``09.20:`` at
a line's start) and nothing is measured. The half of the day is told, or is that of the part of
the day that the sentence names.
"""

from dossier.text.lexer import Tokens
from dossier.text.measures import FUNCTION_WORDS, Reading, item_at
from dossier.text.words import CARDINALS, word_set

PARTS_OF_DAY = word_set("morning afternoon evening night")
ZONES = word_set("gmt bst est edt pst pdt cet cest utc et pt ist aest aedt local")


_TIMETABLED = word_set("at from by until to before after the since and about around")


def timetabled_at(tokens: Tokens, i: int) -> Reading | None:
    """Read digits that are a time by their place: ``from 0655 to 1030``, ``at 8.15 he left``."""
    text, before = tokens[i].text, tokens[i - 1].low
    if dotted := _dotted(tokens, i):
        return dotted
    if len(text) != 4 or not text.isdigit() or tokens[i + 1].low in ZONES | {"hours", "hrs"}:
        return None
    earlier = tokens[i - 2].text
    paired = before in ("to", "and", "-", "–") and len(earlier) == 4 and earlier[0] == "0"
    if not (paired or (text[0] == "0" and before in _TIMETABLED)):
        return None
    return _checked(tokens, i, i + 1, (text[:2], text[2:]))


def _dotted(tokens: Tokens, i: int) -> Reading | None:
    """Read hours and minutes that a point parts, where their place says that they are a time."""
    if not _is_dotted(tokens, i) or tokens[i + 1].low in ("am", "pm"):
        return None
    hour, _, minute = tokens[i].text.partition(".")
    behind = _half_behind(tokens, i + 1)
    padded = hour[0] == "0" and len(hour) == 2
    placed = _heads_line(tokens, i) or _is_paired(tokens, i)
    led = tokens[i - 1].low in _AT or tokens.lows(i - 2, 2) in _SOON
    led = led or (tokens[i - 1].low in _BEFORE_TIME and (padded or behind >= 0))
    if not placed and not (led and (padded or behind >= 0 or not _is_level(tokens, i))):
        return None
    late = 12 * (behind > 0 and int(hour) < 12)
    return _checked(tokens, i, i + 1, (f"{int(hour) + late}", minute))


def _is_dotted(tokens: Tokens, i: int) -> bool:
    hour, point, minute = tokens[i].text.partition(".")
    return bool(point) and len(minute) == 2 and 0 < len(hour) < 3 and tokens[i].kind == "digits"


def _heads_line(tokens: Tokens, i: int) -> bool:
    """Return whether a line begins with digits, and a colon or a dash follows: ``09.20: Calm``."""
    mark = tokens[i + 1]
    dashed = mark.text in "–—-" and mark.gap + tokens[i + 2].gap == "  "
    return tokens[i].gap == "\n" and mark.kind == "mark" and (mark.text == ":" or dashed)


def _is_paired(tokens: Tokens, i: int) -> bool:
    """Return whether digits are an end of ``from 7.45 to 9.10``, where nothing rose or fell."""
    first = i if tokens[i - 1].low in ("from", "between") else i - 2
    joined = tokens[first + 1].low in ("to", "until", "till", "and") or tokens.hyphen(first + 1)
    paired = joined and _is_dotted(tokens, first) and _is_dotted(tokens, first + 2)
    led = tokens[first - 1].low in ("from", "between") or tokens.hyphen(first + 1)
    late = paired and float(tokens[first].text) != float(tokens[first + 2].text)
    return late and led and not _is_level(tokens, first) and not _is_level(tokens, first + 2)


_SOON = {(word, side) for word in ("shortly", "just", "soon") for side in ("before", "after")}
_LEVELS = word_set(
    "share shares stock stocks index rate rates yield yields average averaged price prices traded "
    "trading ph magnitude ratio dollar euro yuan yen per gpa rating odds percent % cents points "
    "rose fell rise fall up down increased decreased grew slipped gained lost jumped climbed "
    "dropped improved widened narrowed eased edged slid valued priced quoted fixed pegged "
    "metres meters seconds times score scored scores mark earnings $ £ € ¥"
)
"""Words beside a number that has decimals, and is no time."""
_RATED = word_set("share unit piece head seat tonne barrel litre gallon kilo pound")
"""Of what something costs a number: at 8.15 a share."""


def _is_level(tokens: Tokens, i: int) -> bool:
    """Return whether digits measure something, by a unit behind them or by the words about them."""
    item = item_at(tokens, i)
    measured = item is None or item.type != "number" or item.last > i + 1
    rated = tokens[i + 1].low in ("a", "an") and tokens[i + 2].low in _RATED
    first = i
    while first > i - 8 and not tokens.begins(first):
        first -= 1
    told = {*tokens.lows(first, i - first), *tokens.lows(i + 1, 4)}
    return measured or rated or bool(told & _LEVELS)


def _half_behind(tokens: Tokens, i: int) -> int:
    """Return 1 for a part of the day after noon that follows a time, 0 for one before, else -1."""
    for n in range(i, i + 7):
        if tokens[n].low in PARTS_OF_DAY:
            return int(tokens[n].low != "morning")
        if tokens[n].low == "tonight":
            return 1
        if tokens[n].kind == "end" or tokens[n].text in _STOPS or "\n" in tokens[n].gap:
            return -1
    return -1


_STOPS = word_set(". , ; : ! ? to and until but")


def clock_at(tokens: Tokens, i: int, marathon: bool) -> Reading | None:
    """Read ``15:42``, ``3.42pm``, ``9 a.m.``, ``0600 GMT``, ``noon``, ``four in the morning``."""
    token = tokens[i]
    if token.low in ("noon", "midday", "midnight"):
        return Reading(i, i + 1, "time", "00:00" if token.low == "midnight" else "12:00")
    if told := _hour_of_day(tokens, i) or shared_half(tokens, i):
        return told
    if token.kind != "digits":
        hour = CARDINALS.get(token.low)
        oclock = tokens[i + 1].text in ("'", "’") or tokens[i + 1].low in ("am", "pm")
        if hour and hour < 13 and (_oclock(tokens, i) or (oclock and tokens[i + 1].kind == "word")):
            last = i + (4 if _oclock(tokens, i) else 2)
            return _time(tokens, i, last, (hour, 0), tokens[i + 1].low)
        return None
    if _oclock(tokens, i) and token.text.isdigit():
        return _time(tokens, i, i + 4, (int(token.text), 0), tokens[i + 4].low)
    return _digital(tokens, i, marathon)


_MINUTES = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20} | {
    digits: int(digits) for digits in ("5", "10", "20", "25")
}
_TWELVE = {"midnight": 24, "noon": 12, "midday": 12}
_BEFORE_TIME = word_set("at by until till before after from since around about nearly almost and")
_AT = word_set("at until till since before")
_TOLD_AT = _AT | {"by"}
_AFTER_BEING = word_set("was is s be")


def told_time_at(tokens: Tokens, i: int) -> Reading | None:
    """Return a time in words: ``half past three``, ``a quarter to nine``, ``at ten past four``."""
    step = i + (tokens[i].low == "a")
    if told := _half_hour(tokens, i):
        return told
    minutes, side = _MINUTES.get(tokens[step].low), tokens[step + 1].low
    hour = _hour(tokens, step + 2) or _TWELVE.get(tokens[step + 2].low, 0)
    if not minutes or not hour or side not in ("to", "past") or (minutes == 30 and side == "to"):
        return None
    before = tokens[i - 1].low
    led = (
        minutes == 30
        or tokens[step + 2].low in _TWELVE
        or before in (_BEFORE_TIME if minutes == 15 else _TOLD_AT)
    )
    led = led or (
        before in _AFTER_BEING
        and (side == "past" or minutes == 15 or _half_behind(tokens, step + 3) >= 0)
    )
    counted = tokens[step + 3].kind == "word"
    counted = counted and tokens[step + 3].low not in FUNCTION_WORDS | _AFTER_HALF
    if not led or (counted and minutes not in (15, 30)):
        return None
    half = 720 * (_half_behind(tokens, step + 3) > 0 and hour < 12)
    passed = 60 * hour + half + (minutes if side == "past" else -minutes)
    value = f"{passed // 60 % 24:02d}:{passed % 60:02d}"
    return Reading(i, step + 3, "time", value, sure=False)


def _half_hour(tokens: Tokens, i: int) -> Reading | None:
    """Read ``half eight``, as the British say for half past eight."""
    hour, after = _hour(tokens, i + 1), tokens[i + 2]
    free = after.kind in ("mark", "end") or after.low in _AFTER_HALF
    free = free and not tokens.hyphen(i + 1) and not tokens.hyphen(i + 2)
    if tokens[i].low != "half" or not hour or tokens[i - 1].low not in _TOLD_AT or not free:
        return None
    late = 12 * (_half_behind(tokens, i + 2) > 0 and hour < 12)
    return Reading(i, i + 2, "time", f"{(hour + late) % 24:02d}:30", sure=False)


_AFTER_HALF = word_set("in on this tonight tomorrow and to for the every sharp since until when")


def _hour(tokens: Tokens, i: int) -> int:
    """Return the hour that a token names, from one to twelve, or nought."""
    low = tokens[i].low
    hour = int(low) if low.isdigit() and len(low) < 3 else CARDINALS.get(low, 0)
    return hour if 0 < hour <= 12 else 0


_HALF_DAYS = {("in", "the", "morning"): 0, ("in", "the", "afternoon"): 12} | {
    ("in", "the", "evening"): 12,
    ("at", "night"): 12,
}


def _hour_of_day(tokens: Tokens, i: int) -> Reading | None:
    """Read ``four in the morning``, ``ten at night``: an hour and its half of the day."""
    hour = _hour(tokens, i)
    led = tokens[i - 1].low in _BEFORE_TIME | _AFTER_BEING
    for words, half in _HALF_DAYS.items():
        if hour and led and tokens.lows(i + 1, len(words)) == words:
            value = f"{hour % 12 + half:02d}:00"
            return Reading(i, i + 1 + len(words), "time", value, sure=False)
    today = tokens[i + 1].low == "this" and tokens[i + 2].low in PARTS_OF_DAY
    if not hour or not today or tokens[i - 1].low not in _TOLD_AT:
        return None
    late = 12 * (tokens[i + 2].low != "morning")
    return Reading(i, i + 1, "time", f"{hour % 12 + late:02d}:00", sure=False)


def shared_half(tokens: Tokens, i: int) -> Reading | None:
    """Read the first hour of ``between 4 and 9 p.m.``, which has its half of the day from the next.

    That is the other half where the hour is the later: between 10 and 2 p.m.
    """
    hour, next_ = _hour(tokens, i), _hour(tokens, i + 2)
    half = tokens[i + 3].low
    if tokens[i - 1].low != "between" or tokens[i + 1].low != "and" or half not in ("am", "pm"):
        return None
    if not hour or not next_:
        return None
    late = (half == "pm") == (hour % 12 <= next_ % 12)
    return Reading(i, i + 1, "time", f"{hour % 12 + 12 * late:02d}:00", sure=False)


def _oclock(tokens: Tokens, i: int) -> bool:
    return tokens[i + 1].low == "o" and tokens[i + 3].low == "clock"


_RACED = word_set("in took ran clocked break breaks broke breaking under sub")


def _digital(tokens: Tokens, i: int, marathon: bool) -> Reading | None:
    """Read ``15:42``, ``3.42pm``, ``9 a.m.``; with a second colon it is the time of a race."""
    token, after = tokens[i], tokens[i + 1]
    hour, point, minute = token.text.partition(".")
    if after.text == ":" and not after.gap and tokens[i + 2].kind == "digits":
        minute = tokens[i + 2].text
        if len(minute.partition(".")[0]) != 2 or point:
            return None
        thirds = tokens[i + 3].text == ":" and tokens[i + 4].kind == "digits"
        if (thirds and not tokens[i + 4].gap) or "." in minute or tokens[i - 1].low in _RACED:
            return _timed(tokens, i, marathon)
        return _checked(tokens, i, i + 3, (hour, minute))
    if after.low in ("am", "pm") and (not point or len(minute) == 2):
        return _checked(tokens, i, i + 1, (hour, minute or "0"))
    military = after.low in ZONES | {"hours", "hrs"} and after.low != "local"
    if military and len(token.text) == 4 and not point:
        last = i + 1 + (after.low in ("hours", "hrs"))
        return _checked(tokens, i, last, (token.text[:2], token.text[2:]))
    return None


def _checked(tokens: Tokens, i: int, last: int, parts: tuple[str, str]) -> Reading | None:
    hour, minute = parts
    if not hour.isdigit() or not minute.isdigit() or int(hour) > 24 or int(minute) > 59:
        return None
    return _time(tokens, i, last, (int(hour), int(minute)), tokens[last].low)


def _time(tokens: Tokens, i: int, last: int, parts: tuple[int, int], half: str) -> Reading:
    hour, minute = parts
    if half in ("am", "pm"):
        hour, last = hour % 12 + (12 if half == "pm" else 0), last + (tokens[last].low == half)
    unit = ""
    if tokens[last].low in ZONES and tokens[last].text.isupper():
        unit, last = tokens[last].text, last + 1
    return Reading(i, last, "time", f"{hour % 24:02d}:{minute:02d}", unit)


_LAPS = word_set("kilometre kilometer mile lap lengths metres meters split")


def _timed(tokens: Tokens, i: int, marathon: bool) -> Reading | None:
    """Read the time of a race: ``2:03:15``, ``1:42.5``, and a marathon's ``2:25``."""
    if tokens[i + 3].text == ":" and tokens[i + 4].kind == "digits":
        value = f"PT{tokens[i].text}H{int(tokens[i + 2].text)}M{float(tokens[i + 4].text):g}S"
        return Reading(i, i + 5, "duration", value)
    hours = marathon and "." not in tokens[i + 2].text
    if hours and tokens[i].text in "2345" and not _LAPS & set(tokens.lows(i - 5, 5)):
        value = f"PT{tokens[i].text}H{int(tokens[i + 2].text)}M"
        return Reading(i, i + 3, "duration", value)
    value = f"PT{tokens[i].text}M{float(tokens[i + 2].text):g}S"
    return Reading(i, i + 3, "duration", value)
