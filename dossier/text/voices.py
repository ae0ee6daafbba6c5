"""Who is named in a text and may speak: persons, bodies, offices, and whom a pronoun means.

A name of two words is a person's unless a word of it, or one before or behind it, makes it a
body's; a body is known by what it is said to be (``the fund``), a person by the last of the names,
an office, an age, a pronoun. Of he and she nobody is meant whom a title, kin or what is their own
says to be otherwise.
"""

import bisect
import re
from dataclasses import dataclass, field

from dossier.text.given import is_given, pronoun_of
from dossier.text.mentions import NOBODY as NOBODY
from dossier.text.mentions import Event, Mentions, inferred
from dossier.text.persons import (
    BODIES,
    JOBS,
    KNOWN_AS,
    NAME,
    NOT_PERSONS,
    PARTIES,
    PORTRAYED,
    POSSESSIVE,
    SAID_AFTER,
    TITLES,
    TRADE,
    VERBS,
    WHAT_IT_IS,
    parted,
    person,
)
from dossier.text.words import MONTHS, word_set

_BY_OFFICE = re.compile(r"(?:[A-Z][a-z]+,? )?[Tt]he (?:[\w’'-]+ ){0,3}([a-z]+)$")
_OWNED_BY = re.compile(r"[’']s? [a-z]|[A-Z]\w+ (?!of|for)[a-z]")
"""Somebody of a body or a person that alone has the name: the Leeds coach."""
_HEADLINE = 100
"""Characters in which a text says what it is about."""

_INCORPORATED = re.compile(r" (?:Inc|Ltd|Limited|plc|PLC|Corp|Corporation|AG|SA|NV|GmbH|LLC)\.?$")


