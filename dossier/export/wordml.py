"""The elements of WordprocessingML, of which a Word file's texts and tables are made."""

import hashlib
import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FACTS = "urn:dossier:facts"
"""The namespace of the part that holds facts.json; Word keeps such parts when it saves."""
SVG_NS = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
"""The namespace of the SVG beside a picture's PNG."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def bookmark(id: str) -> str:
    """Return the bookmark of an id: Word allows forty letters, digits and underscores.

    >>> bookmark("fact-signed")
    'fact_signed_ef87114f'
    """
    digest = hashlib.sha256(id.encode()).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9]', '_', id)[:31]}_{digest}"


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """Return an element of WordprocessingML."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def run(text: str, style: str = "") -> Any:
    run = el("r")
    if style:
        run.append(el("rPr", el("rStyle", val=style)))
    content = el("t")
    content.text = text
    content.set(SPACE, "preserve")
    run.append(content)
    return run


def tab() -> Any:
    return el("r", el("tab"))


def field(instruction: str, *result: Any) -> list[Any]:
    """Return a field that Word can update, and its result as it stands."""
    code = el("instrText")
    code.text = f" {instruction} "
    code.set(SPACE, "preserve")
    begin, separate, end = (
        el("r", el("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    return [begin, el("r", code), separate, *result, end]


def paragraph(style: str, *content: Any, align: str = "") -> Any:
    properties = el("pPr", el("pStyle", val=style))
    if align not in ("", "left"):
        properties.append(el("jc", val=align))
    return el("p", properties, *content)
