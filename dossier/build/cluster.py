"""Briefs made by the workers of a dask.distributed scheduler. Inputs and results travel.

Each worker has this package installed (an optional extra). It is sent the project, unpacks it into
a folder of its own, and works the briefs off in one warm process that forks for every brief, as a
local build does. A worker that is lost has its briefs done by another.
"""

import dataclasses
import functools
import io
import pickle
import socket
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from dossier import project as projects
from dossier.build import stamps
from dossier.build.briefs import make_job
from dossier.build.editions import output_names
from dossier.build.errors import BuildError
from dossier.build.notebooks import preload
from dossier.build.processes import Outcome, die_with_parent, run_all
from dossier.build.progress import Progress
from dossier.parameters import Parameters
from dossier.project import Project

OTHER_VERSION = 3
"""Exit code of the warm process where its package is not the sender's."""

Answer = tuple[dict[str, bytes], tuple[str, str] | None]
"""A brief's files by their names in reports/, and its error."""


class VersionError(RuntimeError):
    """A worker whose package is not the sender's: its briefs would not be the same."""


def make_on(address: str) -> Any:
    """Return what makes briefs on the workers of the scheduler at ``address``."""
    return functools.partial(_make_on, address)


def _make_on(
    address: str, project: Project, jobs: list[Parameters], folder: Path, progress: Progress
) -> list[Outcome]:
    """Make the briefs on the cluster and put their files into ``folder``; return the outcomes.

    Raises BuildError where there is no such scheduler, or its workers have another version.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise BuildError(
            "SCHEDULER needs dask.distributed: .venv/bin/pip install -e '.[cluster]'"
        ) from None
    packed = _pack(project)
    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError) as error:
        raise BuildError(
            f"no dask scheduler answers at {address}: {error}; start one with: dask scheduler"
        ) from None
    outcomes: dict[str, Outcome] = {}
    with client:
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        (inputs,) = client.scatter([packed], broadcast=True)
        futures = {}
        for part in _parts(jobs, workers):
            given = [dataclasses.asdict(job) for job in part]
            code = stamps.code(project)
            future = client.submit(remote, inputs, code, given, pure=False, retries=2)
            futures[future] = part
            for job in part:
                progress.start(f"brief {job.entity}")
        for future in as_completed(futures):
            answers = _answers(future, len(futures[future]))
            for job, (files, failure) in zip(futures[future], answers, strict=True):
                _unpack(files, folder)
                outcomes[job.entity] = (None, failure)
                progress.end(f"brief {job.entity}", failure is not None)
    return [outcomes[job.entity] for job in jobs]


def _parts(jobs: list[Parameters], workers: int) -> list[list[Parameters]]:
    """Return the jobs in parts: few enough to spread, many enough to be worth a warm process."""
    size = max(1, len(jobs) // (4 * workers))
    return [jobs[n : n + size] for n in range(0, len(jobs), size)]


def _answers(future: Any, count: int) -> list[Answer]:
    failure = future.exception()
    if isinstance(failure, VersionError):
        raise BuildError(str(failure))
    if failure:
        return [({}, ("BuildError", f"the cluster gave it up: {failure}"))] * count
    return list(future.result())


def _unpack(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _pack(project: Project) -> bytes:
    """Return the project as one archive: settings, data, analysis, notebooks and the lock."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for file in stamps.input_files(project):
            archive.add(file, file.relative_to(project.root), filter=_without_owner)
    return stream.getvalue()


def _without_owner(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
    return entry


def _unpack_inputs(inputs: bytes, folder: str | Path) -> None:
    """Unpack what ``_pack`` has packed; Python before 3.11.4 knows no filters."""
    with tarfile.open(fileobj=io.BytesIO(inputs)) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)


def remote(inputs: bytes, code: str, jobs: list[dict[str, Any]]) -> list[Answer]:
    """On a worker: make the briefs in a warm process of their own; return an answer each."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        _unpack_inputs(inputs, folder)
        command = [sys.executable, "-m", "dossier.build.cluster"]
        given = pickle.dumps((code, jobs))
        done = subprocess.run(command, input=given, capture_output=True, cwd=folder)
    if done.returncode == OTHER_VERSION:
        raise VersionError(
            f"the worker at {socket.gethostname()} has another version of the package; "
            "install the same on both sides"
        )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace").strip()[-600:])
    return list(pickle.loads(done.stdout))


def main() -> None:
    """In the warm process: read the jobs, make them one after another, write what came of them."""
    die_with_parent()
    code, given = pickle.load(sys.stdin.buffer)
    project = projects.find()
    if code != stamps.code(project):
        sys.exit(OTHER_VERSION)
    jobs = [Parameters(**job) for job in given]
    preload(project)
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        folder = Path(name)
        outcomes = run_all(make_job, [(project, job, folder) for job in jobs], 1)
        answers: list[Answer] = []
        for job, (_, error) in zip(jobs, outcomes, strict=True):
            names = [] if error else output_names(project, job).values()
            answers.append(({name: (folder / name).read_bytes() for name in names}, error))
    sys.stdout.buffer.write(pickle.dumps(answers))


if __name__ == "__main__":
    main()
