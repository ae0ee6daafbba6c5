"""The command verify, on a small dossier: its levels, signatures, and files from strangers."""

import functools
import itertools
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from conftest import command, need

from dossier.build import strangers
from dossier.build.processes import begin

SECONDS, MEMORY = 10, 1 << 30
"""What reading a stranger's file may take: of the processor, and of memory, for the whole command.

The system ends a process that takes more, and the test then sees no message of ours.
"""
BEGUN = 350 << 20
"""Bytes of it that a command begins with."""


def dossier(folder, *words, limited=False, **environment):
    """Run a command in a folder; ``limited`` in a child, with hard limits of time and memory."""
    if not limited:
        return command(folder, *words, **environment)
    assert not environment

    def work():
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY - BEGUN
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return command(folder, *words)

    done, error = begin(work)()
    assert error is None, error
    return done


def started(folder, *words):
    """Do what ``dossier`` does, limited, in a process that imports all it needs for itself."""

    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-m", "dossier", *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=limit,
    )


@pytest.fixture(scope="module")
def root(small, tmp_path_factory):
    """The small dossier, built."""
    return shutil.copytree(small, tmp_path_factory.mktemp("small") / "seagrass")


@pytest.fixture
def page(root):
    return root / "reports" / "seagrass.html"


def changed(file, old, new):
    """Change a text file in one place."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(folder, *words, run=dossier, **more):
    """Return what a command says that must refuse, in words of ours and with no traceback."""
    done = run(folder, *words, **more)
    assert done.returncode == 1 and not done.stdout and "Traceback" not in done.stderr, done
    return done.stderr


# ---- levels


@pytest.mark.parametrize("suffix", ["html", "pdf", "facts.json"])
def test_what_was_built_is_the_same_when_built_anew(root, suffix):
    before = sorted((root / "reports").iterdir())
    done = dossier(root, "verify", f"reports/seagrass.{suffix}")
    assert done.returncode == 0 and "facts agree" in done.stdout, done.stderr
    assert "(a) with the data: it is, byte for byte" in done.stdout
    assert sorted((root / "reports").iterdir()) == before


def test_outside_of_a_project_a_file_proves_only_itself(page, tmp_path):
    for folder, words in ((tmp_path, ()), (page.parent, ("--alone",))):
        done = dossier(folder, "verify", page, *words)
        assert done.returncode == 0 and "(b) by itself" in done.stdout, done.stderr
        assert "(a)" not in done.stdout and "is not found out so" in done.stdout


def test_a_number_changed_everywhere_is_refused_with_its_fact_and_places(root, page, tmp_path):
    file = tmp_path / "r.html"
    file.write_text(re.sub(r"\b8,200\b", "8,300", page.read_text()))
    words = refused(root, "verify", file)
    assert "fact people_of_town, text: is '8,300 people', its sources give '8,200 people'" in words
    assert "#fact-people_of_town: is '8,300 people'" in words


def test_a_consistent_forgery_passes_by_itself_and_not_with_the_data(root, page, tmp_path):
    file = tmp_path / "r.html"
    shutil.copy(page, file)
    changed(file, "live in the town", "lived in the town")
    assert dossier(tmp_path, "verify", file).returncode == 0
    assert "lived in the town" in refused(root, "verify", file)


def test_a_file_of_other_data_is_told_so_and_can_be_verified_alone(root, page, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(root, other)
    changed(other / "data" / "sources.csv", "Town", "City")
    words = refused(other, "verify", page)
    assert "data/sources.csv: its digest is not the one that seagrass.html names" in words
    assert "--alone" in words


def test_a_file_that_names_other_data_is_not_believed(root, page, tmp_path):
    """A forger can't have a file held against nothing by a changed digest."""
    file, text = tmp_path / "r.html", page.read_text()
    digest = re.search(r'"sources\.csv":"([0-9a-f]{64})"', text)[1]
    file.write_text(text.replace(digest, digest[::-1]))
    assert "data/sources.csv: its digest" in refused(root, "verify", file)


