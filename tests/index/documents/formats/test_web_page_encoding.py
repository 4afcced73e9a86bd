"""Web pages are decoded as browsers decode them, and what was guessed is said."""

from __future__ import annotations

import pytest

from index.documents.formats.web_page_encoding import decode_web_page

GUESSED = ("it was read as Windows-1252",)


@pytest.mark.parametrize(
    ("data", "text", "notes"),
    [
        ("<p>Café".encode(), "<p>Café", ()),
        ("<p>Café".encode("utf-8-sig"), "<p>Café", ()),
        ("\ufeff<p>Café".encode("utf-16-le"), "<p>Café", ()),
        ("\ufeff<p>Café".encode("utf-16-be"), "<p>Café", ()),
        (b"<meta charset=iso-8859-1><p>\x93Caf\xe9\x94", "<meta charset=iso-8859-1><p>“Café”", ()),
        (b"<meta charset='koi8-r'>\xc1", "<meta charset='koi8-r'>а", ()),
        (b"<META http-equiv=x content='text/html; charset=big5'>\xa4\xa4", None, ()),
        (b"<?xml version='1.0' encoding='Shift_JIS'?>\x83A", None, ()),
        (b"<p>Caf\xe9 \x80", "<p>Café €", GUESSED),
        (b"<meta charset=utf-8>Caf\xe9", "<meta charset=utf-8>Café", GUESSED),
        (b"<meta charset=unicode_escape>\\u0041", "<meta charset=unicode_escape>\\u0041", ()),
        (b"<meta charset=iso-8859-99>a", "<meta charset=iso-8859-99>a", ()),
    ],
)
def test_a_page_is_decoded(data: bytes, text: str | None, notes: tuple[str, ...]) -> None:
    decoded, said = decode_web_page(data)
    assert said == notes
    assert decoded == text or (text is None and decoded.endswith(("中", "ア")))


def test_a_few_faults_do_not_make_utf_8_another_encoding() -> None:
    text, notes = decode_web_page("äöü".encode() + b"\xff")
    assert text == "äöü\ufffd"
    assert notes == ("some of its characters could not be read, since they are not UTF-8",)
