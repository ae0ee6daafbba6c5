"""Editions of the report: checks, chapters, one document, its files, the gates, reports/."""

import contextlib
import functools
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from dossier.build import stamps
from dossier.build.errors import BuildError
from dossier.build.kept import Kept, compute_facts
from dossier.build.notebooks import Executed, chapters, preload, raise_error, run_chapters
from dossier.build.processes import begin
from dossier.build.progress import Progress
from dossier.build.reports import lock, publish, work_folder
from dossier.data.checks import check_data
from dossier.data.quotes import copies
from dossier.data.schema import schema_of
from dossier.document.account import places
from dossier.document.assemble import assemble
from dossier.document.model import Document
from dossier.export import Format, chosen
from dossier.export.claims import Claims, annotations, check, dump, facts_json, json_ld
from dossier.export.reading import Reading
from dossier.gates import (
    OF_DOCUMENT,
    Finished,
    GateError,
    names_of_gates,
    problems_of,
    run_gates,
)
from dossier.gates.numbers import EXEMPT
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.show.report import Report, check_parameters

Places = dict[str, list[str]]


@dataclass
class Made:
    """An edition that was made: its files by their names in reports/, and what it counts."""

    files: dict[str, Path]
    document: Document
    report: Report
    pages: int
    exempt: Mapping[str, int] = field(default_factory=dict)

    @property
    def facts(self) -> int:
        return len(self.document.ledger)

    @property
    def places(self) -> Places:
        """The text of the document by place."""
        return {place: list(pieces) for place, pieces in places(self.document)}


@dataclass
class Built:
    """What a build of the report did: ``files`` in reports/; nothing else where none was due."""

    files: list[Path]
    built: bool = False
    pages: int = 0
    facts: int = 0
    changes: list[str] = field(default_factory=list)
    notice: str = ""


# ---- where an edition's files are


def chapters_folder(given: Parameters) -> str:
    """Return the name, in reports/, of the folder of an edition's executed notebooks."""
    return f"notebooks/{given.suffix.strip('.') or 'default'}"


def output_names(project: Project, given: Parameters) -> dict[str, str]:
    """Return an edition's or a brief's files by kind: their names in reports/."""
    name = given.stem(project.settings.name)
    kinds = {f.name: f"{name}{f.suffix}" for f in chosen(given.formats).values()}
    kinds["facts"] = f"{name}.facts.json"
    return kinds if given.entity else kinds | {"annotations": f"{name}.annotations.json"}


# ---- the parts of a build


def check_once(project: Project) -> None:
    """Check the data, unless the very same data passed the same check before.

    No check reads a notebook: one that changes lets it stand.
    """
    copied = {id: stamps.sha(file) for id, file in copies(project.data).items()}
    noted = {"data": schema_of(project.data).digests(), "code": stamps.shared_code_now(project)}
    noted["copies"] = copied
    if stamps.read(project, "check", {}).get("checked") != noted:
        check_data(project)
        stamps.write(project, "check", {}, "", [], checked=noted)


def prepare(project: Project) -> None:
    """Check the data in a process beside this one, which gets warm meanwhile."""
    checked = begin(lambda: check_once(project))
    try:
        preload(project, anew=False)
    finally:  # what bad data do to the warming is told better by the check
        raise_error(checked()[1])


def make_edition(
    project: Project,
    given: Parameters,
    folder: Path,
    progress: Progress | None = None,
    anew: bool = True,
) -> Made:
    """Make an edition's files in ``folder`` and run the gates over them.

    Chapters that rest on nothing that changed are taken from the last build, unless ``anew``.
    """
    progress = progress or Progress(0, quiet=True)
    preload(project, anew)
    kept = None if anew else kept_of(project, given)
    notebooks = chapters_of(project, given, folder / chapters_folder(given), progress, kept)
    made = export_edition(project, given, notebooks, folder, progress)
    executed = [f"{chapters_folder(given)}/{name}.ipynb" for name, _ in notebooks]
    made.files |= {name: folder / name for name in executed}
    return made


def kept_of(project: Project, given: Parameters) -> Kept:
    """Return what is kept of an edition; its facts are computed as far as they are not."""
    ledger = Report.for_edition(project, given).facts
    compute_facts(project, given, ledger)
    return Kept(project, given, ledger)


def chapters_of(
    project: Project,
    given: Parameters,
    folder: Path,
    progress: Progress,
    kept: Kept | None,
    meanwhile: Callable[[list[Executed]], None] = lambda executed: None,
) -> list[Executed]:
    """Return the executed chapters of an edition, written to ``folder``; see ``run_chapters``."""
    Report.for_edition(project, given).facts.compute_all()  # once, before the forks
    return run_chapters(project, given, folder, progress, kept, meanwhile)


