"""JupyterLab's menu of exporters: one chapter by itself, as nbconvert asks for it.

A module of its own, as a build needs nothing of nbconvert, whose import takes its time.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import List

from dossier import project as projects
from dossier.document.assemble import single_chapter
from dossier.document.model import Document
from dossier.document.notebooks import parameters_of, refuse_hollow
from dossier.export import html, pdf
from dossier.project import Project, ProjectError
from dossier.show.report import Report, check_parameters


class ChapterExporter(Exporter):
    """Sets one chapter with the evidence of its facts; with ``--execute``, runs it first.

    The edition is that of the notebook's parameters. A notebook that was not run is refused.
    """

    default_preprocessors = List(["nbconvert.preprocessors.ExecutePreprocessor"])

    def document_of(self, nb: Any, resources: Any) -> tuple[Document, Any]:
        """Return a notebook's document, and nbconvert's resources."""
        executed, resources = super().from_notebook_node(nb, resources)
        of_file = resources.get("metadata") or {}
        name = of_file.get("name") or "chapter"
        refuse_hollow(executed, name)
        project = _project_of(Path(of_file.get("path") or "."))
        given = parameters_of(executed)
        briefs = project.settings.briefs
        entity = given.pop(briefs.parameter, "") if briefs else ""
        report = Report.for_edition(project, check_parameters(project, given, entity))
        return single_chapter(executed, name, report), resources


def _project_of(folder: Path) -> Project:
    """Return the project of a folder, or that of the working directory."""
    try:
        return projects.find(folder)
    except ProjectError:
        return projects.find()


class HTMLReportExporter(ChapterExporter):
    """Sets a chapter as one HTML file: ``jupyter nbconvert --to dossier_html``."""

    export_from_notebook = "Dossier report (HTML)"
    file_extension = html.SUFFIX
    output_mimetype = "text/html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        document, resources = self.document_of(nb, resources)
        return html.render(document).decode("utf-8"), resources


class PDFReportExporter(ChapterExporter):
    """Sets a chapter as PDF: ``jupyter nbconvert --to dossier_pdf``."""

    export_from_notebook = "Dossier report (PDF)"
    file_extension = pdf.SUFFIX
    output_mimetype = "application/pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        document, resources = self.document_of(nb, resources)
        return pdf.render(document), resources
