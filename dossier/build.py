"""The build: checks, notebooks run by papermill, one document, HTML and PDF, the gates, and the swap into reports/.

A build works in a folder of its own beside reports/. What passed is put beside what is there already, and the whole
folder is exchanged for reports/ in one step; a build that fails, or is killed, leaves reports/ as it was.
"""

import contextlib
import ctypes
import dataclasses
import errno
import functools
import gc
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

# jsonschema, which nbformat imports, builds a grammar of international addresses at import where it can, for a second; no check here asks for it
sys.modules.setdefault("rfc3987_syntax", None)
import nbformat  # noqa: E402

from dossier import article, data, document, parameters, paths, pool, stamps  # noqa: E402
from dossier.report import Report  # noqa: E402

NAME = "nato-ukraine"
BRIEF = "brief.ipynb"
KINDS = ("html", "pdf", "facts.json", "annotations.json")

VERSIONS = ("dossier", "frictionless", "matplotlib", "nbconvert", "pandas", "papermill", "typst")


class BuildError(RuntimeError):
    """A build that can't go on; the message names the place and the remedy."""


class Progress:
    """One live bar on a terminal; elsewhere a plain line for each step that ended, with its time."""

    def __init__(self, total: int, quiet: bool = False):
        self.quiet = quiet
        self.started: dict[str, float] = {}
        self.failed = 0
        self.bar = None
        if sys.stdout.isatty() and not quiet:
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread of its own: this process will be forked
            self.bar = tqdm(
                total=total,
                file=sys.stdout,
                leave=False,
                bar_format="  {n_fmt}/{total_fmt} {bar:24} {postfix} · {elapsed} · about {remaining} left",
            )

    def start(self, name: str) -> None:
        self.started[name] = time.perf_counter()
        self._show()

    def end(self, name: str, failed: bool = False) -> None:
        seconds = time.perf_counter() - self.started.pop(name)
        self.failed += failed
        if self.bar is not None:
            self.bar.update()
            self._show()
        elif not self.quiet:
            print(f"  {name:<30} {'failed' if failed else f'{seconds:6.2f} s'}", flush=True)

    @contextlib.contextmanager
    def step(self, name: str):
        self.start(name)
        failed = True
        try:
            yield
            failed = False
        finally:
            self.end(name, failed)

    def _show(self) -> None:
        if self.bar is not None:
            running = ", ".join(self.started) or "done"
            self.bar.set_postfix_str(
                f"{running:.50}" + (f" · {self.failed} failed" if self.failed else "")
            )

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()

    def each(self, work, items: list, names: list[str], workers: int | None = None) -> list:
        """Run ``pool.each`` with a step for every item; return its outcomes."""

        def started(n):
            self.start(names[n])

        def ended(n, error):
            self.end(names[n], error is not None)

        return pool.each(work, items, workers or os.cpu_count(), started, ended)


@functools.cache
def warm() -> None:
    """Import and read all that forked children would else import and read each for itself."""
    import ipykernel.debugger  # noqa: F401
    import ipykernel.inprocess.ipkernel  # noqa: F401
    import nbconvert  # noqa: F401
    import papermill  # noqa: F401

    from dossier import audit, charts, machine  # noqa: F401
    from dossier.export import html, pdf

    Report()
    figure, ax = charts.canvas(1)
    ax.set_title("warm")
    charts.finish(figure, "warm", title="", subtitle="", alt="", shown={})
    html.template()
    html.faces()
    pdf.fonts()
    machine.validator()
    versions()
    article.text()
    gc.collect()
    gc.freeze()  # what is here stays: children need not touch it


def names(given: parameters.Parameters) -> dict[str, Path]:
    """Return an edition's or a brief's output files by kind."""
    if given.ally:
        return {kind: briefs_folder(given) / f"{given.ally}.{kind}" for kind in KINDS[:3]}
    return {kind: paths.REPORTS / f"{NAME}{given.suffix}.{kind}" for kind in KINDS}


def briefs_folder(given: parameters.Parameters) -> Path:
    return paths.REPORTS / f"briefs{given.suffix}"


def executed(given: parameters.Parameters) -> Path:
    """Return the folder of an edition's executed notebooks."""
    folder = given.suffix.strip(".") or "default"
    return paths.REPORTS / "notebooks" / (f"briefs-{folder}" if given.ally else folder)


