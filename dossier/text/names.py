"""Names that hold digits or number words, and words that only look like numbers: no figures.

Boeing 737, A320, COVID-19, Article 5, Route 66, World War Two, Sunday Times, ``no one``, 9/11.
"""

from dossier.text.lexer import Token, Tokens
from dossier.text.measures import measure_of
from dossier.text.turns import DETERMINERS, THIRD_PERSON, is_acting, one_at, turn_at
from dossier.text.words import (
    CARDINALS,
    MONTHS,
    ORDINALS,
    PERIODS,
    SHORT_MONTHS,
    WEEKDAYS,
    word_set,
)

_LABELS = word_set(
    "article section sections clause chapter rule schedule paragraph page route flight highway "
    "interstate room platform gate line junction channel type phase stage grade level category "
    "tier zone ward version episode part volume lot bay class exhibit boeing airbus apollo "
    "iphone ipad pixel galaxy playstation xbox windows formula resolution directive psalm area "
    "studio terminal runway pier lane precinct android ios title amendment appendix annex figure "
    "table regulation bill proposition prop unit building flat apartment suite ps falcon ariane "
    "proton soyuz voyager gemini radio bbc series gen mark block pack articles sol usb hdmi "
    "court courtroom engine ladder fi p ftse nasdaq nikkei cac dax stoxx russell fortune nifty asx "
    "pad marker milepost question bus footnote endnote bib locker berth comet asteroid exit "
    "vitamin classroom boardroom cell mile size reference docket atr dreamliner embraer "
    "bombardier cessna saab tupolev macos watchos ieee rfc iec"
)
"""Words after which a bare number is a name's."""
_TITLE_LABELS = word_set(
    "act scene season opus op symphony sonata concerto form turn juror witness victim defendant "
    "suspect claimant count counts module lesson step option plan scenario model site band tower "
    "dock slide item hole box door shed hangar well reactor furnace mine pit shaft camp checkpoint "
    "outpost group arm cohort messier luna mile day heat sector district division legion corps "
    "company squadron team test note force game match round principle pillar protocol order "
    "decree law motion "
    "measure initiative canto python java mac meta expo agenda vision horizon mission operation "
    "task sheet stop bed stall "
    "track side gallery hall house store warehouse plant shop route trench grave skeleton burial "
    "sample specimen patient case subject hut studio seam field plot parcel goal project strategy "
    "genesis exodus leviticus deuteronomy isaiah romans corinthians galatians ephesians revelation "
    "sport sports tender invoice"
)
"""Words that label a number where they have a capital: ``Act 2``, ``Juror 9``, ``Option 1``."""
_ADJECTIVAL = word_set(
    "type phase stage grade level category tier class generation article section formula title"
)
"""Labels that stand before a noun with their number: the phase 3 trials."""
_CARRIERS = word_set(
    "regulation directive flight resolution room page section article bbc russell local form "
    "agenda vision euro expo project horizon"
)
"""Labels whose number may look like a year."""
_GROUPED = word_set("bib page room flight footnote")
"""Labels whose number may have a comma."""
_JOINED = word_set(
    "mid pre post over under early late non ex per sub top all then the nearly about to a and of "
    "for from by in on at or plus minus around last next first half since until sun mon tue wed "
    "thu fri sat age aged magnitude won lost beat drew win loss draw victory eur usd gbp inr us rs "
    "extra opening some mach"
) | {m.lower() for m in (*MONTHS, *SHORT_MONTHS)}
"""Words that a hyphen and digits may follow without making a name."""
_AFTER_WEEKDAY = word_set("times telegraph mail mirror express world herald post star")
_BEFORE_WEEKDAY = word_set("black good bloody super cyber giving ash palm maundy fat")
_AFTER_ORDINAL = word_set(
    "street avenue road circuit airborne division brigade regiment battalion fleet army amendment "
    "infantry district minister lady republic reich world war nations corps squadron cavalry "
    "symphony vatican intifada temple baptist precinct circuit ward hussars lancers estate step "
    "column battery legion guards ave st floor"
)
_PLACES = word_set(
    "street road avenue lane drive boulevard square place way court st rd ave terrace crescent "
    "gardens"
)


def name_at(tokens: Tokens, i: int) -> int:
    """Return the token after the name that begins at a token, or the token itself."""
    token = tokens[i]
    if token.kind == "name":
        return _tail(tokens, i + 1)
    if token.kind == "digits":
        return _digits_name(tokens, i)
    if token.text == "+":
        return _spaced_telephone(tokens, i, called=False) or i
    if token.kind != "word":
        return i
    for reader in (
        _variant,
        _verse,
        _numbered,
        _housed,
        _joined,
        _labelled,
        _word_name,
        turn_at,
        one_at,
        _calendar_name,
    ):
        last = reader(tokens, i)
        if last > i:
            return last
    return i


def _tail(tokens: Tokens, last: int) -> int:
    """Return the token after what hangs on to a name: ``-800``, ``s``, ``.2``."""
    while (
        tokens[last].text in ("-", "/", ".")
        and not tokens[last].gap
        and not tokens[last + 1].gap
        and tokens[last + 1].kind in ("digits", "name")
    ):
        last += 2
    return last


_EVENTS = (("9", "/", "11"), ("7", "/", "7"), ("24", "/", "7"))


def _digits_name(tokens: Tokens, i: int) -> int:
    """Read names that begin with digits: 9/11, 63rd Street, 10 Downing Street, 5G, 1.2.3."""
    if tokens.lows(i, 3) in _EVENTS:
        return i + 3
    for reader in _WITH_DIGITS:
        if last := reader(tokens, i):
            return last
    suffix = tokens[i + 1].low in ("st", "nd", "rd", "th") and not tokens[i + 1].gap
    if suffix and tokens[i + 2].capital and tokens[i + 2].low in _AFTER_ORDINAL:
        return i + 3
    if suffix and (last := _numbered_body(tokens, i + 2)):
        return last
    if suffix and tokens[i + 2].text == "Century" and tokens[i + 3].capital:
        return i + 3
    dotted = tokens[i + 1].text == "." and not tokens[i + 1].gap
    if dotted and tokens[i + 2].kind == "digits" and not tokens[i + 2].gap:
        return i if _dotted_day(tokens, i) else _tail(tokens, i + 1)
    return _address(tokens, i) or _lettered(tokens, i)


def _address(tokens: Tokens, i: int) -> int:
    """Return the token after a house's number and its street, or 0."""
    step = i + 1
    while tokens[step].capital and tokens[step].gap and step < i + 4:
        if tokens[step].low in _PLACES and step > i + 1:
            return step + 1
        step += 1
    return 0


