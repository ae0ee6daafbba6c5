"""One edition of the report, as a chapter sees it: its record, its facts, how they are shown."""

import dataclasses
import datetime
import functools
import html
import math
from typing import Any

import pandas as pd
from IPython import get_ipython
from IPython.display import display

from dossier import parameters as parameter_checks
from dossier import project as projects
from dossier.data import noted
from dossier.data.known import NotKnown, Record, known_on
from dossier.data.schema import DataError
from dossier.data.tables import Stamps, load, stamps
from dossier.errors import Mendable, did_you_mean
from dossier.facts.fact import FactError
from dossier.facts.ledger import Ledger, plain_value
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.registry import Definition, registry_of
from dossier.show import charts, frames, hover
from dossier.show.assist import assist, in_kernel, set_in_notebook
from dossier.show.briefs import brief_record, entities
from dossier.show.lookup import found_html, found_text
from dossier.show.tables import Column, Table


@functools.lru_cache(maxsize=4)
def _known(project: Project, given: Parameters, state: Stamps) -> Ledger:
    """Return what an edition or a brief knows; once for the same files, also for forked children.

    Raises DataError where the words of a claim do not stand in the article.
    """
    record = _whole(project, given.as_of, given.own, state)
    if given.entity:
        record = brief_record(record, given.entity)
    return Ledger(record, given.units)


@functools.lru_cache(maxsize=2)
def _whole(
    project: Project, as_of: datetime.date, own: tuple[tuple[str, Any], ...], state: Stamps
) -> Record:
    """Return the record of an edition, from which those of its briefs are cut."""
    record = dataclasses.replace(known_on(project, as_of), parameters=dict(own))
    for table in ("claims", "exclusions"):
        rows = record.tables[table].to_dict("records")
        if problems := record.article.check_anchors(rows, table):
            raise DataError(problems)
    return record


class RecountError(Mendable):
    """A recount in a notebook that does not come to what the fact says."""


