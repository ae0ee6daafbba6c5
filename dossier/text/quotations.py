"""The quotations of a text and their speakers.

A quotation runs inside its marks; one that ``he said`` breaks is two; one whose paragraph ends
open runs to the paragraph's end. Titles and scare quotes are none. The speaker is the full name,
wherever the text gives it; who has no name (``a spokesman``) is nobody, a body is as the text
names it. In an interview of questions and answers, the one who answers is quoted where no other is.
"""

import re
from dataclasses import replace

from dossier.text.marks import Quotation, Span, doubled, quoted_spans, undoubled
from dossier.text.persons import VERBS
from dossier.text.speakers import PRONOUN, SHORTENED, STOP, VERB, WHOSE, speaker_of
from dossier.text.titles import TITLED, is_title
from dossier.text.voices import NOBODY, Voices, voices_of

_SAID = re.compile(rf"\b(?:{VERBS}|according to|in the words of)\b", re.I)


_LIST = 240
"""Characters of a sentence with several words in marks, before the last of them."""
_NICKNAME = re.compile(r"(?<=[a-z] )[“\"‘'(][A-Z][a-z]{1,15}[”\"’')](?= [A-Z][a-z])")
"""What somebody is called, within the name: Barry “Baz” Bo."""


def quotations_of(text: str) -> list[Quotation]:
    """Return the quotations of a text with their speakers, in order."""
    single, places = undoubled(text.replace("\xa0", " "))
    read = [
        (doubled(places, quotation.start), doubled(places, quotation.end), quotation.speaker)
        for quotation in _quotations(single)
    ]
    return [Quotation(start, end, text[start:end], speaker) for start, end, speaker in read]


def _quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text whose marks are of one sign."""
    spans = quoted_spans(text)
    plain = SHORTENED.sub(r"\1 ", text)  # as long as the text
    plain = _NICKNAME.sub(lambda found: " " * len(found.group()), plain)
    voices = voices_of(plain, spans)
    found: list[Quotation] = []
    bounds = _bounds(plain, spans)
    asked = _asked(text)
    skipped = (-2, 0)  # where words in marks end that are none, and where their sentence begins
    for number, (start, end) in enumerate(spans):
        left, right = bounds[number]
        if left == skipped[0] + 1 and text[left - 2] not in ".!?":
            left = max(skipped[1], start - _LIST)
        before, after = plain[left : start - 1], plain[end + 1 : right]
        if not _is_quotation(text, (start, end), before, after):
            skipped = (end, left)
            continue
        speaker = speaker_of(voices, before, after, (start, end), found, text)
        if speaker and _is_addressed(speaker, text[start:end]):
            speaker = NOBODY
        if asked:
            speaker = _answering(voices, speaker, (start, end), asked, text)
        found.append(Quotation(start, end, text[start:end], speaker))
        if speaker and not (speaker == NOBODY and text[start].islower()):
            voices.heard(speaker, end)
    named = [q if q.speaker not in voices.nameless else replace(q, speaker=NOBODY) for q in found]
    return _headed(text, _backwards(text, named))


def _headed(text: str, found: list[Quotation]) -> list[Quotation]:
    """Give a quotation of a headline, or of its own line, the speaker of one below that says it."""
    head = len(text) - len(text.lstrip()) + text.strip().find("\n")
    head = head if head < _LONGEST_HEAD else 0
    result = []
    for number, quotation in enumerate(found):
        words = quotation.text.strip(" ,.!?…").casefold()
        start, end = quotation.start - 1, quotation.end + 1
        lone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        above = quotation.end < head or lone
        below = (q for q in found[number + 1 : number + 1 + _BELOW] if q.start > head)
        same = (q.speaker for q in below if _says_same(words, q.text.casefold()))
        speaker = next(same, quotation.speaker) if above else quotation.speaker
        result.append(replace(quotation, speaker=speaker))
    return result


def _says_same(words: str, other: str) -> bool:
    """Return whether other words hold a heading's, or most of its longer ones and figures."""
    told = set(_CONTENT.findall(words))
    shared = told & set(_CONTENT.findall(other))
    return words in other or (len(shared) > 1 and len(shared) > _SHARED * len(told))


_CONTENT = re.compile(r"\b(?:[^\W\d]{4,}|\d+)\b")
_SHARED = 0.6
"""The share of a heading's longer words by which a quotation below says the same."""


def _is_addressed(speaker: str, words: str) -> bool:
    """Return whether the words speak to somebody by the first name: “Box now, Ann.”"""
    first = speaker.partition(" ")[0]
    return words.rstrip(".!?, ").endswith(f", {first}")


