"""Time the briefs and the report: (a) the plain way, (b) this build, (c) the floor; then how it grows, and what a change costs.

(a) papermill and nbconvert as commands, one report after another: papermill, nbconvert --to html, and the same PDF
    by nbconvert --to dossier-pdf. A report is timed by itself; the 32 are 32 times its median, as they run one after another.
(b) python -m dossier briefs, or report: the whole command, with its checks and gates, nothing built before.
(c) one process that runs the cells' code with no notebook, and renders the same documents with no gates: the whole command.

Runs in a copy of the project, in a folder of its own. Prints a Markdown table; ``make bench`` prints it, the README holds it.
"""

import datetime
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
ROOT = Path(__file__).resolve().parent.parent
DAYS = (
    "2024-07-07",
    "2024-07-11",
    "2024-12-01",
    "2025-03-01",
    "2025-06-25",
    "2025-09-15",
    "2026-01-01",
    "2026-09-20",
)


def project(folder: Path) -> Path:
    """Return a copy of the project without what was built."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "requirements.txt", folder)
    (folder / "reports").mkdir()
    return folder


def timed(*command, root: Path) -> float:
    """Return the seconds that a command takes as a whole process."""
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env=os.environ | {"DOSSIER_ROOT": str(root)},
        cwd=root,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: {done.stderr[-800:]}")
    return time.perf_counter() - start


def plain(root: Path, ally: str) -> float:
    out = root / "plain"
    out.mkdir(exist_ok=True)
    binaries = Path(sys.executable).parent
    run = timed(
        binaries / "papermill",
        "notebooks/brief.ipynb",
        out / f"{ally}.ipynb",
        "-p",
        "ally",
        ally,
        "-k",
        "python3",
        root=root,
    )
    run += timed(
        binaries / "jupyter", "nbconvert", "--to", "html", out / f"{ally}.ipynb", root=root
    )
    return run + timed(
        binaries / "jupyter", "nbconvert", "--to", "dossier-pdf", out / f"{ally}.ipynb", root=root
    )


def built(root: Path, *words: str) -> float:
    shutil.rmtree(root / ".build", ignore_errors=True)
    return timed(sys.executable, "-m", "dossier", *words, root=root)


def floor(what: str) -> None:
    """Compute and render with no notebook: run as a process of its own."""
    import direct

    from dossier import briefs, build, data, document, machine, parameters, paths, report
    from dossier.export import html, pdf

    newest = data.newest(data.load())
    if what == "report":
        jobs = [parameters.Parameters(newest, newest)]
    else:
        jobs = [
            parameters.Parameters(newest, newest, ally=ally)
            for ally in briefs.allies(data.record(newest))
        ]
    for given in jobs:
        edition = report.Report.of(given)
        doc = document.assemble(direct.notebooks(given), edition)
        claims = machine.dump(machine.facts_json(doc, edition, build.versions()))
        linked = "" if given.ally else machine.dump(machine.json_ld(doc, edition))
        out = paths.REPORTS / "floor"
        out.mkdir(exist_ok=True)
        (out / f"{given.ally or 'report'}.html").write_text(
            html.render(doc, claims, linked), encoding="utf-8"
        )
        (out / f"{given.ally or 'report'}.pdf").write_bytes(pdf.render(doc, claims))


def growth(root: Path, count: int) -> tuple[float, float]:
    """Build ``count`` different briefs; return seconds and MB at the peak of the largest process. Run as a process of its own."""
    from dossier import briefs, build, data, parameters, pool

    build.warm()
    newest = data.newest(data.load())
    jobs = []
    for units in parameters.CHOICES["units"]:
        for day in DAYS[::-1]:
            as_of = min(datetime.date.fromisoformat(day), newest)
            jobs += [
                parameters.Parameters(as_of, newest, units, ally=ally)
                for ally in briefs.allies(data.record(as_of))
            ]
    with tempfile.TemporaryDirectory(dir=root) as work:
        build.stage(Path(work))
        start = time.perf_counter()
        outcomes = pool.each(build._brief, [(job, work) for job in jobs[:count]], os.cpu_count())
        seconds = time.perf_counter() - start
    failed = [(job, error) for job, (_, error) in zip(jobs, outcomes) if error]
    if failed:
        raise SystemExit(f"{len(failed)} failed, first: {failed[0]}")
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return seconds, max(own, children)


def identical(root: Path) -> int:
    """Return how many of the floor's documents are the build's, byte for byte."""
    same = 0
    for file in (root / "reports" / "floor").glob("???.*"):
        same += file.read_bytes() == (root / "reports" / "briefs" / file.name).read_bytes()
    return same


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = project(Path(folder))
        median = statistics.median
        one = median([plain(root, ally) for ally in ("POL", "DEU", "ISL", "USA", "TUR")[:RUNS]])
        times = {"b": [], "c": [], "B": [], "C": []}
        for _ in range(
            RUNS
        ):  # side by side, so that a slow minute of the machine strikes all alike
            times["b"].append(built(root, "briefs"))
            times["c"].append(timed(sys.executable, __file__, "floor", "briefs", root=root))
            times["B"].append(built(root, "report"))
            times["C"].append(timed(sys.executable, __file__, "floor", "report", root=root))
        b, c, report, least = (median(times[k]) for k in "bcBC")
        built(root, "briefs")
        nothing = median(
            [timed(sys.executable, "-m", "dossier", "briefs", root=root) for _ in range(RUNS)]
        )
        table = root / "data" / "agreements.csv"
        good = table.read_text()
        changed = []
        for n in range(RUNS):
            table.write_text(good.replace(",Warsaw,", f",Warsaw {chr(97 + n)},"))
            changed.append(timed(sys.executable, "-m", "dossier", "briefs", root=root))
        same = identical(root)
        table.write_text(good)
        print(
            f"{datetime.date.today():%d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians of {RUNS} runs\n"
        )
        print("| what | seconds | against |\n|---|---:|---|")
        print(f"| (a) a brief the plain way; 32 of them | {one:.1f}; {32 * one:.0f} | |")
        print(
            f"| (b) 32 briefs, HTML and PDF, with all gates | {b:.1f} | {32 * one / b:.0f} times faster than (a) |"
        )
        print(
            f"| (c) the floor for the briefs, one process, no gates | {c:.1f} | (b) takes {b / c:.2f} times as long |"
        )
        print(f"| the whole report, with all gates | {report:.1f} | |")
        print(f"| its floor | {least:.1f} | the report takes {report / least:.2f} times as long |")
        print(f"| 32 briefs with nothing to do | {nothing:.2f} | |")
        print(f"| 32 briefs after one ally's row changed | {median(changed):.1f} | one is built |")
        print(
            f"\nOf the floor's 64 documents {same} are the build's, byte for byte (the changed ally's differ).\n"
        )
        print("| briefs | seconds | seconds each | largest process, MB |\n|---:|---:|---:|---:|")
        for count in (1, 8, 32, 128, 512):
            out = subprocess.run(
                [sys.executable, __file__, "growth", str(count)],
                env=os.environ | {"DOSSIER_ROOT": str(root)},
                cwd=root,
                capture_output=True,
                text=True,
            )
            if out.returncode:
                raise SystemExit(out.stderr[-800:])
            seconds, memory = map(float, out.stdout.split()[-2:])
            print(f"| {count} | {seconds:.1f} | {seconds / count:.2f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    if sys.argv[1:2] == ["floor"]:
        floor(sys.argv[2])
    elif sys.argv[1:2] == ["growth"]:
        print(*growth(Path(os.environ["DOSSIER_ROOT"]), int(sys.argv[2])))
    else:
        main()
