"""Who speaks a quotation, by the words around it.

The words of its sentence behind it come first (``said Ann Bo``), then those before it, then the
sentence behind one that stands by itself (``So says Bo``), those before it, and the paragraph
above; last, who speaks goes on, or answers. A name is resolved to the full one, a pronoun to who
was last named whom it may mean; who has no name is nobody.
"""

import re

from dossier.text.marks import Quotation
from dossier.text.persons import (
    KNOWN_AS,
    NAME,
    ONE_NAME,
    PORTRAYED,
    POSSESSIVE,
    SAID_AFTER,
    SOMEBODY,
    VERBS,
    person,
)
from dossier.text.voices import HELD, KINDS, NOBODY, Voices
from dossier.text.words import word_set

VERB = re.compile(rf"\b(?:{VERBS})\b")
SHORTENED = re.compile(
    r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Sgt|Lt|Capt|Rev|St|Det|Insp|Supt|Cllr|Hon|vs?|"
    r"(?:Nos?|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?=\. \d)|"
    r"(?:Inc|Corp|Co|Ltd|Jr|Sr)(?=\. [a-z]))\.(?= )"
)
"""Titles, months and other words whose full stop ends no sentence: No. 3."""
STOP = re.compile(
    r"(?<![A-Z])[.!?](?=\s|$)|\n|(?<=\.[A-Z])\.(?= (?:The|But|And|He|She|It|They|We|In|On|At|For|"
    r"As|If|When|While|After|This|That|An?) )"
)
"""What ends a sentence; the stop of an abbreviation does before a small word: the U.S. While."""
_NO_HOLDER = re.compile(r"[Tt]he (?:(?:[A-Z][\w’'-]* ){1,3}[a-z]+|[A-Z][a-z]+)$")
_BODY = re.compile(
    rf"(?:the|this|its) (?:[a-z]+ |[\w-]+-(?:based|listed|owned|run) ){{0,3}}({KINDS})$", re.I
)

_ACCORDING = re.compile(
    r"\b(?:according to|in the (?:words|view|opinion|phrase) of) (.{1,120})", re.I
)
_CAME = re.compile(
    r",? (?:came|was|comes|is) (?:the|his|her|a) (?:[a-z-]+ ){1,3}(?:from|of|by) ([^.\n]{3,80})"
)
"""Whose reply a quotation is: ``“No,” came the reply from Bo``."""
_WHO = re.compile(r"^(?:the|a|an|one|its|their|his|her|my|our|police|officials|another)\b", re.I)


def speaker_of(
    voices: Voices,
    before: str,
    after: str,
    span: tuple[int, int],
    found: list[Quotation],
    text: str,
) -> str:
    """Return who speaks: by the words after, those before, or the quotation before."""
    if told := _by_label(voices, before, text, span) or _of_whose_words(
        voices, before, after, span[0]
    ):
        return told
    words = text[span[0] : span[1]].rstrip(" ’'”\"")
    lead = before.rstrip()[-1:]
    led = words[-1:] in "?!" and (lead == ":" or (lead == "," and VERB.search(before) is not None))
    if (words[-1:] == "." or led) and not after.lstrip()[:1].islower():
        after = ""
    followed = words[-1:] in ",?!—…-" or after[:1] == ","
    same = _in_sentence(found, before, span)
    after, before = _ASIDE.sub("", after), _DATELINE.sub("", _ASIDE.sub("", before))
    for reader, part in ((_said_after, after), (_said_before, before)):
        goes_on = not followed or _GOING_ON.match(after) or _LED_INTO.search(before)
        if reader is _said_after and goes_on and (same or VERB.search(before)):
            continue
        if name := (reader is _said_before and same) or reader(voices, part, span[0]):
            return name
    name = _said_after(voices, after, span[0]) or _told_next(voices, text, span)
    name = name or _told_before(voices, found, span, text)
    if not name and before.strip():
        name = _subject_of(voices, before.strip(), span[0])
    told = name or _goes_on(found, span, text) or _beat_behind(voices, before, span, text)
    left = before.strip(_SIGNS)
    brought = bool(left) and (words[:1].islower() or (left[-1] == ":" and not _THEN.match(left)))
    return told or (NOBODY if brought else "")


_THEN = re.compile(
    r"(?:(?:And|But|Or) )?(?:[Tt]hen|[Ll]ater|[Nn]ext|[Ff]inally|[Ee]arlier|[Aa]gain|[Aa]lso)\b"
)
"""What goes on with who has spoken: Then, the last line:."""


def _by_label(voices: Voices, before: str, text: str, span: tuple[int, int]) -> str:
    """Return who speaks by the line below that signs, or the label of a record's line."""
    signed = _SIGNED.match(text, span[1])
    if signed and text[: span[0] - 1][-1:] in ("", "\n"):
        name = voices.resolve(person(signed[1]))
        return name if voices.knows(name) else ""
    label = _LABELLED.match(text, span[0], span[1])
    if label is None or before.rstrip()[-1:] not in ("", ":"):
        return ""
    shown = label[1]
    name = voices.resolve(person(shown.title() if shown.isupper() else shown))
    near = text.find(f"{shown}:", span[1], span[1] + _FARTHEST) >= 0
    near = near or text.find(f"{shown}:", max(span[0] - _FARTHEST, 0), span[0]) >= 0
    return name if voices.knows(name) or (shown.isupper() and near) else ""


def _in_sentence(found: list[Quotation], before: str, span: tuple[int, int]) -> str:
    """Return who speaks the quotation before in the same sentence, if no other is told between."""
    last = found[-1] if found else None
    if last is None or last.end + 1 != span[0] - 1 - len(before) or last.text[-1] in ".!?":
        return ""
    if _AND_VERB.match(before):
        return last.speaker
    apart = before.rstrip().endswith(":") and not _HANGS.match(before)
    return "" if VERB.search(before) or apart else last.speaker


_AND_VERB = re.compile(
    rf",? (?:and|but) (?:(?:[a-z]+ly|also|later|then) )?(?:{VERBS})\b(?!.*\b(?:{VERBS}|that)\b)"
)
"""One more verb of who spoke the words before it: and declared a will to."""
_HANGS = re.compile(r" (?:that|because|as|for|to|if|when|in|on|of)\b")
"""What goes on behind words in marks with the same verb."""


