"""Names that hold digits or number words, and words that only look like numbers: no figures.

Boeing 737, A320, COVID-19, Article 5, Route 66, World War Two, Sunday Times, ``no one``, 9/11.
``labels`` reads the names of a word and a number, ``serials`` those that begin with digits,
``turns`` phrases with number words.
"""

from dossier.text.labels import JOINED, NUCLIDES, OPENING, PLAIN, TITLE_LABELS, labelled
from dossier.text.lexer import Tokens
from dossier.text.measures import FUNCTION_WORDS
from dossier.text.serials import (
    AFTER_ORDINAL,
    DOCKETS,
    PLACES,
    RIDDEN,
    coded,
    digits_name,
    single_name,
    spaced_telephone,
    tight,
    verse,
)
from dossier.text.turns import is_acting, is_plural, one_at, period_word, turn_at
from dossier.text.words import (
    CARDINALS,
    LARGE,
    MONTHS,
    ORDINALS,
    SHORT_MONTHS,
    TIMES,
    WEEKDAYS,
    word_set,
)

_AFTER_WEEKDAY = word_set(
    "times telegraph mail mirror express world herald post star comet gazette chronicle courier "
    "tribune echo examiner independent"
)
_BEFORE_WEEKDAY = word_set(
    "man girl "
    "patch black good bloody super cyber giving ash palm maundy fat shrove ruby sheffield manic "
    "taco meatless throwback freaky casual spy"
)


def name_at(tokens: Tokens, i: int) -> int:
    """Return the token after the name that begins at a token, or the token itself."""
    token = tokens[i]
    if token.kind == "name":
        return tokens.tail(i + 1)
    if token.kind == "digits":
        last = digits_name(tokens, i)
        return last if last > i else turn_at(tokens, i)
    if token.text == "+":
        return spaced_telephone(tokens, i, called=False) or i
    if token.low in _LINKS and (last := _link(tokens, i)) > i:
        return last
    if token.kind != "word":
        return i
    for reader in (
        coded,
        _variant,
        verse,
        _numbered,
        _housed,
        _joined,
        labelled,
        _word_name,
        _brand,
        turn_at,
        one_at,
        _day_name,
        _calendar_name,
    ):
        last = reader(tokens, i)
        if last > i:
            return last
    return i


_LINKS = ("http", "https", "www", "@", "#", "§")


def _link(tokens: Tokens, i: int) -> int:
    """Read an address of the web, a handle, a section: www.a.org/05, ``@bo77``, ``§ 211``.

    Short digits behind a # are a rank: the #1 song.
    """
    sign, after = tokens[i].low, tokens[i + 1]
    if sign == "§":
        return tokens.tail(i + 2) if after.kind == "digits" else i
    if after.gap or (sign in ("www", "http", "https") and after.text not in (".", ":")):
        return i
    if sign in "@#" and after.kind == "digits":
        numbered = after.text.isdigit() and len(after.text) > 2 and tokens[i + 2].low not in LARGE
        return i + 2 if numbered else i
    last, ends = i + 1, "" if len(sign) > 1 else ".,;:!?)”’\"'"
    while not tokens[last].gap and tokens[last].kind != "end" and last < i + _LONGEST_LINK:
        if tokens[last].kind == "mark" and tokens[last].text in ends:
            break
        last += 1
    return last


_LONGEST_LINK = 60


