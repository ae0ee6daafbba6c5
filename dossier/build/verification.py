"""A finished file verified: by itself, or beside what its sources build anew."""

import contextlib
import dataclasses
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dossier.build.briefs import make_brief
from dossier.build.editions import make_edition, output_names
from dossier.build.notebooks import preload
from dossier.build.signatures import signature_of
from dossier.build.strangers import copied, guarded, printable
from dossier.data.known import article_of, digest
from dossier.data.schema import schema_of
from dossier.export import format_of, read
from dossier.gates import GateError
from dossier.gates.verify import alone, differences, unfitting
from dossier.parameters import ParameterError, Parameters
from dossier.project import Project
from dossier.show.report import Report, check_parameters

ALLOWED = Path("allowed_signers")
"""Where the names of signers are looked up with their keys, in OpenSSH's format."""


@dataclass(frozen=True)
class Verified:
    """How many facts a verified file holds, and what its signature is, in words.

    ``anew`` tells whether its sources were built anew for it.
    """

    facts: int
    anew: bool
    signature: str


def verify(
    file: Path, project: Project | None, signer: str = "", allowed: Path = ALLOWED
) -> Verified:
    """Verify a finished file beside a build of its sources anew; without a project, by itself.

    A signature beside it must hold; ``signer``, where one is named, must have made it (see
    ``signature_of``). Raises FileError for what is no report, GateError where the file is not what
    it should be, SignatureError.
    """
    with copied(file) as copy:
        signature = signature_of(copy, signer, allowed)
        claims, problems = guarded(file.name, _read_alone, copy)
        if project is not None and claims:
            problems = _compared(file.name, copy, claims, project)
    if problems:
        raise GateError([printable(problem) for problem in problems])
    return Verified(len(claims["facts"]), project is not None, signature)


def _read_alone(file: Path) -> tuple[dict[str, Any], list[str]]:
    """Return a file's claims, empty where they don't fit their schema, and its contradictions."""
    reading = read(file)
    if problems := unfitting(reading):
        return {}, problems
    return reading.claims, alone(reading)


def _compared(name: str, copy: Path, claims: dict[str, Any], project: Project) -> list[str]:
    """Return a problem for each difference of a file from what the project builds."""
    try:
        given = _parameters(claims["parameters"], project)
    except ParameterError as error:
        return [f"{name}, parameters: {error}"]
    if other := _other_sources(name, claims, project, given):
        return other
    with _built_anew(project, given, copy.suffix) as fresh:
        return list(guarded(name, _differences, copy, fresh))


def _differences(file: Path, fresh: Path) -> list[str]:
    return differences(read(file), read(fresh))


def _parameters(told: dict[str, str], project: Project) -> Parameters:
    """Return the checked parameters that a file says it was built with."""
    settings, given = project.settings.briefs, dict(told)
    entity = given.pop(settings.parameter, "") if settings else ""
    return check_parameters(project, given, entity)


def _other_sources(
    name: str, claims: dict[str, Any], project: Project, given: Parameters
) -> list[str]:
    """Return a line for each source that a file says was another than the project's is now."""
    differing = []
    if claims["article"]["sha256"] != article_of(project).sha256:
        differing.append("data/article.txt")
    if given.entity:
        now = {"rows": digest(Report.for_edition(project, given).record)}
    else:
        now = schema_of(project.data).digests()
    differing += [
        "data/: the rows of the brief" if table == "rows" else f"data/{table}"
        for table in sorted({*now, *claims["data"]})
        if now.get(table) != claims["data"].get(table)
    ]
    return [
        f"{what}: its digest is not the one that {name} names: the data have changed since, or the "
        "file was; take the data that it was built from, or verify it --alone"
        for what in differing
    ]


@contextlib.contextmanager
def _built_anew(project: Project, given: Parameters, suffix: str) -> Iterator[Path]:
    """Build an edition or a brief in a folder aside; give its file of a suffix."""
    format = format_of(suffix)
    kind = format.name if format else "facts"
    given = dataclasses.replace(given, formats=(kind,) if format else ())
    name = output_names(project, given)[kind]
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        preload(project)
        make = make_brief if given.entity else make_edition
        make(project, given, Path(folder))
        yield Path(folder) / name
