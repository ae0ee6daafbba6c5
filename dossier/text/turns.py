"""Turns of phrase that hold number words and count nothing: ``at first``, ``zero-sum``, ``no one``.

"One" is a pronoun where its neighbours say so: ``one of them``, ``a new one last year``.
"""

from dossier.text.lexer import Token, Tokens
from dossier.text.words import CARDINALS, LARGE, PERIODS, WEEKDAYS, word_set

DETERMINERS = word_set("the a an its his her their new s")

_PHRASES = """
at first; first of all ,; first and foremost; first things first; first - past - the - post
in the first place; in the second place; first - come; first come; first thing in; first thing on
first - world; first - rate; second - rate; first - person; in the first person; first base
first - born; first lady; first ladies; first minister; first language; second fiddle; second sight
second language; second string; second in command; second skin; second coming; second childhood
split second; on second thought; every second counts; third - world; third world countries
third rail; third wheel; third sector; third umpire; third eye; third - rate; third time lucky
him the third degree; it the third degree; her the third degree; them the third degree
third - person; first - degree; second - degree; third - degree; third estate; fourth estate
fourth wall; fourth official; fifth column; fifth columnist; fifth wheel; sixth sense
seventh heaven; at the eleventh hour; eleventh - hour; eleven - plus; sixth - form
seventh - day; nine - pin; ten - pin; one another; one by one; one and the same; one and only
one and all; one and done; one up on; one fell swoop; one way or another; one way or the other
one or other; one - on - one; one - to - one; one night stand; one - night stand; one trick pony
one - trick; one - track; one - click; one - touch; one - man; one - woman; one - two; one - party
one - armed; one - eyed; one thing led; one for the road; one in the eye; one step ahead
one foot in the grave; one size fits; hole in one; for one thing; at one with; square one; day one
at one time; at one point; at one stage; one thing after another; one look; zero to hero
double dutch; all in one; rolled into one; public enemy number one; two - faced
two - up; two - timing; two - timer; two - bit; my two cents; his two cents; her two cents
your two cents
two wrongs; in two minds; two - way; two - tone; two and two together; two peas in a pod
two left feet; two - step; two - stroke; two birds with one stone; two to tango; two - fingered
two - horse; two sides of the same coin; a thing or two; a trick or two; three rs; three - ring
three cheers; three - legged; three - point turn; three - line whip; three - pointer
three - point line; three sheets to the wind; three wise men; three musketeers; all fours
four - letter; four - poster; four corners of; four - leaf; four - wheel; four - by - four
four - square; four winds; four walls; high five; five - a - side; five - and - dime; five - spice
six - pack; sixes and sevens; six of one and half a dozen of; six of one and
deep - six; six - shooter; knocked for six
six - a - side; seven - a - side; seven seas; seven deadly sins; seven - year itch; rugby sevens
eight - ball; pieces of eight; behind the eight; figure eight; figure - of - eight
eight - a - side; cloud nine; the nines; nine to five; nine - to - five; second to none
one in , one out
whole nine yards; full nine yards; saves nine; has nine lives; its nine lives; ten a penny
no - one; ten commandments; perfect ten; perfect 10
eleven - a - side; starting eleven; twelve - step; 20 / 20 vision; 20 - 20 vision
20 / 20 hindsight; hindsight is 20 / 20
forty winks; roaring forties; twenty questions; million miles away; thanks a million
million - dollar question; six of the best; a thousand - yard; by a thousand cuts; baker's dozen
dime a dozen; dirty dozen; catch twenty - two; zero - sum; zero tolerance; zero hour; zero - hours
zero - day; ground zero; net zero; absolute zero; zero in on; zero - carbon; zero - emission
zero - rated; zero - waste; zero - based; zero gravity; zero - click; zero - covid; year zero
patient zero; sub - zero; size zero; zero - rate; zero - coupon; zero - trust; zero - interest
zero - calorie; zero - alcohol; zero - sugar; think twice; thought twice; thinking twice
once bitten; twice shy; half the battle; half expected; half - expected; better half; half a chance
half the story; half a mind; half an eye; half asleep; half joking; half jokingly; half a loaf
quarter - pounder; second the motion; single - handed; double life; double act; double agent
double bed; double bill; double whammy; double vision; double figures; single figures
double digits; single digits; double - digit; double entendre; double bind; double yellow
double chin; double cream; double bluff; double booking; double play; double helix; double room
double down; doubled down; doubling down; doubles down; doubled back; doubling up; double back
on the double; double duty; double espresso; double negative; triple - double; triple crown
triple threat; triple lock; triple bypass; triple - a; triple axel; triple play; triple alliance
triple whammy; four - quadrant; at third man; to third man; through third man; past third man
first up; one such; double or quits; double or nothing; five - o'clock shadow
second best .; second best ,; second - class; third - class; fourth - rate; fifth - rate
two of a kind; three of a kind; two ' s company; two thumbs up; two - by - four; two - on - one
two - on - two; three - on - one; three - on - two; three - on - three; two - in - one
three - in - one; four - in - one; five - in - one; quarter horse; one - pot; two and two make five
two and two make four; two plus two; second - row; second - rower; one - club; two - factor
sunday best; sunday school; sunday roast; sunday league; sunday lunch; mail on sunday
first gentleman; first off ,; one after another; one after the other; one too many
look after number one; number one priority; forty - niner; two - edged; ten - gallon hat
first - mover; false nine; six - pointer; first among equals
three - strikes; too clever by half; not half bad; nineteen to the dozen
first port of call; safety first; first in line; first blood; first dibs; first among
first mate; first mates; first past the post; first come , first served
to one side; on one side of his mouth; one better; one thing is certain; one thing is clear
one thing is sure; one thing is for sure; one thing ' s for sure; one thing ' s certain
one at a time; one and one make two; one too few; one hit wonder; one - hit wonders
one jump ahead; one over the eight; one of those days; one and a two; in one go; in one piece
one big happy; in one ear; out the other; of one mind; with one voice; as one man; at one and
two by two; two and two made; two and two makes; two and two is; two and two are; no two
in twos; twos and threes; cut in two; split in two; broke in two; broken in two; torn in two
snapped in two; sliced in two; break in two; tear in two; two a penny; two for joy
two bites of the cherry; two bites at the cherry; two ends of; two ships that pass
gimme five; six feet under; six degrees of separation
hit for six; nine days ' wonder; nine - day wonder; up to eleven; plead the fifth
pleaded the fifth; pleading the fifth; took the fifth; take the fifth; taking the fifth
body double; stunt double; mixed doubles
men ' s doubles; women ' s doubles; doubled over in; twelve - bar; twelve - inch single
twelve - inch mix; twelve - inch remix; public enemy no . one; six - gun; six - string
four figures; five figures; six figures; seven figures; eight figures
third culture; third base; third man in; second base; second helping; second helpings
second in line to; four hundred pound gorilla; hundred pound gorilla; hundred per cent sure
forty - five rpm; sixty - four thousand dollar; sixty - four - million - dollar question
two can play; single - figure; four - figure; five - figure; six - figure; seven - figure
eight - figure; nine - figure; ten - figure; second opinion; second opinions; folded in two
fold in two; half blind; half dead; half aloud; half alive
"""
"""Phrases; a hyphen may stand between any two words, and must where one is written here.

A number before such a hyphen may be in digits: ``5-a-side``.
"""
_SPELT = {str(number): word for word, number in CARDINALS.items() if number <= 12}


