"""Which reader reads a file."""

from __future__ import annotations

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.plain_text import read_plain_text
from index.documents.formats.registry import READERS, reader_for


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".markdown", ".MD"])
def test_text_and_markdown_have_a_reader(suffix: str) -> None:
    assert reader_for(suffix) is read_plain_text


@pytest.mark.parametrize("suffix", [".gif", ""])
def test_a_suffix_without_a_reader_is_refused_with_those_that_have_one(suffix: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reader_for(suffix)
    assert str(caught.value) == f"only {', '.join(sorted(READERS))} files are read"
