"""JupyterLab's menu of exporters: one executed chapter by itself, as nbconvert asks for it.

A module of its own, as a build needs nothing of nbconvert, whose import takes its time.
"""

from typing import Any

from nbconvert.exporters import Exporter

from dossier.document.assemble import single_chapter
from dossier.export import html, pdf


class HTMLReportExporter(Exporter):
    """Sets an executed chapter as one HTML file: ``jupyter nbconvert --to dossier_html``."""

    export_from_notebook = "Dossier report (HTML)"
    file_extension = html.SUFFIX
    output_mimetype = "text/html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        name = (resources.get("metadata") or {}).get("name", "chapter")
        return html.render(single_chapter(nb, name)).decode("utf-8"), resources


class PDFReportExporter(Exporter):
    """Sets an executed chapter as PDF: ``jupyter nbconvert --to dossier_pdf``."""

    export_from_notebook = "Dossier report (PDF)"
    file_extension = pdf.SUFFIX
    output_mimetype = "application/pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        name = (resources.get("metadata") or {}).get("name", "chapter")
        return pdf.render(single_chapter(nb, name)), resources