def _war(tokens: Tokens, i: int) -> int:
    """Return the token after a war that is named for how long it lasted, or 0."""
    if period_word(tokens[i + 1].low) and tokens[i + 1].capital:
        step = i + 2 + (tokens[i + 2].text in ("'", "’"))
        return step + 1 if tokens[step].text == "War" else 0
    return 0


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
    if len(tokens[step].text) >= _REGISTERED or tokens[i - 1].low in _LODGED:
        return tokens.tail(step + 1)
    if tokens[step + 1].text == "/" or _is_of_year(tokens, step + 1):
        return tokens.tail(step + 1)  # No. 1169/2011
    if (last := digits_name(tokens, step)) > step + 1:
        return last  # No. 3:22-cr-00451
    if tokens.hyphen(step + 1) and (last := _docket(tokens, step + 2)):
        return last
    keyed = tokens[step + 1].low == "in" and len(tokens[step + 2].text) == 1
    if _PIECES & {tokens[i - 1].low, tokens[i - 2].low, tokens[i - 3].low} or (
        keyed and tokens[step + 2].capital
    ):
        return step + 1
    labelling = _INSTITUTIONS | TITLE_LABELS | _FILED | _COLOURS
    if tokens[i - 1].capital and tokens[i - 1].low in labelling:
        return step + 1  # Law No. 27, Red No. 3
    worn = tokens[step + 1].low in _WORN or _is_shirt(tokens, i, step)
    carried = worn or word_set("bus train tram line tube") & set(tokens.lows(step + 1, 2))
    behind = tokens[step + 1 + (tokens[step + 1].text == ")")]
    sized = tokens[i - 1].low == "a" and behind.text.islower() and behind.low not in _OF_RANK
    sized = sized and tokens[step].text != "1"
    return step + 1 if carried or sized or (behind.capital and behind.low in _GROUNDS) else i


_OF_RANK = word_set(
    "seed seeds ranking ranked player team spot pick draft finish hit hits single song album "
    "bestseller record book film show ranking rank priority position place side one concern choice"
)
"""What is told by its rank; a No. 2 pencil is not."""
_COLOURS = word_set("red blue yellow green orange chanel")
_WORN = word_set(
    "shaft mine pit reactor furnace engine tank boiler runway hold berth dock gate platform "
    "trains shirt jersey role position car truck ford chevrolet chevy toyota honda dodge "
    "mercedes porsche ferrari bmw audi cadillac acura mclaren iron"
)
"""What a number without a rank stands on: the ``No. 10`` role, the ``No. 22`` Ford."""


_PLAYING = word_set("a their his her our")


def _is_shirt(tokens: Tokens, i: int, step: int) -> bool:
    """Return whether a player goes by the number on his back: the Breakers' ``No. 8``, Al Bo."""
    owned = tokens[i - 1].text in ("'", "’") or tokens[i - 1].low == "s"
    named = tokens[step + 1].text == "," and tokens[step + 2].capital
    acting = is_acting(tokens[step + 1]) and (owned or tokens[i - 1].low == "the")
    played = tokens[i - 1].low in _PLAYING and tokens[step + 1].kind == "mark"  # their No. 10.
    return (acting or played or (owned and named)) and tokens[step].low in _SHIRTS


_SHIRTS = word_set("6 7 8 9 10 11 12 13 six seven eight nine ten eleven twelve")


def _is_of_year(tokens: Tokens, i: int) -> bool:
    """Return whether a year numbers anew what goes by a number: No. 41 ``of 2020``."""
    return tokens[i].low == "of" and len(tokens[i + 1].text) == 4 and tokens[i + 1].text.isdigit()


_REGISTERED = 4
"""Digits that no rank has: patent No. 9,847,113, resolution No. 2811."""
_LODGED = word_set("appeal petition suit writ case application complaint patent")
"""What a court or an office numbers: Criminal Appeal No. 3317."""


def _docket(tokens: Tokens, i: int) -> int:
    """Return the token after the rest of a docket's number, or 0: No. ``22-cv-1234``, 20-1199."""
    if tokens[i].low in DOCKETS and tokens.hyphen(i + 1):
        return i + 3 if tokens[i + 2].kind == "digits" else 0
    return i + 1 if tokens[i].kind == "digits" and len(tokens[i].text) > 2 else 0


_ABBREVIATED = word_set("ref op k s vol ch fig sec art pp p pt ex ext apt rm bldg")