def _beat_behind(voices: Voices, before: str, span: tuple[int, int], text: str) -> str:
    """Return of whom the sentence behind a quotation tells that begins its paragraph."""
    ended = text[span[1] - 1] in ".!?" and text[span[1] + 1 : span[1] + 2] == " "
    behind = STOP.split(text[span[1] + 2 : span[1] + 300])[0] if ended else ""
    if before.strip() or not behind or _DIFFERS.search(behind):
        return ""
    return _subject_of(voices, behind, span[0])


_DIFFERS = re.compile(
    r"\b(?:disagree|differ|declin|refus|den(?:y|ied|ies)|den|isn|wasn|not|unmoved|asked)"
)
"""What somebody does who has not said it."""


def _goes_on(found: list[Quotation], span: tuple[int, int], text: str) -> str:
    """Return who goes on speaking, or answers, in a quotation that nobody is said to speak.

    One that stands right behind another, and a question before one, is of whoever spoke before.
    """
    if not found:
        return ""
    last, between = found[-1], text[found[-1].end : span[0]]
    other = next((q for q in reversed(found[-4:]) if q.speaker != last.speaker), last)
    near = last.start - other.end < 2 * _TAG and len(between) < _TAG
    brief = max(len(last.text), span[1] - span[0]) < _TAG and _CLOSED.fullmatch(between)
    asks = text[span[1] - 1] == "?" and _CLOSED.match(text, span[1], span[1] + 4)
    if near and other.speaker and (brief or asks or not between.strip(_SIGNS)):
        return other.speaker
    if len(between) < 240 and "\n\n" not in between.strip("\n"):
        return last.speaker
    return ""


_SIGNS = " ”’'\"“‘"
_CLOSED = re.compile(r"[”’\"'](?:[^\n]*\n+| )[“‘\"']")
"""What parts two quotations of which the second begins a paragraph, or stands right behind."""
_TAG = 60
"""Characters of the longest words that only tell who spoke."""


_PLACED = re.compile(
    r"^(?:[A-Z][a-z]{2,}(?:ed|ing)(?= (?:an?|the|by|in|at|to|for|on|his|her|as|from|with)\b)|"
    r"Asked|Reached|Told|Pressed|Speaking|Sitting|Standing|When|As|After|Before|By|With|Across|"
    r"In|On|At|Behind|Outside|Inside|Beside|Near|Over|Down|Up|From|Back|Next|Further|"
    r"Downstairs|Upstairs|Meanwhile|Later|Today|Afterwards|Elsewhere)\b"
    rf"[^,.\n]{{0,80}}, (?={NAME.pattern}|s?he |the )"
)
"""Where or when somebody is of whom a sentence tells: Across the road, Ann Bo nods."""


_TOLD_BY = re.compile(
    rf", (?:says|said|adds|added|argues|argued|insists|insisted|explains|explained|reckons) "
    rf"((?:[a-z-]+ ){{0,4}}{NAME.pattern}(?:(?:,| of| from| at) [^.]{{1,80}})?)$"
)
"""Who tells what stands before a quotation: ``Not so, says Ann Bo.``"""


def _told_before(voices: Voices, found: list[Quotation], span: tuple[int, int], text: str) -> str:
    """Return of whom the sentences before a quotation of its own tell: ``Bo was blunter.``

    Of one that is a paragraph by itself, the paragraph above tells. What a sentence says that
    holds a quotation is left to that.
    """
    at, behind = span[0] - 1, found[-1].end + 1 if found else 0
    start = _line_start(text, at, behind)
    ended = text[span[1] - 1] in ".!?…" and text[span[1] + 1 : span[1] + 2] in ("", "\n")
    if ended and not text[start:at].strip():
        while start > behind and text[start - 1].isspace():
            start -= 1
        start = _line_start(text, start, behind)
    told = text[start:at].strip()
    if told[-1:] not in (".", "!", "?", *(":" * (text[at - 1] == "\n"))):
        return ""
    sentences = STOP.split(SHORTENED.sub(r"\1 ", told[:-1]))
    if found and start == behind and found[-1].text.rstrip()[-1] not in ".!?":
        sentences = sentences[1:]  # behind its tag
    near = bool(found) and found[-1].end > start - _TAG
    return _last_told(voices, sentences, at, near)


def _last_told(voices: Voices, sentences: list[str], at: int, near: bool) -> str:
    """Return of whom the last of some sentences tells that tells of a person.

    ``near`` says that a quotation stands before them, whose speaker may tell of another.
    """
    for sentence in reversed(sentences):
        if near and _AGED.fullmatch(sentence.strip()):
            continue
        if _SHOWN.match(sentence):
            return NOBODY
        if owned := _WORDS_OF.search(f"{sentence.strip()}: "):  # Ann Bo's verdict? “Bad.”
            return _who(voices, POSSESSIVE.sub("", owned[1]), at)
        if name := _subject_of(voices, sentence.strip(), at):
            return name
    return ""


_SHOWN = re.compile(
    r"\W*(?:[\d.:apm]{1,9} )?Here (?:is|are|comes?) (?:the|an?|our|his|her|their) [a-z]"
)
"""Who is brought in without a name: Here are the stewards."""
_AGED = re.compile(rf"{ONE_NAME} is (?:\d\d?|[a-z]+)(?: and a half)?")
"""What is put in between two quotations of one who tells of another: Ann is eight."""


def _line_start(text: str, at: int, behind: int) -> int:
    """Return where the line of a place begins, not before another nor too far."""
    return max(text.rfind("\n", behind, at) + 1, behind, at - _FARTHEST)


_FARTHEST = 2_000
"""Characters before a quotation in which its speaker is looked for."""


def _subject_of(voices: Voices, sentence: str, at: int) -> str:
    """Return of which person a sentence tells."""
    sentence = _PLACED.sub("", sentence)
    if _THEIRS.match(sentence):
        return ""
    if told := _told_again(voices, sentence, at):
        return told
    if inverted := _TOLD_BY.search(sentence):
        return _who(voices, inverted[1], at)
    leading = _LEADING.match(sentence)
    related = leading and _RELATED.match(leading["name"] + sentence[leading.end() :][:2])
    related = related or (leading and _OWNS.search(leading["name"]))
    titled = _OWNED_LEAD.match(sentence) if related else _TITLED_LEAD.match(sentence)
    led = leading["name"] if leading and not related else ""
    office = _OFFICE.match(sentence, leading.end()) if leading and led else None
    theirs = NAME.match(sentence, office.end()) if office else None
    led = theirs.group() if theirs else led
    for words in (led, titled["name"] if leading and titled else ""):
        if voices.knows(name := _who(voices, words, at)):
            return name
    return ""