class Report:
    """The edition that a chapter belongs to. Every method shows its result in the notebook.

    The project's own parameters are those that the notebook has set, by name, or the defaults.

    Outputs carry, in their metadata under ``dossier``, what the exporters need; the HTML or
    Markdown beside it is for JupyterLab.
    """

    def __init__(
        self, as_of: str = "latest", units: str = "imperial", entity: str = "", **own: object
    ):
        project = projects.find()
        own = set_in_notebook(project) | own
        given = check_parameters(project, {"as_of": as_of, "units": units} | own, entity)
        self._open(project, given)

    @classmethod
    def for_edition(cls, project: Project, given: Parameters) -> "Report":
        """Return the edition, or the brief, of checked parameters."""
        report = cls.__new__(cls)
        report._open(project, given)
        return report

    def _open(self, project: Project, given: Parameters) -> None:
        self.project, self.parameters = project, given
        self.facts = _known(project, given.of_chapters(), stamps(project))
        self.record: Record = self.facts.record
        if shell := get_ipython():
            assist(shell, self)

    @property
    def entity(self) -> str:
        return self.parameters.entity

    def say(self, *sentences: str, otherwise: str = "") -> None:
        """Show the sentences as one paragraph; one whose fact was not known is left out.

        Where all are left out, ``otherwise`` is shown instead.
        """
        self._prose("prose", sentences, otherwise)

    def points(self, *sentences: str) -> None:
        """Show the sentences as a list."""
        _check_sentences(sentences)
        lines = [f for f in map(self.facts.fill, sentences) if f]
        self._markdown("prose", "\n".join(f"- {line}" for line in lines))
        self._tell_left_out(sentences)

    def finding(self, *sentences: str, otherwise: str = "") -> None:
        """Show the chapter's finding."""
        self._prose("finding", sentences, otherwise)

    def note(self, *sentences: str, otherwise: str = "") -> None:
        """Show a caveat."""
        self._prose("note", sentences, otherwise)

    def recount(self, **found: Any) -> None:
        """Hold what a cell has worked out from the tables against the facts of these names.

        The report prints nothing of it. A fact that was not known by then holds nothing. Raises
        RecountError where a value is not the fact's.
        """
        lines = []
        for id, value in found.items():
            if not self.facts.known(id):
                lines.append(f"{id}: not known by then, nothing to hold it against")
                continue
            own = self.facts.value(id)
            if not _is_same(plain_value(value), own):
                raise RecountError(
                    f"{id} is {plain_value(value)!r} by this cell and {own!r} by the fact: mend "
                    "the cell, the fact's function in analysis/, or the table"
                )
            lines.append(f"{id}: {self.facts.text(id)}, in the cell as in the fact")
        text = "\n\n".join(lines)
        _display({"text/markdown": text, "text/plain": text}, {"kind": "aside"})

    def panel(self, items: list[tuple[str, str, str]]) -> None:
        """Show key figures: (label, template of the figure, template of what the record shows)."""
        filled = [
            (label, figure, self.facts.join(found))
            for label, template, found in items
            if (figure := self.facts.fill(template))
        ]
        if not filled:
            return
        lines = "\n".join(f"- **{label}**: {figure}. {found}" for label, figure, found in filled)
        self._emit({"text/markdown": lines}, {"kind": "panel", "items": filled})

    def matters(self, caption: str, *matters: tuple[str, str, list[str], list[str]]) -> None:
        """Show the article's main claims, a row each, as a table called matters.

        A matter is the claim's id, a sentence on what the article says, sentences on what the
        record shows, and sentences on what else to know. A sentence whose fact was not known is
        left out. The verdict is that on the claim. Where dossier.toml names the main claims, they
        are these: its counts are of them.
        """
        named = self.project.settings.article.main
        given = tuple(claim for claim, *_ in matters)
        if named and given != named:
            raise ValueError(
                f"report.matters shows {', '.join(given)}, and dossier.toml names under [article] "
                f"main {', '.join(named)}: make them the same, in one order"
            )
        rows = []
        for claim, says, shows, why in matters:
            verdict = self.facts.fill(f"{{verdict_{claim.lower()}}}") or ""
            said = f"{self.facts.join(says)} [{claim}](#quote-{claim})"
            texts = (said, verdict, self.facts.join(*shows) or "–")
            cells = tuple({"markdown": text} for text in (*texts, self.facts.join(*why) or "–"))
            rows.append((f"claims:{claim}", cells))
        columns = (
            Column("The article says", width=1.6),
            Column("Verdict", width=0.82),
            Column("The record shows", width=2.55),
            Column("Worth adding", width=2.35),
        )
        found = Table(self.facts.join(caption), columns, tuple(rows))
        self._show_table(found, "matters")

    def table(
        self, found: str | pd.DataFrame, caption: str = "", note: str = "", name: str = ""
    ) -> None:
        """Show the table of a name, or a frame with its caption.

        Of a name, nothing is shown where what it needs was not known. A frame's index names its
        rows, as the frames of ``record`` do; ``name`` is what links call the table.
        """
        if isinstance(found, pd.DataFrame):
            _check_words("a frame", "report.table(frame, caption=…)", caption)
            made = frames.table_of(found, caption, note, self.facts)
            self._show_table(made, name or frames.name_of(caption))
        else:
            self._show_named(found)

    def _show_named(self, name: str) -> None:
        found: Table | None = self._made("table", name)
        if found is not None and found.rows:
            self._show_table(found, name)

    def figure(
        self, found: Any, title: str = "", alt: str = "", name: str = "", **more: str
    ) -> None:
        """Show the figure of a name, or one of pyplot's with its title and alternative text.

        Of a name, nothing is shown where what it needs was not known; a ``title`` takes the place
        of the figure's own where its facts were. ``more`` may hold a subtitle and a note; ``name``
        is what links call the figure.
        """
        if isinstance(found, str):
            name, figure = found, self._figure(found)
            if figure is None:
                return
            figure = dataclasses.replace(figure, title=self.facts.fill(title) or figure.title)
        else:
            _check_words("a figure", "report.figure(figure, title=…, alt=…)", title, alt)
            name = name or frames.name_of(title)
            with charts.style():
                drawing = frames.drawing_of(found, title, alt, more, self.facts)
                told = dict.fromkeys(frames.told_by(drawing.canvas, self.facts))
                figure = charts.render(drawing, name, told)
        alt = html.escape(figure.alt, quote=True)
        fonts = charts.faces() if in_kernel(get_ipython()) else ""
        body = f'{fonts}<div role="img" aria-label="{alt}">{figure.svg}</div>'
        caption = f"**{figure.title}** {figure.subtitle}"
        self._show(figure.metadata(name), body, caption, figure.note)

    def _figure(self, name: str) -> charts.Figure | None:
        """Return the figure of a name, with its drawing for a phone where it has one.

        It is drawn anew unless a build has kept it from the time when all was the same.
        """
        self._definition("figure", name)
        # what the record has looked up for others is looked up again, and noted for this figure
        self.record = self.facts.record = dataclasses.replace(self.record)
        memory = noted.MEMORY.get()
        found = memory.once(f"figure {name}", lambda: _as_kept(self._drawn(name)))
        return charts.Figure.kept(found) if found else None

    def _drawn(self, name: str) -> charts.Figure | None:
        self.facts.told.clear()
        with charts.style():
            drawing: charts.Drawing | None = self._made("figure", name)
            if drawing is None:
                return None
            figure = charts.render(drawing, name, self.facts.told)
        if not self._definition("figure", name).options["narrow"]:
            return figure
        with charts.style(narrow=True):
            narrow = charts.render(self._made("figure", name), f"{name}-narrow", self.facts.told)
        return dataclasses.replace(figure, narrow=narrow, facts=tuple(self.facts.told))

    def describe(self, table: str = "") -> None:
        """Show what each column of a table means, with its unit; without a name, the tables.

        It is for who writes: no report prints it.
        """
        schema = self.record.schema
        heads, lines = schema.described(table) if table else schema.listed()
        bundle = {"text/html": found_html(heads, lines, "search"), "text/plain": found_text(lines)}
        _display(bundle, {"kind": "aside"})

    def _made(self, kind: str, name: str) -> Any:
        function = self._definition(kind, name).function
        noted.MODULES.add(function.__module__)
        try:
            return function(self.record, self.facts)
        except NotKnown:
            return None

    def _definition(self, kind: str, name: str) -> Definition:
        known = registry_of(self.project).of(kind)
        if name not in known:
            hint = did_you_mean(name, known, f"known are: {', '.join(known)}")
            raise FactError(f"no {kind} {name!r}: {hint}")
        return known[name]

    def _prose(self, kind: str, sentences: tuple[str, ...], otherwise: str = "") -> None:
        _check_sentences((*sentences, otherwise))
        self._markdown(kind, self.facts.join(*sentences) or self.facts.join(otherwise))
        self._tell_left_out(sentences)

    def _tell_left_out(self, sentences: tuple[str, ...]) -> None:
        if hover.is_watched() and (told := hover.left_out(self.facts, sentences)):
            _display({"text/html": told}, {"kind": "aside"})

    def _markdown(self, kind: str, text: str) -> None:
        if text:
            # JupyterLab sets a finding and a caveat off
            shown = text if kind == "prose" else f"> {text}"
            self._emit(self._hovering(shown), {"kind": kind, "markdown": text})

    def _hovering(self, markdown: str) -> dict[str, str]:
        """Return Markdown as it is shown: to who watches, with the evidence of its facts."""
        shown = {"text/markdown": markdown}
        if hover.is_watched():
            shown["text/html"] = hover.prose(markdown, self.facts)
        return shown

    def _show_table(self, found: Table, name: str) -> None:
        body = hover.table(found, self.facts) if hover.is_watched() else found.html()
        self._show(found.metadata(name), body, found.caption, found.note)

    def _show(self, metadata: dict[str, Any], body: str, caption: str, note: str) -> None:
        above = self._hovering(caption)
        if "text/html" in above:  # where links to the table or the figure lead
            place = html.escape(f"{metadata['kind']}-{metadata['id']}")
            above["text/html"] = f'<div id="{place}">{above["text/html"]}</div>'
        _display({"text/plain": caption, **above}, {"kind": "aside"})
        self._emit({"text/html": body}, metadata)
        if note:
            _display({"text/plain": note, **self._hovering(note)}, {"kind": "aside"})

    def _emit(self, bundle: dict[str, str], metadata: dict[str, Any]) -> None:
        names = ("markdown", "caption", "title", "kind")
        plain = next(metadata[name] for name in names if metadata.get(name))
        _display({"text/plain": plain, **bundle}, metadata)