def build(given: dict[str, str]) -> dict:
    """Build an edition into reports/ and return what it counts: files, pages, facts; ``built`` is False where it was up to date.

    Raises ParameterError, DataError, FactError, AuditError or BuildError; reports/ is then as it was.
    """
    with lock():
        if files := stamps.up_to_date("report", given):
            return {"built": False, "files": files}
        with working() as work:
            made = stage_report(given, work)
            swap(work)
        stamps.write("report", given, made["files"])
        _places_file(made["given"]).write_text(
            json.dumps(made["places"], ensure_ascii=False), encoding="utf-8"
        )
        return {"built": True, **made}


def stage_report(given: dict[str, str], work: Path) -> dict:
    """Make an edition and put its files into the folder that is to become reports/; return what it counts."""
    progress = Progress(len(chapters()) + 5)
    try:
        effective = parameters.check(given, data.newest(data.load()))
        with progress.step("check the data"):
            prepare()
        before = data.digests()
        made = make(effective, work, progress)
        if data.digests() != before:
            raise BuildError(
                "a file of data/ was changed while the report was built; a chapter may only read"
            )
    finally:
        progress.close()
    places = {place: list(pieces) for place, pieces in document.places(made["document"])}
    return {
        "files": list(names(effective).values()),
        "changes": changes(_last(effective), places),
        "places": places,
        "given": effective,
        **made["counts"],
    }


def changes(before: dict, after: dict) -> list[str]:
    """Return a line for each place of the document whose text changed, with the words before and after; none for a first build."""
    lines = []
    for place in [*before, *(p for p in after if p not in before)] if before else []:
        was, now = (" ".join(filter(None, side.get(place, []))) for side in (before, after))
        if was != now:
            start = next(
                (n for n, (a, b) in enumerate(zip(was, now)) if a != b), min(len(was), len(now))
            )
            start = max(0, was.rfind(" ", 0, start) - 20)
            lines.append(
                f"{place}: {was[start : start + 70]!r} is now {now[start : start + 70]!r}"
                if was and now
                else f"{place}: {'gone' if was else 'new'}"
            )
    return lines


def _places_file(effective: parameters.Parameters) -> Path:
    return paths.ROOT / ".build" / f"places{effective.suffix}.json"


