"""Whom a pronoun means: the best of those told of so far, or nobody.

Each candidate has a place where it was last named or meant, where it last was the subject of a
sentence or spoke, and how often it was told of. A pronoun that is read on the way counts as a
mention of whom it means, so who an article is about gains with every sentence. The weights are
from trials on the labelled articles of ``tests/text/corpus`` and a few more, then rounded.
"""

import bisect
import math
import re
from dataclasses import dataclass, field
from itertools import islice

NOBODY = "-"
"""The speaker of whom the text gives no name."""
_STEP = 120
"""Characters of a sentence: the distance at which a mention begins to fade."""
_LED, _AGREES, _GUESSED, _DOUBTED, _HERE, _OWNED, _BACK = 0.5, 2.0, 2.0, 1.2, 10.0, 2.0, 0.8
_MOST = 50
"""Candidates told of last, of whom one is chosen."""
_LEAST = -8.0
"""The score below which nobody is meant."""


_MAN = re.compile(r"[a-z](wo)?man$")
"""Who has no name, and is he or she: a spokeswoman."""


@dataclass(frozen=True, order=True)
class Event:
    """Where somebody is named, or meant by a pronoun, and whether a sentence tells of them.

    ``back`` says that a paragraph begins with the pronoun, and not to tell who speaks: the story
    goes back to somebody.
    """

    place: int
    name: str = ""
    sign: str = ""
    leads: bool = False
    back: bool = False


@dataclass
class Candidate:
    """How somebody has been told of so far, in places of the text."""

    last: int = -1
    led: int = -1
    times: int = 0
    sign: str = ""


@dataclass
class Mentions:
    """Those told of up to a place.

    ``signs`` are the pronouns known, ``guessed`` those that seem so, ``nameless`` who has no name;
    ``doubted`` may be things, ``owned`` were brought in as somebody's.
    """

    events: list[Event] = field(default_factory=list)
    signs: dict[str, str] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()
    owned: frozenset[str] = frozenset()
    nameless: set[str] = field(default_factory=set)
    paragraphs: list[int] = field(default_factory=list)
    told: dict[str, Candidate] = field(default_factory=dict)
    read: int = 0

    def spoke(self, name: str, at: int) -> None:
        """Keep that somebody spoke whose words end at a place."""
        self.read_to(at)
        self._enter(name, Event(at, name, self.sign_of(name), leads=True))

    def read_to(self, at: int) -> None:
        """Take in who is told of before a place."""
        while self.read < len(self.events) and self.events[self.read].place < at:
            event = self.events[self.read]
            self.read += 1
            name = event.name or self._best(event.place, event.sign, event.back)
            if name:
                self._enter(name, event)

    def _enter(self, name: str, event: Event) -> None:
        self.told[name] = candidate = self.told.pop(name, Candidate())  # in order of mention
        candidate.last = event.place
        candidate.led = event.place if event.leads else candidate.led
        if name == NOBODY and (event.sign or event.name):
            candidate.sign = event.sign
        candidate.times += 1

    def meant(self, at: int, sign: str) -> str:
        """Return whom a pronoun at a place means; with no pronoun, of whom the text tells."""
        self.read_to(at)
        return self._best(at, sign)

    def leading(self, at: int) -> str:
        """Return of which person the paragraph of a place tells, or the one above; or nothing."""
        name = self.meant(at, "")
        start = self.paragraphs[max(bisect.bisect_right(self.paragraphs, at) - 2, 0)]
        told = name in self.told and self.told[name].led >= start and name not in self.doubted
        return name if told else ""

    def _best(self, at: int, sign: str, back: bool = False) -> str:
        """Return who is the likeliest: of those of whom the paragraph tells, or the one above.

        The one above counts where the place begins its own.
        """
        count = bisect.bisect_right(self.paragraphs, at)
        begins = count > 1 and at - self.paragraphs[count - 1] < 2
        start = self.paragraphs[max(count - 1 - begins, 0)]
        scored = [
            (score, candidate.last, name)
            for name, candidate in islice(reversed(self.told.items()), _MOST)
            if (score := self._score(name, candidate, at, sign, start, back)) is not None
        ]
        score, _, name = max(scored, default=(_LEAST, 0, ""))
        return name if score > _LEAST else ""

    def sign_of(self, name: str) -> str:
        """Return the pronoun known to be somebody's, or nothing."""
        if name == NOBODY:
            return self.told[name].sign if name in self.told else ""
        told = _MAN.search(name) if name in self.nameless else None
        return ("she" if told[1] else "he") if told else self.signs.get(name, "")

    def _score(
        self, name: str, candidate: Candidate, at: int, sign: str, start: int, back: bool
    ) -> float | None:
        own = self.sign_of(name)
        guess = "" if own else self.guessed.get(name, "")
        if (sign and own not in ("", sign)) or (back and name == NOBODY):
            return None
        near = max(-_far(at, candidate.last), _LED - _far(at, candidate.led))
        times = 1 if name == NOBODY else candidate.times
        often = _BACK * math.log(times) if back else 0.0
        here = candidate.led >= start and not back
        agrees = 0.0
        if sign:
            agrees = _AGREES * (own == sign or (here and name in self.nameless))
            agrees += _GUESSED * ((guess == sign) - (guess not in ("", sign)))
        doubt = _DOUBTED * (name in self.doubted) + _OWNED * (name in self.owned and not here)
        return near + often + agrees + _HERE * here - doubt


def inferred(events: list[Event], paragraphs: list[int], signs: dict[str, str]) -> dict[str, str]:
    """Return the pronouns of those whom the text itself tells to be he or she.

    What follows a name up to the next one is counted, in its paragraph, and on where each
    paragraph begins with a pronoun.
    """
    votes: dict[str, dict[str, int]] = {}
    name, start = "", -1
    for event in events:
        paragraph = paragraphs[max(bisect.bisect_right(paragraphs, event.place) - 1, 0)]
        if event.name:
            name, start = event.name if event.leads else "", paragraph
            continue
        start = paragraph if event.place == paragraph else start
        if name and start == paragraph:
            told = votes.setdefault(name, {"he": 0, "she": 0})
            told[event.sign] += 1 + event.leads
    return {
        name: max(told, key=lambda sign: told[sign])
        for name, told in votes.items()
        if name not in signs and max(told.values()) > 2 * min(told.values())
    }


def _far(at: int, place: int) -> float:
    """Return how far back a place is, in sentences, as a logarithm."""
    return math.log(1 + (at - place) / _STEP) if place >= 0 else math.inf
