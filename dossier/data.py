"""The tables: their schema, their types, and what of them was known on a day. The only reader of data/.

The schema's one home is data/datapackage.json. Beside the standard's properties it holds, by table,
``known`` (from which day a row counts: the column of its day, that day's precision, the columns of its
sources, and the fields that rest on a source of their own) and ``sourceLists`` (columns that hold several
source ids, separated by semicolons).
"""

import csv
import datetime
import functools
import hashlib
import io
import json
import re
from dataclasses import dataclass

import pandas as pd

from dossier import paths

SIZE_LIMIT = 20_000_000
"""Bytes. No table of this project comes near it; a larger file is a mistake, and is refused unread."""


class DataError(ValueError):
    """Bad data; ``problems`` lists one line each, with file, row, column and remedy."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@functools.cache
def package() -> dict:
    """Return data/datapackage.json."""
    try:
        return json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(
            [f"data/datapackage.json: {error}; restore it from the repository"]
        ) from None


def resources() -> dict[str, dict]:
    """Return the data package's tables by name."""
    return {r["name"]: r for r in package()["resources"] if r["type"] == "table"}


def digests() -> dict[str, str]:
    """Return the SHA-256 of every file of the data package, by file name."""
    files = ["datapackage.json"] + [r["path"] for r in package()["resources"]]
    return {
        name: hashlib.sha256((paths.DATA / name).read_bytes()).hexdigest() for name in sorted(files)
    }


def check() -> int:
    """Check every file of the data package; return the number of rows, or raise DataError.

    First the bytes (present, not empty, not huge, UTF-8 without a byte-order mark, plain line ends), then
    the schema by frictionless, then what it cannot say: lists of sources, order of days, sums, formulas.
    """
    problems = [p for r in package()["resources"] for p in _check_bytes(r["path"])]
    if problems:
        raise DataError(problems)
    problems = _check_article() + [
        p for name, r in resources().items() for p in _check_text(name, r)
    ]
    problems += _check_schema() if not problems else []
    if problems:
        raise DataError(problems)
    tables = load()
    problems = _check_rules(tables)
    if problems:
        raise DataError(problems)
    return sum(len(t) for t in tables.values())


def _check_bytes(name: str) -> list[str]:
    file = paths.DATA / name
    if not file.is_file():
        return [f"data/{name}: the file is missing; restore it, or take it out of datapackage.json"]
    size = file.stat().st_size
    if size == 0:
        return [f"data/{name}: the file is empty; restore it from the repository"]
    if size > SIZE_LIMIT:
        return [
            f"data/{name}: {size:,} bytes, over the limit of {SIZE_LIMIT:,}; is it the right file?"
        ]
    raw = file.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        return [f"data/{name}, row 1: starts with a byte-order mark; save it as UTF-8 without one"]
    for byte, what in ((b"\0", "a NUL byte"), (b"\r", "a carriage return")):
        if byte in raw:
            return [
                f"data/{name}, row {raw[: raw.index(byte)].count(10) + 1}: holds {what}; save it as UTF-8 text with Unix line ends"
            ]
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [
            f"data/{name}, row {raw[: error.start].count(10) + 1}: not UTF-8 (byte {error.start}); save it as UTF-8"
        ]
    return []


_FORMULA = ("=", "@", "\t")
_INVISIBLE = {
    chr(c)
    for c in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xAD)
}
FIRST_DAY = datetime.date(1949, 4, 4)
"""The Treaty's signature: nothing in the tables is older."""
LONGEST_WORD = 400
"""Characters without a space: longer than any address here, and than any line can take."""


@functools.cache
def glyphs() -> frozenset[str]:
    """Return the characters that all fonts of the report have; with any other a PDF is not accessible, and is refused."""
    from fontTools.ttLib import TTFont  # comes with matplotlib

    return frozenset.intersection(
        *(
            frozenset(map(chr, TTFont(file).getBestCmap()))
            for file in sorted(paths.FONTS.glob("*.ttf"))
        )
    )


