"""All or nothing: whatever ends a build, and whenever.

reports/ holds the old report or the new one, never a mixture.
"""

import dataclasses
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import command, copy_of_project, processes

from dossier.build import reports, stamps
from dossier.build.errors import BuildError
from dossier.build.notebooks import preload_libraries

KILLS = 100


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    kept = ["04-agreements.ipynb", "09-tables.ipynb"]
    return copy_of_project(tmp_path_factory.mktemp("project"), notebooks=kept)


def start(root, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "dossier", "report"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def state(root):
    return {
        str(f.relative_to(root / "reports")): stamps.sha(f)
        for f in sorted((root / "reports").rglob("*"))
        if f.is_file()
    }


def finish(process):
    out, error = process.communicate(timeout=120)
    return process.returncode, out, error


def fork(root):
    """Begin a build in a fork of this process, and return its id.

    It has imported what a command would import, so that a kill finds it at work.
    """
    preload_libraries()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        code = command(root, "report").returncode
    finally:
        os._exit(code)


def ended(pid):
    """Wait until a fork has ended, with all that it began; return its exit code, or signal."""
    _, status = os.waitpid(pid, 0)
    while processes(3, pid):
        time.sleep(0.01)
    return os.waitstatus_to_exitcode(status)


@pytest.fixture(scope="module")
def versions(root):
    """Two contents of a table, each with the report that it builds, and the seconds it takes."""
    table = root / "data" / "agreements.csv"
    good = table.read_text(encoding="utf-8")
    found = []
    for text in (good, good.replace(",Davos,", ",Geneva,"), good):
        table.write_text(text, encoding="utf-8")
        begin = time.perf_counter()
        assert ended(fork(root)) == 0
        found.append((text, state(root)))
    assert found[2] == found[0]
    return found[:2], time.perf_counter() - begin


def test_killed_at_any_moment_it_is_the_old_report_or_the_new(root, versions):
    (first, second), seconds = versions
    rng, table, outcomes = random.Random(3), root / "data" / "agreements.csv", []
    for n in range(KILLS):
        before = state(root)
        wanted = first if before == second[1] else second
        table.write_text(wanted[0], encoding="utf-8")
        pid = fork(root)
        # a third of the kills fall into the last tenth, where the swap is
        time.sleep(rng.uniform(0.9, 1.02) * seconds if n % 3 == 0 else rng.uniform(0, seconds))
        os.kill(pid, signal.SIGKILL)
        ended(pid)
        after = state(root)
        assert after in (first[1], second[1]), f"kill {n}: a mixture"
        outcomes.append(after == wanted[1])
    assert any(outcomes) and not all(outcomes), (
        f"{sum(outcomes)} of {KILLS} had finished: the kills missed the build"
    )
    code, _, error = finish(start(root))
    assert code == 0 and state(root) == (
        first[1] if table.read_text(encoding="utf-8") == first[0] else second[1]
    ), error
    assert not list(root.glob(".building-*"))


def test_two_builds_at_once_end_in_one_report(root, versions):
    (first, second), _ = versions
    table = root / "data" / "agreements.csv"
    wanted = first if table.read_text(encoding="utf-8") == second[0] else second
    table.write_text(wanted[0], encoding="utf-8")
    both = [start(root), start(root)]
    results = [finish(process) for process in both]
    assert [code for code, _, _ in results] == [0, 0], results
    assert state(root) == wanted[1]
    assert sum("another build is at work" in error for _, _, error in results) == 1


def test_a_full_disk_leaves_the_last_report(root, versions):
    (first, second), _ = versions
    before, table = state(root), root / "data" / "agreements.csv"
    table.write_text((first if before == second[1] else second)[0], encoding="utf-8")

    def small():  # no file may grow over this: what a full disk does, without filling one
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    code, _, error = finish(start(root, preexec_fn=small))
    assert code != 0 and "Traceback" not in error and ("too large" in error or "space" in error), (
        error
    )
    assert state(root) == before and not list(root.glob(".building-*"))


@pytest.fixture
def bare(project, tmp_path):
    """A project that is a folder with reports/ alone."""
    (tmp_path / "reports").mkdir()
    return dataclasses.replace(project, root=tmp_path)


def test_reports_that_cannot_be_replaced_stay_as_they_are(bare, tmp_path, monkeypatch):
    """A read-only reports/, as the system would tell it."""
    (bare.reports / "old").write_text("old")
    (tmp_path / "work").mkdir()
    made = tmp_path / "work" / "made"
    made.write_text("new")

    def refuse(a, b):
        raise OSError(30, os.strerror(30))

    monkeypatch.setattr(reports, "_exchange", refuse)
    with pytest.raises(
        BuildError, match=r"Read-only file system; it is as it was\. Make it writable"
    ):
        reports.publish(bare, tmp_path / "work", {"new": made})
    assert (bare.reports / "old").read_text() == "old"
    assert not (bare.reports / "new").exists()


def test_a_read_only_reports_is_a_clear_error(root, versions):
    if os.geteuid() == 0:
        pytest.skip("root writes anywhere")
    root.chmod(0o555)
    try:
        code, _, error = finish(start(root))
        assert code != 0 and "Traceback" not in error
    finally:
        root.chmod(0o755)


class Killed(BaseException):
    """What no build catches, as it catches no kill."""


def test_without_an_exchange_two_renames_serve_and_a_kill_between_is_mended(bare, monkeypatch):
    monkeypatch.setattr(reports, "_exchange", lambda a, b: False)
    (bare.reports / "a").write_text("old")
    with reports.work_folder(bare) as work:
        (work / "made").write_text("new")
        assert (bare.reports / "a").read_text() == "old"
        reports.publish(bare, work, {"a": work / "made"})
    assert (bare.reports / "a").read_text() == "new"

    left = bare.root / ".building-x"
    left.mkdir()
    (left / "made").write_text("newer")
    rename = Path.replace

    def killed_after(path, target):
        moved = rename(path, target)
        if path == bare.reports:
            raise Killed
        return moved

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Path, "replace", killed_after)
        reports.publish(bare, left, {"a": left / "made"})
    assert not bare.reports.exists()
    with reports.work_folder(bare):
        assert (bare.reports / "a").read_text() == "newer"
    assert not left.exists()