def _variant(tokens: Tokens, i: int) -> int:
    """Read letters, a point or stroke and digits: ``BA.2``, ``F/A-18``, ``S. 256``."""
    token, joined = tokens[i], tokens[i + 2]
    if (last := _zone(tokens, i)) or (last := _preprint(tokens, i)):
        return last
    if token.low in _ABBREVIATED and tokens[i + 1].text == "." and joined.kind == "digits":
        return tokens.tail(i + 3) if not tokens[i + 1].gap and joined.gap == " " else i
    hyphened = tokens[i + 1].text == "/" and tokens.hyphen(i + 3) and len(joined.text) == 1
    if hyphened and len(token.text) == 1 and tokens[i + 4].kind == "digits":
        return tokens.tail(i + 5)
    tight = tokens[i + 1].text in "./" and not tokens[i + 1].gap + joined.gap
    named = token.text.isupper() and len(token.text) < 4 and joined.kind in ("digits", "name")
    last = tokens.tail(i + 1) if tight and named else i
    return last + (last > i and tokens[i + 1].text == "/" and tokens[last].kind == "name")


def _zone(tokens: Tokens, i: int) -> int:
    """Return the token after a zone by its hours from Greenwich, or 0: ``UTC+8``."""
    tight = tokens[i + 1].text in ("+", "-", "−") and not tokens[i + 1].gap + tokens[i + 2].gap
    return i + 3 if tokens[i].text in ("UTC", "GMT") and tight and tokens.plain(i + 2) else 0


def _preprint(tokens: Tokens, i: int) -> int:
    """Return the token after what an archive numbers, or 0: ``arXiv:2610.04417``."""
    step = i + 1 + (tokens[i + 1].text == ":")
    if tokens[i].low == "doi" and tokens[step].kind == "digits":
        return tight(tokens, step)
    filed = tokens[i].low in ("arxiv", "doi", "pmid", "isbn", "issn", "vin")
    return tokens.tail(step + 1) if filed and tokens[step].kind == "digits" else 0


_RANKED = word_set(
    "chart charts ranked ranking rankings seed seeded world debuted debut debuts entered list top "
    "coming came peaked climbed climbs fell straight single singles album albums film films box "
    "office hit hits entry charting charted"
)
_FILED = word_set(
    "employee badge storm inmate prisoner player lot plot exhibit agent seat serial reference "
    "crime case licence license registration ticket account passport room cell bed house"
)
"""What goes by a number of its own: ``employee number 41``."""


def _housed(tokens: Tokens, i: int) -> int:
    """Read the number of a house: ``the lady at number 16``."""
    if tokens[i].low == "number" and tokens[i + 1].low in _SHIRTS and _is_shirt(tokens, i, i + 1):
        return i + 2
    if tokens[i].low != "number" or not tokens.plain(i + 1):
        return i
    office = tokens[i].capital and tokens[i + 1].text in ("10", "11")
    alone = tokens[i + 2].kind != "word" or tokens[i + 2].low in ("and", "or")
    if office and (alone or is_acting(tokens[i + 2])):
        return i + 2
    if tokens[i + 2].low in RIDDEN | _WORN or tokens[i - 1].low in TITLE_LABELS | _FILED:
        return i + 2  # Juror number 6
    at = tokens[i - 1].low == "at" or (
        tokens[i - 1].low in ("of", "in", "from", "outside")
        and tokens[i + 2].text == ","
        and tokens[i + 3].capital
    )
    near = {*tokens.lows(i - 9, 9), *tokens.lows(i + 2, 5 * (tokens[i + 2].kind == "word"))}
    return i + 2 if at and not near & _RANKED else i


_HYPHENED = word_set("catch omega type level class sweet alpha beta gamma par") | NUCLIDES
"""Small words that a hyphen and digits make a name: ``Catch-22``, ``uranium-235``."""
_SPELT_HYPHENED = word_set("par stage grade tier phase level category type")
"""Small words that a hyphen and a number word make a name: a ``stage-three`` cancer."""


