"""Figures as a page holds them: in its colours and its font, without what no reader sees."""

import re
from typing import Any

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
UNTURNED = re.compile(r"rotate\(-?0 ")
"""What matplotlib says of a text that stands upright."""

Colours = dict[str, tuple[str, str]]


def for_page(svg: str, colours: Colours) -> str:
    """Return a figure for the page: its colours and font the page's, its text left to the label."""
    root = etree.fromstring(svg, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    named = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
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
    if element.tag not in (f"{SVG}text", f"{SVG}tspan"):
        element.text = element.tail = None


def _unwrap(group: Any) -> None:
    """Put the children of a group that says nothing in its place."""
    if group.attrib or group.getparent() is None:
        return
    parent = group.getparent()
    at = parent.index(group)
    parent[at : at + 1] = list(group)
