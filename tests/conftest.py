"""What the tests share: one build of the default edition, one of the article's day, and tools that may be missing."""

import os
import shutil

import pytest

from dossier import data


def need(tool: str) -> str:
    """Return the path of a tool; without it the test is skipped, but on CI it fails."""
    path = shutil.which(tool)
    if path is None:
        message = f"{tool} is not installed (see .ci/run)"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def everything():
    """Every row there is."""
    return data.load()