def _turns() -> dict[str, list[tuple[str, ...]]]:
    turns: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _PHRASES.strip().replace("\n", ";").split(";"):
        words = tuple(phrase.replace("'", " ' ").split())
        turns.setdefault(words[0], []).append(words)
        if words[0] in CARDINALS and words[1] == "-" and words[2] not in CARDINALS:
            turns.setdefault(str(CARDINALS[words[0]]), []).append(words)
    return turns


_TURNS = _turns()


def turn_at(tokens: Tokens, i: int) -> int:
    """Return the token after the turn of phrase that begins at a token, or the token itself."""
    for phrase in _TURNS.get(tokens[i].low, ()):
        if last := _said(tokens, i + 1, phrase[1:]):
            return last
    return i + 1 if _is_compounded(tokens, i) or _is_double_duty(tokens, i) else _event(tokens, i)


def _is_compounded(tokens: Tokens, i: int) -> bool:
    """Return whether a hyphen and the word before it leave no number: ``fly-half``, ``app-first``.

    Of a ``first-half goal`` the ordinal remains.
    """
    before = _BEFORE_HYPHEN.get(tokens[i].low)
    return before is not None and tokens.hyphen(i - 1) and tokens[i - 2].low in before


_BEFORE_HYPHEN = {
    "half": word_set("fly scrum centre center wing first second better other"),
    "first": word_set(
        "mobile digital cloud online video print audio web app application storage data privacy "
        "safety security customer user people patient child children family health america head "
        "feet face patients consumer women"
    ),
}


