"""The build: checks, chapters run by papermill, one document, HTML and PDF, the gates, and the swap into reports/.

A build works in a folder of its own beside reports/ and swaps in what passed; a build that fails leaves
reports/ as it was. It is skipped where nothing that it depends on has changed.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from traitlets.config import Config

from dossier import article, data, document, parameters, paths
from dossier.report import Report

NAME = "nato-ukraine"
CELL_SECONDS = 120
"""Limit on the time of one cell."""

VERSIONS = ("dossier", "frictionless", "matplotlib", "nbconvert", "pandas", "papermill", "typst")


class BuildError(RuntimeError):
    """A build that can't go on; the message names the place and the remedy."""


@contextlib.contextmanager
def step(what: str):
    """Print one line for a step, with its time."""
    start, outcome = time.perf_counter(), "failed"
    try:
        yield
        outcome = f"{time.perf_counter() - start:6.2f} s"
    finally:
        print(f"  {what:<30} {outcome}", flush=True)


def names(given: parameters.Parameters) -> dict[str, Path]:
    """Return the edition's output files by kind."""
    stem = f"{NAME}{given.suffix}"
    return {kind: paths.REPORTS / f"{stem}.{kind}" for kind in ("html", "pdf", "facts.json", "annotations.json")}


def fingerprint(given: parameters.Parameters) -> str:
    """Return a digest of all that the edition depends on: data, notebooks, package, lock and parameters."""
    digest = hashlib.sha256(json.dumps(given.as_dict() | {"newest": given.newest.isoformat()}, sort_keys=True).encode())
    for folder, pattern in ((paths.DATA, "*"), (paths.NOTEBOOKS, "*.ipynb"), (paths.PACKAGE, "**/*"), (paths.ROOT, "requirements.txt")):
        for file in sorted(f for f in folder.glob(pattern) if f.is_file() and "__pycache__" not in f.parts):
            digest.update(f"{file.relative_to(folder)}\0{_sha(file)}\n".encode())
    return digest.hexdigest()


def _stamp(given: parameters.Parameters) -> Path:
    return paths.ROOT / ".build" / f"{NAME}{given.suffix}.json"


def up_to_date(given: parameters.Parameters) -> bool:
    """Return whether the edition's files are those that the last build of the same inputs wrote."""
    try:
        stamp = json.loads(_stamp(given).read_text())
    except (OSError, ValueError):
        return False
    outputs = {k: _sha(f) for k, f in names(given).items() if f.is_file()}
    return stamp == {"inputs": fingerprint(given), "outputs": outputs}


