"""Imported before all else: jsonschema builds a grammar of addresses at its import, for a second.

No test needs it, as no command does (see ``dossier.__main__.main``).
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