def _joined(tokens: Tokens, i: int) -> int:
    """Read letters, a hyphen and digits: ``F-35``, ``COVID-19``, ``Catch-22``, ``Under-21s``."""
    token = tokens[i]
    if not tokens.hyphen(i + 1):
        return i
    if tokens[i + 2].low in CARDINALS:
        titled = token.capital and tokens[i + 2].capital and token.low not in CARDINALS
        return i + 3 if titled or token.low in _SPELT_HYPHENED else i  # Slaughterhouse-Five
    if tokens[i + 2].kind not in ("digits", "name"):
        return i
    if token.text in ("Under", "Over") and not tokens.begins(i):
        return i + 3 + (tokens[i + 3].low == "s" and not tokens[i + 3].gap)
    coded = token.text.isupper() and len(token.text) > 1  # BMX-001, MS-04
    lettered = token.text == "A" and tokens[i + 2].kind == "digits"  # well A-17
    padded = tokens[i + 2].text[:1] == "0" and not coded
    if (
        (token.low in JOINED and token.text != "RS" and not lettered)
        or padded
        or token.low in CARDINALS
    ):
        return i
    if token.low in ORDINALS or tokens[i + 1].text != "-" or token.low.endswith("ly"):
        return i
    if token.text.islower() and not (token.low in _HYPHENED or _is_compound(tokens, i)):
        return i
    return tokens.tail(i + 3)


def _is_compound(tokens: Tokens, i: int) -> bool:
    """Return whether a small word and digits name a kind: the ``surface-17`` code.

    Nothing is measured or counted there: a record-23 wins, rose-5%.
    """
    word, after = tokens[i], tokens[i + 3]
    noun = len(word.text) > 4 and word.low not in FUNCTION_WORDS and not is_acting(word)
    noun = noun and word.low not in ("record", "about", "around", "where", "there")
    tight = after.kind in ("word", "mark") and not after.gap and after.text not in tuple(".,;)?!")
    return noun and not tight and tokens.plain(i + 2) and not is_plural(after)


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
    if after.text.islower() and period_word(after.low):
        return 0  # a heading that ran into the text: Accounts Two years ago
    if after.capital and after.low in _LANDMARKS and after.gap == " " and token.low in CARDINALS:
        return i + 2 if not tokens.headline(i) else 0
    if tokens.hyphen(i + 2) and after.low in CARDINALS and tokens[i + 3].capital:
        return i + 4  # Nineteen Eighty-Four
    if tokens[i + 2].capital and tokens[i + 2].low in PLACES and after.capital:
        return i + 3 if not is_plural(tokens[i + 3]) else 0  # One Canada Square
    before = tokens[i - 1]
    led = before.kind == "word" and before.low not in ("am", "pm")  # at 1.20 p.m. Forty flights
    led = led or (before.text in ("'", "’") and not before.gap)
    led = led or before.text == ","
    if tokens.begins(i) or not led or before.gap == "\n" or tokens.headline(i):
        return 0
    joined = tokens[i + 2].capital or tokens[i + 2].low in CARDINALS | ORDINALS
    return i + 1 + 2 * (tokens.hyphen(i + 1) and joined)


def _word_name(tokens: Tokens, i: int) -> int:
    """Read names of words: ``World War Two``, ``First Minister``, ``Fifth Avenue``."""
    token, after = tokens[i], tokens[i + 1]
    if not token.capital:
        return i
    if tokens.lows(i, 2) == ("class", "of"):
        at = i + 2 + tokens.is_mark(i + 2, "'’‘")
        return at + 1 if tokens[at].kind == "digits" and len(tokens[at].text) in (2, 4) else i
    if last := _capital_number(tokens, i):
        return last
    numbered = after.capital and after.low in CARDINALS and after.gap == " "
    if numbered and token.low not in OPENING | PLAIN | JOINED and token.text not in WEEKDAYS:
        return i if tokens.headline(i) else i + 2
    if token.low in ORDINALS and tokens[i - 1].text == "&" and tokens[i - 2].capital:
        return i + 1
    counted = is_plural(tokens[i + 3]) or period_word(tokens[i + 3].low)
    if token.low in _BODIES_OF and after.low == "of" and not counted:
        numbered = not tokens.begins(i) or tokens[i - 1].low == "the" or is_acting(tokens[i + 3])
        numbered = numbered and tokens[i + 2].text.isdigit()
        named = tokens[i + 2].capital and tokens[i + 2].low in CARDINALS
        return i + 3 if numbered or named else i
    if token.low in CARDINALS and (last := _number_name(tokens, i)):
        return last
    return _pair_name(tokens, i) if after.capital else i


