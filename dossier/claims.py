"""The article's figures: what it states, what the record shows of each, and the verdicts.

A verdict is computed where a rule can (``RULES``); elsewhere it is the newest finding known by the as-of day.
"""

import pandas as pd

from dossier import agreements, article, charts, tables
from dossier.charts import COLOURS
from dossier.facts import KM_PER_MILE, escape
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table

VERDICTS = ("confirmed", "imprecise", "cannot be verified", "open")
"""open: nothing on the claim was known by the as-of day."""

KINDS = {
    "figure": "figures",
    "date": "dates",
    "temporal": "words of time",
    "fact": "statements",
    "forecast": "forecasts",
    "judgement": "judgements",
    "quotation": "quotations",
    "attribution": "credits",
}


def stated(record, ledger) -> None:
    """Add the as-of day, and a stated fact for every claim with a value."""
    ledger.compute(
        "as_of_day",
        "The last day whose knowledge may appear",
        record.as_of,
        "date",
        "the parameter as_of",
        precision="day",
    )
    for claim in record.claims.to_dict("records"):
        if claim["value"]:
            ledger.state(claim)


def facts(record, ledger) -> None:
    """Add what the article states, and the day and the term of the American agreement."""
    stated(record, ledger)
    american = agreements.counted(record)
    american = american[american["iso3"] == "USA"].iloc[0]
    key, cited = (
        (f"agreements:{american['agreement_id']}",),
        (american["source_id"], american["term_source_id"]),
    )
    ledger.compute(
        "us_agreement_day",
        "Day on which the American agreement was signed",
        american["date_signed"].date(),
        "date",
        "the row's date_signed",
        rows=key,
        sources=cited,
        precision="day",
    )
    ledger.compute(
        "us_agreement_term_signed",
        "Term of the American agreement, as signed",
        american["term_years"],
        "years",
        "the row's term_years",
        rows=key,
        sources=cited,
    )


def verdict_facts(record, ledger) -> None:
    """Add the number of claims and the tally of their verdicts; they rest on the other subjects' facts."""
    verdicts = judge(record, ledger)
    claims = [f"claims:{c}" for c in verdicts["claim_id"]]
    ledger.compute(
        "claims_total",
        "Claims of the article that are checked",
        len(verdicts),
        "claims",
        "count the rows of claims.csv",
        rows=claims,
    )
    ledger.compute(
        "claims_excluded",
        "Expressions of the article that are left out, with a reason",
        len(record.exclusions),
        "expressions",
        "count the rows of exclusions.csv",
        rows=[f"exclusions:{x}" for x in record.exclusions["exclusion_id"]],
    )
    for verdict in VERDICTS:
        part = verdicts[verdicts["verdict"] == verdict]
        id = f"verdicts_{verdict.replace(' ', '_')}"
        ledger.compute(
            id,
            f"Claims whose verdict is: {verdict}",
            len(part) or None,
            "claims",
            "count the verdicts",
            rows=[f"claims:{c}" for c in part["claim_id"]],
        )
    computed = verdicts[verdicts["computed"]]
    ledger.compute(
        "verdicts_computed",
        "Verdicts computed by a rule",
        len(computed),
        "verdicts",
        "count the claims with a rule that could be applied",
        rows=[f"claims:{c}" for c in computed["claim_id"]],
    )


def judge(record, ledger) -> pd.DataFrame:
    """Return, for each claim in the article's order: claim_id, verdict, computed, shown (Markdown), source_ids."""
    rows = []
    newest = (
        record.findings.sort_values("known_from", kind="stable")
        .groupby("claim_id")
        .tail(1)
        .set_index("claim_id")
    )
    for claim in record.claims.to_dict("records"):
        found = newest.loc[claim["claim_id"]] if claim["claim_id"] in newest.index else None
        words = (
            [escape(found[c]) for c in ("finding", "reasoning") if found[c]]
            if found is not None
            else []
        )
        ruled = RULES[claim["rule"]](record, ledger) if claim["rule"] else None
        verdict = ruled[0] if ruled else found["verdict"] if found is not None else "open"
        if ruled:
            words = [ledger.fill(ruled[1])] + words
        rows.append(
            {
                "claim_id": claim["claim_id"],
                "verdict": verdict,
                "computed": ruled is not None,
                "shown": " ".join(words) or "Nothing on it was known by then.",
                "source_ids": record.cites(
                    *(found["source_ids"] if found is not None else ()),
                    *(ruled[2] if ruled else ()),
                ),
            }
        )
    return pd.DataFrame(rows)


def _weekday(record, ledger):
    """The day of the week that the article names is that of its date."""
    right = ledger.text("article_day", "weekday").lower() in ledger["article_day"].quote.lower()
    return (
        "confirmed" if right else "imprecise",
        "The calendar: {article_day} is a {article_day:weekday}.",
        (),
    )