def _alone(tokens: Tokens, i: int) -> int:
    """Return the token after digits that count nothing, or 0: like a 747, the “905” code."""
    before, after = tokens[i - 1], tokens[i + 1]
    if before.text in ("“", "‘", '"') and after.text in ("”", "’", '"'):
        return i + 1
    plain = tokens[i].text.isdigit() and len(tokens[i].text) == 3 and before.low in ("a", "an")
    return i + 1 if plain and after.kind == "mark" and after.text in ".,;!?)" else 0


def _formation(tokens: Tokens, i: int) -> int:
    """Return the token after a line-up of ten players, or of nine, or 0: 4-3-3, 4-2-3-1."""
    digits, last = [tokens[i].text], i + 1
    while tokens.hyphen(last) and tokens[last + 1].kind == "digits" and len(digits) < 5:
        digits, last = [*digits, tokens[last + 1].text], last + 2
    if len(digits) not in (3, 4) or any(len(digit) > 1 for digit in digits):
        return 0
    counted = tokens[i - 1].text == "(" or "record" in (tokens[i - 1].low, tokens[last].low)
    return last if sum(map(int, digits)) in (9, 10) and not counted else 0


def _substance(tokens: Tokens, i: int) -> int:
    """Return the token after the name of a substance, or 0: 2,4-D."""
    joined = tokens[i + 1].text == "," and not tokens[i + 1].gap + tokens[i + 2].gap
    last = _lettered(tokens, i + 2) if joined and tokens[i + 2].kind == "digits" else 0
    return last if last > i + 2 else 0


def _firm(tokens: Tokens, i: int) -> int:
    """Return the token after digits that a name begins with, or 0: 7-Eleven, 49ers, 4chan."""
    after, joined = tokens[i + 1], tokens[i + 2]
    if tokens.hyphen(i + 1) and joined.capital and joined.low in CARDINALS:
        return i + 3
    if not tokens[i].text.isdigit() or after.gap or after.kind != "word" or len(after.text) < 3:
        return _work(tokens, i)
    measured = measure_of(after.low) or period_word(after.low) or after.low in _AT_DIGITS
    return 0 if measured else i + 2


_AT_DIGITS = word_set(
    "bps ppt ppts pct percent fold plus odd ish mln bln trn million billion trillion dozen old "
    "usd eur gbp inr yen yuan euro euros dollar dollars pounds pence cents secs mins hrs yrs wks "
    "sec min yds nits rpm cals kcal gsm dpi fps cwt sqft sqm bhp kts bar gmt bst utc people crore "
    "lakh"
)
"""Words at digits that are no unit of length, weight or time and yet count."""


def _war(tokens: Tokens, i: int) -> int:
    """Return the token after a war that is named for how long it lasted, or 0."""
    if period_word(tokens[i + 1].low) and tokens[i + 1].capital:
        step = i + 2 + (tokens[i + 2].text in ("'", "’"))
        return step + 1 if tokens[step].text == "War" else 0
    return 0


def _work(tokens: Tokens, i: int) -> int:
    """Return the token after a work's number and noun, or 0: 12 Years a Slave, 60 Minutes."""
    noun = tokens[i + 1]
    named = noun.capital and noun.gap == " " and period_word(noun.low) and noun.low[-1] == "s"
    return i + 2 if named and not tokens.begins(i) and not is_headline(tokens, i) else 0


_REPORTS = ("U.S.", "U.S.C.", "C.F.R.", "USC", "CFR", "F.", "Stat.")


def _cited(tokens: Tokens, i: int) -> int:
    """Return the token after a law's place, or 0: 18 U.S.C. 1030, 410 U.S. 113, 401(k)."""
    if tokens[i + 1].text in _REPORTS and tokens[i + 2].kind == "digits":
        return i + 3
    last = i + 1
    while tokens[last].text == "(" and not tokens[last].gap and tokens[last + 2].text == ")":
        if len(tokens[last + 1].text) > 1 or tokens[i].text == "(":
            break
        last += 3
    return last if last > i + 1 and tokens[i].text.isdigit() else 0


_GUNS = word_set(
    "calibre caliber revolver revolvers pistol pistols rifle rifles handgun handguns cartridge "
    "cartridges round rounds bullet bullets magnum"
)


def _bore(tokens: Tokens, i: int) -> int:
    """Return the token after a calibre in inches before its gun, or 0: ``.38 revolver``."""
    step = i + 1 + tokens.hyphen(i + 1)
    return i + 1 if tokens[i].text[0] == "." and tokens[step].low in _GUNS else 0


_LETTERED = ("D", "DX", "G", "B", "A", "AA", "AB", "DP", "P")


def _lettered(tokens: Tokens, i: int) -> int:
    """Return the token after digits and their letter: 5G, 3D, 221B, 1080p60."""
    letter = tokens[i + 1]
    filed = tokens[i + 2].text
    if tokens.hyphen(i + 1) and len(filed) == 1 and filed.isupper() and tokens[i + 3].text != "-":
        return i + 3
    if tokens[i].text == "3" and letter.text == "M" and not is_plural(tokens[i + 2]):
        return i + 2
    if letter.gap or not tokens[i].text.isdigit():
        return i
    return i + 2 if letter.kind == "name" or letter.text in _LETTERED else i


def _numbered_body(tokens: Tokens, i: int) -> int:
    """Return the token after a body's name behind its ordinal, or 0: 5th Bomb Wing, 98th Awards."""
    for last in range(i, i + 4):
        if not tokens[last].capital:
            return 0
        if last > i and tokens[last].low in _BODIES:
            return last + 1
    return 0


_BODIES = word_set(
    "commission committee congress parliament assembly legion awards festival games olympics "
    "wing squadron division brigade regiment battalion corps fleet army guards exhibition session"
)


_CALLED = word_set("call called calling calls dial dialled dialed ring rang phone phoned text")
_EMERGENCY = ("911", "999", "112", "101", "111")
_ANSWERED = word_set("dispatcher dispatchers call calls caller callers operator operators line")


_LINES = word_set("line helpline hotline helplines phone telephone switchboard whatsapp tel fax")
_LEAST_DIALLED = 3
"""Digits of the shortest number of a line that is said to be one."""


def _telephone(tokens: Tokens, i: int) -> int:
    """Return the token after a telephone number, or 0: 312-555-0188, 1800 700 700, 911 calls."""
    called = bool(_CALLED & {tokens[i - 1].low, tokens[i - 2].low})
    if tokens[i].text in _EMERGENCY and (called or tokens[i + 1].low in _ANSWERED):
        return i + 1
    return _hyphened_telephone(tokens, i) or _spaced_telephone(tokens, i, called)


