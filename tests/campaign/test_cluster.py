"""Briefs by the workers of a dask scheduler: the same bytes as a local build.

Also when a worker is killed in the middle.
"""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import copy_of_project

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return copy_of_project(tmp_path_factory.mktemp("cluster"), notebooks=["brief.ipynb"])


def briefs(root, *words):
    return subprocess.run(
        [sys.executable, "-m", "dossier", "briefs", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=600,
    )


def digests(root):
    return {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted((root / "reports" / "briefs").glob("*"))
    }


def logged(log, pattern, count=1):
    """Wait until a pattern stands in a log so many times, and return its last match."""
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        found = list(re.finditer(pattern, log.read_text()))
        if len(found) >= count:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError(f"no {pattern} in the log:\n{log.read_text()}")


def test_a_killed_worker_changes_nothing(root, tmp_path):
    local = briefs(root)
    assert local.returncode == 0, local.stderr
    wanted = digests(root)
    assert len(wanted) == 32 * 3 + 1
    environment = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "30s"}
    dask = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
    ]
    log = tmp_path / "scheduler.log"  # a file: a pipe that nobody empties stops who writes
    with log.open("w") as file:
        scheduler = subprocess.Popen(dask, stderr=file, env=environment, cwd=tmp_path)
    processes = [scheduler]
    try:
        address = logged(log, r"Scheduler at: +(tcp://\S+)")[1]
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--local-directory",
            str(tmp_path),
        ]
        for _ in range(2):
            processes.append(
                subprocess.Popen(
                    worker, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=tmp_path
                )
            )
        logged(log, r"Register worker", count=2)
        for file in (root / ".build" / "stamps").glob("briefs-*"):
            file.unlink()
        for file in (root / "reports" / "briefs").glob("*"):
            file.unlink()
        command = [sys.executable, "-m", "dossier", "briefs", f"scheduler={address}"]
        told = tmp_path / "build.log"
        with told.open("w") as file:
            build = subprocess.Popen(
                command, cwd=root, stdout=subprocess.PIPE, stderr=file, text=True
            )
        processes.append(build)
        for line in build.stdout:
            # the first results are in: the others are at work
            if re.search(r"brief \w+ +\d", line):
                processes[1].send_signal(signal.SIGKILL)
                break
        build.communicate(timeout=600)
        assert build.returncode == 0, told.read_text()
        assert digests(root) == wanted
    finally:
        for process in processes[::-1]:
            process.kill()
            process.wait()


def test_no_scheduler_is_a_clear_error(root):
    done = briefs(root, "scheduler=tcp://127.0.0.1:1", "as_of=2024-07-07")
    assert (
        done.returncode == 1
        and "no dask scheduler answers" in done.stderr
        and "Traceback" not in done.stderr
    )
