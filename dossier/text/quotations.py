"""The quotations of a text and their speakers.

A quotation runs inside its marks (straight, curly, guillemets, single curly); one that ``he said``
breaks is two; one whose paragraph ends open runs to the paragraph's end. Titles and scare quotes
are none. The speaker is the full name, where the text gives it anywhere before; a pronoun is who
was last named; who has no name (``a spokesman``) is nobody, a body is as the text names it. In an
interview of questions and answers, the one who answers is quoted where no other is.
"""

import re
from dataclasses import dataclass, replace

from dossier.text.voices import (
    COMPATRIOT,
    HELD,
    KINDS,
    NAME,
    NOBODY,
    ONE_NAME,
    POSSESSIVE,
    SAID_AFTER,
    VERBS,
    Voices,
    person,
    voices_of,
)

_VERB = re.compile(rf"\b(?:{VERBS})\b")
_SAID = re.compile(rf"\b(?:{VERBS}|according to|in the words of)\b", re.I)
_SHORTENED = re.compile(
    r"\b(Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Sgt|Lt|Capt|Rev|St|Det|Insp|Supt|Cllr|Hon)\.(?= )"
)
"""Titles whose full stop ends no sentence."""
_PRONOUNS = {"he": "he", "she": "she", "they": "they", "him": "he", "her": "she", "I": "i"}
_LONGEST = 20_000
"""Characters of the longest quotation."""


@dataclass(frozen=True)
class Quotation:
    """A quotation: its place inside the marks, its words, and who speaks; empty for unknown."""

    start: int
    end: int
    text: str
    speaker: str


