"""What is seen inside a line of Markdown, and how it looks."""

from __future__ import annotations

import pytest

from tests.index.documents.markdown.pages import blocks, marks, seen


@pytest.mark.parametrize(
    ("page", "visible"),
    [
        ("*a **b** c* ***d*** e", "a b c d e"),
        ("snake_case_word intra*word*x", "snake_case_word intrawordx"),
        ("**not closed and 2 * 3 * 4", "**not closed and 2 * 3 * 4"),
        ("a ~~gone *too*~~ b", "a b"),
        ("a <del>gone <s>x</s> y</del> b <s>not closed", "a b not closed"),
        (r"\*no\* \# \[x\]", "*no* # [x]"),
        ("`` a ` b `` and `not closed", "a ` b and `not closed"),
        ("`<b>&amp;` `{{ x }}` `[[y]]`", "<b>&amp; {{ x }} [[y]]"),
        ("AT&amp;T &copy; &lt;b&gt; &unknown;", "AT&T © <b> &unknown;"),
        ("a<!-- no\nno -->b <b>c</b><br>d <span class='x'>e</span>", "ab c d e"),
        ("a <kbd>Ctrl</kbd>+<kbd>C</kbd>", "a Ctrl+C"),
        ("A [link](u 't'), [ref][r], [r][], [r].\n\n[r]: u\n   'T'\n", "A link, ref, r, r."),
        ("[no](bad link and [x] [y][z]", "[no](bad link and [x] [y][z]"),
        ("<https://a.b> <me@a.b> https://c.d", "https://a.b me@a.b https://c.d"),
        ("An ![image](x.png) in text", "An image in text"),
        ("{{< fig src=\"x\" >}}a {{% n %}}b{{% /n %}} {% if %}c{% endif %} {{ v }}d", "a b c d"),
        ("Text <Badge text='no' /> {/* no */}end {.class #id} {: .x }", "Text end"),
        ("[[Page]] [[Page|label]] ![[a.png]] ==high== a == b", "Page label a.png high a == b"),
        ("one  \ntwo\\\nthree", "one two three"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_visible_and_nothing_else(page: str, visible: str) -> None:
    assert seen(page) == visible


@pytest.mark.parametrize("page", ["[TOC]", "[[toc]]", "[[_TOC_]]", "<!-- no\n\nno -->", "{% x %}"])
def test_what_stands_for_something_else_is_no_block(page: str) -> None:
    assert blocks(page) == []


def test_a_link_knows_where_its_address_stands() -> None:
    page = (
        "[a](http://x.y/%20 'T') [b](<c d>) [e][r] [R][] [r] <http://f.g>\n\n"
        "[no](b) [x](y(z)) []() [h]()\n\n[r]: <http://r.r>\n"
    )
    assert marks(page) == [
        ("link", "a", "http://x.y/%20"),
        ("link", "b", "c d"),
        ("link", "e", "http://r.r"),
        ("link", "R", "http://r.r"),
        ("link", "r", "http://r.r"),
        ("link", "http://f.g", "http://f.g"),
        ("link", "no", "b"),
        ("link", "x", "y(z)"),
        ("link", "h", None),
    ]


def test_marks_are_noted_in_every_kind_of_block() -> None:
    page = "# *a*\n\n- **b**\n\n| `c` |\n|---|\n| [d](u) |\n\n> *e*\n\nf *g*\nh **i**\n"
    assert marks(page) == [
        ("emphasis", "a", None),
        ("strong", "b", None),
        ("code", "c", None),
        ("link", "d", "u"),
        ("emphasis", "e", None),
        ("emphasis", "g", None),
        ("strong", "i", None),
    ]


def test_struck_out_text_has_no_marks_and_no_entities() -> None:
    assert marks("~~*a*~~ *b* ~~c *d*~~") == [("emphasis", "b", None)]
