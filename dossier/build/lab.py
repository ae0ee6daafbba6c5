"""What JupyterLab's server asks of the engine, by the settings in a project's ``.jupyter``."""

from typing import Any

OF_A_RUN = ("collapsed", "execution", "scrolled")
"""What a cell's metadata keep of having been run and looked at."""


def strip_outputs(model: dict[str, Any], path: str = "", **_: Any) -> None:
    """Take out of a chapter, before it is saved, what running it has put in.

    ``model`` is Jupyter's of the file, changed in place, ``path`` the file's from the project's
    root. Whatever else is saved, such as an executed chapter in reports/, stays as it is.
    """
    if model["type"] != "notebook" or not path.strip("/").startswith("notebooks/"):
        return
    content = model["content"]
    content["metadata"]["language_info"] = {"name": "python"}  # the version is the machine's
    for cell in content["cells"]:
        for name in OF_A_RUN:
            cell["metadata"].pop(name, None)
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
