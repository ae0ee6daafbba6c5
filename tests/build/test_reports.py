"""reports/: the build owns what it wrote, and nothing else there is ever lost."""

import ctypes
import datetime
import errno
import json
import os
from types import SimpleNamespace

import pytest

from dossier.build import reports
from dossier.build.errors import BuildError
from dossier.build.reports import publish, work_folder
from dossier.project import Project, settings_of

SETTINGS = {"name": "x", "title": "X", "article": {"day": datetime.date(2024, 1, 1), "source": "s"}}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "reports" / "notes").mkdir(parents=True)
    (tmp_path / "reports" / "x.html").write_text("old")
    (tmp_path / "reports" / "notes" / "mine.txt").write_text("mine")
    return Project(tmp_path, settings_of(SETTINGS))


def made(work, **texts):
    """Return files as a build makes them, by their names in reports/."""
    files = {}
    for name, text in texts.items():
        file = work / f"{name}.made"
        file.write_text(text)
        files[f"{name}.html"] = file
    return files


def state(project):
    found = (f for f in project.reports.rglob("*") if f.is_file())
    return {f.relative_to(project.reports).as_posix(): f.read_text() for f in found}


def test_what_the_build_did_not_write_stays(project):
    with work_folder(project) as work:
        publish(project, work, made(work, x="new", y="more"))
    assert state(project) == {"x.html": "new", "y.html": "more", "notes/mine.txt": "mine"}
    assert not list(project.root.glob(".building-*"))


def refuse(*_, **__):
    raise OSError(30, os.strerror(30))


def meanwhile(project, monkeypatch, change):
    """Let somebody change reports/ between the linking of its files and the exchange."""
    exchange = reports._exchange

    def changed(a, b):
        change(project.reports)
        return exchange(a, b)

    monkeypatch.setattr(reports, "_exchange", changed)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_what_comes_changes_or_goes_meanwhile_is_brought_over(project, monkeypatch, links):
    """Edited in place, saved anew under the same name, or edited to the same length."""
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for name in ("gone", "saved", "length"):
        (project.reports / f"{name}.txt").write_text(name)
        os.utime(project.reports / f"{name}.txt", (0, 0))

    def change(folder):
        (folder / "came.txt").write_text("came")
        (folder / "notes" / "mine.txt").write_text("mine, edited")
        (folder / "sub").mkdir()
        (folder / "sub" / "deep.txt").write_text("deep")
        (folder / "gone.txt").unlink()
        (folder / "new").write_text("saved anew")
        (folder / "new").replace(folder / "saved.txt")
        (folder / "length.txt").write_text("LENGTH")

    meanwhile(project, monkeypatch, change)
    with work_folder(project) as work:
        publish(project, work, made(work, x="new"))
    assert state(project) == {
        "x.html": "new",
        "came.txt": "came",
        "notes/mine.txt": "mine, edited",
        "sub/deep.txt": "deep",
        "saved.txt": "saved anew",
        "length.txt": "LENGTH",
    }


def test_a_link_stays_a_link(project, tmp_path):
    (tmp_path / "outside.txt").write_text("outside")
    (project.reports / "link.txt").symlink_to(tmp_path / "outside.txt")
    with work_folder(project) as work:
        publish(project, work, made(work, x="new"))
    assert (project.reports / "link.txt").is_symlink()
    assert (project.reports / "link.txt").read_text() == "outside"


def test_a_build_killed_right_after_the_exchange_is_finished_by_the_next(project, monkeypatch):
    class Killed(BaseException):
        pass

    def change(folder):
        (folder / "came.txt").write_text("came")

    meanwhile(project, monkeypatch, change)

    def die(*_):
        raise Killed

    monkeypatch.setattr(reports, "_bring_over", die)
    work = project.root / ".building-killed"
    work.mkdir()
    with pytest.raises(Killed):
        publish(project, work, made(work, x="new"))
    assert "came.txt" not in state(project)
    monkeypatch.undo()
    with work_folder(project):
        pass
    assert state(project) == {"x.html": "new", "came.txt": "came", "notes/mine.txt": "mine"}
    assert not list(project.root.glob(".building-*"))


def test_a_build_killed_between_two_renames_is_mended_by_the_next(project):
    """Where the system can't exchange folders, reports/ is away for a moment."""
    work = project.root / ".building-killed"
    work.mkdir()
    (work / reports.SNAPSHOT).write_text(json.dumps({"folder": 0, "files": {}, "outputs": []}))
    project.reports.replace(work / "reports")
    with work_folder(project):
        assert state(project)["notes/mine.txt"] == "mine"


def test_without_an_exchange_two_renames_serve(project, monkeypatch):
    monkeypatch.setattr(reports, "_exchange", lambda a, b: False)
    with work_folder(project) as work:
        publish(project, work, made(work, x="new"))
    assert state(project) == {"x.html": "new", "notes/mine.txt": "mine"}


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.EACCES])
def test_only_a_file_system_without_an_exchange_is_no_error(project, monkeypatch, code):
    def fail(*_):
        ctypes.set_errno(code)
        return -1

    library = SimpleNamespace(renameat2=fail, renamex_np=fail)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    if code == errno.EACCES:
        with pytest.raises(PermissionError):
            reports._exchange(project.root, project.reports)
    else:
        assert reports._exchange(project.root, project.reports) is False


def test_where_it_cannot_be_replaced_it_stays_as_it_was(project, monkeypatch):
    monkeypatch.setattr(reports, "_exchange", refuse)
    before = state(project)
    with (
        work_folder(project) as work,
        pytest.raises(BuildError, match="Read-only file system; it is as it was"),
    ):
        publish(project, work, made(work, x="new"))
    assert state(project) == before
