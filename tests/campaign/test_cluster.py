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
        timeout=300,
    )


def digests(root):
    return {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted((root / "reports" / "briefs").glob("*"))
    }


def started(process, pattern):
    for line in process.stderr:
        if found := re.search(pattern, line):
            return found
    raise AssertionError(f"{process.args} ended without {pattern}")


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
    processes = [
        subprocess.Popen(dask, stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path)
    ]
    try:
        address = started(processes[0], r"Scheduler at: +(tcp://\S+)")[1]
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
        time.sleep(4)
        for file in (root / ".build" / "stamps").glob("briefs-*"):
            file.unlink()
        for file in (root / "reports" / "briefs").glob("*"):
            file.unlink()
        command = [sys.executable, "-m", "dossier", "briefs", f"scheduler={address}"]
        build = subprocess.Popen(
            command,
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for line in build.stdout:
            # the first results are in: the others are at work
            if re.search(r"brief \w+ +\d", line):
                processes[1].send_signal(signal.SIGKILL)
                break
        _, error = build.communicate(timeout=240)
        assert build.returncode == 0, error
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