Span = tuple[int, int]
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "'": "'", "»": "«"}
_MARK = re.compile("[“”„«»‘’\"']")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks, in order, whatever they quote.

    >>> quoted_spans('He said "go" and “come”.')
    [(9, 11), (18, 22)]
    """
    spans: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for found in _MARK.finditer(text):
        at, sign = found.start(), found.group()
        if opened >= 0 and (end := _paragraph_end(text, opened, at)):
            if mark in '“"«' or (mark == "‘" and text[end:].lstrip()[:1] == "‘"):
                spans.append((opened, end))
            opened = -1
        if opened >= 0:
            if sign in _CLOSERS[mark] and _closes(text, at, sign):
                spans.append((opened, at))
                opened = -1
        elif _opens(text, at, sign):
            opened, mark = at + 1, sign
    if opened >= 0 and mark in "“«" and len(text) - opened < _LONGEST:
        end = text.find("\n", opened)
        spans.append((opened, end if end >= 0 else len(text)))
    return [(s, e) for s, e in spans if text[s:e].strip() and e - s < _LONGEST]


def _paragraph_end(text: str, opened: int, at: int) -> int:
    end = text.find("\n", opened, at)
    return end if end >= 0 else 0


def _opens(text: str, at: int, sign: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in "“„«":
        return True
    if sign == '"':
        return not after.isspace() and bool(after) and not before.isdigit()
    if sign in "‘'":
        free = not before or before.isspace() or before in '([—–-:“"'
        begun = after.isalpha() or after in "[…$£€" or _heads(text, at, sign)
        return free and begun and not _elided(text, at)
    return False


def _heads(text: str, at: int, sign: str) -> bool:
    """Return whether digits open a line that is in marks as a whole: ``'22 pages for a fence'``."""
    if text[at - 1 : at] not in ("", "\n") or not text[at + 1 : at + 2].isdigit():
        return False
    return text[at : _line_end(text, at)].rstrip()[-1] in _CLOSERS[sign]


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


_ELIDED = re.compile(r"['’‘](?:\d0s|em\b|til\b|tis\b|twas\b|cause\b|n'? |bout\b|round\b)", re.I)


def _elided(text: str, at: int) -> bool:
    return bool(_ELIDED.match(text, at))


def _closes(text: str, at: int, sign: str) -> bool:
    if sign not in "’'":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isspace() and not (after.isalnum())


_NO_HOLDER = re.compile(r"[Tt]he (?:[A-Z][\w’'-]* ){1,3}[a-z]+$")


def quotations_of(text: str) -> list[Quotation]:
    """Return the quotations of a text with their speakers, in order."""
    spans = quoted_spans(text)
    plain = _SHORTENED.sub(r"\1 ", text)  # as long as the text
    voices = voices_of(plain, spans)
    found: list[Quotation] = []
    bounds = _bounds(plain, spans)
    asked = _asked(text)
    skipped = (-2, 0)  # where words in marks end that are none, and where their sentence begins
    for number, (start, end) in enumerate(spans):
        left, right = bounds[number]
        if left == skipped[0] + 1 and _VERB.search(plain, left, start):
            left = max(skipped[1], start - 240)
        before, after = plain[left : start - 1], plain[end + 1 : right]
        if not _is_quotation(text, (start, end), before, after):
            skipped = (end, left)
            continue
        speaker = _speaker(voices, before, after, (start, end), found, text)
        if asked:
            speaker = _answering(voices, speaker, (start, end), asked, text)
        found.append(Quotation(start, end, text[start:end], speaker))
        if speaker and speaker != NOBODY:
            voices.last, voices.spoke = speaker, end
    named = [q if q.speaker not in voices.nameless else replace(q, speaker=NOBODY) for q in found]
    return _headed(text, _backwards(text, named))


def _headed(text: str, found: list[Quotation]) -> list[Quotation]:
    """Give a quotation of a headline, or of its own line, the speaker of one below that says it."""
    head = len(text) - len(text.lstrip()) + text.strip().find("\n")
    result = []
    for number, quotation in enumerate(found):
        words = quotation.text.strip(" ,.!?…").casefold()
        start, end = quotation.start - 1, quotation.end + 1
        lone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        above = quotation.end < head or lone
        below = (q for q in found[number + 1 : number + 1 + _BELOW] if q.start > head)
        same = (q.speaker for q in below if words in q.text.casefold())
        speaker = next(same, quotation.speaker) if above else quotation.speaker
        result.append(replace(quotation, speaker=speaker))
    return result


_BELOW = 100
"""Quotations below a heading that may say the same, at most."""
_QUESTION = re.compile(r"(?:^|\n)[^\n“”\"]{6,160}\?(?=\n)")
_LEAST_ASKED = 4
"""Questions, each a line of its own, that make an interview."""


def _asked(text: str) -> int:
    """Return where the first question of an interview stands, or 0."""
    asked = [found.start() for found in _QUESTION.finditer(text)]
    return asked[0] if len(asked) >= _LEAST_ASKED else 0


def _answering(voices: Voices, speaker: str, span: Span, asked: int, text: str) -> str:
    """Return who speaks in an interview: in the head, and where no other is said, who answers.

    A pronoun in an answer is nobody whom the answer itself does not name.
    """
    answers = next((name for _, name in voices.order if " " in name), "")
    if span[0] < asked:
        return speaker or answers
    answer = text[text.rfind("\n", 0, span[0]) + 1 : span[0]]
    if speaker in ("", answers):
        return speaker and (NOBODY if _PRONOUN.search(answer[-40:]) else speaker)
    return speaker if speaker.split()[-1] in answer else NOBODY


_STOP = re.compile(r"(?<![A-Z])[.!?](?=\s|$)|\n")


def _bounds(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each span the words around it: from the sentence's start to its end."""
    bounds = []
    for number, (start, end) in enumerate(spans):
        left = spans[number - 1][1] + 1 if number else 0
        left = max(left, start - 600)
        for stop in _STOP.finditer(text, left, max(left, start - 1)):
            left = stop.end()
        right = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        right = min(right, end + 600)
        stop_after = _STOP.search(text, min(end + 1, right), right)
        bounds.append((left, stop_after.start() if stop_after else right))
    return bounds


_TITLED = re.compile(
    r"\b(?:titled|entitled|title|album|song|book|novel|film|movie|documentary|paper|play|series|single|"
    r"show|musical|essay|lecture|speech|opera|ballet|petition|exhibition|headlined|poem|"
    r"memoir|podcast|video|painting|episode|hit)s?,? ?"
    r"(?:is |was |called |named )?$",
    re.I,
)
_SHOWN = re.compile(r"(?:[’']s|\b(?:on|in|of|with|his|her|their)) $")
"""What stands before a title, and before no speech: ``on NBC's``."""
_DUBBED = re.compile(
    r"\b(?:so-called|(?:is|are|was|were|be|been|being|what some|often) called|known as|nicknamed|"
    r"dubbed|codenamed|code-named|rated|marked|stamped|spelt|classed as|list of [a-z]{1,20}) $",
    re.I,
)
_SO_CALLED = re.compile(
    r"\b(?:called the|the term|the word|the phrase|named|the|an?|its|their|as an?) $", re.I
)