_BODIES_OF = word_set("group committee club gang rule council circle congregation")
"""What is named for how many belong to it: the Group of 77, the Gang of Four."""


def _number_name(tokens: Tokens, i: int) -> int:
    """Return the token after ``Six-Party``, or ``Three`` amid small letters; 0 for none."""
    after, joined = tokens[i + 1], tokens[i + 2]
    placed = tokens[i + 3].capital and tokens[i + 3].low in AFTER_ORDINAL
    if tokens.hyphen(i + 1) and joined.low in ORDINALS and placed:
        return i + 4  # Sixty-first Street
    coupled = tokens.hyphen(i + 1) and joined.capital
    coupled = coupled and (not period_word(joined.low) or tokens[i + 3].low in _CUPS)
    if coupled and joined.low not in CARDINALS | ORDINALS:
        return i + 3
    before = tokens[i - 2] if tokens[i - 1].text == "," else tokens[i - 1]
    lower = before.text.islower() and after.text.islower() and after.kind == "word"
    lower = lower and not period_word(after.low)  # in large letters: Accounts Two years ago
    return i + 1 if lower and not tokens.begins(i) else 0


def _brand(tokens: Tokens, i: int) -> int:
    """Read a number word that its capital makes a name: the Midas Millions, Sixfold."""
    token = tokens[i]
    plural = token.low in ("hundreds", "thousands", "millions", "billions")
    plural = plural and tokens[i - 1].capital and not tokens.begins(i - 1)
    folded = token.low in TIMES and token.low.endswith("fold") and not tokens.begins(i)
    named = token.capital and (plural or folded) and not tokens.headline(i)
    return i + 1 if named else i


_CUPS = word_set("cup war international internationals series plan plans show")


def _pair_name(tokens: Tokens, i: int) -> int:
    """Read two capitalised words of which one is a number: ``First Minister``, ``Big Three``."""
    low, after = tokens[i].low, tokens[i + 1]
    if (low, after.low) == ("world", "war"):
        return i + 3
    if not (low in ORDINALS and after.low in AFTER_ORDINAL) and tokens.headline(i):
        return i
    firm = tokens[i + 2].capital and tokens[i + 2].gap == " "  # First Citizens Bank
    firm = firm or single_name(tokens, i + 1) > 0
    named = low in ORDINALS and (after.low in AFTER_ORDINAL or firm or not tokens.begins(i))
    if named or (low in TIMES and low.endswith("fold")):
        return i + 2  # Fourfold Securities
    if low in CARDINALS and low != "one" and (last := single_name(tokens, i + 1)):
        return last  # Nine Entertainment cut
    begun = tokens.begins(i) or _behind_dateline(tokens, i)
    if low in CARDINALS and not begun and after.low not in _MONTH_LOWS:
        return i + 2
    return i + 2 if low in ("big", "fab", "famous") and after.low in CARDINALS else i


_DATELINE = 12
"""Tokens of the longest dateline: ``NAVAL AIR STATION AYR, Nev. — Two Navy pilots``."""


def _behind_dateline(tokens: Tokens, i: int) -> bool:
    """Return whether a story begins with a token, behind the place that a dash ends."""
    dashed = tokens.is_mark(i - 1, "-–—") and tokens[i].gap != "" and tokens[i - 1].gap != ""
    return dashed and any(tokens[n].gap == "\n" for n in range(max(i - _DATELINE, 0), i))


_MONTH_LOWS = frozenset(m.lower() for m in MONTHS)


