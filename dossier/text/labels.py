"""Labels and models with their numbers, which are names: Article 5, Ariane 6, ISO 9001, Expo 2025.

A label is a word after which a number counts nothing, some with a capital alone; a model is any
word with a capital and a small number, where what stands around them speaks of no count.
"""

from dossier.text.currencies import LETTERS, TIGHT, WORDLIKE
from dossier.text.lexer import Token, Tokens
from dossier.text.measures import FUNCTION_WORDS, measure_of
from dossier.text.turns import DETERMINERS, THIRD_PERSON, is_acting, is_plural, period_word
from dossier.text.words import CARDINALS, DESIGNATED, MONTHS, SHORT_MONTHS, word_set

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
    "bombardier cessna saab tupolev macos watchos ieee rfc iec subclass spf trisomy chromosome "
    "complex exon verse clade lineage genotype serotype subtype par isbn issn pmid covid cop zip "
    "postcode dkt pegi barcode ean isbn gtin upc clone mode sector cluster"
)
"""Words after which a bare number is a name's."""
_TITLED = word_set(
    "act scene season opus op symphony sonata concerto form turn juror witness victim defendant "
    "suspect claimant count counts step option plan scenario model site band tower slide hole "
    "box shed hangar well reactor mine pit camp checkpoint outpost group arm cohort messier "
    "luna mile day heat sector division legion corps company squadron team test note force game "
    "match round principle order decree law motion measure initiative canto python java mac "
    "meta expo agenda vision horizon mission operation sheet stop stall track side gallery "
    "house store warehouse plant shop route trench grave skeleton burial patient case subject "
    "studio seam goal project strategy genesis exodus leviticus deuteronomy isaiah romans "
    "corinthians galatians ephesians revelation sport sports tender invoice cbs nbc fox factor "
    "gliese kepler wasp toi lhs hd luyten barnard ross wolf doe probe pot robot ring circle "
    "charter agent nylon hpv big super feeder top defcon"
)
TITLE_LABELS = _TITLED | DESIGNATED
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
JOINED = word_set(
    "mid pre post over under early late non ex per sub top all then the nearly about to a and of "
    "for from by in on at or plus minus around last next first half since until sun mon tue wed "
    "thu fri sat age aged magnitude won lost beat drew win loss draw victory eur usd gbp inr us rs "
    "extra opening some mach ad ce"
) | {m.lower() for m in (*MONTHS, *SHORT_MONTHS)}
"""Words that a hyphen and digits may follow without making a name."""

_PLAIN_SIGNS = LETTERS - WORDLIKE - TIGHT
"""Signs of currencies that are no words and need not touch their sum."""


def labelled(tokens: Tokens, i: int) -> int:
    """Read a label and its number: ``Article 5``, ``Route 66``, ``the Ariane 6``."""
    token, after = tokens[i], tokens[i + 1]
    if token.text in _PLAIN_SIGNS or tokens[i + 2].text == "Under":
        return i  # Forbes 30 Under 30
    number = after.kind in ("digits", "name") or (
        after.low in CARDINALS and (after.capital or token.capital or _is_spelt_label(tokens, i))
    )
    coded = token.low in ("flight", "flights") and after.text.isupper() and len(after.text) < 4
    if coded and tokens[i + 2].kind == "digits":
        return i + 3
    if last := _bracketed(tokens, i):
        return last
    grouped = "," in after.text and token.low not in _GROUPED
    if not number or after.gap != " " or grouped or _is_amount(tokens, i + 2):
        return i
    if _is_no_label(tokens, i):
        return i
    unit = tokens[i + 2]
    tight = not unit.gap and (len(unit.text) > 1 or unit.text == "m")  # the Olympic 400m
    if tight and measure_of(unit.text):
        return i  # a flat 97km
    return i if _is_counting(tokens, i) else _numbered_label(tokens, i)


def _is_no_label(tokens: Tokens, i: int) -> bool:
    """Return whether what stands behind a number makes it a rank, a time, odds or a score.

    ``with Newcastle 14th``, ``with Mark 10 years ago``, ``gave The Aviator 4/9``.
    """
    behind, next_ = tokens[i + 2], tokens[i + 3]
    ranked = not behind.gap and behind.low in ("st", "nd", "rd", "th")
    past = period_word(behind.low) and next_.low in ("ago", "earlier", "later")
    parted = behind.text == "/" and not behind.gap and tokens[i].low not in _LABELS
    parted = parted and tokens.plain(i + 1) and tokens.plain(i + 3)
    beaten = behind.low == "to" and _is_beaten(tokens, i)
    return ranked or past or parted or beaten or _is_gapped(tokens, i)


