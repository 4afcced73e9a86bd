"""What a reader sees of a clipping: the letters of the article, and the signs of the page."""

from __future__ import annotations

import pytest

from bot.page.layout import Clip
from bot.page.runs import Run, runs_of, shown_text
from index.documents.article import Article
from index.documents.spans import Quote, Span
from tests.bot.markdown_clips import markdown, quote

STEPS = """Do this:

* Open *the* box.
* Run:

  ```sh
  radio pair
    --now
  ```

  Then wait.
  1. Hold A & B.
     - Not C.
* 3 times press <kbd>save</kbd> <!-- twice -->now.

The end.
"""
PRICES = """| Name | Price |
|------|------:|
| Tea  | 2     |
| Rum  |       |
| Milk | **1** |
"""


def shown(text: str, first: str, last: str | None = None) -> str:
    return shown_text(Clip(quote(markdown(text), first, last)))


def parts(text: str, *pieces: str) -> str:
    article = markdown(text)
    spans = tuple(quote(article, piece) for piece in pieces)
    return shown_text(Clip(spans[-1], parts=spans))


def looks(text: str) -> list[Run]:
    article = markdown(text)
    return [run for run in runs_of(Clip(Quote(article, 0, len(text)))) if run.place]


def test_plain_text_is_shown_as_it_is() -> None:
    text = " One\r\n  two\u00ad &amp; **three**\n"
    runs = runs_of(Clip(Quote(Article("a.txt", None, text), 0, len(text))))
    assert [run.text for run in runs] == [text]


def test_each_item_stands_on_its_own_line_behind_a_bullet_or_its_number() -> None:
    assert shown(STEPS, "Do this", "now.") == (
        "Do this:\n"
        "• Open the box.\n"
        "• Run:\n"
        "radio pair\n"
        "  --now\n"
        "Then wait.\n"
        "  1. Hold A & B.\n"
        "    • Not C.\n"
        "• 3 times press save now."
    )


def test_an_item_by_itself_has_its_bullet_and_a_part_of_an_item_has_none() -> None:
    assert shown(STEPS, "Open *the* box.") == "• Open the box."
    assert shown(STEPS, "the* box.") == "the box."


def test_cells_have_bars_between_them_and_an_empty_cell_stays_empty() -> None:
    assert shown(PRICES, "Name", "Rum") == "Name | Price\nTea | 2\nRum"
    three = "| a | b | c |\n|---|---|---|\n| 1 |   | 3 |\n"
    assert shown(three, "1 |", "3") == "1 | | 3"


def test_a_row_stands_under_its_header_with_a_gap_where_rows_are_left_out() -> None:
    assert parts(PRICES, "Name | Price", "Tea  | 2") == "Name | Price\nTea | 2"
    assert parts(PRICES, "Name | Price", "Milk | **1") == "Name | Price\n…\nMilk | 1"


def test_a_gap_inside_a_line_stays_inside_it() -> None:
    assert parts("Ann: we came. We saw it all.", "Ann:", "We saw it") == "Ann: … We saw it"
    assert parts("Ann: *we* came.", "Ann:", "we* came.") == "Ann: we came."


def test_paragraphs_that_a_comment_divides_stay_apart() -> None:
    assert shown("One.\n\n<!-- a -->\n\nTwo.", "One.", "Two.") == "One.\n\nTwo."


def test_an_entity_is_shown_decoded_and_is_one_run() -> None:
    runs = looks("A &amp; B")
    assert [(run.text, run.place) for run in runs] == [
        ("A ", (0, 2)),
        ("&", (2, 7)),
        (" B", (7, 9)),
    ]


def test_marks_of_the_article_are_italic_or_code_and_never_bold() -> None:
    assert [(run.text, run.bold, run.italic, run.code) for run in looks("a **b** *c* `d`")] == [
        ("a", False, False, False),
        ("b", False, True, False),
        ("c", False, True, False),
        ("d", False, False, True),
    ]


def test_the_decisive_words_are_bold_on_both_sides_of_markup_but_not_in_a_block_of_code() -> None:
    text = "Run *it* now:\n\n```\nradio pair\n```\n"
    article = markdown(text)
    whole = quote(article, "Run", "pair")
    runs = runs_of(Clip(whole, Span(article, text.index("it"), whole.end)))
    assert [run.text for run in runs if run.bold] == ["it", " ", "now:"]
    assert [run.text for run in runs if run.in_code_block] == ["radio pair"]


def test_code_keeps_the_indentation_of_its_first_line() -> None:
    text = "Run:\n\n```\n    one\n  two\n```\n"
    assert shown(text, "one", "two") == "  one\ntwo"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("[a](https://x.example/b?c=1&d=2)", "https://x.example/b?c=1&d=2"),
        ("[a](http://x.example)", "http://x.example"),
        ("<https://x.example/>", "https://x.example/"),
        ("[https://x.example/b](https://x.example/b)", "https://x.example/b"),
        ("[www.x.example](https://x.example)", "https://x.example"),
        ("[bank.example](https://evil.example)", None),
        ("[https://bank.example](https://evil.example)", None),
        ("[see https://bank.example](https://evil.example)", None),
        ("[a](https://bank.example@evil.example)", None),
        ("[a](mailto:a@x.example)", None),
        ("[a](ftp://x.example)", None),
        ("[a](b.html)", None),
        ("[a](//x.example)", None),
        ("[a](https://)", None),
        ("[a](https://[x)", None),
        ("[a](https://x.example/" + "b" * 2_000 + ")", None),
    ],
)
def test_only_honest_web_addresses_are_links(link: str, url: str | None) -> None:
    assert {run.url for run in looks(link)} == {url}
