"""The ledger: all facts of one edition by id, each computed when it is asked for, once."""

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dossier.data import noted
from dossier.data.known import NotKnown, Record
from dossier.data.schema import DataError
from dossier.errors import Mendable, did_you_mean, mistake
from dossier.facts import sentences
from dossier.facts.fact import Fact, FactError, Forms, Later, forms_of
from dossier.facts.sentences import escape
from dossier.facts.trace import Traced
from dossier.registry import Definition, registry_of
from dossier.text.article import unescape
from dossier.text.numbers import decimals_of, is_round
from dossier.text.units import Unit, unit_of, units_of
from dossier.text.words import QUALIFIERS, USUAL


@dataclass(frozen=True)
class _Call:
    """A fact's function with the items of its family's variables."""

    definition: Definition
    variables: Mapping[str, Any]


class Ledger:
    """All facts of one edition; fills sentences, and refuses what it does not know.

    ``record`` is what was known; ``first`` is the system of units that leads, imperial or metric.
    """

    def __init__(self, record: Record, first: str = "imperial"):
        self.record = record
        self.first = first
        self.units: Mapping[str, Unit] = units_of(record.project.settings.units)
        self._facts: dict[str, Fact | Later] = {}
        self._claims = {c["fact_id"]: c for c in record.claims.to_dict("records")}
        self._calls = _calls(record)
        self._running: list[str] = []
        self.memory = noted.Memory()
        """What is known of computed facts from before."""
        self.told: dict[str, None] = {}
        """The facts whose text was asked for, since whoever watches emptied it."""
        if both := sorted({*self._claims} & {*self._calls}):
            raise FactError(f"fact {both[0]!r} is stated by a claim, and computed: rename one")

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of the stated facts that have a value, then of all that are defined."""
        noted.FACTS.add(noted.EVERY)
        yield from (id for id, claim in self._claims.items() if claim["value"])
        yield from self._calls

    def __getitem__(self, id: str) -> Fact | Later:
        noted.FACTS.add(id)
        if id not in self._facts:
            with noted.computing():
                self._facts[id] = self._find(id)
        return self._facts[id]

    def used(self) -> list[Fact]:
        """Return the facts that were asked for and known, in the order of their definition."""
        order = {id: n for n, id in enumerate(self)}
        known = [fact for fact in self._facts.values() if isinstance(fact, Fact)]
        return sorted(known, key=lambda fact: order.get(fact.id, len(order)))

    def compute_all(self) -> None:
        """Compute every fact that is stated or defined."""
        for id in self:
            self[id]

    def known(self, id: str) -> bool:
        return isinstance(self[id], Fact)

    def value(self, id: str) -> Any:
        """Return a fact's value, or None where it was not known."""
        fact = self[id]
        return fact.value if isinstance(fact, Fact) else None

    def require(self, id: str) -> Fact:
        """Return a known fact, or raise NotKnown."""
        fact = self[id]
        if isinstance(fact, Later):
            raise NotKnown(f"fact {id!r} was not known on {self.record.as_of}")
        return fact

    def recompute(self, id: str, record: Record) -> Any:
        """Return the value of a computed fact from another record; its inputs stay as they are."""
        return self._evaluate(id, self._calls[id], record)[0].value

    # ---- how facts print

    def forms(self, fact: Fact) -> Forms:
        """Return every way in which a fact may print, by its form."""
        return forms_of(fact, self.units, self.first)

    def text(self, id: str, form: str = "") -> str:
        """Return a known fact as printed in a form; a number or a verdict chooses a word.

        The first of ``was|were`` is for one, and for what is confirmed.
        """
        fact = self.require(id)
        self.told[id] = None
        if "|" in form:
            one, many = form.split("|")
            return one if fact.value in (1, "confirmed") else many
        forms = self.forms(fact)
        if form not in forms:
            known = ", ".join(f or "the plain one" for f in forms)
            raise FactError(f"fact {id!r} has no form {form!r}; it has: {known}")
        return forms[form]

    def fill(self, template: str) -> str | None:
        """Return Markdown with every fact and source linked to its entry.

        None where one of them was not known.
        """
        if not self._is_known(template):
            return None
        allowed = self.record.project.settings.allowed
        return sentences.fill(template, self._link, allowed, self._cite)

    def join(self, *templates: str) -> str:
        """Return those of the sentences whose facts were known, as one paragraph of Markdown."""
        return " ".join(filter(None, map(self.fill, templates)))

    def plain(self, template: str) -> str:
        """Return a sentence as plain text, for alternative texts and labels; raise NotKnown."""
        return sentences.fill(template, self.text, self.record.project.settings.allowed)

    def plain_join(self, *templates: str) -> str:
        """Return those of the sentences whose facts were known, as plain text."""
        return " ".join(map(self.plain, filter(self._is_known, templates)))

    def _is_known(self, template: str) -> bool:
        facts, sources = sentences.named_facts(template), sentences.cited_sources(template)
        if sources:
            known = set(self.record.everything["sources"]["source_id"])
            if strange := next((id for id in sources if id not in known), None):
                hint = did_you_mean(strange, known, "add its row to data/sources.csv")
                raise FactError(f"no source {strange!r}, which a sentence cites: {hint}")
        return all(map(self.known, facts)) and all(map(self.record.knows, sources))

    def _cite(self, id: str) -> str:
        return rf" [\[{self.record.source_numbers[id]}\]](<#source-{id}>)"

    def _link(self, id: str, form: str) -> str:
        text = self.text(id, form)
        return text if "|" in form else f"[{escape(text)}](<#fact-{id}>)"

    # ---- how facts come about

    def _find(self, id: str) -> Fact | Later:
        if id in self._claims and self._claims[id]["value"]:
            return self._stated(self._claims[id])
        if id in self._calls:
            call = self._calls[id]
            name = f"{id} {dict(call.variables)!r}" if call.variables else id
            found: Fact | Later = self.memory.once(name, lambda: self._computed(id, call))
            return found
        if id.count(".") == 2:
            return self._sourced(id)
        if id in _calls(_latest(self.record)):
            return Later(id)
        hint = did_you_mean(id, self, "an id is a function's name in analysis/")
        raise FactError(f"no fact {id!r}: {hint}")

    def _stated(self, claim: Mapping[str, Any]) -> Fact:
        """Return the stated fact of a row of claims.csv that has a value."""
        written, unit = claim["value"], claim["unit"]
        precision = {"month": "month", "date": "day"}.get(unit, "")
        value = _stated_value(written, unit)
        words = [w for w in QUALIFIERS[claim["qualifier"]] if w and w in claim["exact"].lower()]
        single = not isinstance(value, str | datetime.date)
        converts = single and bool(unit_of(unit, self.units).other)
        return Fact(
            id=claim["fact_id"],
            kind="stated",
            label=claim["label"],
            value=value,
            unit="date" if precision else unit,
            qualifier=claim["qualifier"],
            wording=words[0] if words else USUAL.get(claim["qualifier"], ""),
            decimals=decimals_of(written) if single else 0,
            precision=precision,
            round_figure=converts and is_round(value),
            quote=claim["exact"],
            prefix=unescape(claim["prefix"]),
            suffix=unescape(claim["suffix"]),
            start=int(claim["start"]),
            end=int(claim["end"]),
            speaker=claim["speaker"],
            rows=(f"claims:{claim['claim_id']}",),
            sources=(self.record.project.settings.article.source,),
            future=bool(precision),
        )

    def _sourced(self, id: str) -> Fact | Later:
        """Return the fact of a cell: ``table.key.column``."""
        table, key, column = id.split(".")
        schema = self.record.schema
        if table not in schema.tables:
            hint = did_you_mean(table, schema.tables, "see data/datapackage.json")
            raise FactError(f"no fact {id!r}: no table {table!r}; {hint}")
        if column not in schema.fields(table):
            hint = did_you_mean(column, schema.fields(table), "see data/datapackage.json")
            raise FactError(f"no fact {id!r}: no column {column!r} in data/{table}.csv; {hint}")
        if key.count("/") + 1 != len(schema.key_columns(table)):
            keys = "/".join(schema.key_columns(table))
            raise FactError(f"no fact {id!r}: a key of {table} is {keys}")
        try:
            row = self.record.row(table, key)
        except NotKnown:
            return Later(id)
        except DataError as error:
            raise FactError(f"no fact {id!r}: {error}") from None
        return _cell_fact(self.record, id, row, schema.fields(table)[column])

    def _computed(self, id: str, call: _Call) -> Fact | Later:
        if id in self._running:
            chain = " → ".join([*self._running[self._running.index(id) :], id])
            raise FactError(f"facts rest on each other: {chain}; take one of the parameters out")
        self._running.append(id)
        try:
            found, inputs = self._evaluate(id, call, self.record)
        except NotKnown:
            return Later(id)
        except Mendable:
            raise
        except Exception as error:
            raise FactError(mistake(f"fact {id!r} ({call.definition.place})", error)) from error
        finally:
            self._running.pop()
        return self._fact(id, call, found, inputs)

    def _evaluate(self, id: str, call: _Call, record: Record) -> tuple[Traced, tuple[str, ...]]:
        """Run a fact's function; return what it returns and the facts that it asked for."""
        noted.MODULES.add(call.definition.function.__module__)
        watched = WatchedFacts(self)
        arguments: dict[str, Any] = {}
        for name in call.definition.parameters:
            if name == "record":
                arguments[name] = record
            elif name == "facts":
                arguments[name] = watched
            elif name == "entity":
                arguments[name] = record.entity
            elif name in call.variables:
                arguments[name] = call.variables[name]
            else:
                arguments[name] = watched.require(name).value
        found = call.definition.function(**arguments)
        result = found if isinstance(found, Traced) else Traced(found)
        if result.value is None:
            raise NotKnown(id)
        return replace(result, value=plain_value(result.value)), tuple(watched.asked)

    def _fact(self, id: str, call: _Call, found: Traced, inputs: tuple[str, ...]) -> Fact:
        if not found.rows and not inputs:
            raise FactError(
                f"fact {id!r} ({call.definition.place}) names neither rows nor facts: return what "
                "count, total, first, last, only, cell or traced give"
            )
        label, rule = call.definition.documentation
        said = {name: str(v).replace("_", " ") for name, v in call.variables.items()}
        options = call.definition.options
        of_rows = [self.record.sources_of(row, found.columns) for row in found.rows]
        of_inputs = [self.require(i).sources for i in inputs]
        return Fact(
            id=id,
            kind="computed",
            label=_filled(label, said),
            value=found.value,
            unit=options["unit"],
            qualifier=options["qualifier"],
            wording=options["wording"],
            decimals=options["decimals"],
            precision=options["precision"] if isinstance(found.value, datetime.date) else "",
            rule=_filled(rule or label, said),
            inputs=inputs,
            rows=found.rows,
            sources=tuple(dict.fromkeys(itertools.chain(*of_rows, *of_inputs))),
            future=options["future"],
        )