def _check_characters(where: str, text: str) -> list[str]:
    """Return what of a text can't be shown, or would not be seen."""
    if bad := _INVISIBLE.intersection(text):
        return [f"{where}: holds the invisible character U+{ord(min(bad)):04X}; take it out"]
    if bad := {c for c in text if not c.isprintable()}:
        return [f"{where}: holds the control character U+{ord(min(bad)):04X}; take it out"]
    if bad := set(text) - glyphs():
        return [
            f"{where}: {min(bad)!r} (U+{ord(min(bad)):04X}) is in no font of the report; write it in Latin letters and digits"
        ]
    if any(len(word) > LONGEST_WORD for word in text.split()):
        return [
            f"{where}: holds a word of over {LONGEST_WORD} characters; is it text? Put spaces in, or take it out"
        ]
    return []


def _check_article() -> list[str]:
    """Return what of the article's text can't be shown, by line."""
    lines = (paths.DATA / "article.txt").read_text(encoding="utf-8").split("\n")
    return [
        p
        for number, line in enumerate(lines, start=1)
        for p in _check_characters(f"data/article.txt, row {number}", line)
    ]


def _check_text(name: str, resource: dict) -> list[str]:
    problems = []
    kinds = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
    columns = list(kinds)
    rows = csv.reader(
        io.StringIO((paths.DATA / resource["path"]).read_text(encoding="utf-8"), newline="")
    )
    header = next(rows)
    if header != columns:
        missing, extra = (
            [c for c in columns if c not in header],
            [c for c in header if c not in columns],
        )
        what = "; ".join(
            filter(
                None,
                [
                    missing and "missing: " + ", ".join(missing),
                    extra and "unknown: " + ", ".join(extra),
                ],
            )
        )
        return [
            f"data/{name}.csv, row 1: the columns are not those of datapackage.json ({what or 'their order differs'}); put them back"
        ]
    number = 1
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            problems.append(
                f"data/{name}.csv, row {number}: {len(row)} cells for {len(columns)} columns; quote cells that hold a comma"
            )
            continue
        for (column, kind), cell in zip(kinds.items(), row):
            where = f"data/{name}.csv, row {number}, column {column}"
            if cell != cell.strip() and column not in ("prefix", "suffix"):
                problems.append(f"{where}: white space at the end of {cell[:40]!r}; take it out")
            elif kind == "date" and cell[:4].isdigit() and int(cell[:4]) < FIRST_DAY.year:
                problems.append(
                    f"{where} is {cell!r}: before the first day that any table here tells of; correct the date"
                )
            elif cell.startswith(_FORMULA):
                problems.append(
                    f"{where}: {cell[:40]!r} would be a formula in a spreadsheet; take out the first character"
                )
            else:
                problems += _check_characters(where, cell)
    if number == 1:
        problems.append(
            f"data/{name}.csv, row 2: the table has no rows; restore them from the repository"
        )
    return problems


def _check_schema() -> list[str]:
    from frictionless import Package, system  # costs a second to import

    with system.use_context(trusted=True):
        report = Package(str(paths.DATA / "datapackage.json")).validate()
    problems = []
    for task in report.tasks:
        for error in task.errors:
            d = error.to_dict()
            where = f"data/{task.place.rsplit('/', 1)[-1]}"
            where += f", row {d['rowNumber']}" if d.get("rowNumber") else ""
            keys = (
                resources()[task.name]["schema"].get("primaryKey", [])
                if d["type"] == "primary-key"
                else []
            )
            column = (
                d.get("fieldName")
                or " and ".join(d.get("fieldNames") or ())
                or (keys if isinstance(keys, str) else " and ".join(keys))
            )
            where += f", column {column}" if column else ""
            cell = f" is {d['cell']!r}" if d.get("cell") not in (None, "") else ""
            problems.append(
                f"{where}{cell}: {d['note']}; {_REMEDY.get(d['type'], 'compare with datapackage.json')}"
            )
    return problems


