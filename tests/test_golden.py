"""Values that must not move: every fact's id, value and text, and every verdict, as a build of 24 November 2026 gave them.

A correction of a value is named in the CHANGELOG and made here by hand.
"""

import datetime
import json
from pathlib import Path

import direct
import pytest

from dossier import build, data, machine, parameters, report

FOLDER = Path(__file__).parent / "golden"
NEWEST = data.newest(data.load())


def given(name: str) -> parameters.Parameters:
    if name.startswith("brief."):
        return parameters.Parameters(NEWEST, NEWEST, ally=name.removeprefix("brief."))
    return parameters.Parameters(
        NEWEST if name == "newest" else datetime.date.fromisoformat(name), NEWEST
    )


@pytest.mark.parametrize("name", sorted(f.stem for f in FOLDER.glob("*.json")))
def test_facts_and_verdicts_are_as_they_were(name):
    effective = given(name)
    found = machine.facts_json(direct.doc(effective), report.Report.of(effective), build.versions())
    wanted = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert {f["id"]: [f["value"], f["text"]] for f in found["facts"]} == wanted["facts"]
    assert found["verdicts"] == wanted["verdicts"]
