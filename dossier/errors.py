"""What whoever writes a report can mend."""

import difflib
from collections.abc import Iterable


class Mendable(ValueError):
    """An error whose message names the place and the remedy: a notebook shows it as one line."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in the place of the traceback."""
        return [f"{type(self).__name__}: {self}"]


def mistake(place: str, error: Exception) -> str:
    """Return what a project's own function did, in a line.

    >>> mistake("analysis.rules.staff", KeyError("qualifer"))
    "analysis.rules.staff raised KeyError: 'qualifer'; mend the function"
    """
    return f"{place} raised {type(error).__name__}: {error}; mend the function"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a question that names what is nearest to a word, or else what is given.

    >>> print(did_you_mean("unit", ["units", "paper"]))
    did you mean 'units'?
    >>> did_you_mean("x", ["paper"], "name a paper")
    'name a paper'
    """
    near = nearest(word, known)
    return f"did you mean {near!r}?" if near else otherwise


def nearest(word: str, known: Iterable[str]) -> str:
    """Return what is nearest to a word, empty where nothing is near."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")
