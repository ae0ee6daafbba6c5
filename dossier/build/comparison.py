"""What changed from one finished file to another: for a terminal, or as a redline for a person.

Both files may be strangers': they are read, and compared, in children with limits.
"""

import datetime
import os
import re
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dossier.build import reasons
from dossier.build.reasons import Known, known_to
from dossier.build.strangers import copied, guarded, read_claims
from dossier.data.known import article_of
from dossier.export import html, pdf_parts
from dossier.export.claims import diff
from dossier.export.html_parts import Parts, parts
from dossier.export.reading import FileError
from dossier.export.redline import (
    Change,
    Redline,
    Side,
    chapters,
    charts,
    compared,
    render,
    replaced,
)
from dossier.parameters import DEFAULTS
from dossier.project import Project
from dossier.registry import facts_of_every_dossier
from dossier.show.charts import PALETTE, colours_of
from dossier.text.dates import day_text

Claims = dict[str, Any]


def difference(old: Path, new: Path) -> list[dict[str, str]]:
    """Return what changed in facts and verdicts, and, of pages or PDFs, in sentences.

    Raises FileError where two files don't compare.
    """
    paged = ".json" not in (old.suffix, new.suffix)  # of which facts alone are asked
    before, after = _sides(old, new, Path(), guarded, paged)
    found: list[dict[str, str]] = guarded(new.name, _difference, before, after)
    return found


def _difference(before: Side, after: Side) -> list[dict[str, str]]:
    rows = diff(before.claims, after.claims)
    for chapter in chapters(before, after):
        for change in chapter.changes:
            was, now = ("".join(word.text for word in words) for words in change.words)
            rows.append({"id": chapter.title, "what": "sentence", "before": was, "after": now})
    return rows


def _refuse_unrelated(*sides: tuple[str, Claims]) -> None:
    """Raise FileError for reports on two articles, or of two entities."""
    names = " and ".join(name for name, _ in sides)
    (was, title), (now, other) = ((c["article"]["sha256"], c["title"]) for _, c in sides)
    if was != now and title != other:
        raise FileError(
            f"{names}: reports on two articles, “{title}” and “{other}”; name two on the same"
        )
    kinds = [_kind(claims["parameters"]) for _, claims in sides]
    if kinds[0] != kinds[1]:
        raise FileError(f"{names}: {kinds[0]} and {kinds[1]}; name two of the same")


def _kind(parameters: dict[str, str]) -> str:
    entity = [value for name, value in parameters.items() if name not in DEFAULTS]
    return f"the brief of {entity[0]}" if entity else "a report"


def compare(
    old: Path, new: Path, folder: Path, project: Project | None, own: bool = False
) -> Redline:
    """Return the redline from one finished file to another, for a page that lies in ``folder``.

    ``own`` files were just built, and are read in this process. Sentences and charts are those of a
    page, or of the page beside a PDF or a facts.json with the same claims; where one side has none,
    sentences are those that two PDFs tell. Reasons name days where ``project`` has the files'
    article. Raises FileError where a file is no report, or the two don't compare.
    """
    run = _here if own else guarded
    before, after = _sides(old, new, folder, run)
    known = Known()
    if project and after.claims["article"]["sha256"] == article_of(project).sha256:
        known = known_to(project)
    found: Redline = run(new.name, _redline, before, after, known)
    return found


Run = Callable[..., Any]


def _here(name: str, work: Run, *given: Any) -> Any:
    """Do the work in this process; as ``guarded``, but for files that are no strangers'."""
    return work(*given)


def write_redline(
    old: Path, new: Path, page: Path, project: Project | None, own: bool = False
) -> Redline:
    """Write the redline from one finished file to another as a page; return it.

    ``own`` is as in ``compare``. Raises FileError also where ``page`` is a file that is compared,
    or has no folder.
    """
    if not page.parent.is_dir():
        raise FileError(f"{page}: there is no folder {page.parent}; make it, or name another file")
    beside = [page_of(file) for file in (old, new)]
    if page.resolve() in {file.resolve() for file in (old, new, *beside)}:
        raise FileError(f"{page.name}: is one of the files that are compared; name another")
    found = compare(old, new, page.parent, project, own)
    colours = colours_of(project) if project else PALETTE
    page.write_bytes(render(found, colours))
    return found


def page_of(file: Path) -> Path:
    """Return where the page of a finished file is: itself, or beside it."""
    return file.with_name(file.name.removesuffix(file.suffix).removesuffix(".facts") + html.SUFFIX)


