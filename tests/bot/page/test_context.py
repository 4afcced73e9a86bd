"""The sentences around a clipping, as the article has them."""

from __future__ import annotations

import time

from bot.page.context import with_context
from bot.page.layout import Clip
from bot.page.runs import shown_text
from index.documents.article import Article
from index.documents.markdown.finder import find_structure
from index.documents.spans import Quote
from index.documents.structure import Block, BlockKind, Structure
from tests.bot.markdown_clips import markdown, quote

TEXT = "One came. Two went. Three stayed. Four left. Five slept. Six woke. Seven ran."


def around(words: str, text: str = TEXT, body: int = 0) -> str:
    start = text.index(words)
    article = Article("a.txt", None, text, body=body)
    return with_context(Quote(article, start, start + len(words))).text


def test_two_sentences_before_and_after_are_shown() -> None:
    assert around("Four left.") == "Two went. Three stayed. Four left. Five slept. Six woke."


def test_at_the_ends_of_an_article_fewer_sentences_are_shown() -> None:
    assert around("One came.") == "One came. Two went. Three stayed."
    assert around("Seven ran.") == "Five slept. Six woke. Seven ran."


def test_front_matter_is_not_shown_as_context() -> None:
    text = "title: Numbers. date: today. " + TEXT
    assert around("One came.", text, body=29) == "One came. Two went. Three stayed."


GUIDE = """# Radio

It is loud. It is heavy.

## Pairing

Read this. Then do this:

1. Hold it.
2. Press it. <!-- hard -->
   - Not there.
3. Wait.

One lamp is on. Two lamps are on. All <!-- four --> lamps are on. No lamp is on.

### Later

Press it twice.

| Name | Price |
|------|-------|
| Tea  | 2     |
| Rum  | 3     |

## Reset

Pull the plug.
"""


def shown_around(first: str, last: str | None = None, text: str = GUIDE) -> str:
    article = markdown(text)
    return shown_text(Clip(with_context(quote(article, first, last or first))))


def test_an_item_comes_with_its_whole_list() -> None:
    assert shown_around("Press it.") == "1. Hold it.\n2. Press it.\n  • Not there.\n3. Wait."
    assert shown_around("Not there.") == shown_around("Press it.")


def test_a_lead_in_with_the_first_steps_comes_with_all_steps() -> None:
    assert shown_around("Then do this:", "Hold it.").endswith("3. Wait.")


def test_a_row_comes_with_its_whole_table() -> None:
    assert shown_around("Rum") == "Name | Price\nTea | 2\nRum | 3"


def test_a_whole_list_comes_with_the_sentences_around_it() -> None:
    shown = shown_around("1. Hold it.", "3. Wait.")
    assert shown.startswith("Read this. Then do this:")
    assert shown.endswith("One lamp is on. Two lamps are on.")


def test_sentences_of_other_sections_and_hidden_text_are_not_shown() -> None:
    assert shown_around("It is loud.") == "It is loud. It is heavy."
    assert shown_around("Pull the plug.") == "Pull the plug."
    assert shown_around("No lamp is on.") == "Two lamps are on. All lamps are on. No lamp is on."


def test_a_heading_ends_the_context_even_where_nothing_stands_under_it() -> None:
    text = "It is loud. / Empty / It is heavy."
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 11),
        Block(BlockKind.HEADING, 14, 19, level=7),
        Block(BlockKind.PARAGRAPH, 22, 34),
    )
    article = Article("a.md", None, text, structure=Structure(blocks))
    assert with_context(Quote(article, 0, 11)).text == "It is loud."


def test_of_a_book_only_the_blocks_near_the_quote_are_split() -> None:
    text = "A short sentence stands here.\n\n" * 20_000
    article = Article("a.md", None, text, structure=find_structure(text))
    start = text.index("A short", 300_000)

    began = time.perf_counter()
    wide = with_context(Quote(article, start, start + 29))

    assert time.perf_counter() - began < 1  # all of it takes a minute
    assert wide.text.count("A short") == 5