_REMEDY = {
    "type-error": "write it in the type that datapackage.json gives",
    "constraint-error": "see the constraint in datapackage.json",
    "foreign-key": "add the row it names, or correct the id",
    "primary-key": "give each row an id of its own",
    "unique-error": "give each row a value of its own",
}


def _check_rules(tables: dict[str, pd.DataFrame]) -> list[str]:
    problems = []
    known_sources = set(tables["sources"]["source_id"])
    for name, resource in resources().items():
        table = tables[name]
        for column in resource.get("sourceLists", ()):
            for row, ids in enumerate(table[column], start=2):
                for unknown in [s for s in ids if s not in known_sources]:
                    problems.append(
                        f"data/{name}.csv, row {row}, column {column}: no source {unknown!r} in sources.csv; add it, or correct the id"
                    )

    def rule(name, bad, column, remedy):
        for index in tables[name].index[bad]:
            problems.append(
                f"data/{name}.csv, row {index + 2}, column {column} is {tables[name].at[index, column]!s:.60}: {remedy}"
            )

    front, kiel = tables["front_series"], tables["kiel_support"]
    rule(
        "front_series",
        (front["river_km"] + front["land_km"] - front["main_km"]).abs() > 0.2,
        "main_km",
        "river_km and land_km do not add up to it; correct one of the three",
    )
    rule(
        "front_series",
        front["date"].diff().dt.days.fillna(1) < 1,
        "date",
        "the days are out of order; sort the rows",
    )
    rule(
        "front_series",
        (front["main_1km_scale_km"] > front["main_km"])
        | (front["main_5km_scale_km"] > front["main_1km_scale_km"]),
        "main_km",
        "main_1km_scale_km and main_5km_scale_km, of coarser scales, cannot be longer; correct the row",
    )
    rule(
        "kiel_support",
        (kiel["military"] + kiel["financial"] + kiel["humanitarian"] - kiel["total"]).abs()
        > 0.0002,
        "total",
        "military, financial and humanitarian do not add up to it; correct one of the four",
    )
    editions = tables["nato_editions"]
    rule(
        "nato_editions",
        editions["cutoff"] > editions["edition"],
        "cutoff",
        "after the edition's publication; correct one of the two",
    )
    missing = sorted({*tables["nato_share_gdp"]["edition"]} - {*editions["edition"]})
    problems += [
        f"data/nato_editions.csv: no row of the edition {edition:%Y-%m-%d}, which nato_share_gdp.csv holds; add it with its cut-off day"
        for edition in missing
    ]
    published = tables["sources"]["published"]
    newest_source = pd.Timestamp(published[published.str.len() == 10].max())
    for name in tables:
        dates = [f["name"] for f in resources()[name]["schema"]["fields"] if f["type"] == "date"]
        for column in dates:
            rule(
                name,
                tables[name][column] > newest_source,
                column,
                "later than the newest source; correct the date, or add its source",
            )
    sources = tables["sources"]
    late = (sources["published"].str.len() == 10) & (
        sources["known_from"] < pd.to_datetime(sources["published"], errors="coerce")
    )
    rule(
        "sources",
        late.fillna(False),
        "known_from",
        "before its day of publication; correct one of the two",
    )
    claims = tables["claims"]
    rule(
        "claims",
        claims["end"] - claims["start"] != claims["exact"].str.len(),
        "end",
        "start and end do not span the exact words; correct them",
    )
    problems += _check_claims(claims)
    ages = tables["agreements"]
    members = tables["nato_members"].set_index("iso3")["accession_date"]
    ally = ages["iso3"].map(members) <= ages["date_signed"]
    rule(
        "agreements",
        ally != (ages["nato_member"] == "yes"),
        "nato_member",
        "does not agree with nato_members.csv; correct one of the two",
    )
    return problems