_AGAIN = re.compile(
    r"[Tt]he ([A-Z]?[a-z-]+(?: [a-z]+)?) (?:[a-z]+(?:s|ed|ew|id)|left|had|made|took|"
    r"gave|went|came|told|kept|began|spoke)\b"
)
"""Who is told again by what they are: The Spaniard smiled."""


def _told_again(voices: Voices, sentence: str, at: int) -> str:
    """Return of whom a sentence tells by an office, a trade or a country; or nothing."""
    again = _AGAIN.match(sentence)
    words = f"the {again[1]}" if again else ""
    return words and (voices.holder(words.lower()) or voices.described(words, at))


_OWNS = re.compile(r"[A-Z][\w-]+[’']s [A-Z][a-z]+$")
_LINKS = "with|of|to|at|in|on|for|by"
_OWNED_LEAD = re.compile(
    rf"(?:The )?(?:[A-Z][\w-]+ ){{0,3}}[A-Z][\w-]+[’']s? "
    rf"(?:(?!(?:is|was|are|were|has|had|{_LINKS}|{VERBS})\b)[A-Z]?[a-z-]+ ){{0,4}}"
    rf"(?!(?:{_LINKS})\b)[a-z-]+,? (?P<name>{NAME.pattern})"
)
"""Somebody's or a body's own before a name: ``Bo's mother, Ann, is tall``."""
_TITLED_LEAD = re.compile(
    rf"(?!Th|It |He |She |What )[A-Z][a-z]+(?:[ -][a-z]+){{1,3}}"
    rf"(?<! for)(?<! of)(?<! to)(?<! with)(?<! from) (?P<name>{NAME.pattern})"
)
"""An office of several words before a name: ``Chief executive Ann Bo``."""
_NEXT = re.compile(
    r"[”’\"'\s]*(?:"
    rf"(?:So|Thus) (?:{VERBS}) (?P<says>[^.\n]{{3,80}})|"
    rf"(?:That|This|It) (?:is|was|at least is) (?:how|what|why|the way) (?P<how>[^.\n]{{3,80}}?) "
    rf"(?:{VERBS}|sums|summed|puts|put|sees|saw|likes|liked)\b|"
    r"(?:That|This|The) (?:quote|quotation|line|remark|message) (?:from|by) (?P<by>[^.\n]{3,80})|"
    r"(?:Those|These|They|That|This|It|The (?:words?|lines?|verdict|advice|warning|message|voice|"
    r"speaker|remark|comment|answer|reply|writer|author|sender|question|plea|boast|quip)) "
    r"(?:is|was|are|were|came|comes|belongs?|belonged)\b[^.\n]{0,60}?"
    r"(?:\b(?:of|from|by|to) |(?<=is |as )(?=[A-Z]))(?P<whose>[^.\n]{3,80}))"
)
"""Who is named in the sentence behind a quotation: ``So says Bo``, ``The words were Bo's``."""


def _told_next(voices: Voices, text: str, span: tuple[int, int]) -> str:
    """Return whose words the sentence behind a quotation says they are."""
    told = _NEXT.match(text, span[1], span[1] + 240)
    if told is None:
        return ""
    name = _who(voices, told["says"] or told["how"] or told["by"] or told["whose"], span[0])
    return name if voices.knows(name) else ""


_BY_WHOM = re.compile(r"^ (?:at [\w ]{1,20} )?by (.{1,120})")
_NAMED_SO = re.compile(
    r"\b(?:called|described|dubbed|branded|labelled|labeled|hailed|dismissed|denounced|condemned|"
    r"praised|mocked|accused|told|summed up|derided|rejected)\b[^.]{0,40}$"
)
_OWNED_BY = re.compile(rf"({NAME.pattern})(?<=[a-z])[’']s? $")
"""Whose words stand in marks before what they are: ``Bo's “we go on” promise``."""
_SAYING = re.compile(r" (?:promise|pledge|vow|boast|slogan|line|mantra|claim|remark|comment)s?\b")
WHOSE = re.compile(
    rf"^,? (?:is|was|were|are|ran|runs|went|goes|came|comes|remains|became) "
    rf"(?:(his|her)\b|({ONE_NAME}(?: {ONE_NAME}){{0,3}}?)[’']s?\b) ?[a-z]"
)
"""Of whom words are said to be something: ``“Never” was her answer``, ``was Bo's verdict``."""


_LABELLED = re.compile(rf"((?:[A-Z]+\.? )?[A-Z]{{3,}}|{ONE_NAME} {ONE_NAME}): +(?=[A-Z“])")
"""Who speaks in a record whose lines are quoted: ``“HAMMOND: I was there.``"""
_SIGNED = re.compile(rf"[”’\"']{{1,2}}\s{{1,4}}[-—–―]{{1,2}} ?({NAME.pattern})(?=[,.\n]|$)")
"""Who signs a quotation on a line below: ``- Ann Bo.``"""
_UNDER = re.compile(
    rf"^ ?[:—–―-] ?((?:[a-z][\w’'-]* ){{0,5}}{NAME.pattern})(?![’'\w])"
    r"(?=[, ]|\n|\.|$)"
)
"""Who signs a quotation that begins a line: ``“I miss the sea”: Ann Bo at home``, ``― Ann Bo``."""


def _of_whose_words(voices: Voices, before: str, after: str, at: int) -> str:
    """Return whose words are told: ``called “soft” by a guard``, ``“Never” was her verdict``."""
    by = _BY_WHOM.match(after)
    if by and _NAMED_SO.search(before):
        return _who(voices, _subject(by[1]), at)
    owner = _OWNED_BY.search(before[-80:]) if _SAYING.match(after) else None
    if owner and voices.knows(name := _who(voices, owner[1], at)):
        return name
    if came := _CAME.match(after):
        return _who(voices, came[1], at)
    whose = WHOSE.match(after)
    if whose is None:
        under = _UNDER.match(after) if not before.strip() else None
        signed = under is not None and not POSSESSIVE.search(under[1])
        name = _who(voices, under[1], at) if under and signed else ""
        return name if voices.knows(name) else ""
    if whose[1]:
        return voices.named_before(at, {"his": "he", "her": "she"}[whose[1]])
    return voices.resolve(person(whose[2]))


