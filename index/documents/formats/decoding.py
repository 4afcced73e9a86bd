"""From bytes to characters: which encoding a file is in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from index.documents.formats.contents import UnreadableError

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# What people call the encodings that are guessed. Others are not guessed at: they are so rare that
# a guess is more often wrong than right.
_GUESSED = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "koi8_r": "KOI8-R",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "gb18030": "GB 18030",
    "big5": "Big5",
}
# A guess needs no more of a long file than this.
_GUESSED_FROM_BYTES = 200_000
# English has a sign outside of ASCII here and there: a pound, an accent in a name. Curly marks,
# dashes and the like are not counted: they stand in the same places of all Windows encodings.
_MAX_FOREIGN_SIGNS = 3
_MARKS_OF_WINDOWS = b"\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa9\xab\xae\xb0\xb7\xbb"
# In these two encodings such bytes are signs that no word has in its middle; in others, letters.
_WITH_SIGNS = ("cp1252", "cp1254")
_LETTERS_ELSEWHERE = re.compile(
    r"[A-Za-z][\xa1-\xa8\xaa\xac\xaf\xb1-\xb6\xb8-\xba\xbc-\xbf][A-Za-z]"
)
_MAX_FOREIGN_SHARE = 0.1
# Of all NULs of UTF-16 in a European language, nearly all stand in one half of each pair.
_MIN_NUL_SHARE = 0.3
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_ASCII = bytes(range(128))
# More than one control character in so many is no text.
_MIN_CHARS_PER_CONTROL = 50


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Returns the characters of a text file, and what is to be said about its encoding.

    Nothing is said about UTF-8, whose byte order mark stays in the text. The mark of another
    encoding is no part of the text.

    Raises:
        UnreadableError: The bytes are not text, or are in no encoding that can be told.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data[len(mark) :], encoding, name)), (_note(name),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data)
    return (text, ()) if "\0" not in text else _decode_other(data)


def _decode_other(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decodes what is not UTF-8, or holds NUL."""
    if b"\0" in data:
        encoding = _utf_16_without_mark(data)
        if encoding is None:
            raise UnreadableError(f"it holds NUL bytes (byte {data.index(0)}): it is not text")
        return _checked(_strictly(data, encoding, "UTF-16")), (_note("UTF-16"),)
    encoding = _guess(data)
    if encoding is None:
        raise UnreadableError("it is not UTF-8, and its encoding cannot be told; save it as UTF-8")
    return _checked(_strictly(data, encoding, _GUESSED[encoding])), (_note(_GUESSED[encoding]),)


def _guess(data: bytes) -> str | None:
    """Returns the encoding that bytes are most probably in, or None."""
    is_elsewhere = _LETTERS_ELSEWHERE.search(data.decode("latin-1")) is not None
    if not is_elsewhere and _has_few_accents(data) and _decodes(data, "cp1252"):
        return "cp1252"
    candidates = [each for each in _GUESSED if not (is_elsewhere and each in _WITH_SIGNS)]
    best = from_bytes(data[:_GUESSED_FROM_BYTES], cp_isolation=candidates).best()
    for encoding in (best.encoding if best else "", "cp1252"):
        if encoding in _GUESSED and _decodes(data, encoding):
            return encoding
    return None


def _has_few_accents(data: bytes) -> bool:
    """Returns whether bytes look like a language of Western Europe."""
    foreign = len(data.translate(None, _ASCII + _MARKS_OF_WINDOWS))
    return foreign <= _MAX_FOREIGN_SIGNS or foreign < _MAX_FOREIGN_SHARE * len(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _utf_16_without_mark(data: bytes) -> str | None:
    """Returns which UTF-16 bytes with NUL are in, or None if they are in neither."""
    if len(data) % 2:
        return None
    first, second = data[::2].count(0), data[1::2].count(0)
    needed = _MIN_NUL_SHARE * len(data) / 2
    if second > needed and first * 10 < second:
        return "utf-16-le"
    return "utf-16-be" if first > needed and second * 10 < first else None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it looks like {name} and is not (byte {error.start}); save it as UTF-8"
        ) from error


def _checked(text: str) -> str:
    """Returns a text that is one.

    Raises:
        UnreadableError: It holds NUL, or so many control characters that it is no text.
    """
    if "\0" in text:
        raise UnreadableError("it holds NUL characters: it is not text")
    if len(_CONTROLS.findall(text)) * _MIN_CHARS_PER_CONTROL > len(text):
        raise UnreadableError("it is full of control characters: it is not text")
    return text


def _note(name: str) -> str:
    return f"it was read as {name}"