def _is_beaten(tokens: Tokens, i: int) -> bool:
    """Return whether a name stands before a score: they beat the Jets ``24 to 17``."""
    return tokens.plain(i + 3) and "beat" in tokens.lows(i - 4, 4) and tokens[i].capital


def _is_gapped(tokens: Tokens, i: int) -> bool:
    """Return whether a verb is understood: Italy sent ten planes and ``Cuba`` 60."""
    if not tokens[i].capital or tokens[i + 2].text not in (".", ",", ";"):
        return False
    first = i
    while tokens[first - 1].capital and first > i - 3:
        first -= 1
    if tokens[first - 1].low not in ("and", ","):
        return False
    noun = first - 2
    count = tokens[noun - 1]
    counted = is_plural(tokens[noun]) and (count.low in CARDINALS or count.kind == "digits")
    return counted and tokens[noun - 2].low in _HAVING and tokens[noun - 3].capital


_HAVING = word_set("has had sent won took gave got lost")


def _bracketed(tokens: Tokens, i: int) -> int:
    """Return the token after a law's number behind its maker, or 0: Regulation (EC) 261/2004."""
    made = tokens[i].low in _LABELS and tokens[i + 1].text == "(" and tokens[i + 3].text == ")"
    at = i + 4 + (tokens[i + 4].low == "no")
    return tokens.tail(at + 1) if made and tokens[at].kind == "digits" else 0


_SPELT_LABELS = word_set(
    "phase stage count counts chapter page tier level grade step category type article section act "
    "scene volume episode zone platform clause dose lap leg round season sector mode"
)


def _is_spelt_label(tokens: Tokens, i: int) -> bool:
    """Return whether a small label has a number word and no noun behind it: ``count two``."""
    next_ = tokens[i + 2]
    ended = next_.kind != "word" or next_.low in _VERBS or next_.low in ("of", "to")
    if tokens.hyphen(i + 2) or tokens[i + 1].low not in CARDINALS:
        return False
    led = _is_led(tokens, i) or _is_pointed_to(tokens, i)
    if tokens[i].low == "size" or (led and not _is_measuring(tokens, i)):
        return True  # size nine boots, off by period five
    kind = tokens[i].low in _ADJECTIVAL and tokens[i - 1].low in DETERMINERS
    ended = ended or (kind and not is_plural(next_))  # a stage two cancer
    return tokens[i].low in _SPELT_LABELS and ended


_AMOUNTS = word_set("% percent per million billion trillion lakh crore pc")


def _is_amount(tokens: Tokens, i: int) -> bool:
    return tokens[i].low in _AMOUNTS and tokens[i + 1].low not in ("cost", "costs")


_POINTING = word_set("this that his her their its my our your each these those")
_LEADING = word_set("in on at from to near for by with of under across around inside into")


def _is_counting(tokens: Tokens, i: int) -> bool:
    """Return whether a number counts what follows: ``On the bus 12 passengers slept``."""
    token, noun = tokens[i], tokens[i + 2]
    if token.low == "series" and tokens.hyphen(i + 2) and tokens.plain(i + 3):
        return True  # won the series 3-1
    if noun.low == "times" or tokens[i - 1].low == "one":
        return True  # has been to court 11 times, at one stage 60 boats
    if token.low == "size" or _is_verb(tokens, i + 2):
        return False  # her size 10 shoes
    if token.low not in _LABELS and _is_measured(noun):
        return True
    if not is_plural(noun):
        return False
    before = tokens[i - 1].low
    if token.low in _VERBAL and before in _BEFORE_VERBS:
        return True
    if token.text.islower() and token.low in _LABELS:
        led = tokens[i - 2].low in _LEADING and before in DETERMINERS
        return before in _POINTING or (led and token.low not in _ADJECTIVAL)
    return token.low in _STATIONS and len(tokens[i + 1].text) > (token.low in ("bbc", "radio"))


_OBJECTS = word_set("the its their his her this that some about more almost nearly up")


def _is_verb(tokens: Tokens, i: int) -> bool:
    """Return whether a word with an s does something: well 12 ``yields`` 90 barrels."""
    token, next_ = tokens[i], tokens[i + 1]
    many = token.low.endswith("s") and is_plural(token)
    counted = next_.kind == "digits" or next_.low in CARDINALS or next_.low in _OBJECTS
    return many and counted and next_.gap == " "


