"""Discord's Markdown: letters that stay letters, and bold. Pure.

Discord shows a backslash and the sign after it as that sign alone, whatever the sign would mean.
So text is written with a backslash before everything that could ping, link or format. It can then
be read back exactly.
"""

from __future__ import annotations

import re

from bot.chat.verbatim import Run

# A colon makes a link or an emoji, @ and < make mentions; the others format, or cut off a format.
_SIGNS = re.compile(r"[\\*_~`|<>\[#:@]")
_LINE_START = r"(?<![^\n\r\x0b\x0c\x85\u2028\u2029])"
# Lists, and small print. The space before them ends where the next line starts.
_ITEM = re.compile(_LINE_START + r"([^\S\n\r\x0b\x0c\x85\u2028\u2029]*)(?:(\d+)\.|-)")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])|(\*\*)|([^\\*]+|[\\*])", re.DOTALL)


def escape(text: str) -> str:
    """Returns the text with a backslash before everything that Discord would not show as it is."""
    return _ITEM.sub(_item, _SIGNS.sub(r"\\\g<0>", text))


def write(runs: tuple[Run, ...]) -> str:
    """Returns runs of letters as Markdown."""
    return "".join(f"**{escape(run.text)}**" if run.bold else escape(run.text) for run in runs)


def read(markup: str) -> tuple[Run, ...]:
    """Returns what a reader sees of Markdown that `write` wrote; equal neighbours are one run."""
    runs: list[Run] = []
    bold = False
    for sign, stars, letters in _ESCAPED.findall(markup):
        if stars:
            bold = not bold
        elif runs and runs[-1].bold == bold:
            runs[-1] = Run(runs[-1].text + sign + letters, bold)
        else:
            runs.append(Run(sign + letters, bold))
    return tuple(runs)


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