def test_a_file_of_a_day_that_no_edition_has_is_refused(root, page, tmp_path):
    file = tmp_path / "r.html"
    file.write_text(re.sub(r'"as_of":"[\d-]+"', '"as_of":"1999-01-01"', page.read_text()))
    assert "r.html, parameters: as_of is 1999-01-01" in refused(root, "verify", file)


def test_a_strangers_text_steers_no_terminal(root, page, tmp_path):
    file = tmp_path / "r.html"
    text = page.read_text().replace('"id":"people_of_town"', '"id":"p\\u001b[2J"')
    file.write_text(text.replace('"text":"8,200 people"', '"text":"8,300 people"'))
    words = refused(root, "verify", "--alone", file)
    assert "\x1b" not in words and "\ufffd[2J" in words


# ---- signatures


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A folder with two keys and the list of signers, which names the first."""
    need("ssh-keygen")
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        made = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(made, check=True)
    (folder / "signers").write_text(f"editor@example.org {(folder / 'own.pub').read_text()}")
    return folder


@pytest.fixture
def signed(root, keys, tmp_path):
    """A copy of the small dossier whose finished files are signed."""
    folder = tmp_path / "signed"
    shutil.copytree(root, folder)
    done = dossier(folder, "sign", keys / "own")
    assert done.returncode == 0, done.stderr
    return folder


def by(keys, name="editor@example.org"):
    return "--alone", "--signer", name, "--allowed-signers", keys / "signers"


def test_every_finished_file_is_signed_and_whose_it_is_can_be_checked(signed, keys):
    files = sorted(f for f in (signed / "reports").glob("*.*") if f.suffix != ".sig")
    assert len(files) == 4 and all(f.with_name(f"{f.name}.sig").is_file() for f in files)
    for suffix in ("html", "pdf", "facts.json"):
        done = dossier(signed, "verify", f"reports/seagrass.{suffix}", *by(keys))
        assert done.returncode == 0, done.stderr
        assert "(c) signature: made by editor@example.org, with the ED25519 key" in done.stdout
    again = dossier(signed, "verify", "reports/seagrass.pdf", "--alone")
    assert "whose key that is, --signer NAME checks" in again.stdout


def test_a_changed_file_with_an_old_signature_is_refused(signed, keys):
    file = signed / "reports" / "seagrass.html"
    changed(file, "live in the town", "lived in the town")
    for words in (by(keys), ("--alone",)):
        assert "seagrass.html.sig is no signature of seagrass.html" in refused(
            signed, "verify", file, *words
        )


def test_a_signature_by_another_or_for_something_else_is_refused(signed, keys):
    file = signed / "reports" / "seagrass.pdf"
    assert "was not signed by 'reader@example.org'" in refused(
        signed, "verify", file, *by(keys, "reader@example.org")
    )
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f"]
    for key, purpose, words in (
        ("other", "dossier", "was not signed by 'editor@example.org'"),
        ("own", "file", "is no signature of seagrass.pdf"),
    ):
        file.with_name(f"{file.name}.sig").unlink()
        subprocess.run([*sign, keys / key, "-n", purpose, file], check=True, capture_output=True)
        assert words in refused(signed, "verify", file, *by(keys))


def test_what_is_missing_for_a_signature_is_named(signed, keys, tmp_path):
    file = signed / "reports" / "seagrass.pdf"
    assert "signers is missing: write the signers' names" in refused(
        signed, "verify", file, "--signer", "x", "--allowed-signers", tmp_path / "signers"
    )
    assert "ssh-keygen is missing: install OpenSSH" in refused(
        signed, "verify", file, *by(keys), PATH=str(tmp_path)
    )
    told = dossier(signed, "verify", file, "--alone", PATH=str(tmp_path)).stdout
    assert "was not checked: ssh-keygen is missing" in told
    file.with_name(f"{file.name}.sig").unlink()
    assert "no seagrass.pdf.sig of OpenSSH's lies beside it" in refused(
        signed, "verify", file, *by(keys)
    )
    assert "name a key, such as" in refused(signed, "sign", tmp_path / "none")


def test_only_what_a_build_wrote_is_signed(signed, keys):
    reports = signed / "reports"
    for file in reports.glob("*.sig"):
        file.unlink()
    (reports / "seagrass.html").write_text("changed by hand")
    (reports / "own.pdf").write_text("the user's")
    assert dossier(signed, "sign", keys / "own").returncode == 0
    assert sorted(f.name for f in reports.glob("*.sig")) == [
        "seagrass.annotations.json.sig",
        "seagrass.facts.json.sig",
        "seagrass.pdf.sig",
    ]
    shutil.rmtree(signed / ".build")
    assert "run make report" in refused(signed, "sign", keys / "own")


def test_a_signature_outlives_a_build_only_of_the_same_bytes(signed):
    reports = signed / "reports"
    (reports / "seagrass.pdf.sig").write_text("the user's, of another kind")
    notebook = signed / "notebooks" / "01-summary.ipynb"
    notebook.write_text(notebook.read_text() + "\n")
    assert dossier(signed, "report").returncode == 0  # from other inputs, the same files
    assert len(list(reports.glob("*.sig"))) == 4
    changed(notebook, "live in the town", "lived in the town")
    assert dossier(signed, "report").returncode == 0
    left = {f.name for f in reports.glob("*.sig")}
    assert "seagrass.html.sig" not in left and "seagrass.pdf.sig" in left
    assert "seagrass.annotations.json.sig" in left  # which the sentence is not in


# ---- files from strangers


def of_pdf(change):
    """Return a maker of a file: the finished PDF, changed."""

    def make(file, finished):
        with pikepdf.open(finished.with_suffix(".pdf")) as opened:
            opened.save(file, **(change(opened) or {}))

    return make


AS_IT_IS = {"stream_decode_level": pikepdf.StreamDecodeLevel.none}


@functools.cache
def _bomb(size):
    """Return so many bytes of white space, deflated: the same part over and over."""
    part, checksum = b" " * (1 << 20), 1
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(size >> 20):
        checksum = zlib.adler32(part, checksum)
    whole = b"\x78\xda" + packed * (size >> 20) + packer.flush()
    return whole + checksum.to_bytes(4, "big")


def _attach_bomb(opened):
    attached = next(iter(opened.attachments.values())).obj.EF.F
    attached.write(_bomb(1 << 30), filter=pikepdf.Name.FlateDecode)
    return AS_IT_IS


def _draw_bomb(opened):
    opened.pages[0].Contents = opened.make_stream(b"")
    opened.pages[0].Contents.write(_bomb(1 << 30), filter=pikepdf.Name.FlateDecode)
    return AS_IT_IS


def _encrypt(opened):
    return {"encryption": pikepdf.Encryption(owner="a", user="b")}


def text(content):
    return lambda file, finished: file.write_text(content)


def of_html(old, new):
    return lambda file, finished: file.write_text(finished.read_text().replace(old, new, 1))


def _truncate(file, finished):
    whole = finished.with_suffix(".pdf").read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def _huge(file, finished):
    with file.open("wb") as handle:
        handle.truncate(500_000_000)


RECURSIVE = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000/Parent 2 0 R>>endobj\n"
    "trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
)
ENTITIES = "".join(
    f'<!ENTITY {name} "{10 * f"&{inner};"}">' for inner, name in itertools.pairwise("abcdefghi")
)
DOCTYPE = "<!DOCTYPE html>"
STRANGE = {
    "truncated.pdf": (_truncate, "no PDF that can be read"),
    "garbage.pdf": (text("%PDF-1.7\n" + "\x01\x02obj<<" * 10_000), "no PDF that can be read"),
    "encrypted.pdf": (of_pdf(_encrypt), "Incorrect password"),
    "recursive.pdf": (text(RECURSIVE), "facts.json is not attached|no PDF that can be read"),
    "attached-bomb.pdf": (of_pdf(_attach_bomb), "its reading ended by|of memory"),
    "drawn-bomb.pdf": (of_pdf(_draw_bomb), "its reading ended by|of memory"),
    "another-tools.pdf": (of_pdf(lambda p: p.attachments.clear()), "facts.json is not attached"),
    "empty.pdf": (text(""), "is empty"),
    "folder.pdf": (lambda file, finished: file.mkdir(), "is a folder"),
    "pipe.html": (lambda file, finished: os.mkfifo(file), "a pipe or a device"),
    "huge.html": (_huge, "500 MB; a finished report has less than"),
    "wide.html": (of_html("<main", "<p>" * 4_500_000 + "<main"), "no report|no HTML|holds no"),
    "deep.html": (of_html("<main", "<b>" * 900_000 + "<main"), ""),
    "script.html": (text("<script>alert(1)</script>"), "no HTML that can be read"),
    "no-claims.html": (of_html('id="claims"', 'id="x"'), "holds no claims"),
    "no-json.html": (of_html('id="claims">', 'id="claims">' + "[" * 100_000), "nested over 40"),
    "doctype.html": (of_html(DOCTYPE, '<!DOCTYPE html SYSTEM "x">'), "it does not begin with"),
    "entities.html": (
        of_html(DOCTYPE, f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'),
        "it does not begin with",
    ),
    "bytes.html": (lambda f, _: f.write_bytes(b"\xff\xfe" * 1000), "no HTML that can be read"),
    "deep.facts.json": (text("[" * 100_000 + "]" * 100_000), "nested over 40 deep"),
    "digits.facts.json": (text('{"a": ' + "9" * 1_000_000 + "}"), "its claims are no JSON"),
    "other.facts.json": (text('{"facts": [{"id": "x"}]}'), "its claims are not as"),
    "report.docx": (text("x"), "no Word file that can be read"),
    "report.odt": (text("x"), "neither .docx nor .epub nor .html nor .pdf nor .json"),
}


HUNGRY = {"recursive.pdf", "attached-bomb.pdf", "drawn-bomb.pdf", "wide.html", "deep.html"}
"""Those that take what they are given: read by a command that is started, as from a shell."""


def reader(name):
    """Return what runs a command on a stranger's file, with hard limits."""
    return started if name in HUNGRY else functools.partial(dossier, limited=True)