def _spaced_telephone(tokens: Tokens, i: int, called: bool) -> int:
    """Return the token after groups of digits that spaces part, or 0: +91 98220 14417."""
    first = i + (tokens[i].text == "+")
    last = first
    while tokens[last].kind == "digits" and tokens[last].text.isdigit() and last < first + 6:
        if last > first and tokens[last].gap != " ":
            break
        last += 1
    groups = [tokens[n].text for n in range(first, last)]
    if not groups or tokens[last].text == "%":
        return 0
    if first > i:
        return last if len("".join(groups)) > _ABROAD else 0
    if len(groups) == 1:
        return last if _is_line(tokens, i) else 0
    counted = len(groups[0]) < 4 and groups[0][0] != "0"  # 12 500 000
    dialled = (called or groups[0][0] == "0") and len(groups[0]) > 2
    return last if dialled or (not counted and len(groups) > 2) or _is_line(tokens, i) else 0


_ABROAD = 8
"""Digits that a number with a country's code has more than."""


def _is_line(tokens: Tokens, i: int) -> bool:
    """Return whether digits are the number of a line just named: ``The helpline is 1077``."""
    before = i - 1
    if tokens[before].low in ("is", "at", "on", ":", ",", "("):
        before -= 1
    if tokens[before].low == "number":
        before -= 1
    plain = tokens[i].text.isdigit() and len(tokens[i].text) >= _LEAST_DIALLED
    alone = tokens[i + 1].kind != "word" or tokens[i + 1].low in ("or", "and", "for", "if", "from")
    grouped = tokens[i + 1].kind == "digits"
    return plain and (alone or grouped) and tokens[before].low in _LINES and before < i - 1


def _hyphened_telephone(tokens: Tokens, i: int) -> int:
    """Return the token after groups of digits that hyphens join, or 0: 1-800-555-0143."""
    groups, last = [tokens[i].text], i + 1
    if tokens[i - 1].text == "(" and tokens[i + 1].text == ")":  # (312) 555-0143
        groups, last = [*groups, tokens[i + 2].text], i + 3
    while tokens.hyphen(last) and tokens[last + 1].kind == "digits" and last < i + 10:
        groups, last = [*groups, tokens[last + 1].text], last + 2
    if not all(group.isdigit() for group in groups):
        return 0
    lengths = tuple(map(len, groups))
    local = lengths == (3, 4) and groups[1][0] == "0"
    homely = len(groups) > 2 and groups[0][0] == "0" and len("".join(groups)) > _ABROAD
    abroad = tokens[i - 1].text == "+" and len("".join(groups)) > _ABROAD
    return last if lengths[-3:] == (3, 3, 4) or local or homely or abroad else 0


def _dotted_day(tokens: Tokens, i: int) -> bool:
    return len(tokens[i].text) == 5 and len(tokens[i + 2].text) == 4


_GROUNDS = word_set("ground court bill act order regulations pit dock pier shaft reactor unit")


_INSTITUTIONS = word_set(
    "school kindergarten hospital clinic polyclinic prison colony court factory plant reactor unit "
    "station house building pumphouse mine shaft pit line bridge gate warehouse camp orphanage"
)
"""What a state numbers, by its capital: ``School No. 4``."""
_PIECES = word_set(
    "symphony sonata concerto quartet quintet trio prelude etude nocturne waltz rhapsody suite "
    "op opus piece serenade"
)


def _numbered(tokens: Tokens, i: int) -> int:
    """Read the number of a bus or a piece: ``No. 7 bus``, ``Symphony No. 5``, ``No. 9 in D``."""
    step = i + 1 + (tokens[i + 1].text == ".")
    if tokens[i].text not in ("No", "no") or tokens[step].kind != "digits":
        return i
    keyed = tokens[step + 1].low == "in" and len(tokens[step + 2].text) == 1
    if (
        tokens[i - 1].low in _PIECES
        or tokens[i - 2].low in _PIECES
        or (keyed and tokens[step + 2].capital)
    ):
        return step + 1
    if tokens[i - 1].capital and tokens[i - 1].low in _INSTITUTIONS:
        return step + 1
    carried = word_set("bus train tram line tube") & set(tokens.lows(step + 1, 2))
    behind = tokens[step + 1 + (tokens[step + 1].text == ")")]
    return step + 1 if carried or (behind.capital and behind.low in _GROUNDS) else i


_ABBREVIATED = word_set("op k s vol ch fig sec art pp p pt ex ext apt rm bldg")


def _variant(tokens: Tokens, i: int) -> int:
    """Read letters, a point or stroke and digits: ``BA.2``, ``F/A-18``, ``S. 256``."""
    token, joined = tokens[i], tokens[i + 2]
    if token.low in _ABBREVIATED and tokens[i + 1].text == "." and joined.kind == "digits":
        return _tail(tokens, i + 3) if not tokens[i + 1].gap and joined.gap == " " else i
    hyphened = tokens[i + 1].text == "/" and tokens.hyphen(i + 3) and len(joined.text) == 1
    if hyphened and len(token.text) == 1 and tokens[i + 4].kind == "digits":
        return _tail(tokens, i + 5)
    tight = tokens[i + 1].text in "./" and not tokens[i + 1].gap + joined.gap
    named = token.text.isupper() and len(token.text) < 4 and joined.kind in ("digits", "name")
    last = _tail(tokens, i + 1) if tight and named else i
    return last + (last > i and tokens[i + 1].text == "/" and tokens[last].kind == "name")


_BOOKS = word_set(
    "genesis exodus leviticus deuteronomy joshua judges samuel kings chronicles job psalm psalms "
    "proverbs ecclesiastes isaiah jeremiah daniel amos micah matthew mark luke john acts "
    "romans corinthians galatians ephesians philippians colossians timothy hebrews james peter "
    "revelation surah"
)


def _letter(tokens: Tokens, i: int) -> int:
    """Return the token after a numbered book of the Bible, or 0: ``1 Corinthians 13``."""
    book = tokens[i + 1].capital and tokens[i + 1].low in _BOOKS and tokens[i + 2].kind == "digits"
    return 0 if not book else _verse(tokens, i + 1) if tokens[i + 3].text == ":" else i + 3