def _last(effective: parameters.Parameters) -> dict:
    """Return the text of the last build of the edition, by place; empty where there was none."""
    try:
        return json.loads(_places_file(effective).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def check() -> None:
    """Check the data, unless the very same data passed the same check before."""
    noted = {"data": data.digests(), "code": stamps.code()}
    if stamps.read("check", {}).get("checked") != noted:
        data.check()
        stamps.write("check", {}, [], checked=noted)


def prepare() -> None:
    """Check the data in a process beside this one, which gets warm meanwhile; raise what the check finds."""
    checked = pool.later(check)
    try:
        warm()
    finally:  # what bad data do to the warming is told better by the check
        _raise(checked()[1])


def chapters() -> list[Path]:
    return sorted(paths.NOTEBOOKS.glob("[0-9]*.ipynb"))


def make(effective: parameters.Parameters, work: Path, progress: Progress | None = None) -> dict:
    """Make an edition's files in ``work``/reports and audit them; return its report, document, files and counts."""
    progress = progress or Progress(0)
    stage(work)
    warm()
    files = chapters()
    jobs = [(str(file), effective, str(work)) for file in files]
    notebooks = []
    for outcome, file in zip(
        progress.each(_run, jobs, [f"run {file.stem}" for file in files]), files
    ):
        _raise(outcome[1])
        notebooks.append((file.stem, outcome[0]))
    return finish(effective, notebooks, work, progress)


def brief(effective: parameters.Parameters, work: Path) -> dict:
    """Make one ally's brief in ``work``/reports and audit it; return what it counts."""
    Report.of(effective)  # reckoned before the fork, once for both
    try:
        notebook = run(paths.NOTEBOOKS / BRIEF, effective, work, keep=False)
    except BuildError:
        notebook = run(paths.NOTEBOOKS / BRIEF, effective, work)  # once more, to keep what failed
    return finish(effective, [("brief", notebook)], work, Progress(0, quiet=True))["counts"]


def finish(effective: parameters.Parameters, notebooks: list, work: Path, progress) -> dict:
    """Join executed notebooks, export them as HTML and PDF, and audit both files."""
    from dossier import audit, machine
    from dossier.export.html import HTMLReportExporter
    from dossier.export.pdf import PDFReportExporter

    report = Report.of(effective)
    with progress.step("join the chapters"):
        joined = document.join(notebooks, report)
        doc = joined.metadata["dossier"]["document"]
        facts = machine.facts_json(doc, report, versions())
        machine.check(facts)
        claims = machine.dump(facts)
        linked = "" if effective.ally else machine.dump(machine.json_ld(doc, report))
        joined.metadata["dossier"] |= {"claims": claims, "linked": linked}
    files = {kind: staged(file, work) for kind, file in names(effective).items()}
    with progress.step("set the HTML"):
        fresh(files["html"]).write_text(
            HTMLReportExporter().from_notebook_node(joined)[0], encoding="utf-8"
        )
    with progress.step("set the PDF"):
        fresh(files["pdf"]).write_bytes(PDFReportExporter().from_notebook_node(joined)[0])
    fresh(files["facts.json"]).write_text(claims, encoding="utf-8")
    if "annotations.json" in files:
        fresh(files["annotations.json"]).write_text(
            machine.dump(machine.annotations(doc, report)), encoding="utf-8"
        )
    with progress.step("audit both files"):
        result = audit.audit(files["html"], files["pdf"], report, doc)
    return {
        "report": report,
        "document": doc,
        "files": files,
        "counts": {"facts": len(facts["facts"]), "pages": result["pages"]},
    }


def build_briefs(given: dict[str, str], only: str = "", scheduler: str = "") -> dict:
    """Build the briefs of all allies of the as-of day, or of one, into reports/briefs; return files, built, kept and failed.

    A brief is built anew only where its rows, the notebook, the package or the lock have changed. One that fails does not
    stop the others: its last good files stay, and ``failed`` maps its code to the error. ``scheduler`` is the address of a
    dask.distributed scheduler whose workers do the work.
    """
    from dossier import briefs, index

    with lock():
        if not only and (files := stamps.up_to_date("briefs", given)):
            return {
                "files": files,
                "built": [],
                "kept": [f.stem for f in files if f.suffix == ".pdf"],
                "failed": {},
            }
        prepare()
        effective = parameters.check(given, data.newest(data.load()))
        record = data.record(effective.as_of)
        allies = briefs.allies(record)
        wanted = [parameters.check_ally(only, allies)] if only else list(allies)
        each = {ally: dataclasses.replace(effective, ally=ally) for ally in allies}
        rows = {ally: briefs.digest(briefs.narrow(record, ally)) for ally in allies}
        noted = stamps.read("briefs", given)
        if noted.get("code") != stamps.code():
            noted = {}

        def stands(ally):
            return noted.get("rows", {}).get(ally) == rows[ally] and all(
                stamps.intact(noted, str(f.relative_to(paths.REPORTS)))
                for f in names(each[ally]).values()
            )

        due = [ally for ally in wanted if not stands(ally)]
        with working() as work:
            stage(work)
            failed = _make_briefs([each[a] for a in due], work, scheduler)
            built = [a for a in due if a not in failed]
            there = [
                a for a in allies if all(staged(f, work).is_file() for f in names(each[a]).values())
            ]
            page = staged(briefs_folder(effective) / "index.html", work)
            fresh(page).write_text(index.briefs_page(record, effective, there), encoding="utf-8")
            swap(work)
        files = [f for a in there for f in names(each[a]).values()] + [
            briefs_folder(effective) / "index.html"
        ]
        current = {a: rows[a] for a in there if a in built or stands(a)}
        whole = {} if set(current) == set(allies) else {"inputs": ""}
        stamps.write("briefs", given, files, **{"code": stamps.code(), "rows": current} | whole)
        return {
            "files": files,
            "built": built,
            "kept": [a for a in wanted if a not in due],
            "failed": failed,
        }


def _make_briefs(jobs: list[parameters.Parameters], work: Path, scheduler: str) -> dict[str, str]:
    progress = Progress(len(jobs))
    try:
        if scheduler:
            from dossier import cluster

            outcomes = cluster.each(jobs, work, scheduler, progress)
        else:
            warm()
            outcomes = progress.each(
                _brief, [(job, str(work)) for job in jobs], [f"brief {job.ally}" for job in jobs]
            )
    finally:
        progress.close()
    return {job.ally: error_text(error) for job, (_, error) in zip(jobs, outcomes) if error}


def build_editions() -> dict:
    """Build the report for each day that matters, and the index of what changed from one to the next; return files and built."""
    from dossier import index

    with lock():
        if files := stamps.up_to_date("editions", {}):
            return {"files": files, "built": []}
        prepare()
        days = index.days(data.record())
        with working() as work:
            stage(work)
            files = []
            for name, day in days:
                print(f"{name}, {day.isoformat()}")
                ((result, error),) = pool.each(
                    _edition, [({"as_of": day.isoformat()}, str(work))], 1
                )
                _raise(error)
                files += result["files"]
            page = paths.REPORTS / "index.html"
            newest = data.newest(data.load())
            editions = [
                (name, parameters.check({"as_of": day.isoformat()}, newest)) for name, day in days
            ]
            fresh(staged(page, work)).write_text(
                index.editions_page(
                    editions, lambda given: staged(names(given)["facts.json"], work)
                ),
                encoding="utf-8",
            )
            swap(work)
        stamps.write("editions", {}, [*files, page])
        return {"files": [*files, page], "built": [name for name, _ in days]}


def _run(job) -> nbformat.NotebookNode:
    file, effective, work = job
    return run(Path(file), effective, Path(work))


def _brief(job) -> dict:
    effective, work = job
    return brief(effective, Path(work))


def _edition(job) -> dict:
    given, work = job
    return stage_report(given, Path(work))


def _raise(error) -> None:
    if error:
        raise (
            data.DataError([error[1]]) if error[0] == "DataError" else BuildError(error_text(error))
        )


def error_text(error: tuple[str, str]) -> str:
    kind, words = error
    return words if kind == "BuildError" else f"{kind}: {words}"


def audit_finished(given: dict[str, str]) -> dict:
    """Run the gates on an edition's files in reports/, with the chapters that made them; return what they count."""
    from dossier import audit

    effective = parameters.check(given, data.newest(data.load()))
    files, folder = names(effective), executed(effective)
    for file in (files["html"], files["pdf"], folder):
        if not file.exists():
            raise BuildError(f"{file.relative_to(paths.ROOT)} is missing; run make report first")
    report = Report.of(effective)
    joined = document.join(
        [(f.stem, nbformat.read(f, 4)) for f in sorted(folder.glob("*.ipynb"))], report
    )
    result = audit.audit(
        files["html"], files["pdf"], report, joined.metadata["dossier"]["document"]
    )
    return result | {"reasons": audit.EXEMPT}


def run(
    file: Path, effective: parameters.Parameters, work: Path, keep: bool = True
) -> nbformat.NotebookNode:
    """Execute a notebook by papermill and return it, its ids, times and paths made the same for every build.

    Where ``keep`` it is written, too: beside the report, or, where it fails, to .build/failed for a look.
    """
    import papermill

    target = fresh(
        staged(executed(effective), work)
        / (f"{effective.ally}.ipynb" if effective.ally else file.name)
    )
    where = f"notebooks/{file.name}" + (f" for {effective.ally}" if effective.ally else "")
    try:
        notebook = papermill.execute_notebook(
            str(file),
            str(target) if keep else None,
            effective.of_notebook(),
            engine_name="dossier",
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            request_save_on_cell_execute=False,
        )
    except papermill.PapermillExecutionError as error:
        # papermill counts from nought, and has put a cell of parameters before: the same number counts the notebook's own from one
        raise BuildError(
            f"{where}, cell {error.cell_index}: {error.ename}: {error.evalue}; see {_keep(target)}"
        ) from None
    except Exception as error:
        raise BuildError(
            f"{where}: {type(error).__name__}: {error}; see {_keep(target) if target.exists() else file.name}"
        ) from None
    normalise(notebook)
    if keep:
        nbformat.write(notebook, target)
    return notebook


def normalise(notebook) -> None:
    """Take out of an executed notebook what differs from build to build: times, paths, random ids."""
    for meta in [notebook.metadata, *(c.metadata for c in notebook.cells)]:
        meta.pop("papermill", None)
        meta.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"c{number:02d}"


def _keep(target: Path) -> Path:
    """Keep a failed notebook, with the error at its cell, for a look outside reports/."""
    folder = paths.ROOT / ".build" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.copyfile(target, folder / target.name)
        target.unlink()
    return (folder / target.name).relative_to(paths.ROOT)


# ---- the swap


@contextlib.contextmanager
def working():
    """Give a folder to work in, beside reports/, and remove it; with what earlier builds left that were killed."""
    for old in paths.ROOT.glob(".building-*"):
        if not paths.REPORTS.exists() and (old / "reports").is_dir():
            os.replace(old / "reports", paths.REPORTS)  # killed between the two renames of swap
        shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=paths.ROOT))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def stage(work: Path) -> None:
    """Put what reports/ holds into the folder that is to become reports/, as links to the same files."""
    target = work / "reports"
    if target.exists():
        return
    target.mkdir()
    if paths.REPORTS.is_dir():
        shutil.copytree(paths.REPORTS, target, copy_function=_link, dirs_exist_ok=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def staged(file: Path, work: Path) -> Path:
    """Return where a file of reports/ stands before the swap."""
    return work / "reports" / file.relative_to(paths.REPORTS)


def fresh(file: Path) -> Path:
    """Make room for a file: take away the link to the old one, so that writing does not reach it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    return file


def swap(work: Path) -> None:
    """Exchange the finished folder for reports/ in one step, or leave reports/ as it was."""
    try:
        for file in (work / "reports").rglob("*"):
            if file.is_file() and file.stat().st_nlink == 1:  # new: on the disk before it counts
                with open(file, "rb") as handle:
                    os.fsync(handle.fileno())
        if not paths.REPORTS.exists():
            os.replace(work / "reports", paths.REPORTS)
        elif not _exchange(work / "reports", paths.REPORTS):
            os.replace(paths.REPORTS, work / "old")
            os.replace(work / "reports", paths.REPORTS)
    except OSError as error:
        raise BuildError(
            f"reports/ can't be replaced: {error.strerror}; it is as it was. Make it writable and free some space"
        ) from None


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two folders atomically; return False where the system can't (then there are two renames)."""
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(a), os.fsencode(b)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        done = libc.renameat2(here, names[0], here, names[1], exchange)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        done = libc.renamex_np(names[0], names[1], 2)  # RENAME_SWAP
    else:
        return False
    if done != 0:
        code = ctypes.get_errno()
        if code in (errno.ENOSYS, errno.EINVAL):  # the file system knows no exchange
            return False
        raise OSError(code, os.strerror(code))
    return True


@contextlib.contextmanager
def lock():
    """Let one build at a time work on this checkout; a second waits."""
    import fcntl

    folder = paths.ROOT / ".build"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  another build is at work; waiting for it", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@functools.cache
def versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in VERSIONS}


