"""The foot of a page: how to cite it, its licence, where errors go, and the files beside it.

All of it is known from the project and the parameters. Links lead to files by the names that builds
give them, whether they lie there or not: what a page says must not depend on what a folder holds.
"""

import re
import tomllib

from dossier.document.model import Imprint, Run, Runs
from dossier.parameters import Parameters
from dossier.project import BriefSettings, Project

LICENCE = "LICENSE"
PACKAGE = "pyproject.toml"


Files = list[tuple[str, str]]
"""What a file is, and its address from the page."""


def imprint_of(
    project: Project, given: Parameters, title: str, as_of: str, beside: Files | None = None
) -> Imprint:
    """Return the foot of a page; ``title`` is what it is cited by.

    ``beside`` are the files that a page which lists many names beside it; an edition or a brief
    names its own.
    """
    authors = " and ".join(project.settings.report.authors)
    known = f"What was known by {as_of}."
    return Imprint(
        citation=" ".join(filter(None, [f"{authors}." if authors else "", f"{title}.", known])),
        bibtex=_bibtex(project, given, title, known),
        licence=_licence(project),
        errors=_errors(project),
        beside=_beside(project, given) if beside is None else beside,
        data="" if beside is not None else f"{_name(project, given)}.data.zip",
    )


def _bibtex(project: Project, given: Parameters, title: str, known: str) -> str:
    fields = {"title": f"{{{_escaped(title)}}}"}
    if project.settings.report.authors:
        names = (f"{{{_escaped(name)}}}" for name in project.settings.report.authors)
        fields["author"] = " and ".join(names)
    fields |= {"year": str(given.as_of.year), "note": _escaped(known)}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    entity = f"{given.entity}-" if given.entity else ""
    return f"@misc{{dossier-{entity}{given.as_of.isoformat()},\n{lines}}}"


def _escaped(text: str) -> str:
    """Return a text as BibTeX takes it.

    >>> _escaped("R&D: 5% of A_1")
    'R\\\\&D: 5\\\\% of A\\\\_1'
    """
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _licence(project: Project) -> str:
    """Return the licence by the first line of its file, and by its name in pyproject.toml."""
    file, package = project.root / LICENCE, project.root / PACKAGE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    first = next((line.strip() for line in lines if line.strip()), "")
    content = tomllib.loads(package.read_text(encoding="utf-8")) if package.is_file() else {}
    name = content.get("project", {}).get("license", "")
    short = name if isinstance(name, str) else ""
    if first and short:
        return f"{first} (SPDX: {short})"
    return first or short


def _errors(project: Project) -> Runs:
    address = project.settings.report.errors
    if not address:
        return []
    return [Run(address.removeprefix("https://"), href=address)]


def _name(project: Project, given: Parameters) -> str:
    return given.stem(project.settings.name).rpartition("/")[2]


def _beside(project: Project, given: Parameters) -> Files:
    """Return the files of the same edition, by what they are and relative to the page."""
    settings, name = project.settings, _name(project, given)
    files = [("PDF", f"{name}.pdf"), ("facts.json, for machines", f"{name}.facts.json")]
    if given.entity and settings.briefs:
        beside = ("the report", report_page(project, given)), ("the list of briefs", "index.html")
        return [*files, *beside]
    if settings.briefs:
        files.append(of_briefs(settings.briefs, given))
    return [*files, EDITIONS] if settings.editions else files


def report_page(project: Project, given: Parameters) -> str:
    """Return the address of an edition's report from its briefs."""
    return f"../{project.settings.name}{given.suffix}.html"


EDITIONS = ("all editions, and what changed", "index.html")


def of_briefs(settings: BriefSettings, given: Parameters) -> tuple[str, str]:
    """Return what the list of an edition's briefs is, and its address from reports/."""
    return f"a brief for each {settings.parameter}", f"{given.briefs_folder}/index.html"
