"""The article's figures: what it states, what the record shows of each, and the verdicts."""

import datetime

import pandas as pd

from dossier import agreements, tables
from dossier.facts import KM_PER_MILE, day_text, length_text, number_text
from dossier.parameters import ARTICLE_DAY
from dossier.tables import Column, Table

VERDICTS = ("confirmed", "imprecise", "cannot be verified", "open")
"""open: nothing on the claim was known by the as-of day."""


def facts(record, ledger) -> None:
    """Add the as-of day, a stated fact for every claim with a value, and the tally of verdicts."""
    ledger.compute("as_of_day", "The last day whose knowledge may appear", record.as_of, "date", "the parameter as_of", precision="day")
    for claim in record.claims.to_dict("records"):
        if claim["value"]:
            ledger.state(claim)


def summary_facts(record, ledger) -> None:
    """Add the tally of verdicts; they rest on the other subjects' facts."""
