"""The rules that compute verdicts: each takes facts, and returns a verdict and a sentence."""

import datetime
from typing import Any

from analysis.threshold import OF_YEAR
from dossier.data.known import NotKnown
from dossier.facts.ledger import WatchedFacts
from dossier.registry import rule

Verdict = tuple[str, str]
Day = datetime.date


def holds(condition: bool, otherwise: str = "imprecise") -> str:
    """Return the verdict of a rule that knows two."""
    return "confirmed" if condition else otherwise


def in_hundredths(value: float) -> int:
    """Return a difference of temperature in whole hundredths of a degree."""
    return round(100 * value)


@rule
def warmest_year(hottest_year: int, years_as_warm: int, article_year: int) -> Verdict:
    """Confirmed if the article’s year alone has NASA’s largest mean, else imprecise."""
    words = (
        "First of {years_in_table} in NASA’s edition of {annual_edition_newest}, with "
        "{annual_newest:own}; {second_year} follows with {second_annual:own}."
    )
    return holds(hottest_year == article_year and years_as_warm == 0), words


@rule
def fahrenheit_pair(claim: dict[str, Any], facts: WatchedFacts) -> Verdict:
    """Confirmed if the figure in Celsius, converted, is that in Fahrenheit, in hundredths.

    Else imprecise. Of the anomaly, NASA’s newest edition has that in Celsius; before there was one,
    and of the warming, the article’s own is taken.
    """
    name = claim["fact_id"].removesuffix("_fahrenheit")
    celsius = f"{name}_celsius"
    if name == "anomaly":
        try:
            facts.value("annual_newest")
            celsius = "annual_newest"
        except NotKnown:
            pass
    same = in_hundredths(1.8 * facts.value(celsius)) == in_hundredths(
        facts.value(f"{name}_fahrenheit")
    )
    source = (
        "By NASA’s newest edition" if celsius == "annual_newest" else "By the article’s own figure"
    )
    end = "rounded, the figures agree" if same else "rounded, they do not agree"
    return holds(same), f"{source} it is {{{celsius}}}: {end}."


@rule
def annual_mean(annual_newest: float, anomaly_celsius: float) -> Verdict:
    """Confirmed if NASA’s newest edition prints the article’s mean of the year, else imprecise."""
    words = (
        "{annual_newest:own} in NASA’s edition of {annual_edition_newest}; "
        "{annual_editions_same:n} of {annual_editions} have the article’s figure."
    )
    return holds(in_hundredths(annual_newest) == in_hundredths(anomaly_celsius)), words


@rule
def base_period(base_mean: float) -> Verdict:
    """Confirmed if the months of the base average nought, in hundredths, else imprecise."""
    words = (
        "The months of {base_years} average {base_mean:own} in NASA’s edition of {edition_newest}."
    )
    return holds(in_hundredths(base_mean) == 0), words


@rule
def previous_record(facts: WatchedFacts, best_before: int, previous_record: int) -> Verdict:
    """Confirmed if the warmest year before the article’s is the one named, else imprecise."""
    words = "{best_before}, with {best_before_annual:own} in NASA’s edition of {rank_edition}"
    try:
        facts.value("lead_over_before")
        words += "; {article_year} lies {lead_over_before:own} above it."
    except NotKnown:
        words += "; a mean of {article_year} was not known by then."
    return holds(best_before == previous_record), words


@rule
def record_streak(
    streak_newest: int, streak_months: int, streak_ties_newest: int, editions_newer: int
) -> Verdict:
    """Confirmed if the run of record months is as long as the article says, else imprecise.

    A record month is warmer than every earlier one of its name. It turns on a hundredth of a
    degree: not applied where a newer edition was known whose months are not kept.
    """
    if editions_newer:
        raise NotKnown("the months of the newest edition")
    words = (
        "{streak_newest:N} months, {streak_from_newest} to {streak_to_newest}, in NASA’s edition "
        "of {edition_newest}; {streak_ties_newest:n} if ties count. "
        "The narrowest month is {narrow_month_newest}, with {narrow_margin_newest:own}."
    )
    return holds(streak_newest == streak_months), words


@rule
def month_count(span_months: int, streak_months: int) -> Verdict:
    """Confirmed if the span has as many months as the article counts, else imprecise."""
    return holds(span_months == streak_months), "{span_from} to {span_to}: {span_months}."


@rule
def longest_streak(facts: WatchedFacts, other_streak_newest: int, streak_newest: int) -> Verdict:
    """Confirmed if no other run of record months is as long, else imprecise.

    In any dataset whose months were known.
    """
    words = (
        "In NASA’s edition of {edition_newest} the longest other run has {other_streak_newest}, "
        "{other_from_newest} to {other_to_newest}"
    )
    try:
        every = facts.value("datasets_unprecedented") == facts.value("datasets_with_runs")
    except NotKnown:
        return holds(other_streak_newest < streak_newest), words + "."
    words += (
        "; the streak is the longest run in {datasets_unprecedented:n} of {datasets_with_runs} "
        "whose months reach back far enough."
    )
    return holds(every), words


