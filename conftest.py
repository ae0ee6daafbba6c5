"""Imported before any test: what makes every process of the tests quicker, and papermill's engine.

Papermill loads the engine at the end of its own import: it comes before what imports that.
"""

import os

# isort: off
import quicker  # noqa: F401
import papermill.engines  # noqa: F401
import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes run tests: one more than cores, for many wait for a browser."""
    return (os.cpu_count() or 1) + 1
