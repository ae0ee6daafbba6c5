"""Time the briefs and the report, how the time grows, and what a change costs.

(a) The plain way: papermill and nbconvert as commands, one report after another: papermill,
    nbconvert --to html, and the same PDF by nbconvert --to dossier_pdf. A report is timed by
    itself; the 32 are 32 times its median, as they run one after another.
(b) This build: python -m dossier briefs, or report: the whole command, with its checks and gates,
    nothing built before.
(c) The floor: one process that runs the cells' code with no notebook, and renders the same
    documents with no gates: the whole command.

The preview is timed in Chromium, from a save to the new text on the page, beside whole builds and
builds after a change in one chapter; ``python tests/bench.py preview`` times this alone.

Runs in a copy of the project, in a folder of its own. Prints a Markdown table; ``make bench``
prints it, the README holds it.
"""

import contextlib
import dataclasses
import datetime
import importlib.util
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

RUNS = 5
SAVES = 10
ROOT = Path(__file__).resolve().parent.parent
DAYS = (
    "2024-07-07",
    "2024-07-11",
    "2024-12-01",
    "2025-03-01",
    "2025-06-25",
    "2025-09-15",
    "2026-01-01",
    "2026-09-20",
)


def project(folder: Path) -> Path:
    """Return a copy of the project without what was built."""
    for name in ("data", "notebooks", "analysis"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dossier.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "reports").mkdir()
    return folder


def timed(*command, root: Path) -> float:
    """Return the seconds that a command takes as a whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: {done.stderr[-800:]}")
    return time.perf_counter() - start


def plain(root: Path, ally: str) -> float:
    out = root / "plain"
    out.mkdir(exist_ok=True)
    binaries = Path(sys.executable).parent
    run = timed(
        binaries / "papermill",
        "notebooks/brief.ipynb",
        out / f"{ally}.ipynb",
        "-p",
        "ally",
        ally,
        "-k",
        "python3",
        root=root,
    )
    run += timed(
        binaries / "jupyter", "nbconvert", "--to", "html", out / f"{ally}.ipynb", root=root
    )
    return run + timed(
        binaries / "jupyter", "nbconvert", "--to", "dossier_pdf", out / f"{ally}.ipynb", root=root
    )


def built(root: Path, *words: str) -> float:
    shutil.rmtree(root / ".build", ignore_errors=True)
    return timed(sys.executable, "-m", "dossier", *words, root=root)


def floor(what: str) -> None:
    """Compute and render with no notebook: run as a process of its own."""
    import direct

    from dossier import project as projects
    from dossier.build.editions import versions
    from dossier.document.assemble import assemble
    from dossier.export import html, pdf
    from dossier.export.claims import Claims, dump, facts_json, json_ld
    from dossier.show.report import Report, check_parameters

    here = projects.find()
    given = check_parameters(here, {})
    out = here.reports / "floor"
    out.mkdir(exist_ok=True)
    for job in [given] if what == "report" else jobs_of(here, given):
        report = Report.for_edition(here, job)
        document = assemble(direct.notebooks(here, job), report)
        facts = dump(facts_json(document, report, versions()))
        linked = "" if job.entity else dump(json_ld(document, report))
        name, claims = job.entity or "report", Claims(facts, linked)
        (out / f"{name}.html").write_bytes(html.render(document, claims))
        (out / f"{name}.pdf").write_bytes(pdf.render(document, claims))


def jobs_of(here, given) -> list:
    """Return the parameters of the brief of every entity known in an edition."""
    from dossier.data.known import known_on
    from dossier.show.briefs import entities

    parameter = here.settings.briefs.parameter
    return [
        dataclasses.replace(given, entity=entity, entity_parameter=parameter)
        for entity in entities(known_on(here, given.as_of))
    ]


def growth(count: int) -> tuple[float, float]:
    """Build ``count`` different briefs; return seconds, and MB at the peak of the largest process.

    Run as a process of its own.
    """
    from dossier import project as projects
    from dossier.build.briefs import make_job
    from dossier.build.notebooks import preload
    from dossier.build.processes import run_all
    from dossier.parameters import CHOICES
    from dossier.show.report import check_parameters

    here = projects.find()
    preload(here)
    newest = check_parameters(here, {})
    jobs = []
    for units in CHOICES["units"]:
        for day in DAYS[::-1]:
            as_of = min(datetime.date.fromisoformat(day), newest.newest)
            jobs += jobs_of(here, dataclasses.replace(newest, as_of=as_of, units=units))
    with tempfile.TemporaryDirectory(dir=here.root) as work:
        start = time.perf_counter()
        items = [(here, job, Path(work)) for job in jobs[:count]]
        outcomes = run_all(make_job, items, os.cpu_count())
        seconds = time.perf_counter() - start
    failed = [
        (job, error) for (_, job, _), (_, error) in zip(items, outcomes, strict=True) if error
    ]
    if failed:
        raise SystemExit(f"{len(failed)} failed, first: {failed[0]}")
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return seconds, max(own, children)


def identical(root: Path) -> int:
    """Return how many of the floor's documents are the build's, byte for byte."""
    same = 0
    for file in (root / "reports" / "floor").glob("???.*"):
        same += file.read_bytes() == (root / "reports" / "briefs" / file.name).read_bytes()
    return same


def side_by_side(root: Path) -> list[float]:
    """Return the medians of the briefs, their floor, the report, and its floor.

    Side by side, so that a slow minute of the machine strikes all alike.
    """
    times = []
    for _ in range(RUNS):
        run = []
        for what in ("briefs", "report"):
            run.append(built(root, what))
            run.append(timed(sys.executable, __file__, "floor", what, root=root))
        times.append(run)
    return [statistics.median(column) for column in zip(*times, strict=True)]


def after_a_change(root: Path) -> tuple[float, int]:
    """Return the median of a build after one row changed, and how many files are the floor's."""
    table = root / "data" / "agreements.csv"
    good = table.read_text(encoding="utf-8")
    changed = []
    for n in range(RUNS):
        table.write_text(good.replace(",Warsaw,", f",Warsaw {chr(97 + n)},"), encoding="utf-8")
        changed.append(timed(sys.executable, "-m", "dossier", "briefs", root=root))
    same = identical(root)
    table.write_text(good, encoding="utf-8")
    return statistics.median(changed), same


