"""The title of an article with structure."""

from __future__ import annotations

import datetime

import pytest

from index.documents.fields import usable
from index.documents.formats.contents import Contents
from index.documents.metadata import build_article
from index.documents.structure import Block, BlockKind, Structure
from index.documents.titles import find_title


def contents(*lines: str) -> Contents:
    """A document with a block for each line; what follows "|" in a line is hidden."""
    blocks, hidden, text = [], [], ""
    for line in lines:
        words, _, unseen = line.partition("|")
        marks = len(words) - len(words.lstrip("#"))
        kind = BlockKind.HEADING if marks else BlockKind.PARAGRAPH
        start = len(text) + marks + (1 if marks else 0)
        blocks.append(Block(kind, start, len(text) + len(words + unseen), level=marks))
        if unseen:
            hidden.append((len(text) + len(words), len(text) + len(words + unseen)))
        text += words + unseen + "\n\n"
    return Contents(text, 0, usable({}), Structure(tuple(blocks), tuple(hidden)))


@pytest.mark.parametrize(
    ("lines", "stated", "title"),
    [
        (["# Pay bands", "Text."], None, "Pay bands"),
        (["# Pay bands", "Text."], "Front", "Pay bands"),
        (["## Overview", "Text."], "Front", "Front"),
        (["## Overview", "Text."], None, "Overview"),
        (["Text.", "# Pay bands"], "Front", "Front"),
        (["Text.", "# Pay bands"], None, "Pay bands"),
        (["####### Bold", "Text.", "## Overview"], None, "Overview"),
        (["####### Bold", "Text."], None, "Bold"),
        (["# |![](logo.svg)", "# Pay bands", "Text."], None, "Pay bands"),
        (["# Pay &amp;  bands| {#pay}", "Text."], None, "Pay & bands"),
        (["# " + "x" * 301, "Text."], "Front", "Front"),
        (["The new bridge is open", "Text."], None, "The new bridge is open"),
        (["We have the following add-ons:", "Text."], None, None),
        (["Text."], "Front", "Front"),
        ([], None, None),
    ],
)
def test_the_first_heading_is_the_title_but_for_a_section_below_a_stated_title(
    lines: list[str], stated: str | None, title: str | None
) -> None:
    assert find_title(contents(*lines), stated).text == title


def test_a_date_below_the_title_is_the_articles() -> None:
    article = build_article(
        "a.md", "digest", contents("# Pay bands", "*Updated: 3 May 2021*", "Text."), usable({})
    )
    assert (article.published, article.updated) == (None, datetime.date(2021, 5, 3))
