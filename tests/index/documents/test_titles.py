"""The title of an article with structure."""

from __future__ import annotations

import datetime

import pytest

from index.documents.fields import usable
from index.documents.formats.markdown import read_markdown
from index.documents.metadata import build_article
from index.documents.titles import find_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Pay bands\n\nText.", "Pay bands"),
        ("Pay\n===\n\nText.", "Pay"),
        ("---\ntitle: Front\n---\n\n# Pay bands\n\nText.", "Pay bands"),
        ("---\ntitle: Front\n---\n\n## Overview\n\nText.", "Front"),
        ("---\ntitle: Front\n---\n\nText.\n\n# Pay bands\n", "Front"),
        ("---\ntitle: Front\n---\n\nText.", "Front"),
        ("---\nauthor: Anna Holm\n---\n\n## Overview\n\nText.", "Overview"),
        ("<!-- licence -->\n\n# Pay bands\n\nText.", "Pay bands"),
        ("Text.\n\n# Pay bands\n", "Pay bands"),
        ("# ![](logo.svg)\n\n# Pay bands\n\nText.", "Pay bands"),
        ("# **Pay** &amp; [`bands`](https://x.example/pay) ##\n\nText.", "Pay & bands"),
        ("---\ntitle: Front\n---\n\n# " + "x" * 301 + "\n\nText.", "Front"),
        ("The new bridge is open\n\nText of it.", "The new bridge is open"),
        ("We have the following add-ons:\n\n- A pool.", None),
        ("| The | new | bridge | is open |\n|---|---|---|---|\n| a | b | c | d |", None),
        ("- The new bridge is open\n- The old bridge is shut", None),
        ("Text.", None),
    ],
)
def test_the_first_heading_is_the_title_but_for_a_section_below_a_stated_title(
    text: str, title: str | None
) -> None:
    contents = read_markdown(text.encode())
    stated = contents.metadata.values.get("title")
    assert find_title(contents, str(stated) if stated else None).text == title


def test_a_bold_line_is_the_title_only_where_there_is_no_heading() -> None:
    bold = "**Pay bands of the harbour**\n\nText of it.\n"
    for text, title in ((bold, "Pay bands of the harbour"), (f"{bold}\n## Clerks\n", "Clerks")):
        assert find_title(read_markdown(text.encode()), None).text == title


def test_a_date_below_the_title_is_the_articles() -> None:
    contents = read_markdown(b"# Pay bands\n\n*Updated: 3 May 2021*\n\nText.\n")
    article = build_article("a.md", "digest", contents, usable({}))
    assert (article.published, article.updated) == (None, datetime.date(2021, 5, 3))
