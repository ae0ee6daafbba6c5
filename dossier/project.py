"""A project: the nearest folder upwards of the working directory that holds dossier.toml.

The file says what this dossier is: its name and title, the article's day and source, units and
colours of its own, the days of its editions, and which table's rows get a brief each. Needs the
standard library alone, so that a command with nothing to do is quick.
"""

import datetime
import functools
import importlib
import sys
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import ModuleType
from typing import Any

from dossier.errors import Mendable, did_you_mean

FILE = "dossier.toml"


class ProjectError(Mendable):
    """A project that is not there, or a dossier.toml that can't be used; names key and remedy."""


@dataclass(frozen=True)
class ArticleSettings:
    """The article.

    ``day``: the day that the article is about; no edition lies before it.
    ``source``: the id of its row in sources.csv.
    ``expressions``: its own words of time, each of which a claim or an exclusion must cover.
    ``keywords``: what it is about, for the files' metadata.
    ``main``: the ids of its main claims, which the summary's table shows.
    """

    day: datetime.date
    source: str
    expressions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    main: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataSettings:
    """The tables.

    ``first_day``: the day before which nothing in them lies.
    ``newest``: tables whose days count for the newest day in the data, beside the sources.
    """

    first_day: datetime.date = datetime.date(1, 1, 1)
    newest: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionSettings:
    """An edition that matters, between the article and now: one table each.

    ``name``: what it is called in the list of editions.
    ``cell``: the cell that dates it: table, key and column, as a sentence names it.
    """

    name: str
    cell: str


@dataclass(frozen=True)
class Apart:
    """Events that have a table of their own, and are not listed with the others.

    ``ending``: how the words of such an event end.
    ``words``: what names them.
    ``fact``: the fact that counts them.
    """

    ending: str
    words: str
    fact: str


@dataclass(frozen=True)
class TimelineSettings:
    """The timeline as it is drawn.

    ``drawn``: the ids of the events that are drawn; all but those apart where it is empty.
    ``apart``: which events have a table of their own, a section.
    """

    drawn: tuple[str, ...] = ()
    apart: Apart | None = None


@dataclass(frozen=True)
class BriefSettings:
    """Briefs: editions narrowed to one entity.

    ``table``: the table of which each row is an entity.
    ``name``: its column with the entity's name.
    ``parameter``: what names the entity in the notebook and on the command line.
    ``label``: what such a brief is called.
    ``title``: the title of the page that lists all briefs.
    ``index``: the table that this page shows.
    ``keep``: by table, the column that holds the entity's key, ``"*"`` for all its rows, or
    ``"rule"`` where a function of the analysis keeps them; of other tables nothing is kept.
    ``notebook``: the notebook of a brief, in notebooks/.
    """

    table: str
    name: str
    parameter: str
    label: str
    title: str
    keep: dict[str, str]
    notebook: str = "brief.ipynb"
    index: str = ""


@dataclass(frozen=True)
class ReportSettings:
    """The report.

    ``authors``: whom to cite.
    ``errors``: the address where errors are reported, by https.
    """

    authors: tuple[str, ...] = ()
    errors: str = ""


@dataclass(frozen=True)
class ParameterSettings:
    """A parameter of the project's own, beside the engine's.

    ``type``: text, integer, number, boolean or day.
    ``default``: its usual value.
    ``help``: a line on what it does.
    ``choices``: all the values that it may take, where there are some.
    """

    type: str
    default: Any
    help: str
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Settings:
    """All that dossier.toml says.

    ``name``: what the files in reports/ are called.
    ``title``: the title of the report.
    ``article``: the article, a table of its own.
    ``data``: the tables, a table of its own.
    ``report``: the report, a table of its own.
    ``editions``: the editions that matter, a table each.
    ``timeline``: the drawn timeline, a table of its own.
    ``briefs``: briefs of entities, a table of its own; without it there are none.
    ``allowed``: names that hold a number, which may be typed.
    ``units``: units of its own, by name, a table each.
    ``colours``: colours of its own by name, each for the light and for the dark page.
    ``parameters``: parameters of its own, by name, a table each.
    """

    name: str
    title: str
    article: ArticleSettings
    data: DataSettings = DataSettings()
    report: ReportSettings = ReportSettings()
    editions: tuple[EditionSettings, ...] = ()
    timeline: TimelineSettings = TimelineSettings()
    briefs: BriefSettings | None = None
    allowed: tuple[str, ...] = ()
    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    colours: dict[str, tuple[str, str]] = field(default_factory=dict)
    parameters: dict[str, ParameterSettings] = field(default_factory=dict)