@dataclass
class Voices:
    """Who has been named so far: full names by surname and by first name, bodies, subjects.

    A subject is who a sentence begins with; ``unnamed`` are those without a name, each with the
    pronoun that may mean it, or none: ``my grandfather``. ``owned`` are those who were brought in
    as somebody's (her coach, Al Bo), ``human`` those said to be what only somebody is, ``single``
    the names of one word.
    ``titled`` are the surnames that stand with Mr or Mrs anywhere, ``couples`` two who share one,
    ``signs`` are the pronouns that titles and kin tell of, ``owning`` those that ``his`` or ``her``
    behind a name does.
    ``groups`` are bodies whose people speak, ``kinds`` bodies by what they are, ``nameless`` words
    by which the text tells of somebody without a name, ``offices`` who alone in the text has one:
    ``minister``; nobody for two.
    """

    full: dict[str, str] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)
    bodies: list[tuple[int, str]] = field(default_factory=list)
    spoken: set[int] = field(default_factory=set)
    unnamed: list[tuple[int, str]] = field(default_factory=list)
    order: list[tuple[int, str]] = field(default_factory=list)
    pronouns: dict[str, str] = field(default_factory=dict)
    subjects: list[tuple[int, str]] = field(default_factory=list)
    owned: dict[str, tuple[int, str]] = field(default_factory=dict)
    titled: frozenset[str] = frozenset()
    couples: dict[str, tuple[str, str]] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    offices: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[int, str]] = field(default_factory=list)
    signs: dict[str, set[str]] = field(default_factory=dict)
    owning: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    paragraphs: list[int] = field(default_factory=lambda: [0])
    alone: set[str] = field(default_factory=set)
    common: frozenset[str] = frozenset()
    counsel: set[str] = field(default_factory=set)
    firms: set[str] = field(default_factory=set)
    named: frozenset[str] = frozenset()
    waiting: list[tuple[int, str]] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    works: list[int] = field(default_factory=list)
    human: set[str] = field(default_factory=set)
    single: set[str] = field(default_factory=set)
    ages: dict[str, str] = field(default_factory=dict)
    introduced: frozenset[str] = frozenset()
    mentions: Mentions = field(default_factory=Mentions)
    last: str = ""
    spoke: int = -1

    def resolve(self, name: str) -> str:
        """Return the full name of which a name is the last part, or the first."""
        if known := self.full.get(name) or self.first.get(name):
            return known
        ended = self.full.get(name.rpartition(" ")[2], "")  # Van Rooyen
        if ended.lower().endswith(f" {name.lower()}"):
            return ended
        longer = [body for _, body in self.bodies if body.startswith(f"{name} ")]
        return _INCORPORATED.sub("", longer[0]) if longer else name

    def unnamed_as(self, words: str) -> str:
        """Return words that name nobody, and keep that they do: ``a spokesman``, ``the police``."""
        named = re.match(r"[Tt]he [A-Z]", words) and not _OWNED_BY.search(words)
        if words and not named:
            self.nameless.add(words)
        return words

    def hold(self, office: str, name: str) -> None:
        """Enter who has an office."""
        other = self.offices.setdefault(office, name)
        if self.resolve(other) != self.resolve(name):
            self.offices[office] = ""

    def knows(self, name: str) -> bool:
        """Return whether a name is a person's of whom the text tells."""
        return name in self.people or name in self.alone

    def is_human(self, name: str) -> bool:
        """Return whether a name is a person's by a first name, a title, an age or kin."""
        first, _, last = name.partition(" ")
        last = last.rpartition(" ")[2]
        if name in self.pronouns or name in self.alone | self.titled or is_given(first):
            return True
        if last in self.single and first not in self.single:
            return True
        short = first in self.single and last not in self.single
        return last in self.titled or (name in self.human and not (last and short))

    def is_person(self, name: str) -> bool:
        """Return whether who has spoken is a person, or has no name."""
        return name in self.nameless or name in self.full.values() or name in self.pronouns

    def holder(self, words: str) -> str:
        """Return who is told by an office that only one has: ``the prime minister``."""
        told = _BY_OFFICE.match(words)
        return self.resolve(self.offices.get(told[1], "")) if told else ""

    def described(self, words: str, at: int) -> str:
        """Return whom an age, a country, children or a trade tells that only one can have."""
        told = _DESCRIBED.match(words)
        if told is None:
            return ""
        if aged := self.ages.get(told["age"] or told["aged"] or ""):
            return self.resolve(aged)
        sign = {"father": "he", "mother": "she"}.get(told["parent"] or "", "")
        known = not told["trade"] or told["trade"] not in self.introduced
        return self.named_before(at, sign) if known else ""

    def testifying(self, office: str, at: int) -> str:
        """Return who gave evidence last, where a text tells of the witness; or nothing."""
        bench = {self.resolve(self.offices.get(word, "")) for word in _BENCH} | self.counsel
        told = [name for p, name in self.subjects if p < at and name not in bench]
        return told[-1] if office == "witness" and told else ""

    def below(self, words: str, at: int) -> str:
        """Return who is named where the paragraph behind begins: A cook said … Al Bo, 34, ….

        For an opening that tells of somebody by what they are, before anybody is named.
        """
        number = bisect.bisect_right(self.paragraphs, at)
        first = next(iter(self.order), (len(self.paragraphs), ""))[0]
        body = _A_BODY.match(words) is not None
        if body or not _ANYBODY.match(words) or number > _OPENING or number == len(self.paragraphs):
            return ""
        start = self.paragraphs[number]
        person = next((name for p, name in self.subjects if start <= p < start + _INTO), "")
        return person if first > at else ""

    def is_above(self, place: int, at: int) -> bool:
        """Return whether a place is in the paragraph of another, or in the one above."""
        count = bisect.bisect_right(self.paragraphs, at)
        return place >= self.paragraphs[max(count - 2, 0)]

    def writer(self, at: int) -> str:
        """Return who wrote what ``it`` says, where something was just written; or nothing."""
        wrote, _ = _last_before([(place, "") for place in self.works], at)
        body = max((p for p, _ in self.bodies if p < at), default=-1)
        near = wrote > max(body, at - _NEAR, self.spoke)
        return self.mentions.meant(at, "") if near else ""

    def heard(self, speaker: str, at: int) -> None:
        """Keep who has spoken words that end at a place."""
        if speaker != NOBODY:
            self.last, self.spoke = speaker, at
        if not _THING.search(speaker) and (speaker != NOBODY or NOBODY in self.mentions.told):
            self.mentions.spoke(speaker, at)

    def spouse(self, words: str) -> str:
        """Return whom of two with one surname a title means: ``Mrs Bo``; nothing for others."""
        titled = re.search(r"\b(Mrs?|Ms) {1,2}([A-Z][\w’'-]+)", words)
        if titled is None:
            return ""
        if couple := self.couples.get(titled[2]):
            return couple[titled[1] != "Mr"]
        sign = "he" if titled[1] == "Mr" else "she"
        kin = list(dict.fromkeys(n for _, n in self.order if n.endswith(f" {titled[2]}")))
        return next((n for n in kin[1:] if pronoun_of(kin[0]) not in ("", sign)), "")

    def body_of(self, kind: str, at: int) -> str:
        """Return the body that a text has said to be of a kind: ``the fund``; or nothing."""
        named = self.kinds.get(kind.lower(), [])
        told = [name for p, name in named if p < at] or [name for _, name in named]
        return told[-1] if len(set(told)) == 1 else ""

    def body_before(self, at: int, pronoun: bool) -> str:
        """Return the only body that has spoken; for ``it``, the one just named; or nothing.

        Where none has spoken it is the one with which the text begins.
        """
        if pronoun:
            near = [name for p, name in self.bodies if at - 400 < p < at]
            return self._shortest(near[-1]) if near else ""
        spoken = {name for p, name in self.bodies if p < at and p in self.spoken}
        if not spoken and self.bodies and self.bodies[0][0] < _HEADLINE:
            return self._shortest(self.bodies[0][1])
        return self._shortest(spoken.pop()) if len(spoken) == 1 else ""

    def _shortest(self, body: str) -> str:
        """Return a body's name as it is elsewhere, without what follows it: ``Bo Paints IPO``."""
        whole = [name for _, name in self.bodies if body.startswith(name) and " " in name]
        longer = [name for _, name in self.bodies if name.startswith(f"{body} ")]
        return min(whole, key=len) if whole else (longer or [body])[0]

    def named_before(self, at: int, pronoun: str) -> str:
        """Return whom a pronoun means: the likeliest told of so far, else who comes next."""
        if name := self.mentions.meant(at, pronoun):
            return name
        later = (n for p, n in self.order if at < p < at + _NEAR)
        return next((n for n in later if not pronoun or self.is_known_as(n, pronoun)), "")

    def is_known_as(self, name: str, pronoun: str) -> bool:
        """Return whether a pronoun is known to be a person's."""
        return self.pronouns.get(self.resolve(name)) == pronoun

    def several(self, at: int) -> str:
        """Return whom ``they`` means: a body's people who have just spoken, else who spoke last."""
        told = [name for p, name in self.groups if self.spoke < p < at]
        place, name = _last_before(self.subjects, at)
        if (
            not told
            and place > self.spoke
            and is_given(name.split()[0])
            and name not in self.pronouns
        ):
            return name  # who has neither he nor she
        return told[-1] if told else self.last


def _last_before(places: list[tuple[int, str]], at: int) -> tuple[int, str]:
    """Return the last of some places, in their order, before another, or -1 and no words."""
    count = bisect.bisect_left(places, (at, ""))
    return places[count - 1] if count else (-1, "")


