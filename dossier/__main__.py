"""The command line: python -m dossier report | check | measure | reproduce."""

import argparse
import os
import sys
import time


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code. Bad input prints one clear error and returns 1."""
    parser = argparse.ArgumentParser(prog="python -m dossier", description="One article against the record.")
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="build an edition: report as_of=2024-07-07 units=metric")
    report.add_argument("parameters", nargs="*", metavar="name=value")
    commands.add_parser("check", help="check the data")
    commands.add_parser("reproduce", help="say whether the committed report is what the sources build")
    measure = commands.add_parser("measure", help="repeat the measurement of the front from its map")
    measure.add_argument("file")
    arguments = parser.parse_args(argv)

    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the kernel's debugger warns of frozen modules on every start
    from dossier.data import DataError
    from dossier.facts import FactError
    from dossier.parameters import ParameterError

    errors = (DataError, FactError, ParameterError, RuntimeError, OSError)
    try:
        return COMMANDS[arguments.command](arguments)
    except errors as error:
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; reports/ is as it was", file=sys.stderr)
        return 130


def _report(arguments) -> int:
    from dossier.parameters import ParameterError

    given = {}
    for item in arguments.parameters:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(f"{item!r} is no parameter: write name=value, such as as_of=2024-07-07")
        given[name.lower()] = value
    start = time.perf_counter()
    from dossier import build

    result = build.build(given)
    if not result["built"]:
        print("Nothing has changed since the last build:")
    else:
        print(f"Built in {time.perf_counter() - start:.1f} s: {result['pages']} pages, {result['facts']} facts")
    for file in result["files"].values():
        print(f"  {os.path.relpath(file)}")
    return 0


def _check(arguments) -> int:
    from dossier import data

    print(f"data/: {data.check():,} rows, all in order")
    return 0


def _measure(arguments) -> int:
    from dossier import measure

    return measure.main([arguments.file])


def _reproduce(arguments) -> int:
    from dossier import build

    differing = build.reproduce()
    print("The committed report is what its sources build, byte for byte." if not differing else f"Differs from the committed file: {', '.join(differing)}")
    return 1 if differing else 0


COMMANDS = {"report": _report, "check": _check, "measure": _measure, "reproduce": _reproduce}

if __name__ == "__main__":
    sys.exit(main())