_STATIONS = ("bbc", "radio", "cbs", "nbc", "fox")
_VERBAL = word_set("mark page stage table figure exhibit question block level bill house")
"""Labels that may be verbs."""
_BEFORE_VERBS = word_set("to will would can could must should may might they we you who")


def _is_measured(unit: Token) -> bool:
    """Return whether a number before a word is a length of time or a measure, in no name."""
    if unit.gap != " " or len(unit.text) < 2 or unit.low in _NO_UNITS or unit.text.istitle():
        return False
    return period_word(unit.low) or measure_of(unit.text) != ""


_NO_UNITS = word_set("in at st mb ha bar pm am mm second seconds quarter night day stone")


def _numbered_label(tokens: Tokens, i: int) -> int:
    """Return the token after a label and its number, or the label's own."""
    token, after = tokens[i], tokens[i + 1]
    if last := _coupled(tokens, i) or _listed(tokens, i):
        return last
    if _is_bare_label(tokens, i):
        return _behind_letter(tokens, i + 2)
    if last := _issue(tokens, i) or _scheme(tokens, i):
        return last
    dated = after.kind == "digits" and len(after.text) == 4 and token.low not in _CARRIERS
    dated = dated and after.text[:2] in ("18", "19", "20", "21")
    if _is_dwelling(tokens, i):
        return i + 2
    spelt = token.low in _SPELT_LABELS and after.low in CARDINALS
    if (spelt or token.low in _LABELS or _is_title_label(tokens, i)) and not dated:
        return _enumerated(tokens, _behind_letter(tokens, tokens.tail(i + 2)))
    if token.low == "no":
        office = after.text in ("10", "11") and token.capital
        return i + 2 if office and tokens[i + 2].low not in ("seed", "ranked") else i
    if token.text in ("DC", "NY", "CA", "TX") and len(after.text) == 5:
        return i + 2
    return i + 2 if _is_pointed_to(tokens, i) else _model_name(tokens, i)


def _is_bare_label(tokens: Tokens, i: int) -> bool:
    """Return whether a thing without an article goes by the number behind it: ``coach 5``.

    An isotope and a song may have one: the ``caesium 137``, her ``album 30``. What is counted
    follows a number: in bed 9 nurses. A word that may be a verb has a preposition or a mark before
    it: they plan 12.
    """
    low, before, next_ = tokens[i].low, tokens[i - 1], tokens[i + 2]
    if _is_measuring(tokens, i):
        return False
    if low in ELEMENTS or not tokens[i].text.islower():
        return low in ELEMENTS and tokens.plain(i + 1)
    if tokens[i + 1].text[:2] in ("18", "19", "20") and len(tokens[i + 1].text) == 4:
        return False  # season 1992/93
    if low in _WORKS:
        return tokens.plain(i + 1) and _is_ended(next_)
    if before.low in ("a", "an") and low in _NUMBERED and next_.kind == "word":
        return next_.low not in FUNCTION_WORDS  # a band 2 porter
    if before.low in DETERMINERS | _POINTING | (_BEFORE_VERBS - {"to"}) | _COUNTING_ON:
        return False
    return (low in _NUMBERED and before.low != "to") or _is_led(tokens, i)


def _is_measuring(tokens: Tokens, i: int) -> bool:
    """Return whether the number behind a word counts or measures what follows it: a charge 61p."""
    number, next_ = tokens[i + 1].text, tokens[i + 2]
    tight = next_.kind == "word" and not next_.gap
    tight = tight and not next_.text.isupper() and next_.text not in tuple("abdef")  # band 8a
    if not (number.isdigit() or number in CARDINALS) or tokens.hyphen(i + 2) or tight:
        return True
    graded = tokens[i].low == "band" and len(number) == 1  # band 5 nurses
    return (is_plural(next_) and not graded) or _is_measured(next_) or next_.kind == "digits"


def _is_led(tokens: Tokens, i: int) -> bool:
    """Return whether a small word leads to a thing with a number, and none is counted there."""
    low, before, next_ = tokens[i].low, tokens[i - 1], tokens[i + 2]
    led = before.low in _LEADING_TO or before.text in tuple(";:(—")
    if low in DESIGNATED - _VERBS_TOO:
        led = led or before.low == "to" or before.low.endswith("ed")
        return led and (_is_ended(next_) or next_.low in CARDINALS)
    numbered = tokens.plain(i + 1) or tokens[i + 1].low in CARDINALS
    return low in TITLE_LABELS - _UNNUMBERED and led and _is_ended(next_) and numbered