def _said_after(voices: Voices, after: str, at: int) -> str:
    """Read ``said X``, ``X said``, ``X, the chief executive, said``, ``according to X``."""
    according = _ACCORDING.search(after)
    if according and according.start() < 12:
        return _who(voices, according.group(1), at)
    verb = SAID_AFTER.match(after)
    if verb:
        return _who(voices, _without_listener(after[verb.end() :]), at)
    inverted = _INVERTED.search(after)
    if inverted:
        return _who(voices, _without_listener(after[inverted.end() :]), at)
    verb = VERB.search(after)
    if verb and verb.start() < 200:
        return _who(voices, _subject(after[: verb.start()]), at)
    other = _OTHER_VERB.match(after)
    return _who(voices, other[1] or other[2], at) if other else ""


_OTHER_VERB = re.compile(
    rf"^,? (?:((?:the )?{NAME.pattern}|he|she) [a-z]+(?:ed|s)\b|[a-z]+(?:ed|s) (?:in |out |up )?"
    rf"((?:(?:the|its?|his|her|their|an?|our|my) )?(?:[a-z][\w’'-]*,? ){{0,4}}{NAME.pattern}"
    rf"(?:, {NAME.pattern})?|he\b|she\b))"
)
"""A verb that nobody has listed, right behind a quotation: ``“We sink,” Captain Bo radioed``."""
_INVERTED = re.compile(r"^[^,\n]{1,80}, (?:said|says|added|wrote|told) (?=[A-Z])(?!I\b)")
"""What stands between a quotation and its speaker: ``for the town, said Ann Bo``."""
_GOING_ON = re.compile(
    r" (?:and|but) (?:[a-z]+ )?[a-z]+(?:ed|d|s|ing) |,? (?!according)[a-z]+ing |"
    r"(?:, (?:and|but)|,? (?:while|whereas)) (?:[A-Z]|the |his |her |its |their |an? )"
)
"""What follows words that those before them told: ``“…” and said it was large``."""
_LED_INTO = re.compile(rf"\b(?:{VERBS})\b[^,;]{{0,60}}(?<!called) that $|^[^,]+, [a-z]+ing $")
"""What leads into words whose verb it is: As Bo said that “…,” others left; Bo, citing “…,”."""
_OWN = re.compile(r"(?:the|an?|its|their|his|her|he|she|it|they)\b|[A-Z]")


def _subject(clause: str) -> str:
    """Return the words before a verb without what stands before a comma, if that is no apposition.

    >>> _subject("Under the Act, schools may close, the agency "), _subject("Ann Bo, the owner, ")
    ('the agency', 'Ann Bo, the owner')
    """
    last = _PAUSE.split(clause)[-1].strip()
    last = clause.strip() if " who " in last else last
    if not clause.rstrip().endswith((",", "—", "–", "-")) and _OWN.match(last):
        return last
    return clause.strip(" ,—–-\n")


_PAUSE = re.compile(r", | [—–-] ")


def _without_listener(words: str) -> str:
    return words.strip(" ,:")


def _said_before(voices: Voices, before: str, at: int) -> str:
    """Read ``X said: “``, ``According to X, “``, ``X, the minister, told reporters “``."""
    if told := _put_in(voices, before, at) or voices.below(before, at):
        return told
    before = _last_clause(_OF_WHOM.sub(", ", before).rpartition(" whose ")[2])
    before = _inner(_without_opening(before))
    verbs = list(VERB.finditer(before))
    if not verbs:
        return _before_colon(voices, before, at)
    last = next((verb for verb in verbs if not verb.group().endswith("ing")), verbs[0])
    clause = before[: last.start()]
    apart = last.group().endswith("ing") and _APART.search(clause)
    if apart and (name := _subject_of(voices, before.strip(), at)):
        return name
    for mark in (" that ", "; ", " while ", " but "):
        clause = clause.rpartition(mark)[2] if mark in clause and len(verbs) < 2 else clause
    joined = _AND_SAID.search(before, 0, last.start())
    if joined and (name := _subject_of(voices, before.strip(), at)):
        return name
    inner = _INNER_SUBJECT.search(clause)
    subject = _subject(inner[1] if inner else clause)
    told_at = at - 1 - len(before) + last.start()
    name = _who(voices, subject, told_at) if subject not in ("and", "but", "and also") else ""
    told = before[last.end() :].strip(" ,:")
    return name or (_who(voices, told, at) if told != "it" else "")


_AND_SAID = re.compile(r" (?:but|and|then)(?: (?:now|then|later|also|still|even|[a-z]+ly))? $")
"""What stands before a verb whose subject is the sentence's: He rose but then said."""
_APART = re.compile(r"(?:,|\b(?:while|by|for|in|after|before|when)) $")
"""What parts a participle from the sentence's subject: He rose, saying; praised it while saying."""


def _put_in(voices: Voices, before: str, at: int) -> str:
    """Return who is told by more than the first verb: put in, in whose view, right before."""
    according = _ACCORDING.search(before) or _PUT_IN.search(before) or _PUT_LAST.search(before)
    if according:
        return _who(voices, according.group(1), at)
    if (whom := _FOR_WHOM.match(before)) and voices.knows(name := _who(voices, whom[1], at)):
        return name
    if spoke := _SPOKE_OF.search(before):
        return _meant(voices, spoke[1].lower(), at)
    if _KIN_OF.search(before) or _ANY_ONE.search(before) or _is_so_called(before):
        return NOBODY
    if by := _BY_WHOM_TOLD.search(before):
        return _who(voices, by[1], at)
    if asked := _ASKED_BY.search(before):
        return _who(voices, asked[1], at) if asked[1] else NOBODY
    right = _RIGHT_BEFORE.search(before)
    right = None if right and _FOR.search(before[: right.start()]) else right
    right = right or _SOMEBODY.search(before) or _WITH_ONE.search(before)
    return _who(voices, right[1] or right[2], at) if right else ""


def _is_so_called(before: str) -> bool:
    """Return whether a sentence tells what somebody is called, and of nobody who says so."""
    called = _SO_CALLED.search(before)
    return called is not None and VERB.search(before, 0, called.start()) is None