def export_edition(
    project: Project,
    given: Parameters,
    notebooks: list[Executed],
    folder: Path,
    progress: Progress,
) -> Made:
    """Join executed notebooks, set them in every format, and run the gates over the files."""
    report = Report.for_edition(project, given)
    with progress.step("join the chapters"):
        document = assemble(notebooks, report)
        claims = claims_of(document, report)
    apart = not given.entity  # briefs are made side by side as it is
    work = functools.partial(_problems_of_document, report, document, claims)
    proved = begin(work) if apart else lambda: (work(), None)
    names = output_names(project, given)
    files = {name: folder / name for name in names.values()}
    made = chosen(given.formats).values()
    jobs = [(format, document, claims, folder / names[format.name]) for format in made]
    _write(folder / names["facts"], claims.facts.encode("utf-8"))  # which a PDF/A-2a is read with
    readings = _set_all([job for job in jobs if job[0].render], progress, apart)
    if "annotations" in names:
        marks = dump(annotations(document, report.record))
        _write(folder / names["annotations"], marks.encode("utf-8"))
    for format in made:
        if format.bundle:
            with progress.step(f"bundle the {format.name}"):
                held = _held(report, folder, files)
                _write(folder / names[format.name], format.bundle(document, claims, *held))
    with progress.step("run the gates"):
        finished = Finished(report, document, readings)
        problems, error = proved()
        raise_error(error)
        rest = [name for name in names_of_gates() if name not in OF_DOCUMENT]
        if problems := problems + problems_of(finished, rest):
            raise GateError(problems)
    pages = max((reading.pages for reading in finished.readings), default=0)
    return Made(files, document, report, pages, finished.exempt)


Setting = tuple[Format, Document, Claims, Path]
"""A file that is to be made: its format, what it says, and where it goes."""


def _set_all(jobs: list[Setting], progress: Progress, apart: bool) -> list[Reading]:
    """Make files and return them as they are read back; ``apart``, each in a process of its own."""
    steps = [f"set the {format.name.upper()}" for format, *_ in jobs]
    if apart:
        outcomes = progress.run_all(_set, jobs, steps)
        for _, error in outcomes:
            raise_error(error)
        return [reading for reading, _ in outcomes if reading]
    found = []
    for job, step in zip(jobs, steps, strict=True):
        with progress.step(step):
            found.append(_set(job))
    return [reading for reading in found if reading]


def _set(job: Setting) -> Reading | None:
    """Make a file and read it back, where its format can be read."""
    format, document, claims, file = job
    assert format.render is not None
    _write(file, format.render(document, claims))
    return format.read(file) if format.read else None


def _problems_of_document(report: Report, document: Document, claims: Claims) -> list[str]:
    """Return what can be found before any file is made."""
    check(json.loads(claims.facts))
    return problems_of(Finished(report, document, []), OF_DOCUMENT)


def _held(
    report: Report, folder: Path, files: Mapping[str, Path]
) -> tuple[dict[str, bytes], dict[str, bytes], dict[str, tuple[str, ...]]]:
    """Return what a bundle holds: the files that were read, those written, the rows' sources."""
    project = report.project
    inputs = {
        file.relative_to(project.root).as_posix(): file.read_bytes()
        for file in stamps.input_files(project)
    }
    outputs = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
    rows = (row for frame in report.record.tables.values() for row in frame.index)
    return inputs, outputs, {row: report.record.sources_of(row) for row in rows}


def claims_of(document: Document, report: Report) -> Claims:
    """Return what the finished files of a document carry for machines."""
    linked = "" if report.entity else dump(json_ld(document, report))
    return Claims(dump(facts_json(document, report, stamps.versions())), linked)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def read_back(report: Report, document: Document, files: Mapping[str, Path]) -> Finished:
    """Return what the gates compare: the edition, and its files as they are read back."""
    made = chosen(report.parameters.formats)
    readings = [format.read(files[name]) for name, format in made.items() if format.read]
    return Finished(report, document, readings)


# ---- builds


def build_report(project: Project, given: dict[str, str]) -> Built:
    """Build an edition into reports/.

    Raises ParameterError, DataError, FactError, GateError or BuildError; reports/ then stays.
    """
    with lock(project):
        if files := stamps.up_to_date(project, "report", given):
            return Built(files)
        read_inputs = stamps.inputs(project)
        effective = check_parameters(project, given)
        progress = Progress(len(chapters(project)) + len(chosen(effective.formats)) + 3)
        with work_folder(project) as work, contextlib.closing(progress):
            with progress.step("check the data"):
                prepare(project)
            made = make_checked(project, effective, work / "made", progress)
            publish(project, work, made.files, _gone(project, given, made))
        files = [project.reports / name for name in made.files]
        stamps.write(project, "report", given, read_inputs, files)
        found = changes(_last_places(project, effective), made.places)
        _places_file(project, effective).write_text(
            json.dumps(made.places, ensure_ascii=False), encoding="utf-8"
        )
        listed = [project.reports / name for name in output_names(project, effective).values()]
        return Built(listed, True, made.pages, made.facts, found, notice(project, read_inputs))


