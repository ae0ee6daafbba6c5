"""Briefs made by the workers of a dask.distributed scheduler. Inputs and results travel; no disk is shared.

Each worker has this package installed (an optional extra, ``pip install -e '.[cluster]'``). It is sent the data and the
notebook, unpacks them into a folder of its own, and works them off in one warm process that forks for every brief, as a
local build does. A worker that is lost has its briefs done by another: the scheduler sees to that.
"""

import dataclasses
import io
import os
import pickle
import socket
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from dossier import build, parameters, paths, pool, stamps


OTHER_VERSION = 3
"""Exit code of the warm process where its package is not the sender's."""


class VersionError(RuntimeError):
    """A worker whose package is not the sender's: its briefs would not be the same."""


def each(jobs: list[parameters.Parameters], work: Path, address: str, progress) -> list:
    """Make the briefs on the cluster and put their files into ``work``; return what ``pool.each`` returns.

    Raises BuildError where there is no such scheduler, or its workers have another version of the package.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise build.BuildError(
            "SCHEDULER needs dask.distributed: .venv/bin/pip install -e '.[cluster]'"
        ) from None
    inputs, outcomes = _pack(), {}
    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError) as error:
        raise build.BuildError(
            f"no dask scheduler answers at {address}: {error}; start one with: dask scheduler"
        ) from None
    with client:
        workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
        size = max(
            1, len(jobs) // (4 * workers)
        )  # few enough to spread well, many enough to be worth a warm process
        parts = [jobs[n : n + size] for n in range(0, len(jobs), size)]
        (packed,) = client.scatter([inputs], broadcast=True)
        for part in parts:
            for job in part:
                progress.start(f"brief {job.ally}")
        futures = {
            client.submit(
                remote,
                packed,
                stamps.code(),
                [dataclasses.asdict(j) for j in part],
                pure=False,
                retries=2,
            ): part
            for part in parts
        }
        for future in as_completed(futures):
            failure = future.exception()
            if isinstance(failure, VersionError):
                raise build.BuildError(str(failure))
            answers = (
                [(None, ("BuildError", f"the cluster gave it up: {failure}"))]
                * len(futures[future])
                if failure
                else future.result()
            )
            for job, (files, error) in zip(futures[future], answers):
                for kind, content in (files or {}).items():
                    build.fresh(build.staged(build.names(job)[kind], work)).write_bytes(content)
                outcomes[job.ally] = (None, error)
                progress.end(f"brief {job.ally}", error is not None)
    return [outcomes[job.ally] for job in jobs]


def _pack() -> bytes:
    """Return the data, the notebook and the lock as one archive."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for folder, pattern in (
            (paths.DATA, "*"),
            (paths.NOTEBOOKS, "*.ipynb"),
            (paths.ROOT, "requirements.txt"),
        ):
            for file in sorted(folder.glob(pattern)):
                archive.add(file, file.relative_to(paths.ROOT), filter=_plain)
    return stream.getvalue()


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
    return entry


def remote(inputs: bytes, code: str, jobs: list[dict]) -> list:
    """On a worker: make the briefs in a warm process of their own; return (files by kind, error) for each."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        with tarfile.open(fileobj=io.BytesIO(inputs)) as archive:
            archive.extractall(folder, filter="data")
        done = subprocess.run(
            [sys.executable, "-m", "dossier.cluster"],
            input=pickle.dumps((code, jobs)),
            capture_output=True,
            env=os.environ | {"DOSSIER_ROOT": folder},
        )
    if done.returncode == OTHER_VERSION:
        raise VersionError(
            f"the worker at {socket.gethostname()} has another version of the package, the notebooks or the lock; install the same on both sides"
        )
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace").strip()[-600:])
    return pickle.loads(done.stdout)


def main() -> None:
    """In the warm process: read the jobs, make them one after another, write what came of them."""
    pool.die_with_parent()
    code, given = pickle.load(sys.stdin.buffer)
    if code != stamps.code():
        sys.exit(OTHER_VERSION)
    jobs = [parameters.Parameters(**job) for job in given]
    build.warm()
    with tempfile.TemporaryDirectory(prefix=".building-", dir=paths.ROOT) as work:
        build.stage(Path(work))
        outcomes = pool.each(build._brief, [(job, work) for job in jobs], 1)
        answers = []
        for job, (_, error) in zip(jobs, outcomes):
            files = (
                {}
                if error
                else {
                    kind: build.staged(file, Path(work)).read_bytes()
                    for kind, file in build.names(job).items()
                }
            )
            answers.append((files, error))
    sys.stdout.buffer.write(pickle.dumps(answers))


if __name__ == "__main__":
    main()
