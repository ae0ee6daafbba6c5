"""Names that begin with digits: 9/11, 63rd Street, 10 Downing Street, 5G, 18 U.S.C. 1030, a 4-3-3.

Telephones, files and accounts, houses and streets, buses, stars, chapters of holy books.
"""

from dossier.text.currencies import LETTERS
from dossier.text.lexer import Tokens
from dossier.text.measures import measure_of
from dossier.text.turns import DETERMINERS, is_acting, is_plural, period_word
from dossier.text.words import CARDINALS, MONTHS, SHORT_MONTHS, WEEKDAYS, word_set

AFTER_ORDINAL = word_set(
    "street avenue road circuit airborne division brigade regiment battalion fleet army amendment "
    "infantry district minister lady republic reich world war nations corps squadron cavalry "
    "symphony vatican intifada temple baptist precinct circuit ward hussars lancers estate step "
    "column battery legion guards ave st floor marines mechanized mechanised rifles fusiliers "
    "dragoons grenadiers earl duke baron baronet marquess viscount dalai chamber armored "
    "armoured cav engineers artillery signals"
)
PLACES = word_set(
    "street road avenue lane drive boulevard square place way court st rd ave terrace crescent "
    "gardens"
)
_SITES = word_set(
    "park plaza parkway row grove close mews wharf quay walk villas center centre house"
)
_COMPASS = word_set("west east north south")
_EVENTS = {("9", "/", "11"), ("7", "/", "7"), ("24", "/", "7"), ("24", "x", "7")} | {
    ("4", "x", "4"),
    ("2", "x", "4"),
    ("8", "x", "8"),
    ("4", "x", "100"),
    ("4", "x", "400"),
    ("4", "x", "200"),
    ("6", "x", "6"),
}


def digits_name(tokens: Tokens, i: int) -> int:
    """Read names that begin with digits: 9/11, 63rd Street, 10 Downing Street, 5G, 1.2.3."""
    if tokens.lows(i, 3) in _EVENTS:
        return i + 3
    for reader in _WITH_DIGITS:
        if last := reader(tokens, i):
            return last
    if tokens[i].text.isdigit() and tokens[i].text[0] == "0" and len(tokens[i].text) > 4:
        return tokens.tail(i + 1)  # a code
    suffix = tokens[i + 1].low in ("st", "nd", "rd", "th") and not tokens[i + 1].gap
    if suffix and (last := _numbered_body(tokens, i + 2)):
        return last
    dotted = tokens[i + 1].text == "." and not tokens[i + 1].gap
    if dotted and tokens[i + 2].kind == "digits" and not tokens[i + 2].gap:
        return i if _dotted_day(tokens, i) else tokens.tail(i + 1)
    return _address(tokens, i) or _lettered(tokens, i)


_JOINTS = ("-", "/", ".", ":", "_")
_LONGEST_CODE = 16


def coded(tokens: Tokens, i: int) -> int:
    """Return the token after digits and capitals that marks join, or 0: BG-SA-26-031, 12/CV/81.

    Of three parts or more none is a unit, a month or a word.
    """
    parts, last = [tokens[i]], i + 1
    while tokens[last].text in _JOINTS and not tokens[last].gap + tokens[last + 1].gap:
        if tokens[last + 1].kind not in ("digits", "word", "name") or last > i + _LONGEST_CODE:
            break
        parts, last = [*parts, tokens[last + 1]], last + 2
    letters = [part for part in parts if part.kind == "word"]
    named = letters or any(part.kind == "name" for part in parts)
    if len(parts) < 3 or not named or not any(part.kind == "digits" for part in parts):
        return 0
    plain = all(p.text.isupper() and len(p.text) < 6 and p.text.isalpha() for p in letters)
    plain = plain and not any(period_word(p.low) or measure_of(p.low) for p in letters)
    tight = tokens[last].kind in ("word", "name", "digits") and not tokens[last].gap
    return last if plain and not tight else 0