def print_times(root: Path) -> None:
    median = statistics.median
    one = median([plain(root, ally) for ally in ("POL", "DEU", "ISL", "USA", "TUR")[:RUNS]])
    b, c, report, least = side_by_side(root)
    built(root, "briefs")
    nothing = median(
        [timed(sys.executable, "-m", "dossier", "briefs", root=root) for _ in range(RUNS)]
    )
    changed, same = after_a_change(root)
    rows = [
        ("(a) a brief the plain way; 32 of them", f"{one:.1f}; {32 * one:.0f}", ""),
        (
            "(b) 32 briefs, HTML and PDF, with all gates",
            f"{b:.1f}",
            f"{32 * one / b:.0f} times faster than (a)",
        ),
        (
            "(c) the floor for the briefs, one process, no gates",
            f"{c:.1f}",
            f"(b) takes {b / c:.2f} times as long",
        ),
        ("the whole report, with all gates", f"{report:.1f}", ""),
        ("its floor", f"{least:.1f}", f"the report takes {report / least:.2f} times as long"),
        ("32 briefs with nothing to do", f"{nothing:.2f}", ""),
        ("32 briefs after one ally's row changed", f"{changed:.1f}", "one is built"),
    ]
    print(
        f"{datetime.date.today():%d %B %Y}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; medians of {RUNS} runs\n"
    )
    print("| what | seconds | against |\n|---|---:|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |".replace("|  |", "| |"))
    print(
        f"\nOf the floor's 64 documents {same} are the build's, byte for byte "
        "(the changed ally's differ).\n"
    )


def print_growth(root: Path) -> None:
    print("| briefs | seconds | seconds each | largest process, MB |\n|---:|---:|---:|---:|")
    for count in (1, 8, 32, 128, 512):
        command = [sys.executable, __file__, "growth", str(count)]
        out = subprocess.run(command, cwd=root, capture_output=True, text=True)
        if out.returncode:
            raise SystemExit(out.stderr[-800:])
        seconds, memory = map(float, out.stdout.split()[-2:])
        print(f"| {count} | {seconds:.1f} | {seconds / count:.2f} | {memory:.0f} |", flush=True)


# ---- the preview