def _verse(tokens: Tokens, i: int) -> int:
    """Read a book of the Bible with chapter and verse: ``John 3:16``."""
    if tokens[i].low not in _BOOKS or not tokens[i].capital or tokens[i + 2].text != ":":
        return i
    told = tokens[i + 4].low in ("am", "pm")
    return i if tokens[i + 2].gap or tokens[i + 3].kind != "digits" or told else i + 4


_RIDDEN = word_set("bus tram train trolleybus express ferry sleeper streetcar minibus nightbus")
_RAN = word_set("was is has runs goes leaves stops takes passes")


def _carrier(tokens: Tokens, i: int) -> int:
    """Return the token after the number of a bus or train, or 0: ``took the 602 bus``."""
    plain = tokens[i].text.isdigit() and tokens[i - 1].low in DETERMINERS
    counted = tokens[i + 2].low.endswith("s") and tokens[i + 2].low not in _RAN  # 12 bus drivers
    return i + 1 if plain and tokens[i + 1].low in _RIDDEN and not counted else 0


_SKY = word_set("star stars planet planets telescope sky constellation astronomers orbit orbits")


def _star(tokens: Tokens, i: int) -> int:
    """Return the token after a star's number and its constellation, or 0: ``61 Cygni``."""
    name, after = tokens[i + 1], tokens[i + 2]
    if name.kind == "name" and tokens[i - 1].low in ("asteroid", "object", "comet"):
        return i + 2  # 1998 KY26
    minor = len(tokens[i].text) > 4 and tokens[i].text.isdigit() and tokens[i].text[-2:] != "00"
    if minor and name.capital and name.gap == " " and not is_plural(after):
        return i + 2  # 99942 Apophis
    genitive = name.capital and name.low.endswith(("i", "ae", "is", "orum", "ium"))
    counted = is_plural(after)  # 12 Israeli astronomers
    if not genitive or counted or not _is_plain(tokens, i):
        return 0
    near = {*tokens.lows(max(i - 60, 0), min(i, 60)), *tokens.lows(i + 2, 30)}
    return i + 2 if near & _SKY else 0


_FILED_AS = word_set(
    "case file tender docket invoice reference ref application order petition bid contract no"
)


def _stroked(tokens: Tokens, i: int) -> int:
    """Return the token after a file's number with strokes, or 0: ``case 118/3/2025``.

    Three parts that are a day are one where no file is named.
    """
    parts, last = [tokens[i].text], i + 1
    while tokens[last].text == "/" and not tokens[last].gap and last < i + 8:
        if tokens[last + 1].kind not in ("digits", "name") or tokens[last + 1].gap:
            break
        parts, last = [*parts, tokens[last + 1].text], last + 2
    led = tokens[i - 1]
    filed = led.low in _FILED_AS or (led.text == "." and tokens[i - 2].low == "no")
    coded = led.text.isupper() and tokens[i - 2].low in _FILED_AS
    if len(parts) > 1 and (filed or coded):
        return last
    return last if len(parts) > 2 and not _may_be_a_day(parts) else 0


def _may_be_a_day(parts: list[str]) -> bool:
    """Return whether three numbers with strokes may be a day, a month and a year, in any order."""
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return False
    ends = [int(part) for part in parts]
    year_first = len(parts[0]) == 4
    low, high = sorted(ends[1:] if year_first else ends[:2])
    year = parts[0] if year_first else parts[2]
    return 0 < low <= 12 and 0 < high <= 31 and len(year) in (2, 4)


def _block(tokens: Tokens, i: int) -> int:
    """Return the token after the first number of a street's houses, or 0: ``the 1400 block``."""
    hundreds = tokens[i].text.isdigit() and tokens[i].text.endswith("00")
    return i + 1 if hundreds and tokens[i + 1].low == "block" else 0


_ENDS = word_set("ending ends ended beginning starting")


def _account(tokens: Tokens, i: int) -> int:
    """Return the token after the last digits of an account or a card, or 0: ``ending in 3316``."""
    step = i - 1 - (tokens[i - 1].low in ("in", "with"))
    four = tokens[i].text.isdigit() and 3 < len(tokens[i].text) < 6
    held = {"account", "accounts", "card", "cards", "number", "phone"}
    return i + 1 if four and tokens[step].low in _ENDS and held & set(tokens.lows(i - 6, 5)) else 0


_RANKED = word_set(
    "chart charts ranked ranking rankings seed seeded world debuted entered list top"
)


_WITH_DIGITS = (
    _formation,
    _substance,
    _carrier,
    _star,
    _telephone,
    _firm,
    _cited,
    _bore,
    _letter,
    _stroked,
    _block,
    _account,
    _alone,
)
"""Readers of names that begin with digits."""


_FILED = word_set(
    "employee badge storm inmate prisoner player lot plot exhibit agent seat serial reference "
    "crime case licence license registration ticket account passport room"
)
"""What goes by a number of its own: ``employee number 41``."""


def _housed(tokens: Tokens, i: int) -> int:
    """Read the number of a house: ``the lady at number 16``."""
    if tokens[i].low != "number" or not _is_plain(tokens, i + 1):
        return i
    office = tokens[i].capital and tokens[i + 1].text in ("10", "11")
    if office and (tokens[i + 2].kind != "word" or is_acting(tokens[i + 2])):
        return i + 2
    if tokens[i + 2].low in _RIDDEN or tokens[i - 1].low in _TITLE_LABELS | _FILED:
        return i + 2  # Juror number 6
    at = tokens[i - 1].low == "at"
    near = {*tokens.lows(i - 9, 9), *tokens.lows(i + 2, 5 * (tokens[i + 2].kind == "word"))}
    return i + 2 if at and not near & _RANKED else i


def is_plural(token: Token) -> bool:
    """Return whether a word looks like a noun of many: ``passengers``, ``people``."""
    many = len(token.low) > 3 and token.low.endswith("s") and not token.low.endswith("ss")
    many = many and token.low not in THIRD_PERSON
    return token.text.islower() and (token.low in _PLURALS or many)


_PLURALS = word_set("people men women children police staff")


def period_word(low: str) -> bool:
    """Return whether a word is a length of time."""
    return low.removesuffix("s") in PERIODS


_HYPHENED = word_set("catch omega type level class sweet")
"""Small words that a hyphen and digits make a name: ``Catch-22``, ``a sweet-16 party``."""


