"""What IPython shows of facts, completes in sentences and refuses, for who writes a chapter.

In sentences' braces it completes facts, cells and forms, in ``facts["…"]`` facts, and tables and
figures where a method takes their names.
"""

import ast
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from IPython import get_ipython
from IPython.core.completer import SimpleCompletion, context_matcher

from dossier import project as projects
from dossier.facts.fact import Fact, FactError, Later
from dossier.facts.ledger import Ledger
from dossier.parameters import DEFAULTS, refuse_unknown
from dossier.project import Project
from dossier.registry import registry_of
from dossier.show import prose
from dossier.show.lookup import HEADS, found_html, found_text, lookup

if TYPE_CHECKING:
    from dossier.show.report import Report

ASIDE = {"dossier": {"kind": "aside"}}
"""What an output bears that no report prints."""

Bundle = tuple[dict[str, str], dict[str, Any]]


def prepare(shell: Any) -> None:
    """Have a shell of IPython's know the magics of prose, and look at a cell before it runs."""
    prose.register(shell)
    ran = shell.user_ns["In"]
    for number, source in enumerate(ran):
        _refuse_unknown_parameters(source, ran[:number])
    looks = shell.input_transformers_cleanup
    if _look_at not in looks:
        looks.append(_look_at)


def _look_at(lines: list[str]) -> list[str]:
    """Return the lines of a cell, or raise what keeps it from being run."""
    shell, source = get_ipython(), "".join(lines)
    prose.refuse_misspelt(shell, source)
    _refuse_unknown_parameters(source, shell.user_ns["In"])
    return lines


_look_at.has_side_effects = True  # type: ignore[attr-defined]  # so that typing asks for nothing


def assist(shell: Any, report: "Report") -> None:
    """Have a shell of IPython's show and complete the facts of a report, the newest one's."""
    shown = shell.display_formatter.mimebundle_formatter
    kernel = in_kernel(shell)
    shown.for_type(Ledger, lambda ledger, **_: _facts_shown(report, ledger, kernel))
    for kind in (Fact, Later):
        shown.for_type(kind, lambda fact, **_: _fact_shown(report, fact, kernel))
    matchers = shell.Completer.custom_matchers
    matchers[:] = [m for m in matchers if getattr(m, "matcher_identifier", "") != MATCHER]
    matchers.append(_matcher(report))


def in_kernel(shell: Any) -> bool:
    """Tell whether a shell belongs to a kernel, behind which somebody looks: a build's does not."""
    return hasattr(shell, "kernel")


def _facts_shown(report: "Report", ledger: Ledger, whole: bool) -> Bundle:
    if not whole:
        return {"text/plain": "the facts"}, ASIDE
    lines = lookup(report.project, report.parameters, ledger).lines()
    page = found_html(HEADS, lines, f"search {len(lines)} facts")
    return {"text/html": page, "text/plain": found_text(lines)}, ASIDE


def _fact_shown(report: "Report", fact: Fact | Later, whole: bool) -> Bundle:
    """Show a fact with its evidence; one of another report than the newest as it is."""
    if not whole or report.facts[fact.id] is not fact:
        return {"text/plain": repr(fact)}, ASIDE
    try:
        found = lookup(report.project, report.parameters, report.facts).evidence(fact.id)
    except FactError as error:
        return {"text/plain": str(error)}, ASIDE
    return {"text/html": found.html(), "text/plain": "\n".join(found.text_lines())}, ASIDE


# ---- parameters

INJECTED = "# Parameters"
"""How the cell begins in which papermill sets parameters."""


def set_in_notebook(project: Project) -> dict[str, Any]:
    """Return the project's own parameters that the notebook has set, by name."""
    shell = get_ipython()
    names = shell.user_ns if shell else {}
    return {name: names[name] for name in project.settings.parameters if name in names}


