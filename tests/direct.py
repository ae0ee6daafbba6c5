"""Runs the notebooks' code in this process, with no notebook.

For the benchmark's floor, and where a test needs a document fast.
"""

import contextlib
from pathlib import Path

import nbformat

from dossier import project as projects
from dossier.build.notebooks import chapters
from dossier.document.assemble import assemble
from dossier.document.model import Document
from dossier.parameters import Parameters
from dossier.project import Project
from dossier.show import prose
from dossier.show import report as reports


def notebooks(project: Project, given: Parameters, files: list[Path] | None = None) -> list:
    """Return (name, notebook with outputs) of the chapters, or of the brief of an entity.

    Or of these ``files`` alone.
    """
    shown, found = [], []
    keep = reports.display
    reports.display = lambda bundle, raw, metadata: shown.append(
        nbformat.v4.new_output("display_data", bundle, metadata=metadata)
    )
    files = files or chapters(project)
    if given.entity:
        files = [project.notebooks / project.settings.briefs.notebook]
    try:
        with contextlib.chdir(project.root):
            for file in files:
                found.append((file.stem, _run(file, given, shown)))
    finally:
        reports.display = keep
    return found


def _run(file, given: Parameters, shown: list):
    cells, names = [], {}
    for cell in nbformat.read(file, 4).cells:
        shown.clear()
        if cell.cell_type == "code":
            if written := prose.prose_of(cell.source):
                prose.write(names["report"], *written)
            else:
                exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= given.of_notebook()
            cell.outputs = list(shown)
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


def document(given: Parameters, project: Project | None = None) -> Document:
    """Return the document of an edition or a brief."""
    project = project or projects.find()
    edition = reports.Report.for_edition(project, given)
    return assemble(notebooks(project, given), edition)