_ANYBODY = re.compile(r"(?:An?|Two|One) (?:[a-z-]+ )*[a-z-]+")
_OPENING = 3
"""Paragraphs, headlines among them, in which a text tells of somebody before the name."""
_INTO = 30
"""Characters of the words before a name that begins a paragraph."""
_NEAR = 400
"""Characters within which somebody is named of whom a text has told before: “I won,” she said."""
_BENCH = ("chairman", "chairwoman", "chair", "judge", "justice", "coroner", "counsel", "barrister")
"""Who puts questions at a hearing."""
_FIRMS = (
    "company|firm|group|airline|operator|bank|brokerage|lender|insurer|retailer|carrier|"
    "manufacturer|consultancy|start-up|startup|supermarket|utility|broadcaster|charity"
)
KINDS = (
    f"{_FIRMS}|agency|union|regulator|watchdog|club|council|ministry|"
    "department|institute|authority|observatory|party|association|university|hospital|"
    "fund|federation|foundation|trust|body|commission|newspaper|bureau|"
    "museum|network|coalition|alliance"
)
_THING = re.compile(
    rf"\b(?:{KINDS}|statement|letter|tweet|post|report|email|notice|police)(?: that)?$"
)
"""Who or what has no name, and is no he or she."""
_A_BODY = re.compile(
    rf"An? (?:[a-z-]+ ){{0,4}}(?:{KINDS}|court|jury|panel|report|study|bill|law)\b"
)
"""What begins an opening that tells of nobody: A divided court."""
_KIND = re.compile(rf"\b({KINDS}) $")
_IS_KIND = re.compile(
    r"(?: \([A-Z]{2,8}\))?, (?:the|an?|its|one of|[\w’'-]+[’']s) "
    r"(?:(?!of |at |for |in |who |with |from |by |to |on )[\w’'-]+ ){0,4}?"
    rf"({KINDS})(?:[,.]| that| which| behind| based| in | of | for )"
)
"""What a body is, behind its name: ``Bo Capital, the activist fund that owns it``."""
_LOWER_KIND = re.compile(
    rf" ({KINDS})(?=[,.]| (?:said|says|has|had|have|was|is|will|would|told|wrote|plans|[a-z]+ed)\b)"
)
"""What a body is, in small letters: ``Bo council said``."""
_THINGS = re.compile(r"\b(?:[Tt]he (?:\d+ )?|an? (?:former |new |retired )?)$")
_AT_BODY = re.compile(
    r"\b(?!look|shout|laugh|yell|point|star|glanc|aim|swear|angry|wav|smil)[a-z]{3,} at $"
)
"""What stands before a place or a body: ``chief scientist at Bo Metals``."""
_KNIGHT = re.compile(r"(?:Sir|Dame) ")
_MUTE = word_set(
    "lane terrace crescent act prize medal award museum park road avenue street stadium house "
    "city county convention pact republic states national international airport flight"
)
"""Words of bodies' names that say nothing themselves."""
_WITHIN = re.compile(
    r"\b(?:Institute|Centre|Center|Department|Ministry|Office|Council|Board|School|Bank|Society|"
    r"University|Association|Commission|Committee|Agency|Authority) (?:for|of|on) (?:the )?$"
)
"""What stands before the rest of a body's name."""
_BYLINE = re.compile(r"(?:^|\n)(?:\w+ )?[Bb]y $")
_STANDFIRST = re.compile(r", (?:says|writes|reports|argues|finds|reveals) $")
"""What stands before the writer's name at the end of a line without a full stop."""
_UNNAMED = re.compile(
    r"(?:^|\n|[.!?][”\"’']? )"
    r"(?P<who>(?P<own>Her|His)|My|Its|Their|Our|An?|One(?! of)|Another|[A-Z][\w-]{1,20}[’']s|"
    r"(?P<one>One of (?:the|his|her|its))) "
    r"(?:[A-Z]?[a-z-]+ ){0,3}?(?:(?P<he>(?:grand)?(?:father|son)|husband|brother|uncle|man|boy)|"
    r"(?P<she>(?:grand)?(?:mother|daughter)|wife|widow|sister|aunt|woman|girl)|friend|"
    r"neighbou?r|colleague|"
    r"boss|nurse|resident|witness|tenant|jurors?|cook|sailor|pilot|clerk|guard|student|pupil|"
    r"mechanic|engineer|patient|coach|mentor|aide|guest|companion|priest|"
    r"(?!(?:paper|letter|number|matter|answer|career|dinner|order|chapter|shoulder|humou?r|"
    r"disaster|error|factor|order|offer|power|colou?r|favou?r|computer|laughter|behaviou?r|"
    r"former|other|another|further|"
    r"later|senior|junior|minor|major|younger|older|elder|latter)\b)"
    r"(?(one)(?!)|[a-z]{3,}(?:er|or|ist|ian|man|woman|mate|(?<!m)ent|ant)s?))\b"
    r"(?!,? (?:[\w-]{1,20}-year-old )?[A-Z]|, s?he\b|[^.\n]{0,40} (?:named|called) [A-Z])"
)
_ONE_OF = re.compile(r"(?:^|\n|[.!?] )(One of (?:them|those|these))\b")
"""Somebody of many who have no names."""
_INTRODUCED = re.compile(
    rf"\b(?:[Aa]n?|[Aa]nother|[Oo]ne) (?:[a-z-]{{1,20}} ){{0,3}}({PORTRAYED})\b(?!,? [A-Z])|"
    rf"\b(?:An?|Another|One) (?:[A-Za-z-]{{1,20}} ){{0,3}}({KNOWN_AS})\b(?!,? [A-Z])"
)
"""Somebody without a name: a farmer."""
_MINE = re.compile(
    r"\bmy (?:(?P<he>(?:grand)?(?:father|son)|dad|husband|brother|uncle)|"
    r"(?P<she>(?:grand)?(?:mother|daughter)|mum|wife|sister|aunt))\b(?!,? [A-Z])"
)
"""Kin of the writer's, without a name."""
_QUESTIONED = re.compile(
    r"\b(?:asked|questioned) (?:the|an?) (?:[a-z’'-]{1,30} ){0,3}([a-z]{1,30}) "
    r"(?:how|whether|if|why|what|who|when|about)\b"
)
"""Somebody without a name who answers: The coroner asked the firm's manager how."""
_DRAWN = re.compile(r"\bfrom (the [a-z]{3,20})\. ?(?=[“‘\"'])")
"""From whom something came that is quoted then: It drew a remark from the chairman."""
_AGAIN = re.compile(
    r"(?:(?<=\n)|(?<=[.!?] )|(?<=[.!?][”\"] )|(?<=ing, ))"
    r"([Tt]he [a-z]{3,20}) (?:was|is|had|has|gave|told|said|took|[a-z]+ed|[a-z]+s) "
)
"""Who is told again by an office, where a sentence begins: The judge was unmoved."""
_NAMED_AS = re.compile(
    r"\bname (?:only )?as ([A-Z][\w-]+)|"
    r"\b(?:was|is|man|woman) (?:called|named) ([A-Z][a-z]+)(?= and | who |[,.])|"
    r"\b([A-Z][\w-]{1,60}),? \(?(?:not (?:his|her|their) real name|whose (?:real |full )?name|"
    r"a pseudonym|who [a-z][^.,\n]{0,50}\b(?:first|last|full|family|real|sur) ?name)"
)


