"""Time the briefs and the report, how the time grows, and what a change costs.

(a) The plain way: papermill and nbconvert as commands, as many at a time as there are cores:
    papermill, nbconvert --to html, and the same PDF by nbconvert --to dossier_pdf.
(b) This build: python -m dossier briefs, or report: the whole command, with its checks and gates,
    nothing built before.
(c) The floor: the cells' code with no notebook, and the same documents set with no gates; its
    pieces are shared among as many processes as there are cores, forked when all is imported.

Seconds are those of the clock; processor seconds are those of a command and all its children. The
preview is timed in Chromium, from a save to the new text on the page, beside whole builds and
builds after a change in one chapter; ``python tests/bench.py preview`` times this alone. With
``short`` first, everything is done once and with one brief: to see that it runs.

Runs in a copy of the project, in a folder of its own. Prints a Markdown table; ``make bench``
prints it, docs/bench.md holds it.
"""

import concurrent.futures
import contextlib
import dataclasses
import datetime
import importlib
import importlib.util
import json
import os
import pkgutil
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
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CORES = os.cpu_count() or 1
BRIEFS = 32
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


class Size(NamedTuple):
    """How much is done: runs, saves, the brief that is built (or all), plain ones, counts."""

    runs: int
    saves: int
    brief: str
    plain: tuple[str, ...]
    counts: tuple[int, ...]


FULL = Size(
    5, 10, "", ("POL", "DEU", "ISL", "USA", "TUR", "FRA", "GBR", "EST"), (1, 8, 32, 128, 512)
)
SHORT = Size(1, 1, "POL", ("POL", "DEU"), (1, 2))


class Spent(NamedTuple):
    """Seconds of the clock, and of all processors."""

    seconds: float
    processor: float


def project(folder: Path) -> Path:
    """Return a copy of the project without what was built."""
    for name in ("data", "notebooks", "analysis"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dossier.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "reports").mkdir()
    return folder


