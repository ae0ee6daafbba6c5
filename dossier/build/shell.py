"""The shell that runs a notebook's cells in this process: IPython's own, its outputs captured.

Prints, displays and their updates, results and errors come in the order in which they were made;
``await`` works at the top of a cell.
"""

import sys
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config


class TooMuchOutput(BaseException):
    """More output than a notebook may show; no cell's ``except Exception`` catches it."""


class Shown(list[Any]):
    """The outputs of a cell, as a notebook holds them; ``limit`` is the bytes of all cells."""

    def __init__(self, limit: int):
        super().__init__()
        self.left = limit
        self.displays: dict[str, Any] = {}

    def add(self, kind: str, **content: Any) -> Any:
        """Add an output, with a stream's text joined to the same stream's before it."""
        texts = (content.get("text", ""), *content.get("data", {}).values())
        self.left -= sum(len(str(text)) for text in texts)
        if self.left < 0:
            raise TooMuchOutput
        last = self[-1] if self else None
        if kind == "stream" and last is not None and last.get("name") == content["name"]:
            last["text"] += content["text"]
            return last
        self.append(nbformat.v4.new_output(kind, **content))
        return self[-1]


class Stream:
    """Standard output or error of a cell."""

    encoding = "utf-8"

    def __init__(self, name: str, shown: Shown):
        self.name, self.shown = name, shown

    def write(self, text: str) -> int:
        if text:
            self.shown.add("stream", name=self.name, text=text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False


class Publisher(DisplayPublisher):
    """Takes what ``display`` shows; an update takes the place of what it updates."""

    shown: Shown

    def publish(  # type: ignore[override]
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **more: Any,
    ) -> None:
        id = (transient or {}).get("display_id", "")
        if update and id in self.shown.displays:
            self.shown.displays[id] |= {"data": data, "metadata": metadata or {}}
            return
        made = self.shown.add("display_data", data=data, metadata=metadata or {})
        if id:
            self.shown.displays[id] = made

    def clear_output(self, wait: bool = False) -> None:
        self.shown.clear()


class Hook(DisplayHook):
    """Takes the value of a cell's last expression."""

    shown: Shown

    def write_output_prompt(self) -> None:
        """A notebook has none."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        shell: Any = self.shell
        data = {"data": dict(format_dict), "metadata": dict(md_dict or {})}
        self.shown.add("execute_result", execution_count=shell.execution_count, **data)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """IPython's shell whose outputs go to ``shown``."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(Hook)
    shown: Shown

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        name = getattr(etype, "__name__", str(etype))
        self.shown.add("error", ename=name, evalue=str(evalue), traceback=list(stb))


def open_shell(limit: int, folder: Path) -> Any:
    """Return a shell that keeps nothing of its own but in ``folder``; see ``run``."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "nocolor"
    shell: Any = Shell.instance(config=settings, ipython_dir=str(folder))
    shell.shown = shell.display_pub.shown = shell.displayhook.shown = Shown(limit)
    streams: Any = sys
    streams.stdout = Stream("stdout", shell.shown)
    streams.stderr = Stream("stderr", shell.shown)
    return shell


def run(shell: Any, source: str) -> list[Any]:
    """Run a cell and return its outputs; raise TooMuchOutput."""
    shell.shown.clear()
    shell.run_cell(source, store_history=True)
    if shell.shown.left < 0:  # the shell shows every exception of a cell as the cell's own
        raise TooMuchOutput
    return list(shell.shown)


def refuse_input(*_: Any) -> str:
    """Stand in for ``input``: a build asks nobody."""
    raise StdinNotImplementedError("input is asked for, and a build has nobody to ask")
