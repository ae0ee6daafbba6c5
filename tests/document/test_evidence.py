"""The list of sources: what was read of each is told once for the many, at each of the few."""

from types import SimpleNamespace

import pandas as pd
import pytest

from dossier.document.evidence import sources_of, usually_read

ROWS = [
    ("a", "opening", "", "https://a.example/1"),
    ("b", "opening", "", ""),
    ("c", "opening", "p. 3", "https://c.example/3"),
    ("d", "in full", "", "https://d.example/4"),
]


@pytest.fixture
def record():
    frame = pd.DataFrame(ROWS, columns=["source_id", "read", "locator", "url"])
    frame = frame.assign(title="T", publisher="P", published="2024-07-05", archived="")
    numbers = {id: n for n, id in enumerate(frame["source_id"], start=1)}
    return SimpleNamespace(sources=frame, source_numbers=numbers)


@pytest.mark.parametrize(
    "cited, usual", [("abcd", "opening"), ("bd", ""), ("d", "in full"), ("", "")]
)
def test_what_was_read_of_more_than_half_is_usual(record, cited, usual):
    assert usually_read(record, set(cited)) == usual


def test_only_what_is_not_usual_is_told_at_its_source(record):
    """A place in a source is told, even where it was read as is usual."""
    told = {s.id: s.extent for s in sources_of(record, set("abcd"), "opening")}
    assert told == {"a": "", "b": "", "c": "Read: opening; p. 3.", "d": "Read: in full."}
    every = [s.read for s in sources_of(record, set("abcd"), "opening")]
    assert every == ["opening", "opening", "opening; p. 3", "in full"]
