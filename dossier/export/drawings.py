"""Figures as a page holds them: in its colours and its font, without what no reader sees."""

import functools
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from dossier.document.model import FigureBlock

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
TEXTS = (f"{SVG}text", f"{SVG}tspan", f"{SVG}title")
UNTURNED = re.compile(r"rotate\(-?0 ")
"""What matplotlib says of a text that stands upright."""

KEPT_IDS = r"-data-|matplotlib\.axis"
"""Ids that name what is drawn: a series, an axis."""

Colours = dict[str, tuple[str, str]]


def for_page(figure: FigureBlock, colours: Colours, entities: Mapping[str, str]) -> str:
    """Return a figure for the page, and beside it the drawing for a phone, where it has one.

    The page's style shows one of the two.
    """
    whole = drawn(figure, colours, entities)
    if figure.narrow is None:
        return whole
    narrow = drawn(figure.narrow, colours, entities)
    narrow = re.sub(r"<title>[^<]*</title>", "", narrow)  # the script says what the others say
    return "".join(
        svg.replace("<svg", f'<svg class="{name}"', 1)
        for name, svg in (("whole", whole), ("narrow", narrow))
    )


@dataclass
class Looks:
    """What the drawings of one page share: a class for each look, and numbers for their ids."""

    classes: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def shared(self, svgs: str) -> str:
        """Return the drawings of a figure with classes for styles, and short ids.

        Ids of series and axes stay as they are: the page is read by them. Its language needs no
        namespace.

        >>> looks = Looks()
        >>> looks.shared('<g clip-path="url(#a-1)" style="fill:x"><clipPath id="a-1"/></g>')
        '<g class="s1 s2"><clipPath id="m1"/></g>'
        >>> looks.rules()
        '.s1{clip-path:url(#m1)}.s2{fill:x}'
        """
        short: dict[str, str] = {}
        for id in re.findall(r' id="([^"]*-\d+)"', svgs):
            if not re.search(KEPT_IDS, id):
                self.count += 1
                short[id] = f"m{self.count}"
        svgs = svgs.replace(f' xmlns="{SVG[1:-1]}"', "")
        svgs = re.sub(
            r'( id="|href="#|url\(#)([^")]+)', lambda m: m[1] + short.get(m[2], m[2]), svgs
        )
        return re.sub(r'(?: (?:clip-path|style)="[^"]*")+', self._classed, svgs)

    def _classed(self, said: re.Match[str]) -> str:
        clip = re.findall(r'clip-path="([^"]*)"', said[0])
        styles = [*(f"clip-path:{url}" for url in clip), *re.findall(r'style="([^"]*)"', said[0])]
        names = (self.classes.setdefault(s, f"s{len(self.classes) + 1}") for s in styles)
        return f' class="{" ".join(names)}"'

    def rules(self) -> str:
        """Return the style rules of the classes."""
        return "".join(f".{name}{{{style}}}" for style, name in self.classes.items())


def drawn(figure: FigureBlock, colours: Colours, entities: Mapping[str, str]) -> str:
    """Return a drawing in the page's colours and font, its text left to the page's label.

    Its marks say their values when one points at them; what is of one of the ``entities`` (names
    by their keys) bears its key as ``data-of``.
    """
    told = tuple((series, tuple(said)) for series, said in figure.told.items())
    return _drawn(figure.svg, figure.id, told, tuple(colours.items()), tuple(entities.items()))


@functools.lru_cache(maxsize=64)
def _drawn(
    svg: str,
    id: str,
    told: tuple[tuple[str, tuple[str, ...]], ...],
    colours: tuple[tuple[str, tuple[str, str]], ...],
    entities: tuple[tuple[str, str], ...],
) -> str:
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(svg, parser)
    _tell(root, id, told)
    _name(root, {name: key for key, name in entities}, f"{id}-data-")
    named = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    for element in root.iter(etree.Element):
        _trim(element, named)
    for style in list(root.iter(f"{SVG}style")):
        style.getparent().remove(style)
    for group in list(root.iter(f"{SVG}g")):
        _unwrap(group)
    for look in LOOKS:
        for group in [*reversed(list(root.iter(f"{SVG}g"))), root]:
            _gather(group, look)
    for group in list(root.iter(f"{SVG}g")):
        _unwrap(group)
    root.set("aria-hidden", "true")
    root.attrib.pop("version", None)
    etree.cleanup_namespaces(root)
    _shorten(root, named, id)
    text = str(etree.tostring(root, encoding="unicode"))
    for name, (light, _) in colours:
        text = text.replace(light, f"var(--{name})")
    return text