def _is_quotation(text: str, span: tuple[int, int], before: str, after: str) -> bool:
    """Return whether words in marks are spoken: no title, no scare quotes."""
    words = text[span[0] : span[1]]
    count = len(words.split())
    ended = words.rstrip()[-1] in ",.!?…—-" or after[:1] in ("\n", "")
    told = count > 1 and words.lstrip()[0].islower() and _TOLD.match(after)
    if told and not _CALLED.search(before):
        return True
    small = words.lstrip()[0].islower() and _VERB.search(before)
    shown = _SHOWN.search(before) and _is_title(words.rstrip(",."), ended=False)
    if (_TITLED.search(before) and not small) or shown or _is_title(words, ended):
        return False
    adjective = re.search(r"\ban? $", before, re.I) and re.match(r" [a-z]", after)
    if (count < 4 and _DUBBED.search(before)) or (count < 6 and adjective and not ended):
        return False
    speech = _VERB.search(before) or _SAID.search(after[:160]) or _SAID.search(before)
    speech = speech or _HEARD.search(after[:160])
    led = _is_led(words, before, _WRITTEN.search(text, 0, span[0] - 1) is None, after)
    if led or (ended and (speech or not before.strip())):
        return True
    if count < 3:
        return _is_a_word_said(words, before)
    if ended and count > 3:
        return True
    if _SO_CALLED.search(before) and count < 4:
        return False
    return bool(speech) or count > 6 or _WHOSE.match(after) is not None


def _is_a_word_said(words: str, before: str) -> bool:
    """Return whether a word or two are somebody's: a source called that ‘rich’."""
    if _CALLED_THAT.search(before) and words[0].islower():
        return True
    several = len(words.split()) > 1 and not _SO_CALLED.search(before)
    return several and bool(_SAID.search(before))


_CALLED_THAT = re.compile(r"\b(?:called|calls|branded|labelled) (?:that|this|it|him|her|them) $")
_HEARD = re.compile(
    r"\b(?:court|tribunal|inquest|inquiry|jury|trial|hearing|panel) (?:hears|heard)\b"
)
"""Who hears what a headline quotes: ‘left it in a tin’, tribunal hears."""


_WRITTEN = re.compile(r"\S")


def _is_led(words: str, before: str, first: bool, after: str) -> bool:
    """Return whether a colon leads to whole sentences, or stands behind what a headline begins."""
    headed = first and after[:1] == ":"
    return headed or (before.rstrip().endswith(":") and words.rstrip()[-1] in ".!?")


_CALLED = re.compile(
    r"\b(?:called|known as|nicknamed|dubbed|named|termed|rated|marked|the word)(?: (?:an?|the))? $"
)
_TOLD = re.compile(r", [^,.;\n]{1,60} (?:said|says|told)\b")
"""An attribution right behind a quotation."""


def _is_title(words: str, ended: bool) -> bool:
    found = words.split()
    if not 1 < len(found) < 12 or ended:
        return False
    large = [w for w in found if w[0].isupper() or w.isdigit()]
    small = [w for w in found if w[0].islower()]
    titled = all(len(w) < 5 for w in small) and found[0][0].isupper()
    return titled and len(large) > 1 and len(large) >= len(small)


_BODY = re.compile(rf"(?:the|this|its) (?:[a-z]+ )?({KINDS})$", re.I)


def titled_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans inside quotation marks that are the title of a work, in order.

    >>> titled_spans("“Seven Winters” beat “Orbit 9”. “Two Men died,” he said.")
    [(1, 14), (22, 29)]
    """
    return [
        (start, end)
        for start, end in quoted_spans(text)
        if end - start < 60 and _is_title(*_as_titled(text, start, end))
    ]


def _as_titled(text: str, start: int, end: int) -> tuple[str, bool]:
    """Return words in marks, and whether a mark ends them that is not the sentence's own."""
    words = text[start:end]
    called = _TITLED.search(text[max(start - 40, 0) : start - 1])
    return words, words[-1] in ("!?…—-" if called else ",.!?…—-")


_ACCORDING = re.compile(r"\b(?:according to|in the words of) (.{1,120})", re.I)
_WHO = re.compile(r"^(?:the|a|an|one|its|their|his|her|police|officials|another)\b", re.I)


