"""No pattern and no parser takes much longer than its input is long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.cli.json_lines import read_questions
from bot.discord import incoming as discord_incoming
from bot.discord import markdown
from bot.slack import blocks
from bot.slack import incoming as slack_incoming
from config.harmless import one_line
from index.documents.article import Article
from index.documents.boilerplate import is_boilerplate
from index.documents.dates import parse_date_line
from index.documents.formats.plain_text import read_plain_text
from index.documents.front_matter import split_front_matter
from index.documents.headline import find_headline, head_lines
from index.documents.markdown.finder import find_structure
from index.documents.notations import json_fields
from index.documents.plain_structure import plain_structure
from index.passages.passages import split_passages
from index.passages.words import plain_words
from retrieval.normalised_answer import normalise
from retrieval.questions import MAX_READ_QUESTION_CHARS, parse_question
from tests import worst_input
from tests.fakes import library_of

pytestmark = pytest.mark.slow  # 100,000 characters for each pattern and parser

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# How many characters these patterns are given at most, where that is less than 100,000: who calls
# them takes care of it. Their cost grows with the square of that, and stays small.
BOUNDED = {
    "index.documents.boilerplate._BOILERPLATE": 4_000,  # `headline.head_lines`, or a sentence
    "index.documents.boilerplate._CREDIT": 4_000,
    "index.documents.formats.pdf_paragraphs._LEADER": 200,
    "index.documents.formats.pdf_words._DIVIDED": 80,
    "index.documents.formats.web_page_encoding._DECLARED": 2_000,
    "index.documents.dates._TIME": 600,  # `dates.parse_date_line`
    "index.documents.dates._BYLINE": 600,
}
PATTERNS = sorted(worst_input.patterns(), key=lambda pair: pair[0])


@pytest.mark.parametrize(
    ("name", "pattern"), PATTERNS, ids=[f"{at}-{name}" for at, (name, _) in enumerate(PATTERNS)]
)
def test_a_patterns_cost_grows_no_faster_than_its_input(
    name: str, pattern: re.Pattern[str]
) -> None:
    worst = worst_input.worst_of(pattern)
    for use in worst_input.uses(name):
        work: Callable[[str], object] = (
            getattr(pattern, use)
            if use != "search"
            else lambda text: worst_input.replace_all(pattern, text)
        )
        limit = BOUNDED.get(name)
        if limit is None:
            assert worst_input.too_slow(work, worst) == []
        else:
            inputs = [begin + unit * limit for begin, unit in worst]
            assert max(worst_input.cost(work, text[:limit] + "\nx") for text in inputs) < 1


def _asked(text: str) -> object:
    return parse_question(text, library_of("The bridge opened in May."))


def _split(text: str) -> object:
    return split_passages(Article("a.txt", None, text)) if text.strip() else None


def _mapping(text: str) -> object:
    return split_front_matter(f"---\ntitle: x\n{text}\n---\nBody.")


def _toml(text: str) -> object:
    return split_front_matter(f"+++\ntitle = 'x'\n{text}\n+++\nBody.")


PARSERS: dict[str, tuple[Callable[[str], object], str]] = {
    "what is typed in Slack": (slack_incoming.spoken, "<>|@#!& ;a"),
    "what Slack escaped": (blocks.unescape, "&amp;lt "),
    "what is typed in Discord": (discord_incoming.spoken, "<>@!&#:a7t/id "),
    "what is sent to Discord": (markdown.escape, "-.7*_\\ \n\u2028"),
    "a title": (one_line, "a \u202e\0"),
    "lines of questions": (lambda text: list(read_questions([text])), '{}[]":,\\ a7'),
    "a question": (_asked, "\"“”.?!'- aA7\n"),
    "words": (plain_words, "a.'’ \u4e00"),
    "YAML": (_mapping, "[]{}:,-?&*!|>'\"%#\n a<"),
    "TOML": (_toml, "[]{}=.,'\"#\n a7\\"),
    "JSON": (lambda text: json_fields(text.encode()), '[]{}":,\\ue7 '),
    "JSON in a text": (lambda text: json_fields(json.dumps({"title": text}).encode()), 'a\n"'),
    "front matter": (split_front_matter, "-+: \n\ra\ufeff"),
    "a file": (lambda text: read_plain_text(text.replace("\0", "a").encode() + b"a"), "-+: \n\ra"),
    "a headline": (lambda text: find_headline(head_lines(text)), "#. \na7-:"),
    "a date": (parse_date_line, "T, at7:.by-\n"),
    "boilerplate": (lambda text: is_boilerplate(text[:4000]), "photo by/:!\n "),
    "sentences": (_split, "a. \n"),
    "an amount": (lambda text: normalise(text[:600]), "7.,-$ %amto"),
}


def test_phrases_in_quotation_marks_beyond_the_cut_are_not_looked_for() -> None:
    library = library_of("The bridge opened in May.")
    assert len(parse_question('"ab" ' * 20_000, library).phrases) <= MAX_READ_QUESTION_CHARS // 5


@pytest.mark.parametrize("name", PARSERS)
def test_a_parsers_cost_grows_no_faster_than_its_input(name: str) -> None:
    parse, letters = PARSERS[name]
    pairs = {first + second for first in letters for second in letters}
    assert worst_input.too_slow(parse, {("", unit) for unit in {*letters, *pairs}}) == []


# What a page may repeat without end, in Markdown and in what stands in it.
PAGES = [
    *("[", "![", "[[a", "[a](", "[a](b) ", "[a][b]", "](", "[^1]", "^[", "[a]: b\n", "[^1]: a\n\n"),
    *(
        "*",
        "_",
        "*a ",
        "**a*",
        "*a_",
        "~~",
        "`",
        "`a",
        "``a`",
        "\\",
        "==a",
        "&",
        "&amp;",
        "<http://a> ",
    ),
    *(
        "|",
        "|a",
        "| a\n|-\n",
        ">",
        "> ",
        "-",
        "- a\n",
        "1. ",
        "# a\n",
        "a\n",
        "a  \n",
        "a\n: b\n\n",
    ),
    *(
        "<",
        "<x",
        "<div>",
        "<s>",
        "<a b ",
        "<!--",
        "<!-- a",
        "<script>",
        "<td>",
        "<tr><td>a",
        "<li>",
    ),
    *("{{", "{%", "{{a}} ", "{a=b ", "!!! a\n", ":::a\n", '=== "a"\n', "import a\n", "\t", "\r"),
    *(
        "a:\n\n",
        "Q: a?\n",
        "Ann: b\n",
        "**a?**\n\n",
        "Step 1: a\n",
        "<summary>a?",
        "```\n",
        "---\n",
    ),
]


def _page(text: str) -> object:
    structure = find_structure(text)
    return split_passages(Article("a.md", None, text, structure=structure)) if text.strip() else 0


def _plain_page(text: str) -> object:
    return split_passages(Article("a.txt", None, text, structure=plain_structure(text)))


@pytest.mark.parametrize("unit", PAGES)
def test_the_cost_of_a_page_grows_no_faster_than_the_page(unit: str) -> None:
    for work in (_page, _plain_page):
        assert not worst_input.grows_too_fast(work, "", unit, "\na")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000 + "a" + "]" * 20_000,
        "*" * 20_000 + "a" + "*" * 20_000,
        "".join("  " * depth + "- a\n" for depth in range(400)),
        "".join(">" * depth + " a\n" for depth in range(400)),
        "<div>" * 100_000 + "a" + "</div>" * 100_000,
        "| a | b |\n|---|---|\n" + "| c | d |\n" * 10_000,
        "word " * 100_000,
        "x" * 500_000,
    ],
    ids=["brackets", "stars", "lists", "quotations", "tags", "rows", "line", "word"],
)
def test_a_hostile_page_is_read_in_seconds(text: str) -> None:
    assert worst_input.cost(_page, text) < 20