def _address(tokens: Tokens, i: int) -> int:
    """Return the token after a house's number and its street, or 0."""
    step = i + 1
    if tokens.plain(i) and tokens[step].capital and tokens[step].low in _TROOPS:
        return step + 1 if not tokens.headline(i) else 0
    if tokens[i - 1].low == "at" and tokens.plain(i) and _is_street(tokens, i + 1):
        return i + 3
    if tokens[step].text == "," and tokens.plain(i) and tokens[i - 1].low in ("at", "of", "from"):
        step += tokens[step + 1].capital  # at 10, Circuit House Road
    if tokens.plain(i) and tokens[step].low in ("rue", "calle") and tokens[step + 1].kind == "word":
        return step + 2  # 7 rue du Puits
    if len(tokens[step].text) == 1 and tokens[step].capital and tokens[step + 1].text == ".":
        step += 2  # 2200 N. Clark Street
    first = step
    places = PLACES | (_SITES if tokens.plain(i) else frozenset())  # the 2015 White House report
    while tokens[step].capital and tokens[step].gap and step < first + 3:
        if tokens[step].low in places and step > i + 1:
            step += tokens[step + 1].capital and tokens[step + 1].low in _COMPASS
            step += tokens[step].low == "road" and tokens[step + 1].kind == "digits"
            return step + 1 if not is_plural(tokens[step + 1]) else 0  # 12 Elm Street shops
        step += 1
    return single_name(tokens, i + 1) if tokens.plain(i) else 0


_NOUNS_TOO = word_set(
    "were have wins runs starts stops plays leads shows works rises falls calls uses looks sets "
    "draws ends features offers bans passes lands flies drops needs begins cost"
)
"""Verbs that may be what is counted: 12 Premier League ``wins``."""
_OWNED_BY = word_set("her his their its my our all these those some about over")


def single_name(tokens: Tokens, i: int) -> int:
    """Return the token after names that do something as one, or 0: 617 Squadron flew.

    A number before one thing counts nothing; names of peoples may be many: two British died.
    """
    last = i
    while tokens[last].capital and tokens[last].gap == " " and last < i + 4:
        last += 1
    head, next_ = tokens[last - 1], tokens[last]
    acting = is_acting(next_) and next_.low not in _NOUNS_TOO
    acting = acting and not is_plural(tokens[last + 1])  # 12 London listed firms
    if last == i or tokens.headline(i) or not acting or tokens[i - 2].low in _OWNED_BY:
        return 0
    many = head.low.endswith(("s", "ish", "ese", "an", "ch", "i", "men"))
    many = many or head.text in MONTHS or head.text in WEEKDAYS or period_word(head.low)
    many = many or (head.text.isupper() and head.text != "UK") or "." in head.text
    return 0 if many else last


_TROOPS = word_set(
    "platoon company squadron commando para rifles brigade division battalion regiment corps"
)


def _is_street(tokens: Tokens, i: int) -> bool:
    """Return whether two names end what is behind a house's number: ``at 2 Market Hill.``"""
    named = all(tokens[n].text.istitle() and tokens[n].gap == " " for n in (i, i + 1))
    next_ = tokens[i + 2]
    ended = next_.kind in ("mark", "end") or next_.low in ("from", "on", "in")
    return named and ended and not tokens.hyphen(i + 2) and not tokens[i + 1].low.endswith("s")


def _alone(tokens: Tokens, i: int) -> int:
    """Return the token after digits that count nothing, or 0: like a 747, the “905” code."""
    before, after = tokens[i - 1], tokens[i + 1]
    quoted = before.text in ("“", "‘", '"') and after.text in ("”", "’", '"')
    owning = after.text in ("'", "’") and tokens[i + 2].low == "s" and not tokens[i + 2].gap
    decade = len(tokens[i].text) == 2 and tokens[i].text[1] == "0" and before.low in _OF_YEARS
    if owning and not after.gap and tokens.plain(i) and not decade:
        return i + 1  # the 911's engine
    if quoted and tokens[i + 2].low not in ("percent", "per", "%"):
        return i + 1
    plain = tokens[i].text.isdigit() and len(tokens[i].text) == 3 and before.low in ("a", "an")
    return i + 1 if plain and after.kind == "mark" and after.text in ".,;!?)" else 0


_OF_YEARS = word_set("the early late mid")
"""What stands before years by their decade: the 30's."""


def _formation(tokens: Tokens, i: int) -> int:
    """Return the token after a line-up of ten players, or of nine, or 0: 4-3-3, 4-2-3-1."""
    digits, last = [tokens[i].text], i + 1
    while tokens.hyphen(last) and tokens[last + 1].kind == "digits" and len(digits) < 5:
        digits, last = [*digits, tokens[last + 1].text], last + 2
    if len(digits) not in (3, 4) or any(len(digit) > 1 for digit in digits):
        return 0
    counted = (tokens[i - 1].text == "(" and len(digits) < 4) or "record" in (
        tokens[i - 1].low,
        tokens[last].low,
    )
    return last if sum(map(int, digits)) in (9, 10) and not counted else 0