def _speaker(
    voices: Voices,
    before: str,
    after: str,
    span: tuple[int, int],
    found: list[Quotation],
    text: str,
) -> str:
    """Return who speaks: by the words after, those before, or the quotation before."""
    if told := _of_whose_words(voices, before, after, span[0]):
        return told
    words = text[span[0] : span[1]].rstrip()
    led = before.rstrip()[-1:] == ":" and words[-1:] in "?!"
    if (words[-1:] == "." or led) and not after.lstrip()[:1].islower():
        after = ""
    followed = words[-1:] in ",?!—…-" or after[:1] == ","
    for reader, part in ((_said_after, after), (_said_before, before)):
        goes_on = not followed or _GOING_ON.match(after)  # “…” and said it was large
        if reader is _said_after and goes_on and _VERB.search(before):
            continue
        name = reader(voices, part, span[0])
        if name:
            return name
    name = _said_after(voices, after, span[0]) or _told_before(voices, found, span[0], text)
    if name or not found:
        return name
    between = text[found[-1].end : span[0]]
    if len(between) < 240 and "\n\n" not in between.strip("\n"):
        return found[-1].speaker
    return ""


_PLACED = re.compile(
    r"^(?:Across|In|On|At|Behind|Outside|Inside|Beside|Near|Over|Down|Up|From|Back|Next|Further|"
    r"Downstairs|Upstairs|Meanwhile|Later|Today|Afterwards|Elsewhere)\b"
    rf"[^,.\n]{{0,60}}, (?={NAME.pattern})"
)
"""Where or when somebody is of whom a sentence tells: Across the road, Ann Bo nods."""


_TOLD_BY = re.compile(
    rf", (?:says|said|adds|added|argues|argued|insists|insisted|explains|explained|reckons) "
    rf"((?:[a-z-]+ ){{0,4}}{NAME.pattern}(?:, [^.]{{1,80}})?)$"
)
"""Who tells what stands before a quotation: ``Not so, says Ann Bo.``"""


def _told_before(voices: Voices, found: list[Quotation], at: int, text: str) -> str:
    """Return of whom the sentence right before a quotation of its own tells: ``Bo was blunter.``"""
    start = found[-1].end + 1 if found else 0
    start = max(text.rfind("\n", start, at) + 1, start)
    told = text[start : at - 1].strip()
    if told[-1:] not in (".", "!", "?"):
        return ""
    sentence = _STOP.split(_SHORTENED.sub(r"\1 ", told[:-1]))[-1].lstrip()
    sentence = _PLACED.sub("", sentence)
    leading = _LEADING.match(sentence)
    if inverted := _TOLD_BY.search(sentence):
        return _who(voices, inverted[1], at)
    if leading is None or _RELATED.match(leading.group().strip() + sentence[leading.end() :][:2]):
        return ""
    name = _who(voices, leading.group().strip(), at)
    return name if name in voices.full.values() else ""


_BY_WHOM = re.compile(r"^ (?:at [\w ]{1,20} )?by (.{1,120})")
_NAMED_SO = re.compile(
    r"\b(?:called|described|dubbed|branded|labelled|labeled|hailed|dismissed|denounced|condemned|"
    r"praised|mocked|accused|told|summed up|derided|rejected)\b[^.]{0,40}$"
)
_WHOSE = re.compile(
    rf"^,? (?:is|was|were|are|ran|runs|went|goes|came|comes|remains|became) "
    rf"(?:(his|her)\b|({ONE_NAME}(?: {ONE_NAME}){{0,3}}?)[’']s?\b) ?[a-z]"
)
"""Of whom words are said to be something: ``“Never” was her answer``, ``was Bo's verdict``."""


def _of_whose_words(voices: Voices, before: str, after: str, at: int) -> str:
    """Return whose words are told: ``called “soft” by a guard``, ``“Never” was her verdict``."""
    by = _BY_WHOM.match(after)
    if by and _NAMED_SO.search(before):
        return _who(voices, _subject(by[1]), at)
    whose = _WHOSE.match(after)
    if whose is None:
        return ""
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
    verb = _VERB.search(after)
    if verb and verb.start() < 200:
        return _who(voices, _subject(after[: verb.start()]), at)
    other = _OTHER_VERB.match(after)
    return _who(voices, other[1] or other[2], at) if other else ""


