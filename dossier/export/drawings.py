"""Figures as a page holds them: in its colours and its font, without what no reader sees."""

import itertools
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from dossier.document.model import FigureBlock

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
TEXTS = (f"{SVG}text", f"{SVG}tspan", f"{SVG}title")
UNTURNED = re.compile(r"rotate\(-?0 ")
"""What matplotlib says of a text that stands upright."""

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


def drawn(figure: FigureBlock, colours: Colours, entities: Mapping[str, str]) -> str:
    """Return a drawing in the page's colours and font, its text left to the page's label.

    Its marks say their values when one points at them; what is of one of the ``entities`` (names
    by their keys) bears its key as ``data-of``.
    """
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(figure.svg, parser)
    _tell(root, figure)
    _name(root, {name: key for key, name in entities.items()}, f"{figure.id}-data-")
    named = set(re.findall(r'(?:href="#|url\(#)([^")]+)', figure.svg))
    for element in root.iter(etree.Element):
        _trim(element, named)
    for style in list(root.iter(f"{SVG}style")):
        style.getparent().remove(style)
    for group in list(root.iter(f"{SVG}g")):
        _unwrap(group)
    for group in [*reversed(list(root.iter(f"{SVG}g"))), root]:
        _gather(group)
    for group in list(root.iter(f"{SVG}g")):
        _unwrap(group)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    _shorten(root, named, figure.id)
    text = str(etree.tostring(root, encoding="unicode"))
    for name, (light, _) in colours.items():
        text = text.replace(light, f"var(--{name})")
    return text


def _tell(root: Any, figure: FigureBlock) -> None:
    """Give each mark its words as a title, where as many are drawn as there are words."""
    groups = {group.get("id"): group for group in root.iter(f"{SVG}g")}
    for series, said in figure.told.items():
        group = groups[f"{figure.id}-{series}"]
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
    if id not in named and "-data-" not in id and "matplotlib.axis" not in id:
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


LOOKS = ("style", "clip-path")
"""What neighbours may say alike, and a group around them as well."""


def _gather(group: Any) -> None:
    """Say once, on a group around them, what several neighbours say alike of their looks."""
    for looks, run in itertools.groupby(list(group), key=lambda e: tuple(map(e.get, LOOKS))):
        alike = list(run)
        said = {name: look for name, look in zip(LOOKS, looks, strict=True) if look}
        if not said or len(alike) < 2:
            continue
        around = etree.Element(f"{SVG}g", said)
        group.insert(group.index(alike[0]), around)
        for element in alike:
            for name in said:
                del element.attrib[name]
            around.append(element)


def _shorten(root: Any, named: set[str], id: str) -> None:
    """Number what is drawn many times, or clips, within the figure: matplotlib's names are long."""
    short = {long: f"{id}-{n}" for n, long in enumerate(sorted(named))}
    for element in root.iter(etree.Element):
        for name in ("id", "href", "clip-path"):
            value = element.get(name, "")
            found = re.sub(r"^#|^url\(#|\)$", "", value)
            if found in short:
                element.set(name, value.replace(found, short[found]))
