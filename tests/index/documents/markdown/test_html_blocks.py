"""The HTML in a Markdown page."""

from __future__ import annotations

from index.documents.markdown.finder import find_structure
from tests.index.documents.markdown.pages import blocks, owners


def test_a_table_of_html_has_rows_and_a_header() -> None:
    page = (
        "<table>\n<caption>Prices</caption>\n<tr><th>Plan</th><th>Price</th></tr>\n"
        "<tr><td>Basic</td>\n<td>12 &euro;</td></tr>\n\n"
        "<tr><td><b>Pro</b></td><td></td></tr>\n</table>\n\nafter\n"
    )
    assert blocks(page) == [
        ("caption", "Prices"),
        ("table_header", "Plan Price"),
        ("row", "Basic 12 €"),
        ("row", "Pro"),
        ("paragraph", "after"),
    ]
    assert owners(page)["Basic 12 €"] == owners(page)["Pro"] == "Plan Price"


def test_a_table_whose_rows_begin_with_headers_has_no_header() -> None:
    assert blocks("<table><tr><th>a</th><td>1</td></tr><tr><td>2</table>") == [
        ("row", "a 1"),
        ("row", "2"),
    ]


def test_a_row_that_is_never_closed_is_seen() -> None:
    assert blocks("<table><tr><td>a\n\n# Top\n") == [("row", "a"), ("heading", "Top")]


def test_lists_of_html_are_lists() -> None:
    page = "Take:\n<ul><li>one<p>more</p><ol><li>deep</ol><li>two</ul>\n"
    assert blocks("Take:\n\n" + page.removeprefix("Take:\n")) == [
        ("paragraph", "Take:"),
        ("item", "one"),
        ("paragraph", "more"),
        ("item", "deep"),
        ("item", "two"),
    ]
    found = find_structure("Take:\n\n" + page.removeprefix("Take:\n")).blocks
    assert [block.owner for block in found] == [None, 0, 1, 1, 0]
    assert [block.level for block in found] == [0, 1, 0, 2, 1]


def test_other_tags_say_what_a_block_is() -> None:
    page = (
        "<div>\n<dl><dt>Term<dd>Meaning</dl>\n<blockquote>Said</blockquote>\n"
        "<pre>a\n  b</pre>\n<figcaption>Below</figcaption>\n<p>Text</p>tail</div>\n"
    )
    assert [kind for kind, _ in blocks(page)] == [
        *("term", "definition", "quotation", "code", "caption", "paragraph", "paragraph"),
    ]
    assert owners(page)["Meaning"] == "Term"


def test_programs_styles_and_comments_are_hidden() -> None:
    page = (
        "<script>\nvar x = '<p>';\n\nfoo\n</script>\n\n<style>a{}</style>\nx\n\n"
        "<!-- no\n\nno -->\n\n<div><img src='x'> <del>gone</del>"
        " <svg><text>no</text></svg>y</div>\n"
    )
    assert blocks(page) == [("paragraph", "x"), ("paragraph", "y")]