def _is_ended(next_: Token) -> bool:
    """Return whether nothing is counted before a token: a mark, a verb or a small word."""
    ended = next_.kind in ("mark", "end") and next_.text != "%"
    return ended or next_.low in _VERBS | {"of", "to"} or is_acting(next_)


ELEMENTS = word_set(
    "interleukin carbon uranium plutonium caesium cesium iodine strontium cobalt polonium "
    "americium potassium thorium radium helium iridium krypton xenon technetium nylon neon lead "
    "argon oxygen nitrogen hydrogen iron calcium silicon lithium boron"
)
"""What a number is the kind of: uranium 235, interleukin 6."""
NUCLIDES = ELEMENTS | word_set(
    "beryllium sodium magnesium aluminium aluminum phosphorus sulphur sulfur chlorine titanium "
    "manganese nickel zinc gallium germanium selenium bromine rubidium yttrium zirconium "
    "niobium molybdenum ruthenium palladium cadmium indium antimony tellurium barium cerium "
    "promethium samarium europium lutetium hafnium tungsten rhenium osmium "
    "thallium bismuth astatine radon francium actinium protactinium neptunium curium californium "
    "fluorine"
)
"""What a hyphen and digits make an isotope: beryllium-10."""
_WORKS = word_set("album single novel musical sitcom ep lp")
_NUMBERED = word_set(
    "port band badge ticket inmate prisoner coach carriage bed pump shaft season kilometre "
    "kilometer item recommendation criterion finding para paras verse seat reactor juror platoon "
    "squad locker plot step option scenario code theatre pathway protocol heading error station "
    "request"
)
"""What goes by a number in small letters, too: ``coach 5``, ``badge 5512``."""
_TOWARDS = word_set(
    "from in at of near on opposite behind beside below above inside outside under via through "
    "against by with ,"
)
_LEADING_TO = word_set("and or but after before until since ") | _TOWARDS
_VERBS_TOO = word_set(
    "target sample charge frame coach permit draft stand seat tap plot position signal sentence "
    "race post table window counter panel monitor exercise objective individual week bin"
)
_UNNUMBERED = word_set("day mile week heat big super top sport sports match measure well standard")
_COUNTING_ON = word_set("last past first this next some any every each no for")


def _coupled(tokens: Tokens, i: int) -> int:
    """Return the token after two of what runs by numbers, or 0: ``buses 4 and X21``."""
    two = tokens[i + 2].low in ("and", "or") and tokens[i + 3].kind in ("digits", "name")
    return i + 4 if tokens[i].low in ("buses", "trams", "routes") and two else 0


_NO_THINGS = word_set(
    "average total all fact date most least present late then there home court board foot sea work "
    "age magnitude force some any those these them whom which par odds factor under over around "
    "about almost just only even still another every each up down more less than roughly perhaps "
    "maybe around some plus minus exactly number addition turn short least value speed weight "
    "strength width length height depth temperature probability range general last what aged "
    "hospital prison jail school church custody detention office public private print midnight "
    "noon dawn dusk lunch lunchtime daylight winter spring summer autumn population capacity "
    "attendance turnout circulation membership "
    "also now already currently "
    "she he it they we you hand back time what where when who and or but nor with without for by be"
)


def _is_pointed_to(tokens: Tokens, i: int) -> bool:
    """Return whether a noun without an article goes by the number behind it: ``From bar 24, ``.

    A preposition, or a comma behind a name, leads to it, and nothing is counted after it.
    """
    token, before, next_ = tokens[i], tokens[i - 1], tokens[i + 2]
    numbered = tokens[i - 2].kind == "digits" and tokens[i - 3].kind == "word"  # row 4, seat 2
    led = before.low in _TOWARDS and (before.text != "," or tokens[i - 2].capital or numbered)
    ended = next_.kind == "end" or (next_.kind == "mark" and next_.text in ".,;)”?!'’\"")
    ended = ended or (before.text != "," and _is_behind_one(tokens, i + 2))
    ended = ended or next_.low == "and"
    noun = token.text.islower() and len(token.text) > 2 and token.low not in _NO_THINGS | JOINED
    noun = noun and not token.low.endswith(("ly", "ed", "ing", "s")) and token.low not in CARDINALS
    noun = noun and not period_word(token.low) and not is_acting(token)
    spelt = (next_.kind == "mark" and not next_.gap) or (
        next_.low == "and" and is_acting(tokens[i + 3])
    )
    spelt = spelt and tokens[i + 1].low in CARDINALS  # in lane two and led
    return led and ended and noun and ((tokens.plain(i + 1) and next_.low != "and") or spelt)


