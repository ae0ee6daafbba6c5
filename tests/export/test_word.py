"""The Word file holds what the report holds, is Word's own inside, and opens elsewhere."""

import io
import re
import subprocess
from collections import Counter

import docx
import pypdfium2
import pytest
from conftest import need, rendered
from docx.oxml.ns import qn
from PIL import Image

from dossier.document.model import ListBlock, Paragraph, runs_in, text_of
from dossier.export import chosen
from dossier.export import docx as word
from dossier.export.archives import archive, unpacked
from dossier.gates import Finished, claims, knowledge, leaks, numbers, parity
from dossier.gates.verify import alone
from dossier.parameters import ParameterError


@pytest.fixture(scope="module")
def file(edition, tmp_path_factory):
    """The default edition as a Word file."""
    path = tmp_path_factory.mktemp("word") / "report.docx"
    path.write_bytes(rendered(edition, word))
    return path


@pytest.mark.parametrize("gate", [claims, knowledge, leaks, numbers, parity])
def test_the_gates_hold_for_it(edition, file, gate):
    assert gate.find(Finished(edition.report, edition.document, [word.read(file)])) == []


def test_every_part_of_it_is_read(edition, file):
    reading = word.read(file)
    roles = {piece.role for piece in reading.pieces}
    assert roles >= {"", "fact", "table row", "label", "source", "article", "ledger", "sources"}
    runs = (r for b in edition.document.blocks() for runs in runs_in(b) for r in runs)
    printed = Counter(run.fact for run in runs if run.fact)
    assert Counter(p.fact for p in reading.pieces if p.fact) == printed and len(printed) > 100
    assert [alt for alt, _ in reading.alts] == [f.alt for f in edition.document.figures()]


def test_a_second_file_has_the_same_bytes(edition, file):
    assert rendered(edition, word) == file.read_bytes()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b">18 NATO members<", b">19 NATO members<"),
        ("word/footnotes.xml", b">28 agreements<", b">29 agreements<"),
        ("word/document.xml", b"claims, 22 are", b"claims, 23 are"),
    ],
)
def test_a_digit_changed_in_it_is_found(file, tmp_path, part, old, new):
    parts = unpacked(file.read_bytes())
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    (tmp_path / "changed.docx").write_bytes(archive(parts))
    assert any("changed.docx" in p for p in alone(word.read(tmp_path / "changed.docx")))


def test_it_is_made_of_what_word_knows(edition, file):
    """Headings, captions with fields, heads that repeat, footnotes, language, properties."""
    opened, document = docx.Document(str(file)), edition.document
    styles = [p.style.name for p in opened.paragraphs]
    assert styles.count("Heading 1") == len(document.chapters) + 3  # the appendices
    fields = [e.text.split()[:2] for e in opened.element.iter(qn("w:instrText"))]
    assert fields.count(["SEQ", "Table"]) == len(document.tables())
    assert fields.count(["SEQ", "Figure"]) == len(document.figures())
    heads = list(opened.element.iter(qn("w:tblHeader")))
    assert len(heads) == len(document.tables()) + 2  # the ledger, the sources
    assert opened.core_properties.title == document.title
    assert opened.core_properties.created.isoformat()[:10] == document.parameters["as_of"]
    assert opened.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"


def test_every_link_inside_it_leads_somewhere(file):
    parts = unpacked(file.read_bytes())
    roots = [docx.oxml.parse_xml(parts[f"word/{name}.xml"]) for name in ("document", "footnotes")]
    every = [element for root in roots for element in root.iter()]
    marks = [e.get(qn("w:name")) for e in every if e.tag == qn("w:bookmarkStart")]
    links = {e.get(qn("w:anchor")) for e in every if e.tag == qn("w:hyperlink")} - {None}
    fields = (e.text.split() for e in every if e.tag == qn("w:instrText"))
    links |= {words[1] for words in fields if words[0] == "REF"}
    assert len(links) > 300 and links <= set(marks)
    assert len(marks) == len(set(marks)) and max(map(len, marks)) <= 40


def test_a_caveat_is_a_footnote_of_what_it_qualifies(edition, file):
    caveats = []
    for chapter in edition.document.chapters:
        before = None
        for block in chapter.blocks:
            note = isinstance(block, Paragraph) and block.type == "note"
            if note and (isinstance(before, ListBlock) or getattr(before, "type", "") == "para"):
                caveats.append(text_of(block.runs))
            before = before if note else block
    notes = docx.oxml.parse_xml(unpacked(file.read_bytes())["word/footnotes.xml"])
    found = ["".join(e.text or "" for e in n.iter(qn("w:t"))) for n in notes][2:]
    # a reference is a field, with a space that does not break before its number
    assert [" ".join(text.split()) for text in found] == [" ".join(c.split()) for c in caveats]
    assert len(caveats) > 10


def test_a_figure_is_a_picture_for_every_word(edition, file):
    """An SVG for a Word that draws it, and the same as a PNG that is not blank for the others."""
    parts = unpacked(file.read_bytes())
    drawings = [name for name in parts if name.endswith(".svg")]
    pictures = [parts[name] for name in parts if name.endswith(".png")]
    assert len(drawings) == len(pictures) == len(edition.document.figures())
    for picture in pictures:
        image = Image.open(io.BytesIO(picture)).convert("L")
        assert image.width > 1200 and image.getextrema()[0] < 128 < image.getextrema()[1]


def test_libreoffice_opens_it(edition, file, tmp_path):
    """Every page that it sets holds text, every figure and every heading is there."""
    office = need("soffice")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=300)
    pages = list(pypdfium2.PdfDocument(tmp_path / "report.pdf"))
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert min(len(text) for text in texts) > 150  # more than the running head
    whole = re.sub(r"\s", "", "".join(texts))
    for chapter in edition.document.chapters:
        assert re.sub(r"\s", "", chapter.title) in whole
    pictures = [o for page in pages for o in page.get_objects() if o.type == 3]
    assert len(pictures) == len(edition.document.figures())


def test_a_format_that_is_not_there_is_refused_with_the_remedy():
    assert list(chosen(("html", "docx"))) == ["html", "docx"]
    with pytest.raises(ParameterError, match=r"'word': known are: .*docx"):
        chosen(("html", "word"))
    with pytest.raises(ParameterError, match=r"did you mean 'docx'\?"):
        chosen(("doc",))
