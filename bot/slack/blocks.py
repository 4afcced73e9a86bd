"""A page of an answer as Slack blocks. Pure: no network, no state.

Everything an article says goes into `text` elements of rich text, which Slack shows letter by
letter: `<!channel>`, `*` and `&` stay what they are. Slack parses only the plain `text` beside the
blocks, so only that text is escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.chat.verbatim import runs_of
from bot.page.layout import Budget, Clip, Page, shorten
from bot.page.source_line import source_line
from bot.page.sources import name

if TYPE_CHECKING:
    from bot.page.phrases import Phrases
    from index.documents.spans import Quote

Block: TypeAlias = dict[str, Any]

BUDGET = Budget(clips=5, clip_chars=2_900, all_chars=8_000)
"""Slack takes 50 blocks and refuses messages of about 13,200 characters in all (bolt-js #2509)."""

MAX_TEXT_CHARS = 3_900  # Slack asks for at most 4,000 in `text`
MAX_STAND_IN_QUOTE_CHARS = (
    3_000  # of them for one clipping; the rest is for the fixed words and its title
)


@dataclass(frozen=True, slots=True)
class Payload:
    """One Slack message: blocks, the text that stands in for them, and what they quote."""

    text: str
    blocks: tuple[Block, ...]
    quoted: tuple[Clip, ...] = ()


def escape(text: str) -> str:
    """Returns a text with the three characters that Slack parses spelt out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Returns what a reader sees of an escaped text."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(text: str, *, bold: bool = False) -> Block:
    """Returns letters that Slack shows as they are."""
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


def line(*elements: Block) -> Block:
    """Returns one paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def rich(*parts: Block) -> Block:
    """Returns one block of rich text."""
    return {"type": "rich_text", "elements": list(parts)}


def render(page: Page, phrases: Phrases) -> Payload:
    """Returns the page without its buttons, and the same as plain text for notifications."""
    blocks = [rich(line(plain("\n".join(page.above))))] if page.above else []
    blocks.extend(rich(_quoted(clip), _source(clip, phrases)) for clip in page.clips)
    return Payload(_stand_in(page), tuple(blocks), page.clips)


def message(text: str) -> Payload:
    """Returns a message of fixed words alone."""
    return Payload(escape(text), (rich(line(plain(text))),))


def _quoted(clip: Clip) -> Block:
    """Returns the clipping letter by letter, with what decides it in bold."""
    runs = [plain(run.text, bold=run.bold) for run in runs_of(clip)]
    return {"type": "rich_text_quote", "elements": runs}


def _source(clip: Clip, phrases: Phrases) -> Block:
    """Returns the line under a clipping; its title is a link where it has an address."""
    source = source_line(clip, phrases)
    link: Block = {"type": "link", "url": source.url, "text": source.title}
    title = plain(source.title) if source.url is None else link
    rest = " · ".join(source.details)
    return line(title, *([plain(f" · {rest}")] if rest else []))


def stand_in_quote(clip: Clip) -> Quote:
    """Returns as much of a clipping as the plain text takes, where "&" is five letters long."""
    quote, limit = clip.quote, MAX_STAND_IN_QUOTE_CHARS
    while len(escape(quote.text)) > MAX_STAND_IN_QUOTE_CHARS:
        limit = limit * 3 // 4
        quote = shorten(clip.quote, clip.bold, limit)
    return quote


def _stand_in(page: Page) -> str:
    """Returns the page for notifications and screen readers: at least its first clipping."""
    text = escape("\n".join(page.above))
    for row, clip in enumerate(page.clips):
        article = clip.quote.article
        date = f" ({article.published.isoformat()})" if article.published else ""
        quoted = f"\n“{escape(stand_in_quote(clip).text)}” – {escape(name(article))}{date}"
        if row and len(text) + len(quoted) > MAX_TEXT_CHARS:
            break
        text += quoted
    return text.strip("\n")
