"""Imported before all else: what makes every process of the tests quicker.

jsonschema builds a grammar of addresses at its import, for a second. No test needs it, as no
command does (see ``dossier.__main__.main``). And what is imported is compiled once, not by every
process anew, whatever the environment says of bytecode. Python looks for cycles among new objects
as rarely as in a command, and seldom among all: that took a fifth of the processor.
"""

import gc
import os
import sys

sys.modules.setdefault("rfc3987_syntax", None)
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
gc.set_threshold(50_000, 20, 100)