def _is_double_duty(tokens: Tokens, i: int) -> bool:
    """Return whether what doubles is something else, too: ``it doubled as a bar``."""
    doubling = tokens[i].low.startswith("doubl") and tokens[i + 1].low == "as"
    return doubling and tokens[i + 2].low in DETERMINERS | {"both"}


def _said(tokens: Tokens, i: int, words: tuple[str, ...]) -> int:
    """Return the token after words said from a token on, the last in its plural too, or 0."""
    joined = False
    for n, word in enumerate(words, start=1):
        if word == "-":
            joined = True
            continue
        hyphened = tokens.hyphen(i)
        if joined and not hyphened:
            return 0
        i, joined = i + hyphened, False
        low = tokens[i].low.replace("’", "'")
        low = low if low == word else _SPELT.get(low, low)
        if low != word and not (n == len(words) and low == f"{word}s"):
            return 0
        i += 1
    return i


_ONE_AFTER = word_set(
    "of who whom whose that which should would can could might must may 's is has was were "
    "doesn didn isn wasn hasn hadn couldn wouldn shouldn "
    "will does did had when where if with for to about from as but so ; : ? ! by in at on or "
    "time"
)
_PERSONS = word_set("they he she we i you")
_ONE_BEFORE = word_set("no not any every some this that which each either the an little loved")
_SECOND = word_set(
    "guess guessed guessing guesses hand nature wind thoughts thought lieutenant cousin cousins"
)
_DOUBLE = word_set(
    "fault faulted faults decker check checked edged glazing glazed bass agent cross crossed "
    "standard bogey bogeys header jeopardy act breasted click blind take dip"
)
_FIRST = word_set(
    "aid aider aiders hand class light officer lady instance responder responders name names "
    "cousin cousins principles refusal"
)
_THIRD = word_set("party parties")
_SIXTH = word_set("form former formers forms")
_CARDINAL = word_set(
    "wheeler wheelers wheel some something somethings seater piece iron irons wood woods "
    "hander handers handed footed fisted eyed darter darters"
)
_HALF = word_set(
    "time back backs brother sister hearted baked century centuries mast term volley "
    "marathon board truths truth"
)


_COMPOUNDS: dict[str, frozenset[str]] = {
    "second": _SECOND | word_set("mate mates home homes homeowner homeowners"),
    "double": _DOUBLE,
    "first": _FIRST,
    "half": _HALF,
    "third": _THIRD | word_set("way"),
    "sixth": _SIXTH,
    "triple": word_set("jump jumps glazing glazed"),
}


_ORDERED = word_set(
    "farm farms turbine turbines reserve reserves park grenade rail aircraft plane convoy convoys "
    "truck trucks shipment shipments delivery deliveries package packages flight flights ship run "
    "runs win wins game games goal defeat loss match matches action"
)
"""Nouns that a turn of phrase is part of: the second wind farm, the first aid convoy."""
_MULTIPLIED = word_set("of the as in to its his her their from every")


_FIRST_HYPHENED = ("time", "team", "choice")