class WatchedFacts:
    """The ledger as a function with a parameter ``facts`` sees it: what it asks for is noted."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self.asked: dict[str, None] = {}

    def require(self, id: str) -> Fact:
        """Return a known fact, or raise NotKnown."""
        fact = self._ledger.require(id)
        self.asked[id] = None
        return fact

    def value(self, id: str) -> Any:
        """Return a fact's value, or raise NotKnown."""
        return self.require(id).value


def _calls(record: Record) -> dict[str, _Call]:
    """Return the function behind every id that is defined for a record, families item by item.

    In a brief, a fact that takes ``entity`` stands in the place of the report's of the same id.
    """
    registry = registry_of(record.project)
    calls = _calls_of(registry.of("fact").values(), record)
    if record.entity:
        calls |= _calls_of(registry.of("brief fact").values(), record)
    return calls


def _calls_of(definitions: Iterable[Definition], record: Record) -> dict[str, _Call]:
    calls: dict[str, _Call] = {}
    for definition in definitions:
        for variables in _items(definition, record):
            id = _filled(definition.name, {name: as_id(v) for name, v in variables.items()})
            if id in calls:
                raise FactError(f"fact {id!r} is defined twice; give one of them another id")
            calls[id] = _Call(definition, variables)
    return calls


def _items(definition: Definition, record: Record) -> Iterator[dict[str, Any]]:
    """Yield the items of a family's variables; nothing where they were not known."""
    lists = []
    for name in definition.variables:
        items = definition.options["over"][name]
        try:
            lists.append(list(items(record) if callable(items) else items))
        except NotKnown:
            return
    for chosen in itertools.product(*lists):
        yield dict(zip(definition.variables, chosen, strict=True))


