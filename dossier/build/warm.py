"""The processes behind the preview, each forked from one that has done what stays the same.

The first has the libraries, and is begun anew where the engine changes. Forked from it, the second
has imported the analysis, read the data and computed the facts; it is begun anew where more changes
than notebooks and tables. It makes the page at each save, and remembers what did not change; the
chapters run in processes of their own, which the next save ends. So it does a third, which comes
behind with the PDF and the gates. What became of a save is told through ``events``.
"""

import contextlib
import functools
import json
import os
import tempfile
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from dossier import project as projects
from dossier.build import stamps, typesetter
from dossier.build.editions import chapters_of, claims_of, kept_of, read_back
from dossier.build.errors import BuildError
from dossier.build.kept import Kept
from dossier.build.notebooks import Executed, preload, preload_libraries
from dossier.build.processes import CONTEXT, FORK, Superseded, begin, die_with_parent, start
from dossier.build.progress import Progress
from dossier.curation.status import missing
from dossier.data.checks import check_data
from dossier.data.schema import DataError
from dossier.data.tables import load
from dossier.document.assemble import assemble
from dossier.document.model import Document, FigureBlock
from dossier.document.notebooks import chapter_of
from dossier.export import chosen, drawings, typesetting
from dossier.export.claims import Claims, check
from dossier.export.typesetting import TypesettingError
from dossier.gates import GateError, run_gates
from dossier.project import Project
from dossier.show.briefs import entities
from dossier.show.charts import colours_of
from dossier.show.report import Report, check_parameters

BEHIND = 10
"""How much the checks give way to what somebody waits for: steps of ``nice``."""
TAKEN_IN = {"notebooks", "tables"}
"""The parts of a project of which a change is taken in without beginning anew."""
SHOWN = ("html", "pdf")
"""The formats that the preview shows, first what is waited for; no other is made."""


@dataclass(frozen=True)
class Job:
    """What is previewed: the project's root, the parameters as given, a folder for the files.

    ``engine`` is the digest of the engine that is to be imported.
    """

    root: Path
    given: dict[str, str]
    folder: Path
    engine: str = ""


@dataclass(frozen=True)
class Event:
    """What happened: page, pdf, findings (``problems``), or error (``problems`` has the one).

    ``missing`` tells, in ``problems``, what of the tables is still to be done. ``save`` is the
    number of the request that it answers.
    """

    kind: str
    save: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """What is to be built: the parts that have changed, and the number of the save."""

    changed: frozenset[str] = frozenset()
    save: int = 0


@dataclass(frozen=True)
class Teller:
    """Tells what became of one request."""

    events: Connection
    save: int = 0

    def tell(self, kind: str, problems: Iterable[str] = ()) -> None:
        self.events.send(Event(kind, self.save, tuple(problems)))


class Stage:
    """One of the processes; what ends it ends all that it has begun."""

    def __init__(self, work: Callable[..., None], *more: Any):
        there, self.requests = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(target=work, args=(there, *more))
        start(self.process)
        there.close()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.requests.close()


def hold_libraries(requests: Connection, events: Connection, job: Job) -> None:
    """Be the first process: pass requests on to a second, a new one where they ask for it."""
    die_with_parent()
    os.setpgid(0, 0)  # so that all of them can be ended at once
    os.chdir(job.root)
    tempfile.tempdir = str(job.folder)  # what is ended in the middle leaves its files there
    typesetting.SERVER.set(typesetter.begin(job.folder)[0])
    preload_libraries()
    with contextlib.suppress(Exception):  # told by who needs the data
        project = projects.find()
        load(project)  # of which all stays but what changes
        stamps.code_of(project)
    if stamps.engine() != job.engine:  # it changed meanwhile: who began this begins it anew
        return
    stage, request = None, Request()
    while True:
        request = _next(requests, stage, Teller(events, request.save))
        if stage is not None and (request.changed - TAKEN_IN or not stage.process.is_alive()):
            stage.end()
            stage = None
        stage = stage or Stage(_hold_project, events, job)
        stage.requests.send(request)


def _hold_project(requests: Connection, events: Connection, job: Job) -> None:
    """Be the second process: answer each request by the page, and begin what comes behind it."""
    die_with_parent()
    kept, behind, teller = None, None, Teller(events)
    while True:
        request = _next(requests, behind, teller)
        teller = Teller(events, request.save)
        if behind is not None:
            behind.end()
            behind = None
        if kept is None or "tables" in request.changed:
            kept = _know(teller, job)
        if kept is not None:
            with contextlib.suppress(Superseded):
                behind = _answer(requests, teller, job, kept)