_NAMED = {
    "date": r"\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b|\b\d{4}\b|\d(?:st|nd|rd|th)\b",
    "month": r"\bmonth\b",
    "plans": r"\bplans?\b",
    "headquarters": r"\bheadquarters\b",
    "years": r"\byears?\b",
    "people": r"\bpersons?\b|\bpeople\b",
    "stars": r"\bstars?\b",
    "member countries": r"\bmember countries\b",
    "miles": r"\bmiles?\b",
    "percent of GDP": r"% (?:\w+ )?of GDP",
    "article of the treaty": r"\bArticle \d",
}
"""How the article's words name each unit."""
_WORDED = {
    "about": r"\b(?:approximately|about|around|nearly)\b",
    "at_least": r"\bat least\b",
    "over": r"\b(?:over|beyond|more than)\b(?! the next)",
}
"""How they name each qualifier; ``over the next`` is no bound, but a time."""
_COUNTED = {
    "a": 1,
    "an": 1,
    "another": 1,
    **{
        word: n
        for n, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve".split(), start=1
        )
    },
}


def _check_claims(claims: pd.DataFrame) -> list[str]:
    """Return the claims whose value, unit or qualifier is not what their exact words say."""
    problems = []
    for number, claim in enumerate(claims.to_dict("records"), start=2):
        value, unit, words = claim["value"], claim["unit"], claim["exact"]

        def wrong(column, remedy):
            problems.append(
                f"data/claims.csv, row {number}, column {column} is {claim[column]!r}: {remedy}"
            )

        if bool(value) != bool(unit):
            wrong(
                "unit" if value else "value",
                "a value needs a unit, and a unit a value; add the missing one, or take out both",
            )
        if not value:
            continue
        shape = {"date": r"\d{4}-\d{2}-\d{2}", "month": r"\d{4}-\d{2}"}.get(unit, r"\d+(?:\.\d+)?")
        if not re.fullmatch(shape, value):
            wrong("value", f"not written as a value of unit {unit!r} is; correct value or unit")
        elif unit not in ("date", "month"):
            found = {
                float(n.replace(",", "")) for n in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", words)
            } | {_COUNTED[w] for w in re.findall(r"[a-z]+", words.lower()) if w in _COUNTED}
            if float(value) not in found:
                wrong(
                    "value",
                    f"the exact words {words!r} do not state it; correct the value, or anchor the row anew",
                )
        if not re.search(_NAMED[unit], words, re.I):
            wrong(
                "unit",
                f"the exact words {words!r} do not name it; correct the unit, or anchor the row anew",
            )
        qualifier = claim["qualifier"]
        if qualifier != "exact" and not re.search(_WORDED[qualifier], words, re.I):
            wrong(
                "qualifier",
                f"the exact words {words!r} do not say it; correct it, or anchor the row anew",
            )
        if qualifier == "exact" and re.search(
            r"\b(?:approximately|about|around|nearly|at least|beyond|more than)\b", words, re.I
        ):
            wrong("qualifier", f"the exact words {words!r} qualify the value; write which way")
    return problems


_READ = {"integer": "Int64", "number": "float64", "string": "string"}


def load() -> dict[str, pd.DataFrame]:
    """Return every table by name, typed by the schema, with a column ``counts_from``: the day a row is known from.

    Lists of sources become tuples; an empty text becomes ``""``. Raises DataError where a cell does not fit its type.
    """
    return {name: frame.copy(deep=False) for name, frame in _load(stamps()).items()}


def stamps() -> tuple:
    """Return when each table's file was changed, and its size: while these stay, what was read of them stands."""
    files = [paths.DATA / r["path"] for r in resources().values()]
    return tuple(
        (str(file), file.stat().st_mtime_ns, file.stat().st_size)
        for file in files
        if file.is_file()
    )


