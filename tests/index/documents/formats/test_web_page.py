"""Web pages become Markdown with their structure, and without what surrounds the article."""

from __future__ import annotations

import html
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin

from index.documents.formats import web_page, web_page_parts
from index.documents.formats.contents import UnreadableError
from index.documents.formats.web_page import read_html

if TYPE_CHECKING:
    from markdown_it.token import Token


def text_of(page: str) -> str:
    return read_html(page.encode()).text


def visible(markdown: str) -> str:
    """The words that a reader of Markdown sees, with single blanks."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    words: list[str] = []

    def collect(tokens: list[Token]) -> None:
        for token in tokens:
            if token.children is not None:
                collect(token.children)
                words.append(" ")
            elif token.type in {"text", "text_special", "code_inline", "code_block", "fence"}:
                words.append(token.content)
            elif token.type in {"softbreak", "hardbreak"}:
                words.append(" ")

    collect(parser.parse(markdown))
    return " ".join("".join(words).split())


def test_headings_paragraphs_and_words_keep_their_looks() -> None:
    page = """<h1>Chairs</h1><p>Buy a <b>new</b> chair
      with <code>buy --chair</code>,<br>or <a href="https://example.org/a b(1)">read on</a>.</p>
      <h2>Old <i>ones</i> <a href="#old">¶</a></h2>Words without a paragraph."""
    assert text_of(page) == (
        "# Chairs\n\nBuy a **new** chair with `buy --chair`,  \n"
        "or [read on](https://example.org/a%20b%281%29).\n\n"
        "## Old ones\n\nWords without a paragraph.\n"
    )


def test_lists_are_nested_by_indentation() -> None:
    page = """<ul><li>One<ol start="3"><li>three<li>four</ol><li><p>Two</p><p>more</p></ul>
      <ul><li>Another list</ul>"""
    assert text_of(page) == (
        "- One\n\n  3. three\n  4. four\n\n- Two\n\n  more\n\n* Another list\n"
    )


def test_a_table_has_its_header_row() -> None:
    page = """<table><caption>Prices</caption><thead><tr><th>City<th>Price a|b</thead>
      <tr><td rowspan="2">Berlin<td><ul><li>3<li>4</ul><tr><td><code>x|y</code></table>"""
    assert text_of(page) == (
        "Prices\n\n| City | Price a\\|b |\n| --- | --- |\n| Berlin | 3 4 |\n| Berlin | `x\\|y` |\n"
    )


def test_a_table_with_headings_at_the_side_only_has_an_empty_header() -> None:
    page = "<table><tr><th>Born<td>1815<tr><th>Died<td>1852</table>"
    assert text_of(page) == "|  |  |\n| --- | --- |\n| Born | 1815 |\n| Died | 1852 |\n"


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("<tr><td>Phone<td>0555<tr><td>Fax<td>0556", "|  |  |"),
        ("<tr><td>City<td>Price<tr><td>Berlin<td>3 EUR", "| City | Price |"),
        ("<tr><td><b>City</b><td><b>Mayor</b><tr><td>Berlin<td>Ann", "| **City** | **Mayor** |"),
        ("<tr><td>City<td>Mayor<td>Party<tr><td>Berlin<td>Ann<td>A", "| City | Mayor | Party |"),
    ],
)
def test_a_header_that_is_not_marked_is_known_by_its_words(rows: str, header: str) -> None:
    assert text_of(f"<table>{rows}</table>").split("\n")[0] == header


def test_a_table_that_gives_a_page_its_layout_is_no_table() -> None:
    page = (
        "<table><tr><td><h2>News</h2><p>A chair fell.</p><td><table><tr><td>a<td>b</table></table>"
    )
    assert text_of(page) == "## News\n\nA chair fell.\n\n|  |  |\n| --- | --- |\n| a | b |\n"


def test_code_keeps_its_lines_and_its_language() -> None:
    page = """<div class="highlight-sh"><pre><span>make</span> install
  <b>*x*</b> &lt;y&gt;