def _event(tokens: Tokens, i: int) -> int:
    """Read words that only look like numbers: ``second-guess``, ``double-faulted``."""
    token = tokens[i]
    if tokens[i].low == "first" and tokens.hyphen(i + 1) and tokens[i + 2].low == "in":
        return i + 5
    others = _COMPOUNDS.get(token.low) or (_CARDINAL if token.low in CARDINALS else None)
    step = i + 2 if tokens.hyphen(i + 1) else i + 1
    if token.kind == "digits":
        small = step == i + 2 and len(token.text) < 3
        others = _CARDINAL if small else None  # an 8-iron, no 60,000-seater
    hyphened = token.low == "first" and step == i + 2 and tokens[step].low in _FIRST_HYPHENED
    counted = tokens[step + 1].low in _ORDERED
    counted = counted or (tokens[step].low == "way" and tokens[step + 1].low == "to")
    counted = counted or (tokens[step].low == "century" and is_half_century(tokens, i))
    named = others and (tokens[step].low in others or _is_compound_many(tokens, i, step))
    if hyphened or (named and not counted):
        return step + 1
    if token.low == "double" and tokens.hyphen(i + 1):
        return i + 3
    if token.low in ("doubles", "scores") and tokens[i + 1].low not in _MULTIPLIED:
        return i + 1
    if token.low == "quarter" and tokens[step].low in ("final", "finals", "back", "finalist"):
        return step + 1
    return i


def is_half_century(tokens: Tokens, i: int) -> bool:
    """Return whether 50 years are meant, and no batter's runs: ``a half-century ago``."""
    return not _BATTED & {*tokens.lows(max(i - 8, 0), min(i, 8)), *tokens.lows(i + 2, 8)}


_BATTED = word_set(
    "scored hit made struck smashed compiled reached brought balls ball innings wicket wickets "
    "batting batted maiden unbeaten opener batter batsman"
)


def _is_compound_many(tokens: Tokens, i: int, step: int) -> bool:
    """Return whether a compound has its plural: ``double standards``; of ``six wheels`` are six."""
    low = tokens[step].low
    return low.removesuffix("s") in _COMPOUNDS.get(tokens[i].low, ()) and low.endswith("s")


def one_at(tokens: Tokens, i: int) -> int:
    """Read ``one`` where it is a pronoun; ``one in five`` and ``one-third`` are not."""
    if tokens[i].low != "one":
        return i
    before, after = tokens[i - 1].low, tokens[i + 1]
    of = tokens[i + 2 + (tokens[i + 2].low == "every")]  # one in every home is none
    if after.low in ("or", "to", "in") and _is_count(of):
        dated = len(of.text) == 4 and _is_described(tokens, i)  # a new one in 1988
        return i + dated
    if tokens.hyphen(i + 1):
        ranged = tokens[i + 2].low == "to" and _is_count(tokens[i + 4])  # one-to-seven days
        return i + 3 if tokens[i + 2].low in _ONE_COMPOUNDS and not ranged else i
    turned = after.low in ("minute", "moment") and tokens[i + 2].low in _PERSONS  # one minute I'm
    if after.low in ("time", "hand") or turned or _is_indefinite(tokens, i):
        return i + 2
    last = before == "but" and {"last", "next"} & set(tokens.lows(max(i - 4, 0), min(i, 3)))
    if _is_pointed_out(tokens, i) or last:  # the last but one
        return i + 1
    if before in ("each", "every") and tokens[i - 2].low == "for":
        near = (*range(max(i - 6, 0), i), *range(i + 1, i + 9))
        return i if any(_is_many(tokens[n]) for n in near) else i + 1  # four for each one of oil
    if _stands_for_another(tokens, i):
        return i + 1
    counted = before == "number" or _is_left_out(tokens, i)
    counted = counted or _is_beside_a_count(tokens, i) or _is_picked(tokens, i)
    counted = counted or _is_told_as_others(tokens, i)
    return i if counted else _one_pronoun(tokens, i)


def _stands_for_another(tokens: Tokens, i: int) -> bool:
    """Return whether what is beside one makes it a pronoun: ``the only one``, ``said one``."""
    before, after = tokens[i - 1].low, tokens[i + 1]
    alone = before in _ONE_ALWAYS or after.kind != "word"
    named = before == "said" and after.kind == "mark"
    offered = before.endswith("ed") and after.low == "since"
    only = tokens.lows(i - 2, 2) == ("the", "only")
    return (before in _ONE_BEFORE and alone) or named or offered or only


