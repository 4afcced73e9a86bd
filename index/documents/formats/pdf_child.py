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
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator

_HYPHEN_MARK = "\x02"  # PDFium's own sign for a hyphen at the end of a line
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_LINE_ENDS = frozenset({10, 13})
_SPACES = _LINE_ENDS | {9, 32}
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
    # An address is enough to tell two objects from each other.
    raw.FPDFText_GetTextObject.restype = ctypes.c_void_p
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
        yield {"height": page.get_height(), "fragments": _page_fragments(text)}
        text.close()
        page.close()


def _page_fragments(text: object) -> list[list[object]]:
    return list(_fragments(list(_words(text, raw.FPDFText_CountChars(text)))))


class _Looks(NamedTuple):
    """How words look: their font, and in how many quarter turns their baseline runs."""

    size: float
    bold: bool
    fixed: bool
    turns: int


class _Word(NamedTuple):
    """Characters without a gap that look alike.

    `gap` stands before them: nothing, a blank, or a line feed.
    """

    text: str
    gap: str
    left: float
    bottom: float
    right: float
    top: float
    looks: _Looks


def _words(text: object, count: int) -> Iterator[_Word]:
    """Yields the words of a page in the order of the file.

    Looks and boxes are asked for once for a word, and not for each character: each question costs
    a microsecond.
    """
    get_unicode, get_object = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    codes: list[int] = []
    start, gap, current = 0, "", None
    looks = _Looks(0, bold=False, fixed=False, turns=0)
    for index in range(count):
        code = get_unicode(text, index)
        is_space = code in _SPACES
        owner = current if is_space else get_object(text, index)
        if codes and (is_space or owner != current):
            yield _word(text, codes, gap, start, index - 1, looks)
            codes, gap = [], ""
        if is_space:
            gap = "\n" if code in _LINE_ENDS else gap or " "
            continue
        if owner != current or owner is None:
            looks, current = _looks(text, index), owner
        if not codes:
            start = index
        codes.append(code)
    if codes:
        yield _word(text, codes, gap, start, count - 1, looks)


def _word(text: object, codes: list[int], gap: str, first: int, last: int, looks: _Looks) -> _Word:
    boxes = [raw.FS_RECTF(), raw.FS_RECTF()]
    for box, index in zip(boxes, (first, last), strict=True):
        raw.FPDFText_GetLooseCharBox(text, index, box)
    begin, end = boxes
    return _Word(
        _decoded(codes),
        gap,
        min(begin.left, end.left),
        min(begin.bottom, end.bottom),
        max(begin.right, end.right),
        max(begin.top, end.top),
        looks,
    )


def _decoded(codes: list[int]) -> str:
    """Returns characters as text; some of them come as two halves."""
    halves = b"".join(
        code.to_bytes(2, "little") if code < 0x10000 else chr(code).encode("utf-16-le")
        for code in codes
    )
    return halves.decode("utf-16-le", "replace").replace(_HYPHEN_MARK, "-")


def _looks(text: object, index: int) -> _Looks:
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    name = ctypes.create_string_buffer(_MAX_NAME_BYTES)
    raw.FPDFText_GetMatrix(text, index, matrix)
    raw.FPDFText_GetFontInfo(text, index, name, _MAX_NAME_BYTES, flags)
    says = name.value.lower()
    heavy = raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
    return _Looks(
        size=raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d),
        bold=heavy or b"bold" in says or b"black" in says,
        fixed=bool(flags.value & _FIXED_PITCH) or any(part in says for part in _FIXED_NAMES),
        turns=round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4,
    )


def _fragments(words: list[_Word]) -> Iterator[list[object]]:
    """Yields fragments: text, left, bottom, right, top, size, whether bold, whether of fixed width.

    Words that run in another direction than most of the page are left out: they stand in a margin
    or across the page. A page that lies on its side is turned.
    """
    turned: Counter[int] = Counter()
    for word in words:
        turned[word.looks.turns] += len(word.text)
    turns = max(turned, key=lambda turn: (turned[turn], -turn), default=0)
    together: list[_Word] = []
    for word in words:
        if word.looks.turns != turns:
            continue
        upright = _upright(word, turns)
        if together and (word.gap == "\n" or _is_apart(together[-1], upright)):
            yield _fragment(together)
            together = []
        together.append(upright)
    if together:
        yield _fragment(together)


def _upright(word: _Word, turns: int) -> _Word:
    """Returns a word of a page that lies on its side as it stands on the turned page."""
    left, bottom, right, top = word[2:6]
    if turns == 1:
        left, bottom, right, top = bottom, -right, top, -left
    elif turns == 2:
        left, bottom, right, top = -right, -top, -left, -bottom
    elif turns == 3:
        left, bottom, right, top = -top, left, -bottom, right
    return _Word(word.text, word.gap, left, bottom, right, top, word.looks)


def _is_apart(last: _Word, word: _Word) -> bool:
    """Returns whether a word does not continue the words before it."""
    size = max(last.looks.size, word.looks.size, 1.0)
    return (
        abs(last.looks.size - word.looks.size) > 0.05 * size
        or last.looks[1:3] != word.looks[1:3]
        or abs(last.bottom - word.bottom) > 0.3 * size
        or not -0.5 * size < word.left - last.right < _CELL_GAP * size
    )


def _fragment(words: list[_Word]) -> list[object]:
    text = words[0].text + "".join(word.gap + word.text for word in words[1:])
    left, right = min(word.left for word in words), max(word.right for word in words)
    bottom, top = min(word.bottom for word in words), max(word.top for word in words)
    looks = words[0].looks
    edges = (round(edge, 1) for edge in (left, bottom, right, top, looks.size))
    return [text, *edges, looks.bold, looks.fixed]


if __name__ == "__main__":
    main()
