"""Makes a clipping whole: what the answering sentences are not understood without is shown as well.

A step comes with its lead-in or with all steps, a row with the header of its table, an answer with
its question, code as one block, a quotation with who says it, a sentence that points on with what
it points to, a rule with its exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.outline import section_of, structure_of
from index.documents.spans import Quote
from index.documents.structure import BlockKind
from retrieval.asking import asks_for_all, asks_for_one, asks_how
from retrieval.listing import (
    MAX_WHOLE_CHARS,
    Stretch,
    first_blocks,
    is_numbered,
    outermost_list,
    same_list,
    with_inner_blocks,
)
from retrieval.procedure import steps_from
from retrieval.sentence_places import sentence_at
from retrieval.spoken import (
    answers_a_question,
    blocks_said_together,
    first_sentence_of_answer,
    speaker_label,
    spoken_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.documents.article import Article
    from index.documents.spans import Sentence
    from index.documents.structure import Block, Range
    from index.library.library import Library
    from retrieval.candidates import Candidate

# A sentence that takes something back, or says when what stands before it does not hold.
_TAKES_BACK = re.compile(
    r"\W*(?:but|however|unless|except|otherwise|exceptions?|only if"
    r"|aber|jedoch|allerdings|außer|sonst|ausgenommen|ausnahmen?|nur wenn"
    r"|es sei denn)\b",
    re.IGNORECASE,
)
# The answer to a question of the article, a quotation or a turn of speech is shown whole up to so
# many characters.
MAX_ANSWER_CHARS = 600
_MAX_LEAD_IN_CHARS = 300


@dataclass(frozen=True, slots=True)
class Clipping:
    """What is shown of an article for one answer.

    Attributes:
        main: The range that answers.
        parts: All ranges that are shown, `main` among them, in the order of the article.
        more: How many items of the list are left out at its end.
    """

    main: Quote
    parts: tuple[Quote, ...]
    more: int = 0


def whole_clipping(question: str, candidate: Candidate, library: Library) -> Clipping:
    """Returns what is shown where the sentences of a candidate answer.

    Args:
        question: What is asked.
        candidate: The sentences that answer.
        library: Where they stand.
    """
    article = candidate.quote.article
    structure = structure_of(article)
    at = structure.block_at(candidate.decisive.start)
    if at is None:
        return Clipping(candidate.quote, (candidate.quote,))
    found = _main(question, candidate, library, at)
    own = candidate.quote
    main = Stretch(min(found.start, own.start), max(found.end, own.end), found.more)
    row = candidate.rows[0]
    ranges = _owner_ranges(article, main.start, at, library.sentences, row)
    ranges += _label(article, structure.blocks[at])
    ranges += first_sentence_of_answer(article, at, library.sentences, row)
    before = [Quote(article, *each) for each in _joined(ranges) if each[1] <= main.start]
    quote = Quote(article, main.start, main.end)
    return Clipping(quote, (*before, quote), main.more)


def _owner_ranges(
    article: Article, start: int, at: int, sentences: Sequence[Sentence], row: int
) -> list[Range]:
    """Returns the ranges of the blocks that the block at the start of a clipping belongs to."""
    structure = structure_of(article)
    first = structure.block_at(start)
    owners = structure.owners_of(at if first is None else first)
    return [_end_of_block(structure.blocks[owner], sentences, row) for owner in owners]


def _joined(ranges: Sequence[Range]) -> list[Range]:
    """Returns ranges in order; those that overlap are one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _label(article: Article, block: Block) -> list[Range]:
    label = speaker_label(article, block)
    return [label] if label else []


def _main(question: str, candidate: Candidate, library: Library, at: int) -> Stretch:
    """Returns the range that answers, as much of it as belongs together."""
    quote = candidate.quote
    article = quote.article
    structure = structure_of(article)
    block = structure.blocks[at]
    if block.kind is BlockKind.ROW:
        return _in_table(question, quote, at)
    if block.group is not None:
        return _in_list(question, quote, at)
    if asks_how(question):
        steps = steps_from(article, at, quote.start)
        if steps is not None:
            return steps
    if block.kind is BlockKind.CODE:
        return _at_most(quote, block.start, block.end)
    if block.kind in {BlockKind.QUOTATION, BlockKind.TURN} or answers_a_question(article, at):
        blocks = [structure.blocks[row] for row in blocks_said_together(article, at)]
        return _at_most(quote, blocks[0].start, blocks[-1].end, MAX_ANSWER_CHARS)
    return _with_exception(_pointed_to(_as_spoken(candidate, library)), candidate, library)