def _is_left_out(tokens: Tokens, i: int) -> bool:
    """Return whether one is less than all, a loss or compared: ``all bar one``, ``up from one``."""
    before, near = tokens[i - 1].low, tokens.lows(max(i - 8, 0), min(i, 8))
    ended = tokens.is_mark(i + 1, ".,;")
    margin = before == "by" and ended and bool(_OUTDONE & set(near))
    compared = near[-2:] in _COMPARED_WITH or before in ("against", "versus")
    margin = margin or (compared and tokens[i + 1].low not in ("of", "who"))
    return margin or (before in _LESS and bool(_ALL & set(near)))


_COMPARED_WITH = (("compared", "with"), ("compared", "to"), ("up", "from"), ("down", "from"))
_LESS = word_set("but bar except save barring")
_ALL = word_set("all every everyone everybody everything each any none both")
_OUTDONE = word_set("lost lose loses won win wins beat beaten led leads trail trailed ahead behind")


def _is_told_as_others(tokens: Tokens, i: int) -> bool:
    """Return whether one is counted as others just were, or once more.

    ``A has three. B has one``, four boats of Ann and ``one of`` Bo, one slice. ``One.``
    """
    before, after = tokens[i - 1].low, tokens[i + 1]
    near = range(max(i - 9, 0), i - 1)
    if before == "and" and is_acting(after) and any(_is_one_of_a_kind(tokens, n) for n in near):
        return True  # one seaman was killed and one is missing
    many = [n for n in near if CARDINALS.get(tokens[n].low, 0) > 1]
    if tokens.begins(i) and after.text == "." and tokens[i].gap == " ":
        return "one" in tokens.lows(max(i - 6, 0), min(i, 6))
    if after.kind == "mark":
        alike = any(tokens[n - 1].low == before for n in many)
        return alike or before in _HARMED or _is_first_of_bare(tokens, i)
    begun = [n for n in many if tokens.begins(n) and tokens[n + 1].text.islower()]
    if before == "," and after.low in _BESIDE and any(is_acting(tokens[n + 1]) for n in begun):
        return True  # Two gave evidence, one by video
    if before == ";" and is_acting(after):
        return any(not is_plural(tokens[n + 1]) for n in begun)
    counted = (n for n in many if is_plural(tokens[n + 1]))
    return before == "and" and after.low == "of" and any(tokens[n + 2].low == "of" for n in counted)


def _is_one_of_a_kind(tokens: Tokens, n: int) -> bool:
    """Return whether one thing begins a sentence that tells what became of it."""
    begun = tokens[n].low == "one" and tokens.begins(n)
    return begun and (is_acting(tokens[n + 1]) or is_acting(tokens[n + 2]))


_HARMED = word_set("killed wounded injured arrested hurt kills")


def _is_first_of_bare(tokens: Tokens, i: int) -> bool:
    """Return whether what one counts is counted on without a noun: he ``won one``, drew two."""
    for n in range(i + 2, i + 6):
        bare = tokens[n + 1].kind == "mark" or tokens[n + 1].low == "and"
        if tokens[i + 1].text == "," and _is_many(tokens[n]) and bare:
            return is_acting(tokens[n - 1])
        if tokens.is_mark(n, ".!?"):
            break
    return False


def _is_many(token: Token) -> bool:
    """Return whether a token is a number of more than one."""
    return CARDINALS.get(token.low, 0) > 1 or (token.text.isdigit() and token.text != "1")


def _is_beside_a_count(tokens: Tokens, i: int) -> bool:
    """Return whether others are counted beside one alike: ``One died and four were hurt``."""
    after = tokens[i + 1]
    for n in (*range(i - 2, i - 8, -1), *range(i + 2, i + 9)):
        if tokens[n].kind == "end" or tokens.is_mark(n, ".!?"):
            if n > i:
                return False
            continue
        other = tokens[n + 1]
        many = _is_many(tokens[n])
        alike = other.low == after.low and after.low in _BESIDE
        if many and (alike or (is_acting(after) and is_acting(other))):
            return True
    return False


_PLACES = word_set("in on at from under behind above below inside outside near")
_BESIDE = _PLACES | {"for", "by", "with", "to"}


