"""Which reader reads a file."""

from __future__ import annotations

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.markdown import read_markdown
from index.documents.formats.mhtml import read_mhtml
from index.documents.formats.pdf import read_pdf
from index.documents.formats.plain_text import read_plain_text
from index.documents.formats.registry import is_document, reader_for
from index.documents.formats.web_page import read_html
from index.documents.formats.word import read_docx


@pytest.mark.parametrize(
    ("suffix", "reader"),
    [
        (".txt", read_plain_text),
        (".text", read_plain_text),
        (".md", read_markdown),
        (".MD", read_markdown),
        (".htm", read_html),
        (".xhtml", read_html),
        (".mhtml", read_mhtml),
        (".pdf", read_pdf),
        (".markdown", read_markdown),
        (".mdx", read_markdown),
        (".docx", read_docx),
    ],
)
def test_a_suffix_in_any_case_has_its_reader(suffix: str, reader: object) -> None:
    assert reader_for(suffix) is reader


@pytest.mark.parametrize(
    ("suffix", "why"),
    [
        (".gif", ".gif files are not read"),
        ("", "files without a suffix are not read"),
        (".DOC", ".doc files are not read; save it as .docx"),
    ],
)
def test_a_suffix_without_a_reader_is_refused_with_the_way_out(suffix: str, why: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reader_for(suffix)
    assert str(caught.value) == why


def test_documents_are_told_from_pictures_and_programs() -> None:
    assert is_document(".Md")
    assert is_document(".doc")
    assert not is_document(".png")
    assert not is_document("")