def _as_kept(figure: charts.Figure | None) -> dict[str, Any]:
    return dataclasses.asdict(figure) if figure else {}


def _is_same(value: Any, own: Any) -> bool:
    """Return whether a value is a fact's; of numbers with decimals, up to a billionth."""
    if isinstance(value, float) or isinstance(own, float):
        return isinstance(value, int | float) and math.isclose(value, own, rel_tol=1e-9)
    return bool(value == own)


def _check_words(what: str, call: str, *words: str) -> None:
    """Raise FactError where a frame or a figure comes without the words that it needs."""
    if not all(words):
        raise FactError(f"{what} needs words beside it: {call}")


def _check_sentences(sentences: tuple[Any, ...]) -> None:
    """Raise FactError where something else than a text is handed over as a sentence."""
    for sentence in sentences:
        if isinstance(sentence, list | tuple):
            raise FactError(
                "a list is no sentence: write each below %%say on a line of its own, or put a star "
                "before the list, report.say(*sentences)"
            )
        if not isinstance(sentence, str):
            raise FactError(
                f"{str(sentence)[:40]!r}, a {type(sentence).__name__}, is no sentence: write it "
                "as text that names a fact in braces"
            )


def _display(bundle: dict[str, str], metadata: dict[str, Any]) -> None:
    display(bundle, raw=True, metadata={"dossier": metadata})


def check_parameters(project: Project, given: dict[str, Any], entity: str = "") -> Parameters:
    """Return the effective parameters of an edition or, with ``entity``, of a brief."""
    newest = load(project).newest
    settings = project.settings
    found = parameter_checks.check(given, settings.article.day, newest, settings.parameters)
    return for_entity(project, found, entity) if entity else found


def for_entity(project: Project, given: Parameters, entity: str) -> Parameters:
    """Return the parameters of the brief of an entity, given by key or by name."""
    settings = project.settings.briefs
    if settings is None:
        raise parameter_checks.ParameterError("this dossier has no briefs: see dossier.toml")
    names = entities(_whole(project, given.as_of, given.own, stamps(project)))
    key = parameter_checks.check_entity(entity, settings.parameter, names)
    return dataclasses.replace(given, entity=key, entity_parameter=settings.parameter)
