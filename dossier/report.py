"""One edition of the report, as a chapter sees it: its facts, and how sentences, tables and figures are shown."""

import dataclasses
import functools
import html

from IPython.display import display

from dossier import (
    agreements,
    article,
    briefs,
    claims,
    data,
    front,
    parameters,
    sources,
    spending,
    support,
    timeline,
)
from dossier.facts import Ledger

SUBJECTS = (claims, agreements, front, spending, support, timeline, sources)


def ledger(record: data.Record, units: str = "imperial", ally: str = "") -> Ledger:
    """Return all facts of the edition that knows what ``record`` holds, or of an ally's brief."""
    article.check_anchors(record.claims, "claims")
    article.check_anchors(record.exclusions, "exclusions")
    facts = Ledger(record, units)
    if ally:
        briefs.facts(record, facts, ally)
        return facts
    for subject in SUBJECTS:
        subject.facts(record, facts)
    claims.verdict_facts(record, facts)
    return facts


@functools.lru_cache(maxsize=4)
def _known(given: parameters.Parameters, data_stamps, article_digest) -> tuple[data.Record, Ledger]:
    """Return what an edition or a brief knows; reckoned once for the same files, also for processes forked after."""
    record = data.record(given.as_of)
    if given.ally:
        record = briefs.narrow(record, given.ally)
    return record, ledger(record, given.units, given.ally)


@functools.lru_cache(maxsize=4)
def _members(as_of, data_stamps) -> dict[str, str]:
    return briefs.allies(data.record(as_of))


class Report:
    """The edition that a chapter belongs to. Every method shows its result in the notebook.

    Outputs carry, in their metadata under ``dossier``, what the exporters need; the HTML or Markdown beside it
    is for JupyterLab.
    """

    def __init__(self, as_of: str = "latest", units: str = "imperial", ally: str = ""):
        given = parameters.check({"as_of": as_of, "units": units}, data.newest(data.load()))
        if ally:
            given = dataclasses.replace(
                given, ally=parameters.check_ally(ally, _members(given.as_of, data.stamps()))
            )
        self._open(given)

    @classmethod
    def of(cls, given: parameters.Parameters) -> "Report":
        """Return the edition, or the ally's brief, of checked parameters."""
        report = cls.__new__(cls)
        report._open(given)
        return report

    def _open(self, given: parameters.Parameters) -> None:
        self.parameters, self.ally = given, given.ally
        self.record, facts = _known(given, data.stamps(), article.sha256())
        self.facts = facts.copy()

    def say(self, *sentences: str, otherwise: str = "") -> None:
        """Show the sentences as one paragraph; one that names a fact not known by then is left out.

        Where all are left out, ``otherwise`` is shown instead.
        """
        self._markdown("prose", self._sentences(sentences) or self._sentences([otherwise]))

    def points(self, *sentences: str) -> None:
        """Show the sentences as a list."""
        lines = [f for f in map(self.facts.fill, sentences) if f]
        self._markdown("prose", "\n".join(f"- {line}" for line in lines))

    def finding(self, *sentences: str, otherwise: str = "") -> None:
        """Show the chapter's finding."""
        self._markdown("finding", self._sentences(sentences) or self._sentences([otherwise]))

    def note(self, *sentences: str) -> None:
        """Show a caveat."""
        self._markdown("note", self._sentences(sentences))

    def table(self, table) -> None:
        self._show(table.metadata(), table._repr_html_(), caption=table.caption, note=table.note)

    def figure(self, figure) -> None:
        body = (
            f'<div role="img" aria-label="{html.escape(figure.alt, quote=True)}">{figure.svg}</div>'
        )
        self._show(
            figure.metadata(),
            body,
            caption=f"**{figure.title}** {figure.subtitle}",
            note=figure.note,
        )

    def panel(self, items: list[tuple[str, str, str]]) -> None:
        """Show key figures: (label, template of the figure, template of what the record shows)."""
        filled = [
            (label, self.facts.fill(figure), self.facts.fill(found) if found else "")
            for label, figure, found in items
        ]
        filled = [(label, figure, found or "") for label, figure, found in filled if figure]
        lines = "\n".join(f"- **{label}**: {figure}. {found}" for label, figure, found in filled)
        self._emit({"text/markdown": lines}, {"kind": "panel", "items": filled})

    def _sentences(self, sentences) -> str:
        return " ".join(f for f in map(self.facts.fill, sentences) if f)

    def _markdown(self, kind: str, text: str) -> None:
        if text:
            shown = (
                text if kind == "prose" else f"> {text}"
            )  # JupyterLab sets a finding and a caveat off
            self._emit({"text/markdown": shown}, {"kind": kind, "markdown": text})

    def _show(self, metadata: dict, body: str, caption: str, note: str) -> None:
        display(
            {"text/markdown": caption, "text/plain": caption},
            raw=True,
            metadata={"dossier": {"kind": "aside"}},
        )
        self._emit({"text/html": body}, metadata)
        if note:
            display(
                {"text/markdown": note, "text/plain": note},
                raw=True,
                metadata={"dossier": {"kind": "aside"}},
            )

    def _emit(self, bundle: dict, metadata: dict) -> None:
        plain = (
            metadata.get("markdown")
            or metadata.get("caption")
            or metadata.get("title")
            or metadata["kind"]
        )
        display({"text/plain": plain, **bundle}, raw=True, metadata={"dossier": metadata})
