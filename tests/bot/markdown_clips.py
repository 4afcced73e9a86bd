"""Clippings from articles with markup: small Markdown pages, and structures made up at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bot.page.layout import Clip
from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.documents.spans import Quote, Span
from index.documents.structure import Block, BlockKind, Mark, MarkKind, Structure

if TYPE_CHECKING:
    from index.documents.structure import Range

# What a piece of a text may be; letters stand for themselves.
_LETTERS = st.text(st.sampled_from("ab1.-_*`~ \n|•…é\u00ad😀<@:"), min_size=1, max_size=12)
_HIDDEN = st.sampled_from(["**", "`", "<!-- x -->", "](http://x)", "|", "-", ">", "```", "<br>"])
_ENTITIES = st.sampled_from(["&amp;", "&lt;", "&nbsp;", "&#42;", "&eacute;"])
_PIECES = st.lists(
    st.tuples(st.just("letters"), _LETTERS)
    | st.tuples(st.just("hidden"), _HIDDEN)
    | st.tuples(st.just("entity"), _ENTITIES),
    min_size=1,
    max_size=8,
)


def markdown(text: str, title: str | None = None, url: str | None = None) -> Article:
    """Returns a Markdown page with its structure."""
    return Article("a.md", title, text, url=url, structure=find_structure(text))


def quote(article: Article, first: str, last: str | None = None) -> Quote:
    """Returns the range from the first to the last of two pieces of a text."""
    start = article.text.index(first)
    end = start + len(first)
    if last is not None:
        end = article.text.index(last, start) + len(last)
    return Quote(article, start, end)


@st.composite
def clips(draw: st.DrawFn) -> Clip:
    """Returns a clipping of one to three parts from a text with any structure."""
    article = draw(_articles())
    blocks = article.structure.blocks if article.structure else ()
    spans = [(block.start, block.end) for block in blocks]
    chosen = draw(st.lists(st.sampled_from(spans), min_size=1, max_size=3, unique=True))
    parts = tuple(Quote(article, *span) for span in sorted(chosen))
    main = draw(st.sampled_from(parts))
    start = draw(st.integers(main.start, main.end - 1))
    bold = Span(article, start, draw(st.integers(start + 1, main.end)))
    return Clip(main, draw(st.sampled_from([None, bold])), parts=parts)


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    text = ""
    blocks: list[Block] = []
    hidden: list[Range] = []
    entities: list[Range] = []
    for pieces in draw(st.lists(_PIECES, min_size=1, max_size=5)):
        seen: list[Range] = []
        for kind, piece in pieces:
            place = (len(text), len(text) + len(piece))
            text += piece
            if kind == "hidden":
                hidden.append(place)
            elif kind == "entity":
                entities.append(place)
                seen.append(place)
            else:
                seen += [(at, at + 1) for at in range(*place) if not text[at].isspace()]
        gap = draw(st.sampled_from(["\n", "\n\n", " ", "\n<!-- -->\n"]))
        text += gap
        if gap.strip():
            hidden.append((len(text) - len(gap.strip()) - 1, len(text) - 1))
        if seen:
            kind = draw(st.sampled_from(list(BlockKind)))
            level = draw(st.integers(1, 3))
            blocks.append(Block(kind, seen[0][0], seen[-1][1], level=level))
    if not blocks:
        text += "x"
        blocks.append(Block(BlockKind.PARAGRAPH, len(text) - 1, len(text)))
    marks = tuple(sorted((draw(_marks(len(text))) for _ in range(3)), key=lambda mark: mark.start))
    return Article("a.md", None, text, structure=Structure(
        tuple(blocks), tuple(hidden), tuple(entities), marks
    ))  # fmt: skip


@st.composite
def _marks(draw: st.DrawFn, chars: int) -> Mark:
    start = draw(st.integers(0, chars - 1))
    end = draw(st.integers(start + 1, chars))
    return Mark(draw(st.sampled_from(list(MarkKind))), start, end)