WAIT = """async word => {
  for (;;) {
    const found = FOUND;
    if (found) return new Promise(done => requestAnimationFrame(() => done(true)));
    await new Promise(done => setTimeout(done, 10));
  }
}"""
SETTLED = "document.getElementById('status').textContent.includes('findings')"
FRAME = "document.querySelector('iframe:not(.next)')?.contentDocument.getElementById('content')"
ON_PAGE = f"{FRAME}?.textContent.includes(word)"
ON_PAPER = (
    "[...document.querySelectorAll('#pdf img')]"
    ".find(image => image.alt.includes(word) && (image.scrollIntoView(), true)"
    " && image.complete && image.naturalWidth)"
)


@contextlib.contextmanager
def previewed(root: Path) -> Iterator:
    """Give a page of Chromium that shows the preview of a project."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-u", "-m", "dossier", "preview"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().split()[1]
            with sync_playwright() as playwright:
                path = shutil.which("chromium")
                browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(address)
                page.evaluate(WAIT.replace("FOUND", SETTLED))
                yield page
                browser.close()
        finally:
            process.terminate()
            process.communicate()


def saves(root: Path) -> dict[str, Callable[[str], None]]:
    """Return, by what is changed, a function that puts a word there and saves."""
    notebook = root / "notebooks" / "04-agreements.ipynb"
    table, module = root / "data" / "agreements.csv", root / "analysis" / "agreements.py"
    chapter = json.loads(notebook.read_text(encoding="utf-8"))
    rows, code = (file.read_text(encoding="utf-8") for file in (table, module))

    def sentence(word: str) -> None:
        cell = {"cell_type": "markdown", "id": "more", "metadata": {}, "source": f"So {word}."}
        notebook.write_text(json.dumps(chapter | {"cells": [*chapter["cells"], cell]}))

    return {
        "a sentence": sentence,
        "a cell of a table that one chapter uses": lambda word: table.write_text(
            rows.replace(",Warsaw,", f",{word},"), encoding="utf-8"
        ),
        "a module of analysis/": lambda word: module.write_text(
            code.replace("must not be added up.", f"must not be added up, {word}."),
            encoding="utf-8",
        ),
    }


def words(name: str) -> Iterator[str]:
    """Yield words that stand nowhere else."""
    for n in range(SAVES + 1):
        yield f"Qu{name[2]}{chr(97 + n)}zyx"


def seconds_to(page, found: str, save: Callable[[str], None], name: str) -> float:
    """Return the median of the seconds from a save to its word; the first save is not counted."""
    times = []
    for word in words(name):
        start = time.perf_counter()
        save(word)
        page.evaluate(WAIT.replace("FOUND", found), word)
        times.append(time.perf_counter() - start)
        page.evaluate(WAIT.replace("FOUND", SETTLED))
    return statistics.median(times[1:])


def after_a_sentence(root: Path) -> float:
    """Return the median of the seconds that a report takes after a change in one chapter."""
    built(root, "report")
    save, times = saves(root)["a sentence"], []
    for word, _ in zip(words("report"), range(RUNS), strict=False):
        save(word)
        times.append(timed(sys.executable, "-m", "dossier", "report", root=root))
    return statistics.median(times)


def print_preview(root: Path) -> None:
    if not (importlib.util.find_spec("playwright") and shutil.which("chromium")):
        print("The preview is timed where playwright and chromium are: make test, .ci/run")
        return
    edits, before = saves(root), os.getloadavg()[0]
    with previewed(root) as page:
        rows = {name: seconds_to(page, ON_PAGE, save, name) for name, save in edits.items()}
    with previewed(root) as page:
        page.goto(f"{page.url}#pdf")
        rows["a sentence, on the PDF's page"] = seconds_to(
            page, ON_PAPER, edits["a sentence"], "pdf"
        )
    rows["make report, all of it"] = statistics.median(built(root, "report") for _ in range(RUNS))
    rows["make report after a change in one chapter"] = after_a_sentence(root)
    print(f"Load of the machine before: {before:.1f}, after: {os.getloadavg()[0]:.1f}\n")
    print("| from the save to the page | seconds |\n|---|---:|")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.1f} |")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = project(Path(folder))
        print_times(root)
        print_growth(root)
        print_preview(root)


def preview_alone() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print_preview(project(Path(folder)))


if __name__ == "__main__":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    if sys.argv[1:2] == ["floor"]:
        floor(sys.argv[2])
    elif sys.argv[1:2] == ["growth"]:
        print(*growth(int(sys.argv[2])))
    elif sys.argv[1:2] == ["preview"]:
        preview_alone()
    else:
        main()
