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


def test_fixed_words_need_no_article() -> None:
    assert checked(Payload("Hello", (rich(line(plain("Hello"))),)))["text"] == "Hello"