_OTHER_VERB = re.compile(
    rf"^,? (?:((?:the )?{NAME.pattern}|he|she) [a-z]+(?:ed|s)\b|[a-z]+(?:ed|s) ({NAME.pattern}))"
)
"""A verb that nobody has listed, right behind a quotation: ``“We sink,” Captain Bo radioed``."""
_INVERTED = re.compile(r"^[^,\n]{1,80}, (?:said|says|added|wrote|told) (?=[A-Z])(?!I\b)")
"""What stands between a quotation and its speaker: ``for the town, said Ann Bo``."""
_GOING_ON = re.compile(
    r" (?:and|but) (?:[a-z]+ )?[a-z]+(?:ed|d|s|ing) |"
    r", (?:and|but|while|whereas) (?:[A-Z]|the |his |her |its |their |an? )"
)
"""What follows words that those before them told: ``“…” and said it was large``."""
_OWN = re.compile(r"(?:the|an?|its|their|his|her|he|she|it|they)\b|[A-Z]")


def _subject(clause: str) -> str:
    """Return the words before a verb without what stands before a comma, if that is no apposition.

    >>> _subject("Under the Act, schools may close, the agency "), _subject("Ann Bo, the owner, ")
    ('the agency', 'Ann Bo, the owner')
    """
    last = clause.rpartition(", ")[2].strip()
    if not clause.rstrip().endswith((",", "—", "–")) and _OWN.match(last):
        return last
    return clause.strip(" ,—–-\n")


def _without_listener(words: str) -> str:
    return words.strip(" ,:")


def _said_before(voices: Voices, before: str, at: int) -> str:
    """Read ``X said: “``, ``According to X, “``, ``X, the minister, told reporters “``."""
    according = _ACCORDING.search(before) or _PUT_IN.search(before)
    if according:
        return _who(voices, according.group(1), at)
    if spoke := _SPOKE_OF.search(before):
        return _meant(voices, spoke[1].lower(), at)
    before = _last_clause(_OF_WHOM.sub(", ", before).rpartition(" whose ")[2])
    before = _inner(_without_opening(before))
    verbs = list(_VERB.finditer(before))
    if not verbs:
        return _before_colon(voices, before, at)
    last = verbs[0]
    clause = before[: last.start()]
    for mark in (" that ", "; ", " while ", " but "):
        clause = clause.rpartition(mark)[2] if mark in clause and len(verbs) < 2 else clause
    subject = _subject(clause)
    name = _who(voices, subject, at) if subject not in ("and", "but", "and also") else ""
    if name:
        return name
    return _who(voices, before[last.end() :].strip(" ,:"), at)


_PUT_IN = re.compile(
    r"^\W*(?:That|This|It|Such), (?:said|says|added|adds) ([^,]{3,60}), (?:is|was|were) "
)
"""Who is put in as the speaker before the verb of what is said: ``That, said Ann Bo, was ``."""
_SPOKE_OF = re.compile(r"\b([Hh]e|[Ss]he) (?:had |has )?sp(?:oke|oken) of $")
_OPENING = re.compile(
    r"\W*(?:In|On|At|During|After|Before|Following|Speaking|Asked|Writing|Giving|From|Under|With|When|"
    r"As) [^,“”\"]{1,80}, (?=(?:[a-z]+ ){0,3}[A-Z]|he |she |the |an? |his |her )"
)
_TELLING = re.compile(
    r"(?:[Hh]er|[Hh]is|[Tt]heir|[Tt]he|an?|[A-Z])[^,]{1,40}? (?:had |has |have )?"
    r"(?:called|described|dubbed|branded|labelled|accused|said|told|wrote|claimed)\b"
)


def _without_opening(before: str) -> str:
    """Return a sentence without what stands before its subject: ``In a clip on X, Bo said``."""
    opening = _OPENING.match(before)
    rest = before[opening.end() :] if opening else ""
    return rest if _VERB.search(rest) else before


def _inner(before: str) -> str:
    """Return what somebody tells that another said: Bo said that ``her boss had called it ``."""
    rest = re.split(r" that | in which ", before)[-1]
    return rest if rest != before and _TELLING.match(rest) else before


_LEADING = re.compile(rf"^\W*(?:{NAME.pattern}|He\b|She\b)")
_IN = re.compile(r"\b(?:for|of|to|at|in|near|outside|inside|around|across|into|over) $")
"""What stands before a place, or another's name."""
_WROTE_IN = re.compile(rf"\b(?:[Ff]rom|by) ({ONE_NAME})(?=[ ,:])")


