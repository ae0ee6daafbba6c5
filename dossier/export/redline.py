"""A redline: what changed from one finished file to another, as a page for a person.

Verdicts that moved stand first, then facts with both values, sentences with the changed words
marked, and charts side by side. What only tells how the dossier itself grew is folded.
"""

import difflib
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jinja2

from dossier.export.html import environment
from dossier.export.html_parts import Drawing, Parts, Section, Sentence, renamed


@dataclass(frozen=True)
class Words:
    """Words of a text, and whether the other side lacks them."""

    text: str
    changed: bool = False


Marked = tuple[list[Words], list[Words]]


@dataclass(frozen=True)
class Reason:
    """Why something changed, in words; ``href`` leads to it."""

    text: str
    href: str = ""


@dataclass
class Change:
    """One thing before and after, with the address of each in its report; empty where it is not."""

    label: str
    words: Marked
    at: tuple[str, str]
    id: str = ""
    reasons: list[Reason] = field(default_factory=list)


@dataclass
class Chapter:
    """The changed sentences of a chapter."""

    title: str
    changes: list[Change]


@dataclass
class Side:
    """A finished file: its name, its day in words, its claims, and its page where there is one.

    ``href`` leads to the file that a reader opens, from where the redline will stand.
    """

    name: str
    day: str
    href: str
    claims: dict[str, Any]
    parts: Parts | None = None

    @functools.cached_property
    def facts(self) -> dict[str, dict[str, Any]]:
        return {fact["id"]: fact for fact in self.claims["facts"]}

    def at(self, id: str) -> str:
        """Return the address of a place; of the file where it has no such place."""
        there = self.parts is not None and id in self.parts.ids
        return f"{self.href}#{id}" if there else self.href


@dataclass
class Redline:
    """All that changed between two sides."""

    title: str
    sides: tuple[Side, Side]
    verdicts: list[Change]
    facts: list[Change]
    added: list[Change]
    internal: list[Change]
    chapters: list[Chapter]
    charts: list[tuple[Drawing | None, Drawing | None, str]]

    @property
    def sentences(self) -> int:
        return sum(len(chapter.changes) for chapter in self.chapters)

    @property
    def pages(self) -> bool:
        """Whether both sides tell their sentences, as pages and PDFs do."""
        return all(side.parts for side in self.sides)

    @property
    def drawn(self) -> bool:
        """Whether both sides have a page, so that charts could be compared."""
        return all(side.parts and side.parts.ids for side in self.sides)


# ---- words

SIMILAR = 0.5
"""How much of two sentences must be the same for one to be a new wording of the other."""


def marked(was: str, now: str) -> Marked:
    """Return two texts with the words marked that the other lacks.

    >>> [(w.text, w.changed) for w in marked("18 had signed", "21 had signed")[1]]
    [('21', True), (' had signed', False)]
    """
    old, new = (re.findall(r"\s+|\S+", text) for text in (was, now))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    before: list[Words] = []
    after: list[Words] = []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        for words, part in ((before, old[start:end]), (after, new[begin:stop])):
            if part:
                words.append(Words("".join(part), kind != "equal"))
    return _joined(before), _joined(after)


def _joined(words: list[Words]) -> list[Words]:
    """Return words where changed ones that only a space parts are one."""
    found: list[Words] = []
    for n, word in enumerate(words):
        near = words[max(n - 1, 0) : n + 2]
        blank = not word.text.strip() and len(near) == 3 and near[0].changed and near[2].changed
        changed = word.changed or blank
        if found and found[-1].changed == changed:
            found[-1] = Words(found[-1].text + word.text, changed)
        else:
            found.append(Words(word.text, changed))
    return found


def compared(was: str, now: str) -> Marked:
    """Return two texts with what changed marked: all of one that the other side lacks."""
    return marked(was, now) if was and now else (_whole(was), _whole(now))


def replaced(was: str, now: str) -> Marked:
    """Return two texts that are marked as a whole."""
    return _whole(was), _whole(now)


def _whole(text: str) -> list[Words]:
    return [Words(text, True)] if text else []


def changed_sentences(before: list[Sentence], after: list[Sentence]) -> Iterator[tuple[Any, Any]]:
    """Yield (before, after) of each sentence that changed, in order; None where there is none."""
    old, new = ([text for text, _ in side] for side in (before, after))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind != "equal":
            yield from _paired(before[start:end], after[begin:stop])


def _paired(gone: list[Sentence], come: list[Sentence]) -> Iterator[tuple[Any, Any]]:
    """Yield each new sentence with the most similar of those that went, which keep their order."""
    for sentence in come:
        near = max(gone, key=lambda old: _similarity(old[0], sentence[0]), default=None)
        if near is None or _similarity(near[0], sentence[0]) < SIMILAR:
            yield None, sentence
            continue
        place = gone.index(near)
        yield from ((old, None) for old in gone[:place])
        gone = gone[place + 1 :]
        yield near, sentence
    yield from ((old, None) for old in gone)


def _similarity(was: str, now: str) -> float:
    return difflib.SequenceMatcher(None, was.split(), now.split(), autojunk=False).ratio()


# ---- chapters and charts


def chapters(before: Side, after: Side) -> list[Chapter]:
    """Return the changed sentences by chapter, in the order of the newer page."""
    if before.parts is None or after.parts is None:
        return []
    old, new = ({s.id: s for s in p.sections if s.id} for p in (before.parts, after.parts))
    found = []
    for id in [*new, *(id for id in old if id not in new)]:
        was, now = (side.get(id, Section(id, "")) for side in (old, new))
        pairs = changed_sentences(was.sentences, now.sentences)
        changes = [_sentence(was, now, before, after) for was, now in pairs]
        if changes:
            found.append(Chapter(now.title or was.title, changes))
    return found


def _sentence(was: Sentence | None, now: Sentence | None, before: Side, after: Side) -> Change:
    words = compared(was[0] if was else "", now[0] if now else "")
    links = before.at(was[1]) if was else "", after.at(now[1]) if now else ""
    return Change("", words, links)


def charts(before: Side, after: Side) -> list[tuple[Drawing | None, Drawing | None, str]]:
    """Return the charts that changed, before and after, with their ids in the newer page."""
    if before.parts is None or after.parts is None:
        return []
    old, new = before.parts.drawings, after.parts.drawings
    ids = [*new, *(id for id in old if id not in new)]
    return [(old.get(id), new.get(id), id) for id in ids if old.get(id) != new.get(id)]


# ---- the page


def render(redline: Redline, colours: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the redline as one page without a script or a request.

    ``colours`` are those of the light and the dark page, by name.
    """
    drawn = functools.partial(_drawn, colours)
    page = _template().render(redline=redline, colours=colours, drawn=drawn)
    return re.sub(r"\n\s*\n+", "\n", page).encode("utf-8")


@functools.cache
def _template() -> jinja2.Template:
    return environment().get_template("redline.html.j2")


def _drawn(colours: Mapping[str, tuple[str, str]], drawing: Drawing, prefix: str) -> str:
    """Return a chart's SVG for this page, where a colour that it does not know is the text's."""
    svg = re.sub(
        r"var\(--([\w-]+)\)",
        lambda match: match[0] if match[1] in colours else "var(--ink)",
        drawing.svg,
    )
    return renamed(svg, f"{prefix}-")
