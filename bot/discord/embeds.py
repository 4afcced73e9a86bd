"""A page of an answer as a Discord message: one embed for each clipping. Pure.

The description of an embed holds the article's own words and nothing else. Fixed words stand in
the message's content, the source stands in the embed's title and footer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote as percent_encode

from bot.discord.markdown import fitted, length, write
from bot.page.runs import runs_of
from bot.page.source_line import source_line

if TYPE_CHECKING:
    from bot.page.layout import Clip, Page
    from bot.page.phrases import Phrases

Embed: TypeAlias = dict[str, Any]

# Discord's own limits.
MAX_CONTENT_CHARS = 2_000
MAX_TITLE_CHARS = 256
MAX_DESCRIPTION_CHARS = 4_096
MAX_FOOTER_CHARS = 2_048
MAX_ALL_CHARS = 6_000
MAX_EMBEDS = 10
MAX_URL_CHARS = 2_048
IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986; letters, digits and - . _ always are


@dataclass(frozen=True, slots=True)
class Button:
    """A button. Its id says everything about it, so it outlives the process."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Payload:
    """One Discord message: fixed words, embeds, buttons, and what the embeds quote.

    Attributes:
        content: The fixed words. They are escaped, but for the names of people to be shown.
    """

    content: str
    embeds: tuple[Embed, ...] = ()
    buttons: tuple[Button, ...] = ()
    quoted: tuple[Clip, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether Discord takes it."""
        texts = [(e.get("title", ""), e["description"], _footer_of(e)) for e in self.embeds]
        return (
            length(self.content) <= MAX_CONTENT_CHARS
            and len(self.embeds) <= MAX_EMBEDS
            and all(length(text) <= MAX_DESCRIPTION_CHARS for _, text, _ in texts)
            and sum(length(part) for parts in texts for part in parts) <= MAX_ALL_CHARS
        )


def render(page: Page, phrases: Phrases) -> Payload:
    """Returns the page without its buttons; it need not fit."""
    content = fitted("\n".join(page.above), MAX_CONTENT_CHARS)
    embeds = tuple(_embed(clip, phrases) for clip in page.clips)
    return Payload(content, embeds, quoted=page.clips)


def message(text: str) -> Payload:
    """Returns a message of fixed words alone."""
    return Payload(fitted(text, MAX_CONTENT_CHARS))


def without_links(payload: Payload) -> Payload:
    """Returns the message with titles that lead nowhere, where Discord refused an address."""
    plain = tuple(
        {field: value for field, value in embed.items() if field != "url"}
        for embed in payload.embeds
    )
    return Payload(payload.content, plain, payload.buttons, payload.quoted)


def _embed(clip: Clip, phrases: Phrases) -> Embed:
    """Returns the embed of a clipping, with its source."""
    embed: Embed = {"description": write(runs_of(clip))}
    source = source_line(clip, phrases, max_url_chars=MAX_URL_CHARS)
    title = fitted(source.title + source.path, MAX_TITLE_CHARS)
    url = _encoded(source.url)
    if title:
        embed["title"] = title
        embed |= {} if url is None else {"url": url}
    if source.details:
        # A footer knows no Markdown, so nothing in it is escaped.
        embed["footer"] = {"text": _cut(" · ".join(source.details), MAX_FOOTER_CHARS)}
    return embed


def _encoded(url: str | None) -> str | None:
    """Returns an address with every sign encoded that has no place in it; None if too long then."""
    encoded = None if url is None else percent_encode(url, safe=IN_ADDRESSES)
    return encoded if encoded is None or len(encoded) <= MAX_URL_CHARS else None


def _footer_of(embed: Embed) -> str:
    return str(embed.get("footer", {}).get("text", ""))


def _cut(text: str, limit: int) -> str:
    while length(text) > limit:
        text = text[: min(len(text) - 1, limit * len(text) // length(text))]
    return text
