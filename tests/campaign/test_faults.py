"""The campaign of faults over the real tables.

Each is refused with file, row, column and remedy, or shown to be harmless, or announced. A fault
that the rules let pass is harmless where nothing that is printed changes. Where something changes,
the build lists it (``editions.changes``), so that it does not reach a report unnoticed. Missed is
what does neither. The table of counts stands in docs/campaigns.md; this test writes it anew
(``UPDATE=1``) and fails where it differs.
"""

import os
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import direct
import pytest
import told
from conftest import PROJECT
from faults import MISSING, apply, faults, project_with_own_data

from dossier.build.editions import changes
from dossier.build.notebooks import preload
from dossier.build.processes import Outcome, run_all
from dossier.data.checks import check_data
from dossier.data.schema import DataError
from dossier.document.account import places
from dossier.facts.fact import FactError
from dossier.show.report import check_parameters

EVERY = int(os.environ.get("EVERY", "1"))
"""One of so many faults is tried."""
LINE = re.compile(r"^data/[\w.]+(, row \d+)?(, column \w+)?.{3,}", re.S)
REMEDY = re.compile(
    r"[;:,] ?(?:[^;]*)"
    r"(correct|add|take|put|write|save|restore|see the constraint|give|sort|quote|compare"
    r"|is it the right file|anchor|add its source)",
    re.I,
)


def _places(project) -> dict:
    document = direct.document(check_parameters(project, {}), project)
    return {place: list(pieces) for place, pieces in places(document)}


def _try_all(share) -> list[Outcome]:
    """Try faults one after another in one copy of the project, each in a fork of this process.

    What is read of the copy as it is, is read here, once.
    """
    every, baseline = share
    with tempfile.TemporaryDirectory() as folder:
        project = project_with_own_data(PROJECT, Path(folder))
        check_data(project)
        _mend(project)
        jobs = [(fault, baseline, project) for fault in every]
        return run_all(_try, jobs, 1, ended=lambda n, _: _mend(project, every[n].file))


def _mend(project, *files: str) -> None:
    """Make a copy the project again, of which nothing is built and nothing has passed a check."""
    for file in files:
        shutil.copy2(PROJECT.data / file, project.data)
    shutil.rmtree(project.scratch, ignore_errors=True)


def _try(job) -> tuple[str, str]:
    """Return what came of a fault and its words. Runs in a process of its own."""
    fault, baseline, project = job
    apply(fault, project.data)
    try:
        check_data(project)
        changed = changes(baseline, _places(project))
    except DataError as error:
        return _judge(fault, error.problems)
    except FactError as error:
        # a row that a sentence rests on is not there: there is no row to name
        clear = f"data/{fault.file}" in str(error) and "restore" in str(error)
        return ("refused" if clear else "unclear"), str(error)
    except Exception as error:  # what a user would see as a traceback
        return "traceback", f"{type(error).__name__}: {error}"
    return ("announced" if changed else "harmless"), "; ".join(changed[:2])


def _judge(fault, lines: list[str]) -> tuple[str, str]:
    """Return whether the lines of an error are clear, and the first of them."""
    clear = all(LINE.match(line) and REMEDY.search(line) for line in lines)
    named = any(_names(line, fault) for line in lines)
    return ("refused" if clear and named else "unclear"), lines[0]


def _names(line: str, fault) -> bool:
    """Return whether an error names the fault's place.

    Of two equal ids, or a row that others rest on, either side will do.
    """
    row = any(f"row {fault.row}{mark}" in line for mark in ",:") or f"position {fault.row}" in line
    if fault.kind == MISSING:
        return fault.file in line or f'"{fault.cell}" not found' in line
    if not fault.column:
        return fault.file in line
    anchored = fault.column in ("prefix", "suffix") and "column exact" in line
    column = fault.column in line or anchored
    return f"data/{fault.file}" in line and row and column


@pytest.fixture(scope="module")
def outcomes():
    preload(PROJECT)
    every, baseline, cores = faults(PROJECT)[::EVERY], _places(PROJECT), os.cpu_count()
    shares = [every[n::cores] for n in range(cores)]
    found = {}
    for share, (results, error) in zip(
        shares, run_all(_try_all, [(share, baseline) for share in shares], cores), strict=True
    ):
        assert error is None, error
        found |= dict(zip(share, results, strict=True))
    return [(fault, *(found[fault][0] or ("died", str(found[fault][1])))) for fault in every]


def _row(name: str, counts: Counter) -> str:
    told = (sum(counts.values()), *(counts[o] for o in (*GOOD, "missed")))
    return f"| {name} | {' | '.join(map(str, told))} |"


GOOD = ("refused", "announced", "harmless")


def table(outcomes) -> str:
    counts: dict[str, Counter] = {}
    for fault, outcome, _ in outcomes:
        counts.setdefault(fault.kind, Counter())[outcome if outcome in GOOD else "missed"] += 1
    total = sum(counts.values(), Counter())
    head = [
        "| fault | tried | refused | announced | harmless | missed |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    return "\n".join(
        [*head, *(_row(kind, counts[kind]) for kind in sorted(counts)), _row("**all**", total)]
    )


def test_at_least_five_hundred_faults_are_tried(outcomes):
    assert len({(f.kind, f.file, f.column, f.cell) for f, _, _ in outcomes}) >= 500


def test_none_is_missed(outcomes):
    bad = [
        f"{outcome}: {fault}: {words}" for fault, outcome, words in outcomes if outcome not in GOOD
    ]
    assert not bad, f"{len(bad)} missed\n" + "\n".join(bad[:40])


def test_a_swapped_sign_unit_or_qualifier_of_a_claim_is_refused(outcomes):
    assert not [
        f
        for f, outcome, _ in outcomes
        if f.file == "claims.csv"
        and f.row
        and f.column in ("unit", "qualifier", "value")
        and outcome != "refused"
    ]


@pytest.mark.skipif(
    EVERY != told.EVERY, reason=f"docs/campaigns.md tells the counts of one in {told.EVERY}"
)
def test_the_readme_tells_the_counts(outcomes):
    told.hold("campaign", table(outcomes))
