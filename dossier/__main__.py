"""The command line: python -m dossier report, briefs, editions, check, audit, verify, diff, measure, reproduce."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from dossier import stamps


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code. Bad input prints one clear error and returns 1."""
    parser = argparse.ArgumentParser(
        prog="python -m dossier", description="One article against the record."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser(
        "report", help="build an edition: report as_of=2024-07-07 units=metric"
    )
    report.add_argument("parameters", nargs="*", metavar="name=value")
    briefs = commands.add_parser(
        "briefs", help="build the brief of every ally, or of one: briefs ally=POL"
    )
    briefs.add_argument("parameters", nargs="*", metavar="name=value")
    commands.add_parser(
        "editions", help="build the report for each day that matters, and what changed between them"
    )
    commands.add_parser("check", help="check the data")
    audit = commands.add_parser("audit", help="run the gates on an edition's files in reports/")
    audit.add_argument("parameters", nargs="*", metavar="name=value")
    verify = commands.add_parser(
        "verify", help="check a finished report.html or report.pdf, without a build"
    )
    verify.add_argument("file", type=Path)
    diff = commands.add_parser(
        "diff", help="what changed from one facts.json to another; nothing where nothing did"
    )
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--markdown", action="store_true", help="print a Markdown table")
    commands.add_parser(
        "reproduce", help="say whether the committed report is what the sources build"
    )
    measure = commands.add_parser(
        "measure", help="repeat the measurement of the front from its map"
    )
    measure.add_argument("file")
    arguments = parser.parse_args(argv)

    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(
            name, "1"
        )  # the tables are small, and a process with threads is not safely forked
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = (
        "1"  # the kernel's debugger warns of frozen modules on every start
    )
    try:
        return COMMANDS[arguments.command](arguments)
    except (
        ValueError,
        RuntimeError,
        OSError,
    ) as error:  # the package's own errors are of these kinds
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; reports/ is as it was", file=sys.stderr)
        return 130


def _given(items: list[str]) -> dict[str, str]:
    """Return the parameters written as name=value."""
    from dossier.parameters import DEFAULTS, ParameterError

    given = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(
                f"{item!r} is no parameter: write name=value, such as as_of=2024-07-07"
            )
        given[name.lower()] = value
    return {name: value for name, value in given.items() if value != DEFAULTS.get(name)}


def _report(arguments) -> int:
    start = time.perf_counter()
    given = _given(arguments.parameters)
    if files := stamps.up_to_date("report", given):
        print("Nothing has changed since the last build:")
        return _list(files)
    from dossier import build

    result = build.build(given)
    if not result["built"]:  # another build, which this one waited for, has done it
        print("Nothing has changed since the last build:")
        return _list(result["files"])
    print(
        f"Built in {time.perf_counter() - start:.1f} s: {result['pages']} pages, {result['facts']} facts"
    )
    _list(result["files"])
    if result["changes"]:
        print(f"Changed since the last build of this edition, {len(result['changes'])} places:")
        print(
            "\n".join(f"  {line}" for line in result["changes"][:CHANGES])
            + (
                f"\n  and {len(result['changes']) - CHANGES} more"
                if len(result["changes"]) > CHANGES
                else ""
            )
        )
    return 0


CHANGES = 20
"""How many changed places are printed."""


def _list(files) -> int:
    for file in files:
        print(f"  {os.path.relpath(file)}")
    return 0


def _briefs(arguments) -> int:
    start = time.perf_counter()
    given = _given(arguments.parameters)
    only, scheduler = given.pop("ally", ""), given.pop("scheduler", "")
    if not only and (files := stamps.up_to_date("briefs", given)):
        print("Nothing has changed since the last build:")
        return _list(f for f in files if f.name == "index.html")
    from dossier import build

    result = build.build_briefs(given, only, scheduler)
    seconds = time.perf_counter() - start
    print(
        f"Built {len(result['built'])} {'brief' if len(result['built']) == 1 else 'briefs'} in {seconds:.1f} s; {len(result['kept'])} had not changed"
    )
    wanted = {f"{only_}.pdf" for only_ in result["built"]} if only else set()
    _list(f for f in result["files"] if f.name == "index.html" or f.name in wanted)
    for ally, error in result["failed"].items():
        print(
            f"\nfailed: {ally}: {error}\n  once more: make brief ALLY={ally}"
            + "".join(f" {k.upper()}={v}" for k, v in given.items()),
            file=sys.stderr,
        )
    return 1 if result["failed"] else 0


def _editions(arguments) -> int:
    start = time.perf_counter()
    if files := stamps.up_to_date("editions", {}):
        print("Nothing has changed since the last build:")
        return _list(f for f in files if f.name == "index.html")
    from dossier import build

    result = build.build_editions()
    print(f"Built {len(result['built'])} editions in {time.perf_counter() - start:.1f} s")
    return _list(f for f in result["files"] if f.suffix in (".html", ".pdf"))


def _check(arguments) -> int:
    from dossier import data

    print(f"data/: {data.check():,} rows, all in order")
    return 0


def _audit(arguments) -> int:
    from dossier import build

    start = time.perf_counter()
    result = build.audit_finished(_given(arguments.parameters))
    print(
        f"No number without its source: {result['pages']} pages, audited in {time.perf_counter() - start:.1f} s"
    )
    print("Exempt, by place:")
    for place, count in result["exempt"].items():
        print(f"  {count:6,}  {place}: {result['reasons'][place]}")
    return 0


def _verify(arguments) -> int:
    from dossier import audit

    claims = audit.verify(arguments.file)
    print(
        f"{arguments.file}: {len(claims['facts'])} facts and every printed number agree with its claims, the article and the data"
    )
    return 0


def _diff(arguments) -> int:
    from dossier import machine

    sides = [
        json.loads(file.read_text(encoding="utf-8")) for file in (arguments.old, arguments.new)
    ]
    rows = machine.diff(*sides)
    print(machine.diff_markdown(rows) if arguments.markdown else machine.diff_text(rows), end="")
    return 0


def _measure(arguments) -> int:
    from dossier import measure

    return measure.main([arguments.file])


def _reproduce(arguments) -> int:
    from dossier import build

    differing, reasons = build.reproduce()
    if not differing:
        print("The committed report is what its sources build, byte for byte.")
        return 0
    print(f"Differs from the committed file: {', '.join(differing)}\nBecause: {'; '.join(reasons)}")
    return 1


COMMANDS = {
    "report": _report,
    "briefs": _briefs,
    "editions": _editions,
    "check": _check,
    "audit": _audit,
    "verify": _verify,
    "diff": _diff,
    "measure": _measure,
    "reproduce": _reproduce,
}

if __name__ == "__main__":
    sys.exit(main())