def reproduce() -> tuple[list[str], list[str]]:
    """Build the default edition anew, aside; return which files differ from the committed ones, and which inputs do."""
    effective = parameters.check({}, data.newest(data.load()))
    committed = {
        kind: stamps.sha(file) if file.is_file() else "" for kind, file in names(effective).items()
    }
    with tempfile.TemporaryDirectory(prefix=".building-", dir=paths.ROOT) as work:
        made = make(effective, Path(work))
        differing = [
            file.name for kind, file in made["files"].items() if stamps.sha(file) != committed[kind]
        ]
        return differing, _inputs_changed(
            names(effective)["facts.json"], made["files"]["facts.json"]
        ) if differing else []


def _inputs_changed(committed: Path, made: Path) -> list[str]:
    """Return, in words, which inputs of two facts.json are not the same, by the digests and versions at their heads."""
    try:
        old, new = (json.loads(file.read_text(encoding="utf-8")) for file in (committed, made))
    except (OSError, ValueError):
        return [f"{committed.name} is missing or no longer JSON"]
    words = [
        f"data/{name} has changed"
        for name in sorted({*old["data"], *new["data"]})
        if old["data"].get(name) != new["data"].get(name)
    ]
    words += [
        f"{name} is {new['versions'].get(name)}, was {version}"
        for name, version in old["versions"].items()
        if new["versions"].get(name) != version
    ]
    return words or [
        "no table and no version: a notebook, the package or the committed files have changed"
    ]
