"""The papermill engine ``dossier``: ``papermill --engine dossier``, see dossier/build/kernel.py."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Return ``Engine``; papermill asks for it at the end of its own import: that comes first."""
    if name != "Engine":
        raise AttributeError(f"module 'dossier.engine' has no attribute {name!r}")
    import papermill  # noqa: F401

    from dossier.build.kernel import Engine

    return Engine
