"""The list of sources: what holds of most is told once, what differs at each; addresses."""

from types import SimpleNamespace

import pandas as pd
import pytest

from dossier.document import words
from dossier.document.evidence import figure_sources, sources_of, usual

ROWS = [
    ("a", "opening", "", "press", "https://a.example/1"),
    ("b", "opening", "", "press", ""),
    ("c", "opening", "p. 3", "press", "https://c.example/3"),
    ("d", "in full", "", "primary", "https://d.example/4"),
]


@pytest.fixture
def record():
    frame = pd.DataFrame(ROWS, columns=["source_id", "read", "locator", "rank", "url"])
    frame = frame.assign(title="T", publisher="P", published="2024-07-05", archived="")
    numbers = {id: n for n, id in enumerate(frame["source_id"], start=1)}
    return SimpleNamespace(sources=frame, source_numbers=numbers)


@pytest.mark.parametrize(
    "shown, told",
    [
        ("a", "Source: [1]"),
        ("e", "Source, in copy: [5]"),
        ("eabf", "Sources: [1] [2]; in copy: [5]; through others: [6]"),
        ("fe", "Sources, in copy: [5]; through others: [6]"),
    ],
)
def test_a_figure_says_which_sources_were_not_read_themselves(record, shown, told):
    """By the rows: e is a repost, f was read through a transcription."""
    frame = record.sources
    more = [("e", "in full", "repost"), ("f", "through a transcription", "primary")]
    columns = ["source_id", "read", "rank"]
    rows = [{**frame.iloc[0], **dict(zip(columns, row, strict=True))} for row in more]
    record.sources = pd.concat([frame, pd.DataFrame(rows)], ignore_index=True)
    record.source_numbers |= {"e": 5, "f": 6}
    sources = sources_of(record, set(shown), whole=True)
    line = figure_sources(SimpleNamespace(sources=tuple(shown)), sources)
    assert "".join(run.text for run in line) == told


@pytest.mark.parametrize(
    "cited, found",
    [
        ("abcd", ("press", "opening")),
        ("bd", ("", "")),
        ("d", ("primary", "in full")),
        ("", ("", "")),
    ],
)
def test_what_more_than_half_of_the_cited_have_is_usual(record, cited, found):
    assert tuple(usual(record, set(cited), column) for column in ("rank", "read")) == found


def test_only_what_is_not_usual_is_told_at_a_source(record):
    """A place in a source is told, even where it was read as is usual."""
    told = {s.id: s.extent for s in sources_of(record, set("abcd"), whole=True)}
    assert told == {
        "a": "",
        "b": "",
        "c": "Read: opening; p. 3.",
        "d": "Primary. Read: in full.",
    }
    every = [s.read for s in sources_of(record, set("abcd"), whole=True)]
    assert every == ["opening", "opening", "opening; p. 3", "in full"]


def test_the_list_says_once_what_is_usual():
    said = words.usual("press", "opening")
    assert "a press report" in said and "opening" in said
    assert words.usual("", "") == ""


@pytest.mark.parametrize("whole, printed", [(True, "https://a.example/1"), (False, "")])
def test_a_report_prints_addresses_and_a_short_brief_none(record, whole, printed):
    first = sources_of(record, {"a"}, whole)[0]
    assert (first.address, first.url) == (printed, "https://a.example/1")