def _is_pointed_out(tokens: Tokens, i: int) -> bool:
    """Return whether ``one`` stands for a thing by its side, or alike: the right one, like the one.

    No count is said so.
    """
    sided = tokens[i - 2].low == "the" and tokens[i - 1].low in ("right", "left", "other", "same")
    led = tokens[i - 1].low in ("the", "and", ",", "but", "not", "is", "was")
    sided = sided or (led and tokens[i + 1].low in _PERSONS)  # and one she would relive
    placed = tokens[i + 1].low in _PLACES | {"over", "about"}
    sided = sided or (placed and tokens.lows(i - 2, 2) == ("among", "them"))
    alone = tokens.lows(i - 2, 2) == ("the", "only") and tokens[i + 1].low in ("to", "not")
    return sided or alone or tokens.lows(i - 2, 2) in (("like", "the"), ("unlike", "the"))


def _is_indefinite(tokens: Tokens, i: int) -> bool:
    """Return whether a day is any, and none is counted: ``one morning``, ``one Sunday``."""
    after = tokens[i + 1]
    if after.low == "day":
        ahead = tokens.lows(i + 2, 2) == ("to", "go")
        return (
            tokens[i + 2].low not in _LENGTHENED
            and not ahead
            and not (tokens[i + 2].low == "in" and _is_count(tokens[i + 3]))
            and tokens[i - 1].low not in _COUNTING
        )
    dated = after.low in ("morning", "afternoon", "evening") or after.text in WEEKDAYS
    return dated and tokens[i - 1].low not in _COUNTING


def _is_count(token: Token) -> bool:
    return token.kind == "digits" or token.low in CARDINALS or token.low == "every"


_LENGTHENED = word_set("after before later earlier ago left remaining longer")
_COUNTING = word_set("in just only for than least about of within to after")
_ONE_ALWAYS = word_set("no not any every each this that either")


def _one_pronoun(tokens: Tokens, i: int) -> int:
    """Return the token after ``one`` where what follows makes it a pronoun, or its own."""
    before, after = tokens[i - 1].low, tokens[i + 1]
    compound = tokens.hyphen(i - 2) and tokens[i - 1].text.islower()  # a 0.4-litre one
    if compound or _is_described(tokens, i) or (tokens.begins(i) and after.low in _MIND):
        return i + 1
    if _is_subject(tokens, i) and before not in _ONLY:
        return i + 1
    if before == "and" and _is_second_of_such(tokens, i):
        return i + 1
    if after.low in _ONE_AFTER or (after.kind == "mark" and after.text in "'’,.;:?!)”\""):
        counted = before in ("but", "just", "only", "least", "exactly", "and", "to", "than", "nil")
        told = before in ("just", "only") and _of_the_counted(tokens, i)
        return i if counted and (told or after.low not in ("of", "who")) else i + 1
    return i


def _is_second_of_such(tokens: Tokens, i: int) -> bool:
    """Return whether ``one`` is the other of two: two mills, one in Ayr and ``one in`` Bude."""
    such = (n for n in range(max(i - 7, 1), i) if tokens[n].low == "one" and n > 0)
    return any(
        tokens[n - 1].text in (",", ":", "—", "–") and tokens[n + 1].low == tokens[i + 1].low
        for n in such
    )


def _of_the_counted(tokens: Tokens, i: int) -> bool:
    """Return whether a number is some of so many: ``one of the three ways``."""
    return tokens.lows(i + 1, 2) == ("of", "the") and _is_count(tokens[i + 3])


_ONLY = word_set("only just exactly least than")
"""Words that make a count even of ``one`` before a verb: only one came."""
_MIND = word_set(
    "hopes thinks wonders imagines suspects assumes knows sees needs feels asks supposes expects "
    "cannot wants fears hears learns gets does never always only then need dare ought"
)
"""What follows ``one`` where it is anybody."""


def _is_described(tokens: Tokens, i: int) -> bool:
    """Return whether ``one`` stands for a noun that an adjective describes: ``a new one today``."""
    described = tokens[i - 2].low in _DESCRIBING and tokens[i - 1].kind == "word"
    after = tokens[i + 1].low
    compared = tokens[i - 1].low.endswith(("er", "est", "orst")) and after not in _SCALED
    acting = after.endswith("s") and len(after) > 3 and not period_word(after)
    acting = acting and tokens[i - 1].low not in _ONLY  # the median one lasts
    return described and (
        after in _AFTER_DESCRIBED or acting or (compared and not tokens.hyphen(i + 1))
    )