@functools.lru_cache(maxsize=2)
def _load(stamps: tuple) -> dict[str, pd.DataFrame]:
    """Return the tables; read once for the same files, so that processes forked from this one have them already."""
    tables = {}
    for name, resource in resources().items():
        fields = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        try:
            frame = pd.read_csv(
                paths.DATA / resource["path"],
                dtype={n: _READ[t] for n, t in fields.items() if t != "date"},
                parse_dates=[n for n, t in fields.items() if t == "date"],
                date_format="%Y-%m-%d",
                keep_default_na=False,
                na_values=[""],
            )
        except (OSError, ValueError) as error:
            raise DataError([f"data/{name}.csv: {error}; run make check"]) from None
        texts = [n for n, t in fields.items() if t == "string"]
        frame[texts] = frame[texts].fillna("").astype(object)
        for column in resource.get("sourceLists", ()):
            frame[column] = [tuple(s for s in cell.split(";") if s) for cell in frame[column]]
        tables[name] = frame
    sources = tables["sources"]
    dated = sources.set_index("source_id")["known_from"]
    newest_day = max(dated.max(), tables["front_series"]["date"].max())
    known_from = dated.fillna(newest_day)
    for name, frame in tables.items():
        frame["counts_from"] = _counts_from(
            frame, resources()[name].get("known", {}), known_from, newest_day
        )
    return tables


def _counts_from(
    frame: pd.DataFrame, known: dict, source_days: pd.Series, newest_day: pd.Timestamp
) -> pd.Series:
    days = (
        frame[known["on"]].fillna(newest_day)
        if "on" in known
        else pd.Series(pd.Timestamp.min, index=frame.index)
    )
    if "precision" in known:
        days = days.where(frame[known["precision"]] != "month", days + pd.offsets.MonthEnd(0))
    if "sources" in known:
        first = [
            min((source_days.get(s, newest_day) for s in row), default=pd.Timestamp.min)
            for row in _source_rows(frame, known["sources"])
        ]
        days = days.where(
            days >= pd.Series(first, index=frame.index), pd.Series(first, index=frame.index)
        )
    return days


def _source_rows(frame: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    rows = []
    for cells in frame[columns].itertuples(index=False):
        rows.append(
            [s for cell in cells for s in (cell if isinstance(cell, tuple) else [cell]) if s]
        )
    return rows


def shapes(name: str) -> list[dict]:
    """Return the features of a GeoJSON file of the data package, in degrees of longitude and latitude."""
    return json.loads((paths.DATA / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def newest(tables: dict[str, pd.DataFrame]) -> datetime.date:
    """Return the newest day in the data: on which a source came out, or the front was measured."""
    return max(
        frame["counts_from"].max() for frame in (tables["sources"], tables["front_series"])
    ).date()


@dataclass(frozen=True)
class Record:
    """What was known on a day: the tables' rows that count by then, and the day itself."""

    as_of: datetime.date
    newest: datetime.date
    tables: dict[str, pd.DataFrame]
    everything: dict[str, pd.DataFrame]

    def __getattr__(self, name: str) -> pd.DataFrame:
        try:
            return self.tables[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def is_newest(self) -> bool:
        return self.as_of == self.newest

    def knows(self, source_id: str) -> bool:
        return source_id in self._source_ids

    @functools.cached_property
    def _source_ids(self) -> frozenset:
        return frozenset(self.tables["sources"]["source_id"])

    def cites(self, *ids) -> tuple[str, ...]:
        """Return those of the given source ids (or lists of them) that are known, each once, in order."""
        flat = [s for i in ids for s in ((i,) if isinstance(i, str) else i)]
        return tuple(dict.fromkeys(s for s in flat if s and self.knows(s)))


def record(as_of: datetime.date | None = None) -> Record:
    """Return what was known on ``as_of`` (default: everything).

    A row counts from the day its event happened, or its edition came out, once one of its sources was known;
    a field with a source of its own is blank until that source was known.
    """
    everything = load()
    newest_day = newest(everything)
    as_of = as_of or newest_day
    day = pd.Timestamp(as_of)
    tables = {
        name: frame[frame["counts_from"] <= day].reset_index(drop=True)
        for name, frame in everything.items()
    }
    known = set(tables["sources"]["source_id"])
    for name, frame in tables.items():
        spec = resources()[name].get("known", {})
        for source, fields in spec.get("fields", {}).items():
            unknown = ~frame[source].isin(known)
            for field in fields:
                blank = "" if frame[field].dtype == object else pd.NA
                frame[field] = frame[field].mask(unknown, blank)
    return Record(as_of, newest_day, tables, everything)