def voices_of(text: str, spans: list[tuple[int, int]]) -> Voices:
    """Return every person that a text names, outside its quotations, the first full name first."""
    voices = Voices(titled=frozenset(_SPOUSE.findall(text)))
    quoted = iter([*spans, (len(text) + 1, len(text) + 1)])
    start, end = next(quoted)
    for found in NAME.finditer(text, _large_headline(text)):
        while found.start() >= end:
            start, end = next(quoted)
        if found.start() < start:
            _hear(voices, text, found)
    asked = [
        (m.start(), "")
        for m in _QUESTIONED.finditer(text)
        if not voices.holder(f"the {m[1]}") and not voices.testifying(m[1], m.start())
    ]
    held = [found for told in (_DRAWN, _AGAIN) for found in told.finditer(text)]
    voices.subjects += [(m.start(1), name) for m in held if (name := voices.holder(m[1]))]
    voices.unnamed = sorted(
        [
            *((m.start("who"), _sign_of(m)) for m in _UNNAMED.finditer(text)),
            *((m.start(), "he" if m["he"] else "she") for m in _MINE.finditer(text)),
            *((m.start(1), "") for m in _ONE_OF.finditer(text)),
            *asked,
        ]
    )
    voices.paragraphs += [m.end() for m in re.finditer("\n+", text)]
    voices.introduced = frozenset(m[1] or m[2] for m in _INTRODUCED.finditer(text))
    voices.groups = [(m.start(), m[1]) for m in _GROUP.finditer(text)]
    alone = [(m.start(m.lastindex or 0), m[m.lastindex or 0]) for m in _NAMED_AS.finditer(text)]
    aged = [(at, voices.resolve(name)) for at, name in _aged_alone(text)]
    kin_signs: dict[str, str] = {}
    for kin in _KIN_NAMED.finditer(text):
        alone.append((kin.start("name"), kin["name"]))
        if sign := "he" if kin["he"] else "she" if kin["she"] else "":
            kin_signs[kin["name"]] = sign
    voices.alone |= {name for _, name in (*alone, *aged)}
    _name_late(voices, text)
    voices.pronouns = kin_signs | _pronouns(voices)
    alone += [
        told for told in aged if _leads(text, told[0]) or _SPOKE.search(text[: told[0]][-80:])
    ]
    voices.subjects = sorted([*voices.subjects, *alone])
    voices.order = sorted([*voices.order, *alone, *aged])
    voices.named = frozenset(name for _, name in voices.order)
    voices.common = frozenset(re.findall(r"\b[a-z]{3,}", text))
    _enter_theme(voices, text)
    voices.mentions = _mentions(voices, text, spans)
    return voices


_TOLD_AS = re.compile(
    r"(?P<leads>(?:^|\n|[.!?][”\"’']? ))?\b(?P<sign>[Hh]e|[Ss]he|[Hh]is|[Hh]er|him)\b"
)
"""A pronoun, and whether it begins a sentence."""


_SAYS = re.compile(rf" (?:{VERBS})\b[^.!?\n“\"‘]{{0,80}}[“\"‘]")
"""What leads to words that are quoted."""


def _pronoun(text: str, found: re.Match[str]) -> Event:
    """Return what a pronoun tells: what is somebody's own tells of it, not of them."""
    sign = "she" if found["sign"].lower() in ("she", "her") else "he"
    place = found.start("sign")
    leads = found["sign"] in ("He", "She", "he", "she")
    begins = text[place - 1 : place] in ("", "\n")
    return Event(place, "", sign, leads, back=begins and not _SAYS.match(text, found.end()))


_WORK = re.compile(
    r"\b(?:sent|wrote|left|handed|posted|pinned|read|scribbled|passed|signed|typed|texted|writes|"
    r"sends) [^.\n]{0,40}?\b(?:an?|the) (?:[a-z-]+ ){0,2}"
    r"(?:message|letter|note|email|text|postcard|card|post|tweet|memo|telegram|sign|poem)\b|"
    r"\bin an? (?:[a-z]+ )?(?:statement|letter|email|message|post|note) that\b"
)
"""What somebody writes that is quoted as it: He sent a message to the crew. It said:."""


def _mentions(voices: Voices, text: str, spans: list[tuple[int, int]]) -> Mentions:
    """Return who is named or meant where, outside the quotations."""
    led = {(at, name) for at, name in voices.subjects if at not in dict(voices.unnamed)}
    named = set(voices.subjects) | set(voices.order)
    events = [Event(at, voices.resolve(name), leads=(at, name) in led) for at, name in named]
    voices.works = [m.start() for m in _WORK.finditer(text)]
    events += [Event(at, NOBODY, sign, leads=True) for at, sign in voices.unnamed]
    quoted = iter([*spans, (len(text) + 1, len(text) + 1)])
    start, end = next(quoted)
    for found in _TOLD_AS.finditer(text):
        while found.start() >= end:
            start, end = next(quoted)
        if found.start() < start:
            events.append(_pronoun(text, found))
    doubted = frozenset(n for n in voices.named if not voices.is_human(n))
    events.sort()
    guessed = inferred(events, voices.paragraphs, voices.pronouns)
    return Mentions(
        events,
        voices.pronouns,
        {name: sign for name, sign in guessed.items() if name not in doubted},
        doubted,
        frozenset(voices.owned),
        voices.nameless,
        voices.paragraphs,
    )


_TOLD_FIRM = re.compile(rf"\b(?:[Tt]he|[Ii]ts) (?:[a-z-]+ ){{0,3}}({_FIRMS})\b")
"""A firm without its name: ``the building materials group said``."""


def _enter_theme(voices: Voices, text: str) -> None:
    """Enter the firm of one name that a text is about, where it tells of ``the company``.

    It is the first name that does something at a sentence's start and is no person's.
    """
    told = {found[1] for found in _TOLD_FIRM.finditer(text)} - voices.kinds.keys()
    acting = (
        name
        for at, name in voices.waiting
        if at < _LEADS_IN
        and not voices.knows(voices.resolve(name))
        and name.lower() not in voices.common | NOT_PERSONS
        and (_leads(text, at) or text[:at].endswith("Shares in "))
        and _ACTING.match(text, at + len(name))
    )
    voices.bodies = sorted([*voices.bodies, *_saying(voices, text)])
    theme = next(acting, "") if told else ""
    if theme and text.count(theme) > 1:
        places = [(m.start(), theme) for m in re.finditer(rf"\b{re.escape(theme)}\b", text)]
        voices.bodies = sorted([*voices.bodies, *places])
        voices.kinds |= dict.fromkeys(told, places)


