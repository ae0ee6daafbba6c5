"""Typst in a process that outlives its documents: the same bytes, and no harm where it ends."""

import contextlib
import datetime
import multiprocessing
import pickle
import queue
import threading

import pytest

from dossier.build.processes import CONTEXT
from dossier.export import typesetting
from dossier.export.typesetting import TypesettingError, typeset

TEMPLATE = b"""#set page(width: 60pt, height: 40pt)
#set text(font: "Source Sans 3", size: 8pt)
#read("words.txt")
"""
DATED = {"format": "pdf", "timestamp": datetime.datetime(2025, 3, 4, tzinfo=datetime.UTC)}


@contextlib.contextmanager
def serving(folder, kept=None):
    """Give the process, whose address is set."""
    there, back = CONTEXT.Pipe(duplex=False)
    address = str(folder / "s")
    process = multiprocessing.get_context("spawn").Process(
        target=typesetting.serve, args=(address, back, kept)
    )
    process.start()
    back.close()
    assert there.recv()
    token = typesetting.SERVER.set(address)
    yield process
    typesetting.SERVER.reset(token)
    process.kill()
    process.join()
    (folder / "s").unlink()


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("t")  # a socket's name is short


@pytest.fixture
def server(folder):
    with serving(folder) as process:
        yield process


def here(words, **options):
    """Return what this process makes of words."""
    token = typesetting.SERVER.set("")
    try:
        return typeset(TEMPLATE, {"words.txt": words}, **(options or {"format": "png"}))
    finally:
        typesetting.SERVER.reset(token)


def test_one_document_after_another_has_the_bytes_of_a_process_of_its_own(server):
    asked = ["Seagrass", "Eelgrass", "Seagrass"]
    made = [typeset(TEMPLATE, {"words.txt": words}, format="png") for words in asked]
    assert made == [here(words) for words in asked] and made[0] != made[1]
    assert server.is_alive()


def test_what_typst_refuses_is_told_and_the_next_is_set(server):
    with pytest.raises(TypesettingError, match=r"the PNG can't be set: .*nothing\.txt"):
        typeset(b'#read("nothing.txt")', {}, format="png")
    assert typeset(TEMPLATE, {"words.txt": "On"}, format="png") == here("On")


def test_where_it_has_ended_this_process_sets_the_document(server):
    server.kill()
    server.join()
    assert typeset(TEMPLATE, {"words.txt": "Still"}, format="png") == here("Still")


def test_a_process_that_knows_what_another_set_last_makes_the_same_bytes(folder):
    kept = folder / "kept" / "last.pickle"
    with serving(folder, kept):
        assert typeset(TEMPLATE, {"words.txt": "A figure"}, format="png")
        assert typeset(TEMPLATE, {"words.txt": "Seagrass"}, **DATED) == here("Seagrass", **DATED)
        typeset(TEMPLATE, {"words.txt": "A figure"}, format="png")  # it is kept by then
    kept_work = pickle.loads(kept.read_bytes())
    assert kept_work == (TEMPLATE, {"words.txt": "Seagrass"}, DATED)
    for content in (kept.read_bytes(), b"broken", pickle.dumps((b"#nothing", *kept_work[1:]))):
        kept.write_bytes(content)
        with serving(folder, kept):
            made = typeset(TEMPLATE, {"words.txt": "Eelgrass"}, **DATED)
        assert made == here("Eelgrass", **DATED)


def test_what_was_kept_is_set_before_anything_is_asked_for(folder, monkeypatch):
    done = queue.Queue()
    monkeypatch.setattr(typesetting, "_answer", done.put)
    there, back = CONTEXT.Pipe(duplex=False)
    kept = folder / "last.pickle"
    kept.write_bytes(pickle.dumps("what was kept"))
    work = typesetting.serve, (str(folder / "s"), back, kept)
    threading.Thread(target=work[0], args=work[1], daemon=True).start()
    assert there.recv() and done.get(timeout=20) == "what was kept"
