"""PDFs: their columns, headings, paragraphs, lists and tables, as Markdown with page numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.documents.fields import usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_blocks import write_blocks
from index.documents.formats.pdf_columns import reading_order
from index.documents.formats.pdf_margins import without_margins
from index.documents.formats.pdf_outline import PAGE_MARK, outline
from index.documents.formats.pdf_page import Page, lines_of
from index.documents.formats.pdf_paragraphs import Piece, pieces_of
from index.documents.formats.pdf_process import Extracted, extract
from index.documents.formats.pdf_words import clean, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Where more of the words have a fixed width, it is a typewriter's, and no code.
_MAX_CODE_SHARE = 0.5
_SCAN = "it holds pictures of pages and no text; run OCR over it first"
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
# What programs write where nobody gave a title or an author.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pptx?|xlsx?|odt|rtf|tex|dvi|indd|"
    r"qxd|pdf|txt|html?|pub)|\W*(?:untitled|unspecified|anonymous|unknown|title|document|dokument|"
    r"unbenannt|author|user|admin(?:istrator)?|none)\W*\d*|\W*)",
    re.IGNORECASE | re.DOTALL,
)


def read_pdf(data: bytes) -> Contents:
    """Reads a PDF.

    Raises:
        UnreadableError: It is encrypted, damaged or too large, or holds no text.
    """
    extracted = extract(data)
    pages = [_cleaned(page) for page in extracted.pages]
    empty = sum(1 for page in pages if not page.fragments)
    if empty == len(pages):
        raise UnreadableError(_SCAN)
    text, starts = _markdown(without_margins(pages))
    if not re.search(r"\w", text):
        raise UnreadableError(_SCAN)
    return from_markdown(
        text,
        usable(_metadata(extracted)),
        extractor=f"pypdfium2 {version('pypdfium2')}; clipping 1",
        pages=starts,
        notes=_notes(empty, len(pages)),
    )


def _notes(empty: int, pages: int) -> tuple[str, ...]:
    return (f"{empty} of its {pages} pages hold no text",) if empty else ()


def _cleaned(page: Page) -> Page:
    parts = (replace(part, text=clean(part.text)) for part in page.fragments)
    return replace(page, fragments=tuple(part for part in parts if part.text.strip()))


def _markdown(pages: Sequence[Page]) -> tuple[str, list[int]]:
    """Returns the text of pages, and where each page begins in it."""
    code = _fixed_share(pages) <= _MAX_CODE_SHARE
    pieces: list[Piece] = []
    texts: list[str] = []
    columns = 0
    for number, page in enumerate(pages):
        for column in reading_order(page.fragments):
            lines = lines_of(column)
            texts += (line.text for line in lines)
            pieces += pieces_of(lines, number, columns, code=code)
            columns += 1
    marked = write_blocks(outline(pieces, vocabulary(texts), code=code))
    return _without_marks(marked, len(pages))


def _fixed_share(pages: Iterable[Page]) -> float:
    parts = [part for page in pages for part in page.fragments]
    chars = sum(len(part.text) for part in parts)
    return sum(len(part.text) for part in parts if part.fixed) / max(chars, 1)


def _without_marks(marked: str, pages: int) -> tuple[str, list[int]]:
    """Returns a text without the marks of its pages, and where these stood."""
    stretches = marked.split(PAGE_MARK)
    starts = []
    length = len(stretches[0])
    for stretch in stretches[1:]:
        starts.append(length)
        length += len(stretch)
    return "".join(stretches), starts + [length] * (pages - len(starts))


def _metadata(extracted: Extracted) -> dict[str, object]:
    """Returns the fields that a PDF states.

    The days on which it was made and changed say when the file was written, which is not when its
    text was published: only the later one is used, as the day of the last change.
    """
    stated = {name: " ".join(text.split()) for name, text in extracted.metadata.items()}
    named = {
        name: value
        for name, key in (("title", "Title"), ("author", "Author"), ("description", "Subject"))
        if (value := stated.get(key, "")) and not _NO_TITLE.fullmatch(value)
    }
    tags = stated.get("Keywords", "")
    changed = _day(stated, "ModDate") or _day(stated, "CreationDate")
    return {
        **named,
        **({"tags": tags} if tags else {}),
        **({"updated": changed} if changed else {}),
    }


def _day(stated: Mapping[str, str], key: str) -> str:
    found = _DATE.match(stated.get(key, ""))
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""