def _saying(voices: Voices, text: str) -> list[tuple[int, str]]:
    """Return the names of one word that say something and are no person's: ``Bo says``."""
    return [
        (at, name)
        for at, name in voices.waiting
        if not voices.knows(voices.resolve(name))
        and name.lower() not in voices.common | NOT_PERSONS
        and not is_given(name)
        and SAID_AFTER.match(text[(end := text.index(name, at) + len(name)) : end + 20])
    ]


_LEADS_IN = 600
"""Characters in which a text names the firm that it is about."""


def _name_late(voices: Voices, text: str) -> None:
    """Enter those named by one name before the full one, or of whom there is no other."""
    entered = {at for at, _ in voices.order}
    for at, name in voices.waiting:
        full = voices.resolve(name)
        led = _leads(text, at) and _ACTING.match(text, text.index(name, at) + len(name)) is not None
        if at in entered or not (voices.knows(full) or (led and _is_alone(text, at, name))):
            continue
        voices.order.append((at, full))
        if led:
            voices.subjects.append((at, full))
        if full == name:
            voices.alone.add(name)


def _is_alone(text: str, at: int, name: str) -> bool:
    """Return whether a single name is a person's: a given one, or one who has an age."""
    return is_given(name) or _AGED_IS.match(text, at + len(name)) is not None


_AGED_IS = re.compile(r" (?:is|was) (?:\d\d|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?)\b")
_ACTING = re.compile(
    r"(?:,(?:[^,.\n]{2,60},)?)? (?:(?:is|was|has|had|does|did)(?:n[’']t)?|[a-z]+s|[a-z]+ed)\b"
)
"""What somebody does, behind the name."""


def _pronouns(voices: Voices) -> dict[str, str]:
    """Return the pronouns of those of whom the text tells one, or else their first name."""
    named = {
        name: sign
        for name in {*voices.full.values(), *voices.people, *voices.alone}
        if (" " in name or name in voices.alone) and (sign := pronoun_of(name))
    }
    given = {name: sign for name, sign in named.items() if is_given(name.partition(" ")[0])}
    owning, told = (
        {name: min(signs) for name, signs in known.items() if len(signs) == 1}
        for known in (voices.owning, voices.signs)
    )
    return named | owning | given | told


def _large_headline(text: str) -> int:
    """Return where a headline ends whose words all have a capital, which tells no names, or 0."""
    line, _, below = text.partition("\n")
    bare = (word.strip("‘’“”'\"") for word in line.split())
    long = [word for word in bare if len(word) > _SMALL]
    large = len(long) > 2 and all(word[0].isupper() for word in long)
    return len(line) if large and below.strip() and len(line) < 2 * _HEADLINE else 0


_SMALL = 4
"""Letters of the longest word that a headline leaves small: with, from."""


def _sign_of(found: re.Match[str]) -> str:
    """Return the pronoun of a person without a name, or none where it is another's: His friend."""
    sign = "he" if found["he"] else "she" if found["she"] else ""
    own = {"Her": "she", "His": "he"}.get(found["own"] or "", "")
    other = {"Her": "he", "His": "she"}.get(found["own"] or "", "")
    return "none" if own and sign == own else sign or other


_OF_AGE = re.compile(r",? (?:\(|aged )?(\d{1,3})(?:\)|[,;.]| who\b)")
"""How old somebody is, behind the name."""


def _is_body(voices: Voices, found: re.Match[str], lead: str, behind: str) -> bool:
    """Return whether a name is a body's, and enter the body where it is one that speaks."""
    owner, _, owned = parted(found.group())
    named = owned if " " in owned else found.group()  # Ayr Coroner's Court
    parts = {part.lower() for part in (owner if named is owned else named).split()}
    kind = _KIND.search(lead) or _IS_KIND.match(behind)
    if found.group().lower() not in NOT_PERSONS:
        kind = kind or _LOWER_KIND.match(behind)
    told = kind is not None or found.group() in voices.firms
    told = told or (bool(BODIES & parts) and len(parts) > 1 and not _held(found.group()))
    if told and not _MUTE & parts:
        _enter_body(voices, found, kind[1] if kind else "", behind)
    return told


def _hear(voices: Voices, text: str, found: re.Match[str]) -> None:
    """Enter a name: of a body, of a person, or of a thing, which is no voice."""
    at, lead = found.start(), text[max(0, found.start() - 30) : found.start()]
    behind = text[found.end() : found.end() + 80]
    if _is_body(voices, found, lead, behind):
        return
    name = person(found.group())
    if not name or not _is_heard(found, lead):
        return
    if voices.resolve(name) in voices.firms and not voices.knows(voices.resolve(name)):
        voices.bodies.append((at, voices.resolve(name)))
        return
    if " " not in found.group():
        voices.single.add(name)
    alone = " " not in name and name.lower() not in TITLES and not _KNIGHT.match(found[0])
    if alone and _is_titled(found) and name not in voices.first:
        voices.full.setdefault(name, name)
    _marry(voices, found, lead)
    _appoint(voices, found, text, name)
    _know(voices, found, name, lead)
    full = voices.resolve(name)
    sign = _gender(found.group().removesuffix(name), lead, behind)
    own = "" if sign else _owning(found.group(), text[found.end() : found.end() + 120])
    if (sign or own) and (" " in full or _is_titled(found)):
        (voices.signs if sign else voices.owning).setdefault(full, set()).add(sign or own)
    before = len(voices.order)
    _enter(voices, at, voices.spouse(found.group()) or name, lead)
    entered = len(voices.order) > before
    if entered and _is_told_of(text, found, lead, _is_new(voices)):
        voices.subjects.append(voices.order[-1])


def _know(voices: Voices, found: re.Match[str], name: str, lead: str) -> None:
    """Keep that a name is a person's where it is said what only somebody is."""
    behind = found.string[found.end() : found.end() + 80]
    if _is_titled(found) or _HUMAN.match(behind) or _OF_HUMAN.search(lead):
        voices.human.add(voices.resolve(name))


