"""The rules that compute verdicts: each takes facts, and returns a verdict and a sentence."""

import contextlib
import datetime
from typing import Any

import pandas as pd

from analysis.agreements import is_about
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
    """The day of the week that the article names is that of its date."""
    named = WEEKDAYS[article_day.weekday()].lower() in claim["exact"].lower()
    return holds(named, "contradicted"), "{article_day} was a {article_day:weekday}."


@rule
def this_week(facts: WatchedFacts, article_day: datetime.date) -> Verdict:
    """The summit opens in the article's week, by weeks that begin on Sunday or on Monday.

    Where the two differ the sentence says so: the article tells neither which it means nor its day.
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
    """The day of signing lies in the calendar month before the article's."""
    last = pd.Timestamp(article_day).to_period("M") - 1
    signed = "The American agreement was signed on {us_agreement_day}"
    if pd.Timestamp(us_agreement_day).to_period("M") == last:
        return "confirmed", signed + ", in the month before the article’s day."
    return "imprecise", signed + "."


@rule
def agreements(
    facts: WatchedFacts, article_agreements: int, members_on_article_day: int
) -> Verdict:
    """The number holds within a tenth of the NATO members with an agreement on the article's day.

    "Will sign" does not hold of those that had signed.
    """
    near = is_about(members_on_article_day, article_agreements)
    edge = 10 * abs(members_on_article_day - article_agreements) == article_agreements
    signed = "By {article_day} {members_on_article_day} had signed"
    with contextlib.suppress(NotKnown):
        facts.value("members_before_summit")
        signed += ", by the summit’s opening {members_before_summit:n}"
    number = f"{'holds' if near else 'does not hold'}{', just' if edge else ''}"
    words = f"{signed}. The number {number} (“approximately” allows a tenth); “will” does not."
    return "imprecise", words


@rule
def us_term(us_agreement_term: int, us_agreement_term_signed: int) -> Verdict:
    """The term that the article states is that of the row."""
    right = us_agreement_term == us_agreement_term_signed
    words = "The agreement as signed runs for {us_agreement_term_signed}."
    return holds(right, "contradicted"), words


@rule
def front_length(
    facts: WatchedFacts, front_length_article: int, front_length_measured: float
) -> Verdict:
    """The measured main line, rounded to the article's digits, is the article's length.

    The line is that of the nearest map known, at full detail, river included.
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
    """At least one ally with a figure lies below the target in the newest edition known.

    The sentence tells first what the edition known on the article's day had.
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