def _substance(tokens: Tokens, i: int) -> int:
    """Return the token after the name of a substance, or 0: 2,4-D."""
    joined = tokens[i + 1].text == "," and not tokens[i + 1].gap + tokens[i + 2].gap
    joined = joined and tokens[i + 2].kind == "digits"
    last = _lettered(tokens, i + 2) if joined else 0
    if joined and len(tokens[i].text + tokens[i + 2].text) == 2 and tokens.hyphen(i + 3):
        return i + 5  # 1,4-dioxane
    return last if last > i + 2 else 0


def _firm(tokens: Tokens, i: int) -> int:
    """Return the token after digits that a name begins with, or 0: 7-Eleven, 49ers, 4chan."""
    after, joined = tokens[i + 1], tokens[i + 2]
    if tokens.hyphen(i + 1) and joined.capital and joined.low in CARDINALS:
        return i + 3
    if not tokens[i].text.isdigit() or after.gap or after.kind != "word" or len(after.text) < 3:
        return _work(tokens, i)
    measured = measure_of(after.text) or period_word(after.low) or after.low in _AT_DIGITS
    return 0 if measured else i + 2


_AT_DIGITS = word_set(
    "bps ppt ppts pct percent fold plus odd ish mln bln trn million billion trillion dozen old "
    "usd eur gbp inr yen yuan euro euros dollar dollars pounds pence cents secs mins hrs yrs wks "
    "sec min yds nits rpm cals kcal gsm dpi fps cwt sqft sqm bhp kts bar gmt bst utc people crore "
    "lakh"
)
"""Words at digits that are no unit of length, weight or time and yet count."""


def _work(tokens: Tokens, i: int) -> int:
    """Return the token after a work's number and noun, or 0: 12 Years a Slave, 60 Minutes."""
    noun = tokens[i + 1]
    named = noun.capital and noun.gap == " " and period_word(noun.low) and noun.low[-1] == "s"
    return i + 2 if named and not tokens.begins(i) and not tokens.headline(i) else 0


_WORKS = """
5 live; 30 rock; 50 cent; 60 minutes; 12 angry men; 127 hours; 101 dalmatians; 21 jump street
22 jump street; 10,000 maniacs; 7 habits; 13 reasons why; 13 hours; 24 hours in; 3 doors down
21 savage; 8 mile; 28 days later; 28 weeks later; 50 shades; 21 grams; 12 monkeys; 99 problems
500 days of summer; 30 seconds to mars; 5 seconds of summer; 7 up; 13 going on 30; 50 first dates
3 idiots; 1922 committee; 1860 munich; 1899 hoffenheim; 12 years a slave
"""
"""Works, bands, clubs and bodies that begin with digits."""
_WORK_WORDS = {tuple(work.split()) for work in _WORKS.replace("\n", ";").split(";")}


def _known(tokens: Tokens, i: int) -> int:
    """Return the token after a work's name, or a list of the young, or 0: 30 Rock, 30 Under 30."""
    for count in (4, 3, 2):
        if tokens.lows(i, count) in _WORK_WORDS and tokens[i + 1].capital:
            return i + count
    young = tokens[i + 1].text == "Under" and tokens.plain(i + 2)
    if young and tokens[i].text == tokens[i + 2].text:
        return i + 3
    starred = tokens.hyphen(i + 1) and tokens[i + 2].text in ("Star", "Party")
    return i + 4 if starred and tokens[i + 3].capital else 0  # the 5-Star Movement


_REPORTS = ("U.S.", "U.S.C.", "C.F.R.", "USC", "CFR", "F.", "Stat.")


def _cited(tokens: Tokens, i: int) -> int:
    """Return the token after a law's place, or 0: 18 U.S.C. 1030, 410 U.S. 113, 401(k)."""
    at = i + 2 + (tokens[i + 2].text == "§" or tokens[i + 2].low in ("part", "section"))
    if tokens[i + 1].text in _REPORTS and tokens[at].kind == "digits":
        return at + 1
    at = i + 1
    while _is_abbreviated(tokens, at) and at < i + 7:
        at += 2
    if at > i + 3 and tokens[at].kind == "digits" and tokens.plain(i):
        return at + 1  # 85 Fed. Reg. 1234
    last = i + 1
    while tokens[last].text == "(" and not tokens[last].gap and tokens[last + 2].text == ")":
        if len(tokens[last + 1].text) > 1 or tokens[i].text == "(":
            break
        last += 3
    return last if last > i + 1 and tokens[i].text.isdigit() else 0