def _is_told_of(text: str, found: re.Match[str], lead: str, new: bool) -> bool:
    """Return whether a sentence tells of who is named: its subject, a speaker, one brought in."""
    at, behind = found.start(), text[found.end() : found.end() + 80]
    if _IS_OWNER.search(found.group()):
        return _BEGUN.search(text[max(at - 3, 0) : at]) is not None or at == 0
    spoke = _SPOKE.search(text[max(0, at - 80) : at]) if not _GOES_ON.match(behind) else None
    spoke = spoke or (None if _IN_WHO.search(lead) else SAID_AFTER.match(behind[:20]))
    brought = new and _HUMAN.match(behind)
    opened = text[:at].endswith(", ") and _OPENS.search(text, max(0, at - 200), at)
    clause = text[:at].endswith((", but ", ", and ", ", while ", ", so ", "; "))
    acts = (opened or clause) and _GOING.match(behind)
    return bool(spoke or brought or acts or _leads(text, at)) and not _ASKS.match(behind)


_HUMAN = re.compile(
    r",? (?:who\b|whose|\(?\d{1,3}[,).]|aged \d)|, (?:(?:the|an?|its|his|her|their) )?"
    r"(?:[\w’'-]+ ){0,4}?(?:[a-z]{2,}(?:er|or|ist|man|woman|ian|ary|ent|ant)|[a-z-]+-old|chief|"
    r"head|chair)\b"
)
"""What only somebody is said to be, behind the name: Bo, the treasurer, who has left."""
_OF_HUMAN = re.compile(r"\b[a-z]{2,}(?:er|or|ist|man|woman|ian|ary|chief),? $")
"""What somebody is, before the name."""
_IS_OWNER = re.compile(r"(?:[’']s|s[’'])$")
_BEGUN = re.compile(r"\n$|[.!?][”\"]? $")
_GOING = re.compile(r" (?!and\b|or\b)[a-z]")
_OPENS = re.compile(
    r"(?:^|\n|[.!?][”\"]? )(?:(?:But|And|Yet) )?(?:[A-Z][a-z]+ing|As|While|When|Although|Though|If|"
    r"Because|Since|Once|Until|Despite|During|Under|Over|In|On|At|For|By|With|From|To|After|Before|"
    r"Outside|Beside|(?:But|And) [a-z]+)\b [^.!?\n]*, $"
)
"""What stands before a sentence's subject: At the fund, which buys for others, Ann Bo."""


def _is_new(voices: Voices) -> bool:
    """Return whether who was entered last is named for the first time."""
    name = voices.order[-1][1]
    return all(other != name for _, other in voices.order[:-1])


_IN_WHO = re.compile(r", (?:who|whose|which|where) [^,.]*$|\w (?:for|of|at|from|in|by) (?:the )?$")
"""Words before a name within what is told of another: Al Bo, who owns Bo Mills, said."""
_HE = r"Mr|Sir|Lord|King|Prince|Sheikh|Pope|Congressman|Councilman|Herr|Monsieur"
_SHE = (
    r"Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Sheikha|Baroness|Congresswoman|Councilwoman|"
    r"[Cc]hairwoman|[Ss]pokeswoman|Frau|Madame"
)
_MALE_KIN = (
    r"(?:grand|step)?(?:father|son)|(?:grand|step)?dad|grandpa|husband|hubby|brother|uncle|nephew|"
    r"boyfriend|widower"
)
_FEMALE_KIN = (
    r"(?:grand|step)?(?:mother|daughter)|mum|mom|nan|gran|grandma|wife|sister|aunt|niece|"
    r"girlfriend|widow|actress"
)
_GENDERS = [
    (sign, re.compile(rf"\b(?:{titles})\b"), re.compile(rf"\b(?:{kin}),? $"), behind)
    for sign, titles, kin, behind in (
        ("he", _HE, _MALE_KIN, re.compile(rf", an? (?:[a-z-]+ ){{0,4}}(?:{_MALE_KIN})\b")),
        ("she", _SHE, _FEMALE_KIN, re.compile(rf", an? (?:[a-z-]+ ){{0,4}}(?:{_FEMALE_KIN})\b")),
    )
]
_AGED_ALONE = re.compile(r"(\S{1,30}\s)([A-Z][a-zà-ž]{1,20}), \d{1,2}(?=[,;.])")
"""A person of one name with an age, and the word before: ``says Yara, 11``."""


def _aged_alone(text: str) -> list[tuple[int, str]]:
    """Return the persons of one name whose age stands behind it, with their places."""
    return [
        (found.start(2), found[2])
        for found in _AGED_ALONE.finditer(text)
        if (
            found[1].lower() == found[1]
            or found[1].rstrip()[-1] in ".!?”"
            or found[1].strip().lower() in WHAT_IT_IS
        )
        and found[2] not in MONTHS
        and found[1].strip() not in ("in", "of", "on")
    ]


_KIN_NAMED = re.compile(
    r"(?:\b[Hh]is|\b[Hh]er|\b[Tt]heir|\b[Mm]y|\b[Oo]ur|\w[’']s|"
    r"(?:(?<=[.!?”\"] )|(?<=\n))[A-Z][a-z]+) "
    r"(?:[a-z-]+,? ){0,2}(?:ex-)?"
    rf"(?:(?P<he>{_MALE_KIN})|(?P<she>{_FEMALE_KIN})|partner|friend|cousin|twin|flatmate|"
    r"guide|host|boss|colleague|neighbou?r|driver|translator|interpreter|roommate|fianc[eé]e?)"
    r"(?:-in-law)?,? "
    rf"(?P<name>[A-Z][a-zà-ž]{{1,20}})(?=[,;:.]| [a-z])"
)
"""Kin of whom the text gives the first name alone: His wife, Ann, disagrees."""
_OWNING = re.compile(
    r"[^.;:!?\n“”\"A-Z]{0,80}?"
    r"\b(?:(?P<he>himself|his)|(?P<she>herself|(?:in|with|from|on|and|after|during|through|of|"
    r"by|won|"
    r"lost|until|before|,) her)) [a-z]"
)
"""What is one's own behind a name, no other name between: ``Al Bo, a cook in his third term``."""
_OF_OTHERS = re.compile(rf"\b(?:{VERBS}|that|joined|by|met|like|than)\b")


def _gender(titles: str, lead: str, behind: str) -> str:
    """Return a person's pronoun by a title or kin, or nothing."""
    for sign, titled, kin, apposed in _GENDERS:
        if titled.search(titles) or kin.search(lead) or apposed.match(behind):
            return sign
    return ""


