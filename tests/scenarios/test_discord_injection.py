"""Whatever an article or a question says, in Discord it pings, links and formats nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.messages import compose
from bot.discord.verbatim import checked
from bot.page.layout import View
from bot.page.phrases import ENGLISH
from bot.page.reply import Reply
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.emulators.discord.limits import check
from tests.fakes import from_all_folders
from tests.scenarios.discord_rig import discord_stage
from tests.scenarios.discord_shown import formats, read
from tests.scenarios.hostile import HOSTILE_TEXTS, hostile_article, nothing, whole_answer
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.emulators.discord.world import Json
    from tests.scenarios.shown import Shown


def sent(answer: Answer, view: View = View()) -> Json:  # noqa: B008  # frozen
    """Returns an answer after the last check, as Discord gets it."""
    payload = checked(compose(Reply("id", ENGLISH, answer, view=view), widen=lambda quote: quote))
    message = {"content": payload.content, "embeds": list(payload.embeds), "components": []}
    check(message)
    return message


def assert_harmless(message: Json, article: Article) -> Shown:
    shown = read(message)
    assert shown.pings == ()
    assert all(link.startswith("https://example.com/?a=%3Cb%3E%7Cc") for link in shown.links)
    assert all(quote and quote in article.text for quote in shown.quotes)
    assert formats(message) == []
    return shown


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_article_is_quoted_letter_by_letter(name: str) -> None:
    article = hostile_article(name)
    answer = whole_answer("What does it say?", article, bold=(3, 9))
    message = sent(answer)
    assert assert_harmless(message, article).bold == (article.text[3:9],)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_words_and_passages_are_harmless_when_nothing_is_found(name: str) -> None:
    article = hostile_article(name)
    answer = nothing(HOSTILE_TEXTS[name], article)
    assert assert_harmless(sent(answer), article).quotes == ()
    assert_harmless(sent(answer, View(closest=True)), article)


signs = st.sampled_from(
    "@everyone|<@1>|[a](http://b)|**|__|~~|||`|> |# |-# |- |1. |\n|:a:|\\".split("|")
)
letters = st.characters(exclude_categories=["Cs"])
texts = st.lists(signs | st.text(letters, max_size=5), min_size=1, max_size=15).map("".join)


@given(texts.filter(lambda text: text.strip() != ""), st.data())
def test_any_text_with_any_bold_is_shown_as_it_is(text: str, data: st.DataObject) -> None:
    article = Article("a.txt", text, text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    finding = Finding(Quote(article, 0, len(text)), Span(article, start, end), 0.5)
    shown = assert_harmless(sent(Answer("q", (finding,))), article)
    assert shown.quotes == (text,)
    assert shown.bold == (text[start:end],)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
async def test_a_hostile_question_about_a_hostile_article_gets_a_harmless_reply(name: str) -> None:
    article = hostile_article(name)
    question = HOSTILE_TEXTS[name][:1_500]

    @from_all_folders
    def answerer(asked: str) -> Answer:
        return whole_answer(asked, article)

    async with discord_stage(answerer=answerer, articles=(article,)) as (stage, _):
        public = await stage.alice.asks(question)
        private = await stage.bob.asks(question, Medium.COMMAND)
        for asked in (public, private):
            assert_harmless((await asked.reply()).handle, article)
