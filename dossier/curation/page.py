"""An article as it comes: a text, a saved page, or what is typed in; cleaned of what can't be seen.

A page is read by trafilatura, which only ``dossier-report[page]`` installs. What an editor of
Windows saves is taken; a character that the report's fonts lack stands as its code point. All that
was changed is said.
"""

import contextlib
import datetime
import itertools
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dossier.data.checks import LONGEST_WORD, SIZE_LIMIT, glyphs
from dossier.text.detect import LONGEST

LONGEST_PAGE = 5_000_000
"""Characters of the longest page that is read, with its scripts."""
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head)\b", re.I)
_WIDTHS = (50, 100)
"""Characters of a line that an editor or a mail program broke."""
_MOST_UNKNOWN = 0.1
"""Share of the characters that fonts may lack; with more, the article is in another script."""
_MOST_ACCENTED = 0.2
"""Share of the letters beyond ASCII in a text of Windows-1252; more are of another encoding."""
_VARIANTS = re.compile("[\ufe00-\ufe0f]")
MARKED = re.compile(r"\[U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6})*\]")
"""Characters that no font of the report has, as an article's text shows them."""
_LINES = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class ArticleError(ValueError):
    """What is no article that can be drafted from; names the file and the remedy."""


@dataclass(frozen=True)
class Page:
    """An article's text, and what a page says of it, empty where it does not.

    ``changed`` says in words what of it was changed when it was taken.
    """

    text: str
    title: str = ""
    day: datetime.date | None = None
    url: str = ""
    publisher: str = ""
    changed: tuple[str, ...] = ()


def read_page(name: str) -> Page:
    """Return the article in a file, or in what is typed in where ``name`` is ``-``.

    Raises ArticleError for what is too long, in another encoding than UTF-8 and Windows-1252, in
    another script than those of the report's fonts, or holds no text.
    """
    where = "the text typed in" if name == "-" else name
    raw = sys.stdin.buffer.read(SIZE_LIMIT + 1) if name == "-" else _bytes(Path(name))
    if len(raw) > SIZE_LIMIT:
        raise ArticleError(f"{where}: more than {SIZE_LIMIT:,} bytes; give one article")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4096]:
        raise ArticleError(f"{where}: no UTF-8 text; save it as UTF-8")
    text, encoding = _decoded(raw, where)
    is_page = _is_page(name, text)
    _refuse_longer(text, where, LONGEST_PAGE if is_page else 2 * LONGEST)
    page = _read_html(text, where) if is_page else Page(text)
    cleaned, lacking = _marked(clean(page.text), where)
    changed = [encoding] if encoding else []
    changed += [] if is_page else _changes(raw, text)
    if lacking:
        changed.append(f"{lacking} characters that the report's fonts lack to code points")
    return replace(page, text=_checked(cleaned, where), changed=tuple(changed))


def _decoded(raw: bytes, where: str) -> tuple[str, str]:
    """Return a file's text, and what was changed where it was no UTF-8."""
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        refusal = ArticleError(f"{where}: no UTF-8 at byte {error.start}; save it as UTF-8")
    if not (text := _western(raw)):
        raise refusal
    return text, "from Windows-1252 to UTF-8"


def _western(raw: bytes) -> str:
    """Return the text that bytes are in Windows-1252, or nothing where they are likely none.

    Nothing for UTF-8 with a broken byte, for what holds control characters, and for letters that
    are mostly accented, as those of other encodings look.
    """
    if any(c > "\x7f" for c in raw.decode("utf-8", "ignore")):
        return ""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    letters = [c for c in text if c.isalpha()]
    accented = sum(c > "\x7f" for c in letters)
    controls = any(c < " " and c not in "\t\n\r\f" for c in text)
    return "" if controls or accented > _MOST_ACCENTED * len(letters) else text


def _changes(raw: bytes, text: str) -> list[str]:
    """Return what a text loses, in words: its byte-order mark, its line ends, what isn't seen."""
    hidden = sum(not c.isspace() and not c.isprintable() for c in text)
    changes = {
        "its byte-order mark left out": raw.startswith(b"\xef\xbb\xbf"),
        "line ends to LF": "\r" in text,
        f"{hidden} invisible characters left out": hidden > 0,
    }
    return [words for words, changed in changes.items() if changed]