def _is_abbreviated(tokens: Tokens, i: int) -> bool:
    """Return whether a capital and a point shorten a word that is no month: ``Fed.``."""
    short = tokens[i].capital and len(tokens[i].text) < 6 and tokens[i + 1].text == "."
    return short and tokens[i].text not in SHORT_MONTHS


def _filed(tokens: Tokens, i: int) -> int:
    """Return the token after a docket or a paper by its number, or 0: 2:24-cv-00417, 337-TA-1482.

    A ruling goes by its year: ``2025 INSC 611``.
    """
    parted = tokens[i + 1].text == ":" and tokens[i + 2].kind == "digits"
    at = i + 2 * parted
    letters = tokens[at + 2]
    lettered = tokens.hyphen(at + 1) and tokens.hyphen(at + 3) and tokens[at + 4].kind == "digits"
    if lettered and (letters.low in DOCKETS or (letters.text.isupper() and len(letters.text) < 4)):
        return tokens.tail(at + 5)
    at = i + 1 + (tokens[i + 1].text in tuple("])"))  # [2019] UKSC 41
    year, court, number = tokens[i], tokens[at], tokens[at + 1]
    coded = court.text.isupper() and court.low.endswith(("sc", "hc", "ca", "civ", "crim"))
    led = tokens[i - 1].kind != "word" or tokens[i - 1].low in _CITING  # cited 2021 SCC 88
    coded = coded or (led and court.text.isupper() and not is_plural(tokens[at + 2]))
    cited = coded and 2 < len(court.text) < 6 and len(year.text) == 4 and year.text.isdigit()
    return at + 2 if cited and number.kind == "digits" and number.gap == " " else 0


_CITING = word_set("cited citing see quoted reported")
DOCKETS = word_set("cv cr mc ap mj civ crim bk md adv")
"""Letters of a docket: No. ``22-cv-1234``."""


def _called(tokens: Tokens, i: int) -> int:
    """Return the token after digits that are a name by what is said, or 0: is called the 31774."""
    named = tokens.lows(i - 2, 2) in (("called", "the"), ("dubbed", "the"), ("named", "the"))
    named = named or (tokens[i - 1].low == "called" and len(tokens[i].text) > _LEAST_DIALLED)
    return i + 1 if named and tokens[i].text.isdigit() and tokens[i + 1].kind == "mark" else 0


def _ground(tokens: Tokens, i: int) -> int:
    """Return the token after a line of the field by its distance, or 0: from inside their own 22.

    What is counted there follows: their own 22 players.
    """
    owned = tokens.lows(i - 1, 1) == ("own",) and tokens[i - 3].low in (
        "inside",
        "from",
        "on",
        "in",
    )
    ended = tokens[i + 1].kind != "word" or not is_plural(tokens[i + 1])
    return i + 1 if owned and ended and tokens.plain(i) else 0


_GUNS = word_set(
    "calibre caliber revolver revolvers pistol pistols rifle rifles handgun handguns cartridge "
    "cartridges round rounds bullet bullets magnum casing casings gun guns ammunition"
)


_CODES = word_set("code codes radioed dispatch dispatcher")


def _radioed(tokens: Tokens, i: int) -> int:
    """Return the token after what officers radio, or 0: ``10-24``, the code for trouble."""
    near = _CODES & {*tokens.lows(max(i - 8, 0), min(i, 8)), *tokens.lows(i + 3, 8)}
    coded = tokens[i].text == "10" and tokens.hyphen(i + 1) and tokens.plain(i + 2)
    return i + 3 if coded and near else 0


def _bore(tokens: Tokens, i: int) -> int:
    """Return the token after a calibre in inches before its gun, or 0: ``.38 revolver``."""
    step = i + 1 + tokens.hyphen(i + 1)
    if tokens[i].text[0] == "." and tokens[step].low in _GUNS:
        return i + 1
    alone = tokens[i - 1].low in ("a", "an") and tokens[i + 1].kind == "mark"
    near = _GUNS & {*tokens.lows(max(i - 30, 0), min(i, 30)), *tokens.lows(i + 1, 12)}
    alone = alone or (tokens[i].text[0] == "." and tokens[i - 1].low in ("a", "an", "his", "her"))
    return i + 1 if alone and bool(near) and "." in tokens[i].text else 0


