"""The campaign of forgeries: finished files that say something else than what was built.

Each is held against a build of the same sources (level a of ``verify``), as the command does, and
by itself (level b). None may be missed with the data. What a forger gets through by itself is
counted. The table of counts stands in docs/campaigns.md; this test writes it anew (``UPDATE=1``)
and fails where it differs: in what is found alone, by more than the lot of the places explains.
"""

import functools
import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
import told
from forgeries import Forgery, digits, forgeries, pages

from dossier.build.processes import run_all
from dossier.export import read
from dossier.export.reading import FileError, Reading
from dossier.gates.verify import alone, differences, unfitting

COLUMNS = ("named", "refused", "missed", "found alone", "missed alone")


@functools.cache
def _fresh(file: Path) -> Reading:
    """Return what a build gives, read once for all forgeries."""
    return read(file)


def _try(job: tuple[Forgery, Path]) -> tuple[str, str, str]:
    """Return what came of a forgery with the data, and by itself, and the first words."""
    forgery, finished = job
    genuine = finished.with_name(finished.name + forgery.suffix)
    with tempfile.TemporaryDirectory() as folder:
        forged = Path(folder) / genuine.name
        forgery.make(finished, forged)
        try:
            reading = read(forged)
        except FileError as error:
            return "refused", "found alone", str(error)
        by_itself = unfitting(reading) or alone(reading)
        beside = differences(reading, _fresh(genuine))
    with_data = "missed"
    if beside:
        with_data = "refused" if "its bytes are not" in beside[0] else "named"
    return with_data, "found alone" if by_itself else "missed alone", "; ".join(beside[:2])


@pytest.fixture(scope="module")
def outcomes(edition):
    finished = edition.html.with_suffix("")
    pages(edition.pdf)  # once, before the forks
    digits(edition.html.read_text(encoding="utf-8"))
    for file in (edition.html, edition.pdf, edition.facts):
        assert unfitting(_fresh(file)) == alone(_fresh(file)) == []
    every = forgeries()
    results = run_all(_try, [(forgery, finished) for forgery in every], os.cpu_count())
    return [
        (forgery, *(result or ("died", "died", str(error))))
        for forgery, (result, error) in zip(every, results, strict=True)
    ]


def table(outcomes) -> str:
    counts: dict[str, Counter] = {}
    for forgery, *found, _ in outcomes:
        counts.setdefault(forgery.kind, Counter()).update(found)
    counts["**all**"] = sum(counts.values(), Counter())
    rows = [
        f"| {kind} | {found.total() // 2} | {' | '.join(str(found[c]) for c in COLUMNS)} |"
        for kind, found in counts.items()
    ]
    head = ["| forged | tried | " + " | ".join(COLUMNS) + " |", "|---|" + "---:|" * 6]
    return "\n".join(head + rows)


def test_three_hundred_forgeries_are_tried(outcomes):
    assert len(outcomes) >= 300
    assert not [o for o in outcomes if "died" in o]


def test_none_is_missed_with_the_data(outcomes):
    bad = [f"{f}: {found}: {words}" for f, found, _, words in outcomes if found == "missed"]
    assert not bad, "\n".join(bad)


def test_all_that_changes_a_text_or_a_claim_is_named_with_its_place(outcomes):
    unnamed = {forgery.kind for forgery, *_, words in outcomes if "its bytes are not" in words}
    assert unnamed <= {"a drawing", "what does not show", "the shapes of digits"}


def test_a_claim_that_is_changed_in_one_place_is_found_by_itself(outcomes):
    for forgery, _, found, words in outcomes:
        if forgery.kind in ("a digit in one place", "a digit of a PDF’s attachment"):
            assert found == "found alone", (forgery, words)


def test_the_readme_tells_the_counts(outcomes):
    told.hold("forgeries", table(outcomes), drawn=2)
