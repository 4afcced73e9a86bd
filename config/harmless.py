"""Text that does nothing where it is printed but say what it says.

File names, titles and texts come from anybody. A terminal obeys control characters; marks of
direction and characters without width make a line look like another one; a line separator forges a
line of a log. Everything that is printed goes through one of these functions.
"""

from __future__ import annotations

import json
import re
import unicodedata

# Shown in place of each control character but the three that only move on.
_SHOWN = "\ufffd"
_MOVED_ON = {"\t": " ", "\r": " ", "\n": "\n"}
_ZERO_WIDTH_JOINERS = range(0x200C, 0x200E)  # emoji and some scripts are misspelt without them
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SEPARATORS = (0x85, 0x2028, 0x2029)
# A surrogate stands for half a character: no stream takes it.
_SURROGATES = range(0xD800, 0xE000)
# Characters that nobody sees. The other format characters are signs of Arabic and Syriac.
_UNSEEN = tuple(
    code
    for code in (0xAD, 0x61C, *range(0x180E, 0x10000), *range(0xE0000, 0xE0080))
    if unicodedata.category(chr(code)) == "Cf" and code not in _ZERO_WIDTH_JOINERS
)
_TABLE: dict[int, str | None] = dict.fromkeys(_UNSEEN)
_TABLE |= dict.fromkeys((*range(32), *range(127, 160), *_DIRECTION, *_SURROGATES), _SHOWN)
_TABLE |= dict.fromkeys(_SEPARATORS, " ")
_TABLE |= {ord(letter): shown for letter, shown in _MOVED_ON.items()}

_UNSAFE_IN_JSON = re.compile(
    "[" + "".join(re.escape(chr(code)) for code in (*_TABLE, *_ZERO_WIDTH_JOINERS)) + "]"
)


def harmless(text: str) -> str:
    """Returns a text as it can be printed, with its line breaks.

    Control characters and marks of direction are shown as U+FFFD, and characters without width are
    left out.
    """
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    """Returns a name on one line: a space for each run of what is not to be seen in a name."""
    letters = (
        " " if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter
        for letter in text
    )
    return " ".join("".join(letters).split())


def json_line(value: object) -> str:
    """Returns a value as JSON on one line, with escapes for all that is not harmless.

    A reader of the JSON gets the same value, so every offset into a text stays right.
    """
    return _UNSAFE_IN_JSON.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    # json.dumps has escaped what stands below U+0020, and writes a pair beyond U+FFFF.
    return json.dumps(found.group())[1:-1]