def _signature(tokens: Tokens, i: int) -> int:
    """Return the token after the time of a piece of music, or 0: a dance in ``7/8`` time."""
    parted = tokens[i + 1].text == "/" and not tokens[i + 1].gap
    told = tokens[i + 3].low in ("time", "metre", "meter", "beat", "rhythm", "signature")
    told = told or (tokens[i - 1].low == "in" and tokens[i + 3].kind == "mark")
    return i + 3 if parted and told and tokens[i + 2].text in ("2", "4", "8", "16") else 0


def _model_again(tokens: Tokens, i: int) -> int:
    """Return the token after the number of a model named elsewhere, or 0: 777-9, by Boeing 777."""
    text, after = tokens[i].text, tokens[i + 1]
    several = after.low == "s" and not after.gap and text.isdigit()
    if len(text) == 3 and text[1:] != "00" and several:
        return i + 2
    if len(text) != 3 or not any(number == text for _, number in tokens.named):
        return 0
    joined = tokens.hyphen(i + 1) and tokens[i + 2].kind in ("digits", "name")
    return tokens.tail(i + 1) if joined else 0


_AIRLINERS = ("707", "717", "727", "737", "747", "757", "767", "777", "787")
_AIRLINES = word_set("airline airlines airways boeing flew flown")
_FLOWN = word_set(
    "max dreamliner jet jets jumbo plane planes aircraft airliner airliners fleet freighter "
    "freighters pilot pilots flight flights programme program crash crashes"
)


def _airliner(tokens: Tokens, i: int) -> int:
    """Return the token after a Boeing without its maker, or 0: ``the 737 Max``, ``787 jets``."""
    if tokens[i].text not in _AIRLINERS or tokens[i + 1].low in _FLOWN:
        return (i + 1) * (tokens[i].text in _AIRLINERS)
    near = {*tokens.lows(max(i - 40, 0), min(i, 40)), *tokens.lows(i + 1, 20)}
    one = tokens[i - 1].low in DETERMINERS | {"last", "first"} and not is_plural(tokens[i + 1])
    return tokens.tail(i + 1) if one and near & (_FLOWN | _AIRLINES) else 0


_APPROXIMATE = word_set("about over than nearly almost some around least most to from by up of")
_SCREENED = word_set("screens videos cameras tvs displays monitors films streams images movies")
_RUN = word_set("run race walk")


def _broadcast(tokens: Tokens, i: int) -> int:
    """Return the token after a station's frequency or a picture's lines, or 0: 88.5 FM, 4K."""
    band, next_ = tokens[i + 1], tokens[i + 2]
    number = float(tokens[i].text.replace(",", ""))
    called = tokens[i - 1].capital and not tokens.begins(i - 1)  # NewsTalk 990 AM
    if band.text == "FM" or (band.text == "AM" and number > _HOURS and called):
        return i + 2
    counted = is_plural(next_) and next_.low not in _SCREENED
    counted = counted or next_.low in _RUN or tokens[i - 1].low in _APPROXIMATE
    counted = counted or (tokens[i - 1].kind == "mark" and not tokens[i].gap)  # $4K
    lined = tokens[i].text in ("4", "8") and band.text == "K" and not band.gap
    return i + 2 if lined and not counted else 0


_HOURS = 12
"""Hours of half a day: 1010 AM is no time."""


_CERTIFICATES = ("12", "12A", "15", "18")
_VISAS = word_set("visa visas plan plans")


def _classed(tokens: Tokens, i: int) -> int:
    """Return the token after what a film, a visa or a move is named by, or 0: an 18-rated film."""
    text, after = tokens[i].text, tokens[i + 1]
    rated = tokens.hyphen(i + 1) and tokens[i + 2].low == "rated"
    if text in _CERTIFICATES and (rated or after.low in ("certificate", "certificates")):
        return i + 2 + rated
    numbered = text.isdigit() and len(text) == 3 and text[1:] != "00"  # a 457 visa
    if numbered and after.low in _VISAS and tokens[i - 1].low in DETERMINERS:
        return i + 1
    last = i + 1
    while tokens[last].text == "." and not tokens[last].gap and last < i + 4:
        last += 1
    moved = last > i + 1 and tokens[last].kind == "name" and not tokens[last].gap
    return last + 1 if moved and len(tokens[last].text) < _MOVE else 0