def _know(teller: Teller, job: Job) -> Kept | None:
    """Import the analysis, read the data, compute the facts; return what is kept.

    Where that fails, it is told, and nothing is kept.
    """
    try:
        project = projects.find()
        preload(project, anew=False)
        given = check_parameters(project, job.given)
        kept = kept_of(project, given)
        Report.for_edition(project, given).facts.compute_all()
    except Exception as error:
        _tell(teller, job, error)
        return None
    return kept


def _answer(requests: Connection, teller: Teller, job: Job, kept: Kept) -> "Stage | None":
    """Make the page, and begin what comes behind it; raise Superseded at the next request."""
    try:
        made = _make_page(projects.find(), job, kept, Progress(0, quiet=True, until=requests))
    except Superseded:
        raise
    except Exception as error:
        return _behind(_tell, teller, job, error)
    teller.tell("page")
    return _behind(_follow, teller, job, *made)


def _behind(work: Callable[..., None], teller: Teller, job: Job, *given: Any) -> "Stage | None":
    """Begin what comes behind the page; where no process can be forked for it, do it now."""
    if FORK:
        return Stage(_work_behind, work, teller, job, *given)
    _work_behind(None, work, teller, job, *given)
    return None


def _work_behind(
    requests: Connection | None,
    work: Callable[..., None],
    teller: Teller,
    job: Job,
    *given: Any,
) -> None:
    if requests is not None:
        die_with_parent()
    try:
        work(teller, job, *given)
    except Exception as error:
        _tell(teller, job, error)


def _next(requests: Connection, stage: Stage | None, teller: Teller) -> Request:
    """Return the next request; tell meanwhile of a process that was killed."""
    watched = [requests] if stage is None else [requests, stage.process.sentinel]
    while requests not in wait(watched):
        assert stage is not None
        watched = [requests]
        stage.process.join()
        if code := stage.process.exitcode:
            teller.tell("error", [f"the process of the build ended with exit code {code}"])
    request: Request = requests.recv()
    return request


def _told(error: Exception, root: Path) -> str:
    """Return an error in words: where in the project it arose, if the words do not tell."""
    if isinstance(error, BuildError | DataError | TypesettingError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(root / "analysis")]
    where = ""
    if own:
        where = f"{Path(own[-1].filename).relative_to(root)}, line {own[-1].lineno}: "
    return f"{where}{type(error).__name__}: {error}"


def _tell(teller: Teller, job: Job, error: Exception) -> None:
    """Tell an error: of bad data, as their check tells it, which tells more."""
    problems = [_told(error, job.root)]
    try:
        check_data(projects.find())
    except DataError as found:
        problems = found.problems
    except Exception:  # the error itself
        pass
    teller.tell("error", problems)


def _make_page(
    project: Project, job: Job, kept: Kept, progress: Progress
) -> tuple[Report, Document, Claims]:
    """Write the page; return what the rest is made of."""
    given = replace(check_parameters(project, job.given), formats=SHOWN)
    report = Report.for_edition(project, given)
    ahead = functools.partial(_draw_ahead, report)
    executed = chapters_of(project, given, job.folder / "notebooks", progress, kept, ahead)
    document = assemble(executed, report)
    claims = claims_of(document, report)
    _set(SHOWN[0], document, claims, job)
    return report, document, claims


def _draw_ahead(report: Report, taken: list[Executed]) -> None:
    """Draw the figures of the chapters that stay as the page has them, which it remembers then."""
    with contextlib.suppress(Exception):  # told where the document is joined
        chapters = [chapter_of(notebook, name, 0) for name, notebook in taken]
        colours = colours_of(report.project)
        named = entities(report.record) if report.project.settings.briefs else {}
        for figure in (b for c in chapters for b in c.blocks if isinstance(b, FigureBlock)):
            drawings.for_page(figure, colours, named)


def _set(name: str, document: Document, claims: Claims, job: Job) -> None:
    """Set the document in a format, and write it in one step: who reads meanwhile has the last."""
    format = chosen([name])[name]
    assert format.render is not None
    file = _file(name, job)
    new = file.with_suffix(".new")
    new.write_bytes(format.render(document, claims))
    new.replace(file)


def _file(name: str, job: Job) -> Path:
    return job.folder / f"report{chosen([name])[name].suffix}"


def _follow(teller: Teller, job: Job, report: Report, document: Document, claims: Claims) -> None:
    """Make the other files, then see what the check of the data and the gates find."""
    project = report.project
    for name in SHOWN[1:]:
        _set(name, document, claims, job)
        teller.tell(name)
    with contextlib.suppress(OSError):
        os.nice(BEHIND)
    checked = begin(lambda: check_data(project))
    teller.tell("missing", missing(project, load(project)))
    problems = []
    try:
        check(json.loads(claims.facts))
        run_gates(read_back(report, document, {name: _file(name, job) for name in SHOWN}))
    except GateError as error:
        problems = error.problems
    if failed := checked()[1]:
        problems = [*failed[1].splitlines(), *problems]
    teller.tell("findings", problems)
