"""Whatever an article or a question says, in Slack it pings, links and formats nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.page.layout import View, lay_out
from bot.page.phrases import ENGLISH
from bot.slack.blocks import BUDGET, render
from bot.slack.verbatim import checked
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.emulators.slack.blocks import MAX_TOTAL_CHARS, block_problems, total_chars
from tests.fakes import from_all_folders
from tests.scenarios.hostile import HOSTILE_TEXTS, hostile_article, nothing, whole_answer
from tests.scenarios.slack_rig import slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from bot.slack.blocks import Payload
    from tests.scenarios.shown import Shown

MAX_TEXT_CHARS = 4_000  # Slack asks for no more


def payload_of(answer: Answer, view: View) -> Payload:
    return render(lay_out(answer, view, ENGLISH, budget=BUDGET, widen=lambda quote: quote), ENGLISH)


def seen(answer: Answer, view: View = View()) -> Shown:  # noqa: B008  # frozen
    """Passes an answer through the last check and reads it as a person would."""
    message = checked(payload_of(answer, view))
    assert block_problems(message["blocks"]) == []
    assert total_chars(message["blocks"]) <= MAX_TOTAL_CHARS
    assert 0 < len(message["text"]) <= MAX_TEXT_CHARS
    return read(message)


def assert_harmless(shown: Shown, article: Article) -> None:
    assert shown.pings == ()
    assert all(link.startswith(str(article.url)) for link in shown.links)
    assert all(quote and quote in article.text for quote in shown.quotes)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_article_is_quoted_letter_by_letter(name: str) -> None:
    article = hostile_article(name)
    shown = seen(whole_answer("What does it say?", article, bold=(3, 9)))

    assert len(shown.quotes) == 1
    assert shown.bold == (article.text[3:9],)
    assert_harmless(shown, article)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_words_and_passages_are_harmless_when_nothing_is_found(name: str) -> None:
    article = hostile_article(name)
    answer = nothing(HOSTILE_TEXTS[name], article)

    assert seen(answer).quotes == ()
    assert_harmless(seen(answer), article)
    assert_harmless(seen(answer, View(closest=True)), article)


letters = st.characters(exclude_categories=["Cs"])
snippets = st.sampled_from(
    "<!channel> <@U1> <http://a|b> &lt; * ` ~ \u202e \u200b @everyone :smile: 👍🏽 > |".split(" ")
)
texts = st.lists(snippets | st.text(letters, max_size=8), min_size=1, max_size=12).map("".join)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    text = draw(texts.filter(lambda text: text.strip() != ""))
    title = draw(st.none() | texts)
    article = Article("a.txt", title, text, url="https://example.com")
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    first = draw(st.integers(start, end - 1))
    last = draw(st.integers(first + 1, end))
    bold = draw(st.sampled_from([None, Span(article, first, last)]))
    return Finding(Quote(article, start, end), bold, 0.5)


@given(st.lists(findings(), min_size=2, max_size=8), st.booleans(), st.integers(0, 9))
def test_any_findings_keep_their_ranges_and_fit(
    found: list[Finding], differ: bool, at: int
) -> None:
    answer = Answer("q", tuple(found), differ=differ)
    payload = payload_of(answer, View(at=at))
    shown = seen(answer, View(at=at))

    assert shown.pings == ()
    for text, clip in zip(shown.quotes, payload.quoted, strict=True):
        quote = clip.quote
        assert text == quote.article.text[quote.start : quote.end]
        assert any(finding.quote.covers(quote) for finding in found)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
async def test_a_hostile_question_about_a_hostile_article_gets_a_harmless_reply(name: str) -> None:
    article = hostile_article(name)
    question = HOSTILE_TEXTS[name][:3_000]

    @from_all_folders
    def answerer(asked: str) -> Answer:
        return whole_answer(asked, article)

    async with slack_stage(answerer=answerer, articles=(article,)) as (stage, _):
        public = await stage.alice.asks(question)
        private = await stage.bob.asks(question, Medium.COMMAND)
        for asked in (public, private):
            assert_harmless(await asked.reply(), article)


async def test_a_question_reaches_the_articles_as_it_was_typed() -> None:
    heard: list[str] = []

    @from_all_folders
    def answerer(question: str) -> Answer:
        heard.append(question)
        return Answer(question)

    async with slack_stage(answerer=answerer) as (stage, _):
        for text in ("Is R&D < 5 or > 5?", "Is &lt; written &amp;lt;?"):
            await (await stage.alice.asks(text)).reply()

    assert heard == ["Is R&D < 5 or > 5?", "Is &lt; written &amp;lt;?"]
