"""Sentences that name facts in braces and never hold a number of their own.

{staff}               the fact with its qualifier and unit: approximately 20 people
{staff:n}             qualifier and number alone: approximately 20
{staff:N}             the same, to open a sentence: Approximately 20
{staff:d}             the same in digits, for a table: 3, where n gives three
{length:lead}         a quantity in the leading unit alone; :own in its own unit
{staff:was|were}      a word by the fact's number, or by a verdict: the first where it is
                      confirmed; prints no number
{timeline.T35.date}   a cell: table, key, column
[@nato_june; @press]  sources, cited by their numbers; left out of what is plain text
"""

import re
from collections.abc import Callable, Iterable

from dossier.facts.fact import FactError
from dossier.text.numbers import whole_number

BRACES = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[^.{}:]+\.[a-z_0-9]+)?)(?::([^{}]*))?\}")

CITATION = re.compile(r" ?\[@([\w.-]+(?:; @[\w.-]+)*)\]")

_TARGET = re.compile(r"\]\(#[^)]*\)")
"""Where a link leads, which is not printed."""


def named_facts(template: str) -> list[str]:
    """Return the ids of the facts that a sentence names, in order.

    >>> named_facts("{a:n} of {b.X1.date}")
    ['a', 'b.X1.date']
    """
    return [match[1] for match in BRACES.finditer(template)]


def cited_sources(template: str) -> list[str]:
    """Return the ids of the sources that a sentence cites, in order.

    >>> cited_sources("Hungary was exempted [@afp; @dpa].")
    ['afp', 'dpa']
    """
    return [id for match in CITATION.finditer(template) for id in match[1].split("; @")]


def fill(
    template: str,
    print_fact: Callable[[str, str], str],
    names: Iterable[str],
    cite: Callable[[str], str] = lambda id: "",
) -> str:
    """Return the sentence with each fact printed by ``print_fact(id, form)``, sources by ``cite``.

    Raises FactError for a number that is typed, or for a brace that names no fact; ``names`` are
    allowed words that hold a digit.
    """
    words = _TARGET.sub("]", BRACES.sub("", CITATION.sub("", template)))
    if typed := whole_number(words, names):
        raise FactError(
            f"the number {typed!r} is typed into a sentence: {words.strip()[:120]!r}; "
            "name a fact in braces instead, such as {as_of_day}, or {as_of_day:year} for a year"
        )
    if found := re.search(r"\{[^{}]*\}?|\}", words):
        raise FactError(
            f"{found[0]!r} names no fact: an id has small letters, digits and underscores, "
            "a cell is {table.key.column}; correct it, or take the braces out"
        )
    template = CITATION.sub(lambda match: "".join(map(cite, match[1].split("; @"))), template)
    return BRACES.sub(lambda match: print_fact(match[1], match[2] or ""), template)


def escape(text: str) -> str:
    """Return text with Markdown's characters escaped."""
    return re.sub(r"([\\`*_\[\]<>#~|])", r"\\\1", text)
