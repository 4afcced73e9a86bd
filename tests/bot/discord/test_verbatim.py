"""The last check: whatever goes wrong before it, no invented quote leaves the house."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.verbatim import NotVerbatimError
from bot.discord.embeds import Payload, message
from bot.discord.verbatim import checked
from bot.page.layout import Clip
from index.documents.article import Article
from index.documents.spans import Quote, Span

ARTICLE = Article("a.txt", "A", "It is in Wiesbaden now.")
CLIP = Clip(Quote(ARTICLE, 0, 23), Span(ARTICLE, 9, 18))
RIGHT = Payload("", ({"description": "It is in **Wiesbaden** now."},), quoted=(CLIP,))


def showing(description: str, **more: object) -> Payload:
    return replace(RIGHT, embeds=({"description": description, **more},))


def test_the_article_s_own_words_pass() -> None:
    assert checked(RIGHT) is RIGHT


@pytest.mark.parametrize(
    "wrong",
    [
        showing("It is in **Berlin** now."),
        showing("It is in Wiesbaden now."),
        showing("**It is in** Wiesbaden now."),
        showing("It is in **Wiesbaden** now. @everyone"),
        showing("It is in **Wiesbaden** _now_."),
        showing("It is in **Wiesbaden** `now`."),
        showing("It is in **Wiesbaden** [now](https\\://x.example)."),
        showing("```\nIt is in **Wiesbaden** now.\n```"),
        showing("It is in **Wiesbaden** now.", fields=[{"name": "a", "value": "b"}]),
        replace(RIGHT, embeds=()),
        replace(RIGHT, embeds=RIGHT.embeds * 2),
        replace(RIGHT, content="x" * 2_001),
    ],
    ids=["other words", "no bold", "other bold", "a ping", "a format", "code", "a link",
         "a block of code", "a field", "missing",
         "one too many", "too long"],
)  # fmt: skip
def test_anything_else_is_not_sent(wrong: Payload) -> None:
    with pytest.raises(NotVerbatimError):
        checked(wrong)


def test_a_sign_that_was_not_escaped_is_not_sent() -> None:
    source = Article("b.txt", "B", "Ask <@1> now.")
    clip = Clip(Quote(source, 0, 13))
    with pytest.raises(NotVerbatimError, match="more than letters"):
        checked(Payload("", ({"description": "Ask <@1> now."},), quoted=(clip,)))


def test_fixed_words_need_no_article() -> None:
    assert checked(message("Hello")).content == "Hello"
