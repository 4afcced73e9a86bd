"""The last check: whatever goes wrong before it, no invented quote leaves the house."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.chat.verbatim import NotVerbatimError
from bot.page.layout import Clip
from bot.slack.blocks import Payload, line, plain, rich
from bot.slack.verbatim import checked
from index.documents.article import Article
from index.documents.spans import Quote, Span
from tests.bot.markdown_clips import markdown

if TYPE_CHECKING:
    from bot.slack.blocks import Block

ARTICLE = Article("a.txt", "A", "It is in Wiesbaden now.")
CLIP = Clip(Quote(ARTICLE, 0, 23), Span(ARTICLE, 9, 18))


def quoted(*runs: Block) -> Block:
    return rich({"type": "rich_text_quote", "elements": list(runs)})


RIGHT = Payload(
    "It is in Wiesbaden now.",
    (quoted(plain("It is in "), plain("Wiesbaden", bold=True), plain(" now.")),),
    (CLIP,),
)


def test_the_article_s_own_words_pass() -> None:
    assert checked(RIGHT)["text"] == "It is in Wiesbaden now."


@pytest.mark.parametrize(
    "wrong",
    [
        replace(RIGHT, blocks=(quoted(plain("It is in Berlin now.")),)),
        replace(RIGHT, blocks=(quoted(plain("It is in Wiesbaden now.", bold=True)),)),
        replace(RIGHT, blocks=(quoted({"type": "user", "user_id": "U1", "text": "x"}),)),
        replace(RIGHT, blocks=()),
        replace(RIGHT, blocks=(*RIGHT.blocks, quoted(plain("And more.")))),
        replace(RIGHT, text="It is in Berlin now."),
        replace(RIGHT, text="It is in Wiesbaden now. <!channel>"),
    ],
    ids=["other words", "other bold", "a mention", "missing", "one too many", "text", "ping"],
)
def test_anything_else_is_not_sent(wrong: Payload) -> None:
    with pytest.raises(NotVerbatimError):
        checked(wrong)


CODE_ARTICLE = markdown("Run *it*:\n\n```\nradio pair\n```\n")
CODE_CLIP = Clip(Quote(CODE_ARTICLE, 0, 27), None)
CODE = rich(
    {"type": "rich_text_quote", "elements": [plain("Run it:")]},
    {"type": "rich_text_preformatted", "elements": [plain("radio pair")]},
)


def with_code(*parts: Block) -> Payload:
    return Payload("Run it:\nradio pair", (rich(*parts),), (CODE_CLIP,))


def test_code_passes_as_an_element_of_its_own() -> None:
    assert checked(with_code(*CODE["elements"]))["text"] == "Run it:\nradio pair"


@pytest.mark.parametrize(
    "parts",
    [
        CODE["elements"][:1],
        CODE["elements"][1:],
        CODE["elements"][::-1],
        [CODE["elements"][0], CODE["elements"][0]],
        [CODE["elements"][0], {"type": "rich_text_preformatted", "elements": [
            plain("radio pair", bold=True)]}],
        [CODE["elements"][0], {"type": "rich_text_preformatted", "elements": [
            {"type": "link", "url": "https://x.example", "text": "radio pair"}]}],
        [{"type": "rich_text_preformatted", "elements": [plain("Run it:")]}, CODE["elements"][1]],
        [{"type": "rich_text_quote", "elements": [
            {"type": "link", "url": "https://x.example", "text": "Run it:"}]}, CODE["elements"][1]],
        [{"type": "rich_text_quote", "elements": [
            {"type": "text", "text": "Run it:", "style": {"strike": True}}]}, CODE["elements"][1]],
    ],
    ids=["no code", "no words", "swapped", "no code, but words twice", "bold code",
         "code that is a link", "words as code", "words as a link", "words struck through"],
)  # fmt: skip
def test_code_and_looks_that_the_article_has_not_are_not_sent(parts: list[Block]) -> None:
    with pytest.raises(NotVerbatimError):
        checked(with_code(*parts))


def test_fixed_words_need_no_article() -> None:
    assert checked(Payload("Hello", (rich(line(plain("Hello"))),)))["text"] == "Hello"