def _gone(project: Project, given: dict[str, str], made: Made) -> list[str]:
    """Return what the last build of an edition wrote, as it still is, and this one did not make.

    Such are the executed chapters of notebooks that were renamed or removed.
    """
    noted = stamps.read(project, "report", given)
    names = [name for name in noted.get("outputs", ()) if name not in made.files]
    return [name for name in names if stamps.is_intact(project, noted, name)]


def notice(project: Project, read_inputs: str) -> str:
    """Return a line where something that the build reads was changed while it ran."""
    if stamps.inputs(project) == read_inputs:
        return ""
    return "Something was changed while this was built; build again to take it in."


def make_checked(project: Project, given: Parameters, folder: Path, progress: Progress) -> Made:
    """Make an edition; raise BuildError where a chapter changed a file of data/."""
    before = schema_of(project.data).digests()
    try:
        return make_edition(project, given, folder, progress, anew=False)
    finally:  # before whatever else a chapter did
        after = schema_of(project.data).digests()
        if changed := sorted(name for name in after if after[name] != before.get(name)):
            raise BuildError(
                f"data/{changed[0]} was changed while the report was built; a chapter may only read"
            )


def changes(before: Places, after: Places) -> list[str]:
    """Return a line for each place whose text changed, with the words before and after.

    None for a first build.
    """
    if not before:
        return []
    lines = []
    for place in [*before, *(p for p in after if p not in before)]:
        was, now = (" ".join(filter(None, side.get(place, []))) for side in (before, after))
        if was != now:
            lines.append(f"{place}: {_change(was, now)}")
    return lines


def _change(was: str, now: str) -> str:
    if not was or not now:
        return "gone" if was else "new"
    pairs = enumerate(zip(was, now, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), min(len(was), len(now)))
    start = max(0, was.rfind(" ", 0, start) - 20)
    return f"{was[start : start + 70]!r} is now {now[start : start + 70]!r}"


def _places_file(project: Project, given: Parameters) -> Path:
    return project.scratch / f"places{given.suffix}.json"


def _last_places(project: Project, given: Parameters) -> Places:
    """Return the text of the last build of the edition, by place; empty where there was none."""
    try:
        text = _places_file(project, given).read_text(encoding="utf-8")
        return dict(json.loads(text))
    except (OSError, ValueError):
        return {}


@dataclass
class Audited:
    """What an audit of finished files counts: pages, and exempt numbers with their reasons."""

    pages: int
    exempt: dict[str, int]
    reasons: dict[str, str]


def audit_finished(project: Project, given: dict[str, str]) -> Audited:
    """Run the gates on an edition's files in reports/, with the chapters that made them."""
    effective = check_parameters(project, given)
    names = output_names(project, effective)
    files = {kind: project.reports / name for kind, name in names.items()}
    folder = project.reports / chapters_folder(effective)
    for file in (*files.values(), folder):
        if not file.exists():
            raise BuildError(f"{file.relative_to(project.root)} is missing; run make report first")
    report = Report.for_edition(project, effective)
    executed = [(f.stem, nbformat.read(f, 4)) for f in sorted(folder.glob("*.ipynb"))]
    finished = read_back(report, assemble(executed, report), files)
    run_gates(finished)
    pages = max(reading.pages for reading in finished.readings)
    return Audited(pages, dict(sorted(finished.exempt.items())), EXEMPT)


def reproduce(project: Project) -> tuple[list[str], list[str]]:
    """Build the default edition anew, aside; return which files differ, and which inputs do."""
    given = check_parameters(project, {})
    names = output_names(project, given)
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        made = make_edition(project, given, Path(folder))
        differing = [
            name for name in names.values() if not _same(project.reports / name, made.files[name])
        ]
        if not differing:
            return [], []
        committed = project.reports / names["facts"]
        return differing, _inputs_changed(committed, made.files[names["facts"]])


def _same(committed: Path, made: Path) -> bool:
    return committed.is_file() and stamps.sha(committed) == stamps.sha(made)


def _inputs_changed(committed: Path, made: Path) -> list[str]:
    """Return, in words, which inputs of two facts.json differ, by their digests and versions."""
    try:
        old, new = (json.loads(f.read_text(encoding="utf-8")) for f in (committed, made))
    except (OSError, ValueError):
        return [f"{committed.name} is missing or no longer JSON"]
    names = sorted({*old["data"], *new["data"]})
    words = [
        f"data/{name} has changed"
        for name in names
        if old["data"].get(name) != new["data"].get(name)
    ]
    words += [
        f"{name} is {new['versions'].get(name)}, was {version}"
        for name, version in old["versions"].items()
        if new["versions"].get(name) != version
    ]
    other = "no table and no version: a notebook, the package or the committed files have changed"
    return words or [other]