_SO_CALLED = re.compile(
    r"\b(?:is|was|were|been|being) (?:called|described as|branded|dubbed|labell?ed|denounced as) "
    r"(?:an? |the )?$"
)
"""What somebody is said to be whom another speaks of: a note in which Bo was called."""
_BY_WHOM_TOLD = re.compile(
    rf"\b(?:is|was|were|been|being|are) (?:{VERBS}|asked|questioned) by ([^,:“”]{{3,60}}?)"
    r"(?: as(?: an?| the)?|[:,]) $"
)
"""Whose words are told of another: Bo was described by a guard as."""
_PUT_LAST = re.compile(
    rf", (?:says|said|adds|added|argues|explains|reckons) ((?:[a-z-]+ ){{0,4}}{NAME.pattern}), "
    r"(?:(?:(?:was|is|were|are|had|has|have|[a-z]+ed|told) )?|"
    r"(?:but|and|so|though|while|until) [^.:]{3,80}: )$"
)
"""Who is put in before what is said: ``Ask and, says Ann Bo, ``; the man, says Bo, told ``.

Or before a colon: It ran well, said Ann Bo, but it stopped: ``.
"""
_PUT_IN = re.compile(
    r"^[^,“”\"]{3,120}, (?:says|said|adds|added|argues|argued|explains|explained|insists|insisted|"
    rf"reckons) ((?:[a-z-]+ ){{0,4}}{NAME.pattern})(?:, [^,]{{3,80}})?, (?=[a-z])"
)
"""Who is put in before the verb of what is said: ``That, said Ann Bo, the owner, was ``."""
_ASKED_BY = re.compile(
    r"\b(?:was|were|been|being) (?:asked|questioned|pressed|told|warned)"
    rf"(?: by ((?:[a-z-]+ ){{0,4}}{NAME.pattern})|[^,]{{0,40}}, $)"
)
"""Who asks, or nobody, where the one who is told of has to answer: Bo was asked by Ann Li."""
_FOR_WHOM = re.compile(
    rf"\W*(?:For|To hear) ({NAME.pattern})(?:, [^,]{{3,80}},| tell it,)? "
    rf"(?:it|the|that|this|there)\b(?!.*\b(?:{VERBS})\b)"
)
"""In whose view something is so: ``For Bo the answer is ``."""
_KIN_OF = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir) (?:engineer|wife|husband|mother|father|mum|dad|boss|"
    r"coach|lawyer|son|daughter|brother|sister|friend|neighbou?r|driver|doctor|manager): $"
)
"""Whose words a colon leads to who has no name: ``Then his engineer: ``."""
_INNER_SUBJECT = re.compile(
    rf" (?:after|as|when|where|because|since) "
    rf"((?:(?:the|its|his|her|an?|some|many|several) (?:[\w-]+ ){{1,5}}|he |she )"
    rf"|{NAME.pattern} )$"
)
"""Who is told in a clause of its own: Shares fell after the company said."""
_ANY_ONE = re.compile(
    r"(?:^|[.!?] )\W*(?:(?:One|An?|Another|Some) (?:[A-Z][a-z]+ )?"
    r"(?:[a-z’'-]+,? ){2,10}[a-z’'-]+: |"
    r"As (?:one|an?|another) (?:[a-z-]+ ){1,3}(?:put|puts|said|says|told)\b[^,.]{0,30}, )$"
)
"""Who is brought in without a name: ``One former director was blunter: ``, ``As one put it, ``."""
_RIGHT_BEFORE = re.compile(
    r"(?<!\b[Tt]he )(?<!\bon )(?<!\bof )(?<!\bat )(?<!\bfor )(?<!\bin )"
    rf"\b(?:(s?he|{NAME.pattern}) (?:had |has |later |also )?"
    r"(?:says|said|writes|wrote|adds|added|replied|replies|asked|asks|shouted|admits|admitted|"
    r"found|recalls|recalled|jokes|joked|"
    r"told [a-z]+|called(?: him| her| it| them)?)[:,]?|"
    rf"((?:the|its) (?:[a-z]+ )?(?:{KINDS})) (?:called|described as|branded|dubbed)) $"
)
"""Who stands with the verb right before a quotation: when they called, she said: “I would”."""
_SOMEBODY = re.compile(
    r"\b(?:what|which|who|that|where) ()((?:an?|one|another) (?:[a-z]+ ){1,2})"
    r"(?:wrote|said|called|described as|branded|dubbed|termed)(?: him| her| it| them)? $"
)
"""Somebody without a name right before a quotation: in what a judge called."""
_WITH_ONE = re.compile(
    rf"\bwith (?:({NAME.pattern})|((?:the|an?|one|its|his|her|their) [^,.]{{3,60}}?)) "
    rf"(?=[a-z]+ing\b)(?:{VERBS})\b"
)
"""Who is told with a participle: he left, with the agent describing it as ``."""
_SPOKE_OF = re.compile(r"\b([Hh]e|[Ss]he) (?:had |has )?sp(?:oke|oken) of $")
_MANY_SAY = rf"(?:[a-z]+ )?(?!has|was|does|always|perhaps)[a-z]{{3,}}s (?:{VERBS})\b"
"""Many without a name who say something: local officials said."""
_OPENING = re.compile(
    rf"\W*(?!As {NAME.pattern}, )(?:(?:But|And|Yet) )?(?:(?:[a-z]+ )?[a-z]+ly )?"
    r"(?:[A-Z]?[a-z]+ing|Asked|(?i:in|on|at|of|during|after|before|from|under|"
    r"with|when|as|while|although|though|if|because|since|once|despite)) "
    r"[^,“”\"]{1,160}, "
    r"(?=(?:[a-z]+ ){0,3}[A-Z]|he |she |the |an? |his |her |one |another |"
    rf"{_MANY_SAY})"
)
_TELLING = re.compile(
    r"(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|an?|[A-Z])[^,]{1,40}?(?:, [^,]{2,40},)? (?:had |has |have )?"
    r"(?:boasted|called|described|dubbed|branded|labelled|accused|said|told|wrote|claimed|"
    r"reported|complained|warned|alleged)\b"
)


def _without_opening(before: str) -> str:
    """Return a sentence without what stands before its subject: ``In a clip on X, Bo said``."""
    opening = _OPENING.match(before)
    rest = before[opening.end() :] if opening else ""
    return rest if VERB.search(rest) else before


def _inner(before: str) -> str:
    """Return what somebody tells that another said: Bo said that ``her boss had called it ``."""
    for reported in reversed(list(_REPORTED.finditer(before))):
        if _TELLING.match(before, reported.end()):
            return before[reported.end() :]
    return before