_MOVE = 7
"""Characters that the longest move of chess has fewer than: 1.e4, 23...Nbxd5."""


def _standard(tokens: Tokens, i: int) -> int:
    """Return the token after a standard of the IEEE for networks, or 0: ``802.11ac``."""
    lettered = tokens[i + 1].kind == "word" and not tokens[i + 1].gap
    return i + 1 + lettered if tokens[i].text.startswith("802.1") else 0


_LINED = word_set("video videos screen screens display camera stream streaming footage resolution")


def _pictured(tokens: Tokens, i: int) -> int:
    """Return the token after a picture's lines, or 0: video in 1080p, no price of a share."""
    lined = tokens[i].text in ("480", "720", "1080", "1440", "2160") and tokens[i + 1].text == "p"
    near = {*tokens.lows(max(i - 20, 0), min(i, 20)), *tokens.lows(i + 1, 20)}
    return i + 2 if lined and near & (_LINED | _SCREENED) else 0


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
    station = len(tokens[i].text) == 1 and 1 < len(letter.text) < 4 and letter.text.isupper()
    station = station and letter.text not in LETTERS  # 4KQ
    station = station and not measure_of(letter.text) and letter.low not in _NO_STATIONS
    return i + 2 if station or letter.kind == "name" or letter.text in _LETTERED else i


_NO_STATIONS = word_set("am pm gmt bst st nd rd th bn mn tn tr cr pc min hrs hr pts kwh")


def _numbered_body(tokens: Tokens, i: int) -> int:
    """Return the token after a body's name behind its ordinal, or 0: 5th Bomb Wing, 3rd Report."""
    low, after = tokens[i].low, tokens[i + 1]
    if (tokens[i].capital and low in AFTER_ORDINAL) or low == "arrondissement":
        return i + 1
    if tokens[i].text == "Century" and after.capital:
        return i + 1
    if tokens[i].text == "Report" and not tokens.headline(i):
        return i + 1
    for last in range(i, i + 4):
        if not tokens[last].capital:
            return 0
        if last > i and tokens[last].low in _BODIES:
            return last + 1
    return 0


_BODIES = word_set(
    "commission committee congress parliament assembly legion awards festival games olympics "
    "wing squadron division brigade regiment battalion corps fleet army guards exhibition session "
    "forum conference "
    "district circuit"
)
_CALLED = word_set("call called calling calls dial dialled dialed ring rang phone phoned text")
_EMERGENCY = ("911", "999", "112", "101", "111")
_ANSWERED = word_set(
    "dispatcher dispatchers call calls caller callers operator operators line crew crews handler "
    "handlers recording recordings tape tapes audio system service services"
)
_LINES = word_set("line helpline hotline helplines phone telephone switchboard whatsapp tel fax")
_LEAST_DIALLED = 3
"""Digits of the shortest number of a line that is said to be one."""


def _telephone(tokens: Tokens, i: int) -> int:
    """Return the token after a telephone number, or 0: 312-555-0188, 1800 700 700, 911 calls."""
    called = bool(_CALLED & {tokens[i - 1].low, tokens[i - 2].low})
    if tokens[i].text in _EMERGENCY and (called or tokens[i + 1].low in _ANSWERED):
        return i + 1
    return _hyphened_telephone(tokens, i) or spaced_telephone(tokens, i, called)


def spaced_telephone(tokens: Tokens, i: int, called: bool) -> int:
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
    if len(groups) == 1 and first == i and _is_short_code(tokens, i):
        return last
    if first > i:
        return last if len("".join(groups)) > _ABROAD else 0
    if len(groups) == 1:
        return last if _is_line(tokens, i) else 0
    counted = len(groups[0]) < 4 and groups[0][0] != "0"  # 12 500 000
    dialled = (called or groups[0][0] == "0") and len(groups[0]) > 2
    return last if dialled or (not counted and len(groups) > 2) or _is_line(tokens, i) else 0


_DIALLING = word_set("call dial text ring phone texting dialling calling")


