"""JupyterLab as ``make lab`` starts it, in real Chromium: what an analyst meets there."""

import io
import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from conftest import PROJECT, copy_of_project, processes
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SESSION = 4
"""The field of /proc/PID/stat with a process's session."""
TOKEN = "a" * 32
NOTEBOOKS = sorted(file.name for file in PROJECT.notebooks.glob("*.ipynb"))
SETTINGS = {
    "ServerApp": {"allow_root": True, "open_browser": False, "port": 0},
    "LabApp": {"expose_app_in_browser": True},
}
"""A user's own settings, which the project's leave as they are."""


class Lab:
    """JupyterLab on a copy of the project, at a port of its own."""

    def __init__(self, folder):
        self.root = copy_of_project(folder / "project", NOTEBOOKS)
        own = folder / "home" / ".jupyter"
        own.mkdir(parents=True)
        (own / "jupyter_server_config.json").write_text(json.dumps(SETTINGS))
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["make", "lab"],
                cwd=self.root,
                env=os.environ | {"HOME": str(folder / "home"), "JUPYTER_TOKEN": TOKEN},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        pattern = r"http://127\.0\.0\.1:\d+/lab/tree/\S+"
        until = time.monotonic() + 60
        while not (found := re.search(pattern, self.log.read_text())):
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)
        self.url = found[0].partition("?")[0]
        self.base = self.url.partition("/lab/")[0]

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        asked = urllib.request.Request(
            f"{self.base}/{path}", headers={"Authorization": f"token {TOKEN}"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def end(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(120)
        until = time.monotonic() + 60
        while processes(SESSION, self.process.pid) and time.monotonic() < until:
            time.sleep(0.05)  # kernels are shut down first


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    started = Lab(tmp_path_factory.mktemp("lab"))
    yield started
    started.end()


@pytest.fixture(scope="module")
def page(lab, browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(120_000)
    opened.goto(f"{lab.url}?token={TOKEN}")
    opened.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    yield opened
    opened.close()


RUN_ALL = """async ([path, id]) => {
  const commands = window.jupyterapp.commands;
  const kernel = id ? {kernel: {id}} : {};
  const opened = await commands.execute("docmanager:open", {path, ...kernel});
  await opened.context.ready;
  await opened.sessionContext.ready;
  const running = opened.sessionContext.session.kernel;
  await running.info;
  await commands.execute("notebook:run-all-cells");
  await opened.context.save();
  const codes = opened.content.widgets.map(cell => cell.model).filter(m => m.type === "code");
  const types = model => model.outputs.toJSON().map(output => output.output_type);
  return {kernel: running.id, ran: codes.every(m => m.executionCount), outputs: codes.map(types)};
}"""
"""What a user does by the menu: opens a notebook, runs all its cells, saves it."""


def run_all(page, name, kernel=""):
    """Run a notebook, in the running kernel of an id or in a new one; return what came of it."""
    return page.evaluate(RUN_ALL, [f"notebooks/{name}", kernel])


def test_it_opens_the_first_chapter_at_the_projects_root(lab, page):
    assert lab.url.endswith("/lab/tree/notebooks/01-summary.ipynb")
    names = {item["name"] for item in json.loads(lab.get("api/contents/")[1])["content"]}
    assert {"data", "analysis", "notebooks", "dossier.toml"} <= names
    assert page.title().startswith("01-summary")


def test_each_notebook_runs_and_is_saved_as_it_was(lab, page):
    """Without outputs, the bytes are those that were opened."""
    kernel = ""
    for name in NOTEBOOKS:
        done = run_all(page, name, kernel)
        kernel = done["kernel"]
        outputs = [kind for kinds in done["outputs"] for kind in kinds]
        assert done["ran"] and set(outputs) == {"display_data"} and len(outputs) >= 5, name
        saved = (lab.root / "notebooks" / name).read_bytes()
        assert saved == (PROJECT.notebooks / name).read_bytes(), name


OPEN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
TYPE = """async source => {
  const {commands, shell} = window.jupyterapp;
  await commands.execute("notebook:insert-cell-below");
  const cell = shell.currentWidget.content.activeCell;
  cell.model.sharedModel.setSource(source);
  await commands.execute("notebook:enter-edit-mode");
  cell.editor.setCursorPosition({line: 0, column: source.length});
  await commands.execute("completer:invoke-notebook");
}"""
"""What a user does who types into a new cell, and asks for completion."""


def test_a_table_and_a_figure_are_seen(page):
    """Ink on a ground, and the report's own fonts in the figures."""
    run_all(page, "03-timeline.ipynb")
    table = page.locator(f"{OPEN} .jp-RenderedHTMLCommon table").first
    picture = Image.open(io.BytesIO(table.screenshot())).convert("L")
    dark = sum(picture.histogram()[:128]) / (picture.width * picture.height)
    assert picture.width > 600 and picture.height > 300 and 0.01 < dark < 0.3
    faces = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Source Sans 3" in face for face in faces)


def test_tab_completes_a_fact_within_a_sentence(page):
    page.evaluate(TYPE, 'report.say("By {members_')
    page.wait_for_selector(".jp-Completer:not(.lm-mod-hidden)")
    offered = page.locator(".jp-Completer-match").all_inner_texts()
    assert {"members_on_article_day", "members_before_summit"} == set(offered)
    page.keyboard.press("Escape")


def test_facts_are_searched(page):
    page.evaluate(TYPE, "report.facts")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell').then(() => null)")
    found = page.locator(f"{OPEN} .dossier-lookup")
    lines = found.locator("tbody tr:visible")
    everything = lines.count()
    found.locator("input").fill("nato members")
    assert 1 < lines.count() < everything > 200


def test_a_number_shows_its_evidence_beside_it_when_clicked(page):
    """A claim's id its words; the notebook stays where it is."""
    run_all(page, "02-claims.ipynb")
    address, box = page.url, page.locator(f"{OPEN} [popover]:popover-open")
    for href, words in {
        "#fact-claims_total": "34 claims (claims_total)\n",
        "#quote-C08": "“700-person headquarters in Germany”",
    }.items():
        link = page.locator(f"{OPEN} a[href='{href}']").first
        link.click()
        assert words in box.inner_text()
        ends, begins = link.bounding_box(), box.bounding_box()
        below = begins["y"] - ends["y"] - ends["height"]
        above = ends["y"] - begins["y"] - begins["height"]
        assert 0 < max(below, above) < 10
        page.keyboard.press("Escape")
        assert not box.count()
    assert page.url == address


def test_a_reference_leads_to_the_figure_in_the_notebook(page):
    run_all(page, "06-spending.ipynb")
    page.locator(f"{OPEN} a[href='#figure-spending-sides']").first.click()
    expect(page.locator(f"{OPEN} #figure-spending-sides")).to_be_in_viewport()


def test_a_misspelt_fact_is_one_line_without_traceback(page):
    run_all(page, "05-front.ipynb")
    page.evaluate(TYPE, "%%say\nThe front is {front_lenght_measured} long.")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-cell').then(() => null)")
    told = page.locator(f"{OPEN} .jp-OutputArea-output[data-mime-type$='stderr']")
    expect(told).to_have_text(
        "FactError: no fact 'front_lenght_measured': did you mean 'front_length_measured'?"
    )


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_the_menus_export_runs_the_chapter(lab, kind):
    """What is saved has no outputs: it is run for the export, and has its evidence."""
    status, made = lab.get(f"nbconvert/dossier_{kind}/notebooks/04-agreements.ipynb")
    assert status == 200, made[:400]
    assert b"fact-members_on_article_day" in made if kind == "html" else made[:4] == b"%PDF"
