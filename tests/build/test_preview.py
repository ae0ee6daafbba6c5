"""The preview in real Chromium: a save is seen in place, and nobody else is let in."""

import http.client
import json
import multiprocessing
import os
import re
import shutil
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import forked, processes, started

from dossier.build.preview import Session, place_of
from dossier.build.processes import CONTEXT
from dossier.build.warm import Event, Job
from dossier.project import find

OTHER = Path(__file__).parent.parent / "other_article"
WAIT = """async words => {
  for (let n = 0; n < 3000; n++) {
    if (WHERE.includes(words)) return true;
    await new Promise(done => setTimeout(done, 20));
  }
  throw new Error(`${words} does not come: ${document.body.innerText.slice(0, 400)}`);
}"""
SESSION = 4
"""The field of /proc/PID/stat with a process's session."""
COSTS = """
from dossier.registry import table
from dossier.show.tables import Column, Table


@table("costs")
def costs_table(record, facts):
    words = ("a year of eelgrass", "some years", "all years")
    rows = [(f"claims:C0{n}", (text,)) for n, text in enumerate(words, start=3)]
    return Table("What the meadow costs", (Column("For"),), tuple(rows))
"""
PAGE = "(document.querySelector('iframe:not(.next)')?.contentDocument.body.textContent ?? '')"


class Preview:
    """A preview of a copy of the small dossier, with what it prints; ``analysis`` is a module."""

    def __init__(self, folder: Path, analysis: str = ""):
        self.root = folder / "seagrass"
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        shutil.copytree(OTHER, self.root)
        self.module = self.root / "analysis" / "cost.py"
        if analysis:
            self.module.parent.mkdir()
            (self.module.parent / "__init__.py").touch()
            self.module.write_text(analysis)
            self.add("02-evidence.ipynb", "code", "report.table('costs')")
        self.log = folder / "log"
        self.process = started(self.root, self.log, "preview", TMPDIR=str(self.scratch))
        self.url = self.printed(r"Preview: (\S+)")

    def printed(self, pattern: str, seconds: float = 60) -> str:
        """Wait until something is printed; return its first group."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.log.exists() and (found := re.search(pattern, self.log.read_text())):
                return found[found.re.groups]
            time.sleep(0.05)
        raise AssertionError(f"{pattern} is not printed: {self.log.read_text()}")

    def add(self, notebook: str, kind: str, source: str) -> None:
        """Add a cell to a chapter and save it."""
        file = self.root / "notebooks" / notebook
        content = json.loads(file.read_text())
        cell = {"cell_type": kind, "id": "added", "metadata": {}, "source": [source]}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        content["cells"] = [c for c in content["cells"] if c.get("id") != "added"] + [cell]
        file.write_text(json.dumps(content))

    def end(self, sent: signal.Signals = signal.SIGINT) -> int | None:
        os.kill(self.process.pid, sent)
        self.process.join(120)
        return self.process.exitcode


@pytest.fixture
def imported(monkeypatch):
    """Lets the first process be forked from the tests, which have imported what it would import.

    It is one in an interpreter of its own where a preview is begun and ended. There alone it is
    waited for, too, until init has seen that what was killed is gone: some take seconds for it.
    """
    forking = SimpleNamespace(get_context=lambda method: CONTEXT)
    monkeypatch.setattr("dossier.build.preview.multiprocessing", forking)
    monkeypatch.setattr("dossier.build.preview.LAST_WAIT", 0.1)


@pytest.fixture
def preview(imported, tmp_path, request):
    yield from begun_and_ended(tmp_path, request)


@pytest.fixture
def alone(tmp_path, request):
    """A preview whose first process imports all for itself, as a user's does."""
    yield from begun_and_ended(tmp_path, request)


def begun_and_ended(tmp_path, request):
    begun = Preview(tmp_path, getattr(request, "param", ""))
    yield begun
    if begun.process.exitcode is None:
        begun.end()


def opened(browser, preview):
    page = browser.new_page(viewport={"width": 1000, "height": 500})
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.goto(preview.url)
    wait(page, "Harbour Town")
    return page


