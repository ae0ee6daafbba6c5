"""Executed notebooks as chapters: what no report prints is refused, with cell and remedy."""

import nbformat
import pytest

from dossier.document.markdown import MarkdownError, inline
from dossier.document.model import Code, Heading, Paragraph, Run, text_of
from dossier.document.notebooks import ChapterError, chapter_of


def notebook(*outputs):
    cell = nbformat.v4.new_code_cell("x", outputs=list(outputs))
    title = nbformat.v4.new_markdown_cell("# A question?")
    return nbformat.v4.new_notebook(cells=[title, cell])


def test_a_print_is_shown_with_its_blank_lines_and_indents():
    made = chapter_of(notebook(nbformat.v4.new_output("stream", text="  a\n\nb\n")), "x", 1)
    assert made.title == "A question?" and made.blocks == [Code("  a\n\nb")]


def test_sections_stay_but_those_of_which_nothing_was_known():
    text = "## One\n\n## Two\n\nwords\n\n    code\n\n## Three"
    made = notebook()
    made.cells.append(nbformat.v4.new_markdown_cell(text))
    chapter = chapter_of(made, "x", 1)
    assert chapter.title == "A question?"
    assert chapter.blocks == [
        Heading(2, [Run("Two")], "x-1"),
        Paragraph([Run("words")]),
        Code("code"),
    ]


def test_each_look_is_kept():
    assert inline("*b* **c** `d` [e](https://example.org) [f](<#fact-g>)")[::2] == [
        Run("b", em=True),
        Run("c", strong=True),
        Run("d", code=True),
        Run("e", href="https://example.org"),
        Run("f", fact="g"),
    ]


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            nbformat.v4.new_output("stream", name="stderr", text="UserWarning: old\n"),
            "writes to stderr: 'UserWarning: old'",
        ),
        (
            nbformat.v4.new_output(
                "execute_result", {"text/plain": "   a  b\n0  1  2", "text/html": "<table>"}
            ),
            "which no report prints",
        ),
        (
            nbformat.v4.new_output(
                "display_data", {"image/png": "iVBOR", "text/plain": "<Figure>"}
            ),
            "report.figure",
        ),
        (
            nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]),
            "ValueError: no",
        ),
    ],
)
def test_what_no_report_prints_is_refused(output, words):
    with pytest.raises(ChapterError, match=r"notebooks/04-x\.ipynb, cell 2") as caught:
        chapter_of(notebook(output), "04-x", 1)
    assert words in str(caught.value)


def test_cells_are_counted_as_the_notebook_has_them():
    """papermill's own cell of parameters, which stands between them, has no number."""
    made = notebook(nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[]))
    injected = nbformat.v4.new_code_cell("units = 1", metadata={"tags": ["injected-parameters"]})
    made.cells.insert(1, injected)
    with pytest.raises(ChapterError, match="cell 2: ValueError"):
        chapter_of(made, "04-x", 1)


@pytest.mark.parametrize("text", ["There are {many}.", "- so\n- *{a.b.c}*", "# On {many:n}"])
def test_a_fact_in_a_cell_of_markdown_is_refused_with_the_remedy(text):
    made = notebook()
    made.cells.append(nbformat.v4.new_markdown_cell(text))
    with pytest.raises(ChapterError, match=r"^notebooks/x.ipynb, cell 3: \{.*below %%say"):
        chapter_of(made, "x", 1)
    made.cells[-1].source = "A sentence names a fact so: `{many}`.\n\n    {many}\n"
    assert len(chapter_of(made, "x", 1).blocks) == 2


def test_markdown_that_has_no_place_is_refused():
    with pytest.raises(MarkdownError, match="no place in a report's sentence"):
        inline("an ![image](x.png)")
    assert text_of(inline("a *b* `c` [d](https://example.org)")) == "a b c d"
