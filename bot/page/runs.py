"""A clipping as a reader sees it: runs of the article's letters, and the page's own signs.

A run of letters is an exact range of the article, or one entity with the character that it stands
for. Hidden markup lies between two runs of one part. What the page puts there instead, such as the
bullet of an item, is a run without a place (`bot.page.signs`).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.page.code_lines import left_margin
from bot.page.looks import Looks
from bot.page.signs import sign_before, sign_between, sign_between_parts
from index.documents.outline import blocks_in
from index.documents.structure import BlockKind, Structure
from index.documents.visible import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.page.layout import Clip
    from index.documents.article import Article
    from index.documents.spans import Span
    from index.documents.structure import Range


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters as a reader sees them, and how they look.

    Attributes:
        text: The letters.
        bold: Whether they are bold: only the decisive words are. What the article itself has in
            bold is italic here, or a reader could not tell the two apart.
        italic: Whether they are italic.
        code: Whether they are code inside a line.
        url: Where they lead, as a web address; None for letters that are no link.
        in_code_block: Whether they stand in a block of code. Nothing is bold in it.
        place: Where they stand in the article; None for a sign of the page's own.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None
    in_code_block: bool = False
    place: Range | None = None


def runs_of(clip: Clip) -> tuple[Run, ...]:
    """Returns a clipping run by run, with what decides it in bold."""
    bold = None if clip.bold is None else (clip.bold.start, clip.bold.end)
    runs: list[Run] = []
    for left, right in pairwise((None, *clip.parts)):
        assert right is not None  # noqa: S101  -- only the first of each pair can be None
        if left is not None:
            runs.append(Run(sign_between_parts(left, right)))
        runs += _part(right, bold)
    return tuple(run for run in runs if run.text)


def span_runs(span: Span) -> tuple[Run, ...]:
    """Returns a stretch of an article run by run, with nothing in bold."""
    return tuple(run for run in _part(span, None) if run.text)


def shown_text(clip: Clip) -> str:
    """Returns what a reader sees of a clipping, as plain text."""
    return "".join(run.text for run in runs_of(clip))


def shown_chars(clip: Clip) -> int:
    """Returns how many characters a clipping shows."""
    return sum(len(run.text) for run in runs_of(clip))


def _part(span: Span, bold: Range | None) -> Iterator[Run]:
    """Yields the runs of one part; some may be empty."""
    article = span.article
    looks = Looks(article, bold, span.start, span.end)
    end: int | None = None
    for left, right in _stretches(span):
        if end is None:
            yield from _signs(looks, sign_before(article, left), left - 1, left)
        else:
            yield from _signs(looks, sign_between(article, end, left), end - 1, left)
        for piece in _pieces(looks, article, left, right):
            yield _letters(looks, article, *piece)
        end = right


def _signs(looks: Looks, text: str, before: int, after: int) -> Iterator[Run]:
    """Yields a sign of the page; its last line belongs to the code that it stands before.

    Args:
        looks: How the letters look.
        text: The sign.
        before: The place of the letter before it.
        after: The place of the letter after it.
    """
    if looks.in_one_code_block(before, after):
        yield Run(text, in_code_block=True)
    elif looks.in_code_block(after):
        lines, line_break, indentation = text.rpartition("\n")
        yield Run(lines + line_break)
        yield Run(indentation, in_code_block=True)
    else:
        inside = looks.is_bold(before) and looks.is_bold(after)
        yield Run(text, bold=inside and text == " ")


def _letters(looks: Looks, article: Article, start: int, end: int) -> Run:
    raw = article.text[start:end]
    is_entity = (start, end) in overlapping((article.structure or Structure()).entities, start, end)
    return Run(
        html.unescape(raw) if is_entity else raw,
        bold=looks.is_bold(start),
        italic=looks.is_italic(start),
        code=looks.is_code(start),
        url=looks.url(start),
        in_code_block=looks.in_code_block(start),
        place=(start, end),
    )


def _pieces(looks: Looks, article: Article, start: int, end: int) -> Iterator[Range]:
    """Yields a stretch in pieces that look the same; an entity is a piece by itself."""
    entities = overlapping((article.structure or Structure()).entities, start, end)
    inside = {place for left, right in entities for place in range(left + 1, right)}
    edges = {edge for entity in entities for edge in entity} | set(looks.edges)
    cuts = sorted(edge for edge in edges - inside if start < edge < end)
    yield from pairwise([start, *cuts, end])


def _stretches(span: Span) -> list[Range]:
    """Returns the visible stretches of a span; white space beside hidden markup is left out."""
    article = span.article
    found: list[Range] = []
    start = span.start
    for left, right in [*_cuts(article, span.start, span.end), (span.end, span.end)]:
        if start < left:
            found.append((start, left))
        start = max(start, right)
    return found


def _cuts(article: Article, start: int, end: int) -> Sequence[Range]:
    """Returns what is not shown of a range letter by letter, in order: the page has a sign for it.

    That is hidden markup with the white space around it, white space around a block of code, and
    the margin of the lines of code.
    """
    structure = article.structure
    if structure is None:
        return ()
    cuts = [
        _widened(article.text, (max(left, start), min(right, end)), start, end)
        for left, right in overlapping(structure.hidden, start, end)
    ]
    for block in blocks_in(structure, start, end):
        if block.kind is BlockKind.CODE:
            edges = [edge for edge in (block.start, block.end) if start < edge < end]
            cuts += [_widened(article.text, (edge, edge), start, end) for edge in edges]
            cuts += left_margin(article.text, block)
    return sorted(cut for cut in cuts if cut[0] < end and cut[1] > start)


def _widened(text: str, cut: Range, start: int, end: int) -> Range:
    """Returns a cut with the white space on both sides of it, inside a range."""
    left, right = cut
    while left > start and text[left - 1].isspace():
        left -= 1
    while right < end and text[right].isspace():
        right += 1
    return left, right
