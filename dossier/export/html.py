"""The HTML exporter: the document in one file, by the template report.html.j2; no request, and whole without its script."""

import base64
import csv
import functools
import hashlib
import io
import re
import urllib.parse

import jinja2
from nbconvert.exporters import Exporter

from dossier import document, paths
from dossier.charts import COLOURS

FACES = {
    ("Dossier Sans", 400, "normal"): "sans-regular",
    ("Dossier Sans", 600, "normal"): "sans-semibold",
    ("Dossier Serif", 400, "normal"): "serif-regular",
    ("Dossier Serif", 400, "italic"): "serif-italic",
    ("Dossier Serif", 600, "normal"): "serif-semibold",
}


@functools.cache
def faces() -> str:
    """Return the style rules that embed the fonts."""
    rules = []
    for (family, weight, style), name in FACES.items():
        data = base64.b64encode((paths.FONTS / f"{name}.woff2").read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    return "\n".join(rules)


def _adapt(svg: str) -> str:
    """Return a figure for the page: its colours as the page's variables, its font as the page's, its text left to the label."""
    for name, colour in COLOURS.items():
        svg = svg.replace(colour, f"var(--{name})")
    svg = svg.replace("'Source Sans 3'", "'Dossier Sans', 'Source Sans 3', sans-serif")
    return re.sub(r"<svg ", '<svg aria-hidden="true" focusable="false" ', svg, count=1)


def _csv(block: dict) -> str:
    """Return a table as a data address that a link can download."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["row", *(c["label"] for c in block["columns"])])
    for key, row in zip(block["keys"], block["rows"]):
        writer.writerow([_inert(t) for t in (key, *(document.text_of(cell) for cell in row))])
    return "data:text/csv;charset=utf-8," + urllib.parse.quote(stream.getvalue())


def _inert(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


@functools.cache
def template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(paths.TEMPLATES)
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "adapt": _adapt,
        "csv": _csv,
        "text": document.text_of,
        "caveat": _caveat,
    }
    environment.tests["texts"] = _texts
    environment.globals["faces"] = faces
    return environment.get_template("report.html.j2")


def _texts(block: dict) -> bool:
    """Tell whether a table holds texts more than numbers: three columns or more that are set to the left, and at most one that is not."""
    left = sum(column["align"] == "left" for column in block["columns"])
    return left >= 3 and len(block["columns"]) - left <= 1


def _caveat(blocks: list[dict], position: int) -> bool:
    """Tell whether the note at a position qualifies a paragraph or a list, maybe after other notes."""
    before = [b["type"] for b in blocks[:position] if b["type"] != "note"]
    return bool(before) and before[-1] in ("para", "list")


COPY = """for (const link of document.querySelectorAll("a.copy")) {
  const status = link.parentElement.appendChild(document.createElement("span"));
  status.setAttribute("role", "status");
  link.textContent = "Copy link";
  link.addEventListener("click", () => navigator.clipboard.writeText(link.href).then(() => { status.textContent = " Copied"; setTimeout(() => status.textContent = "", 3000); }, () => {}));
}"""
"""Turns the links to tables and figures into links that also copy themselves. The page is whole without it."""

FILTER = """const field = document.getElementById("filter"), plain = t => t.normalize("NFD").replace(/\\p{M}/gu, "").toLowerCase();
field.parentElement.hidden = false;
field.addEventListener("input", () => { for (const row of document.querySelectorAll("tbody tr")) row.hidden = !plain(row.cells[0].textContent).includes(plain(field.value)); });"""
"""Filters the index of briefs by name. The page is whole without it."""

SCRIPTS = (COPY, COPY + "\n" + FILTER)
"""The scripts that a page may hold; the page's policy allows no other."""


def render(doc: dict, claims: str = "", linked: str = "") -> str:
    """Return the document as HTML; ``claims``, the text of facts.json, and ``linked``, JSON-LD, are embedded as data."""
    entries = {entry["id"]: entry for entry in doc["ledger"]}
    sources = {source["id"]: source for source in doc["sources"]}
    safe = (
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        for text in (claims, linked)
    )
    embedded, json_ld = safe
    filtered = doc.get("filter", False)
    script = SCRIPTS[filtered]
    allowed = f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    page = template().render(
        doc=doc,
        entries=entries,
        sources=sources,
        claims=embedded,
        linked=json_ld,
        colours=COLOURS,
        description=_description(doc),
        script=script,
        allowed=allowed,
        filtered=filtered,
    )
    return re.sub(r"\n\s*\n+", "\n", page)


def _description(doc: dict) -> str:
    finding = next(
        (b for c in doc["chapters"] for b in c["blocks"] if b["type"] == "finding"), None
    )
    return document.text_of(finding["runs"]) if finding else doc["title"]


class HTMLReportExporter(Exporter):
    """Sets an executed chapter, or the joined report, as one HTML file: ``jupyter nbconvert --to dossier-html``."""

    export_from_notebook = "Dossier report (HTML)"
    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = self._init_resources(
            resources
        )  # no copy, no preprocessors: the document is finished, and only read
        nb.metadata.setdefault("name", (resources.get("metadata") or {}).get("name", "chapter"))
        extra = nb.metadata.get("dossier", {})
        return render(document.of(nb), extra.get("claims", ""), extra.get("linked", "")), resources
