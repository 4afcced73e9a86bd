"""Reading a Discord message as a person sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.emulators.discord.posting import named_in
from tests.scenarios.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.emulators.discord.world import Json

# Written from what Discord's own client parses, and not with the help of the bot's own reader.
_TOKEN = re.compile(r"```\n(.+?)\n```|`([^`\n]+)`|\\([^0-9A-Za-z\s])|(\*\*)|(_)|(.)", re.DOTALL)
_LINK = re.compile(r"(?<!\\)https?(?<!\\)://[^\s<]+")
_MARKUP = re.compile(
    r"(?m)(?<!\\)(?:__|~~|\|\||`|\[[^\]]*\]\(|<a?:\w+:\d+>|<t:\d+|:\w+:)"
    r"|^ *(?:#{1,3} |-# |>{1,3} |[-*] |\d+\. )"
)


def read(message: Json) -> Shown:
    """Reads everything on one message."""
    embeds = message["embeds"]
    quotes = [list(_runs(embed.get("description", ""))) for embed in embeds]
    source = [text for embed in embeds for text in (_title(embed), _footer(embed)) if text]
    content = visible(message["content"])
    quoted = tuple("".join(text for text, _ in runs) for runs in quotes)
    return Shown(
        text="\n".join([content, *source]),
        quotes=quoted,
        bold=tuple(text for runs in quotes for text in _bold(runs)),
        plain="\n".join([content, *quoted, *source]).strip(),
        buttons=tuple(
            button["label"] for row in message["components"] for button in row["components"]
        ),
        links=(
            *(embed["url"] for embed in embeds if "url" in embed),
            *(link for text in _markups(message) for link in _LINK.findall(text)),
        ),
        pings=tuple(name for text in _markups(message) for name in named_in(text)),
        only_for=message.get("to", ""),
        handle=message,
    )


def visible(markup: str) -> str:
    """Returns what Markdown looks like that holds escapes, bold, italics and code."""
    return "".join(text for text, _ in _runs(markup))


def formats(message: Json) -> list[str]:
    """Returns all markup on a message that Discord would format, except bold and mentions."""
    return [found for text in _markups(message) for found in _MARKUP.findall(text)]


def _markups(message: Json) -> Iterator[str]:
    """Yields the texts of a message that Discord parses. It does not parse a footer."""
    yield message["content"]
    for embed in message["embeds"]:
        yield embed.get("title", "")
        yield embed.get("description", "")


def _runs(markup: str) -> Iterator[tuple[str, bool]]:
    """Yields each letter and whether it is bold."""
    bold = False
    for block, code, escaped, stars, slant, letter in _TOKEN.findall(markup):
        if stars:
            bold = not bold
        elif not slant:
            yield block or code or escaped or letter, bold


def _bold(runs: Iterable[tuple[str, bool]]) -> list[str]:
    """Returns the runs of bold letters."""
    found: list[str] = []
    before = False
    for text, bold in runs:
        if bold:
            found[len(found) - before :] = ["".join([*found[len(found) - before :], text])]
        before = bold
    return found


def _title(embed: Json) -> str:
    return visible(embed.get("title", ""))


def _footer(embed: Json) -> str:
    return str((embed.get("footer") or {}).get("text", ""))
