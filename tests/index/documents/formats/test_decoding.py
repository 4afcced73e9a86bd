"""Which encoding the bytes of a text file are in."""

from __future__ import annotations

import codecs

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.decoding import decode

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, a pak šel domů přes řeku."
POLISH = "Muzeum jest zamknięte w poniedziałki, a bilet kosztuje sześć koron za osobę."
RUSSIAN = "Вход стоит шесть крон, музей закрыт по понедельникам."
JAPANESE = "入場料は六百円です。博物館は月曜日に閉まります。"


def test_utf_8_is_not_remarked_upon_and_keeps_its_mark() -> None:
    assert decode("£4".encode()) == ("£4", ())
    assert decode("\ufeff£4".encode()) == ("\ufeff£4", ())


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("A coffee costs £4.", "cp1252", "Windows-1252"),
        ("The café’s door is “closed” – until five.", "cp1252", "Windows-1252"),
        ("Der Eintritt beträgt fünf Kronen für Gäste.", "cp1252", "Windows-1252"),
        ("£4", "latin-1", "Windows-1252"),
        (CZECH, "cp1250", "Windows-1250 (Central European)"),
        (POLISH, "cp1250", "Windows-1250 (Central European)"),
        (RUSSIAN, "cp1251", "Windows-1251 (Cyrillic)"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (JAPANESE, "shift_jis", "Shift JIS"),
        ("A loaf costs six crowns.", "utf-16-le", "UTF-16"),
        ("A loaf costs six crowns.", "utf-16-be", "UTF-16"),
        ("Ein Brötchen für £4.", "utf-16-le", "UTF-16"),
    ],
)
def test_other_encodings_are_read_and_said(text: str, encoding: str, name: str) -> None:
    assert decode(text.encode(encoding)) == (text, (f"it was read as {name}",))


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str, name: str) -> None:
    assert decode(mark + JAPANESE.encode(encoding)) == (JAPANESE, (f"it was read as {name}",))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"abc\0def", "it holds NUL bytes (byte 3): it is not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it holds NUL bytes (byte 8): it is not text"),
        (b"\xff\xfea", "it looks like UTF-16 and is not (byte 0); save it as UTF-8"),
        (bytes(range(1, 32)) * 9 + b"\xff", "it is full of control characters: it is not text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert str(caught.value) == why
