"""Values that must not move: every fact's id, value and text, and every verdict.

As a build of 24 November 2026 gave them. A correction of a value is named in the CHANGELOG and
made here by hand.
"""

import json
from pathlib import Path

import direct
import pytest

from dossier.export.claims import facts_json
from dossier.show.report import Report, check_parameters

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]

FOLDER = Path(__file__).parent / "golden"

INPUTS_OF_BRIEFS = {"edition_revised", "newest_year"}
"""Facts that a brief's rest on and that its ledger left out while inputs were typed by hand."""


def read(project, joined, name: str):
    """Return the document and the report of an edition, or of a newest brief."""
    if name.startswith("brief."):
        given = check_parameters(project, {}, name.removeprefix("brief."))
        return direct.document(given), Report.for_edition(project, given)
    as_of = "latest" if name == "newest" else name
    given = check_parameters(project, {"as_of": as_of})
    return joined(as_of), Report.for_edition(project, given)


@pytest.mark.parametrize("name", sorted(f.stem for f in FOLDER.glob("*.json")))
def test_facts_and_verdicts_are_as_they_were(project, joined, name):
    found = facts_json(*read(project, joined, name), {})
    wanted = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    facts = {f["id"]: [f["value"], f["text"]] for f in found["facts"]}
    added = INPUTS_OF_BRIEFS - set(wanted["facts"]) if name.startswith("brief.") else set()
    assert {id: fact for id, fact in facts.items() if id not in added} == wanted["facts"]
    assert found["verdicts"] == wanted["verdicts"]
