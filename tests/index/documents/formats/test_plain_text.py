"""Plain text is decoded, and nothing else happens to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.formats.contents import UnreadableError
from index.documents.formats.plain_text import read_plain_text


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_the_text_is_the_bytes_and_nothing_else(text: str) -> None:
    data = ("word " + text).encode()
    assert read_plain_text(data).text.encode() == data


def test_another_encoding_is_said() -> None:
    contents = read_plain_text(b"A coffee costs \xa34.")
    assert contents.text == "A coffee costs £4."
    assert contents.notes == ("it was read as Windows-1252",)


def test_front_matter_is_metadata_and_stands_before_the_body() -> None:
    contents = read_plain_text(b"---\ntitle: x\n---\nBody.\n")
    assert contents.metadata.values == {"title": "x"}
    assert contents.text[contents.body :] == "Body.\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t -- \n", "it is empty"),
        (b"abc\0def", "it holds NUL bytes (byte 3): it is not text"),
    ],
)
def test_bytes_that_are_not_an_article_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_plain_text(data)
    assert str(caught.value) == reason
