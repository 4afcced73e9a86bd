"""A page of an answer as a Discord message: one embed a clipping. Pure: no network, no state.

The description of an embed holds the article's own words and nothing else; fixed words stand in the
message's content, the source in the embed's title and footer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote as percent_encode

from bot.discord.markdown import Run, fitted, length, write
from bot.page.sources import address, name

if TYPE_CHECKING:
    from bot.page.layout import Clip, Page
    from bot.page.phrases import Phrases
    from index.documents.spans import Quote

Embed: TypeAlias = dict[str, Any]

# Discord's own limits.
MAX_CONTENT_CHARS = 2_000
MAX_TITLE_CHARS = 256
MAX_DESCRIPTION_CHARS = 4_096
MAX_FOOTER_CHARS = 2_048
MAX_ALL_CHARS = 6_000
MAX_EMBEDS = 10
MAX_URL_CHARS = 2_048
MAX_ALSO = 5
IN_ADDRESSES = "%:/?#[]@!$&'()*+,;=~"  # RFC 3986; letters, digits and - . _ always are


@dataclass(frozen=True, slots=True)
class Button:
    """Something to click; its id says everything about it, so it outlives the process."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Payload:
    """One Discord message: fixed words, embeds, buttons, and what the embeds quote.

    Attributes:
        content: Escaped, but for mentions of people that are meant to be seen.
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
            and all(length(words) <= MAX_DESCRIPTION_CHARS for _, words, _ in texts)
            and sum(length(part) for parts in texts for part in parts) <= MAX_ALL_CHARS
        )


def render(page: Page, phrases: Phrases) -> Payload:
    """The page without its buttons; it need not fit."""
    content = fitted("\n".join(page.above), MAX_CONTENT_CHARS)
    embeds = tuple(_embed(clip, phrases) for clip in page.clips)
    return Payload(content, embeds, quoted=page.clips)


def message(words: str) -> Payload:
    """Fixed words alone."""
    return Payload(fitted(words, MAX_CONTENT_CHARS))


def without_links(payload: Payload) -> Payload:
    """The same with titles that lead nowhere: for an address that Discord does not take."""
    plain = tuple(
        {field: value for field, value in embed.items() if field != "url"}
        for embed in payload.embeds
    )
    return Payload(payload.content, plain, payload.buttons, payload.quoted)


def _embed(clip: Clip, phrases: Phrases) -> Embed:
    """A clipping with its source."""
    embed: Embed = {"description": write(_runs(clip))}
    title, url = _title(clip.quote), _link(clip.quote)
    if title:
        embed["title"] = title
        embed |= {} if url is None else {"url": url}
    below = " · ".join(_below(clip, phrases))
    if below:
        embed["footer"] = {"text": _cut(below, MAX_FOOTER_CHARS)}
    return embed


def _runs(clip: Clip) -> tuple[Run, ...]:
    """The clipping letter by letter, what decides it in bold."""
    quote, bold = clip.quote, clip.bold
    if bold is None:
        return (Run(quote.text),)
    text = quote.article.text
    before, after = text[quote.start : bold.start], text[bold.end : quote.end]
    runs = (Run(before), Run(bold.text, bold=True), Run(after))
    return tuple(run for run in runs if run.text)


def _title(quote: Quote) -> str:
    return fitted(name(quote.article), MAX_TITLE_CHARS)


def _link(quote: Quote) -> str | None:
    """Where the title leads, with every sign encoded that has no place in an address."""
    url = address(quote, limit=MAX_URL_CHARS)
    encoded = None if url is None else percent_encode(url, safe=IN_ADDRESSES)
    return encoded if encoded is None or len(encoded) <= MAX_URL_CHARS else None


def _below(clip: Clip, phrases: Phrases) -> list[str]:
    """Date, and where else the same is said; a footer knows no Markdown."""
    published = clip.quote.article.published
    parts = [published.isoformat()] if published else []
    if clip.shortened:
        parts.append(phrases.shortened)
    if clip.also:
        titles = "; ".join(dict.fromkeys(name(quote.article) for quote in clip.also[:MAX_ALSO]))
        parts.append(phrases.also_in.format(titles=titles))
    return parts


def _footer_of(embed: Embed) -> str:
    return str(embed.get("footer", {}).get("text", ""))


def _cut(text: str, limit: int) -> str:
    while length(text) > limit:
        text = text[: min(len(text) - 1, limit * len(text) // length(text))]
    return text