_REPORTED = re.compile(
    r" that | in which | how |\b(?:says?|said|claims?|claimed|alleges?|alleged|recalls?|recalled|"
    r"remembers?|remembered|insists?|insisted) "
    r"(?=(?:his|her|their|its|the|an?) |(?!Mon|Tues|Wed|Th|Fri|Sat|Sun)[A-Z])"
)
"""What stands before what another said: Bo says his boss told him."""


_LEADING = re.compile(
    r"^\W*(?:\d+-year-old )?"
    r"(?:(?:The|An?|His|Her|Its|Their|My|Our|One|Another|Even|But|And|Then|For|Now|Yet|Only) )?"
    r"(?:(?!(?:of|to|at|in|from|by|on|for|with|like|than|that|who|is|was|are|has|had|"
    rf"{VERBS})\b)"
    r"[a-z][\w’'-]{0,20},? ){0,6}"
    rf"(?P<name>(?:[Hh]e|[Ss]he)\b|{NAME.pattern})"
)
_RELATED_TO = (
    r"\b(?:back|support|oppos|represent|advis|defend|attack|investigat)ing $|"
    r"\b(?:who|familiar with|close to) [^,:;]*$"
)
"""What stands between somebody and another, of whom they are told: one backing Al Bo."""
_IN = re.compile(
    r"\b(?:for|of|to|at|in|near|outside|inside|around|across|into|over)(?: the)? $|"
    rf"{_RELATED_TO}"
)
"""What stands before a place, or another's name."""
_WROTE_IN = re.compile(
    rf"\b(?:[Ff]rom|by|[Hh]ere[’']s|[Hh]ere is) (?:an? [a-z]+, )?({ONE_NAME})(?=[ ,:])"
)


def _labelled(voices: Voices, before: str) -> str:
    """Return whose name alone stands before a colon: ``HAMMOND: ``, ``Bo: ``."""
    if label := _LABEL.match(before):
        return voices.resolve(label[1].title())
    lone = _LONE.match(before)
    name = person(lone[1]) if lone and lone[1].lower() not in _HEADINGS else ""
    return voices.resolve(name) if name else ""


_LONE = re.compile(rf"\W*({NAME.pattern}): $")
_HEADINGS = word_set(
    "verdict note update question answer result score reaction quote motto warning message slogan "
    "tip translation example caption headline sign subject re title status breaking watch read"
)
"""Words with a colon that name nobody."""
_WORDS_OF = re.compile(
    rf"((?:[Tt]he [a-z -]{{2,30}}|{NAME.pattern})(?<=[a-z])[’']s?) (?:own |first |only |last |one |"
    r"[A-Za-z]{3,12} )?(?:verdict|motto|answer|advice|take|reply|response|view|message|summary|"
    r"words?|line|mantra|conclusion|theory|description|tweet|post|question|diagnosis|prediction|"
    r"warning|"
    r"explanation|assessment|philosophy|plea|comment|remark|retort|rule|tip|joke|argument|defence|"
    r"opening line|parting shot)s?\b[^:,]{0,40}[:,]\s*$"
)
"""Whose words a colon leads to: ``Bo's verdict: ``."""
_LABEL = re.compile(r"\W*(?:[A-Z][A-Z .]{0,20} )?([A-Z]{3,20}):\s*$")
"""Who speaks in a record: HAMMOND."""


def _before_colon(voices: Voices, before: str, at: int) -> str:
    """Return of whom a sentence tells that ends before a quotation: ``Ann Bo was blunt: ``.

    Who stands right before the colon, else who is named first, is known and is told by no other:
    ``From the steps, Bishop Ann Bo: ``; a pronoun; whom the words are from, ``from Ann in Ayr: ``.
    """
    if not before.rstrip().endswith((":", ",")):
        return ""
    if told := _labelled(voices, before) or _theirs(voices, before.strip()):
        return told
    if owned := _WORDS_OF.search(before):
        return _who(voices, POSSESSIVE.sub("", owned[1]), at)
    leading = _LEADING.match(before)
    if leading and _RELATED.match(leading["name"] + before[leading.end() :][:2]):
        return ""
    if known := _known_before(voices, before):
        return known
    if pronouns := _SUBJECT_PRONOUN.findall(before):
        return voices.named_before(at, pronouns[-1].lower())
    started = at - 1 - len(before)
    if bodies := [name for p, name in voices.bodies if started <= p < at]:
        return bodies[0]
    wrote = _WROTE_IN.search(before)
    return voices.resolve(wrote[1]) if wrote and person(wrote[1]) else ""


def _known_before(voices: Voices, before: str) -> str:
    """Return who is known and stands right before a colon, else is named first; or nothing."""
    known = [
        (place, name)
        for place, name in _names_in(before)
        if voices.resolve(name) in voices.full.values() and not _IN.search(before[:place])
    ]
    last = [name for place, name in known if before[place:].rstrip(" :").endswith(name)]
    return voices.resolve((last or [known[0][1]])[-1]) if known else ""


_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_CLAUSES = (", but ", ", while ", ", and ", ", where ", "; ", " - ", " – ", " — ")
_SUBJECT = re.compile(
    r"(?:(?:then|and|but) )?(?:(?:the|an?|its|their|his|her|one|another|some|several|many) |[A-Z]|"
    rf"{_MANY_SAY})"
)


def _last_clause(before: str) -> str:
    """Return the last clause that has its own subject and verb: ``, but a lawyer, Ann Bo, said``.

    >>> _last_clause("The club denied it, but its owner said it was ")
    'its owner said it was '
    """
    for mark in _CLAUSES:
        rest = before.rpartition(mark)[2]
        if rest != before and _SUBJECT.match(rest) and VERB.search(rest):
            before = rest
    return before


_OF_WHOM = re.compile(
    rf", (?:who(?:se|m)?|which|where|(?:an?|the) [^,]{{3,60}} (?:that|who|which)) [^,]{{8,200}}, "
    rf"(?=(?:{VERBS})\b)"
)
"""What is told of a speaker before the verb: Ann Bo, whose son died, said."""
_OFFICE = re.compile(rf"(?: [a-z-]+){{0,3}} (?:[a-z]+-)?(?:{SOMEBODY}) ")
"""Words between a place, a body or somebody, and who is theirs: Bo's lawyer, the Ayr mayor."""
PRONOUN = re.compile(r"\b(he|she|they)\b", re.I)