def _sides(old: Path, new: Path, folder: Path, run: Run, paged: bool = True) -> tuple[Side, Side]:
    """Return two finished files with their pages, or else both with what their PDFs tell.

    Without either where they are not ``paged``.
    """
    before, after = (_side(file, folder, run, paged) for file in (old, new))
    sides = ((before.name, before.claims), (after.name, after.claims))
    run(new.name, _refuse_unrelated, *sides)
    bare = [file for file, side in ((old, before), (new, after)) if side.parts is None]
    if not bare or before.claims == after.claims or any(f.suffix == ".json" for f in bare):
        return before, after
    for file, side in ((old, before), (new, after)):
        side.parts = _tagged(file, side.claims, run)
        if side.parts is None:
            other = page_of(bare[0])
            raise FileError(
                f"{bare[0].name}: is compared with a page, and {other.name} is not beside it; "
                f"hand in {other.name}, or {pdf_of(file).name} in place of {file.name}"
            )
        side.href = urllib.parse.quote(os.path.relpath(pdf_of(file), folder).replace(os.sep, "/"))
    return before, after


def _tagged(file: Path, claims: Claims, run: Run) -> Parts | None:
    """Return the parts of a PDF, or of the PDF beside a page with the same claims."""
    pdf = pdf_of(file)
    if pdf != file and not (pdf.is_file() and read_claims(pdf, run) == claims):
        return None
    with copied(pdf) as copy:
        found: Parts = run(pdf.name, pdf_parts.parts, copy)
    return found


def pdf_of(file: Path) -> Path:
    """Return where the PDF of a finished file is: itself, or beside it."""
    return page_of(file).with_suffix(".pdf")


def _side(file: Path, folder: Path, run: Run, paged: bool) -> Side:
    """Return a finished file with its page: itself, or the one beside it with the same claims."""
    claims = read_claims(file, run)
    page, found = page_of(file), None
    if paged and (page == file or (page.is_file() and read_claims(page, run) == claims)):
        with copied(page) as copy:
            found = run(page.name, parts, copy)
    href = os.path.relpath(page if found else file, folder).replace(os.sep, "/")
    return Side(file.name, run(file.name, _day, claims), urllib.parse.quote(href), claims, found)


def _day(claims: Claims) -> str:
    return day_text(datetime.date.fromisoformat(claims["parameters"]["as_of"]))


# ---- the comparison, in a child


def _redline(before: Side, after: Side, known: Known) -> Redline:
    facts = [id for id in after.facts if id in before.facts]
    other = [id for id in facts if _says(before, id) != _says(after, id)]
    gone = [id for id in before.facts if id not in after.facts]
    new = [id for id in after.facts if id not in before.facts]
    made = {id: _fact(id, before, after, known) for id in (*other, *gone, *new)}
    return Redline(
        title=str(after.claims["title"]),
        sides=(before, after),
        verdicts=_verdicts(before, after, known),
        facts=[made[id] for id in (*other, *gone) if not _internal(id)],
        added=[made[id] for id in new if not _internal(id)],
        internal=[made[id] for id in (*other, *gone, *new) if _internal(id)],
        chapters=chapters(before, after),
        charts=charts(before, after),
    )


def _says(side: Side, id: str) -> tuple[str, str]:
    fact = side.facts[id]
    return fact["text"], fact.get("quote", "")


def _internal(id: str) -> bool:
    """Return whether a fact tells of the dossier itself, such as how many sources were read."""
    names = (re.escape(name) for name in facts_of_every_dossier())
    return any(re.fullmatch(re.sub(r"\\\{\w+\\\}", r"\\w+", name), id) for name in names)


def _fact(id: str, before: Side, after: Side, known: Known) -> Change:
    was, now = (side.facts.get(id, {"text": ""}) for side in (before, after))
    why = reasons.of_fact(id, before, after, known) if id in after.facts else []
    return Change(
        label=(after.facts.get(id) or before.facts[id])["label"],
        words=compared(was["text"], now["text"]),
        at=_links(f"fact-{id}", (was["text"], before), (now["text"], after)),
        id=id,
        reasons=why,
    )


def _verdicts(before: Side, after: Side, known: Known) -> list[Change]:
    found = []
    old, new = (side.claims.get("verdicts", {}) for side in (before, after))
    for claim in sorted({*old, *new}):
        was, now = old.get(claim, ""), new.get(claim, "")
        if was != now:
            links = _links(f"row-claims:{claim}", (was, before), (now, after))
            why = reasons.of_verdict(claim, before, after, known)
            label = known.labels.get(claim, claim)
            found.append(Change(label, replaced(was, now), links, claim, why))
    return found


def _links(id: str, *sides: tuple[str, Side]) -> tuple[str, str]:
    """Return where a thing stands in each report, and nothing where it has no text."""
    was, now = (side.at(id) if text else "" for text, side in sides)
    return was, now
