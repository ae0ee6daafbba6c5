"""A new dossier from an article: ``python -m dossier new FOLDER ARTICLE``.

Writes a project that builds by itself: chapters, drafted tables, tests, the lock and the engine's
own wheel. It is made in a folder beside, checked as ``dossier check`` does, and only then put in
its place: a failure leaves nothing, and nothing is overwritten.
"""

import csv
import datetime
import hashlib
import io
import json
import re
import shutil
import string
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dossier import project as projects
from dossier.curation.anchors import KEPT
from dossier.curation.draft import ORIGIN, Draft, Row, clipped, draft
from dossier.curation.page import MARKED, Page, read_page
from dossier.curation.wheel import wheel
from dossier.data.checks import check_data
from dossier.data.schema import schema_of
from dossier.project import ArticleSettings, Project, Settings
from dossier.registry import registry_of
from dossier.text.detect import day_of
from dossier.text.numbers import find_typed

TEMPLATES = Path(__file__).resolve().parent / "project"
RENAMED = {
    "gitignore": ".gitignore",
    "ci-run": ".ci/run",
    "install": "install.py",
    "tests/test_report.txt": "tests/test_report.py",
}
"""Templates whose own names would make them hidden, or modules and tests of the engine."""
TITLE = "The article and the record"
"""What a report is called that was given no title: the article's headline stands below."""
HEADLINE = 120
"""Characters of the longest headline."""


class NewError(ValueError):
    """A dossier that can't be made so; names the remedy."""


@dataclass(frozen=True)
class Given:
    """What the command line says of a new dossier, empty where it is to be found."""

    name: str = ""
    title: str = ""
    day: datetime.date | None = None
    source: str = ""


@dataclass(frozen=True)
class Made:
    """A new dossier: its folder, what was found in the article, and what of it was changed."""

    folder: Path
    day: datetime.date
    found: Draft
    changed: tuple[str, ...] = ()


def create(folder: Path, article: str, given: Given) -> Made:
    """Make a dossier in ``folder`` from an article, or raise a ValueError that names the remedy."""
    folder = folder.absolute()
    if folder.exists():
        raise NewError(f"{folder} is there already; name a folder that is not")
    if not folder.parent.is_dir():
        raise NewError(f"{folder.parent} is no folder; make it, or name another")
    page = read_page(article)
    day = given.day or page.day or day_of(page.text)
    if day is None:
        raise NewError("the article gives no day that could be found; say it by --day 2024-07-07")
    settings = _settings(folder, page, given, day)
    found = draft(page.text, day, _taken(settings))
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        work.chmod(0o755)
        _write(work, page, given, settings, found)
        check_data(projects.find(work))
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Made(folder, day, found, page.changed)


def _settings(folder: Path, page: Page, given: Given, day: datetime.date) -> Settings:
    name = given.name or re.sub(r"[^a-z0-9]+", "-", folder.name.lower()).strip("-") or "dossier"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise NewError(f"{name!r} is no name of files: small letters, digits and hyphens alone")
    return Settings(name, " ".join(given.title.split()) or TITLE, ArticleSettings(day, ORIGIN))


def _taken(settings: Settings) -> list[str]:
    """Return the ids of the engine's own facts, which no claim may have."""
    return list(registry_of(Project(TEMPLATES, settings)).of("fact"))


# ---- files


def _write(work: Path, page: Page, given: Given, settings: Settings, found: Draft) -> None:
    for file in sorted(f for f in TEMPLATES.rglob("*") if f.is_file()):
        name = file.relative_to(TEMPLATES).as_posix()
        if "__pycache__" not in name:
            _copy(file, work / RENAMED.get(name, name))
    readme = string.Template((work / "README.md").read_text(encoding="utf-8"))
    headline = _headline(page)
    _text(work / "README.md", readme.safe_substitute(title=settings.title, headline=headline))
    _text(work / projects.FILE, _toml(settings, page, found.units))
    _text(work / "analysis" / "__init__.py", '"""What this dossier computes of its own."""\n')
    if MARKED.search(page.text):
        _tell_marks(work / "notebooks" / "04-method.ipynb")
    (work / "reports").mkdir()
    (work / ".ci" / "run").chmod(0o755)
    _carry_engine(work)
    _text(work / "data" / "article.txt", page.text)
    _text(work / "data" / KEPT, page.text)
    _name_package(work / "data" / "datapackage.json", settings)
    tables = {
        "sources": [_origin(page, given, settings)],
        "claims": found.claims,
        "exclusions": found.exclusions,
        "timeline": found.timeline,
    }
    _write_tables(work / "data", tables)


MARKS = (
    "Characters of the article that the fonts of this report lack stand in it as their code "
    "points, in brackets."
)


def _tell_marks(notebook: Path) -> None:
    """Say in the chapter on method what stands for characters that no font of the report has."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(c for c in content["cells"] if "".join(c["source"]).startswith("## How was the ar"))
    cell["source"] = ["".join(cell["source"]) + " " + MARKS]
    _text(notebook, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.read_bytes())


def _text(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _carry_engine(work: Path) -> None:
    """Put the engine's wheel into the project, and its hash into the lock."""
    name, content = wheel()
    (work / "engine").mkdir()
    (work / "engine" / name).write_bytes(content)
    lock = (work / "requirements.txt").read_text(encoding="utf-8")
    pin = f"./engine/{name} \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"
    _text(work / "requirements.txt", f"{lock}# the engine, which no index has\n{pin}")


def _toml(settings: Settings, page: Page, units: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of dossier.toml; title and headline print with the numbers that they have."""
    heads = (settings.title, page.text.partition("\n")[0])
    numbered = [re.sub(r"^\W+|\W+$", "", head) for head in heads if find_typed(head)]
    lines = [
        "# What this dossier is. Data: data/. Sentences: notebooks/. Code, where any: analysis/.",
        f'name = "{settings.name}"',
        f"title = {_quoted(settings.title)}",
        "# names that hold a number and need no fact",
        f"allowed = [{', '.join(map(_quoted, dict.fromkeys(numbered)))}]",
        "",
        "[article]",
        f"day = {settings.article.day}  # its words of time are read by it",
        f'source = "{settings.article.source}"',
    ]
    for name, options in units.items():
        lines += ["", f'[units."{name}"]', *(f"{key} = '{v}'" for key, v in options.items())]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML, which JSON's are."""
    return json.dumps(text, ensure_ascii=False)


def _name_package(file: Path, settings: Settings) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    content |= {"name": settings.name, "title": settings.title}
    _text(file, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _origin(page: Page, given: Given, settings: Settings) -> Row:
    """Return the article's own row of sources.csv."""
    url = given.source or page.url
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise NewError(f"{url!r} is no address of a page; give one that begins with https://")
    day = f"{settings.article.day}"
    return {
        "source_id": ORIGIN,
        "title": _headline(page),
        "publisher": page.publisher or urlsplit(url).hostname or "publisher not recorded",
        "url": url,
        "published": day,
        "known_from": day,
        "known_from_basis": "published",
        "read": "in full",
    }


def _headline(page: Page) -> str:
    return clipped(page.title or page.text.partition("\n")[0], HEADLINE) or "No headline"


def _write_tables(data: Path, tables: Mapping[str, Iterable[Row]]) -> None:
    """Write every table of the schema, with its columns; those without rows as well."""
    schema = schema_of(data)
    for name, resource in schema.tables.items():
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, list(schema.fields(name)), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(tables.get(name, ()))
        _text(data / resource["path"], stream.getvalue())
