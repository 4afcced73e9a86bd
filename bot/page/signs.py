"""The signs that the page itself puts between the words of an article.

They are the bullet of an item, the bar between two cells, a line break, and the sign of a gap.
Markdown's own marks are hidden, so without these signs a list would be a heap of words. No sign
holds a letter or a digit, so no sign can be taken for a word of the article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.page.code_lines import first_indentation
from index.documents.outline import visible_runs
from index.documents.spans import Span
from index.documents.structure import BlockKind

if TYPE_CHECKING:
    from index.documents.article import Article
    from index.documents.spans import Quote
    from index.documents.structure import Block

BULLET = "• "
GAP = "…"
# Every sign there is: a blank, the bars of cells, line breaks, a gap, blanks, a bullet.
SIGN = re.compile(r"(?: \|)+ | |(?:\n*| … |\n…\n) *(?:• )?")

# An item with such a mark of its own in the visible text gets no bullet.
_OWN_MARK = re.compile(r"(?:\d{1,9}[.)]|[-*+•–])(?!\S)")
_BAR = re.compile(r"(?<!\\)\||</t[dh]\b", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n?|\n")
_TAG_OF_A_LINE = re.compile(r"<(?:br|/?(?:p|div|tr|li))\b", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"(?:\r\n?|\n)[ \t>]*(?:\r\n?|\n)")


def sign_before(article: Article, start: int) -> str:
    """Returns what stands before the first letter of a part: a bullet where an item begins."""
    block = _block_at(article, start)
    if block is None or block.start != start:
        return ""
    mark = _mark(article, block)
    return mark.lstrip(" ") if block.kind is BlockKind.ITEM else mark


def sign_between(article: Article, end: int, start: int) -> str:
    """Returns what is shown instead of hidden markup.

    Args:
        article: The article.
        end: The end of the letters before the markup.
        start: Where the next letters begin.
    """
    between = article.text[end:start]
    before, after = _block_at(article, end - 1), _block_at(article, start)
    if before is None or after is None or before is after:
        return _inside_a_block(before, between)
    mark = _mark(article, after) if after.start == start else ""
    is_apart = _EMPTY_LINE.search(between) and not _are_close(before, after)
    return ("\n\n" if is_apart else "\n") + mark


def sign_between_parts(left: Quote, right: Quote) -> str:
    """Returns what is shown between two parts of one clipping; a gap where words are left out.

    The bullet of the second part is not in it.
    """
    article = left.article
    is_one_block = _block_at(article, left.end - 1) is _block_at(article, right.start)
    if not words_between(left, right):
        return " " if is_one_block else "\n"
    return f" {GAP} " if is_one_block else f"\n{GAP}\n"


def words_between(left: Span, right: Span) -> bool:
    """Tells whether an article shows anything between two stretches."""
    if left.end >= right.start:
        return False
    return bool(visible_runs(Span(left.article, left.end, right.start)))


def _are_close(before: Block, after: Block) -> bool:
    """Tells whether no empty line is shown between two blocks, whatever the article has there."""
    is_one_list = after.group is not None and before.group in {after.group, None}
    return is_one_list or BlockKind.CODE in {before.kind, after.kind}


def _inside_a_block(block: Block | None, between: str) -> str:
    """Returns the sign for markup inside a block, or where no block is known."""
    line_breaks = len(_LINE_BREAK.findall(between))
    if block is not None and block.kind is BlockKind.CODE:
        # In a quotation each line begins with its mark and one blank; more blanks are the code's.
        mark, _, indentation = between.rpartition(">")
        blanks = len(indentation) - 1 if mark and indentation.isspace() else 0
        return "\n" * line_breaks + " " * blanks
    bars = len(_BAR.findall(between))
    if bars and block is not None and block.kind in {BlockKind.ROW, BlockKind.TABLE_HEADER}:
        return " |" * bars + " "
    if line_breaks or _TAG_OF_A_LINE.search(between):
        return "\n"
    is_gap = any(char.isspace() for char in between) or _BAR.search(between)
    return " " if is_gap else ""


def _mark(article: Article, block: Block) -> str:
    """Returns what is shown before the first letter of a block."""
    if block.kind is BlockKind.CODE:
        return " " * first_indentation(article.text, block)
    if block.kind is not BlockKind.ITEM:
        return ""
    indentation = "  " * (block.level - 1)
    return indentation + ("" if _OWN_MARK.match(article.text, block.start) else BULLET)


def _block_at(article: Article, place: int) -> Block | None:
    """Returns the block in which a character stands; the block before it for other characters."""
    structure = article.structure
    at = None if structure is None else structure.block_at(place)
    return None if structure is None or at is None else structure.blocks[at]