def _owning(name: str, behind: str) -> str:
    """Return a person's pronoun by what is said to be their own, or nothing."""
    own = None if _IS_OWNER.search(name) else _OWNING.match(behind)
    if own is None or _OF_OTHERS.search(own.group()):
        return ""
    return "he" if own["he"] else "she"


_ASKS = re.compile(
    r"(?:, [^,.]{1,30}(?<! was)(?<! been))?,? (?:then )?asked (?:[a-z]+ ){0,2}?"
    r"(?:why|whether|if|how|what|when|who)\b"
)
"""What somebody does whom another answers: Ann Bo asked why he had left."""


_SEATED = re.compile(r"-(?:based|owned|listed|run|led|backed)$")
"""Words before a kind of body that are no name: the Ayr-based company."""


_OF_SO_MANY = re.compile(r" of (?:\d{1,3}|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b")
"""How many belong to a body that is named for it: the Group of 77."""


def _enter_body(voices: Voices, found: re.Match[str], kind: str, behind: str) -> None:
    """Enter a body, what it is, and whether it speaks."""
    if _SEATED.search(found.group()):
        return
    at = found.start()
    lower = _LOWER_KIND.match(behind)
    bare = re.sub(r"[’']s$", "", found.group() + (lower.group() if lower else ""))
    if " " in bare and bare.split()[0].lower() in NOT_PERSONS:
        bare = bare.partition(" ")[2]
    counted = _OF_SO_MANY.match(behind) if bare in ("Group", "Club", "Committee") else None
    bare += counted.group() if counted else ""
    voices.bodies.append((at, bare))
    voices.firms.add(bare)
    for word in {kind, *bare.lower().split()}:
        voices.kinds.setdefault(word, []).append((at, bare))
    if SAID_AFTER.match(behind[:20]):
        voices.spoken.add(at)


def _held(words: str) -> bool:
    """Return whether words name a body's own: ``Council Speaker Ann Bo``, ``Fox's Ann Bo``.

    A street's word may be a surname: ``Zoe Park``.
    """
    name = person(words)
    first, _, last = name.partition(" ")
    if is_given(first) and last.lower() in ("lane", "park", "church", "house", "street"):
        return True
    office = words.removesuffix(name).split() if " " in name and words.endswith(name) else []
    free = not BODIES & {part.lower() for part in name.split()}
    titled = len(office) > 1 and office[-1].lower().rstrip(".") in TITLES
    titled = titled or (bool(office) and office[-1].lower() in PARTIES)
    owned = bool(office) and POSSESSIVE.search(office[-1]) is not None
    return free and (titled or owned)


_SPOUSE = re.compile(r"\b(?:Mrs?|Ms) {1,2}([A-Z]\w{1,30})\b")


def _is_titled(found: re.Match[str]) -> bool:
    first = found.group().split()[0].lower().rstrip(".")
    return first in TITLES and first != "the"


def _is_heard(found: re.Match[str], lead: str) -> bool:
    """Return whether a name may be a person's who speaks: of no body, thing or land, no author."""
    placed = _AT_BODY.search(lead) or found.group().startswith("At ")
    placed = placed and not POSSESSIVE.search(found.group())
    given = is_given(found.group().split()[0]) or _is_titled(found)
    if _PLACED.search(lead) and not given and not POSSESSIVE.search(found.group()):
        return False
    ended = found.string[found.end() : found.end() + 1] == "\n"
    signed = _BYLINE.search(lead) or (ended and _STANDFIRST.search(lead))
    if _WITHIN.search(lead) or signed or COMPATRIOT.match(found.group()) or placed:
        return False
    owned = len(parted(found.group())[2].split()) > 1
    return owned or not _THINGS.search(lead) or _is_titled(found)


_PLACED = re.compile(r"\b(?:in|near|into|across|outside|inside|around) $")
"""What stands before a place, and seldom before somebody."""
_APPOSED = re.compile(r", (?:the|an?|its|their|his|her) ([A-Za-z][^,.;\n]{1,60})[,.]")
_COUNSEL = re.compile(
    r",? (?:KC|QC|SC|for the (?:defence|defense|prosecution|crown|claimant|family|state)|"
    r"prosecuting|defending|representing|counsel (?:for|to))\b",
    re.I,
)
"""Who puts questions at a trial, by what is told behind the name."""
_SAYS_SO = re.compile(rf" (?:{VERBS})$")
"""What is no apposition: Asked about Bo, the moderator said, ``.``"""
_LEAD = re.compile(r"\b([a-z]+),? $")
_RANKS = word_set("pc dc ds di dci constable sergeant sgt detective det inspector officer trooper")


def _appoint(voices: Voices, found: re.Match[str], text: str, name: str) -> None:
    """Enter the office that stands before a name, or behind it: ``Al Bo, the mayor,``."""
    name = voices.resolve(name)
    if " " not in name:
        return
    if _COUNSEL.match(text, found.end()):
        voices.counsel.add(name)
    if aged := _OF_AGE.match(text, found.end()):
        voices.ages.setdefault(aged[1], name)
    before = found.group().removesuffix(name).split()[-1:]
    lead = _LEAD.search(text[max(0, found.start() - 30) : found.start()])
    behind = _APPOSED.match(text[found.end() : found.end() + 80])
    told = [
        *before,
        *(lead.groups() if lead else ()),
        *(behind[1].split()[:4] if behind and not _SAYS_SO.search(behind[1]) else []),
    ]
    for word in told:
        office = _SHORT_OFFICES.get(word.lower(), word.lower())
        if office in HELD or TRADE.fullmatch(office):
            voices.hold(office, name)
        if office in _RANKS:
            voices.hold("officer", name)


_SHORT_OFFICES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "capt": "captain",
    "sgt": "sergeant",
    "lt": "lieutenant",
    "col": "colonel",
    "supt": "superintendent",
    "insp": "inspector",
}
"""Offices as they are shortened before a name; the text tells them again in full."""
HELD = (TITLES | JOBS) - word_set(
    "mr mrs ms miss sir dame lord lady vice general chief prime deputy foreign finance defence "
    "defense home associate interim acting former senior interior health education transport "
    "energy trade labour labor justice environment agriculture treasury state opposition staff of "
    "the and for majority minority shadow executive head major private"
)
"""Offices and trades by which a text tells again of who was named with them."""


