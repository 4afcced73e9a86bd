"""What holds for the structure of any text, as Markdown and as plain text."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.documents.outline import structure_of, visible_runs
from index.documents.plain_structure import plain_structure
from index.documents.spans import Span
from index.documents.structure import BlockKind
from index.documents.visible import INVISIBLE, visible, visible_text
from index.library.structures import read_structures, write_structures
from index.passages.context import context_lines, read_text
from index.passages.passages import split_passages
from index.passages.sentences import CONTEXT_KINDS, split_sentences
from tests.index.passages.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.documents.structure import Structure

FRAGMENTS = [
    *("# One\n", "### Three #\n", "Set\n===\n", "**Bold line**\n\n", "**Why?**\n\n"),
    *("Do this:\n\n", "- item\n", "1. step\n", "   - inner\n", "    deep\n", "- [ ] task\n"),
    *("\tcode\n", "> quote\n", "| a | b |\n|---|---|\n", "| 1 | \\| |\n", "|**x**|`y`|\n"),
    *("```sh\nrun\n", "```\n", "~~~\n", "> [!NOTE]\n> Be careful.\n", "Term\n: Definition\n\n"),
    *("Text[^1]. ", "[^1]: Note\n", "^[note] ", "Q: Is it?\nA: Yes.\n"),
    *("Ann: Hi.\nBob: Ho.\nAnn: Hi.\n", "<details><summary>More</summary>\n", "[a](b 't') "),
    *("[a][r] ", "[r] ", "[r]: <u> 'T'\n", "<http://a.b> ", "![i](p.png) ", "[![b](c)](d)"),
    *("*a **b** c* ", "_x_", "snake_case", "~~gone *too*~~ ", "`co de` ", "`` ` `` ", "\\* "),
    *("&amp; ", "<!-- no\nno --> ", "<b>x</b>", "<br>", "<del>z</del>"),
    *("<table><tr><td>1</td></tr></table>\n", "<script>no</script>\n", "<ul><li>a</ul>\n"),
    *("{{< x >}} ", "{% y %} ", "import A from 'a'\n\n", ":::note Title\n", ":::\n"),
    *("!!! note\n", '=== "Tab"\n', "    indented\n", "[[Page|label]] ", "\n", "\n\n", "\r\n"),
    *("\r", "  \n", "\ufeff", "😀", "\u00ad", "\u200b", "{#id}", "==h== ", "---\n"),
    *("A sentence. ", "See v1.2.3! ", "“Why?” she said. ", "*", "[", "](", "`", "<", "&", "|"),
    *(">",),
]
documents = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | texts
BOTH = pytest.mark.parametrize("find", [find_structure, plain_structure], ids=["md", "txt"])


def _article(text: str, find: Callable[[str], Structure]) -> Article:
    return Article("a.md", None, text, structure=find(text))


@BOTH
@given(text=documents)
def test_blocks_and_hidden_ranges_share_out_the_text(
    find: Callable[[str], Structure], text: str
) -> None:
    structure = find(text)
    blocks, hidden = structure.blocks, structure.hidden

    assert all(left.end <= right.start for left, right in pairwise(blocks))
    assert all(block.start < block.end for block in blocks)
    assert all(left[1] <= right[0] for left, right in pairwise(hidden))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in hidden)
    out_of_sight = {at for start, end in hidden for at in range(start, end)}
    inside = {at for block in blocks for at in range(block.start, block.end)}
    assert all(at in inside or at in out_of_sight or char.isspace() for at, char in enumerate(text))
    assert not out_of_sight & {at for block in blocks for at in (block.start, block.end - 1)}
    assert all(not out_of_sight & set(range(*entity)) for entity in structure.entities)


@BOTH
@given(text=documents)
def test_headings_and_owners_stand_above(find: Callable[[str], Structure], text: str) -> None:
    structure = find(text)
    for at, block in enumerate(structure.blocks):
        assert block.heading is None or block.heading < at
        assert block.owner is None or block.owner < at
        above = [structure.blocks[row] for row in structure.headings_of(at)]
        assert all(each.kind is BlockKind.HEADING for each in above)
        assert [each.level for each in above] == sorted({each.level for each in above})
        assert (block.group is None) or block.kind not in {BlockKind.HEADING, BlockKind.TERM}


@BOTH
@given(text=documents, max_chars=st.integers(min_value=1, max_value=60))
def test_sentences_lie_in_one_block_and_lose_nothing(
    find: Callable[[str], Structure], text: str, max_chars: int
) -> None:
    article = _article(text, find)
    structure = structure_of(article)
    sentences = split_sentences(article, max_chars=max_chars)

    assert all(left.end <= right.start for left, right in pairwise(sentences))
    for sentence in sentences:
        assert structure.block_at(sentence.start) == structure.block_at(sentence.end - 1)
        assert sentence.text == sentence.text.strip()
    kept = [block for block in structure.blocks if block.kind not in CONTEXT_KINDS]
    seen = "".join(_bare(article, block.start, block.end) for block in kept or structure.blocks)
    assert "".join(_bare(article, each.start, each.end) for each in sentences) == seen


@BOTH
@example(text="a\u00ad\nb", max_chars=20)
@given(text=documents, max_chars=st.integers(min_value=20, max_value=200))
def test_passages_hold_whole_sentences_of_one_section(
    find: Callable[[str], Structure], text: str, max_chars: int
) -> None:
    article = _article(text, find)
    structure = structure_of(article)
    sentences = split_sentences(article, max_chars=max_chars)
    passages = split_passages(article, max_chars=max_chars)

    for sentence in sentences:
        (inside,) = [each for each in passages if each.overlaps(sentence)]
        assert inside.covers(sentence)
    for passage in passages:
        own = [structure.block_at(each.start) for each in sentences if passage.covers(each)]
        assert len({structure.blocks[at or 0].heading for at in own}) == 1
        context_lines(passage)
        read = read_text(passage)
        for at, char in enumerate(read.text):
            if read.starts[at] >= 0 and read.ends[at] - read.starts[at] == 1:
                # A soft hyphen is seen where a line ends.
                assert text[read.starts[at]].replace("\u00ad", "-") == char


@BOTH
@given(text=documents, data=st.data())
def test_what_is_hidden_is_not_seen(
    find: Callable[[str], Structure], text: str, data: st.DataObject
) -> None:
    if not text:
        return
    article = _article(text, find)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    seen = visible(text, structure_of(article), start, end)

    hidden = {at for left, right in structure_of(article).hidden for at in range(left, right)}
    assert not hidden & set(seen.starts)
    assert seen.text == Span(article, start, end).visible
    assert len(seen.text) == len(seen.starts) == len(seen.ends)
    runs = visible_runs(Span(article, start, end))
    assert not hidden & {at for run in runs for at in range(*run)}
    covered = {at for run in runs for at in range(*run)}
    assert all(at in covered or text[at].isspace() or at in hidden for at in range(start, end))


@given(found=st.lists(documents.map(find_structure), max_size=3))
def test_structures_are_read_as_they_were_written(found: list[Structure]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_structures(found, Path(folder))
        assert read_structures(Path(folder), len(found)) == found


def _bare(article: Article, start: int, end: int) -> str:
    seen = visible_text(article.text, structure_of(article), start, end)
    return "".join(INVISIBLE.sub("", seen).split())