def _is_short_code(tokens: Tokens, i: int) -> bool:
    """Return whether digits are a number to ring or to write to: ``text 85258 to give``."""
    after = tokens[i + 1]
    alone = after.kind != "word" or after.low in ("to", "for", "or", "and", "from", "if", "now")
    text, before = tokens[i].text, tokens[i - 1].low
    dialled = before in _DIALLING
    sent = before == "to" and bool({"sms", "text", "texts"} & set(tokens.lows(i - 5, 4)))
    abroad = before == "on" and "+" in tokens.lows(i + 1, 8) and after.low == "or"
    return alone and (dialled or sent or abroad) and text.isdigit() and 2 < len(text) < 7


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
    spaced = groups[0][0] == "0" and len(groups) == 2 and tokens[last].gap == " "
    if spaced and tokens[last].kind == "digits" and len(tokens[last].text) > 2:
        groups, last = [*groups, tokens[last].text], last + 1  # 01-555 0163
    lengths = tuple(map(len, groups))
    local = lengths == (3, 4) and groups[1][0] == "0"
    homely = len(groups) > 2 and groups[0][0] == "0" and len("".join(groups)) > _ABROAD
    abroad = tokens[i - 1].text == "+" and len("".join(groups)) > _ABROAD
    return last if lengths[-3:] == (3, 3, 4) or local or homely or abroad else 0


def _dotted_day(tokens: Tokens, i: int) -> bool:
    return len(tokens[i].text) == 5 and len(tokens[i + 2].text) == 4


_BOOKS = word_set(
    "genesis exodus leviticus deuteronomy joshua judges samuel kings chronicles job psalm psalms "
    "proverbs ecclesiastes isaiah jeremiah daniel amos micah matthew mark luke john acts "
    "romans corinthians galatians ephesians philippians colossians timothy hebrews james peter "
    "revelation surah"
)


def _letter(tokens: Tokens, i: int) -> int:
    """Return the token after a numbered book of the Bible, or 0: ``1 Corinthians 13``."""
    book = tokens[i + 1].capital and tokens[i + 1].low in _BOOKS and tokens[i + 2].kind == "digits"
    return 0 if not book else verse(tokens, i + 1) if tokens[i + 3].text == ":" else i + 3


def verse(tokens: Tokens, i: int) -> int:
    """Read a book of the Bible with chapter and verse: ``John 3:16``."""
    if tokens[i].low not in _BOOKS or not tokens[i].capital or tokens[i + 2].text != ":":
        return i
    told = tokens[i + 4].low in ("am", "pm")
    return i if tokens[i + 2].gap or tokens[i + 3].kind != "digits" or told else i + 4


RIDDEN = word_set(
    "bus tram train trolleybus express ferry sleeper streetcar minibus nightbus freeway motorway "
    "expressway"
)
_RAN = word_set("was is has runs goes leaves stops takes passes")


def _carrier(tokens: Tokens, i: int) -> int:
    """Return the token after the number of a bus or train, or 0: ``took the 602 bus``."""
    plain = tokens[i].text.isdigit() and tokens[i - 1].low in DETERMINERS
    last = i + 1
    while plain and tokens[last].low in (",", "and") and tokens.plain(last + 1) and last < i + 8:
        last += 2
    if last > i + 1 and tokens[last].low.removesuffix("s") in RIDDEN:
        return last  # the 4, 5 and 6 trains
    counted = tokens[i + 2].low.endswith("s") and tokens[i + 2].low not in _RAN  # 12 bus drivers
    return i + 1 if plain and tokens[i + 1].low in RIDDEN and not counted else 0


_FALLING = word_set("asteroid asteroids comet object meteor impact rock rocks chance")
_SKY = word_set("star stars planet planets telescope sky constellation astronomers orbit orbits")


def _star(tokens: Tokens, i: int) -> int:
    """Return the token after a star's number and its constellation, or 0: ``61 Cygni``."""
    name, after = tokens[i + 1], tokens[i + 2]
    found = len(tokens[i].text) == 4 and name.text[:2].isupper() and name.gap == " "
    if found and (name.kind == "name" or len(name.text) == 2):
        near = {*tokens.lows(max(i - 40, 0), min(i, 40)), *tokens.lows(i + 2, 30)}
        return i + 2 if near & (_SKY | _FALLING) else 0  # 1998 KY26
    minor = len(tokens[i].text) > 4 and tokens[i].text.isdigit() and tokens[i].text[-2:] != "00"
    if minor and name.capital and name.gap == " " and not is_plural(after):
        return i + 2  # 99942 Apophis
    genitive = name.capital and name.low.endswith(("i", "ae", "is", "orum", "ium"))
    counted = is_plural(after)  # 12 Israeli astronomers
    if genitive and len(after.text) == 1 and after.text in "bcdefgh":
        return i + 3  # a planet: 55 Cancri e
    if not genitive or counted or not tokens.plain(i):
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
    numbered = len(parts) == 2 and len(parts[0]) < 4 and parts[1][:2] in ("19", "20")
    numbered = numbered and len(parts[1]) == 4 and parts[0].isdigit() and int(parts[0]) > 12
    if len(parts) > 1 and (filed or coded or numbered):
        return last  # Civil Suit 44/2023
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