def _is_subject(tokens: Tokens, i: int) -> bool:
    """Return whether ``one`` does something itself or is said to be something: one came, one a boy.

    A participle before a noun describes what is counted: one injured man.
    """
    after, next_ = tokens[i + 1], tokens[i + 2]
    if after.low in _ARTICLES:
        return next_.low.removesuffix("s") not in PERIODS  # one a month
    if after.low in LARGE:
        return False
    if (after.low.endswith("ed") or after.low in _PARTICIPLES) and next_.kind == "word":
        return next_.low in _ARTICLES | _LINKS
    return is_acting(after)


_PARTICIPLES = word_set("known made built given shown drawn written grown meant")
_SCALED = frozenset(LARGE) | word_set("percent per percentage % -")
_ARTICLES = word_set("a an the his her its their my our your him them me us")
_LINKS = word_set("in on at by to from with for of up down out off that after when as and")
_DESCRIBING = DETERMINERS | word_set("this that another any our my your no") - {"new", "s"}
_AFTER_DESCRIBED = word_set(
    "last this next yesterday today tomorrow tonight because after before during since until "
    "in while without under over near than then now out up down off he she they we i you it and"
)


def _is_picked(tokens: Tokens, i: int) -> bool:
    """Return whether ``one`` is one of a number before: ``four goats, of which she sold one``."""
    if not tokens.is_mark(i + 1, ".,;") or tokens[i - 1].low in _ONE_BEFORE:
        return False
    if "never" in tokens.lows(max(i - 4, 0), min(i, 4)):
        return False  # nine miles off, and she has never owned one
    if tokens[i - 1].low not in ("in", "of", "to", "by") and (
        {tokens[i - 2].low, tokens[i - 3].low} & {*DETERMINERS, *_ONE_BEFORE}
    ):
        return False
    for n in range(i - 1, i - 30, -1):
        if tokens[n].kind == "end" or (tokens[n].kind == "mark" and tokens[n].text in ".!?"):
            return False
        if tokens[n].kind == "digits" or CARDINALS.get(tokens[n].low, 0) > 1:
            return tokens[n + 1].low.removesuffix("s") not in PERIODS
    return False


_ONE_COMPOUNDS = word_set(
    "off offs on way sided time stop size shot liner liners dimensional upmanship horse to"
)


THIRD_PERSON = word_set(
    "draws goes does says shows runs covers requires opens closes begins starts ends takes makes "
    "gives "
    "comes leaves stands lies sits holds passes bans bars allows protects binds applies calls "
    "costs beats wins plays leads tells asks looks sees gets puts keeps sells offers uses needs "
    "wants means sets reads carries lands flies sails docks rises falls drops meets serves seems "
    "becomes remains returns features includes contains adds works stars stops was is has this"
)
"""Verbs that are no plural nouns for all their s."""
_ACTS = word_set(
    "would will could can may might must should is was are were has had have went left flew came "
    "took fell rose won lost made gave broke sold brought hit saw got ran began sank shook struck "
    "led beat said told knew thought felt heard kept stood spoke paid wore drove got seems "
    "died slept wept owed used lied tied drew grew threw spent sent ate fought caught bought "
    "taught sought chose wrote rode swam sang hung met became cost quit fled froze blew swept"
)


def is_plural(token: Token) -> bool:
    """Return whether a word looks like a noun of many: ``passengers``, ``people``."""
    many = len(token.low) > 3 and token.low.endswith("s") and not token.low.endswith("ss")
    many = many and token.low not in THIRD_PERSON
    return token.text.islower() and (token.low in _PLURALS or many)


_PLURALS = word_set("people men women children police staff")


def period_word(low: str) -> bool:
    """Return whether a word is a length of time."""
    return low.removesuffix("s") in PERIODS


def is_acting(token: Token) -> bool:
    """Return whether a word is a verb of what stands before it: ``Firefox 128 fixes``."""
    acted = token.low.endswith("ed") and len(token.low) > 4
    return token.text.islower() and (token.low in _ACTS | THIRD_PERSON or acted)