_ABOUT = word_set("in at on by for with that which who when after before and is was has")


def _is_behind_one(tokens: Tokens, i: int) -> bool:
    """Return whether a word speaks of one thing, or leads on: in ``heading 12 of`` the mine."""
    many = tokens[i].low in ("were", "are", "have", "had")
    part = tokens[i].low == "of" and tokens[i + 1].low not in ("them", "us", "whom", "the", "those")
    acting = is_acting(tokens[i]) and not many
    return part or acting or (tokens[i].low in _ABOUT and tokens[i + 1].kind != "digits")


_INSIDE = word_set("in at of from outside near behind to")


def _is_dwelling(tokens: Tokens, i: int) -> bool:
    """Return whether a small word is a house by its number: ``born in house 19``, no verb."""
    next_ = tokens[i + 2]
    housed = tokens[i].text in ("house", "hut", "cabin", "cottage", "dacha", "plot")
    ended = next_.kind != "word" or next_.low in _VERBS
    plain = tokens.plain(i + 1) and not tokens.hyphen(i + 2)
    return housed and plain and ended and tokens[i - 1].low in _INSIDE


def _model_name(tokens: Tokens, i: int) -> int:
    """Return the token after a club, a code, a model, or several of them, or the word itself."""
    token, after = tokens[i], tokens[i + 1]
    if last := _chained(tokens, i):
        return last
    if _is_club(tokens, i) or _is_code(tokens, i) or _is_model(tokens, i):
        return tokens.tail(i + 2) if tokens[i + 2].text == "/" or _is_camel(token.text) else i + 2
    long = len(after.text) == 1 and tokens.hyphen(i + 2) and len(tokens[i + 3].text) == 3
    if _is_christened(tokens, i) or (token.capital and long and not tokens.begins(i)):
        return tokens.tail(i + 2)  # the Dash 8-400
    placed = _is_place(tokens, i)
    owned = _after_article(tokens, i) or _is_compounded(tokens, i)
    if token.capital and not placed and not tokens.begins(i) and owned:
        scored = tokens.hyphen(i + 2) or tokens[i + 2].text in ("%", "million", "billion")
        plain = after.text.isdigit() and len(after.text) < 4 and not scored
        several = token.low.endswith("s") and tokens[i + 2].kind != "word"
        several = several or _is_tallied(tokens, i)  # the Conservatives 121
        return i + 2 if plain and not several and token.low not in JOINED else i
    return i


_CHRISTENED = word_set("called named dubbed nicknamed christened codenamed the a an its")


def _is_christened(tokens: Tokens, i: int) -> bool:
    """Return whether a name and digits are said to be one: ``a robot called Scout 6000``.

    Four digits without a comma are no year there.
    """
    text = tokens[i + 1].text
    year = len(text) == 4 and text[:2] in ("18", "19", "20", "21")
    named = tokens[i].capital and tokens[i - 1].low in _CHRISTENED and not tokens.begins(i - 1)
    counted = is_plural(tokens[i + 2]) or _is_amount(tokens, i + 2) or tokens.hyphen(i + 2)
    long = len(text) == 4 or tokens[i - 1].low.endswith("ed")
    return named and text.isdigit() and len(text) < 5 and long and not (year or counted)


_FORMS = word_set("form forms tender case docket invoice permit licence license file bid contract")
_NO_CODES = word_set(
    "us uk eu un uae usa nhs gmt bst cet est pst am pm fm mps mp ceo ad bc bce ce gdp tv it "
    "usd eur gbp inr jpy cny aud cad chf nzd sek nok dkk pln rub zar brl mxn hkd sgd i ii iii"
)


def _is_code(tokens: Tokens, i: int) -> bool:
    """Return whether capitals and digits are a code: ``ISO 9001``, ``NGC 1300``, ``BA 286``."""
    token, after = tokens[i], tokens[i + 1]
    coded = token.text.isupper() and 1 < len(token.text) < 5 and token.low not in _NO_CODES
    if _is_camel(token.text) and tokens.hyphen(i + 2) and tokens[i + 3].kind == "digits":
        return True  # EudraCT 2019-001234-56
    if (
        token.text in ("US", "U.S.")
        and tokens.plain(i + 1)
        and tokens[i - 1].low not in ("the", ",")
    ):
        by_road = tokens[i - 1].low in ("on", "near", "off", "along") and tokens[i + 2].low == "and"
        return by_road or (_is_ended(tokens[i + 2]) and not _is_again(tokens, i))  # on US 101
    if token.text in ("s", "ss") and token.gap == " " and tokens[i + 2].low in ("of", "("):
        return tokens.plain(i + 1) and tokens[i - 1].kind == "word"  # s 47 of the Act
    if not coded or not after.text.isdigit() or len(after.text) > 7:
        return False
    if tokens[i - 1].low in _FORMS or token.low in _STANDARDS:
        return not _is_measured(tokens[i + 2])  # form MBD 4, IFRS 9
    if len(after.text) < 3:
        return False
    if (
        is_plural(tokens[i + 2])
        or _is_place(tokens, i)
        or tokens.headline(i)
        or _is_tallied(tokens, i)
    ):
        return False
    return len(after.text) > 3 or token.low not in ("spd", "cdu", "csu", "fdp", "afd", "snp", "gop")