def _marry(voices: Voices, found: re.Match[str], lead: str) -> None:
    """Enter the first of two who have one surname: Al of ``Al and Ann Bo``, later ``Mr Bo``."""
    couple, surname = _COUPLE.search(lead), found.group().split()[-1]
    named = person(found.group()) == found.group() != surname
    if couple and named and surname in voices.titled and couple[1] not in voices.titled:
        first = f"{couple.group(1)} {surname}"
        voices.couples[surname] = (first, person(found.group()))
        _enter(voices, found.start() - 1, first, "")


_OWNED = re.compile(r"\b([Hh]er|[Hh]is) (?:[a-z-]+ ){0,2}[a-z-]+,? $")
_GROUP = re.compile(
    rf"\b[A-Za-z]?[a-z]{{1,30}}s (?:at|from|for) (?:the )?(?:[a-z-]+ ){{0,3}}({NAME.pattern})"
    r" [a-z]"
)
"""A body whose people speak: ``Analysts at the brokerage Bo & Li wrote``."""
_SPOKE = re.compile(
    r"\b(?:said|added|says|adds|writes|wrote|explains|explained|recalls|argues|insists|reckons|"
    r"according to)(?: by)? "
    r"(?:(?:the|its|their|his|her|an?)(?: [a-z-]+){1,4}, |(?:(?!that|of|in|on|at|by|to|for|with|if|"
    r"when|after|as|and|but|from|because|before|they|he|she|it|we|you|there|this|these|could|would|"
    r"will|had|has|have|was|is|were|are)[a-z-]+ ){1,4})?$"
)
_GOES_ON = re.compile(
    r"[’'][a-z]| (?!(?:of|at|in|on|from|for|to|with|by|about|who|whose|as|after|before|during|when|"
    r"while|and|last|late|later|earlier|yesterday|today|recently|again|himself|herself)\b)[a-z]"
)
"""A verb after a name that is no speaker's: he said Bo would come."""
_COUPLE = re.compile(r"(?:^|\n|[.!?,] |\b(?:for|by|with|to|of|said|says) )([A-Z][a-z]+) and $")
"""The first of a couple who have one surname."""


def _leads(text: str, at: int) -> bool:
    """Return whether a sentence begins with a name, or with one word and a name."""
    led = _LED.search(text, max(0, at - _LED_BY), at)
    by = led is not None and led.group().endswith(" by ")
    return led is not None and not by and not _REPORTED.search(led.group())


_LED_BY = 60
"""Characters of the words before a name with which a sentence begins."""
_LED = re.compile(
    r"(?:^|\n|[.!?][”\"]? |\d(?:[ap]m)?: |\) [-—–] )(?:[\w’'&-]+ ){0,6}"
    r"(?:[\w’'-]+, (?:(?!who|which|where|and|but)[a-z-]+ ){0,5})?$"
)
_REPORTED = re.compile(
    r"\b(?:whether|about|why|how|if|that|[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e) |"
    r"\w (?:for|of|at|from|in|by) (?:the )?$|"
    r"[A-Z][\w’'-]+ (?:(?:had|has|have) )?[a-z]+ed (?:the )?$|"
    r"[A-Z][\w’'-]+ (?:said|says|told|tells|added|adds|argued|argues|insisted|beat|met|saw|"
    r"sent|gave|took|left|lost|led|knew|found|made|hit|thanked|praised|replaced|joined|"
    r"followed|married) "
)
"""Words before a name of which another tells: Sheikha Ann said Bo Airports would hire."""


_SUFFIXES = ("Jr", "Sr", "II", "III", "IV")


def _is_suffixed(name: str) -> bool:
    """Return whether a name ends with what tells of two who have one name: ``Al Bo Jr``."""
    return name.rpartition(" ")[2].rstrip(".") in _SUFFIXES


def _enter(voices: Voices, at: int, name: str, lead: str) -> None:
    parts = name.split()
    if (known := voices.resolve(name)) != name:
        voices.order.append((at, known))
    elif len(parts) > 1 + _is_suffixed(name):
        voices.people.add(name)
        last = parts[-1]
        if _is_suffixed(name):
            last = parts[-2]
            for part in (parts[0], last):  # Al Jr, Bo Jr
                voices.full.setdefault(f"{part} {parts[-1]}", name)
        known = voices.full.setdefault(last, name)
        if " " not in known or (_is_suffixed(known) and not _is_suffixed(name)):
            voices.full[last] = name
        voices.first.setdefault(parts[0], name)
        voices.order.append((at, name))
    elif name in voices.full or name in voices.first:
        voices.order.append((at, voices.resolve(name)))
    else:
        voices.waiting.append((at, name))
    if owner := _OWNED.search(lead):
        sign = "she" if owner.group(1).lower() == "her" else "he"
        voices.owned.setdefault(voices.resolve(name), (at, sign))


COMPATRIOT = re.compile(
    r"[Tt]he (?:[a-z]+ )?(?:\d+-year-old )?"
    r"(?:Spaniard|Briton|Swede|Dane|Finn|Pole|Scot|Turk|Serb|Croat|Swiss|Argentine|Czech|Slovak|"
    r"Slovene|Greek|Thai|Filipino|Kiwi|Aussie|Israeli|Iraqi|Pakistani|Texan|Londoner|Icelander|"
    r"(?:French|English|Irish|Welsh|Dutch|Yorkshire)(?:man|woman)|"
    r"[A-Z][a-z]+(?:ian|ese|can|lander)|German)\b(?! [A-Za-z])"
)
"""Who is told by a country: the Norwegian."""
_DESCRIBED = re.compile(
    r"[Tt]he (?:[^,]{1,40}, (?P<age>\d\d)(?=[,-]|$)|(?P<aged>\d\d)-year-old\b"
    r"(?! (?:man|woman|boy|girl|driver|suspect|victim|teenager)\b)|"
    r"(?:[\w-]+ )?(?P<parent>father|mother|parent)(?: of |-of-)\w+|"
    rf"(?:[a-z-]+ )?(?P<trade>{PORTRAYED})(?: and [a-z]+)?$)|{COMPATRIOT.pattern}"
)
"""Who is told by what was said with the name: the 64-year-old, the father of two, the farmer."""
