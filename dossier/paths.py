"""Where files are."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("DOSSIER_ROOT") or Path(__file__).resolve().parent.parent)
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
PACKAGE = Path(__file__).resolve().parent
FONTS = PACKAGE / "export" / "fonts"
TEMPLATES = PACKAGE / "export" / "templates"