def _joined(tokens: Tokens, i: int) -> int:
    """Read letters, a hyphen and digits: ``F-35``, ``COVID-19``, ``Catch-22``, ``Under-21s``."""
    token = tokens[i]
    if not tokens.hyphen(i + 1):
        return i
    if token.capital and tokens[i + 2].capital and tokens[i + 2].low in CARDINALS:
        return i + 3 if token.low not in CARDINALS else i  # Slaughterhouse-Five
    if tokens[i + 2].kind not in ("digits", "name"):
        return i
    if token.text in ("Under", "Over") and not tokens.begins(i):
        return i + 3 + (tokens[i + 3].low == "s" and not tokens[i + 3].gap)
    drug = token.text.isupper() and len(token.text) > 1 and len(tokens[i + 2].text) > 2  # BMX-001
    padded = tokens[i + 2].text[:1] == "0" and not drug
    if token.low in _JOINED or padded or token.low in CARDINALS:
        return i
    if token.low in ORDINALS or tokens[i + 1].text != "-" or token.low.endswith("ly"):
        return i
    if token.text.islower() and token.low not in _HYPHENED:
        return i
    return _tail(tokens, i + 3)


def _labelled(tokens: Tokens, i: int) -> int:
    """Read a label and its number: ``Article 5``, ``Route 66``, ``the Ariane 6``."""
    token, after = tokens[i], tokens[i + 1]
    number = after.kind in ("digits", "name") or (
        after.low in CARDINALS and (after.capital or token.capital or _is_spelt_label(tokens, i))
    )
    coded = token.low in ("flight", "flights") and after.text.isupper() and len(after.text) < 4
    if coded and tokens[i + 2].kind == "digits":
        return i + 3
    grouped = "," in after.text and token.low not in _GROUPED
    if not number or not after.gap or grouped or _is_amount(tokens, i + 2):
        return i
    unit = tokens[i + 2]
    if not unit.gap and len(unit.text) > 1 and measure_of(unit.low):
        return i  # a flat 97km
    return i if _is_counting(tokens, i) else _numbered_label(tokens, i)


_SPELT_LABELS = word_set(
    "phase stage count counts chapter page tier level grade step category type article section act "
    "scene volume episode zone platform clause dose lap leg round"
)


def _is_spelt_label(tokens: Tokens, i: int) -> bool:
    """Return whether a small label has a number word and no noun behind it: ``count two``."""
    next_ = tokens[i + 2]
    ended = next_.kind != "word" or next_.low in _VERBS or next_.low == "of"
    return tokens[i].low in _SPELT_LABELS and ended and not tokens.hyphen(i + 2)


_AMOUNTS = word_set("% percent per million billion trillion lakh crore pc")


def _is_amount(tokens: Tokens, i: int) -> bool:
    return tokens[i].low in _AMOUNTS and tokens[i + 1].low not in ("cost", "costs")


_POINTING = word_set("this that his her their its my our your each these those")
_LEADING = word_set("in on at from to near for by with of under across around inside into")


def _is_counting(tokens: Tokens, i: int) -> bool:
    """Return whether a number counts what follows: ``On the bus 12 passengers slept``."""
    token, noun = tokens[i], tokens[i + 2]
    if not is_plural(noun):
        return False
    before = tokens[i - 1].low
    if token.text.islower() and token.low in _LABELS:
        led = tokens[i - 2].low in _LEADING and before in DETERMINERS
        return before in _POINTING or (led and token.low not in _ADJECTIVAL)
    return token.low in ("bbc", "radio") and len(tokens[i + 1].text) > 1


def _numbered_label(tokens: Tokens, i: int) -> int:
    """Return the token after a label and its number, or the label's own."""
    token, after = tokens[i], tokens[i + 1]
    if last := _listed(tokens, i) or _issue(tokens, i) or _scheme(tokens, i):
        return last
    dated = after.kind == "digits" and len(after.text) == 4 and token.low not in _CARRIERS
    dated = dated and after.text[:2] in ("18", "19", "20", "21")
    if _is_dwelling(tokens, i):
        return i + 2
    spelt = token.low in _SPELT_LABELS and after.low in CARDINALS
    if (spelt or token.low in _LABELS or _is_title_label(tokens, i)) and not dated:
        last = _tail(tokens, i + 2)
        lettered = len(tokens[last].text) == 1 and tokens[last].text.isupper()
        return _enumerated(tokens, last + (lettered and not tokens[last].gap))
    if token.low == "no":
        office = after.text in ("10", "11") and token.capital
        return i + 2 if office and tokens[i + 2].low not in ("seed", "ranked") else i
    if token.text in ("DC", "NY", "CA", "TX") and len(after.text) == 5:
        return i + 2
    return _model_name(tokens, i)


_INSIDE = word_set("in at of from outside near behind to")


def _is_dwelling(tokens: Tokens, i: int) -> bool:
    """Return whether a small word is a house by its number: ``born in house 19``, no verb."""
    next_ = tokens[i + 2]
    housed = tokens[i].text in ("house", "hut", "cabin", "cottage", "dacha", "plot")
    ended = next_.kind != "word" or next_.low in _VERBS
    plain = _is_plain(tokens, i + 1) and not tokens.hyphen(i + 2)
    return housed and plain and ended and tokens[i - 1].low in _INSIDE


def _model_name(tokens: Tokens, i: int) -> int:
    """Return the token after a club, a code, a model, or several of them, or the word itself."""
    token, after = tokens[i], tokens[i + 1]
    if _is_club(tokens, i) or _is_code(tokens, i) or _is_model(tokens, i):
        return _tail(tokens, i + 2) if tokens[i + 2].text == "/" else i + 2
    if last := _chained(tokens, i):
        return last
    placed = _is_place(tokens, i)
    owned = _after_article(tokens, i) or _is_compounded(tokens, i)
    if token.capital and not placed and not tokens.begins(i) and owned:
        scored = tokens.hyphen(i + 2) or tokens[i + 2].text in ("%", "million", "billion")
        plain = after.text.isdigit() and len(after.text) < 4 and not scored
        several = token.low.endswith("s") and tokens[i + 2].kind != "word"
        several = several or _is_tallied(tokens, i)  # the Conservatives 121
        return i + 2 if plain and not several and token.low not in _JOINED else i
    return i


_FORMS = word_set("form forms tender case docket invoice permit licence license file bid contract")
_NO_CODES = word_set(
    "us uk eu un uae usa nhs gmt bst cet est pst am pm fm mps mp ceo ad bc bce ce gdp tv it "
    "usd eur gbp inr jpy cny aud cad chf nzd sek nok dkk pln rub zar brl mxn hkd sgd i ii iii"
)