def _latest(record: Record) -> Record:
    """Return the record of the newest edition, all rows known."""
    return replace(record, tables=record.everything, as_of=record.newest)


def _stated_value(written: str, unit: str) -> Any:
    """Return the value of a claim: a day, a number, or what is no single number as it is written.

    >>> _stated_value("2025-03", "month"), _stated_value("180/220", "mm")
    (datetime.date(2025, 3, 1), '180/220')
    """
    if unit in ("date", "month"):
        return datetime.date.fromisoformat(written if unit == "date" else f"{written}-01")
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", written):
        return written
    return float(written) if "." in written else int(written)


def _filled(text: str, variables: Mapping[str, Any]) -> str:
    text = text.replace("'", "’")
    return re.sub(r"\{(\w+)\}", lambda m: str(variables.get(m[1], m[0])), text)


def as_id(item: Any) -> str:
    """Return an item of a family as the ids of its facts hold it.

    >>> as_id("cannot be verified"), as_id("C05")
    ('cannot_be_verified', 'c05')
    """
    return str(item).lower().replace(" ", "_")


def plain_value(value: Any) -> Any:
    """Return a value of pandas or numpy as Python's own; a day as a date."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return value.item() if hasattr(value, "item") else value


def _cell_fact(record: Record, id: str, row: pd.Series, field: Mapping[str, Any]) -> Fact | Later:
    """Return the sourced fact of a row's cell; Later where the cell is empty."""
    table, key, column = id.split(".")
    value = row[column]
    if pd.isna(value) or value == "":
        return Later(id)
    value = plain_value(value)
    precision = qualifier = ""
    if isinstance(value, datetime.date):
        precision = row.get(record.schema.known(table).get("precision", ""), "") or "day"
    if field.get("qualifier"):
        qualifier = row[field["qualifier"]]
    named = record.schema.tables[table].get("named")
    unit = "date" if precision else field.get("unit", "text")
    units = units_of(record.project.settings.units) if field.get("qualifier") else {}
    converts = bool(units) and bool(unit_of(unit, units).other)
    return Fact(
        id=id,
        kind="sourced",
        label=f"{row[named] if named else key}: {field['description'].partition(';')[0]}",
        value=value,
        unit=unit,
        qualifier=qualifier or "exact",
        wording=row.get(field.get("wording", ""), "") or USUAL.get(qualifier or "exact", ""),
        decimals=decimals_of(f"{value!r}".rstrip("0")) if isinstance(value, float) else 0,
        precision=precision,
        round_figure=converts and is_round(value),
        rows=(f"{table}:{key}",),
        sources=record.sources_of(f"{table}:{key}", [column]),
    )