def _names_in(words: str) -> list[tuple[int, str]]:
    """Return the persons of some words, without the place whose office the next one holds."""
    found = [(m, person(m.group())) for m in NAME.finditer(words)]
    known = [(m, name) for m, name in found if name]
    own = [(m, name) for m, name in known if not POSSESSIVE.search(m.group())]
    names = [(m.start(), name) for m, name in own or known]
    ends = [m.end() for m, _ in own or known]
    office = len(names) > 1 and _OFFICE.fullmatch(words[ends[0] : names[1][0]])
    return names[1:] if office else names


_OF_WORK = re.compile(
    r"([Hh]is|[Hh]er|[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?) (?:[a-z-]+ ){0,3}"
    r"(?:statement|letter|note|post|email|memo|tweet|message|dissent|opinion|release|caption|diary|"
    r"submission|testimony|affidavit|reply)\b"
)
"""Words that speak for who wrote them: ``the statement said``, ``reads her dissent``."""
_RELATED = re.compile(r"(?:[A-Z][\w-]+ {1,2}){0,5}[A-Z][\w-]+[’']s? [a-z]")
"""Who has no name but another's: Lopez's son."""


_JOINED = re.compile(r"^(?:[Aa]nd|[Bb]ut|As|Yet) (?=\w)")
"""What joins a clause to the one before it: and Bo's team said."""
_TELLS = re.compile(
    r"((?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Ss]everal|[Mm]any)(?: [a-z’'-]+){1,5}?) "
    r"(?:has|had|have|is|was|are|were|did|does|left|[a-z]{2,}ed)\b(?:(?! by )[^,])*$"
    r"(?<! after )(?<! as )(?<! when )(?<! because )(?<! since )(?<! while )(?<! that )(?<! by )"
)
"""Somebody without a name of whom a sentence tells, before it names another."""


def _who(voices: Voices, words: str, at: int) -> str:
    """Return who a stretch of words names: a person, a pronoun's, or the words themselves."""
    words = _JOINED.sub("", words)
    words = _ALSO.sub("", _IN_WRITING.sub("", _WHERE.sub("", words)))
    words = "it" if _IT_DID.search(words) else words
    if told := _writer(voices, words, at) or _body_of(voices, words, at):
        return told
    if words.lower() == "it" or _BODY.match(words):
        return voices.unnamed_as(_group(words)) or NOBODY
    names = _names_in(words)
    known = _known(voices, words, names)
    if known and (telling := _TELLS.match(words[: known[0][0]])):
        words, names = telling[1], []
    pronoun = PRONOUN.search(words.partition(" who ")[0])
    ending = re.search(r"\b(he|she|they)$", words, re.I)
    if ending:
        pronoun, names = ending, []
    if pronoun and (not names or pronoun.start() < names[0][0]):
        return _meant(voices, pronoun.group().lower(), at)
    told = _held_by(voices, words.strip(), at)
    return told or (NOBODY if _is_unheld(words) else _named(voices, words, names))


def _held_by(voices: Voices, words: str, at: int) -> str:
    """Return who is told by an office, a trade, or what else was said of them; or nothing."""
    if holder := voices.holder(words) or voices.holder(words.lower()):
        return holder
    known = _KNOWN.fullmatch(words)
    told_again = _PORTRAYED_OF.fullmatch(words) or (known and known[1] not in voices.introduced)
    if told_again and (told := voices.mentions.leading(at)):
        return told
    return "" if _is_unheld(words) else voices.described(words, at)


_IT_DID = re.compile(r"(?:^|; )(?:in|on|at|for|with) [^,;]{0,60}\bit$")
"""A body that is told again in a sentence's last part: …; in a note it."""


_PORTRAYED_OF = re.compile(
    r"[Tt]he (?:[\w-]+ )?(?:[A-Z][\w’'-]+ ){1,3}"
    rf"(?:{PORTRAYED}|star|prop|native|veteran|skipper|captain|defender|forward|favourite|resident)"
)
"""Somebody told again by a place or a body, and a trade: the Leeds winger."""
_KNOWN = re.compile(
    rf"[Tt]he (?:(?!one |two |second |other |late |of |for )[A-Za-z-]+ ){{0,4}}({KNOWN_AS})"
    r"(?: from [A-Z][a-z]+)?"
)
"""Somebody known told again without the name: the Republican nominee, the Ohio senator."""


def _is_unheld(words: str) -> bool:
    """Return whether words tell of an office that nobody named has, or of what is written."""
    unheld = _NO_HOLDER.match(words) and words.split()[-1].lower() in HELD
    return bool(unheld or _WRITTEN.match(words))


_DATELINE = re.compile(r"^[A-Z]{3}(?:[^-—–\n]{0,40} [-—–]+|[A-Z ]{0,20}:) (?=[A-Z][a-z]* )")
_ASIDE = re.compile(r" \([^()]{1,60}\)")
_WRITTEN = re.compile(
    r"(?:The|An?|One|the|an?|one) (?:[a-z]+ )?(?:page|entry|sign|notice|label|banner|poster|plaque|"
    r"placard|inscription|sticker|leaflet)\b"
)
"""What is read, and is no person whom a pronoun may mean: The page for May says."""
_WHERE = re.compile(rf"^(?:In|At|Outside|Near) {NAME.pattern} (?=an? [a-z])")
"""Where somebody is who has no name: In Ayr a man."""
_BY = re.compile(
    rf"^(?:The|Its|Their|An?|the|its|their|an?) [a-z ]{{3,40}},? by ({NAME.pattern}),?$"
)
"""Who wrote what speaks: ``The dissent, by Justice Bo, called it``."""
_ALSO = re.compile(r"(?<=\b[Ii]t) (?:also|later|then|now|still)$")
_IN_WRITING = re.compile(r", in an? (?:[a-z]+ )?(?:statement|letter|email|note|report|post)$")
"""What stands between a speaker and the verb: ``The institute, in a statement, said``."""


def _body_of(voices: Voices, words: str, at: int) -> str:
    """Return the body that words name: ``it``, ``the fund``, ``the utility Bo Edison``."""
    told = _OF_A_KIND.match(words)
    if told and any(name == told[1] for _, name in voices.bodies):
        return told[1]
    body = _BODY.match(words) or _BODYS_WORK.match(words)
    known = voices.body_of(body[1], at) if body else ""
    plain = body is not None and (len(words.split()) == 2 or body.re is _BODYS_WORK or "-" in words)
    spoken = plain or words.lower() == "it"
    if words.lower() == "it" and voices.last and not voices.is_person(voices.last):
        return voices.last
    return known or (voices.body_before(at, body is None) if spoken else "")


