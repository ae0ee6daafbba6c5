"""The values read from a figure's artists are those of its rows."""

from dossier.document.model import Document
from dossier.gates import Finished


def find(finished: Finished) -> list[str]:
    return wrong_values(finished.document)


def wrong_values(document: Document) -> list[str]:
    """Return a problem for each series that draws other values than its rows."""
    problems = []
    for figure in document.figures():
        if not figure.shown:
            problems.append(f"figure {figure.id}: names no values that it shows; give them")
        for series in sorted({*figure.drawn, *figure.shown}):
            drawn, shown = figure.drawn.get(series), figure.shown.get(series)
            if drawn != shown:
                pairs = enumerate(zip(drawn or [], shown or [], strict=False))
                at = next((str(n) for n, (a, b) in pairs if a != b), "its length")
                problems.append(
                    f"figure {figure.id}, series {series.removeprefix('data-')}, at {at}: "
                    "draws other values than its rows; plot the rows as they are"
                )
    return problems
