"""The rules that compute verdicts: each takes facts, and returns a verdict and a sentence."""

import contextlib
import datetime
from typing import Any

import pandas as pd

from analysis.front import rounds_to_article
from dossier.data.known import NotKnown
from dossier.facts.ledger import WatchedFacts
from dossier.registry import rule
from dossier.text.words import WEEKDAYS

Verdict = tuple[str, str]


def holds(condition: bool, otherwise: str = "imprecise") -> str:
    """Return the verdict of a rule that knows two."""
    return "confirmed" if condition else otherwise


@rule
def weekday(claim: dict[str, Any], article_day: datetime.date) -> Verdict:
    """Confirmed if the date fell on the weekday that the article names, else contradicted."""
    named = WEEKDAYS[article_day.weekday()].lower() in claim["exact"].lower()
    return holds(named, "contradicted"), "{article_day} was a {article_day:weekday}."


@rule
def this_week(facts: WatchedFacts, article_day: datetime.date) -> Verdict:
    """Confirmed if the summit opened in the week of the remarks, else imprecise.

    Weeks may begin on Sunday or on Monday.
    """
    opens = facts.value("timeline.T38.date")
    monday = opens.isocalendar()[:2] == article_day.isocalendar()[:2]
    sunday = pd.Timestamp(opens).to_period("W-SAT") == pd.Timestamp(article_day).to_period("W-SAT")
    opening = "The summit opened on {timeline.T38.date:weekday}, {timeline.T38.date}: "
    if monday == sunday:
        return holds(monday), opening + ("the same week." if monday else "another week.")
    first, other = ("Sunday", "Monday") if sunday else ("Monday", "Sunday")
    apart = "the next one" if opens > article_day else "the one before"
    words = f"the week of the remarks if weeks begin on {first}, {apart} if they begin on {other}."
    return "confirmed", opening + words


@rule
def last_month(us_agreement_day: datetime.date, article_day: datetime.date) -> Verdict:
    """Confirmed if the American agreement was signed in the month before the article’s day.

    Else imprecise.
    """
    last = pd.Timestamp(article_day).to_period("M") - 1
    signed = "The American agreement was signed on {us_agreement_day}"
    if pd.Timestamp(us_agreement_day).to_period("M") == last:
        return "confirmed", signed + ", in the month before the article’s day."
    return "imprecise", signed + "."


HOLDS = {"about right": "holds", "just about right": "just holds", "not right": "does not hold"}
"""What a number does that is so near to what was counted."""


@rule
def agreements(facts: WatchedFacts, article_number_is: str) -> Verdict:
    """Imprecise in any case: those counted had signed, and the article says “will sign”.

    The number holds within a tenth of the NATO members that had signed.
    """
    signed = "By {article_day} {members_on_article_day} had signed"
    with contextlib.suppress(NotKnown):
        facts.value("members_before_summit")
        signed += ", by the summit’s opening {members_before_summit:n}"
    number = HOLDS[article_number_is]
    words = f"{signed}. The number {number} (“approximately” allows a tenth); “will” does not."
    return "imprecise", words


@rule
def us_term(us_agreement_term: int, us_agreement_term_signed: int) -> Verdict:
    """Confirmed if the American agreement as signed has the article’s term, else contradicted."""
    right = us_agreement_term == us_agreement_term_signed
    words = "The agreement as signed runs for {us_agreement_term_signed}."
    return holds(right, "contradicted"), words


@rule
def front_length(
    facts: WatchedFacts, front_length_article: int, front_length_measured: float
) -> Verdict:
    """Confirmed if the main line rounds to the article’s length, else imprecise.

    It is measured on the map nearest in date, at full detail, river included.
    """
    measured = (
        "On the map nearest in date the front is {front_length_measured} long, river included"
    )
    measured += ", {front_apart} {front_direction} than the article says. That"
    same = rounds_to_article(front_length_measured, front_length_article)
    words = f"{measured} {'rounds' if same else 'does not round'} to the article’s length."
    with contextlib.suppress(NotKnown):
        facts.value("front_coarse_rounding")
        words += " On a coarser map the front is {front_coarse_length} long, which rounds to "
        words += "{front_coarse_rounding}."
    return holds(same), words


@rule
def below_target(facts: WatchedFacts, allies_below_2_percent: int) -> Verdict:
    """Confirmed if NATO’s newest tables put an ally below the target, else contradicted.

    An ally without a figure does not count.
    """
    words = (
        "NATO’s tables of {edition_first} put {allies_below_first} below {gdp_target} for "
        "{article_day:year}."
    )
    if facts.value("edition_newest") > facts.value("edition_first"):
        words += (
            " Those of {edition_newest} put {allies_below_2_percent:n} below it, for the same year."
        )
    return holds(allies_below_2_percent > 0, "contradicted"), words