_LONGEST_TIGHT = 60


def tight(tokens: Tokens, i: int) -> int:
    """Return the token after all that no space parts from a token, without the last full stop."""
    last = i + 1
    while not tokens[last].gap and tokens[last].kind != "end" and last < i + _LONGEST_TIGHT:
        last += 1
    return last - (tokens[last - 1].kind == "mark")


def _goods(tokens: Tokens, i: int) -> int:
    """Return the token after the digits of a bar code, or 0: ``5012345006780``."""
    text = tokens[i].text
    coded = text.isdigit() and 12 <= len(text) <= 14 and not text.endswith("000")
    return i + 1 if coded else 0


def _doi(tokens: Tokens, i: int) -> int:
    """Return the token after an identifier of a paper, or 0: ``10.5555/abc.2026.11``."""
    registrant = tokens[i].text.startswith("10.") and len(tokens[i].text) > len("10.123")
    return tight(tokens, i) if registrant and tokens[i + 1].text == "/" else 0


def _vine(tokens: Tokens, i: int) -> int:
    """Return the token after three numbers that hyphens join behind letters, or 0: VB 91-26-4."""
    joined = tokens.hyphen(i + 1) and tokens.hyphen(i + 3)
    joined = joined and tokens[i + 2].kind == tokens[i + 4].kind == "digits"
    letters = tokens[i - 1]
    return i + 5 if joined and letters.text.isupper() and 1 < len(letters.text) < 5 else 0


def _pleaded(tokens: Tokens, i: int) -> int:
    """Return the token after a case's number behind what it is, or 0: Writ Petition 882 of 2026."""
    led = tokens[i - 1].capital and tokens[i - 1].low in _PLEAS
    return i + 1 if led and tokens[i + 1].low == "of" and len(tokens[i + 2].text) == 4 else 0


_PLEAS = word_set("petition appeal suit writ application complaint case reference")


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


def _enumerated(tokens: Tokens, i: int) -> int:
    """Return the token after the number of an item in a list, or 0: ``(1) a levy, (2) a ban``.

    A line of its own may begin with one: ``1. Wash it``, and ``1. FC Köln`` is a club.
    """
    text, after, next_ = tokens[i].text, tokens[i + 1], tokens[i + 2]
    if not text.isdigit() or len(text) > 2 or after.gap:
        return 0
    lined = tokens[i].gap == "\n" and after.text in (".", ")") and next_.capital
    if (lined and next_.gap == " ") or (after.text == "." and next_.text in ("FC", "FSV", "FFC")):
        return i + 1
    if tokens[i - 1].text != "(" or after.text != ")" or tokens[i - 2].capital:
        return 0
    others = (str(int(text) - 1), str(int(text) + 1))
    near = (*range(max(i - 60, 1), i), *range(i + 2, i + 60))
    return (i + 1) * any(
        tokens[n].text in others and tokens[n - 1].text == "(" and tokens[n + 1].text == ")"
        for n in near
    )


_TOP_LEVELS = ("com", "org", "net", "io", "ai", "tv")


def _domain(tokens: Tokens, i: int) -> int:
    """Return the token after a site's name, or 0: ``58.com``."""
    dotted = tokens[i + 1].text == "." and not tokens[i + 1].gap + tokens[i + 2].gap
    return i + 3 if dotted and tokens[i + 2].text in _TOP_LEVELS else 0


_WITH_DIGITS = (
    _radioed,
    _known,
    coded,
    _formation,
    _substance,
    _airliner,
    _broadcast,
    _standard,
    _pictured,
    _classed,
    _enumerated,
    _domain,
    _carrier,
    _star,
    _telephone,
    _firm,
    _cited,
    _filed,
    _called,
    _ground,
    _bore,
    _signature,
    _model_again,
    _letter,
    _stroked,
    _block,
    _account,
    _goods,
    _doi,
    _vine,
    _pleaded,
    _alone,
)
"""Readers of names that begin with digits."""