_STANDARDS = word_set("http iso ifrs ias asc astm en din ansi fips iec rfc gri sas ssae")


def _is_camel(text: str) -> bool:
    """Return whether a word has a capital inside, and is no family's name: EudraCT, OpenSSL."""
    inner = any(letter.isupper() for letter in text[2:]) and not text.isupper()
    return inner and not text.startswith(("Mc", "Mac", "De", "La", "Le", "Van", "O'"))


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
    if not token.capital or not after.text.isdigit() or token.low in JOINED:
        return False
    timed = tokens[i + 2].text in (":", ".") and tokens[i + 3].kind == "digits"
    if len(after.text) == 2 and after.text[0] == "0" and not timed:
        return True
    scored = tokens[i + 2].kind == "digits" and tokens.hyphen(i + 3)
    return scored and tokens[i + 2].gap == " " and len(after.text) == 2


def _is_title_label(tokens: Tokens, i: int) -> bool:
    """Return whether a word labels the number after it by its capital."""
    token = tokens[i]
    if token.text in ("Euro", "Year", "Years", "Local") or _is_road(tokens, i):
        return True
    if token.capital and token.low in _SOFTWARE and "." in tokens[i + 1].text:
        return True  # Python 3.12
    if not token.capital or token.low not in TITLE_LABELS | {"league"}:
        return False
    if not tokens[i + 1].text.isdigit():
        alone = tokens[i + 1].capital or (tokens.begins(i) and is_acting(tokens[i + 2]))
        return alone and not tokens.headline(i)  # Turbine four stopped
    if token.low in DESIGNATED and tokens.hyphen(i + 2):
        return False  # at Ayr Station 3-1
    several = len(tokens[i + 1].text) > 1 and (tokens.begins(i) or token.low in DESIGNATED)
    return not (is_plural(tokens[i + 2]) and several)  # Test 12 patients


_SOFTWARE = word_set(
    "python java php ruby node perl go swift kotlin rust django rails react angular kubernetes "
    "docker postgres postgresql mysql linux ubuntu debian fedora mac chrome firefox safari"
)
"""What is told by its version."""
_ROADS = word_set("county state forest township provincial rural farm-to-market")


def _is_road(tokens: Tokens, i: int) -> bool:
    """Return whether a road goes by its number: ``State Road 60``."""
    return tokens[i].text == "Road" and tokens[i - 1].capital and tokens[i - 1].low in _ROADS


def _issue(tokens: Tokens, i: int) -> int:
    """Return the token after a version's number, or a force of wind, or 0: ``Northvolt 2.0``."""
    token, after = tokens[i], tokens[i + 1]
    taken = tokens.hyphen(i + 2) or tokens[i + 2].text == ":"
    if token.text in _TAKES and tokens.begins(i) and taken:
        return i + 2
    named = token.capital or _is_camel(token.text)
    version = named and len(after.text) == 3 and after.text.endswith(".0")
    after_it = tokens[i + 2]
    measured = measure_of(after_it.low) or is_plural(after_it) or period_word(after_it.low)
    version = version and not measured and not _is_amount(tokens, i + 2)
    version = version and not tokens.hyphen(i + 2) and token.low not in JOINED | PLAIN
    windy = token.low == "force" and tokens[i - 1].low in (
        "was",
        "of",
        "wind",
        "winds",
        "a",
        "gale",
        "is",
        "are",
    )
    return tokens.tail(i + 2) if version or (windy and tokens.plain(i + 1)) else 0


_TAKES = ("UPDATE", "WRAPUP", "CORRECTED", "REFILE", "PREVIEW")
"""What a wire numbers its takes of one story with: UPDATE 2-Regulator fines firm."""


