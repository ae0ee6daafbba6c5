"""The HTML as a reader opens it, from a mail attachment, in headless Chromium."""

import gzip
import json
import os
import re
import shutil
import subprocess

import pytest
from conftest import need

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
]

OWN = (".google.com", ".googleapis.com", ".gvt1.com")
"""Hosts that the browser itself asks for at its start; none of them stands in the report."""


def chromium(folder, *words):
    command = [need("chromium"), *FLAGS, f"--user-data-dir={folder / 'profile'}", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=300, env=os.environ | {"HOME": str(folder)}
    )


def test_opening_the_page_asks_nothing_of_the_network(edition, tmp_path):
    page = tmp_path / "report.html"
    shutil.copy(edition.html, page)
    log = tmp_path / "net.json"
    chromium(
        tmp_path,
        f"--log-net-log={log}",
        f"--screenshot={tmp_path / 'page.png'}",
        "--window-size=1280,2000",
        page.as_uri(),
    )
    assert (tmp_path / "page.png").stat().st_size > 20_000
    text = log.read_text(encoding="utf-8")
    asked = set(re.findall(r'"url":"https?://([^"/:]+)', text))
    assert {host for host in asked if not host.endswith(OWN)} == set()
    assert not any(f"//{host}" in edition.html.read_text(encoding="utf-8") for host in asked)


def test_the_page_is_whole_without_a_script(edition, tmp_path):
    page = tmp_path / "report.html"
    shutil.copy(edition.html, page)
    dom = chromium(tmp_path, "--dump-dom", page.as_uri()).stdout
    assert dom.count("<tr data-row=") == edition.html.read_text(encoding="utf-8").count(
        "<tr data-row="
    )
    assert "The article is dated by the remarks" in dom


def test_the_file_is_small_enough_for_a_mail(edition):
    # of which 0.31 MB are facts.json, 0.28 the figures, each drawn twice, and 0.13 the fonts
    assert edition.html.stat().st_size <= 1_500_000
    assert len(gzip.compress(edition.html.read_bytes())) < 400_000
    assert len(json.loads(edition.facts.read_text())["facts"]) > 150


DRAWINGS = """() => [...document.querySelectorAll('.chart .scroll')]
  .filter(frame => frame.children[1])
  .map(frame => [
    [...frame.children].filter(e => e.getClientRects().length).map(e => e.classList[0]).join(),
    frame.scrollWidth - frame.clientWidth,
  ])"""
"""Which of its drawings each figure with two shows, and how far it scrolls sideways."""


@pytest.mark.parametrize(("width", "shown"), [(390, "narrow"), (1280, "whole")])
def test_of_two_drawings_the_page_shows_that_of_its_width(edition, blank, width, shown):
    page = blank(viewport={"width": width, "height": 900})
    page.goto(edition.html.as_uri())
    seen = page.evaluate(DRAWINGS)
    assert len(seen) >= 6 and all(drawing == [shown, 0] for drawing in seen)


@pytest.mark.parametrize("width", [320, 1280, 2560])
def test_the_page_is_no_wider_than_its_window(edition, blank, width):
    page = blank(viewport={"width": width, "height": 900})
    page.goto(edition.html.as_uri())
    scroll, client = page.evaluate(
        "(e => [e.scrollWidth, e.clientWidth])(document.documentElement)"
    )
    assert client >= width - 20 and scroll <= client