</pre></div>"""
    assert text_of(page) == "```sh\nmake install\n  *x* <y>\n```\n"


def test_definitions_quotations_details_and_captions_are_kept() -> None:
    page = """<dl><dt>Perk<dt>Benefit<dd>What staff get.<dd>In money.</dl>
      <details><summary>May I?</summary>Yes.</details>
      <blockquote><p>I resign.</p><footer>Ann</footer></blockquote>
      <figure><img src="x" alt="unseen"><figcaption>A chair.</figcaption></figure>"""
    assert text_of(page) == (
        "Perk, Benefit\n:   What staff get.\n:   In money.\n\n**May I?**\n\nYes.\n\n"
        "> I resign.\n>\n> Ann\n\nA chair.\n"
    )


SURROUNDINGS = [
    "<nav>Out</nav>",
    "<header>Out</header>",
    "<footer>Out</footer>",
    "<aside>Out</aside>",
    "<div class='cookie-banner'>Out</div>",
    "<div id='sidebar'><p>Out</p></div>",
    "<div role='navigation'>Out</div>",
    "<script>Out</script>",
    "<style>Out</style>",
    "<template><p>Out</p></template>",
    "<noscript>Out</noscript>",
    "<!-- Out -->",
    "<p hidden>Out</p>",
    "<p style='color: red; display : NONE'>Out</p>",
    "<div aria-hidden='true'>Out</div>",
    "<button>Out</button>",
    "<del>Out</del>",
    "<dialog>Out</dialog>",
]


@pytest.mark.parametrize("part", SURROUNDINGS)
def test_what_surrounds_an_article_and_what_is_hidden_is_left_out(part: str) -> None:
    page = f"<body><p>Before the part stands this.</p>{part}After.</body>"
    assert "Out" not in text_of(page)
    assert "Before the part stands this." in text_of(page)
    assert "After." in text_of(page)


@pytest.mark.parametrize(
    "page",
    [
        "<title>T</title><main><h1>Chairs</h1><p>Words.</main>",
        "<meta charset=utf-8><title>T</title><article><h1>Chairs</h1>Words.</article>",
        "<html><head><title>T</title><section><h1>Chairs</h1><p>Words.</section></html>",
        "<h1>Chairs</h1>Words.",
    ],
)
def test_a_page_may_leave_out_the_tags_of_its_head_and_body(page: str) -> None:
    assert text_of(page) == "# Chairs\n\nWords.\n"


def test_only_the_main_content_is_read_where_it_is_marked() -> None:
    page = (
        "<div>Teaser</div><main><header><h1>Title</h1></header><p>Story.</p></main><div>More</div>"
    )
    assert text_of(page) == "# Title\n\nStory.\n"


def test_the_only_article_is_the_main_content() -> None:
    assert text_of("<div>Teaser</div><article><p>A story of chairs.</p></article>") == (
        "A story of chairs.\n"
    )


def test_of_several_articles_the_one_with_the_main_heading_is_the_main_content() -> None:
    comments = "<article>A comment.</article>" * 2
    assert text_of(f"<article><h1>Chairs</h1>Story of them.</article>{comments}") == (
        "# Chairs\n\nStory of them.\n"
    )


def test_all_is_read_where_the_main_content_is_nearly_empty() -> None:
    page = f"<main><p>Loading</p></main><div><p>{'The chair stands in the hall. ' * 20}</p></div>"
    assert "The chair stands in the hall." in text_of(page)


@pytest.mark.parametrize(
    "frame",
    [
        "<div class='has-sidebar page-nav'>{}</div>",
        "<div class='modal'>{}</div>",
        "<div aria-hidden='true'><main>{}</main></div>",
        "<form>{}</form>",
        "<header>{}</header>",
        "<section role='tabpanel' hidden>{}</section>",
    ],
)
def test_a_frame_around_all_the_words_never_empties_a_page(frame: str) -> None:
    assert "The story." in text_of(frame.format("<h1>Chairs</h1><p>The story.</p>"))


def test_what_surrounds_articles_is_kept_where_the_articles_stand_in_it() -> None:
    assert text_of("<footer><article>One.</article><article>Two.</article></footer>") == (
        "One.\n\nTwo.\n"
    )


def test_words_on_both_sides_of_a_part_that_is_left_out_are_two_paragraphs() -> None:
    assert text_of("Before.<nav>Out</nav>After <script>x</script>all.") == "Before.\n\nAfter all.\n"


def test_bold_words_that_markdown_cannot_mark_stay_plain() -> None:
    assert text_of("<p>a<b>(b)</b>c <b>(d)</b> e</p>") == "a(b)c **(d)** e\n"


def test_a_note_beside_the_text_is_part_of_it() -> None:
    page = "<main><p>Text.</p><aside class='admonition note'>Mind the gap.</aside></main>"
    assert text_of(page) == "Text.\n\nMind the gap.\n"


def test_signs_that_link_to_a_place_on_the_page_are_left_out() -> None:
    page = """<main><h2><a href="#a">§</a>Old <a href="#a">chairs</a></h2>
      <p>Sold<sup><a href="#n1">[1]</a></sup> in 10<sup>2</sup> days<a href="#a">#</a>.</p>"""
    assert text_of(page) == "## Old chairs\n\nSold in 102 days.\n"