def _sha(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def build(given: dict[str, str]) -> dict:
    """Build an edition into reports/ and return what it counts: files, pages, facts; ``built`` is False where it was up to date.

    Raises ParameterError, DataError, FactError, AuditError or BuildError; reports/ is then as it was.
    """
    effective = parameters.check(given, data.newest(data.load()))
    with _lock():
        if up_to_date(effective):
            return {"built": False, "files": names(effective)}
        with step("check the data"):
            data.check()
        work = Path(tempfile.mkdtemp(prefix=".building-", dir=paths.REPORTS.parent))
        try:
            made = make(effective, work)
            _swap(effective, work)
            return {"built": True, "files": names(effective), **made["counts"]}
        finally:
            shutil.rmtree(work, ignore_errors=True)


def make(effective: parameters.Parameters, work: Path) -> dict:
    """Make an edition's files in the folder ``work`` and audit them; return its report, document and counts."""
    from dossier import audit, machine
    from dossier.export import html, pdf

    report = Report(effective.as_of.isoformat(), effective.units)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # each chapter is a process of its own; the threads only wait for them
        files = sorted(paths.NOTEBOOKS.glob("[0-9]*.ipynb"))
        chapters = list(zip([file.stem for file in files], pool.map(lambda file: run(file, effective, work), files)))
    with step("join the chapters"):
        joined = document.join(chapters, report)
        doc = joined.metadata["dossier"]["document"]
        facts = machine.facts_json(doc, report, versions())
        machine.check(facts)
        claims = machine.dump(facts)
        linked = machine.dump(machine.json_ld(doc, report))
    stem = f"{NAME}{effective.suffix}"
    with step("set the HTML"):
        (work / f"{stem}.html").write_text(html.render(doc, claims, linked), encoding="utf-8")
    with step("set the PDF"):
        (work / f"{stem}.pdf").write_bytes(pdf.render(doc, claims))
    (work / f"{stem}.facts.json").write_text(claims, encoding="utf-8")
    (work / f"{stem}.annotations.json").write_text(machine.dump(machine.annotations(doc, report)), encoding="utf-8")
    with step("audit both files"):
        result = audit.audit(work / f"{stem}.html", work / f"{stem}.pdf", report, doc)
    return {"report": report, "document": doc, "counts": {"facts": len(facts["facts"]), "pages": result["pages"]}}


def audit_finished(given: dict[str, str]) -> dict:
    """Run the gates on an edition's files in reports/, with the chapters that made them; return what they count."""
    from dossier import audit

    effective = parameters.check(given, data.newest(data.load()))
    files, chapters = names(effective), _chapters(effective)
    for file in (files["html"], files["pdf"], chapters):
        if not file.exists():
            raise BuildError(f"{file.relative_to(paths.ROOT)} is missing; run make report first")
    report = Report(effective.as_of.isoformat(), effective.units)
    joined = document.join([(f.stem, nbformat.read(f, 4)) for f in sorted(chapters.glob("*.ipynb"))], report)
    result = audit.audit(files["html"], files["pdf"], report, joined.metadata["dossier"]["document"])
    return result | {"reasons": audit.EXEMPT}


def _chapters(effective: parameters.Parameters) -> Path:
    return paths.REPORTS / "notebooks" / (effective.suffix.strip(".") or "default")


def run(file: Path, effective: parameters.Parameters, work: Path) -> nbformat.NotebookNode:
    """Execute a chapter by papermill and return it, its ids, times and paths made the same for every build."""
    import papermill

    folder = work / "notebooks"
    folder.mkdir(exist_ok=True)
    target = folder / file.name
    # the kernel is spoken to over sockets in a folder of its own, which nobody else on the machine can read
    with step(f"run {file.stem}"), tempfile.TemporaryDirectory(prefix="dossier-") as sockets:
        try:
            papermill.execute_notebook(
                str(file), str(target), effective.as_dict(), kernel_name="python3", progress_bar=False, log_output=False,
                execution_timeout=CELL_SECONDS, extra_arguments=["--log-level=50"], config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}}),
            )  # fmt: skip
        except papermill.PapermillExecutionError as error:
            kept = _keep(target)
            raise BuildError(f"notebooks/{file.name}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}; see {kept}") from None
        except Exception as error:
            kept = _keep(target)
            raise BuildError(f"notebooks/{file.name}: {type(error).__name__}: {error}; see {kept}") from None
    notebook = nbformat.read(target, 4)
    normalise(notebook, file.name)
    nbformat.write(notebook, target)
    return notebook


def normalise(notebook, name: str) -> None:
    """Take out of an executed notebook what differs from build to build: times, paths, random ids."""
    for meta in [notebook.metadata, *(c.metadata for c in notebook.cells)]:
        meta.pop("papermill", None)
        meta.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"c{number:02d}"


def _keep(target: Path) -> Path:
    """Keep a failed chapter for a look, outside reports/."""
    folder = paths.ROOT / ".build" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.copyfile(target, folder / target.name)
    return (folder / target.name).relative_to(paths.ROOT)


def _swap(effective: parameters.Parameters, work: Path) -> None:
    """Move the finished files into reports/ and remember what they were built from."""
    paths.REPORTS.mkdir(exist_ok=True)
    chapters = _chapters(effective)
    chapters.parent.mkdir(exist_ok=True)
    old = work / "old-notebooks"
    if chapters.exists():
        os.replace(chapters, old)
    os.replace(work / "notebooks", chapters)
    for kind, file in names(effective).items():
        os.replace(work / file.name, file)
    stamp = _stamp(effective)
    stamp.parent.mkdir(exist_ok=True)
    outputs = {k: _sha(f) for k, f in names(effective).items()}
    stamp.write_text(json.dumps({"inputs": fingerprint(effective), "outputs": outputs}))


@contextlib.contextmanager
def _lock():
    """Let one build at a time work on this checkout; a second waits."""
    folder = paths.ROOT / ".build"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  another build is at work; waiting for it", file=sys.stderr)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in VERSIONS}


def reproduce() -> list[str]:
    """Build the default edition anew, aside, and return what differs from the committed files: an empty list where nothing does."""
    effective = parameters.check({}, data.newest(data.load()))
    committed = {kind: _sha(file) if file.is_file() else "" for kind, file in names(effective).items()}
    with tempfile.TemporaryDirectory(prefix=".building-", dir=paths.ROOT) as work:
        make(effective, Path(work))
        return [file.name for kind, file in names(effective).items() if _sha(Path(work) / file.name) != committed[kind]]