def _scheme(tokens: Tokens, i: int) -> int:
    """Return the token after a name and its year, or 0: ``Horizon 2030``, ``Expo 2025``."""
    token, after = tokens[i], tokens[i + 1]
    year = after.text.isdigit() and len(after.text) == 4 and after.text[:2] in _CENTURIES
    named = token.capital and not tokens.begins(i) and len(token.text) > 2
    plain = token.low in JOINED | PLAIN | _SEASONS or token.low in _LABELS
    told = tokens[i + 2].low in _MODAL | {"saw", "were", "brought"}  # in Berlin 2023 was hot
    joined = tokens.hyphen(i + 2) or tokens.hyphen(i - 1) or told
    event = token.low in _EVENT_NAMES and tokens[i - 1].capital and year
    host = event or ((token.low, after.text) in _GAMES and tokens[i - 1].low != "in")
    host = host and not tokens.hyphen(i + 2)
    if host or (token.capital and token.low in _PROGRAMMES and year):
        return i + 2
    return i + 2 if year and named and not plain and not joined else 0


_CENTURIES = ("17", "18", "19", "20")


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
    taught = tokens[i].text == "Years" and tokens[i + 1].text in _SCHOOL_YEARS
    if not low.endswith("s") or low[:-1] not in _LABELS | TITLE_LABELS | {"year"}:
        return 0
    if (period_word(low) and not taught) or low in THIRD_PERSON:
        return 0  # it does 0 to 60mph
    last = _behind_letter(tokens, i + 2)
    while tokens[last].low in ("and", "to", "through", ",", "or", "-", "–") and (
        tokens.plain(last + 1)
        or (tokens[last + 1].low in CARDINALS and not period_word(tokens[last + 2].low))
    ):
        last = _behind_letter(tokens, last + 2)
    return last if last > i + 2 and tokens[last].text != "%" else 0


_SCHOOL_YEARS = tuple(map(str, range(1, 14)))


def _behind_letter(tokens: Tokens, last: int) -> int:
    """Return the token after a capital that belongs to a label's number: areas ``3K`` and 3L."""
    letter = tokens[last].text
    filed = letter in tuple("abcdef") and (tokens[last + 1].gap or tokens[last + 1].kind == "mark")
    lettered = len(letter) == 1 and (letter.isupper() or filed) and not tokens[last].gap
    return tokens.tail(last + 1) if lettered else last


def named_pairs(tokens: Tokens) -> frozenset[tuple[str, str]]:
    """Return the words with a capital and the numbers that are a name somewhere in a text."""
    return frozenset(
        (tokens[i].text, tokens[i + 1].text)
        for i in range(len(tokens))
        if tokens[i].capital and tokens.plain(i + 1) and labelled(tokens, i) == i + 2
    )


def _is_model(tokens: Tokens, i: int) -> bool:
    """Return whether a capitalised word and a small number are a model or a band: Maroon 5."""
    token, after, next_ = tokens[i], tokens[i + 1], tokens[i + 2]
    if not token.capital or token.low in JOINED or not _is_version(tokens, i):
        return False
    if (token.text, after.text) in tokens.named or after.text == "101":
        return True  # History 101
    if next_.capital and next_.gap == " " and (next_.low in _VARIANTS or _is_firm(tokens, i)):
        return True
    if tokens.begins(i) and (token.low in OPENING or token.low.endswith(("ly", "ed", "ing"))):
        return False
    if _is_counted_model(tokens, i):
        return True
    if token.low in PLAIN or _is_place(tokens, i) or _is_tallied(tokens, i):
        return False
    acting = is_acting(next_) and next_.low not in ("were", "are", "have")
    acting = acting or _is_verb(tokens, i + 2) or _is_first_of_two(tokens, i)
    if acting or _is_again(tokens, i):
        return acting
    ended = (next_.kind == "mark" and next_.text in ".,;)(”’'\":") or next_.low in _VERBS
    ended = ended or tokens.lows(i + 2, 2) in (("of", "a"), ("of", "an"))  # Paper 2 of an exam
    ended = (ended or _is_modifying(tokens, i)) and (not tokens.begins(i) or next_.text == ",")
    return ended or _is_single(tokens, i)


def _is_firm(tokens: Tokens, i: int) -> bool:
    """Return whether a number stands within a name that does something: Ondas 3 Chips sank."""
    dated = tokens[i + 2].text in MONTHS or tokens[i + 2].text in SHORT_MONTHS
    dated = dated or tokens[i + 2].text.endswith("day")
    led = tokens[i - 1].low in _PLACING | _SAYING or tokens.headline(i)
    return is_acting(tokens[i + 3]) and not (dated or led or _is_again(tokens, i))