def _calendar_name(tokens: Tokens, i: int) -> int:
    """Read ``Sunday Times``, ``Theresa May``, ``March on``, ``Black Friday``."""
    token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
    if not token.capital:
        return i
    if token.text in _NEAR_DAYS:
        named = before.kind == "word" and not (tokens.begins(i) or tokens.headline(i))
        return i + named  # USA Today
    if token.text in WEEKDAYS:
        return _weekday_name(tokens, i)
    if token.text == "March" and before.text == "Long":
        return i + 1 + (after.kind == "digits") + (len(tokens[i + 2].text) == 1)
    named = after.low in _MONTHLY or (after.low in _STREETS and after.gap == " ")
    if token.text in MONTHS and after.capital and named:
        return i + 2
    if token.text in ("May", "March", "April", "June", "August"):
        return i if is_month(tokens, i) else i + 1
    return i


def _weekday_name(tokens: Tokens, i: int) -> int:
    """Return the token after what is named for a weekday, or the weekday itself."""
    before, after = tokens[i - 1], tokens[i + 1]
    show = after.text in ("Night", "Morning") and tokens[i + 2].capital
    if show and not tokens.headline(i):
        return i + 3
    if after.capital and after.low in _AFTER_WEEKDAY and before.low != "on":
        return i + 2
    return i + (before.low in _BEFORE_WEEKDAY and before.capital)


_NEAR_DAYS = ("Today", "Tomorrow", "Tonight", "Yesterday")
"""What is a programme or a paper with a capital amid a sentence."""
_DATED_AFTER = word_set(
    "committee movement plot panel rioter rioters riot defendant defendants insurrection "
    "insurrectionist insurrectionists revolution select"
)


def _day_name(tokens: Tokens, i: int) -> int:
    """Return the token after a day and what is named for it, or 0: the Jan. 6 committee."""
    if not is_month_word(tokens[i].text) and tokens[i].text not in SHORT_MONTHS:
        return 0
    at = i + 1 + (tokens[i + 1].text == ".")
    spelt = tokens[at].capital and tokens[at].low in ORDINALS  # the May Fourth Movement
    if not tokens.plain(at) and not spelt:
        return 0
    last = at + 1 + (tokens[at + 1].low in ("st", "nd", "rd", "th"))
    return last + 1 if tokens[last].low in _DATED_AFTER else 0


_STREETS = PLACES - word_set("court square place way drive gardens")
"""What a street is named for a month with, and no body: May Street."""
_MONTHLY = word_set(
    "revolution uprising madness fool fools coup movement war surprise massacre crisis sky plot"
)
"""What is named for a month: the October Revolution, March Madness."""
_MONTH_BEFORE = word_set(
    "in of since by until till last next this early late mid from to through before after during "
    "- – and for between every each around per th st nd rd previous following"
)


_WHO = word_set(
    "baby daughter wife sister mum mother girlfriend aunt auntie niece granddaughter widow friend"
)
_OWNERS = word_set("its their our")
_MARCHED = word_set("on of for from to through in into against")


def is_month(tokens: Tokens, i: int) -> bool:
    """Return whether May, March, April, June or August is a month here, no verb and no name."""
    token, before, after = tokens[i], tokens[i - 1], tokens[i + 1]
    if after.kind == "digits" or before.kind == "digits" or after.low == "quarter":
        return True
    if before.low in _WHO:
        return False  # from baby June's cot
    if before.low in _MONTH_BEFORE and not (after.capital and before.low in ("and", "for", "of")):
        return True
    if after.low in ("last", "this", "next") and tokens[i + 2].low == "year" and not before.capital:
        return True
    led = before.low in _OWNERS or before.low == "a"  # a March survey
    if led and after.text.islower() and after.low not in _MARCHED:
        return True
    if token.text in ("May", "March"):
        return after.low == "and" and is_month_word(tokens[i + 2].text)
    return not (after.capital or (before.capital and before.low != "the"))


def is_month_word(text: str) -> bool:
    """Return whether a word names a month, with a capital."""
    return text in MONTHS
