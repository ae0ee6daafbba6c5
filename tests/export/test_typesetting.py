"""Typst in a process that outlives its documents: the same bytes, and no harm where it ends."""

import multiprocessing

import pytest

from dossier.build.processes import CONTEXT
from dossier.export import typesetting
from dossier.export.typesetting import TypesettingError, typeset

TEMPLATE = b"""#set page(width: 60pt, height: 40pt)
#set text(font: "Source Sans 3", size: 8pt)
#read("words.txt")
"""


@pytest.fixture
def server(tmp_path_factory):
    """The process, whose address is set."""
    folder = tmp_path_factory.mktemp("t")  # a socket's name is short
    there, back = CONTEXT.Pipe(duplex=False)
    address = str(folder / "s")
    process = multiprocessing.get_context("spawn").Process(
        target=typesetting.serve, args=(address, back)
    )
    process.start()
    back.close()
    assert there.recv()
    token = typesetting.SERVER.set(address)
    yield process
    typesetting.SERVER.reset(token)
    process.kill()
    process.join()


def here(words):
    """Return what this process makes of words."""
    token = typesetting.SERVER.set("")
    try:
        return typeset(TEMPLATE, {"words.txt": words}, format="png")
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