def _this_week(record, ledger):
    """The summit opens in the week of the article's day, by weeks that begin on Sunday or on Monday; only by one: imprecise."""
    opens = ledger.value("timeline.T38.date")
    if opens is None:
        return None
    monday = opens.isocalendar()[:2] == ARTICLE_DAY.isocalendar()[:2]
    sunday = pd.Timestamp(opens).to_period("W-SAT") == pd.Timestamp(ARTICLE_DAY).to_period("W-SAT")
    verdict = "confirmed" if monday and sunday else "imprecise"
    words = "The summit opened on {timeline.T38.date}, a {timeline.T38.date:weekday}: " + (
        "the same week."
        if monday and sunday
        else "the same week where weeks begin on Sunday, the next where they begin on Monday."
        if sunday
        else "the next week."
    )
    return verdict, words, ("wh_factsheet", "osw_summit")


def _before_summit(record, ledger):
    """Most of the NATO members that had signed by the summit did so after the article's day."""
    before, since = ledger.value("members_before_summit"), ledger.value("agreements_in_between")
    if before is None:
        return None
    words = "Of {members_before_summit:n} NATO members with an agreement at the summit’s start, {members_on_article_day:n} had it on the article’s day."
    return "confirmed" if since * 2 > before else "imprecise", words, ()


def _last_month(record, ledger):
    """The day of signing lies in the calendar month before the article's."""
    signed = pd.Timestamp(ledger.value("us_agreement_day"))
    last = pd.Timestamp(ARTICLE_DAY).to_period("M") - 1
    words = (
        "Signed on {us_agreement_day}, seen from {article_day} a day of last month."
        if signed.to_period("M") == last
        else "Signed on {us_agreement_day}."
    )
    return (
        "confirmed" if signed.to_period("M") == last else "imprecise",
        words,
        ledger["us_agreement_day"].sources,
    )


ABOUT = 0.1
"""About, around and approximately hold within a tenth of the number."""


def _agreements(record, ledger):
    """The number holds within a tenth of the NATO members with an agreement; "will sign" holds where most had not signed yet."""
    stated, members = ledger.value("article_agreements"), ledger.value("members_on_article_day")
    near = abs(members - stated) <= ABOUT * stated
    words = (
        f"The number {'holds' if near else 'does not hold'}, “will sign” does not: on the article’s day "
        "{members_on_article_day} had signed, of {agreements_on_article_day} in all."
    )
    return "imprecise", words, ledger["members_on_article_day"].sources[-2:]


def _us_term(record, ledger):
    """The term that the article states is that of the row."""
    right = ledger.value("us_agreement_term") == ledger.value("us_agreement_term_signed")
    return (
        "confirmed" if right else "imprecise",
        "The agreement’s term: {us_agreement_term_signed}.",
        ledger["us_agreement_term_signed"].sources,
    )


FINE_SCALE = 1000
"""Metres: the coarsest tolerance at which the measured front still counts as followed closely."""


def _front_length(record, ledger):
    """The stated length lies between the main line followed at full detail and at a tolerance of a kilometre, on the nearest known map."""
    measured = ledger["front_length_measured"]
    stated = ledger.value("front_length_article") * KM_PER_MILE
    frame = record.front_lengths
    day, source = measured.rows[0].split(":")[1].split("/")[0], measured.rows[0].split("/")[-1]
    lines = frame[
        (frame["date"] == day) & (frame["source_id"] == source) & (frame["section"] == "main")
    ]
    close = lines[
        (lines["method"] == "vertices")
        | ((lines["method"] == "douglas_peucker") & (lines["scale_m"] <= FINE_SCALE))
    ]["length_km"]
    inside = close.min() <= stated <= close.max()
    if inside:
        words = "The main line, river included, measures {front_length_measured} at full detail; a ruler of {front_ruler_matching_article} gives the article’s length."
    else:
        words = "The nearest map known by then measures {front_length_measured} at full detail."
    return "confirmed" if inside else "imprecise", words, measured.sources


def _below_target(record, ledger):
    """At least one ally with a figure lies below the target in the newest edition known."""
    below = ledger.value("allies_below_2_percent")
    return (
        "confirmed" if below else "imprecise",
        "{allies_below_2_percent:W} lie below {gdp_target} in NATO’s newest figures for the year.",
        ledger["allies_below_2_percent"].sources,
    )


RULES = {
    "weekday": _weekday,
    "this_week": _this_week,
    "before_summit": _before_summit,
    "last_month": _last_month,
    "agreements": _agreements,
    "us_term": _us_term,
    "front_length": _front_length,
    "below_target": _below_target,
}
"""Each rule returns the verdict, a sentence with facts, and sources; or None where it could not be applied by then."""


SHADES = {
    "confirmed": ("ink", "paper"),
    "imprecise": ("muted", "paper"),
    "cannot be verified": ("ground", "ink"),
    "open": ("paper", "muted"),
}
"""The colours of a verdict's square and of the number in it: the darker, the more the record bears the claim out."""