def _refuse_unknown_parameters(source: str, before: list[str]) -> None:
    """Raise ParameterError where papermill was given one that nobody knows: it only warns.

    Papermill's cell comes after the notebook's own of parameters, whose names are known, or, where
    there is none, before all others; what runs earlier can't know of it.
    """
    if not source.startswith(INJECTED):
        return
    settings = projects.find().settings
    briefs = [settings.briefs.parameter] if settings.briefs else []
    set_before = [name for cell in before for name in _assigned(cell)]
    refuse_unknown(_assigned(source), [*DEFAULTS, *settings.parameters, *briefs, *set_before])


def _assigned(source: str) -> list[str]:
    """Return the names that a cell sets."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    targets = (node.targets[0] for node in body if isinstance(node, ast.Assign))
    return [target.id for target in targets if isinstance(target, ast.Name)]


# ---- completion

MATCHER = "dossier"
_ID = r"([\w.]*)$"
_PLACES: tuple[tuple[str, Callable[..., Iterable[tuple[str, str]]]], ...] = (
    (r"\{([\w.]+):([^{}:]*)$", lambda report, id, _: _forms(report, id)),
    (rf"\{{{_ID}", lambda report, typed: _ids(report, typed)),
    (rf"""\bfacts\[["']{_ID}""", lambda report, typed: _ids(report, typed)),
    (r"""\.(table|figure)\(["']([\w-]*)$""", lambda report, kind, _: _names(report, kind)),
    (r"""\.describe\(["'](\w*)$""", lambda report, _: _tables(report)),
)
"""Where something of the report's is completed: what stands before the cursor, and what may."""


def _matcher(report: "Report") -> Any:
    def matcher(context: Any) -> dict[str, Any]:
        before = context.full_text[: _position(context)]
        for pattern, offered in _PLACES:
            match = re.search(pattern, before)
            if match and (not pattern.startswith(r"\{") or _in_sentence(before[: match.start()])):
                typed = match.groups()[-1]
                found = [(text, kind) for text, kind in offered(report, *match.groups())]
                completions = [
                    SimpleCompletion(text=text, type=kind)
                    for text, kind in found
                    if text.startswith(typed)
                ]
                return {"completions": completions, "matched_fragment": typed, "suppress": True}
        return {"completions": [], "suppress": False}

    return context_matcher(identifier=MATCHER)(matcher)


def _position(context: Any) -> int:
    """Return where the cursor stands in the whole text."""
    lines = context.full_text.split("\n")[: context.cursor_line]
    return sum(len(line) + 1 for line in lines) + int(context.cursor_position)


def _in_sentence(before: str) -> bool:
    """Tell whether a brace after this text opens a fact: in a text, or in a cell of prose.

    >>> _in_sentence('report.say("By '), _in_sentence("rows = "), _in_sentence('f"')
    (True, False, False)
    """
    line = before.rpartition("\n")[2]
    opened = re.search(r"""(\w?)"[^"]*$""", line) if line.count('"') % 2 else None
    return before.startswith("%%") or bool(opened and opened[1] not in ("f", "F"))


def _ids(report: "Report", typed: str) -> Iterable[tuple[str, str]]:
    """Return the ids of facts; of cells as far as they are typed: table, key, column."""
    record, parts = report.record, typed.split(".")
    if len(parts) == 1:
        tables = ((f"{table}.", "table") for table in record.schema.tables)
        return [*((id, "fact") for id in report.facts), *tables]
    table, *rest = parts
    if table not in record.tables:
        return []
    if len(rest) == 1:
        keys = (row.partition(":")[2] for row in record.tables[table].index)
        return [(f"{table}.{key}.", "row") for key in keys]
    return [(f"{table}.{rest[0]}.{column}", "cell") for column in record.schema.fields(table)]


def _forms(report: "Report", id: str) -> Iterable[tuple[str, str]]:
    fact = report.facts[id]
    forms = report.facts.forms(fact) if isinstance(fact, Fact) else {}
    return [(form, text) for form, text in forms.items() if form]


def _names(report: "Report", kind: str) -> Iterable[tuple[str, str]]:
    return [(name, kind) for name in registry_of(report.project).of(kind)]


def _tables(report: "Report") -> Iterable[tuple[str, str]]:
    return [(table, "table") for table in report.record.schema.tables]