def wait(page, words, where=PAGE):
    page.evaluate(WAIT.replace("WHERE", where), words)


def in_frame(page, expression):
    return page.evaluate(
        f"(({{contentWindow: view, contentDocument: page}}) => {expression})"
        "(document.querySelector('iframe:not(.next)'))"
    )


def test_a_save_is_seen_at_the_same_place_and_marked(preview, browser):
    page = opened(browser, preview)
    before = in_frame(
        page,
        "(page.getElementById('ledger').scrollIntoView({behavior: 'instant'}), "
        "page.getElementById('ledger').getBoundingClientRect().top)",
    )
    preview.add("01-summary.ipynb", "markdown", "Seagrass grows back, word of Zostera.")
    wait(page, "word of Zostera")
    after = in_frame(page, "page.getElementById('ledger').getBoundingClientRect().top")
    assert abs(after - before) < 2 and in_frame(page, "view.scrollY") > 100
    glowing = in_frame(page, "page.getAnimations().map(a => a.effect.target.textContent)")
    assert glowing == ["Seagrass grows back, word of Zostera."]
    assert not page.problems
    page.close()


def save_a_sentence(preview):
    preview.add("01-summary.ipynb", "markdown", "Seagrass grows back, word of Zostera.")
    return "word of Zostera"


def save_a_cell(preview):
    table = preview.root / "data" / "claims.csv"
    text = table.read_text()
    assert "People who help" in text
    table.write_text(text.replace("People who help", "People who sow Ruppia"))
    return "People who sow Ruppia"


def save_a_module(preview):
    preview.module.write_text(COSTS.replace("eelgrass", "Posidonia"))
    return "a year of Posidonia"


@pytest.mark.parametrize("preview", [COSTS], indirect=True)
def test_what_a_save_exchanges_is_what_a_full_load_gives(preview, browser):
    """Letter by letter; the script lives on what was exchanged, and what was unfolded stays so."""
    page = opened(browser, preview)
    whole = "page.documentElement.outerHTML"
    in_frame(page, "view.first = true")
    for save in (save_a_sentence, save_a_cell, save_a_module):
        words = save(preview)
        wait(page, words)
        loaded = opened(browser, preview)
        wait(loaded, words)
        assert in_frame(page, "view.first")
        assert in_frame(page, whole) == in_frame(loaded, whole), save
        loaded.close()
    costs = "page.getElementById('table-costs')"
    in_frame(page, f"{costs}.querySelector('.sort').click()")
    assert in_frame(page, f"{costs}.querySelector('tbody').innerText").startswith("a year of Pos")
    assert in_frame(page, f"{costs}.querySelector('th').ariaSort") == "ascending"
    in_frame(page, "[...page.querySelectorAll('details')].forEach(fold => { fold.open = true; })")
    preview.add("01-summary.ipynb", "markdown", "Cymodocea, too.")
    wait(page, "Cymodocea")
    assert in_frame(page, "[...page.querySelectorAll('details')].map(fold => fold.open)") == [
        True,
        True,
    ]
    assert not page.problems
    page.close()


def test_a_change_of_the_contents_is_loaded_whole(preview, browser):
    page = opened(browser, preview)
    in_frame(page, "view.first = true")
    file = preview.root / "notebooks" / "02-evidence.ipynb"
    file.write_text(file.read_text().replace("# The figures, the", "# Of Halophila: figures, the"))
    wait(page, "Of Halophila")
    assert in_frame(page, "view.first ?? null") is None
    contents = in_frame(page, "page.querySelector('nav').textContent")
    assert "Of Halophila" in contents
    assert not page.problems
    page.close()