@pytest.mark.parametrize("name", STRANGE)
def test_a_strangers_file_ends_in_a_clear_refusal(page, tmp_path, name):
    make, words = STRANGE[name]
    make(tmp_path / name, page)
    said = refused(tmp_path, "verify", name, run=reader(name))
    assert re.search(rf"(?:File|Gate)Error: [^\n]*\n?[^\n]*(?:{words})", said), said
    assert name in said


@pytest.mark.parametrize("name", ["deep.facts.json", "attached-bomb.pdf", "pipe.html"])
def test_a_difference_of_strangers_files_ends_so_too(page, tmp_path, name):
    STRANGE[name][0](tmp_path / name, page)
    said = refused(tmp_path, "diff", name, page, run=reader(name))
    assert "FileError: " in said and name in said


def test_a_claims_pattern_that_takes_forever_is_stopped(page, tmp_path, monkeypatch):
    """The entries of the contents become a pattern: one can be made that never ends."""
    assert strangers.SECONDS < SECONDS
    monkeypatch.setattr(strangers, "SECONDS", 2)
    claims = json.loads(page.with_name("seagrass.facts.json").read_text())
    claims["settings"]["units"]["metres"] = {"words": "(a+)+$"}
    for fact in claims["facts"]:
        if fact["kind"] == "stated":
            fact["quote"] = "a" * 60 + "!"
    (tmp_path / "slow.facts.json").write_text(json.dumps(claims))
    said = refused(tmp_path, "verify", "slow.facts.json", limited=True)
    assert "can't be read within 2 s" in said


def test_a_file_that_changes_meanwhile_is_read_once(page, tmp_path):
    file = tmp_path / "r.html"
    shutil.copy(page, file)
    with strangers.copied(file) as copy:
        file.write_text("changed")
        assert copy.read_bytes() == page.read_bytes() and Path(copy).name == file.name
