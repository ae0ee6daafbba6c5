"""Imported before any test: what makes every process of the tests quicker, and papermill's engine.

Papermill loads the engine at the end of its own import: it comes before what imports that.
"""

# isort: off
import quicker  # noqa: F401
import papermill.engines  # noqa: F401
