"""Install packages as ``pip install`` does, but by uv, in a quarter of the time.

    .venv/bin/python install.py --require-hashes -r requirements.txt

Takes what ``pip install`` and ``uv pip install`` both know. uv comes by pip, from its own lock
(install.txt), and gets what pip is configured to use. Where uv cannot be had, or cannot install,
pip installs.
"""

import ast
import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).with_name("install.txt")
BASE = getattr(sys, "_base_executable", sys.executable)
"""The Python that the environment was made from, whose pip is unpacked already."""
SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
"""Settings of pip, and the variables that tell uv the same."""
SECTIONS = ("global", "install", ":env:")
"""pip's sections, each before those that outweigh it."""
SEPARATORS = {"find-links": ","}


def settings_of(listing: str) -> dict[str, str]:
    """Return uv's variables for a listing by ``pip config list``.

    >>> settings_of("global.index-url='one'\\n:env:.index-url='two'\\nglobal.find-links='a\\\\nb'")
    {'UV_DEFAULT_INDEX': 'two', 'UV_FIND_LINKS': 'a,b'}
    """
    found = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if name in SETTINGS and section in SECTIONS:
            found[section, name] = ast.literal_eval(value)
    variables = {}
    for _, name in sorted(found, key=lambda key: SECTIONS.index(key[0])):
        value = next(found[s, name] for s in SECTIONS[::-1] if (s, name) in found)
        variables[SETTINGS[name]] = SEPARATORS.get(name, " ").join(value.split())
    return variables


def find_uv() -> str | None:
    """Return the path of this environment's uv, installed with its pip if it was not there."""
    here = str(Path(sys.executable).parent)
    if not shutil.which("uv", path=here):
        lock = ["--no-compile", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)]
        subprocess.run([*find_pip(), "install", "--quiet", *lock], stderr=subprocess.DEVNULL)
    return shutil.which("uv", path=here)


@functools.cache
def find_pip() -> list[str]:
    """Return what calls a pip for this environment; without any, that which comes with Python."""
    base = [BASE, "-m", "pip", "--python", sys.executable]
    if subprocess.run([*base, "--version"], capture_output=True).returncode == 0:
        return base
    subprocess.run([sys.executable, "-m", "ensurepip"], capture_output=True)
    return [sys.executable, "-m", "pip"]


def install_by_uv(uv: str, words: list[str]) -> bool:
    """Install by uv; return whether it could."""
    listing = subprocess.run([*find_pip(), "config", "list"], capture_output=True, text=True).stdout
    # every index is as good as another, as for pip: the hashes decide
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match"} | settings_of(listing)
    command = [uv, "pip", "install", "--python", sys.executable, *words]
    done = subprocess.run(command, env=settings | os.environ, capture_output=True, text=True)
    if done.returncode:
        print(f"uv could not install, pip does: {done.stderr.strip()}", file=sys.stderr)
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Install what the words of ``pip install`` say; return the exit code."""
    uv = find_uv()
    if uv and install_by_uv(uv, words):
        return 0
    return subprocess.run([*find_pip(), "install", *words]).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
