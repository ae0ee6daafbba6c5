"""The PDF exporter: the document as JSON, set by Typst with the template report.typ."""

import datetime
import functools
import json
import os
import pickle
import subprocess
import sys

import typst
from nbconvert.exporters import Exporter

from dossier import document, paths
from dossier.parameters import ARTICLE_DAY


@functools.cache
def fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(paths.FONTS)]
    )


_home: int | None = None
"""The process in which Typst's threads were started."""


def render(doc: dict, claims: str = "") -> bytes:
    """Return the document as PDF, by PDF/UA-1 and the archival standard of its parameters; raise RuntimeError where Typst refuses it.

    ``claims``, the text of facts.json, is attached where the standard allows it: PDF/A-3a does, PDF/A-2a does not.
    """
    global _home
    if _home not in (None, os.getpid()):
        return _elsewhere(doc, claims)
    _home = os.getpid()
    standard = doc["parameters"].get("standard", "a-3a")
    inputs = {
        "document": json.dumps(doc, ensure_ascii=False),
        "claims": claims if standard == "a-3a" else "",
    }
    # the file is dated by the edition, so that the same input gives the same bytes on any day
    day = datetime.date.fromisoformat(doc["parameters"].get("as_of", ARTICLE_DAY.isoformat()))
    stamp = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
    source = (paths.TEMPLATES / "report.typ").read_bytes()
    try:
        data, warnings = typst.compile_with_warnings(
            source,
            format="pdf",
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["ua-1", standard],
            timestamp=stamp,
        )
    except typst.TypstError as error:
        raise RuntimeError(
            f"the PDF can't be set: {error.message} {' '.join(error.hints)}\n{error.diagnostic[:800]}"
        ) from None
    if warnings:
        raise RuntimeError("the PDF can't be set: " + "; ".join(w.message for w in warnings))
    return data


def _elsewhere(doc: dict, claims: str) -> bytes:
    """Set the PDF in a fresh process: in one forked from where Typst already ran, its threads are gone and it would wait for them."""
    code = "import pickle, sys; from dossier.export import pdf; sys.stdout.buffer.write(pdf.render(*pickle.load(sys.stdin.buffer)))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps((doc, claims)), capture_output=True
    )
    if done.returncode:
        raise RuntimeError(
            done.stderr.decode(errors="replace").strip().rpartition("RuntimeError: ")[2]
        )
    return done.stdout


class PDFReportExporter(Exporter):
    """Sets an executed chapter, or the joined report, as PDF: ``jupyter nbconvert --to dossier-pdf``."""

    export_from_notebook = "Dossier report (PDF)"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = self._init_resources(
            resources
        )  # no copy, no preprocessors: the document is finished, and only read
        nb.metadata.setdefault("name", (resources.get("metadata") or {}).get("name", "chapter"))
        return render(document.of(nb), nb.metadata.get("dossier", {}).get("claims", "")), resources
