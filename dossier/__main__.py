"""The command line: python -m dossier report, briefs, editions, check, audit, verify, diff, …"""

import argparse
import datetime
import gc
import json
import os
import shlex
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier import project as projects
from dossier.build import stamps
from dossier.project import Project

if TYPE_CHECKING:
    from dossier.parameters import Parameters

CHANGES = 20
"""How many changed places are printed."""
COLLECTED = 50_000
"""After how many new objects Python looks for cycles among them.

Imports and drawings make hundreds of thousands that stay: looking after every 700, as Python does
by itself, took one second of a build's processors in fifteen.
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code. Bad input prints one clear error and returns 1."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        # the tables are small, and a process with threads is not safely forked
        os.environ.setdefault(name, "1")
    # the kernel's debugger warns of frozen modules on every start
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    # jsonschema builds a grammar of international addresses at import where it can, for a second;
    # no check here asks for it
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    gc.set_threshold(COLLECTED)
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ValueError, RuntimeError, OSError) as error:  # the package's own are of these kinds
        print(f"\n{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; reports/ is as it was", file=sys.stderr)
        return 130


def _run(argv: list[str]) -> int:
    parser, known = _parser()
    if argv and argv[0].isidentifier() and argv[0] not in known:  # one of the project's own
        from dossier.registry import registry_of

        own = registry_of(projects.find()).of("command")
        if argv[0] in own:
            return int(own[argv[0]].function(argv[1:]))
    arguments = parser.parse_args(argv)
    return int(arguments.run(arguments))


def _parser() -> tuple[argparse.ArgumentParser, set[str]]:
    """Return the parser of the command line, and the names of its commands."""
    parser = argparse.ArgumentParser(
        prog="python -m dossier", description="One article against the record."
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run: object, help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help)
        command.set_defaults(run=run)
        return command

    report = add("report", _report, "build an edition: report as_of=2024-07-07 units=metric")
    report.add_argument("parameters", nargs="*", metavar="name=value")
    briefs = add("briefs", _briefs, "build the brief of every entity, or of one by its parameter")
    briefs.add_argument("parameters", nargs="*", metavar="name=value")
    preview = add("preview", _preview, "show the report in a browser, made anew on every save")
    preview.add_argument("parameters", nargs="*", metavar="name=value")
    add("editions", _editions, "build the report for each day that matters, and what changed")
    add("check", _check, "check the data")
    audit = add("audit", _audit, "run the gates on an edition's files in reports/")
    audit.add_argument("parameters", nargs="*", metavar="name=value")
    verify = add("verify", _verify, "say what a finished file proves: html, pdf or facts.json")
    verify.add_argument("file", type=Path)
    verify.add_argument("--alone", action="store_true", help="by itself, without this project")
    verify.add_argument("--signer", default="", help="who must have signed it, in FILE.sig")
    keys = "names and their keys, in OpenSSH's format (default: allowed_signers)"
    verify.add_argument("--allowed-signers", type=Path, metavar="FILE", help=keys)
    sign = add("sign", _sign, "sign what was built in reports/ with a key of OpenSSH's")
    sign.add_argument("key", type=Path)
    diff = add("diff", _diff, "what changed from one finished file to another")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--markdown", action="store_true", help="print a Markdown table")
    diff.add_argument("--html", type=Path, metavar="FILE", help="write a redline: a page")
    facts = add("facts", _facts, "list the facts, or those that have a word")
    facts.add_argument("word", nargs="?", default="")
    explain = add("explain", _explain, "trace a fact from the sentences to its rows and sources")
    explain.add_argument("id")
    for command in (facts, explain):
        command.add_argument("parameters", nargs="*", metavar="name=value")
    detect = add("detect", _detect, "print the figures and quotations of a text as JSON")
    detect.add_argument("file", type=Path)
    detect.add_argument("--day", type=datetime.date.fromisoformat, help="the article's day")
    _add_curation(add)
    add("reproduce", _reproduce, "say whether the committed report is what the sources build")
    return parser, set(commands.choices)


def _add_curation(add: Callable[[str, object, str], argparse.ArgumentParser]) -> None:
    """Add the commands that keep the tables."""
    chapter = add("chapter", _chapter, "begin a chapter on a question: notebook, module and test")
    chapter.add_argument("question")
    new = add("new", _new, "make a dossier of an article: a text, a saved page, or - for stdin")
    new.add_argument("folder", type=Path)
    new.add_argument("article", help="file, or -")
    new.add_argument("--name", default="", help="of the report's files (default: the folder's)")
    new.add_argument("--title", default="", help="of the report")
    new.add_argument("--day", type=datetime.date.fromisoformat, help="the article's day")
    new.add_argument("--source", default="", metavar="URL", help="where it appeared")
    status = add("status", _status, "how far the check of each claim is, and what is next")
    status.add_argument("--all", action="store_true", help="every claim that is not checked")
    claim = add("claim", _claim, "add a claim for exact words of the article")
    claim.add_argument("words")
    claim.add_argument("--occurrence", type=int, default=0, help="which, where they stand often")
    for name, words in CLAIM.items():
        claim.add_argument(f"--{name}", help=words)
    reanchor = add("reanchor", _reanchor, "move the anchors after the article was corrected")
    today = datetime.date.today()
    found = "day on which it was found corrected (default: today)"
    reanchor.add_argument("--day", type=datetime.date.fromisoformat, default=today, help=found)


CLAIM = {
    "label": "what it is about (default: the words)",
    "kind": "fact (default), forecast, judgement, quotation or attribution",
    "speaker": "who says it (default: the article)",
    "value": "the value that the words state, if they do",
    "unit": "the unit of that value",
    "qualifier": "exact (default), about, at_least, over, at_most or under",
    "fact_id": "id of the fact (default: made of the label)",
}
"""The cells of a claim that can be given, and what each is."""


def _given(items: list[str]) -> dict[str, str]:
    """Return the parameters written as name=value, but for those with their usual value."""
    from dossier.parameters import DEFAULTS, ParameterError

    given = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParameterError(
                f"{item!r} is no parameter: write name=value, such as as_of=2024-07-07"
            )
        given[name.lower()] = value
    given |= _given_to_make(given.pop("make", ""))
    return {name: value for name, value in given.items() if value != DEFAULTS.get(name)}


def _given_to_make(told: str) -> dict[str, str]:
    """Return what else make was given on its command line: names of variables, then MAKEFLAGS."""
    before, _, after = told.partition("-- ")
    try:
        found = shlex.split(after.replace("$$", "$"))
    except ValueError:  # a quote without its pair: what is set for it is checked by itself
        found = after.split()
    words = (word.partition("=") for word in found)
    return {
        name.lower(): value
        for name, equals, value in words
        if equals and name not in before.split()
    }


def _checked(project: Project, given: dict[str, str]) -> "Parameters":
    """Return the parameters, or raise ParameterError, before the libraries are imported.

    Those take a second. Of a day, the newest in the data is asked only after that.
    """
    from dossier.parameters import check

    return check(
        given, project.settings.article.day, datetime.date.max, project.settings.parameters
    )


def _list(files: Iterable[Path]) -> int:
    for file in files:
        print(f"  {os.path.relpath(file)}")
    return 0


def _nothing_to_do(files: Iterable[Path]) -> int:
    print("Nothing has changed since the last build:")
    return _list(files)


def _outputs(project: Project, files: list[Path]) -> list[Path]:
    """Return the files that a reader opens: not the executed chapters."""
    return [f for f in files if project.reports / "notebooks" not in f.parents]


def _report(arguments: argparse.Namespace) -> int:
    start = time.perf_counter()
    project, given = projects.find(), _given(arguments.parameters)
    formats = _checked(project, given).formats
    if files := stamps.up_to_date(project, "report", given):
        return _nothing_to_do(_outputs(project, files))
    from dossier.build import typesetter

    with typesetter.ahead(project, formats):
        from dossier.build.editions import build_report

        built = build_report(project, given)
    if not built.built:  # another build, which this one waited for, has done it
        return _nothing_to_do(_outputs(project, built.files))
    seconds = time.perf_counter() - start
    print(f"Built in {seconds:.1f} s: {built.pages} pages, {built.facts} facts")
    _list(built.files)
    if built.changes:
        print(f"Changed since the last build of this edition, {len(built.changes)} places:")
        print("\n".join(f"  {line}" for line in built.changes[:CHANGES]))
        if len(built.changes) > CHANGES:
            print(f"  and {len(built.changes) - CHANGES} more")
    _print_notice(built.notice)
    return 0


def _preview(arguments: argparse.Namespace) -> int:
    from dossier.build.preview import port_of, preview

    project, given = projects.find(), _given(arguments.parameters)
    preview(project, given, port_of(given.pop("port", "")))
    print("\nThe preview has ended; reports/ is as it was.")
    return 0


def _print_notice(notice: str) -> None:
    if notice:
        print(notice, file=sys.stderr)


def _briefs(arguments: argparse.Namespace) -> int:
    start = time.perf_counter()
    project, given = projects.find(), _given(arguments.parameters)
    if project.settings.briefs is None:
        raise projects.ProjectError("this dossier has no briefs: see [briefs] in dossier.toml")
    only = given.pop(project.settings.briefs.parameter, "")
    scheduler = given.pop("scheduler", "")
    _checked(project, given)
    if not only and (files := stamps.up_to_date(project, "briefs", given)):
        return _nothing_to_do(f for f in files if f.name == "index.html")
    from dossier.build.briefs import build_briefs, make_here

    runner = make_here
    if scheduler:
        from dossier.build.cluster import make_on

        runner = make_on(scheduler)
    built = build_briefs(project, given, only, runner)
    seconds, count = time.perf_counter() - start, len(built.built)
    print(
        f"Built {count} {'brief' if count == 1 else 'briefs'} in {seconds:.1f} s; "
        f"{len(built.kept)} had not changed"
    )
    wanted = {f"{entity}.pdf" for entity in built.built} if only else set()
    _list(f for f in built.files if f.name == "index.html" or f.name in wanted)
    for entity, error in built.failed.items():
        again = f"make brief {project.settings.briefs.parameter.upper()}={entity}"
        again += "".join(f" {name.upper()}={value}" for name, value in given.items())
        print(f"\nfailed: {entity}: {error}\n  once more: {again}", file=sys.stderr)
    _print_notice(built.notice)
    return 1 if built.failed else 0


def _editions(arguments: argparse.Namespace) -> int:
    start, project = time.perf_counter(), projects.find()
    if files := stamps.up_to_date(project, "editions", {}):
        return _nothing_to_do(f for f in files if f.name == "index.html")
    from dossier.build.index import build_editions

    files, built = build_editions(project)
    print(f"Built {len(built)} editions in {time.perf_counter() - start:.1f} s")
    return _list(f for f in files if f.suffix in (".html", ".pdf"))


def _check(arguments: argparse.Namespace) -> int:
    from dossier.curation.status import missing
    from dossier.data.checks import check_data
    from dossier.data.tables import load

    project = projects.find()
    print(f"data/: {check_data(project):,} rows, all in order")
    if lines := missing(project, load(project)):
        print("Still to be done (python -m dossier status says which first):")
        print("\n".join(f"  {line}" for line in lines))
    return 0


def _audit(arguments: argparse.Namespace) -> int:
    from dossier.build.editions import audit_finished

    start = time.perf_counter()
    audited = audit_finished(projects.find(), _given(arguments.parameters))
    seconds = time.perf_counter() - start
    print(f"No number without its source: {audited.pages} pages, audited in {seconds:.1f} s")
    print("Exempt, by place:")
    for place, count in audited.exempt.items():
        print(f"  {count:6,}  {place}: {audited.reasons[place]}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from dossier.build.verification import ALLOWED, verify

    project = None if arguments.alone else projects.find_any()
    allowed = arguments.allowed_signers or ALLOWED
    verified = verify(arguments.file, project, arguments.signer, allowed)
    print(f"{arguments.file}: {verified.facts} facts agree")
    print(f"  {ANEW if verified.anew else ALONE}")
    print(f"  (c) signature: {verified.signature}")
    return 0


ANEW = """(a) with the data: it is, byte for byte, what this project's article, data and chapters
      build anew for its parameters: every fact, sentence, verdict, drawing and source in it"""
ALONE = """(b) by itself: each claim reads as its value, unit and qualifier say, each stated one as
      the words that it quotes; what it prints are its claims' ledger, and their numbers alone.
      Whoever changes claims and texts alike is not found out so: that takes the project that built
      it, where verify builds it anew"""


def _sign(arguments: argparse.Namespace) -> int:
    from dossier.build.signatures import sign

    return _list(sign(projects.find(), arguments.key))


def _diff(arguments: argparse.Namespace) -> int:
    from dossier.build.comparison import difference, write_redline
    from dossier.build.strangers import printable
    from dossier.export.claims import diff_markdown, diff_text

    if arguments.html:
        write_redline(arguments.old, arguments.new, arguments.html, projects.find_any())
        return _list([arguments.html])
    rows = difference(arguments.old, arguments.new)
    rows = [{name: printable(text) for name, text in row.items()} for row in rows]
    print(diff_markdown(rows) if arguments.markdown else diff_text(rows), end="")
    return 0


def _chapter(arguments: argparse.Namespace) -> int:
    from dossier.build.scaffold import new_chapter

    print("A chapter that runs as it is; put your own in place of its fact:")
    return _list(new_chapter(projects.find(), arguments.question))


def _lookup(arguments: argparse.Namespace) -> Any:
    from dossier.show.lookup import lookup
    from dossier.show.report import Report, check_parameters

    project = projects.find()
    given = check_parameters(project, _given(arguments.parameters))
    return lookup(project, given, Report.for_edition(project, given).facts)


def _facts(arguments: argparse.Namespace) -> int:
    from dossier.facts.fact import FactError
    from dossier.show.lookup import found_text

    lines = _lookup(arguments).lines(arguments.word)
    if not lines:
        raise FactError(f"no fact has {arguments.word!r} in its id, text or label; try less of it")
    print(found_text(lines))
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    print("\n".join(_lookup(arguments).evidence(arguments.id).text_lines()))
    return 0


def _detect(arguments: argparse.Namespace) -> int:
    from dossier.text.detect import detect, read_article

    found = detect(read_article(arguments.file), arguments.day)
    print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    return 0


def _status(arguments: argparse.Namespace) -> int:
    from dossier.curation.status import status_lines
    from dossier.data.tables import load

    project = projects.find()
    print("\n".join(status_lines(project, load(project), arguments.all)))
    return 0


def _claim(arguments: argparse.Namespace) -> int:
    from dossier.curation.claims import add_claim

    given = {name: getattr(arguments, name) for name in CLAIM if getattr(arguments, name)}
    row = add_claim(projects.find(), arguments.words, given, arguments.occurrence)
    print(f"{row['claim_id']}, {row['kind']}: “{row['exact']}”, in data/claims.csv")
    return 0


def _reanchor(arguments: argparse.Namespace) -> int:
    from dossier.curation.anchors import reanchor, report_lines

    done = reanchor(projects.find(), arguments.day)
    print("\n".join(report_lines(done)))
    return 1 if done.left else 0


def _new(arguments: argparse.Namespace) -> int:
    from dossier.curation.new import Given, create

    words = (arguments.name, arguments.title, arguments.day, arguments.source)
    made = create(arguments.folder, arguments.article, Given(*words))
    found = made.found
    folder = min(os.path.relpath(made.folder), str(made.folder), key=len)
    figures, days = found.count("figure", "forecast"), found.count("date", "temporal")
    print(f"Drafted {folder} from the article of {made.day}:")
    print(f"  {figures:5} figures")
    print(f"  {days:5} dates and times")
    print(f"  {found.count('quotation'):5} quotations")
    print(f"  {found.unsure:5} of these want a look: sure is no in data/claims.csv")
    if made.changed:
        print(f"The article was changed when it was taken: {', '.join(made.changed)}.")
    print("Next:")
    print(f"  1. make -C {folder} report    the first report, with everything open")
    print(f"  2. look at {folder}/data/claims.csv: what wants a look, then priority 1")
    print(f"  3. add what you read to {folder}/data/sources.csv and findings.csv;")
    print(f"     make -C {folder} check    says what is still to be done")
    return 0


def _reproduce(arguments: argparse.Namespace) -> int:
    from dossier.build.editions import reproduce

    differing, reasons = reproduce(projects.find())
    if not differing:
        print("The committed report is what its sources build, byte for byte.")
        return 0
    print(f"Differs from the committed file: {', '.join(differing)}")
    print(f"Because: {'; '.join(reasons)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