def _writer(voices: Voices, words: str, at: int) -> str:
    """Return whose letter, statement or evidence speaks: ``her dissent``, ``the witness``."""
    if words.lower() == "it" and (writer := voices.writer(at)):
        return writer
    if witness := voices.testifying(words.lower().removeprefix("the "), at):
        return voices.holder(words) or witness
    by = _BY.search(words)
    if by and voices.knows(name := voices.resolve(person(by[1]))):
        return name
    work = _OF_WORK.match(words)
    sign = {"his": "he", "her": "she"}.get(work[1].lower(), "") if work else ""
    if sign or work is None:
        return voices.named_before(at, sign) if sign else ""
    return voices.last if voices.is_above(voices.spoke, at) else NOBODY


_BODYS_WORK = re.compile(
    rf"(?:the|its) (?:[a-z]+ )?({KINDS})[’']s (?:[a-z]+ ){{0,2}}(?:statement|letter|note|report)\b",
    re.I,
)
_OF_A_KIND = re.compile(
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) (?:[\w’'-]+ ){{0,3}}(?:{KINDS}) ({NAME.pattern})$"
)


def _meant(voices: Voices, sign: str, at: int) -> str:
    """Return whom he, she or they means, and keep that the pronoun is this person's."""
    if sign == "they":
        return voices.several(at)
    name = voices.named_before(at, sign)
    if name:
        voices.pronouns.setdefault(name, sign)
    return name


_NOUN = (
    r"(?:(?!(?:in|at|on|of|for|to|from|by|with|and|or|but|that|as|is|was|has|had|not|an?|the|"
    rf"{VERBS})\b)[a-z][a-z-]*(?<!ed) )"
)
_THEIR = (
    rf"{_NOUN}{{0,3}}(?!(?:He|She|It|They)\b){ONE_NAME}(?: {ONE_NAME})? {_NOUN}{{0,3}}"
    rf"(?:{SOMEBODY}|campaign|team|camp|administration|ad|advert|video|{KINDS})s?"
)
_TOLD_OF = (
    rf"$|,(?! (?!in |on |at )(?:[a-z-]+ ){{0,3}}{NAME.pattern})|"
    r" (?:who|in|at|from|with|close|familiar|is|was|are|were|has|had|have|"
    r"(?!named|called)[a-z]{2,}ed)\b"
)
"""What follows somebody who has no name: a verb, or where they are, but no name."""
_ANY_KIND = (
    rf"(?i:an?|one|another) {_NOUN}{{0,3}}{ONE_NAME} "
    r"(?!(?:later|then|also|now|once|still|never|ever|often|earlier|just|soon|again|[a-z]{3,}ly)$)"
    r"[a-z]{3,}$"
)
"""Somebody who is a person's, whatever they are called: one Bo loyalist."""
_THEIRS = re.compile(
    rf"{_ANY_KIND}|"
    rf"(?:(?:As |But |And |Yet )?(?:[Aa]n? |[Tt]he |[A-Z][a-z]+ )?{_THEIR}(?:{_TOLD_OF})|"
    rf"(?i:an?|one|another|the|some|several) {_THEIR}\b(?!,? {NAME.pattern}|,| -| ?[—–]))"
)
"""Somebody or some who are told of as a person's or a body's: a senior Bo aide."""


def _theirs(voices: Voices, words: str) -> str:
    """Return who is told of as a person's or a body's at the start of some words, or nothing."""
    theirs = _THEIRS.match(words)
    return voices.unnamed_as(_group(theirs.group())) or NOBODY if theirs else ""


_FOR = re.compile(
    r"\b(?:(?<!Secretary )(?<!Speaker )(?<!Minister )of|"
    rf"(?:for|to|at|in|on|near|outside|along|with)(?: the)?) $|{_RELATED_TO}"
)
"""What stands before another's name: lawyers for Al Bo, one who supports Al Bo."""


_OF_A_KIND_MANY = re.compile(
    r"[A-Z][\w-]{2,20} [a-z]+s\b(?! [A-Z])|"
    r"[A-Z][a-z]{3,}s (?:of|in|at|on|from|near|who|and|have|are|were|say|want|fear|had) "
)
"""Many of a kind, at a sentence's start: Onion growers."""


def _known(voices: Voices, words: str, names: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the names that are persons' of whom the text tells."""
    return [
        (at, name)
        for at, name in names
        if name.split()[-1] in voices.full
        or name in voices.alone
        or (name in voices.first and words.startswith(f"{name}, "))
    ]


def _named(voices: Voices, words: str, names: list[tuple[int, str]]) -> str:
    """Return who is named in some words: a person, known or not, or the words themselves."""
    if spouse := voices.spouse(words):
        return spouse
    known = _known(voices, words, names)
    related = len(names) == 1 and names[0][0] == 0 and _RELATED.match(words)
    if related or (not known and names and names[0][1].lower() in voices.common):  # Shares in Bo
        return voices.unnamed_as(_group(words))
    if theirs := _theirs(voices, words):
        return theirs
    if known and not _FOR.search(words[: known[0][0]]):
        return voices.resolve(known[0][1])
    group = _group(words)
    if known or _OF_A_KIND_MANY.match(words):
        return voices.unnamed_as(group)
    if names and _FOR.search(words[: names[0][0]]):
        return voices.unnamed_as(group)
    apposed = names and words[: names[0][0]].endswith(", ")
    if names and (apposed or not (group and _WHO.match(words) and names[0][0] > 0)):
        return voices.resolve(names[0][1])
    return voices.unnamed_as(group)


def _group(words: str) -> str:
    """Return who has no name as the text says it: ``a spokesman``, ``the ministry``."""
    stretch = _GROUP_ENDS.split(words)[0]
    stretch = stretch.strip(' \n“”"')
    told = 0 < len(stretch.split()) < 9 and not _NO_GROUP.match(stretch)
    return stretch if told else ""


_GROUP_ENDS = re.compile(
    r",|;|:|\(| (?:who|which|in a|on|at|to|after|while|familiar with|close to) "
)
_NO_GROUP = re.compile(r"(?:in|on|at|of|to|with|for|by|from|that|as|and|but) |[Ii]t$")
"""What begins no words for somebody: ``in full``."""