def _before_colon(voices: Voices, before: str, at: int) -> str:
    """Return of whom a sentence tells that ends before a quotation: ``Ann Bo was blunt: ``.

    Who stands right before the colon, else who is named first, is known and is told by no other:
    ``From the steps, Bishop Ann Bo: ``; a pronoun; whom the words are from, ``from Ann in Ayr: ``.
    """
    if not before.rstrip().endswith(":"):
        return ""
    leading = _LEADING.match(before)
    if leading and _RELATED.match(leading.group().strip() + before[leading.end() :][:2]):
        return ""
    known = [
        (place, name)
        for place, name in _names_in(before)
        if voices.resolve(name) in voices.full.values() and not _IN.search(before[:place])
    ]
    last = [name for place, name in known if before[place:].rstrip(" :").endswith(name)]
    if known:
        return voices.resolve((last or [known[0][1]])[-1])
    if pronoun := _SUBJECT_PRONOUN.search(before):
        return voices.named_before(at, pronoun.group().lower())
    wrote = _WROTE_IN.search(before)
    return voices.resolve(wrote[1]) if wrote and person(wrote[1]) else ""


_SUBJECT_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_CLAUSES = (", but ", ", while ", ", and ", "; ")
_SUBJECT = re.compile(r"(?:the|an?|its|their|his|her|one|another) |[A-Z]")


def _last_clause(before: str) -> str:
    """Return the last clause that has its own subject and verb: ``, but a lawyer, Ann Bo, said``.

    >>> _last_clause("The club denied it, but its owner said it was ")
    'its owner said it was '
    """
    for mark in _CLAUSES:
        rest = before.rpartition(mark)[2]
        if rest != before and _SUBJECT.match(rest) and _VERB.search(rest):
            before = rest
    return before


_OF_WHOM = re.compile(rf", whose [^,]{{8,200}}, (?=(?:{VERBS})\b)")
"""What is told of a speaker before the verb: Ann Bo, whose son died, said."""
_OFFICE = re.compile(
    r"(?: [a-z-]+){0,3} (?:chief|mayor|minister|governor|president|director|manager|coach|captain|"
    r"boss|spokes(?:man|woman|person)|secretary|police|leader|head|chair|editor|owner) "
)
"""Words between a place, or a body, and the person who holds an office there."""
_PRONOUN = re.compile(r"\b(he|she|they)\b", re.I)


def _names_in(words: str) -> list[tuple[int, str]]:
    """Return the persons of some words, without the place whose office the next one holds."""
    found = [(m, person(m.group())) for m in NAME.finditer(words)]
    known = [(m, name) for m, name in found if name]
    own = [(m, name) for m, name in known if not POSSESSIVE.search(m.group())]
    names = [(m.start(), name) for m, name in own or known]
    between = words[names[0][0] + len(names[0][1]) : names[1][0]] if len(names) > 1 else ""
    return names[1:] if _OFFICE.fullmatch(between) else names


_AGED = re.compile(r"[Tt]he (?:[^,]{1,40}, \d\d\b|\d\d-year-old\b(?! [a-z]))")
_OF_WORK = re.compile(
    r"([Hh]is|[Hh]er|[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?) (?:[a-z-]+ ){0,3}"
    r"(?:statement|letter|note|post|email|memo|tweet|message|dissent|opinion|release|caption|diary|submission|testimony|affidavit|reply)\b"
)
"""Words that speak for who wrote them: ``the statement said``, ``reads her dissent``."""
_RELATED = re.compile(r"[A-Z][\w-]+[’']s? [a-z]")
"""Who has no name but another's: Lopez's son."""


def _who(voices: Voices, words: str, at: int) -> str:
    """Return who a stretch of words names: a person, a pronoun's, or the words themselves."""
    words = _IN_WRITING.sub("", words)
    if told := _body_of(voices, words, at) or _writer(voices, words, at):
        return told
    if words.lower() == "it" or _BODY.match(words):
        return voices.unnamed_as(_group(words).removeprefix("it"))
    names = _names_in(words)
    pronoun = _PRONOUN.search(words)
    ending = re.search(r"\b(he|she|they)$", words, re.I)
    if ending:
        pronoun, names = ending, []
    if pronoun and (not names or pronoun.start() < names[0][0]):
        return _meant(voices, pronoun.group().lower(), at)
    if holder := voices.holder(words.strip()):
        return holder
    if _NO_HOLDER.match(words) and words.split()[-1] in HELD:
        return NOBODY
    if _AGED.match(words) or COMPATRIOT.match(words):
        return voices.named_before(at, "")
    return _named(voices, words, names)