@dataclass(frozen=True)
class Project:
    """Where the files of a project are, and what its dossier.toml says."""

    root: Path
    settings: Settings

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def analysis(self) -> Path:
        """The folder of the project's own code, which a project may do without."""
        return self.root / "analysis"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def scratch(self) -> Path:
        """The folder of what builds note for themselves, and of notebooks that failed."""
        return self.root / ".build"

    def __hash__(self) -> int:
        return hash(self.root)


def find(start: Path | None = None) -> Project:
    """Return the project of a folder, by default the working directory; raise ProjectError."""
    folder = (start or Path.cwd()).resolve()
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return _read(place, (place / FILE).stat().st_mtime_ns)
    raise ProjectError(f"no {FILE} in {folder} or above it: change into a project")


def find_any() -> Project | None:
    """Return the project of the working directory, or None where there is none."""
    folder = Path.cwd().resolve()
    if any((place / FILE).is_file() for place in (folder, *folder.parents)):
        return find(folder)
    return None


@functools.lru_cache(maxsize=8)
def _read(root: Path, stamp: int) -> Project:
    """Return the project at ``root``; ``stamp`` tells one state of its file from another."""
    try:
        content = tomllib.loads((root / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"{FILE}: {error}; correct it") from None
    return Project(root, settings_of(content))


def settings_of(content: dict[str, Any]) -> Settings:
    """Return the settings in the content of a dossier.toml, or raise ProjectError."""
    given = dict(content)
    given["article"] = _section(ArticleSettings, given.get("article"), "article")
    given["data"] = _section(DataSettings, given.get("data", {}), "data")
    given["report"] = _report(given.get("report", {}))
    given["editions"] = tuple(
        _section(EditionSettings, part, "editions") for part in given.get("editions", ())
    )
    timeline = dict(given.get("timeline", {}))
    if "apart" in timeline:
        timeline["apart"] = _section(Apart, timeline["apart"], "timeline.apart")
    given["timeline"] = _section(TimelineSettings, timeline, "timeline")
    if "briefs" in given:
        given["briefs"] = _section(BriefSettings, given["briefs"], "briefs")
    given["parameters"] = {
        name: _section(ParameterSettings, part, f"parameters.{name}")
        for name, part in given.get("parameters", {}).items()
    }
    settings: Settings = _section(Settings, given, "")
    if not isinstance(settings.article.day, datetime.date):
        raise ProjectError(
            f"{FILE}, article.day is {settings.article.day!r}: write it as 2024-07-07"
        )
    return settings


def _report(content: Any) -> ReportSettings:
    settings: ReportSettings = _section(ReportSettings, content, "report")
    if settings.errors and not settings.errors.startswith("https://"):
        raise ProjectError(
            f"{FILE}, report.errors is {settings.errors!r}: write the address of a page, from "
            "https:// on, or leave it out"
        )
    return settings


def _section(kind: Any, content: Any, name: str) -> Any:
    """Return a dataclass of settings from a table of dossier.toml; lists become tuples."""
    where = f"[{name}]" if name else "the top"
    if not isinstance(content, dict):
        raise ProjectError(f"{FILE}: the table [{name}] is missing; add it")
    known = [f.name for f in fields(kind)]
    for key in content:
        if key not in known:
            hint = did_you_mean(key, known, f"known are: {', '.join(known)}")
            raise ProjectError(f"{FILE}, {where}: unknown key {key!r}: {hint}")
    try:
        return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in content.items()})
    except TypeError as error:
        missing = str(error).partition("argument")[2].strip("s: ")
        raise ProjectError(f"{FILE}, {where}: {missing} is missing; add it") from None


def analysis(project: Project) -> ModuleType | None:
    """Import and return the project's package ``analysis``, with its modules; None without one.

    The project's root goes to the front of ``sys.path``, and another project's package of the same
    name makes way: one process works in one project at a time.
    """
    folder = project.analysis
    if not folder.is_dir():
        return None
    loaded = sys.modules.get("analysis")
    if loaded is not None and Path(next(iter(loaded.__path__))) != folder:
        for name in [n for n in sys.modules if n.partition(".")[0] == "analysis"]:
            del sys.modules[name]
    if sys.path[0] != str(project.root):
        sys.path.insert(0, str(project.root))
    importlib.invalidate_caches()
    return importlib.import_module("analysis")