def test_an_error_stands_over_the_last_good_page_until_it_is_mended(preview, browser):
    page = opened(browser, preview)
    preview.add("02-evidence.ipynb", "code", "1 / 0")
    error = "document.getElementById('error').textContent"
    wait(page, "ZeroDivisionError", error)
    assert "notebooks/02-evidence.ipynb, cell" in page.evaluate(error)
    assert "Harbour Town" in page.evaluate(PAGE)
    assert preview.printed(r"(notebooks/02-evidence.ipynb, cell \d+: ZeroDivisionError)")
    preview.add("02-evidence.ipynb", "markdown", "All is mended.")
    wait(page, "All is mended.")
    assert page.evaluate("document.getElementById('error').hidden")
    page.close()


def test_a_chapter_that_never_ends_is_ended_by_the_next_save(preview, browser):
    page = opened(browser, preview)
    preview.add("02-evidence.ipynb", "code", "print('on and on')\nwhile True:\n    pass")
    wait(page, "Building", "document.getElementById('status').textContent")
    preview.add("02-evidence.ipynb", "markdown", "It came to an end.")
    wait(page, "It came to an end.")
    assert page.evaluate("document.getElementById('error').hidden")
    page.close()


def test_what_is_told_of_an_earlier_save_does_not_end_the_waiting_for_the_last(tmp_path):
    session = Session(find(OTHER), Job(OTHER, {}, tmp_path))
    _, session.requests = multiprocessing.Pipe(duplex=False)
    session.events, events = multiprocessing.Pipe(duplex=False)
    for _ in range(2):
        session.request(set())
    for event in (Event("page", 1), Event("findings", 1, ("late",)), Event("error", 1, ("late",))):
        (tmp_path / "report.html").write_text("the page of the first save")
        events.send(event)
        session.hear()
        assert session.state.status == "Building …"
    assert session.page == b"the page of the first save" and session.state.page == 1
    assert not session.state.error and not session.state.findings
    events.send(Event("findings", 2, ("of the last save",)))
    session.hear()
    assert "findings in" in session.state.status
    assert [finding["text"] for finding in session.state.findings] == ["of the last save"]


def test_bad_data_are_told_with_row_and_column_by_the_check(preview, browser):
    page = opened(browser, preview)
    preview.printed(r"findings in")
    table = preview.root / "data" / "claims.csv"
    table.write_text(table.read_text().replace("at_least", "at_laest"))
    found = "document.body.innerText"
    wait(page, "claims.csv", found)
    assert "at_laest" in page.evaluate(found)
    page.close()


def test_after_a_table_has_changed_twice_the_page_is_that_of_a_clean_build(preview):
    table = preview.root / "data" / "claims.csv"
    good = table.read_text()
    pages = "page in"
    for who in ("the mayor", "the pilot"):
        preview.printed(f"(?s){pages}.*findings in")
        table.write_text(good.replace(",the harbour master,", f",{who},", 1))
        pages += ".*page in"
    preview.printed(f"(?s){pages}")
    with urllib.request.urlopen(f"{preview.url}report.html") as answer:
        shown = answer.read()
    assert b"the pilot" in shown and b"the mayor" not in shown
    assert preview.end() == 0
    shutil.rmtree(preview.root / ".build")
    forked(preview.root, "report").check_returncode()
    [built] = (preview.root / "reports").glob("*.html")
    assert built.read_bytes() == shown


def test_what_is_still_to_be_done_is_told_until_it_is_done(preview, browser):
    """In the words of the check, which a finding on a claim changes."""
    page = opened(browser, preview)
    listed = "document.getElementById('missing').textContent"
    wait(page, "findings.csv: add a finding on C01, C02, C03, C04 and 7 more", listed)
    table = preview.root / "data" / "findings.csv"
    table.write_text(table.read_text() + "F01,C01,2025-03-05,It is so.,confirmed,,paper,,\n")
    wait(page, "say in checked_by and checked_on who checked C01, and when", listed)
    assert "add a finding on C02, C03, C04, C05 and 6 more" in page.evaluate(listed)
    page.close()


def test_what_the_gates_find_leads_to_its_place(preview, browser):
    page = opened(browser, preview)
    preview.add("01-summary.ipynb", "markdown", "There are 4711 blades.")
    listed = "document.getElementById('findings').textContent"
    wait(page, "'4711'", listed)
    page.click("#findings summary")
    page.click("#findings a >> text=4711")
    wait(page, "4711")
    assert in_frame(page, "page.getAnimations().length") >= 1
    assert preview.printed(r"(4711.* has no fact)")
    page.close()


