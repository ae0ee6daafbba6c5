"""No path, user, host or value of the building machine; nothing that a browser would fetch."""

import contextlib
import getpass
import os
import re
import socket
from pathlib import Path

from dossier.gates import Finished

SECRET = re.compile(r"KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|COOKIE|SESSION|PRIVATE", re.I)
"""Names of variables of the environment that hold a secret."""
SHORTEST = 8
"""Characters: a shorter value is no secret that a text could not hold by chance."""


def find(finished: Finished) -> list[str]:
    secrets = machine_values(finished.report.project.root)
    problems = [p for reading in finished.readings for p in reading.problems]
    return problems + [
        f"{reading.file.name}: holds {what}; find what prints it and take it out"
        for reading in finished.readings
        for secret, what in secrets.items()
        if holds(reading.data, secret) or holds(reading.data, as_bytes(secret))
    ]


def machine_values(root: Path) -> dict[str, str]:
    """Return what a file must not hold, each with what it is: places, names, the environment."""
    found = {
        str(root): "the project's folder",
        str(Path.home()): "the home folder",
        socket.gethostname(): "the host's name",
    }
    with contextlib.suppress(KeyError, OSError):  # a user id without a name
        found[getpass.getuser()] = "the user's name"
    environment = {
        value: f"the environment's {name}"
        for name, value in os.environ.items()
        if len(value) >= SHORTEST and (SECRET.search(name) or _is_place(value))
    }
    words = {value: what for value, what in found.items() if _tells(value)}
    return environment | words


def _is_place(value: str) -> bool:
    """Return whether a value is a path of this machine, of two folders or more."""
    return value.startswith(("/", "\\")) and value.count(os.sep) > 1 and os.pathsep not in value


def _tells(value: str) -> bool:
    """Return whether a name or path tells of the machine; a plain word may stand anywhere."""
    if value.startswith(("/", "\\")):
        return _is_place(value)
    return len(value) > 4 and not (value.isalpha() and value.islower())


def as_bytes(secret: str) -> str:
    """Return a secret as its UTF-8 bytes stand in a file that is no text."""
    return secret.encode("utf-8", "surrogateescape").decode("latin-1")


def holds(text: str, secret: str) -> bool:
    """Return whether a text holds a secret as a whole word or path.

    >>> holds("in /home/ann/x", "/home/ann"), holds("the administration", "admin")
    (True, False)
    """
    start = text.find(secret)
    if start < 0:
        return False
    edge = r"(?<![\w-])" if re.match(r"\w", secret) else ""
    end = r"(?![\w-])" if re.search(r"\w$", secret) else ""
    return re.search(edge + re.escape(secret) + end, text) is not None