_IN_WRITING = re.compile(r", in an? (?:[a-z]+ )?(?:statement|letter|email|note|report|post)$")
"""What stands between a speaker and the verb: ``The institute, in a statement, said``."""


def _body_of(voices: Voices, words: str, at: int) -> str:
    """Return the body that words name: ``it``, ``the fund``, ``the utility Bo Edison``."""
    told = _OF_A_KIND.match(words)
    if told and any(name == told[1] for _, name in voices.bodies):
        return told[1]
    body = _BODY.match(words) or _BODYS_WORK.match(words)
    known = voices.body_of(body[1], at) if body else ""
    plain = body is not None and (len(words.split()) == 2 or body.re is _BODYS_WORK)
    spoken = plain or words.lower() == "it"
    if words.lower() == "it" and voices.last and not voices.is_person(voices.last):
        return voices.last
    return known or (voices.body_before(at, body is None) if spoken else "")


def _writer(voices: Voices, words: str, at: int) -> str:
    """Return whose letter, statement or evidence speaks: ``her dissent``, ``the witness``."""
    if witness := voices.testifying(words.lower().removeprefix("the "), at):
        return voices.holder(words) or witness
    work = _OF_WORK.match(words)
    sign = {"his": "he", "her": "she"}.get(work[1].lower(), "") if work else ""
    return voices.named_before(at, sign) if sign else voices.last if work else ""


_BODYS_WORK = re.compile(
    rf"(?:the|its) (?:[a-z]+ )?({KINDS})[’']s (?:[a-z]+ ){{0,2}}(?:statement|letter|note|report)\b",
    re.I,
)
_OF_A_KIND = re.compile(rf"(?:the|an?|its|their) (?:[\w’'-]+ ){{0,3}}(?:{KINDS}) ({NAME.pattern})$")


def _meant(voices: Voices, sign: str, at: int) -> str:
    """Return whom he, she or they means, and keep that the pronoun is this person's."""
    if sign == "they":
        return voices.several(at)
    name = voices.named_before(at, sign)
    if name:
        voices.pronouns.setdefault(name, sign)
    return name


_FOR = re.compile(r"\b(?:for|of|to|at) $")
"""What stands before another's name: lawyers for Al Bo."""


def _named(voices: Voices, words: str, names: list[tuple[int, str]]) -> str:
    """Return who is named in some words: a person, known or not, or the words themselves."""
    if len(names) == 1 and names[0][0] == 0 and _RELATED.match(words):
        return voices.unnamed_as(_group(words))
    if spouse := voices.spouse(words):
        return spouse
    known = [(at, n) for at, n in names if n.split()[-1] in voices.full]
    if known and not _FOR.search(words[: known[0][0]]):
        return voices.resolve(known[0][1])
    group = _group(words)
    if known:
        return voices.unnamed_as(group)
    if names and not (group and _WHO.match(words) and names[0][0] > 0):
        return voices.resolve(names[0][1])
    return voices.unnamed_as(group)


def _group(words: str) -> str:
    """Return who has no name as the text says it: ``a spokesman``, ``the ministry``."""
    stretch = re.split(r",|;|:|\(| who | which | in a | on | at | to | after | while ", words)[0]
    stretch = stretch.strip(' \n“”"')
    return stretch if 0 < len(stretch.split()) < 9 else ""


def _backwards(text: str, found: list[Quotation]) -> list[Quotation]:
    """Give a quotation without a speaker that of the next in its paragraph, or the one before."""
    result: list[Quotation] = []
    known = ""
    for number, quotation in enumerate(found):
        speaker = quotation.speaker
        if not speaker and number + 1 < len(found):
            after = found[number + 1]
            if "\n" not in text[quotation.end : after.start]:
                speaker = after.speaker
        speaker = speaker or known
        known = speaker
        speaker = "" if speaker == NOBODY else speaker
        result.append(Quotation(quotation.start, quotation.end, quotation.text, speaker))
    return result