def _marked(text: str, where: str) -> tuple[str, int]:
    """Return a text with the code points of what the report's fonts lack, and how many."""
    known = glyphs()
    strange = [c for c in text if c != "\n" and c not in known]
    if len(strange) > _MOST_UNKNOWN * len(text):
        shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in list(dict.fromkeys(strange))[:5])
        raise ArticleError(
            f"{where}: the report's fonts lack {len(set(strange))} of its characters, such as "
            f"{shown}; give it in Latin, Greek or Cyrillic letters"
        )
    parts = [
        _code_points(run) if lacking else "".join(run)
        for lacking, run in itertools.groupby(text, lambda c: c != "\n" and c not in known)
    ]
    return "".join(parts), len(strange)


def _code_points(run: Iterable[str]) -> str:
    return f"[{' '.join(f'U+{ord(c):04X}' for c in run)}]"


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise ArticleError(f"{file}: no such file; give a text, a saved page, or - for stdin")
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def _is_page(name: str, text: str) -> bool:
    return Path(name).suffix.lower() in (".html", ".htm", ".xhtml") or bool(_PAGE.match(text))


def _read_html(text: str, where: str) -> Page:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise ArticleError(
            f"{where} is a web page, which takes trafilatura: pip install dossier-report[page], "
            "or save the article as a text"
        ) from None
    found: Any = bare_extraction(text, with_metadata=True, include_comments=False)
    if found is None or not found.text:
        raise ArticleError(f"{where}: no article found in the page; save its text as a file")
    day = None
    with contextlib.suppress(TypeError, ValueError):
        day = datetime.date.fromisoformat(found.date)
    url = found.url if urlsplit(found.url or "").scheme in ("http", "https") else ""
    title = " ".join((found.title or "").split())
    body = found.text if not title or found.text.startswith(title) else f"{title}\n\n{found.text}"
    return Page(body, title, day, url or "", found.sitename or found.hostname or "")


def clean(text: str) -> str:
    """Return a text with plain line ends and spaces, without what can't be seen.

    Zero-width and bidirectional marks, soft hyphens and control characters go; compatibility forms
    that no font of the report has become their plain ones.

    >>> clean("a\\u200bb\\r\\nc\\u00a0d  \\n\\n\\n\\ne")
    'ab\\nc d\\n\\ne'
    """
    plain = _VARIANTS.sub("", unicodedata.normalize("NFC", text))
    lines = _LINES.sub("\n", plain).split("\n")
    text = "\n".join(_clean_line(line) for line in lines)
    paragraphs = re.split(r"\n{2,}", text.strip("\n"))
    return "\n\n".join(map(_unwrapped, paragraphs))


def _unwrapped(paragraph: str) -> str:
    """Return a paragraph whose lines were broken at a width as one line, any other as it is."""
    lines = paragraph.split("\n")
    broken = len(lines) > 2 and all(_WIDTHS[0] <= len(line) <= _WIDTHS[1] for line in lines[:-1])
    return " ".join(lines) if broken else paragraph


def _clean_line(line: str) -> str:
    seen = (" " if c.isspace() else c for c in line if c.isspace() or c.isprintable())
    plain = (c if c in glyphs() else unicodedata.normalize("NFKC", c) for c in seen)
    return re.sub(r" +$", "", "".join(plain))


def _refuse_longer(text: str, where: str, most: int) -> None:
    if len(text) > most:
        words = f"{where}: {len(text):,} characters, more than {most:,}; give one article"
        raise ArticleError(words)


def _checked(text: str, where: str) -> str:
    if not text.strip():
        raise ArticleError(f"{where}: holds no text; give an article")
    _refuse_longer(text, where, LONGEST)
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise ArticleError(f"{where}: holds a word of over {LONGEST_WORD} characters; is it text?")
    return f"{text}\n"