def verdict_figure(record, ledger) -> charts.Figure:
    """Return a square for each claim, in a row for each verdict, in the article's order."""
    judged = judge(record, ledger)
    rows = [
        (verdict, list(judged.loc[judged["verdict"] == verdict, "claim_id"]))
        for verdict in VERDICTS
    ]
    rows = [(verdict, claims) for verdict, claims in rows if claims]
    figure, ax = charts.canvas(0.08 + 0.275 * len(rows))
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    step = min(0.29, 5.3 / max(len(claims) for _, claims in rows))
    for y, (verdict, claims) in enumerate(rows):
        face, ink = SHADES[verdict]
        ax.scatter(
            range(len(claims)),
            [y] * len(claims),
            marker="s",
            s=(step * 66) ** 2,
            color=COLOURS[face],
            edgecolor=COLOURS["muted"],
            linewidth=0.7,
            gid=f"data-{verdict}",
        )
        count = ledger.text(f"verdicts_{verdict.replace(' ', '_')}", "n")
        ax.annotate(
            f"{count} {verdict}",
            (-0.5, y),
            (-6, 0),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            fontweight="semibold" if y == 0 else "normal",
        )
        for x, claim in enumerate(claims):
            ax.text(
                x,
                y,
                claim,
                color=COLOURS[ink],
                fontsize=6.6,
                ha="center",
                va="center_baseline",
                fontweight="semibold",
            )
    ax.set_xlim(-1.52 / step, 5.38 / step)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.axis("off")
    return charts.finish(
        figure,
        "verdicts",
        title=ledger.fill(
            "{verdicts_confirmed:N} of {claims_total} {verdicts_confirmed:is|are} confirmed"
        ),
        subtitle="Each square is a claim of the article, by its number in the table of claims, in the row of its verdict",
        alt=ledger.plain(
            "Rows of squares, one square for each of {claims_total}. {verdicts_confirmed:N} {verdicts_confirmed:is|are} confirmed."
        )
        + "".join(
            ledger.plain(words)
            for words in (
                " {verdicts_imprecise:N} {verdicts_imprecise:is|are} imprecise.",
                " {verdicts_cannot_be_verified:N} cannot be verified.",
                " {verdicts_open:N} {verdicts_open:is|are} open.",
            )
            if ledger.fill(words)
        ),
        shown={
            verdict: [(x, y) for x, _ in enumerate(claims)]
            for y, (verdict, claims) in enumerate(rows)
        },
    )


def table(record, ledger) -> Table:
    """Return every claim: exact words, value, who says it, what the record shows, the verdict, sources."""
    judged = judge(record, ledger).set_index("claim_id")
    rows = []
    for claim in record.claims.to_dict("records"):
        verdict = judged.loc[claim["claim_id"]]
        value = {"markdown": ledger.fill(f"{{{claim['fact_id']}}}")} if claim["value"] else "–"
        rows.append(
            (
                f"claims:{claim['claim_id']}",
                (
                    [(claim["claim_id"], f"#quote-{claim['claim_id']}")],
                    f"“{claim['exact']}”",
                    value,
                    claim["speaker"],
                    {"markdown": verdict["shown"]},
                    verdict["verdict"] + ("*" if verdict["computed"] else ""),
                    tables.cite(record, *verdict["source_ids"]),
                ),
            )
        )
    return Table(
        "claims",
        ledger.fill(
            "The {claims_total} of the article in its order, and what was known of each by {as_of_day}"
        ),
        (
            Column("No.", width=0.42),
            Column("The article’s words", width=1.9),
            Column("Value", width=1.0),
            Column("Who says it", width=1.1),
            Column("What the record shows", width=3.3),
            Column("Verdict", width=0.9),
            Column("Sources", width=0.62),
        ),
        tuple(rows),
        note="\\* computed by a rule from the tables. Open: nothing on it was known by then.",
        wide=True,
    )


def exclusions_table(record, ledger) -> Table:
    """Return the expressions of number or time that are not tabulated, with the reason."""
    rows = [
        (
            f"exclusions:{x['exclusion_id']}",
            (
                x["exclusion_id"],
                f"“{x['exact']}”",
                article.sentence_at(int(x["start"])),
                x["reason"],
            ),
        )
        for x in record.exclusions.to_dict("records")
    ]
    return Table(
        "exclusions",
        "Expressions of number or time that are left out, with the reason",
        (
            Column("No.", width=0.4),
            Column("Words", width=1.4),
            Column("In the sentence", width=3),
            Column("Reason", width=2),
        ),
        tuple(rows),
    )


def verdict_table(record, ledger) -> Table:
    """Return the tally of verdicts by kind of claim."""
    judged = judge(record, ledger).merge(record.claims[["claim_id", "kind"]], on="claim_id")
    counts = pd.crosstab(judged["kind"], judged["verdict"]).reindex(
        index=KINDS, columns=VERDICTS, fill_value=0
    )
    counts = counts[counts.sum(axis=1) > 0]
    rows = [
        (f"claims:{kind}", (KINDS[kind].capitalize(), *(str(n) if n else "–" for n in row)))
        for kind, row in zip(counts.index, counts.to_numpy())
    ]
    return Table(
        "verdicts",
        "Verdicts by kind of claim",
        (Column("Kind", width=1.6), *(Column(v.capitalize(), "right") for v in VERDICTS)),
        tuple(rows),
    )