def test_the_pdf_is_turned_over_in_place(preview, browser):
    page = opened(browser, preview)
    page.goto(f"{preview.url}#pdf")
    texts = "[...document.querySelectorAll('#pdf img')].map(i => i.alt).join(' ')"
    wait(page, "Harbour Town", texts)
    page.evaluate("document.getElementById('pdf').scrollTo(0, 700)")
    preview.add("01-summary.ipynb", "markdown", "A word of Posidonia.")
    wait(page, "Posidonia", texts)
    assert page.evaluate("document.getElementById('pdf').scrollTop") == 700
    loaded = "[...document.querySelectorAll('#pdf img')].filter(i => i.naturalWidth > 900).length"
    wait(page, "true", f"String({loaded} > 0)")
    page.close()


def status_of(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def upgraded(url, origin):
    """Return the status of the answer to a page of an origin that asks for the websocket."""
    where = urllib.parse.urlsplit(url)
    asked = http.client.HTTPConnection(where.netloc)
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": origin,
    }
    asked.request("GET", f"{where.path}socket", headers=headers)
    return asked.getresponse().status


def test_nobody_is_let_in_without_the_token_or_under_another_name(preview):
    base = re.match(r"http://127\.0\.0\.1:\d+/", preview.url)[0]
    assert status_of(preview.url) == 200
    for path in ("", "report.html", "socket", "x" * 32 + "/", "x" * 32 + "/report.pdf"):
        assert status_of(base + path) == 403, path
    for name in ("", "report.html", "socket", "pages.json", "preview.js"):
        assert status_of(preview.url + name, Host="evil.example:80") == 403, name
    assert upgraded(preview.url, preview.url) == 101
    assert upgraded(preview.url, "http://evil.example") == 403
    assert status_of(f"{preview.url}../../etc/passwd") in (403, 404)


@pytest.mark.build
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind(alone, sent):
    alone.printed(r"page in")
    assert list(alone.scratch.iterdir())
    before = {f.name for f in alone.root.iterdir()}
    assert alone.end(sent) == 0
    assert "reports/ is as it was" in alone.log.read_text()
    until = time.monotonic() + 60
    while processes(SESSION, alone.process.pid) and time.monotonic() < until:
        time.sleep(0.05)  # Python's own helper of processes ends when it sees its parent gone
    assert not processes(SESSION, alone.process.pid)
    assert not list(alone.scratch.iterdir())
    assert {f.name for f in alone.root.iterdir()} - before <= {".build"}
    assert not (alone.root / "reports").exists()


@pytest.mark.parametrize(
    ("given", "words"), [("units=yards", "choose imperial"), ("port=x", "such as PORT=8000")]
)
@pytest.mark.slow
def test_a_wrong_parameter_is_refused_before_anything_is_served(tmp_path, given, words):
    log = tmp_path / "log"
    process = started(OTHER, log, "preview", given)
    process.join(60)
    assert process.exitcode == 1 and words in log.read_text() and "Preview:" not in log.read_text()


def test_a_port_that_is_taken_is_told_with_the_remedy(preview, tmp_path):
    port = re.search(r":(\d+)/", preview.url)[1]
    log = tmp_path / "second"
    process = started(preview.root, log, "preview", f"port={port}")
    process.join(60)
    assert process.exitcode == 1 and "give another as PORT=" in log.read_text()


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        ("#table-pledges: the number '3' has no fact; name one", "table-pledges"),
        ("fact 'staff': from the 2 rows", "fact-staff"),
        ("figure timeline, series days: draws other values", "figure-timeline"),
        ("report.pdf: lacks 'x' of 01-summary, block 3", "chapter-01-summary"),
        ("data/claims.csv, row 3: correct it", ""),
    ],
)
def test_a_finding_names_its_place(finding, place):
    assert place_of(finding) == place