@rule
def records_in_a_row(lead_over_before: float, lead_of_before: float) -> Verdict:
    """Confirmed if the year before broke the record, and the article’s broke that.

    Else imprecise.
    """
    words = (
        "{best_before} broke the record by {lead_of_before:own}, {article_year} by "
        "{lead_over_before:own}, in NASA’s edition of {annual_edition_newest}."
    )
    return holds(lead_over_before > 0 and lead_of_before > 0), words


@rule
def first_year(first_year: int, record_begins: int) -> Verdict:
    """Confirmed if NASA’s table begins with the year that the article names, else imprecise."""
    return holds(first_year == record_begins), "NASA’s table begins with {first_year}."


@rule
def preindustrial_offset(warming_newest: float, warming_celsius: float) -> Verdict:
    """Confirmed if NASA’s mean plus the offset is the article’s figure, else imprecise."""
    words = (
        "{annual_newest:own} in NASA’s edition of {annual_edition_newest} and the offset of "
        "{offset:own} that the article implies make {warming_newest:own}."
    )
    return holds(in_hundredths(warming_newest) == in_hundredths(warming_celsius)), words


@rule
def base_cover(old_base_covered: int, old_base_length: int) -> Verdict:
    """Confirmed if NASA’s table holds every year of the base, else imprecise."""
    words = (
        "NASA’s table holds {old_base_covered:n} of its {old_base_length}, "
        "none before {first_year}."
    )
    return holds(old_base_covered == old_base_length), words


@rule
def months_above(months_above_newest: int, months_known_newest: int, months_needed: int) -> Verdict:
    """Confirmed if more than half of the year’s months lie above the threshold in NASA’s table.

    Else imprecise. Not applied while the months that are still missing could decide it.
    """
    words = (
        "{months_above_newest:N} of {months_known_newest} in NASA’s edition of {edition_newest}, "
        "with the offset of {offset:own} that the article implies; {months_above_near_newest:n} "
        "over the mean of {near_base_from} to {near_base_to}. "
        "More than half would be {months_needed:n}."
    )
    missing = OF_YEAR - months_known_newest
    if months_above_newest < months_needed <= months_above_newest + missing:
        raise NotKnown("enough months")
    return holds(months_above_newest >= months_needed), words


@rule
def interval_reaches(reach_of_year: float, reach_of_before: float, paris_limit: float) -> Verdict:
    """Confirmed if the year with its uncertainty reaches the threshold and the one before does not.

    Else imprecise.
    """
    words = (
        "{warming_known:own} and the uncertainty of {year_uncertainty:own} reach "
        "{reach_of_year:own}; the year before, with {warming_before:own}, reaches "
        "{reach_of_before:own}."
    )
    limit = in_hundredths(paris_limit)
    first_time = in_hundredths(reach_of_before) < limit
    return holds(in_hundredths(reach_of_year) >= limit and first_time), words


@rule
def share_of_pliocene(halfway_share: float, halfway_tolerance: float) -> Verdict:
    """Confirmed if the warming is about half of the Pliocene’s, as the article gives both.

    Else imprecise.
    """
    words = "{warming_known:own} of {pliocene_warmth:own}: {halfway_share}."
    return holds(abs(halfway_share - 50) <= halfway_tolerance), words


@rule
def years_since_base(years_since_base: int, years_since: int, years_tolerance: int) -> Verdict:
    """Confirmed if about as many years have passed since the middle of the older base.

    Else imprecise.
    """
    words = "{years_since_base} from the middle of {old_base_years} to {article_year}."
    return holds(abs(years_since_base - years_since) <= years_tolerance), words


@rule
def record_increase(facts: WatchedFacts, larger_rises_earlier: int) -> Verdict:
    """Confirmed if the rises of both years were the largest so far, else contradicted.

    Where the second year was not known, the first decides, if it was no record.
    """
    words = (
        "In the Global Carbon Budget {budget_year} the rise of {rise_year_earlier}, "
        "{rise_earlier}, had {larger_rises_earlier:n} larger before it"
    )
    try:
        later = facts.value("larger_rises_later")
    except NotKnown:
        if not larger_rises_earlier:
            raise
        return "contradicted", words + "; that of {rise_year_later} was not in it."
    words += (
        ", that of {rise_year_later}, {rise_later}, {larger_rises_later:n}. "
        "The level of {rise_year_later} was {level_later}."
    )
    return holds(not larger_rises_earlier and not later, "contradicted"), words


@rule
def co2_preindustrial(
    co2_preindustrial: float, co2_before: float, tolerance_co2_before: float
) -> Verdict:
    """Confirmed if the first year of the long series is near the article’s, else imprecise."""
    near = abs(co2_preindustrial - co2_before) <= tolerance_co2_before
    return holds(near), "{co2_preindustrial} in {co2_preindustrial_year}."


@rule
def co2_now(co2_newest: float, co2_now: float, tolerance_co2_now: float) -> Verdict:
    """Confirmed if the newest global mean of a year is near the article’s, else imprecise.

    That of the newest year known on the day.
    """
    near = abs(co2_newest - co2_now) <= tolerance_co2_now
    words = "{co2_newest} over the globe in {co2_newest_year}, {co2_off} off the article’s figure."
    return holds(near), words