def _tell(root: Any, id: str, told: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Give each mark its words as a title, where as many are drawn as there are words."""
    groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    for series, said in told:
        group = groups[f"{id}-{series}"]
        drawn = list(group.iter(f"{SVG}use")) or [group]
        if len(drawn) == len(said):
            for mark, words in zip(drawn, said, strict=True):
                etree.SubElement(mark, f"{SVG}title").text = words


def _name(root: Any, keys: dict[str, str], prefix: str) -> None:
    """Mark what an entity's name stands on, what tells of it, and its own series."""
    for element in root.iter(f"{SVG}text", f"{SVG}title"):
        words = re.split("[,:]", element.text or "")[0]
        if words in keys:
            mark = element if element.tag == f"{SVG}text" else element.getparent()
            mark.set("data-of", keys[words])
    for group in root.iter(f"{SVG}g"):
        if (key := group.get("id", "").removeprefix(prefix)) in keys.values():
            group.set("data-of", key)


def _trim(element: Any, named: set[str]) -> None:
    """Take out ids that nothing names, white space, and what goes without saying."""
    id = element.get("id", "")
    if id not in named and not re.search(KEPT_IDS, id):
        element.attrib.pop("id", None)
    if XLINK in element.attrib:
        element.set("href", element.attrib.pop(XLINK))
    if UNTURNED.match(element.get("transform", "")):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", " ".join(element.get("d").split()))
    if "style" in element.attrib:
        style = re.sub(r"\s*font-family:[^;]*;?", "", element.get("style"))
        style = style.replace("stroke-dashoffset: 0;", "")
        element.set("style", re.sub(r"([:;])\s+", r"\1", style).strip("; "))
    if element.tag not in TEXTS:
        element.text = element.tail = None


def _unwrap(group: Any) -> None:
    """Put the children of a group that says nothing in its place."""
    if group.attrib or group.getparent() is None:
        return
    parent = group.getparent()
    at = parent.index(group)
    parent[at : at + 1] = list(group)


LOOKS = ("clip-path", "style")
"""What neighbours may say alike, and a group around them as well; the first is said outermost."""


def _gather(group: Any, look: str) -> None:
    """Say once, on what is around them, what several neighbours say alike of one of their looks.

    What a group's children all say, it says itself, where it says nothing of this yet.
    """
    for said, run in itertools.groupby(list(group), key=lambda element: element.get(look)):
        alike = list(run)
        if not said or len(alike) < 2 or (look == "clip-path" and _is_moved(alike)):
            continue
        around = group
        if len(alike) < len(group) or group.getparent() is None or group.get(look):
            around = etree.Element(f"{SVG}g")
            group.insert(group.index(alike[0]), around)
            around.extend(alike)
        around.set(look, said)
        for element in alike:
            del element.attrib[look]


def _is_moved(elements: list[Any]) -> bool:
    """Tell whether a clip of one of the elements is in another place than one around them."""
    return any("transform" in element.attrib for element in elements)


def _shorten(root: Any, named: set[str], id: str) -> None:
    """Number what is drawn many times, or clips, within the figure: matplotlib's names are long."""
    short = {long: f"{id}-{n}" for n, long in enumerate(sorted(named))}
    for element in root.iter(etree.Element):
        for name in ("id", "href", "clip-path"):
            value = element.get(name, "")
            found = re.sub(r"^#|^url\(#|\)$", "", value)
            if found in short:
                element.set(name, value.replace(found, short[found]))
