"""One answer on four surfaces: the same clippings, the same bold words, the same outcome."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import bot.discord.messages
import bot.discord.verbatim
import bot.slack.messages
import bot.slack.verbatim
from bot.cli.json_lines import answer_fields
from bot.cli.terminal import answer_texts
from bot.page.layout import View
from bot.page.phrases import ENGLISH
from bot.page.reply import Reply
from config.harmless import harmless
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.scenarios import discord_shown, slack_shown
from tests.scenarios.hostile import HOSTILE_TEXTS, hostile_article

if TYPE_CHECKING:
    from tests.scenarios.shown import Shown

ANSWERS = 200
SHORT_CHARS = 400  # five clippings of that length fit everywhere, whatever signs they hold
WORDS = (
    "the firm *moved* its @everyone headquarters <!channel> to Wiesbaden & in 2021, said_she "
    "[link](http://x) `code` \u202e ||secret|| # 1. - R&D 👍🏽 שלום naïve"
).split(" ")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a surface shows of an answer: clippings with their bold words, and whether it is one."""

    found: bool
    quotes: tuple[str, ...]
    bold: tuple[str, ...]


def some_answer(number: int) -> Answer:
    """An answer of one of many kinds, always the same for a number."""
    dice = random.Random(number)  # noqa: S311  # no secret
    kind = number % 8
    if kind == 0:
        return Answer("q?", unknown_words=("moon", "@everyone", "*star*")[: number % 4])
    if kind == 1:
        closest = tuple(a_finding(dice, 200).quote for _ in range(1 + number % 3))
        return Answer("q?", closest=closest, unknown_words=("moon",))
    if kind == 2:
        article = hostile_article(list(HOSTILE_TEXTS)[number // 8 % len(HOSTILE_TEXTS)])
        whole = Quote(article, 0, len(article.text))
        return Answer("q?", (Finding(whole, Span(article, 3, 9), 0.9),))
    length = {3: 6_000, 4: 2_000, 5: 50, 6: 200, 7: 400}[kind]
    findings = tuple(a_finding(dice, length) for _ in range(1 + number % 7))
    return Answer("q?", findings, differ=len(findings) > 1 and number % 3 > 0)


def a_finding(dice: random.Random, chars: int) -> Finding:
    """Some words of an article made up on the spot, some of them decisive."""
    text = " ".join(dice.choice(WORDS) for _ in range(chars // 4))[:chars].strip() + "."
    article = Article(f"{dice.random()}.txt", dice.choice([None, "A *title*"]), f"Before. {text}\n")
    quote = Quote(article, 8, 8 + len(text))
    start = dice.randrange(quote.start, quote.end - 1)
    end = dice.randint(start + 1, min(start + 30, quote.end))
    while article.text[start].isspace():
        start, end = start + 1, max(end, start + 2)
    bold = Span(article, start, min(end, quote.end)) if dice.random() < 0.8 else None
    return Finding(quote, bold, 0.9)


def in_slack(answer: Answer, view: View) -> tuple[Seen, Shown]:
    payload = bot.slack.messages.compose(
        Reply("id", ENGLISH, answer, view=view), widen=lambda quote: quote
    )
    shown = slack_shown.read(bot.slack.verbatim.checked(payload))
    return Seen(ENGLISH.not_found not in shown.text, shown.quotes, shown.bold), shown


def in_discord(answer: Answer, view: View) -> tuple[Seen, Shown]:
    payload = bot.discord.messages.compose(
        Reply("id", ENGLISH, answer, view=view), widen=lambda quote: quote
    )
    sent = bot.discord.verbatim.checked(payload)
    buttons = [{"label": button.label} for button in sent.buttons]
    shown = discord_shown.read(
        {"content": sent.content, "embeds": sent.embeds, "components": [{"components": buttons}]}
    )
    return Seen(ENGLISH.not_found not in shown.text, shown.quotes, shown.bold), shown


def in_the_terminal(answer: Answer) -> Seen:
    texts = answer_texts(answer, closest=True)
    words = {printed(finding.quote.text) for finding in answer.findings}
    words |= {printed(quote.text) for quote in answer.closest}
    quotes = [text for text in texts if text.plain in words]
    bold = [
        text.plain[span.start : span.end]
        for text in quotes
        for span in text.spans
        if "bold" in str(span.style)
    ]
    found = all(text.plain != ENGLISH.not_found for text in texts)
    return Seen(found, tuple(text.plain for text in quotes), tuple(bold))


def printed(text: str) -> str:
    """A text as it can be printed: a terminal would obey a bell or an escape."""
    return harmless(text)


def as_printed(seen: Seen) -> Seen:
    return Seen(seen.found, tuple(map(printed, seen.quotes)), tuple(map(printed, seen.bold)))


def in_json(answer: Answer) -> Seen:
    fields = answer_fields(answer)
    shown = fields["findings"] if answer.differ else fields["findings"][:1]
    quotes = [each["quote"]["text"] for each in shown] or [e["text"] for e in fields["closest"]]
    bold = [each["answer"]["text"] for each in shown if each["answer"]]
    return Seen(fields["status"] == "answered", tuple(quotes), tuple(bold))


def is_short(answer: Answer) -> bool:
    quotes = [*(finding.quote for finding in answer.shown), *answer.closest]
    return len(quotes) <= 5 and all(len(quote.text) <= SHORT_CHARS for quote in quotes)


@pytest.mark.parametrize("number", range(ANSWERS))
def test_an_answer_is_the_same_on_every_surface(number: int) -> None:
    answer = some_answer(number)
    view = View(closest=not answer.found)
    everywhere = in_json(answer)
    slack, discord = in_slack(answer, view), in_discord(answer, view)

    assert in_the_terminal(answer) == as_printed(everywhere)
    assert slack[0].found == discord[0].found == everywhere.found == answer.found
    if is_short(answer):
        assert slack[0] == discord[0] == everywhere
    for seen, shown in (slack, discord):
        assert_no_other(seen, shown, answer)
        assert shown.pings == ()


def assert_no_other(seen: Seen, shown: Shown, answer: Answer) -> None:
    """What did not fit is shorter and says so, or waits behind a button; nothing else differs."""
    whole = [finding.quote for finding in answer.shown] or list(answer.closest)
    bold = [finding.answer.text for finding in answer.shown if finding.answer]
    assert len(seen.quotes) == len(whole) or "Next passage" in shown.buttons or answer.closest
    for part, quote in zip(seen.quotes, whole, strict=False):
        assert part in quote.text
        assert part == quote.text or ENGLISH.shortened in shown.text
    assert list(seen.bold) == bold[: len(seen.bold)]
    marked = [finding for finding in answer.shown[: len(seen.quotes)] if finding.answer]
    assert len(seen.bold) == len(marked)


def test_most_of_these_answers_are_short_enough_to_be_equal_letter_by_letter() -> None:
    answers = [some_answer(number) for number in range(ANSWERS)]
    assert sum(map(is_short, answers)) > ANSWERS / 2
    assert sum(answer.found for answer in answers) > ANSWERS / 2
    assert sum(answer.differ for answer in answers) > 20
