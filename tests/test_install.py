"""The set-up: uv gets what pip is configured to use, and where uv fails pip installs."""

import subprocess
import sys

import pytest
from conftest import PROJECT

sys.path.insert(0, str(PROJECT.root))
import install


def test_uv_is_told_what_pip_is_configured_to_use():
    listing = (
        ":env:.index-url='https://inner/simple'\n"
        "global.cert='/certs.pem'\n"
        "global.index-url='https://outer/simple'\n"
        "global.extra-index-url='https://one/simple\\nhttps://two/simple'\n"
        "global.timeout='60'\n"
        "download.find-links='/elsewhere'\n"
    )
    assert install.settings_of(listing) == {
        "UV_DEFAULT_INDEX": "https://inner/simple",
        "UV_INDEX": "https://one/simple https://two/simple",
        "SSL_CERT_FILE": "/certs.pem",
    }


@pytest.fixture
def commands(monkeypatch):
    """The commands that are run, none of them for real: uv fails where it is said to."""
    seen, codes = [], {"uv": 0}

    def run(command, **more):
        seen.append([str(word) for word in command])
        name = "uv" if command[0] == "uv" else "pip"
        name = "base" if "--version" in command else name
        return subprocess.CompletedProcess(command, codes.get(name, 0), "", "no such wheel")

    monkeypatch.setattr(subprocess, "run", run)
    install.find_pip.cache_clear()
    yield seen, codes
    install.find_pip.cache_clear()


WORDS = ["--require-hashes", "-r", "requirements.txt"]


def test_uv_installs(commands, monkeypatch):
    monkeypatch.setattr(install, "find_uv", lambda: "uv")
    assert install.main(WORDS) == 0
    assert commands[0][-1] == ["uv", "pip", "install", "--python", sys.executable, *WORDS]


def test_pip_installs_where_uv_cannot(commands, monkeypatch, capsys):
    monkeypatch.setattr(install, "find_uv", lambda: "uv")
    commands[1]["uv"] = 1
    assert install.main(WORDS) == 0
    assert commands[0][-1] == [*install.find_pip(), "install", *WORDS]
    assert "no such wheel" in capsys.readouterr().err


def test_pip_installs_where_there_is_no_uv(commands, monkeypatch):
    monkeypatch.setattr(install.shutil, "which", lambda name, path: None)
    assert install.main(WORDS) == 0
    assert "--require-hashes" in commands[0][1] and str(install.LOCK) in commands[0][1]
    assert commands[0][-1] == [*install.find_pip(), "install", *WORDS]


def test_uv_is_pinned_with_its_hashes():
    assert install.LOCK.read_text().count("--hash=sha256:") > 5


def test_the_pip_of_the_python_below_installs_into_the_environment(commands):
    assert install.find_pip() == [install.BASE, "-m", "pip", "--python", sys.executable]


def test_without_one_that_which_comes_with_python_is_unpacked(commands):
    commands[1]["base"] = 1
    assert install.find_pip() == [sys.executable, "-m", "pip"]
    assert commands[0][-1] == [sys.executable, "-m", "ensurepip"]
