"""The book holds what the report holds, and is an EPUB to those who check them."""

import subprocess
from pathlib import Path

import pytest
from conftest import need, rendered
from lxml import etree

from dossier.export import epub
from dossier.export.archives import archive, unpacked
from dossier.gates import Finished, claims, knowledge, leaks, numbers, parity
from dossier.gates.verify import alone

EPUBCHECK = Path("/usr/bin/epubcheck")
"""Where Debian puts it: a Java archive."""


@pytest.fixture(scope="module")
def file(edition, tmp_path_factory):
    """The default edition as a book."""
    path = tmp_path_factory.mktemp("book") / "report.epub"
    path.write_bytes(rendered(edition, epub))
    return path


@pytest.mark.parametrize("gate", [claims, knowledge, leaks, numbers, parity])
def test_the_gates_hold_for_it(edition, file, gate):
    assert gate.find(Finished(edition.report, edition.document, [epub.read(file)])) == []


def test_its_rows_sources_and_pictures_are_read(edition, file):
    reading, document = epub.read(file), edition.document
    assert [key for key, _ in reading.rows] == [k for t in document.tables() for k in t.keys]
    assert reading.cited == [source.id for source in document.sources]
    assert [alt for alt, _ in reading.alts] == [figure.alt for figure in document.figures()]


def test_a_second_file_has_the_same_bytes(edition, file):
    assert rendered(edition, epub) == file.read_bytes()
    assert file.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"  # first, and not packed


def test_a_digit_changed_in_it_is_found(file, tmp_path):
    parts = unpacked(file.read_bytes())
    old = b">18 NATO members<"
    assert old in parts["chapter-0.xhtml"]
    parts["chapter-0.xhtml"] = parts["chapter-0.xhtml"].replace(old, b">19 NATO members<", 1)
    (tmp_path / "changed.epub").write_bytes(archive(parts, stored="mimetype"))
    problems = alone(epub.read(tmp_path / "changed.epub"))
    assert any("'19 NATO members'" in problem for problem in problems)


def test_every_link_inside_it_leads_somewhere(file):
    parts = unpacked(file.read_bytes())
    pages = {n: etree.fromstring(p) for n, p in parts.items() if n.endswith(".xhtml")}
    ids = {(name, id) for name, page in pages.items() for id in page.xpath("//@id")}
    count = 0
    for name, page in pages.items():
        inside = (h for h in page.xpath("//*[local-name()='a']/@href") if "://" not in h)
        for href in inside:
            target, _, id = href.partition("#")
            assert ((target or name), id) in ids if id else target in pages, href
            count += 1
    assert count > 1000


def test_epubcheck_finds_nothing(file):
    java = need("java")
    need(str(EPUBCHECK))
    brief = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # half of it went into compiling
    done = subprocess.run(
        [java, *brief, "-jar", str(EPUBCHECK), "--failonwarnings", str(file)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
