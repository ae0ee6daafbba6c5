"""The reference, docs/reference.md, made from the code: what there is, by its own docstrings."""

import argparse
import dataclasses
import datetime
import importlib
import inspect
import pkgutil
import re
import types
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin, get_type_hints

from dossier import __main__ as command_line
from dossier import export, gates, parameters, registry
from dossier import project as projects
from dossier.data.schema import ENGINE_TABLES, Schema, schema_of
from dossier.facts import sentences, trace
from dossier.facts.fact import Fact, forms_of
from dossier.project import Project
from dossier.show.report import Report
from dossier.text.units import Unit, units_of

ENTRY = re.compile(r"^ *``(\w+)``: ", re.MULTILINE)
"""How a docstring begins what it says of a key, on a line of its own."""
HEAD = """\
# Reference

What there is to name, and what it means. Made from the code and from `data/datapackage.json`: \
change it there, and write this page anew with

```sh
UPDATE=1 .venv/bin/pytest tests/test_reference.py
```

[The guide](guide.md) makes a dossier from an article; [the architecture](architecture.md) says \
where a new thing belongs; [CONTRIBUTING.md](../CONTRIBUTING.md) has an example of each."""


def text(project: Project) -> str:
    """Return the reference as Markdown."""
    schema = schema_of(project.data)
    parts = [
        HEAD,
        commands(project),
        targets(project),
        parameters_of(project),
        settings(),
        "## Tables\n\n" + prose(inspect.getdoc(inspect.getmodule(Schema))),
        *(table_of(schema, name) for name in sorted(schema.tables, key=_of_the_engine_first)),
        forms(),
        in_a_notebook(),
        marks(),
        values(),
        modules(),
        facts(project),
    ]
    return "\n\n".join(parts) + "\n"


def grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = [[" ".join(prose(cell).replace("|", r"\|").split()) for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in cells)


def prose(docstring: str) -> str:
    """Return reStructuredText of a docstring as Markdown."""
    return docstring.replace("``", "`")


def first_paragraph(thing: Any) -> str:
    return " ".join(inspect.getdoc(thing).split("\n\n")[0].split())


def entries(kind: Any) -> dict[str, str]:
    """Return what a docstring says of each key, by the key."""
    _, *parts = ENTRY.split(inspect.getdoc(kind))
    return {
        key: part.strip().rstrip(".") for key, part in zip(parts[::2], parts[1::2], strict=True)
    }


# ---- commands and parameters


def commands(project: Project) -> str:
    parser, _ = command_line._parser()
    (found,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    helps = {action.dest: action.help for action in found._choices_actions}
    rows = []
    for name, command in found.choices.items():
        actions = [a for a in command._actions if a.dest != "help"]
        rows.append((f"`{' '.join([name, *map(_usage, actions)])}`", helps[name]))
        rows += [(f"`{_name(a)}`", a.help) for a in actions if a.help]
    for name, own in registry.registry_of(project).of("command").items():
        rows.append((f"`{name} …`", f"{own.documentation[0]} (this dossier's own)"))
    intro = "Each after `.venv/bin/python -m dossier`; `--help` after a command says the same."
    return f"## Commands\n\n{intro}\n\n" + grid(("command", "what it does"), rows)


def _name(action: argparse.Action) -> str:
    name = action.option_strings[0] if action.option_strings else ""
    takes = action.nargs != 0
    value = str(action.metavar or (action.dest.upper() if name else action.dest)) if takes else ""
    return " ".join(filter(None, (name, value)))


def _usage(action: argparse.Action) -> str:
    if action.nargs == "*":
        return f"[{_name(action)} …]"
    return f"[{_name(action)}]" if action.option_strings else _name(action)


def targets(project: Project) -> str:
    makefile = (project.root / "Makefile").read_text(encoding="utf-8")
    found = re.findall(r"^([a-z]+):.*?## (.*)$", makefile, re.MULTILINE)
    rows = [(f"`make {name}`", what) for name, what in found]
    return "## Targets of make\n\n" + grid(("target", "what it does"), rows)


def parameters_of(project: Project) -> str:
    meaning = entries(parameters.Parameters)
    values = {"as_of": "a day, or `latest`", "formats": ", ".join(export.formats())}
    values |= {name: ", ".join(choices) for name, choices in parameters.CHOICES.items()}
    rows = [
        (f"`{name}`", values[name], usual, meaning[name])
        for name, usual in parameters.DEFAULTS.items()
    ]
    intro = (
        "Of `report`, `preview`, `briefs` and `audit`, written `name=value`; with make the names "
        "are capitals: `make report AS_OF=2024-07-07`."
    )
    if project.settings.briefs:
        own = project.settings.briefs.parameter
        intro += f" `briefs` takes `{own}` as well, to build one, and `scheduler`."
    table = grid(("parameter", "values", "usual", "meaning"), rows)
    return f"## Parameters of an edition\n\n{intro}\n\n{table}"


# ---- dossier.toml


def settings() -> str:
    kinds = {
        "": projects.Settings,
        "[article]": projects.ArticleSettings,
        "[data]": projects.DataSettings,
        "[report]": projects.ReportSettings,
        "[[editions]]": projects.EditionSettings,
        "[timeline]": projects.TimelineSettings,
        "[timeline.apart]": projects.Apart,
        "[briefs]": projects.BriefSettings,
        "[parameters.NAME]": projects.ParameterSettings,
        '[units."NAME"]': Unit,
    }
    parts = ["## dossier.toml"]
    for name, kind in kinds.items():
        if name:
            parts.append(f"### `{name}`\n\n{inspect.getdoc(kind).splitlines()[0]}")
        parts.append(grid(("key", "type", "without it", "meaning"), _keys(kind)))
    return "\n\n".join(parts)


def _keys(kind: Any) -> Iterator[tuple[str, ...]]:
    types_, meaning = get_type_hints(kind), entries(kind)
    assert set(meaning) == set(types_), f"{kind.__name__}: its docstring says something of each key"
    for field in dataclasses.fields(kind):
        if kind is Unit and field.name == "name":
            continue
        yield f"`{field.name}`", _type(types_[field.name]), _default(field), meaning[field.name]


def _type(kind: Any) -> str:
    names = {str: "text", bool: "true or false", float: "number", datetime.date: "day", Any: ""}
    if kind in names:
        return names[kind]
    inner = [k for k in get_args(kind) if k not in (..., types.NoneType)]
    if get_origin(kind) is tuple and ... in get_args(kind):
        return f"list of {_plural(_type(inner[0]))}"
    if get_origin(kind) is tuple:
        return " and ".join(map(_type, inner))
    if get_origin(kind) is dict:
        of = _type(inner[1]) if inner[1] != dict[str, Any] else "table"
        return f"{of} by name"
    return _type(inner[0]) if inner else "table"


def _plural(word: str) -> str:
    return {"text": "texts", "day": "days", "table": "tables", "": "values"}[word]


def _default(field: dataclasses.Field) -> str:
    missing = dataclasses.MISSING
    if field.default is missing and field.default_factory is missing:
        return "an error"
    value = field.default if field.default_factory is missing else field.default_factory()
    if isinstance(value, bool):
        return str(value).lower()
    empty = value in ("", (), None) or value == {} or dataclasses.is_dataclass(value)
    return "nothing" if empty else f"`{value}`"


# ---- tables


def _of_the_engine_first(name: str) -> tuple[int, str]:
    return (ENGINE_TABLES.index(name) if name in ENGINE_TABLES else len(ENGINE_TABLES)), ""


def table_of(schema: Schema, name: str) -> str:
    resource = schema.tables[name]
    keys = ", ".join(f"`{key}`" for key in schema.key_columns(name))
    every = " Every dossier has it." if name in ENGINE_TABLES else ""
    intro = f"{resource['title']}.{every} Key: {keys}."
    rows = [
        (
            f"`{field['name']}`",
            field["type"],
            _constraints(field.get("constraints", {})),
            field["description"],
        )
        for field in schema.fields(name).values()
    ]
    intro += _counts_from(schema, name)
    return f"### {name}\n\n{intro}\n\n" + grid(("field", "type", "must", "meaning"), rows)


def _counts_from(schema: Schema, name: str) -> str:
    """Return, in words, the columns that say from which day a row counts."""
    day = schema.known(name).get("on")
    sources = ", ".join(f"`{column}`" for column in schema.source_columns(name))
    parts = [f"from its `{day}` on"] if day else []
    parts += [f"not before one of its sources was known ({sources})"] if sources else []
    return f" A row counts {', '.join(parts)}." if parts else ""


def _constraints(given: dict[str, Any]) -> str:
    words = {
        "required": lambda value: "be there",
        "unique": lambda value: "be unique",
        "enum": lambda value: f"be one of {', '.join(map(str, value))}",
        "pattern": lambda value: f"match `{value}`",
        "minimum": lambda value: f"be {value} or more",
        "maximum": lambda value: f"be {value} or less",
    }
    return "; ".join(words[name](value) for name, value in given.items() if value is not False)


# ---- what a notebook says


EXAMPLES = (
    ("a number", Fact("n", "stated", "", 20, "countries", "about", "approximately")),
    ("a number in a symbol's unit", Fact("n", "computed", "", 2.378, "percent", decimals=2)),
    ("a quantity", Fact("n", "stated", "", 600.0, "miles", round_figure=True)),
    ("a sum of money", Fact("n", "stated", "", 1.5, "million GBP", "at_least", "at least", 1)),
    ("a day", Fact("n", "sourced", "", datetime.date(2024, 7, 7), "date", precision="day")),
    ("a month", Fact("n", "sourced", "", datetime.date(2024, 7, 1), "date", precision="month")),
    ("a name", Fact("n", "sourced", "", "the council", "text")),
)


def forms() -> str:
    units = units_of({})
    rows = [
        (what, f"`{{id{':' * bool(form)}{form}}}`", printed)
        for what, fact in EXAMPLES
        for form, printed in forms_of(fact, units, "imperial").items()
    ]
    head, _, listed = inspect.cleandoc(sentences.__doc__).partition("\n\n")
    intro = f"## Forms in sentences\n\n{head}\n\n```\n{listed}\n```"
    return f"{intro}\n\nWhat each prints, of an example:\n\n" + grid(("of", "form", "prints"), rows)


def in_a_notebook() -> str:
    rows = [
        (f"`report.{name}{_signature(function, drop=('self',))}`", first_paragraph(function))
        for name, function in vars(Report).items()
        if inspect.isfunction(function) and not name.startswith("_")
    ]
    return "## What a notebook calls\n\n" + grid(("of `report = Report(as_of, units)`", ""), rows)


def _signature(function: Any, drop: tuple[str, ...] = ()) -> str:
    signature = inspect.signature(function)
    kept = [p.replace(annotation=p.empty) for n, p in signature.parameters.items() if n not in drop]
    return str(signature.replace(parameters=kept, return_annotation=signature.empty))


# ---- what the analysis is made of


MARKS = ("fact", "rule", "check", "table", "figure", "keep", "command")


def marks() -> str:
    rows = []
    for name in MARKS:
        function = getattr(registry, name)
        takes = list(inspect.signature(function).parameters)
        call = f"@{name}" if takes == ["function"] else f"@{name}{_signature(function)}"
        said, _, arguments = inspect.getdoc(function).partition("\n\nArgs:\n")
        rows.append((f"`{call}`", said))
        for argument in re.findall(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", arguments, re.MULTILINE):
            rows.append((f"`{argument[0]}`", argument[1]))
    return "## Marks of the analysis\n\n" + grid(("mark", "what it marks"), rows)


def values() -> str:
    rows = [
        (f"`{name}{_signature(function)}`", first_paragraph(function))
        for name, function in vars(trace).items()
        if inspect.isfunction(function)
        and function.__module__ == trace.__name__
        and not name.startswith("_")
    ]
    intro = "What a fact's function returns; each raises NotKnown for what was not known by then."
    return f"## Values with their rows\n\n{intro}\n\n" + grid(("function", ""), rows)


def modules() -> str:
    found = [importlib.import_module(f"{gates.__name__}.{m.name}") for m in _modules(gates)]
    held = {m.__name__.rpartition(".")[2]: m for m in found if hasattr(m, "find")}
    made = {name: inspect.getmodule(f.render or f.bundle) for name, f in export.formats().items()}
    rows = [
        (kind, f"`{name}`", first_paragraph(module))
        for kind, modules_ in (("format", made), ("gate", held))
        for name, module in modules_.items()
    ]
    return "## Formats and gates\n\n" + grid(("kind", "name", "what it does"), rows)


def _modules(package: types.ModuleType) -> Iterable[pkgutil.ModuleInfo]:
    return pkgutil.iter_modules(package.__path__)


def facts(project: Project) -> str:
    found = registry.registry_of(project)
    defined = [*found.of("fact").values(), *found.of("brief fact").values()]
    parts = [
        "## Facts\n\nBeside these, each `fact_id` of claims.csv is a fact, and each cell: "
        "`{table.key.column}`."
    ]
    for module in dict.fromkeys(d.function.__module__ for d in defined):
        rows = [
            (
                f"`{d.name}`",
                d.options["unit"],
                ". ".join(filter(None, d.documentation)).removesuffix(".") + ".",
                ", ".join(f"`{p}`" for p in d.parameters if p not in (*GIVEN, *d.variables)),
            )
            for d in defined
            if d.function.__module__ == module
        ]
        table = grid(("fact", "unit", "what it is", "rests on"), rows)
        parts.append(f"### {module}\n\n{table}")
    return "\n\n".join(parts)


GIVEN = ("record", "facts", "entity")
"""Parameters of a fact's function that name no fact."""
