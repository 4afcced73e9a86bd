"""Which reader reads a file."""

from __future__ import annotations

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.markdown import read_markdown
from index.documents.formats.mhtml import read_mhtml
from index.documents.formats.pdf import read_pdf
from index.documents.formats.plain_text import read_plain_text
from index.documents.formats.registry import READERS, reader_for
from index.documents.formats.web_page import read_html


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
    ],
)
def test_a_format_has_a_reader(suffix: str, reader: object) -> None:
    assert reader_for(suffix) is reader


@pytest.mark.parametrize("suffix", [".gif", ""])
def test_a_suffix_without_a_reader_is_refused_with_those_that_have_one(suffix: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reader_for(suffix)
    assert str(caught.value) == f"only {', '.join(sorted(READERS))} files are read"
