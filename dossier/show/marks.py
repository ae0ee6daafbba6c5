"""What the marks of a drawing say when one points at them: names and values, read off its axes.

A mark says where it stands: the words or the day on one axis, the value on the other. An artist's
own label, where it has one, says of what. Nothing is said where no axis names the place.
"""

from typing import Any

import matplotlib.dates as mdates
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, ScalarFormatter

from dossier.text.dates import day_text
from dossier.text.numbers import number_text

YEARS = range(1000, 3000)
"""Places on an axis of numbers that are named as they are."""


UNMARKED = ("None", None, "", " ")
"""What matplotlib calls the marker of a line without any."""


def told(artist: Any) -> list[str]:
    """Return what each mark of an artist says, in the order in which they are drawn.

    Empty for an artist that draws no marks, and where one of them would say nothing.
    """
    label = str(artist.get_label())
    label = "" if label.startswith("_") else label
    points = _points(artist)
    named = label if len(points) == 1 else ""
    names = [named or name for name in _names(artist.axes, points, label)]
    values = _values(artist.axes, points)
    said = [f"{n}: {v}" if n and v else "" for n, v in zip(names, values, strict=True)]
    return said if all(said) else []


def axes_of_time(artists: list[Any]) -> tuple[str, ...]:
    """Return which of the axes x and y are days in all panels that the artists stand in."""
    panels = [artist.axes for artist in artists]
    return tuple(
        name for name in "xy" if panels and all(_is_time(_axis(panel, name)) for panel in panels)
    )


def _points(artist: Any) -> list[tuple[float, float]]:
    """Return where the marks of an artist stand: a bar's end, a marker's middle."""
    if isinstance(artist, Rectangle):
        x, y, width, height = (
            artist.get_x(),
            artist.get_y(),
            artist.get_width(),
            artist.get_height(),
        )
        lying = bool(_words(_axis(artist.axes, "y")))
        return [(width, y + height / 2) if lying else (x + width / 2, height)]
    places: Any = ()
    if isinstance(artist, PathCollection):
        places = artist.get_offsets()
    elif isinstance(artist, Line2D) and artist.get_marker() not in UNMARKED:
        places = artist.get_xydata()
    return [(float(x), float(y)) for x, y in places]


def _names(panel: Any, points: list[tuple[float, float]], label: str) -> list[str]:
    """Return what marks are of: their places on the axis with words, else on x; and the label."""
    lying = bool(_words(_axis(panel, "y")))
    places = _places(_axis(panel, "y" if lying else "x"), [p[1 if lying else 0] for p in points])
    return [f"{place}, {label}" if place and label else place for place in places]


def _values(panel: Any, points: list[tuple[float, float]]) -> list[str]:
    """Return what marks tell on the other axis: its words, or numbers, all as exact."""
    lying = bool(_words(_axis(panel, "y")))
    numbers = [point[0 if lying else 1] for point in points]
    if words := _words(_axis(panel, "x")) if lying else {}:
        return [words.get(round(number, 3), "") for number in numbers]
    whole = all(float(number).is_integer() for number in numbers)
    largest = max((abs(number) for number in numbers), default=0)
    decimals = 0 if whole or largest >= 100 else 1 if largest >= 10 else 2
    return [number_text(number, decimals) for number in numbers]


def _places(axis: Any, numbers: list[float]) -> list[str]:
    """Return what an axis calls places: by its words, or as days or years."""
    if words := _words(axis):
        return [words.get(round(at, 3), "") for at in numbers]
    if _is_time(axis):
        return [day_text(mdates.num2date(at).date()) for at in numbers]
    return [str(int(at)) if at in YEARS else "" for at in numbers]


def _axis(panel: Any, name: str) -> Any:
    return getattr(panel, f"{name}axis")


def _is_time(axis: Any) -> bool:
    return "Date" in type(axis.get_converter()).__name__


def _words(axis: Any) -> dict[float, str]:
    """Return the words at the places of an axis whose ticks were given words."""
    formatter = axis.get_major_formatter()
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return {}
    if isinstance(formatter, ScalarFormatter):
        return {}
    places = [float(place) for place in axis.get_majorticklocs()]
    labels = (" ".join(str(formatter(place, n)).split()) for n, place in enumerate(places))
    return {round(place, 3): label for place, label in zip(places, labels, strict=True)}