def test_links_start_from_the_page_s_own_address() -> None:
    page = """<link rel="canonical" href="https://example.org/a/b">
      <p><a href="c">c</a> <a href="javascript:x">d</a> <a href="http://[x">e</a></p>"""
    assert text_of(page) == "[c](https://example.org/a/c) d e\n"


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    | st.sampled_from("*_`#|[]<&~->=1.):\\!"),
    min_size=1,
)


@pytest.mark.parametrize(
    "page",
    [
        "<p>w{0} {1}<b>{2}</b>{0}</p>",
        "<p>{0}</p><p><b>{1}</b>{2}w</p>",
        "<ul><li>w{0}<ul><li>{1} <b>{2}</b></ul></ul>",
        "<table><tr><th>w{0}<th>-<tr><td>{1}<td><b>{2}</b></table>",
        "<p>w{0}<br>{1}<code>{2}</code></p>",
        "<h2>w{0} {1}</h2><blockquote>{2}</blockquote>",
        "<dl><dt>w{0}<dd>{1}<dd>{2}</dl>",
        "<p>w<a href='https://e.org'>{0}</a>{1}</p><pre>x{2}</pre>",
    ],
)
@given(first=words, second=words, third=words)
def test_any_words_of_a_page_are_seen_in_its_markdown(
    page: str, first: str, second: str, third: str
) -> None:
    markdown = text_of(page.format(html.escape(first), html.escape(second), html.escape(third)))
    written = re.sub("<[^>]*>", "", page).format(first, second, third)
    assert "".join(visible(markdown).split()) == "".join(written.split())


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "it is empty"),
        ("<p> - </p>", "it holds no words; a page that a script fills is saved with its text"),
        ("<div>" * 100_000 + "x", "its elements are nested more than 2,000 deep"),
        ("<table><tr><td>" * 50_000 + "x", "its elements are nested more than 2,000 deep"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_a_reason(page: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        text_of(page)
    assert str(caught.value) == reason


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "MAX_TAGS", 3)
    with pytest.raises(UnreadableError, match="it has more than 3 tags; save it in parts"):
        text_of("<p>a</p><p>b</p>")


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "MAX_TEXT_CHARS", 10)
    with pytest.raises(UnreadableError, match="it has more than 10 characters; save it in parts"):
        text_of("<p>one two three</p>")


@pytest.mark.parametrize(
    "page",
    [
        "<p title='" + "x" * 5_000_000 + "'>Words</p>",
        "<ul><li>" * (web_page_parts.MAX_DEPTH // 2 - 10) + "Words",
        "<script" * 100_000 + "></script><p>Words",
        "<?xml version='1.0'?>" + "<a " * 100_000 + "><p>Words",
        "<p>Words</p>" + "</x>" * 200_000,
        "<p>Words " + "*" * 20_000,
        "<p>Words " + "<b>x</b> " * 50_000,
        "<table><tr>" + f"<td rowspan=99 colspan=20>{'Words ' * 30}" * 2_000 + "<tr>" * 99,
        "<p>Words " + "`" * 20_000 + "</p><pre>" + "`" * 20_000,
        "<div class='nav'>" * 1_900 + "Words" + "</div>" * 1_900 + "<p>Words",
    ],
    ids=lambda page: page[:30],
)
def test_a_hostile_page_takes_little_time(page: str) -> None:
    begun = time.perf_counter()
    assert "Words" in text_of(page)
    assert time.perf_counter() - begun < 2.0
