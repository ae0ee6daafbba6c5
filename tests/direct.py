"""Runs the notebooks' code in this process, with no notebook: for the benchmark's floor, and where a test needs a document fast."""

import nbformat

from dossier import build, document, parameters, paths, report


def notebooks(given: parameters.Parameters) -> list:
    """Return (name, notebook with outputs) of the chapters, or of the brief where an ally is given."""
    shown, found = [], []
    keep = report.display
    report.display = lambda bundle, raw, metadata: shown.append(
        nbformat.v4.new_output("display_data", bundle, metadata=metadata)
    )
    try:
        for file in [paths.NOTEBOOKS / build.BRIEF] if given.ally else build.chapters():
            cells, names = [], {}
            for cell in nbformat.read(file, 4).cells:
                shown.clear()
                if cell.cell_type == "code":
                    exec(cell.source, names)
                    if "parameters" in cell.metadata.get("tags", []):
                        names |= given.of_notebook()
                    cell.outputs = list(shown)
                cells.append(cell)
            found.append((file.stem, nbformat.v4.new_notebook(cells=cells)))
    finally:
        report.display = keep
    return found


def doc(given: parameters.Parameters) -> dict:
    """Return the document of an edition or a brief."""
    edition = report.Report.of(given)
    return document.assemble(notebooks(given), edition)
