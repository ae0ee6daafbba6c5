"""The processes behind the preview, each forked from one that has done what stays the same.

The first has the libraries, and is begun anew where the engine changes. Forked from it, the second
has imported the analysis, read the data and computed the facts; it is begun anew where one of
these changes. Forked from that, a run makes the page, and beside it the PDF, then runs the gates;
the next save ends it, whatever it does then. What became of a run is told through ``events``.
"""

import contextlib
import functools
import json
import os
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from dossier import project as projects
from dossier.build import stamps
from dossier.build.editions import chapters_of, claims_of, read_back
from dossier.build.errors import BuildError
from dossier.build.notebooks import preload, preload_libraries, raise_error
from dossier.build.processes import CONTEXT, begin, die_with_parent, start
from dossier.build.progress import Progress
from dossier.curation.status import missing
from dossier.data.checks import check_data
from dossier.data.schema import DataError
from dossier.data.tables import load
from dossier.document.assemble import assemble
from dossier.export import chosen, typesetting
from dossier.export.claims import check
from dossier.gates import GateError, run_gates
from dossier.project import Project
from dossier.show.report import Report, check_parameters

BEHIND = 10
"""How much the rest gives way to the page, which somebody waits for: steps of ``nice``."""
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

    ``missing`` tells, in ``problems``, what of the tables is still to be done.
    """

    kind: str
    problems: tuple[str, ...] = ()


class Stage:
    """One of the processes; what ends it ends all that it has begun."""

    def __init__(self, work: Callable[[Connection, Connection, Job], None], *more: Any):
        there, self.requests = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(target=work, args=(there, *more))
        start(self.process)
        there.close()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.requests.close()


def hold_libraries(requests: Connection, events: Connection, job: Job) -> None:
    """Be the first process: pass requests on to a second, a new one where they ask for it.

    A request is whether analysis, data or settings have changed.
    """
    die_with_parent()
    os.setpgid(0, 0)  # so that all of them can be ended at once
    os.chdir(job.root)
    tempfile.tempdir = str(job.folder)  # what is ended in the middle leaves its files there
    typesetting.SERVER.set(_typesetter(job.folder))
    preload_libraries()
    with contextlib.suppress(Exception):  # told by who needs the data
        load(projects.find())  # which stay where the analysis alone changes
    if stamps.engine() != job.engine:  # it changed meanwhile: who began this begins it anew
        return
    stage = None
    while True:
        changed = _next(requests, stage, events)
        if stage is not None and (changed or not stage.process.is_alive()):
            stage.end()
            stage = None
        stage = stage or Stage(_hold_project, events, job)
        stage.requests.send(changed)


def _typesetter(folder: Path) -> str:
    """Begin the process that sets the PDF, time and again; return its address, or none."""
    address = str(folder / "typst")
    there, back = CONTEXT.Pipe(duplex=False)
    start(CONTEXT.Process(target=_typeset, args=(address, back)))
    back.close()
    with contextlib.suppress(EOFError):
        return address if there.recv() else ""
    return ""


def _typeset(address: str, ready: Connection) -> None:
    die_with_parent()
    with contextlib.suppress(OSError):
        os.nice(BEHIND)
    with contextlib.suppress(OSError):  # a name too long, or no such things here
        typesetting.serve(address, ready)


def _hold_project(requests: Connection, events: Connection, job: Job) -> None:
    """Be the second process: answer each request by a run of its own."""
    die_with_parent()
    failure = _failure_of(lambda: _know(projects.find(), job), job)
    failure = failure and _told_by_check(failure, job)
    run = None
    while True:
        _next(requests, run, events)
        if run is not None:
            run.end()
        run = None if failure else Stage(_run, events, job)
        if failure:
            events.send(failure)


def _know(project: Project, job: Job) -> None:
    """Import the analysis, read the data, compute the facts."""
    preload(project)
    given = check_parameters(project, job.given)
    for known in (given, given.of_chapters()):
        Report.for_edition(project, known).facts.compute_all()


def _next(requests: Connection, stage: Stage | None, events: Connection) -> Any:
    """Return the next request; tell meanwhile of a process that was killed."""
    watched = [requests] if stage is None else [requests, stage.process.sentinel]
    while requests not in wait(watched):
        assert stage is not None
        watched = [requests]
        stage.process.join()
        if code := stage.process.exitcode:
            events.send(Event("error", (f"the process of the build ended with exit code {code}",)))
    return requests.recv()


def _failure_of(work: Callable[[], Any], job: Job) -> Event | None:
    """Do something; return the error that it raises, as an event."""
    try:
        work()
    except Exception as error:
        return Event("error", (_told(error, job.root),))
    return None


def _told(error: Exception, root: Path) -> str:
    """Return an error in words: where in the project it arose, if the words do not tell."""
    if isinstance(error, BuildError | DataError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(root / "analysis")]
    where = ""
    if own:
        where = f"{Path(own[-1].filename).relative_to(root)}, line {own[-1].lineno}: "
    return f"{where}{type(error).__name__}: {error}"


def _run(requests: Connection, events: Connection, job: Job) -> None:
    """Make the page; then, behind it, the PDF and what the gates find."""
    die_with_parent()
    failure = _failure_of(lambda: _make(projects.find(), events, job), job)
    if failure:
        events.send(_told_by_check(failure, job))


def _told_by_check(failure: Event, job: Job) -> Event:
    """Return what the check of the data tells, if it does: of bad data it tells more."""
    try:
        check_data(projects.find())
    except DataError as error:
        return Event("error", tuple(error.problems))
    except Exception:  # the failure itself
        return failure
    return failure


def _make(project: Project, events: Connection, job: Job) -> None:
    given = replace(check_parameters(project, job.given), formats=SHOWN)
    report = Report.for_edition(project, given)
    quiet = Progress(0, quiet=True)
    executed = chapters_of(project, given, job.folder / "notebooks", quiet, anew=False)
    document = assemble(executed, report)
    claims = claims_of(document, report)
    shown = chosen(SHOWN)
    files = {name: job.folder / f"report{format.suffix}" for name, format in shown.items()}

    def make(name: str) -> None:
        render = shown[name].render
        assert render is not None
        _replace(files[name], render(document, claims))

    page, *others = SHOWN
    made = {name: begin(functools.partial(_behind, make, name)) for name in others}
    make(page)
    events.send(Event("page"))
    checked = begin(lambda: _behind(check_data, project))
    events.send(Event("missing", tuple(missing(project, load(project)))))
    for name, outcome in made.items():
        raise_error(outcome()[1])
        events.send(Event(name))
    problems = []
    try:
        check(json.loads(claims.facts))
        run_gates(read_back(report, document, files))
    except GateError as error:
        problems = error.problems
    if failed := checked()[1]:
        problems = [*failed[1].splitlines(), *problems]
    events.send(Event("findings", tuple(problems)))


def _behind(work: Callable[[Any], Any], what: Any) -> None:
    """Do what somebody does not wait for."""
    with contextlib.suppress(OSError):
        os.nice(BEHIND)
    work(what)


def _replace(file: Path, content: bytes) -> None:
    """Write a file in one step: who reads it meanwhile gets the one before."""
    new = file.with_suffix(".new")
    new.write_bytes(content)
    new.replace(file)
