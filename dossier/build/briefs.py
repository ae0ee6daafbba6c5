"""Briefs: one for each entity, each built anew only where what it rests on has changed."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossier.build import stamps
from dossier.build.editions import (
    export_edition,
    notice,
    output_names,
    prepare,
)
from dossier.build.errors import BuildError
from dossier.build.index import briefs_page
from dossier.build.notebooks import error_text, preload, run_notebook
from dossier.build.processes import Outcome
from dossier.build.progress import Progress
from dossier.build.reports import lock, publish, work_folder
from dossier.data.known import digest
from dossier.export import chosen
from dossier.parameters import ParameterError, Parameters, check_entity
from dossier.project import Project
from dossier.show.briefs import brief_record, entities, settings_of
from dossier.show.report import Report, check_parameters

Runner = Callable[[Project, list[Parameters], Path, Progress], list[Outcome]]
"""Makes briefs in a folder and returns an outcome each: on this machine, or elsewhere."""


@dataclass
class BuiltBriefs:
    """What a build of briefs did, by their keys; ``failed`` maps a key to its error."""

    files: list[Path]
    index: Path
    built: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    notice: str = ""


def make_brief(project: Project, given: Parameters, folder: Path) -> int:
    """Make one brief's files in a folder and run the gates over them; return its pages."""
    settings = project.settings.briefs
    assert settings is not None
    Report.for_edition(project, given)  # reckoned before the fork, once for both
    file = project.notebooks / settings.notebook
    try:
        notebook = run_notebook(project, file, given, None)
    except BuildError:  # once more, to keep what failed
        notebook = run_notebook(project, file, given, folder / "failed" / f"{given.entity}.ipynb")
    name = Path(settings.notebook).stem
    quiet = Progress(0, quiet=True)
    return export_edition(project, given, [(name, notebook)], folder, quiet).pages


def make_here(
    project: Project, jobs: list[Parameters], folder: Path, progress: Progress
) -> list[Outcome]:
    """Make briefs on this machine, in processes forked from this one."""
    preload(project)
    items = [(project, job, folder) for job in jobs]
    return progress.run_all(make_job, items, [f"brief {job.entity}" for job in jobs])


def make_job(job: tuple[Project, Parameters, Path]) -> int:
    """Make one brief, in a process of its own."""
    return make_brief(*job)


def build_briefs(
    project: Project, given: dict[str, str], only: str = "", runner: Runner = make_here
) -> BuiltBriefs:
    """Build the briefs of all entities of the as-of day, or of one, into reports/briefs.

    A brief is built anew only where its rows, the article, the notebook, the package or the lock
    have changed. One that fails does not stop the others: its last good files stay.
    """
    with lock(project):
        effective = check_parameters(project, given)
        _refuse_bundles(effective)
        index = project.reports / effective.briefs_folder / "index.html"
        if not only and (files := stamps.up_to_date(project, "briefs", given)):
            return BuiltBriefs(files, index, kept=[f.stem for f in files if f.suffix == ".pdf"])
        read_inputs, code = stamps.inputs(project), stamps.code(project)
        prepare(project)
        plan = _Plan(project, effective, given, code)
        due = [entity for entity in plan.wanted(only) if not plan.stands(entity)]
        jobs = [plan.jobs[entity] for entity in due]
        progress = Progress(len(jobs))
        with work_folder(project) as work, contextlib.closing(progress):
            folder = work / "made"
            folder.mkdir()
            outcomes = runner(project, jobs, folder, progress)
            failed = {
                job.entity: error_text(error)
                for job, (_, error) in zip(jobs, outcomes, strict=True)
                if error
            }
            built = [entity for entity in due if entity not in failed]
            outputs = {name: folder / name for e in built for name in plan.names(e)}
            there = [e for e in plan.jobs if e in built or plan.is_there(e)]
            page = folder / "index.html"
            page.write_bytes(briefs_page(project, effective, there))
            outputs[f"{effective.briefs_folder}/index.html"] = page
            publish(project, work, outputs)
        files = [project.reports / name for e in there for name in plan.names(e)] + [index]
        current = {e: plan.rows[e] for e in there if e in built or plan.stands(e)}
        whole = read_inputs if set(current) == set(plan.jobs) else ""
        more = {"code": code, "rows": current}
        stamps.write(project, "briefs", given, whole, files, **more)
        kept = [entity for entity in plan.wanted(only) if entity not in due]
        return BuiltBriefs(files, index, built, kept, failed, notice(project, read_inputs))


def _refuse_bundles(given: Parameters) -> None:
    """Raise ParameterError for a format that holds all that a build read: a brief reads little."""
    for format in chosen(given.formats).values():
        if format.bundle:
            raise ParameterError(
                f"formats names {format.name!r}, which is made of a report: leave it out of briefs"
            )


class _Plan:
    """The briefs of an edition: their parameters, what each rests on, and which stand."""

    def __init__(self, project: Project, given: Parameters, key: dict[str, str], code: str):
        record = Report.for_edition(project, given).record
        self.project = project
        self.parameter = settings_of(record).parameter
        self.entities = entities(record)
        self.jobs = {
            entity: replace(given, entity=entity, entity_parameter=self.parameter)
            for entity in self.entities
        }
        self.rows = {entity: digest(brief_record(record, entity)) for entity in self.entities}
        noted = stamps.read(project, "briefs", key)
        self.noted = noted if noted.get("code") == code else {}

    def wanted(self, only: str) -> list[str]:
        if not only:
            return list(self.jobs)
        return [check_entity(only, self.parameter, self.entities)]

    def names(self, entity: str) -> list[str]:
        """Return the names of a brief's files in reports/."""
        return list(output_names(self.project, self.jobs[entity]).values())

    def is_there(self, entity: str) -> bool:
        return all((self.project.reports / name).is_file() for name in self.names(entity))

    def stands(self, entity: str) -> bool:
        """Return whether a brief is there as it was built from what it would be built from now."""
        if self.noted.get("rows", {}).get(entity) != self.rows[entity]:
            return False
        return all(stamps.is_intact(self.project, self.noted, name) for name in self.names(entity))