def _is_code(tokens: Tokens, i: int) -> bool:
    """Return whether capitals and digits are a code: ``ISO 9001``, ``NGC 1300``, ``BA 286``."""
    token, after = tokens[i], tokens[i + 1]
    coded = token.text.isupper() and 1 < len(token.text) < 5 and token.low not in _NO_CODES
    if not coded or not after.text.isdigit() or len(after.text) > 7:
        return False
    if tokens[i - 1].low in _FORMS:
        return True  # form MBD 4
    if len(after.text) < 3:
        return False
    if (
        is_plural(tokens[i + 2])
        or _is_place(tokens, i)
        or is_headline(tokens, i)
        or _is_tallied(tokens, i)
    ):
        return False
    return len(after.text) > 3 or token.low not in ("spd", "cdu", "csu", "fdp", "afd", "snp", "gop")


def _is_tallied(tokens: Tokens, i: int) -> bool:
    """Return whether a name has its share of what is counted beside it: ``the CDU 208``."""
    near = range(max(i - 14, 0), i)
    again = any(tokens[n].kind == "digits" and tokens[n + 1].low in _WON for n in near)
    ended = tokens[i + 2].kind == "mark" or tokens[i + 2].low == "and"
    return again and ended and tokens[i - 1].low in (",", "and", ";", "the", "but")


_WON = word_set("seats votes points members mps medals goals percent % per wins jobs")


def _is_club(tokens: Tokens, i: int) -> bool:
    """Return whether digits end the name of a club: ``Schalke 04``, ``Hannover 96 3-1``."""
    token, after = tokens[i], tokens[i + 1]
    if token.capital and after.text[0] == "." and not tokens.begins(i):
        return True  # a Colt .45
    if not token.capital or not after.text.isdigit() or token.low in _JOINED:
        return False
    timed = tokens[i + 2].text in (":", ".") and tokens[i + 3].kind == "digits"
    if len(after.text) == 2 and after.text[0] == "0" and not timed:
        return True
    scored = tokens[i + 2].kind == "digits" and tokens.hyphen(i + 3)
    return scored and tokens[i + 2].gap == " " and len(after.text) == 2


def _is_title_label(tokens: Tokens, i: int) -> bool:
    """Return whether a word labels the number after it by its capital."""
    token = tokens[i]
    if token.text in ("Euro", "Year", "Years", "Local"):
        return True
    if not token.capital or token.low not in _TITLE_LABELS | {"league"}:
        return False
    if not tokens[i + 1].text.isdigit():
        return tokens[i + 1].capital and not is_headline(tokens, i)
    return not (is_plural(tokens[i + 2]) and tokens.begins(i))  # Test 12 patients


def _issue(tokens: Tokens, i: int) -> int:
    """Return the token after a version's number, or a force of wind, or 0: ``Northvolt 2.0``."""
    token, after = tokens[i], tokens[i + 1]
    version = token.capital and len(after.text) == 3 and after.text.endswith(".0")
    after_it = tokens[i + 2]
    measured = measure_of(after_it.low) or is_plural(after_it) or period_word(after_it.low)
    version = version and not measured and not _is_amount(tokens, i + 2)
    version = version and not tokens.hyphen(i + 2) and token.low not in _JOINED | _PLAIN
    windy = token.low == "force" and tokens[i - 1].low in (
        "was",
        "of",
        "wind",
        "winds",
        "a",
        "gale",
    )
    return i + 2 if version or (windy and _is_plain(tokens, i + 1)) else 0


def _scheme(tokens: Tokens, i: int) -> int:
    """Return the token after a name and its year, or 0: ``Horizon 2030``, ``Expo 2025``."""
    token, after = tokens[i], tokens[i + 1]
    year = after.text.isdigit() and len(after.text) == 4 and after.text[:2] in ("19", "20")
    named = token.capital and not tokens.begins(i) and len(token.text) > 2
    plain = token.low in _JOINED | _PLAIN | _SEASONS or token.low in _LABELS
    told = tokens[i + 2].low in _MODAL | {"saw", "were", "brought"}  # in Berlin 2023 was hot
    joined = tokens.hyphen(i + 2) or tokens.hyphen(i - 1) or told
    event = token.low in _EVENT_NAMES and tokens[i - 1].capital and year
    host = event or ((token.low, after.text) in _GAMES and tokens[i - 1].low != "in")
    host = host and not tokens.hyphen(i + 2)
    if host or (token.capital and token.low in _PROGRAMMES and year):
        return i + 2
    return i + 2 if year and named and not plain and not joined else 0


_GAMES = {
    ("tokyo", "2020"),
    ("paris", "2024"),
    ("rio", "2016"),
    ("london", "2012"),
    ("beijing", "2022"),
    ("beijing", "2008"),
    ("sochi", "2014"),
    ("milan", "2026"),
    ("brisbane", "2032"),
}
"""Olympic games by host and year."""
_SEASONS = word_set("spring summer autumn winter fall fiscal financial budget early late since")


_EVENT_NAMES = word_set("cup games olympics championship championships festival expo")
_PROGRAMMES = word_set("agenda vision project expo euro horizon")


def _listed(tokens: Tokens, i: int) -> int:
    """Return the token after a label's several numbers, or 0: ``junctions 10 and 11``."""
    low = tokens[i].low
    if not low.endswith("s") or low[:-1] not in _LABELS | _TITLE_LABELS or period_word(low):
        return 0
    last = i + 2
    while tokens[last].low in ("and", "to", ",", "or", "-", "–") and (
        _is_plain(tokens, last + 1) or tokens[last + 1].low in CARDINALS
    ):
        last += 2
    return last if last > i + 2 and tokens[last].text != "%" else 0


def _is_plain(tokens: Tokens, i: int) -> bool:
    return tokens[i].kind == "digits" and tokens[i].text.isdigit() and len(tokens[i].text) < 4


def named_pairs(tokens: Tokens) -> frozenset[tuple[str, str]]:
    """Return the words with a capital and the numbers that are a name somewhere in a text."""
    return frozenset(
        (tokens[i].text, tokens[i + 1].text)
        for i in range(len(tokens))
        if tokens[i].capital and _is_plain(tokens, i + 1) and _labelled(tokens, i) == i + 2
    )


