"""A page of an answer as Slack blocks. Pure: no network, no state.

Everything an article says goes into `text` and `link` elements of rich text, which Slack shows
letter by letter: `<!channel>`, `*` and `&` stay what they are. Slack parses only the plain `text`
beside the blocks, so only that text is escaped.

Bold is for the decisive words; what the article itself has in bold is italic. A block of code is a
preformatted element, which takes no style.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.page.layout import Budget, Clip, Page
from bot.page.runs import runs_of, shown_text
from bot.page.shortening import shorten_clip
from bot.page.source_line import source_line
from bot.page.sources import name

if TYPE_CHECKING:
    from bot.page.phrases import Phrases
    from bot.page.runs import Run

Block: TypeAlias = dict[str, Any]

BUDGET = Budget(clips=5, clip_chars=2_900, all_chars=8_000)
"""Slack takes 50 blocks and refuses messages of about 13,200 characters in all (bolt-js #2509)."""

MAX_ELEMENTS = 900  # of one quote; with more, it is shown without italics, code and links
QUOTE, CODE = "rich_text_quote", "rich_text_preformatted"
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
    blocks.extend(rich(*_quoted(clip), _source(clip, phrases)) for clip in page.clips)
    return Payload(_stand_in(page), tuple(blocks), page.clips)


def message(text: str) -> Payload:
    """Returns a message of fixed words alone."""
    return Payload(escape(text), (rich(line(plain(text))),))


def _quoted(clip: Clip) -> list[Block]:
    """Returns the clipping: quotes, and preformatted elements for its blocks of code.

    Slack breaks the line between two elements, so one line break is left out there.
    """
    elements: list[list[Run]] = []
    for run in runs_of(clip):
        if not elements or elements[-1][-1].in_code_block != run.in_code_block:
            elements.append([])
        elements[-1].append(run)
    quoted = [_element(runs, row > 0, row + 1 < len(elements)) for row, runs in enumerate(elements)]
    return [each for each in quoted if each["elements"]]


def _element(runs: list[Run], has_left: bool, has_right: bool) -> Block:
    """Returns neighbouring runs as one element; see `_quoted`."""
    if runs[0].in_code_block:
        return {"type": CODE, "elements": [plain("".join(run.text for run in runs))]}
    texts = [run.text for run in runs]
    if has_right:
        texts[-1] = texts[-1].removesuffix("\n")
    if has_left:
        texts[0] = texts[0].removeprefix("\n")
    shown = [replace(run, text=text) for run, text in zip(runs, texts, strict=True) if text]
    elements = _merged([_letters(run) for run in shown])
    if len(elements) > MAX_ELEMENTS:
        elements = _merged([plain(run.text, bold=run.bold) for run in shown])
    return {"type": QUOTE, "elements": elements}


def _merged(elements: list[Block]) -> list[Block]:
    """Returns elements of rich text with neighbours of the same look as one element."""
    groups = groupby(elements, key=lambda each: {**each, "text": ""})
    return [
        {**look, "text": "".join(str(each["text"]) for each in group)} for look, group in groups
    ]


def _letters(run: Run) -> Block:
    """Returns a run as an element of rich text."""
    style = {
        name: True
        for name, is_on in (("bold", run.bold), ("italic", run.italic), ("code", run.code))
        if is_on
    }
    letters: Block = {"type": "text", "text": run.text}
    if run.url is not None:
        letters = {"type": "link", "url": run.url, "text": run.text}
    return letters | ({"style": style} if style else {})


def _source(clip: Clip, phrases: Phrases) -> Block:
    """Returns the line under a clipping; its title is a link where it has an address."""
    source = source_line(clip, phrases)
    link: Block = {"type": "link", "url": source.url, "text": source.title}
    title = plain(source.title) if source.url is None else link
    rest = source.path + "".join(f" · {detail}" for detail in source.details)
    return line(title, *([plain(rest)] if rest else []))


def stand_in_text(clip: Clip) -> str:
    """Returns as much of a clipping as the plain text takes, where "&" is five letters long."""
    text, limit = shown_text(clip), MAX_STAND_IN_QUOTE_CHARS
    while len(escape(text)) > MAX_STAND_IN_QUOTE_CHARS:
        limit = limit * 3 // 4
        text = shown_text(shorten_clip(clip, limit))
    return text


def _stand_in(page: Page) -> str:
    """Returns the page for notifications and screen readers: at least its first clipping."""
    text = escape("\n".join(page.above))
    for row, clip in enumerate(page.clips):
        article = clip.quote.article
        date = f" ({article.published.isoformat()})" if article.published else ""
        quoted = f"\n“{escape(stand_in_text(clip))}” – {escape(name(article))}{date}"
        if row and len(text) + len(quoted) > MAX_TEXT_CHARS:
            break
        text += quoted
    return text.strip("\n")