def run(root: Path, *command: object) -> str:
    """Run a command, and return what it prints; end where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr[-800:]}")
    return done.stdout


def spent(work: Callable[..., Any], *given: Any) -> Spent:
    """Return what the commands take that ``work(*given)`` runs, with their children."""
    before, start = _processors(), time.perf_counter()
    work(*given)
    return Spent(time.perf_counter() - start, _processors() - before)


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def median(times: list[Spent]) -> Spent:
    return Spent(*(statistics.median(column) for column in zip(*times, strict=True)))


# ---- the three ways


def plain(root: Path, ally: str) -> None:
    out, binaries = root / "plain", Path(sys.executable).parent
    made = out / f"{ally}.ipynb"
    parameters = ("-p", "ally", ally, "-k", "python3")
    run(root, binaries / "papermill", "notebooks/brief.ipynb", made, *parameters)
    for kind in ("html", "dossier_pdf"):
        run(root, binaries / "jupyter", "nbconvert", "--to", kind, made)


def plain_briefs(root: Path, allies: tuple[str, ...]) -> None:
    """Make briefs the plain way, as many at a time as there are cores."""
    (root / "plain").mkdir(exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        list(pool.map(lambda ally: plain(root, ally), allies))


def build(root: Path, *words: str) -> None:
    run(root, sys.executable, "-m", "dossier", *filter(None, words))


def build_anew(root: Path, *words: str) -> None:
    shutil.rmtree(root / ".build", ignore_errors=True)
    build(root, *words)


def floor(what: str, entity: str = "") -> None:
    """Compute and set the briefs, of one entity or of all, or the report: a process of its own."""
    from dossier import project as projects
    from dossier.build.notebooks import chapters, preload
    from dossier.show.report import Report, check_parameters

    here = projects.find()
    given = check_parameters(here, {})
    (here.reports / "floor").mkdir(exist_ok=True)
    preload(here)
    if what == "briefs":
        jobs = [job for job in jobs_of(here, given) if entity in ("", job.entity)]
        shared(set_document, [(here, job) for job in jobs])
        return
    Report.for_edition(here, given).facts.compute_all()
    executed = shared(run_cells, [(here, given, file) for file in chapters(here)])
    set_document((here, given, [chapter for chapters_ in executed for chapter in chapters_]))


def shared(work: Callable[[Any], Any], items: list[Any]) -> list[Any]:
    """Return ``work(item)`` of each item, shared among the cores."""
    from dossier.build.processes import run_all

    outcomes = run_all(work, items, CORES)
    if errors := [error for _, error in outcomes if error]:
        raise SystemExit(f"{len(errors)} failed, first: {errors[0]}")
    return [found for found, _ in outcomes]


def run_cells(item: tuple[Any, ...]) -> list[Any]:
    import direct

    here, given, file = item
    return direct.notebooks(here, given, [file])


def set_document(item: tuple[Any, ...]) -> None:
    """Set a document of (project, parameters, executed notebooks, or those that it runs itself)."""
    import direct

    from dossier.build.editions import claims_of
    from dossier.document.assemble import assemble
    from dossier.export import html, pdf
    from dossier.show.report import Report

    here, job, *executed = item
    report = Report.for_edition(here, job)
    document = assemble(executed[0] if executed else direct.notebooks(here, job), report)
    claims = claims_of(document, report)
    out = here.reports / "floor" / (job.entity or "report")
    out.with_suffix(".html").write_bytes(html.render(document, claims))
    out.with_suffix(".pdf").write_bytes(pdf.render(document, claims))


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


def identical(root: Path) -> tuple[int, int]:
    """Return how many of the floor's briefs are the build's, byte for byte, and of how many."""
    files = list((root / "reports" / "floor").glob("???.*"))
    own = root / "reports" / "briefs"
    return sum(f.read_bytes() == (own / f.name).read_bytes() for f in files), len(files)


# ---- side by side


def side_by_side(root: Path, size: Size) -> dict[str, Spent]:
    """Return the medians of each way, by its name: in turn, so that a slow minute strikes all."""
    briefs = ("briefs", f"ally={size.brief}" if size.brief else "")
    ways = {
        "plain": lambda: plain_briefs(root, size.plain),
        "briefs": lambda: build_anew(root, *briefs),
        "floor of the briefs": lambda: run(
            root, sys.executable, __file__, "floor", "briefs", size.brief
        ),
        "report": lambda: build_anew(root, "report"),
        "floor of the report": lambda: run(root, sys.executable, __file__, "floor", "report"),
    }
    times: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(size.runs):
        for name, work in ways.items():
            times[name].append(spent(work))
    build(root, *briefs)
    again = {"nothing, briefs": briefs, "nothing, report": ("report",)}
    for name, words in again.items():
        times[name] = [spent(build, root, *words) for _ in range(size.runs)]
    for name, words in {"row, briefs": briefs, "row, report": ("report",)}.items():
        times[name] = after_a_row(root, words, size.runs)
    return {name: median(found) for name, found in times.items()}


def after_a_row(root: Path, words: tuple[str, ...], runs: int) -> list[Spent]:
    """Return what builds take after one row changed; the row is then as it was, and built."""
    table = root / "data" / "agreements.csv"
    good, times = table.read_text(encoding="utf-8"), []
    for n in range(runs):
        table.write_text(good.replace(",Warsaw,", f",Warsaw {chr(97 + n)},"), encoding="utf-8")
        times.append(spent(build, root, *words))
    table.write_text(good, encoding="utf-8")
    build(root, *words)
    return times


def print_sides() -> None:
    """Print what each way makes and checks."""
    from dossier import gates

    modules = [m.name for m in pkgutil.iter_modules(gates.__path__)]
    held = [m for m in modules if hasattr(importlib.import_module(f"dossier.gates.{m}"), "find")]
    print(
        f"- (a) papermill, nbconvert to HTML, nbconvert to PDF: as commands, {CORES} briefs at a "
        "time. Nothing is checked.\n"
        "- (b) HTML, PDF and facts.json; the data are checked, and both files read back and held "
        f"by {len(held)} gates: {', '.join(held)}.\n"
        f"- (c) HTML and PDF, by the cells' code alone, shared among {CORES} processes. Nothing is "
        "checked.\n"
    )


def print_times(root: Path, size: Size) -> None:
    times = side_by_side(root, size)
    number = 1 if size.brief else BRIEFS
    what = "one brief" if size.brief else f"{BRIEFS} briefs"
    each = Spent(*(value / len(size.plain) for value in times["plain"]))
    all_plain = Spent(*(value * number for value in each))
    b, c = times["briefs"], times["floor of the briefs"]
    rows = [
        (f"(a) {what} the plain way, from {len(size.plain)} of them", all_plain, ""),
        (f"(b) {what}", b, f"{all_plain.seconds / b.seconds:.1f} times faster than (a)"),
        (f"(c) the floor of {what}", c, f"(b) takes {against(b, c)}"),
        ("(b) the report", times["report"], ""),
        (
            "(c) the floor of the report",
            times["floor of the report"],
            f"(b) takes {against(times['report'], times['floor of the report'])}",
        ),
        ("(b) the report after one row changed", times["row, report"], ""),
        (f"(b) {what} after one ally's row changed", times["row, briefs"], "one is built"),
        ("(b) the report with nothing to do", times["nothing, report"], ""),
        (f"(b) {what} with nothing to do", times["nothing, briefs"], ""),
    ]
    print(
        f"{datetime.date.today():%d %B %Y}, {platform.system()} {platform.machine()}, "
        f"{CORES} cores, Python {platform.python_version()}; medians of {size.runs} runs; load of "
        f"the machine at the end {os.getloadavg()[0]:.1f}\n"
    )
    print_sides()
    print("| what | seconds | processor seconds | against |\n|---|---:|---:|---|")
    for name, took, other in rows:
        cells = (name, f"{took.seconds:.2f}", f"{took.processor:.2f}", other)
        print(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    same, files = identical(root)
    print(f"\nOf the floor's {files} briefs {same} are the build's, byte for byte.\n")


def against(one: Spent, other: Spent) -> str:
    clock, processor = (a / b for a, b in zip(one, other, strict=True))
    return f"{clock:.2f} times as long, and {processor:.2f} times the processor"


def print_growth(root: Path, size: Size) -> None:
    print("| briefs | seconds | seconds each | largest process, MB |\n|---:|---:|---:|---:|")
    for count in size.counts:
        out = run(root, sys.executable, __file__, "growth", count)
        seconds, memory = map(float, out.split()[-2:])
        print(f"| {count} | {seconds:.1f} | {seconds / count:.2f} | {memory:.0f} |", flush=True)


# ---- the preview


WAIT = """async word => {
  for (let n = 0; n < 30000; n++) {
    const found = FOUND;
    if (found) return new Promise(done => requestAnimationFrame(() => done(true)));
    await new Promise(done => setTimeout(done, 10));
  }
  throw new Error(`${word} does not come: ${document.body.innerText.slice(0, 400)}`);
}"""
"""A wait of at most five minutes."""
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


def edits_of(root: Path) -> dict[str, Callable[[str], None]]:
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


def words(name: str, saves: int) -> Iterator[str]:
    """Yield words that stand nowhere else, one more than there are saves."""
    for n in range(saves + 1):
        yield f"Qu{name[2]}{chr(97 + n)}zyx"


def seconds_to(page, found: str, save: Callable[[str], None], name: str, saves: int) -> float:
    """Return the median of the seconds from a save to its word; the first save is not counted."""
    times = []
    for word in words(name, saves):
        start = time.perf_counter()
        save(word)
        page.evaluate(WAIT.replace("FOUND", found), word)
        times.append(time.perf_counter() - start)
        page.evaluate(WAIT.replace("FOUND", SETTLED))
    return statistics.median(times[1:])


def after_a_sentence(root: Path, runs: int) -> Spent:
    """Return the median of what a report takes after a change in one chapter."""
    build_anew(root, "report")
    save, times = edits_of(root)["a sentence"], []
    for word in list(words("report", runs))[1:]:
        save(word)
        times.append(spent(build, root, "report"))
    return median(times)


def print_preview(root: Path, size: Size) -> None:
    if not (importlib.util.find_spec("playwright") and shutil.which("chromium")):
        print("The preview is timed where playwright and chromium are: make test, .ci/run")
        return
    edits, before = edits_of(root), os.getloadavg()[0]
    with previewed(root) as page:
        rows = {
            name: seconds_to(page, ON_PAGE, save, name, size.saves) for name, save in edits.items()
        }
    with previewed(root) as page:
        page.goto(f"{page.url}#pdf")
        rows["a sentence, on the PDF's page"] = seconds_to(
            page, ON_PAPER, edits["a sentence"], "pdf", size.saves
        )
    whole = median([spent(build_anew, root, "report") for _ in range(size.runs)])
    rows["make report, all of it"] = whole.seconds
    rows["make report after a change in one chapter"] = after_a_sentence(root, size.runs).seconds
    print(f"\nLoad of the machine before: {before:.1f}, after: {os.getloadavg()[0]:.1f}\n")
    print("| from the save to the page | seconds |\n|---|---:|")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.1f} |")


def main(words: list[str]) -> None:
    size = SHORT if "short" in words else FULL
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = project(Path(folder))
        if "preview" not in words:
            print_times(root, size)
            print_growth(root, size)
        print_preview(root, size)


if __name__ == "__main__":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    if sys.argv[1:2] == ["floor"]:
        floor(*filter(None, sys.argv[2:]))
    elif sys.argv[1:2] == ["growth"]:
        print(*growth(int(sys.argv[2])))
    else:
        main(sys.argv[1:])