def _is_model(tokens: Tokens, i: int) -> bool:
    """Return whether a capitalised word and a small number are a model or a band: Maroon 5."""
    token, after, next_ = tokens[i], tokens[i + 1], tokens[i + 2]
    if not token.capital or token.low in _JOINED or not _is_version(tokens, i):
        return False
    if (token.text, after.text) in tokens.named:
        return True
    if next_.capital and next_.gap == " " and next_.low in _VARIANTS:
        return True
    if tokens.begins(i) and (token.low in _OPENING or token.low.endswith(("ly", "ed", "ing"))):
        return False
    if _is_counted_model(tokens, i):
        return True
    last = next((n for n in range(i - 1, i - 5, -1) if tokens[n].text in (".", "!", "?")), i - 5)
    near = (*range(last + 1, i), *range(i + 2, i + 6))
    again = any(
        tokens[n].kind == "digits" and tokens[n - 1].capital and tokens[n - 1].text != token.text
        for n in near
    )
    ended = (next_.kind == "mark" and next_.text in ".,;)(”’'\":") or next_.low in _VERBS
    acting = is_acting(next_) and next_.low not in ("were", "are", "have")
    ended = (ended or acting) and not _is_tallied(tokens, i)
    ended = ended and (not tokens.begins(i) or next_.text == "," or acting)
    return ended and not again and token.low not in _PLAIN and not _is_place(tokens, i)


def _is_place(tokens: Tokens, i: int) -> bool:
    """Return whether a name with a verb behind its number is a place: In Kent 12 have died."""
    if not is_acting(tokens[i + 2]) and not is_plural(tokens[i + 2]):
        return False
    first = i - _LONGEST_NAME
    while i > first and not tokens.begins(i) and tokens[i].gap == " ":
        if not tokens[i - 1].capital and tokens[i - 1].low != "the":
            break
        i -= 1
    at = i if tokens[i].low in _PLACING else i - 1
    opening = tokens.begins(at) or tokens[at - 1].text in (",", ";") or tokens[at - 1].low == "and"
    return tokens[at].low in _PLACING and opening


_LONGEST_NAME = 8
"""Words of the longest name."""
_PLACING = word_set("in at near across outside inside around for with from against by to of after")


def _chained(tokens: Tokens, i: int) -> int:
    """Return the token after several names with numbers that do something, or 0.

    ``Sputnik 5 and Explorer 1 flew``; the shares of parties have no verb behind them.
    """
    last, count = i, 0
    while count < _LONGEST_CHAIN:
        step = last + (tokens[last].low in (",", "and", "or")) * (count > 0)
        step += count > 0 and tokens[step].low == "and"
        if count and step == last:
            break
        step += tokens[step].capital and tokens[step + 1].capital
        if not tokens[step].capital or not _is_plain(tokens, step + 1):
            break
        last, count = step + 2, count + 1
    opening = tokens[i].low in _OPENING | _PLAIN | _JOINED
    return last if count > 1 and not opening and is_acting(tokens[last]) else 0


_LONGEST_CHAIN = 6


def _is_counted_model(tokens: Tokens, i: int) -> bool:
    """Return whether a number before or the same word with another makes a model of two words.

    ``40 Leopard 2 tanks``, ``from Python 2 to Python 3``.
    """
    before, token = tokens[i - 1], tokens[i]
    if before.kind == "digits" or CARDINALS.get(before.low, 0) > 1:
        return before.gap != "\n" and token.gap == " " and tokens[i - 2].low != "to"
    near = (*range(max(i - 5, 0), i), *range(i + 2, i + 6))
    return not tokens.begins(i) and any(
        tokens[n].text == token.text
        and _is_plain(tokens, n + 1)
        and tokens[n + 1].text != tokens[i + 1].text
        for n in near
    )


_VARIANTS = word_set("pro max plus ultra mini gen air lite")


def _is_version(tokens: Tokens, i: int) -> bool:
    """Return whether a number may be a model's: up to 999, no year up to 9999, or 3.5."""
    text = tokens[i + 1].text
    main, point, minor = text.partition(".")
    if point:
        plain = main.isdigit() and len(main) < 3 and len(minor) < 3
        return plain and not tokens[i].text.isupper() and not tokens.begins(i)
    years = ("17", "18", "19", "20", "21")
    return text.isdigit() and (len(text) < 4 or (len(text) == 4 and text[:2] not in years))


_VERBS = word_set(
    "is was has had and or in on at by for with that which who when said would will could can may "
    "might should must opened closed we they he she it i"
)
_MODAL = word_set("would will could can may might should must is was has had opened closed")
_OPENING = word_set(
    "another perhaps maybe between from with without over under after before since until within "
    "during but then when while if because although that these those this its his her their our my "
    "your as so not still yet also even now some any many few several last next first second third "
    "half double up down both all most least more fewer other others until till page per plus year "
    "yesterday today tonight tomorrow elsewhere overnight outside inside upstairs downstairs here "
    "there nearby abroad meanwhile however instead later earlier soon once twice together alone "
    "altogether already always often sometimes nationwide worldwide downstream upstream overseas "
    "everywhere somewhere thus hence too"
)
"""Words at a sentence's start that are none of a name before a number."""
_PLAIN = word_set(
    "about over nearly almost some around only just of the i a an number no day week round game "
    "group grand labour conservatives republicans democrats "
    "monday tuesday wednesday thursday friday saturday sunday"
)


def _enumerated(tokens: Tokens, last: int) -> int:
    """Return the token after ``(3)``, ``, 7``, ``and 10`` where a label has several numbers."""
    while tokens[last].text == "(" and not tokens[last].gap and tokens[last + 2].text == ")":
        last += 3
    return last


def _after_article(tokens: Tokens, i: int) -> bool:
    first = i - _LONGEST_NAME
    while i > first and tokens[i - 1].capital and tokens[i - 1].low not in DETERMINERS:
        i -= 1
    return tokens[i - 1].low in DETERMINERS


def _is_compounded(tokens: Tokens, i: int) -> bool:
    """Return whether a compound after an article describes a name: ``its red-hot Solo 54``."""
    compound = tokens.hyphen(i - 2) and tokens[i - 1].text.islower()
    return compound and tokens[i - 4].low in DETERMINERS


_LINE = 40
"""Tokens of the longest headline."""


def is_headline(tokens: Tokens, i: int) -> bool:
    """Return whether most words of a token's line have a capital: ``Storm Kills Three in Texas``.

    Four words or fewer tell nothing.
    """
    first = last = i
    while "\n" not in tokens[first].gap and first > i - _LINE and first > 0:
        first -= 1
    while "\n" not in tokens[last + 1].gap and last < i + _LINE and last < len(tokens) - 1:
        last += 1
    words = [t for t in tokens.list[first : last + 1] if t.kind == "word" and len(t.text) > 3]
    small = sum(not word.capital for word in words)
    return len(words) > 2 and small * 4 < len(words) and tokens[last].text != "."


