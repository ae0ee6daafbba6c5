"""Figures as a page holds them: in its colours and its font, without what no reader sees."""

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
    """Return a figure for the page: its colours and font the page's, its text left to the label.

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
    for group in list(root.iter(f"{SVG}g")):
        _unwrap(group)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
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