def _is_again(tokens: Tokens, i: int) -> bool:
    """Return whether another name has a number in the sentence: ``(Mafi 2, Rees, Fynn 3 cons)``."""
    if _is_coupled_model(tokens, i):
        return False
    last = next((n for n in range(i - 1, i - 5, -1) if tokens[n].text in (".", "!", "?")), i - 5)
    return any(
        tokens[n].kind == "digits"
        and tokens[n - 1].capital
        and tokens[n - 1].text != tokens[i].text
        and tokens[n - 1].low not in _LABELS | TITLE_LABELS
        for n in (*range(last + 1, i), *range(i + 2, i + 6))
    )


_TALLIED = word_set(
    "seats votes points members goals medals percent % per wins poll polls score scores beat tries "
    "runs lead leads scored won lost elected seat"
)


def _is_coupled_model(tokens: Tokens, i: int) -> bool:
    """Return whether two names with numbers are no tally: it uses ``Llama 3 and Gemma 2``."""
    first = i - 3 if tokens[i - 1].low == "and" and tokens[i - 2].kind == "digits" else i
    two = tokens[first + 2].low == "and" and tokens[first + 4].kind == "digits"
    led = tokens[first - 1].text.islower() and tokens[first - 1].low not in DETERMINERS
    near = {*tokens.lows(max(first - 30, 0), min(first, 30)), *tokens.lows(first, 30)}
    return two and led and tokens[first - 1].low not in ("and", "but") and not near & _TALLIED


def _is_first_of_two(tokens: Tokens, i: int) -> bool:
    """Return whether a sentence begins with two names: ``Phillips 66 and 3M fell``."""
    other = tokens[i + 3].kind == "name" or tokens[i + 3].capital
    two = tokens[i + 2].low == "and" and other and tokens[i + 4].kind != "digits"
    return two and tokens.begins(i)


def _is_single(tokens: Tokens, i: int) -> bool:
    """Return whether a digit is a model's before those who have it: ``Switch 2 buyers``.

    Fewer than ten are counted in letters.
    """
    token, next_ = tokens[i], tokens[i + 2]
    told = token.low.endswith(("s", "ed", "ly")) and not token.low.endswith("ss")
    told = told or tokens[i - 1].low in _PLACING | _SAYING
    alone = tokens[i + 3].kind == "word"  # Fynn 3 cons, pen
    return len(tokens[i + 1].text) == 1 and is_plural(next_) and alone and not told


_SAYING = word_set("told said says tells and")


def _is_modifying(tokens: Tokens, i: int) -> bool:
    """Return whether a name and its number stand before one thing: the MagSafe 2 ``connector``.

    What is counted is many, whatever adjectives stand between.
    """
    for n in range(i + 2, i + 6):
        token = tokens[n]
        if token.kind != "word" or token.low in FUNCTION_WORDS:
            return n > i + 2
        counting = is_plural(token) or token.low.endswith("men") or token.low in _COUNTED
        if counting or token.capital or token.low in CARDINALS or _is_measured(token):
            return False
        if n == i + 2 and token.low.endswith(("ly", "er", "est", "ed", "ing")):
            return False
    return True


_COUNTED = word_set(
    "cattle sheep fish deer aircraft personnel crew troops feet teeth mice yuan yen rand baht won "
    "percent per cent nil apiece each ahead behind clear adrift down up off more other others away "
    "all home times together in out on to a an million billion trillion hundred thousand half "
    "people cents pence euro"
)


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
        first = step
        while tokens[step].capital and step < first + 4:
            joint = 1 + tokens.hyphen(step + 1)  # Half-Life 2
            if not tokens[step + joint].capital:
                break
            step += joint
        if not tokens[step].capital or not tokens.plain(step + 1):
            break
        last, count = step + 2, count + 1
    opening = tokens[i].low in OPENING | PLAIN | JOINED
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
        and tokens.plain(n + 1)
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
        begun = tokens.begins(i) and not is_acting(tokens[i + 2])
        return plain and not tokens[i].text.isupper() and not begun
    years = ("17", "18", "19", "20", "21")
    return text.isdigit() and (len(text) < 4 or (len(text) == 4 and text[:2] not in years))


_VERBS = word_set(
    "is was has had and or in on at by for with that which who when said would will could can may "
    "might should must opened closed we they he she it i through after before into because while "
    "where during behind beside"
)
_MODAL = word_set("would will could can may might should must is was has had opened closed")
OPENING = word_set(
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
PLAIN = word_set(
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