_LANDMARKS = word_set(
    "sisters brothers seasons points oaks shades mile corners nations kingdoms pillars forks "
    "bridges elms bells pines gorges feathers crowns arrows stars lakes hills peaks springs wells "
    "trees cities dials tuns ways acres roses kings rivers sheets ashes islands mountains gates "
    "churches oceans angels horseshoes tides rocks barrels eyes dogs palms nights guys flags "
    "apostles network news"
)
"""What places, pubs and firms have a number of: Seven Sisters, Four Seasons, Three Mile Island."""


def _capital_number(tokens: Tokens, i: int) -> int:
    """Return the token after a number word with a capital amid a sentence, or 0.

    ``The Magnificent Seven``, ``Beethoven's Fifth``; at its beginning only before a landmark.
    """
    token, after = tokens[i], tokens[i + 1]
    if last := _war(tokens, i):
        return last
    if token.low not in CARDINALS and token.low not in ORDINALS:
        return 0
    if after.capital and after.low in _LANDMARKS and after.gap == " " and token.low in CARDINALS:
        return i + 2 if not is_headline(tokens, i) else 0
    if tokens.hyphen(i + 2) and after.low in CARDINALS and tokens[i + 3].capital:
        return i + 4  # Nineteen Eighty-Four
    before = tokens[i - 1]
    led = before.kind == "word" and before.low not in ("am", "pm")  # at 1.20 p.m. Forty flights
    led = led or (before.text in ("'", "’") and not before.gap)
    led = led or before.text == ","
    if tokens.begins(i) or not led or before.gap == "\n" or is_headline(tokens, i):
        return 0
    joined = tokens[i + 2].capital or tokens[i + 2].low in CARDINALS | ORDINALS
    return i + 1 + 2 * (tokens.hyphen(i + 1) and joined)


def _word_name(tokens: Tokens, i: int) -> int:
    """Read names of words: ``World War Two``, ``First Minister``, ``Fifth Avenue``."""
    token, after = tokens[i], tokens[i + 1]
    if not token.capital:
        return i
    if tokens.lows(i, 2) == ("class", "of") and len(tokens[i + 2].text) == 4:
        return i + 3 if tokens[i + 2].kind == "digits" else i
    if last := _capital_number(tokens, i):
        return last
    numbered = after.capital and after.low in CARDINALS and after.gap == " "
    if numbered and token.low not in _OPENING | _PLAIN | _JOINED and token.text not in WEEKDAYS:
        return i if is_headline(tokens, i) else i + 2
    if token.low in ORDINALS and tokens[i - 1].text == "&" and tokens[i - 2].capital:
        return i + 1
    if tokens.lows(i, 2) == ("group", "of") and not is_plural(tokens[i + 3]):
        numbered = not tokens.begins(i) or is_acting(tokens[i + 3])
        numbered = numbered and tokens[i + 2].text.isdigit()
        return i + 3 if numbered or tokens[i + 2].capital else i
    if token.low in CARDINALS and (last := _number_name(tokens, i)):
        return last
    return _pair_name(tokens, i) if after.capital else i


def _number_name(tokens: Tokens, i: int) -> int:
    """Return the token after ``Six-Party``, or ``Three`` amid small letters; 0 for none."""
    after, joined = tokens[i + 1], tokens[i + 2]
    coupled = tokens.hyphen(i + 1) and joined.capital
    coupled = coupled and (not period_word(joined.low) or tokens[i + 3].low in _CUPS)
    if coupled and joined.low not in CARDINALS | ORDINALS:
        return i + 3
    before = tokens[i - 2] if tokens[i - 1].text == "," else tokens[i - 1]
    lower = before.text.islower() and after.text.islower() and after.kind == "word"
    return i + 1 if lower and not tokens.begins(i) else 0


_CUPS = word_set("cup war international internationals series")


def _pair_name(tokens: Tokens, i: int) -> int:
    """Read two capitalised words of which one is a number: ``First Minister``, ``Big Three``."""
    low, after = tokens[i].low, tokens[i + 1]
    if (low, after.low) == ("world", "war"):
        return i + 3
    if not (low in ORDINALS and after.low in _AFTER_ORDINAL) and is_headline(tokens, i):
        return i
    firm = tokens[i + 2].capital and tokens[i + 2].gap == " "  # First Citizens Bank
    if low in ORDINALS and (after.low in _AFTER_ORDINAL or firm or not tokens.begins(i)):
        return i + 2
    if low in CARDINALS and not tokens.begins(i) and after.low not in _MONTH_LOWS:
        return i + 2
    return i + 2 if low in ("big", "fab", "famous") and after.low in CARDINALS else i


_MONTH_LOWS = frozenset(m.lower() for m in MONTHS)


def _calendar_name(tokens: Tokens, i: int) -> int:
    """Read ``Sunday Times``, ``Theresa May``, ``March on``, ``Black Friday``."""
    token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
    if not token.capital:
        return i
    if token.text in WEEKDAYS:
        show = after.text in ("Night", "Morning") and tokens[i + 2].capital
        if show and not is_headline(tokens, i):
            return i + 3
        if after.capital and after.low in _AFTER_WEEKDAY and before.low != "on":
            return i + 2
        return i + 1 if before.low in _BEFORE_WEEKDAY and before.capital else i
    if token.text == "March" and before.text == "Long":
        return i + 1 + (after.kind == "digits") + (len(tokens[i + 2].text) == 1)
    if token.text in MONTHS and after.capital and after.low in _MONTHLY:
        return i + 2
    if token.text in ("May", "March", "April", "June", "August"):
        return i if is_month(tokens, i) else i + 1
    return i


_MONTHLY = word_set(
    "revolution uprising madness fool fools coup movement war surprise massacre crisis sky plot"
)
"""What is named for a month: the October Revolution, March Madness."""
_MONTH_BEFORE = word_set(
    "in of since by until till last next this early late mid from to through before after during "
    "- – and for between every each around per th st nd rd previous following"
)


def is_month(tokens: Tokens, i: int) -> bool:
    """Return whether May, March, April, June or August is a month here, no verb and no name."""
    token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
    if after.kind == "digits" or before.kind == "digits" or after.low == "quarter":
        return True
    if before.low in _MONTH_BEFORE and not (after.capital and before.low in ("and", "for", "of")):
        return True
    if token.text in ("May", "March"):
        return after.low == "and" and is_month_word(tokens[i + 2].text)
    return not (after.capital or (before.capital and before.low != "the"))


def is_month_word(text: str) -> bool:
    """Return whether a word names a month, with a capital."""
    return text in MONTHS