_LONGEST_HEAD = 200
"""Characters of the longest headline."""
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
        return speaker and (NOBODY if PRONOUN.search(answer[-40:]) else speaker)
    return speaker if speaker.split()[-1] in answer else NOBODY


def _bounds(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each span the words around it: from the sentence's start to its end."""
    bounds = []
    for number, (start, end) in enumerate(spans):
        left = spans[number - 1][1] + 1 if number else 0
        left = max(left, start - 600)
        for stop in STOP.finditer(text, left, max(left, start - 1)):
            left = stop.end()
        right = spans[number + 1][0] - 1 if number + 1 < len(spans) else len(text)
        right = min(right, end + 600)
        stop_after = STOP.search(text, min(end + 1, right), right)
        bounds.append((left, stop_after.start() if stop_after else right))
    return bounds


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
    ended = words.rstrip(" ’'”\"")[-1:] in tuple(",.!?…—-") or after[:1] in ("\n", "")
    told = count > 1 and words.lstrip()[0].islower() and _TOLD.match(after)
    if (told and not _CALLED.search(before)) or _is_added(words, before):
        return True
    small = words.lstrip()[0].islower() and VERB.search(before)
    shown = _SHOWN.search(before) and is_title(words.rstrip(",."), ended=False)
    shown = shown or (_AUTHOR.search(before) and is_title(words, ended=False))
    shown = bool(shown or _BANNER.search(before))
    if (TITLED.search(before) and not small) or shown or is_title(words, ended):
        return False
    adjective = re.search(r"\ban? $", before, re.I) and _DESCRIBES.match(after)
    if (count < 4 and _DUBBED.search(before)) or (count < 6 and adjective and not ended):
        return False
    speech = VERB.search(before) or _SAID.search(after[:160]) or _SAID.search(before)
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
    return bool(speech) or count > 6 or WHOSE.match(after) is not None


_DESCRIBES = re.compile(
    r" (?!(?:and|or|but|in|of|to|that|which|for|on|at|by|with|as|while|when|after|if)\b)[a-z]"
)
"""A noun behind what is said of it in marks: a “smart” phone."""


def _is_added(words: str, before: str) -> bool:
    """Return whether words remark on the sentence before them: years in sales, “which helps”."""
    return words.startswith("which ") and before.endswith(", ")


def _is_a_word_said(words: str, before: str) -> bool:
    """Return whether a word or two are somebody's: a source called that ‘rich’."""
    if (_CALLED_THAT.search(before) or _SAID_TO_BE.search(before)) and words[0].islower():
        return True
    several = len(words.split()) > 1 and not _SO_CALLED.search(before)
    return several and bool(_SAID.search(before))


_AUTHOR = re.compile(r"\bauthor of [^“”\"\n]{1,60}$")
"""What stands before a title: the author of a history of it, “The Long Night”."""
_BANNER = re.compile(
    r"\b(?:banner|placard|poster|plaque|sticker|badge|[Tt]-shirt|sign|signboard|headline)s? "
    r"(?:(?:(?:that|which) )?(?:sa(?:id|ys?|ying)|reads?|reading),?|such as) "
    r"(?:[“\"‘][^“”\"]{1,200}[”\"’],? (?:and|or) )?$"
)
"""What bears words that nobody says: a banner that said “Not One Euro”."""
_CALLED_THAT = re.compile(
    r"\b(?:called|calls|branded|labelled) "
    r"(?:that|this|it|him|her|them|[a-z]+s|(?:the|his|her|their) [a-z]+) $"
)
_SAID_TO_BE = re.compile(
    r"\b(?:(?:said|says|added|wrote|insisted|admitted)\b[^.,;]{0,40} (?:it|he|she|they|we)|"
    r"(?:conceded|concedes|acknowledged|admitted|admits)\b[^.,;]{0,60}) (?:was|were|is|are|felt) $"
    r"|\bsa(?:id|ys) that (?:it|he|she|they) $"
)
"""What somebody says to be so in one word: said that it was “heartbroken”."""
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


def _backwards(text: str, found: list[Quotation]) -> list[Quotation]:
    """Give a quotation without a speaker that of the next in its paragraph, or the one before."""
    result: list[Quotation] = []
    for number in range(len(found) - 1, -1, -1):
        quotation = found[number]
        if not quotation.speaker and result:
            near = "\n" not in text[quotation.end : result[-1].start]
            quotation = replace(quotation, speaker=result[-1].speaker if near else "")
        result.append(quotation)
    result.reverse()
    known = ""
    for number, quotation in enumerate(result):
        known = quotation.speaker or known
        result[number] = replace(quotation, speaker="" if known == NOBODY else known)
    return result
