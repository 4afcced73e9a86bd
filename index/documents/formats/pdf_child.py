"""The process that opens a PDF: PDFium reads it here, where a bomb or a crash harms nobody.

It is run as a script, with the PDF as its input. It writes lines of JSON: one about the document,
then one for each page with its fragments, which are words that stand beside each other and look
alike. `pdf_process` starts it and reads them; nothing else imports this file.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import sys
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Character, left, bottom, right, top, size, weight, quarter turns of its baseline.
_Char = tuple[str, float, float, float, float, float, bool, bool, int]
_HYPHEN_MARK = 2  # PDFium's own sign for a hyphen at the end of a line
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
# A gap between two characters of one line that is wider than this many font sizes separates
# columns and cells.
_CELL_GAP = 1.0
_BOLD_WEIGHT = 600
_FIXED_PITCH = 1  # bit of the font flags, PDF 32000-1:2008, table 123
_FIXED_NAMES = (b"courier", b"mono", b"consol", b"menlo", b"typewriter", b"cmtt")
_MAX_NAME_BYTES = 100


def main() -> None:
    """Reads the limits from the arguments and the PDF from the input; writes the lines."""
    max_pages, max_chars, max_bytes, max_seconds = map(int, sys.argv[1:5])
    _limit_process(max_bytes, max_seconds)
    for line in _lines(sys.stdin.buffer.read(), max_pages, max_chars):
        sys.stdout.write(json.dumps(line) + "\n")


def _limit_process(max_bytes: int, max_seconds: int) -> None:
    """Limits memory and processor time, where the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, max_bytes), (resource.RLIMIT_CPU, max_seconds)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _lines(data: bytes, max_pages: int, max_chars: int) -> Iterator[dict[str, object]]:
    import pypdfium2  # noqa: PLC0415 - after the limits are set

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_encrypted = getattr(error, "err_code", None) == _PASSWORD_ERROR
        yield {"error": "encrypted" if is_encrypted else "broken"}
        return
    if len(document) > max_pages:
        yield {"error": "pages"}
        return
    yield {"metadata": document.get_metadata_dict(), "pages": len(document)}
    left = max_chars
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield {"height": 0, "fragments": []}
            continue
        left -= max(text.count_chars(), 0)
        if left < 0:
            yield {"error": "chars"}
            return
        yield {"height": page.get_height(), "fragments": list(_fragments(list(_chars(text.raw))))}
        text.close()
        page.close()


def _chars(text: object) -> Iterator[_Char]:
    """Yields the characters of a page; an empty text stands for the end of a line."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(_MAX_NAME_BYTES)
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in {10, 13}:
            yield ("", 0, 0, 0, 0, 0, False, False, 0)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        char = "-" if code == _HYPHEN_MARK else chr(code)
        if raw.FPDFText_IsGenerated(text, index) == 1 and char == " ":
            yield (" ", 0, 0, 0, 0, 0, False, False, -1)
            continue
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetFontInfo(text, index, name, _MAX_NAME_BYTES, flags)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        weight = raw.FPDFText_GetFontWeight(text, index)
        turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        says = name.value.lower()
        bold = weight >= _BOLD_WEIGHT or b"bold" in says or b"black" in says
        fixed = bool(flags.value & _FIXED_PITCH) or any(part in says for part in _FIXED_NAMES)
        yield (char, box.left, box.bottom, box.right, box.top, size, bold, fixed, turns)


def _fragments(chars: list[_Char]) -> Iterator[list[object]]:
    """Yields fragments: text, left, bottom, right, top, size, whether bold, whether of fixed width.

    Words that run in another direction than most of the page are left out: they stand in a margin
    or across the page. A page that lies on its side is turned.
    """
    turned = Counter(char[8] for char in chars if char[8] >= 0 and char[0].strip())
    turns = turned.most_common(1)[0][0] if turned else 0
    words: list[_Char] = []
    gap = ""
    for char in chars:
        if char[0] == "" or (char[8] not in {turns, -1}):
            gap = "\n"
        elif char[0].isspace():
            gap = gap or " "
        else:
            upright = _upright(char, turns)
            if words and (gap == "\n" or _is_apart(words[-1], upright)):
                yield _fragment(words)
                words = []
            elif words and gap:
                words.append((" ", *words[-1][1:]))
            words.append(upright)
            gap = ""
    if words:
        yield _fragment(words)


def _upright(char: _Char, turns: int) -> _Char:
    """Returns a character of a page that lies on its side as it stands on the turned page."""
    text, left, bottom, right, top, *looks = char
    if turns == 1:
        box = (bottom, -right, top, -left)
    elif turns == 2:
        box = (-right, -top, -left, -bottom)
    elif turns == 3:
        box = (-top, left, -bottom, right)
    else:
        box = (left, bottom, right, top)
    return (text, *box, *looks)  # type: ignore[return-value] # looks are the last four


def _is_apart(last: _Char, char: _Char) -> bool:
    """Returns whether a character does not continue the words before it."""
    size = max(last[5], char[5], 1.0)
    return (
        abs(last[5] - char[5]) > 0.05 * size
        or last[6:8] != char[6:8]
        or abs(last[2] - char[2]) > 0.3 * size
        or not -0.5 * size < char[1] - last[3] < _CELL_GAP * size
    )


def _fragment(words: list[_Char]) -> list[object]:
    text = "".join(char[0] for char in words)
    left, right = min(char[1] for char in words), max(char[3] for char in words)
    bottom, top = min(char[2] for char in words), max(char[4] for char in words)
    size = words[0][5]
    edges = (round(edge, 1) for edge in (left, bottom, right, top, size))
    return [text, *edges, words[0][6], words[0][7]]


if __name__ == "__main__":
    main()