def _in_table(question: str, quote: Quote, at: int) -> Stretch:
    """Returns a whole table where all of it is asked for, else the rows that answer."""
    structure = structure_of(quote.article)
    if asks_for_all(question):
        table = same_list(structure, at)
        rows = [row for row in table if structure.blocks[row].kind is BlockKind.ROW]
        whole = first_blocks(structure, structure.blocks[rows[0]].start, rows) if rows else None
        if whole is not None and not whole.more:
            return whole
    return Stretch(quote.start, quote.end)


def _in_list(question: str, quote: Quote, at: int) -> Stretch:
    """Returns a whole list where all of it is asked for, else the item that answers.

    All of a numbered list is shown unless one fact is asked for: its items are steps.
    """
    structure = structure_of(quote.article)
    rows = outermost_list(structure, at)
    item = with_inner_blocks(structure, at)
    has_several = quote.end > structure.blocks[item[-1]].end
    are_steps = bool(rows) and is_numbered(quote.article, rows[0]) and not asks_for_one(question)
    if rows and (asks_for_all(question) or has_several or are_steps):
        start = min(structure.blocks[rows[0]].start, quote.start)
        whole = first_blocks(structure, start, rows)
        if whole is not None and quote.end <= whole.end:
            return whole
    first, last = structure.blocks[item[0]], structure.blocks[item[-1]]
    return _at_most(quote, first.start, last.end)


def _as_spoken(candidate: Candidate, library: Library) -> Quote:
    """Returns the sentences of a candidate with the rest of a quotation and with who says it."""
    rows = spoken_rows(candidate.rows, library.sentences)
    first, last = library.sentences[rows[0]], library.sentences[rows[-1]]
    return Quote(first.article, first.start, last.end)


def _pointed_to(quote: Quote) -> Stretch:
    """Returns a quote, with what its last sentence points to: a list, a table, code, a block."""
    plain = Stretch(quote.start, quote.end)
    structure = structure_of(quote.article)
    last = structure.block_at(quote.end - 1)
    if last is None or structure.blocks[last].end > quote.end:
        return plain
    following = with_inner_blocks(structure, last)[1:]
    return first_blocks(structure, quote.start, following) or plain


def _with_exception(main: Stretch, candidate: Candidate, library: Library) -> Stretch:
    """Returns a stretch with the sentence after it where that one takes something back.

    A question is never shown without the sentence after it either: it answers nothing by itself.
    """
    asks = candidate.quote.article.text.endswith("?", main.start, main.end)
    rows = range(candidate.rows[-1] + 1, min(candidate.rows[-1] + 8, len(library.sentences)))
    for row in rows:
        sentence = library.sentences[row]
        if sentence.start < main.end:
            continue
        is_near = section_of(sentence) == section_of(candidate.quote)
        if is_near and (asks or _TAKES_BACK.match(sentence.visible)):
            return Stretch(main.start, sentence.end, main.more)
        break
    return main


def _end_of_block(block: Block, sentences: Sequence[Sentence], row: int) -> Range:
    """Returns a block, or its last sentence where the block is long: only that one leads in."""
    if block.end - block.start <= _MAX_LEAD_IN_CHARS or block.kind is BlockKind.TABLE_HEADER:
        return block.start, block.end
    last = sentence_at(sentences, row, block.end - 1)
    is_inside = last is not None and last.start >= block.start
    return (last.start if last is not None and is_inside else block.start), block.end


def _at_most(quote: Quote, start: int, end: int, limit: int = MAX_WHOLE_CHARS) -> Stretch:
    """Returns a stretch with the sentences that answer; those alone where it is too long."""
    start, end = min(start, quote.start), max(end, quote.end)
    if end - start > limit:
        return Stretch(quote.start, quote.end)
    return Stretch(start, end)
