"""reports/: the build owns the files that it writes, and nothing else there.

What a build made is put beside all that is there already, and the whole folder is exchanged for
reports/ in one step: a build that fails, or is killed, leaves reports/ as it was. What anybody put
into the folder, changed or took out meanwhile is brought over.
"""

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from dossier.build.errors import BuildError
from dossier.project import Project

WORK = ".building-"
"""How the folders begin in which builds work, in the project's root."""
SNAPSHOT = "snapshot.json"

State = list[int]
"""Of a file: inode, time of change in nanoseconds, size."""


@contextlib.contextmanager
def lock(project: Project) -> Iterator[None]:
    """Let one build at a time work on a project; a second waits."""
    project.scratch.mkdir(exist_ok=True)
    held = FileLock(project.scratch / "lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        print("  another build is at work; waiting for it", file=sys.stderr)
        held.acquire()
    try:
        yield
    finally:
        held.release()


@contextlib.contextmanager
def work_folder(project: Project) -> Iterator[Path]:
    """Give a folder to work in, and remove it; with what earlier builds left that were killed."""
    for old in project.root.glob(f"{WORK}*"):
        _recover(project, old)
        shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=project.root))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _recover(project: Project, work: Path) -> None:
    """Finish what a build that was killed while it exchanged the folders had begun."""
    try:
        noted = json.loads((work / SNAPSHOT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    old = work / "reports"
    if not project.reports.exists() and old.is_dir():  # killed between the two renames
        old.replace(project.reports)
    elif old.is_dir() and old.stat().st_ino == noted["folder"]:  # killed after the exchange
        _bring_over(project, old, noted["files"], noted["outputs"])


def publish(
    project: Project, work: Path, outputs: Mapping[str, Path], gone: Iterable[str] = ()
) -> None:
    """Put the outputs, by their names in reports/, into it in one step; all of them or none.

    In the same step it takes out what is ``gone``: what an earlier build wrote and none does now.
    Raises BuildError where reports/ can't be replaced; it is then as it was.
    """
    new = work / "reports"
    try:
        files = _link_all(project.reports, new)
        for name, made in outputs.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            _flush(made)
            _drop_signature(new / name, made)
            made.replace(new / name)
        for name in gone:
            (new / name).unlink(missing_ok=True)
        folder = project.reports.stat().st_ino if project.reports.is_dir() else 0
        noted = {"folder": folder, "files": files, "outputs": list(outputs)}
        (work / SNAPSHOT).write_text(json.dumps(noted), encoding="utf-8")
        if not project.reports.is_dir():
            new.replace(project.reports)
            return
        if not _exchange(project.reports, new):
            aside = work / "old"
            project.reports.replace(aside)
            new.replace(project.reports)
            aside.replace(new)
    except OSError as error:
        raise BuildError(
            f"reports/ can't be replaced: {error.strerror or error}; it is as it was. "
            "Make it writable, or free space, and build again"
        ) from None
    _bring_over(project, new, files, list(outputs))


def signature_file(file: Path) -> Path:
    """Return where the signature of a file lies."""
    return file.with_name(f"{file.name}.sig")


def is_signature(file: Path) -> bool:
    """Return whether a file is a signature of OpenSSH's; another's, of the same name, is not."""
    return file.is_file() and file.read_bytes().startswith(b"-----BEGIN SSH SIGNATURE-----")


def _drop_signature(file: Path, made: Path) -> None:
    """Take out the signature of a file that is replaced; of one of the same bytes it still holds.

    Signatures of another kind are the user's.
    """
    same = file.is_file() and file.read_bytes() == made.read_bytes()
    if not same and is_signature(signature_file(file)):
        signature_file(file).unlink()


def _flush(file: Path) -> None:
    """Have a file on the disk, not only in memory, before anything points to it."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _state(file: Path) -> State:
    found = file.lstat()
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _files(folder: Path) -> dict[str, Path]:
    """Return all that is no folder in a folder, by its name from there."""
    if not folder.is_dir():
        return {}
    found = (f for f in folder.rglob("*") if f.is_symlink() or not f.is_dir())
    return {f.relative_to(folder).as_posix(): f for f in found}


def _link_all(source: Path, target: Path) -> dict[str, State]:
    """Put what a folder holds into another, as links to the same files; return their states."""
    if not source.is_dir():
        target.mkdir()
        return {}
    states = {name: _state(file) for name, file in _files(source).items()}
    shutil.copytree(source, target, symlinks=True, copy_function=_link)
    return states


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _bring_over(
    project: Project, old: Path, files: Mapping[str, State], outputs: list[str]
) -> None:
    """Bring over what came, changed or went in the old folder since its files were linked."""
    there = _files(old)
    for name, file in there.items():
        if name not in outputs and _state(file) != files.get(name):
            (project.reports / name).parent.mkdir(parents=True, exist_ok=True)
            file.replace(project.reports / name)
    for name in files:
        if name not in there and name not in outputs:
            (project.reports / name).unlink(missing_ok=True)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two folders atomically; return False where the system can't."""
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    names = os.fsencode(a), os.fsencode(b)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(libc, "renameat2"):
            return False
        done = libc.renameat2(here, names[0], here, names[1], exchange)
    elif sys.platform == "darwin":
        libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(libc, "renamex_np"):
            return False
        done = libc.renamex_np(names[0], names[1], exchange)  # RENAME_SWAP
    else:
        return False
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):  # the file system knows no exchange
        return False
    raise OSError(code, os.strerror(code))
