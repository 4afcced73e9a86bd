"""Discord's Markdown: letters that stay letters, bold, italics and code. Pure.

Discord shows a backslash and the sign after it as that sign alone, whatever the sign would mean.
So text is written with a backslash before everything that could ping, link or format. It can then
be read back exactly.

Bold is for the decisive words; what the article itself has in bold is in italics. Links are plain
words: their address would be read as part of the quote, or hide behind other words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from bot.page.runs import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A colon makes a link or an emoji, @ and < make mentions; the others format, or cut off a format.
_SIGNS = re.compile(r"[\\*_~`|<>\[#:@]")
_LINE_START = r"(?<![^\n\r\x0b\x0c\x85\u2028\u2029])"
# Lists, and small print. The space before them ends where the next line starts.
_ITEM = re.compile(_LINE_START + r"([^\S\n\r\x0b\x0c\x85\u2028\u2029]*)(?:(\d+)\.|-)")
_WORD = re.compile(r"[\w\\]")
# A block of code, code, an escaped sign, bold, italics, letters.
_TOKEN = re.compile(
    r"```\n(.+?)\n```|`([^`]+)`|\\([^0-9A-Za-z\s])|(\*\*)|(_)|([^\\*_`]+|[\\*`])", re.DOTALL
)
_FORMS = {"block": "```\n{}\n```", "code": "`{}`", "italic": "_{}_", "letters": "{}"}
_RAW = frozenset(("block", "code"))  # a backslash means nothing in code


def escape(text: str) -> str:
    """Returns the text with a backslash before everything that Discord would not show as it is."""
    return _ITEM.sub(_item, _SIGNS.sub(r"\\\g<0>", text))


def write(runs: Sequence[Run]) -> str:
    """Returns runs of letters as Markdown.

    Bold always stays bold. Italics and code become plain letters where Discord's Markdown has no
    safe way to write them. A link becomes its words alone.
    """
    written = ""
    bold = False
    for run in _merged(_safe(list(_merged(runs)))):
        if run.bold != bold:
            written += "**"
            bold = run.bold
        written += _FORMS[_form(run)].format(run.text if _form(run) in _RAW else escape(run.text))
    return written + ("**" if bold else "")


def read(markup: str) -> tuple[Run, ...]:
    """Returns what a reader sees of Markdown that `write` wrote; equal neighbours are one run."""
    runs: list[Run] = []
    bold = italic = False
    for block, code, sign, stars, slant, letters in _TOKEN.findall(markup):
        if stars:
            bold = not bold
        elif slant:
            italic = not italic
        elif block or code:
            runs.append(Run(block or code, bold, code=bool(code), in_code_block=bool(block)))
        else:
            runs.append(Run(sign + letters, bold, italic))
    return tuple(_merged(runs))


def _safe(runs: Sequence[Run]) -> Iterator[Run]:
    """Yields the runs with the looks alone that can be written; neighbours decide, too."""
    texts = ["", *(run.text for run in runs), ""]
    for run, before, after in zip(runs, texts, texts[2:], strict=False):
        is_block = run.in_code_block and _is_block(run.text, before, after)
        is_code = not run.in_code_block and run.code and _is_code(run.text)
        is_italic = _form(run) == "italic" and _is_slanted(run.text, before, after)
        yield Run(run.text, run.bold and not is_block, is_italic, is_code, in_code_block=is_block)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Yields the runs, with neighbours of the same look as one run."""
    for _, group in groupby(runs, key=lambda run: (run.bold, _form(run))):
        same = list(group)
        yield replace(same[0], text="".join(run.text for run in same))


def _form(run: Run) -> str:
    """Returns how a run is written: as a block of code, code, in italics, or as letters."""
    if run.in_code_block:
        return "block"
    return "code" if run.code else "italic" if run.italic else "letters"


def _is_block(text: str, before: str, after: str) -> bool:
    """Tells whether a text can be a block of code: a fence is always three marks in Discord."""
    is_alone = before[-1:] in {"", "\n"} and after[:1] in {"", "\n"}
    return is_alone and "```" not in text and text.strip() != "" and text.strip("\n") == text


def _is_code(text: str) -> bool:
    """Tells whether a text can be code inside a line."""
    return "`" not in text and text.strip() == text and len(text.splitlines()) == 1


def _is_slanted(text: str, before: str, after: str) -> bool:
    """Tells whether a text can be in italics: Discord knows them for whole words only."""
    is_word = _WORD.match(before[-1:]) or _WORD.match(after[:1])
    return not is_word and text.strip() == text and len(text.splitlines()) == 1


def length(text: str) -> int:
    """Returns the length of a text in UTF-16, which is never shorter than what Discord counts."""
    return len(text.encode("utf-16-le")) // 2


def fitted(text: str, limit: int) -> str:
    """Returns the text escaped, and cut with an ellipsis where that is longer than `limit`."""
    whole = escape(text)
    cut = text
    while length(whole) > limit:
        cut = cut[: min(len(cut) - 1, limit * len(cut) // length(whole))]
        whole = escape(cut) + "…"
    return whole


def _item(found: re.Match[str]) -> str:
    space, number = found.groups()
    return f"{space}{number}\\." if number else f"{space}\\-"
