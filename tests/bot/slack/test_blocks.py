"""Pages as Slack blocks: word for word, within limits, and nothing that Slack could parse."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from bot.page.layout import View, lay_out
from bot.page.phrases import ENGLISH
from bot.page.sources import address, name
from bot.slack.blocks import BUDGET, Payload, escape, render, unescape
from bot.slack.verbatim import checked
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding

HOSTILE = "<!channel> <@U123> <http://x|y> *b* `c` &amp; \u202eabc\u200b @everyone"


def article(text: str, title: str | None = "News", url: str | None = None) -> Article:
    return Article("a.txt", title, text, dt.date(2024, 11, 19), url)


def payload(answer: Answer) -> Payload:
    return render(
        lay_out(answer, View(), ENGLISH, budget=BUDGET, widen=lambda quote: quote), ENGLISH
    )


def found(text: str, start: int = 0, end: int = 1) -> Answer:
    source = article(text)
    whole = Quote(source, 0, len(text))
    return Answer("q?", (Finding(whole, Span(source, start, end), 0.9),))


def runs(sent: Payload) -> list[dict[str, object]]:
    quoted = [part for block in sent.blocks for part in block["elements"]]
    return [run for part in quoted if part["type"] == "rich_text_quote" for run in part["elements"]]


def test_the_answer_is_bold_inside_its_quote() -> None:
    sent = payload(found("In Wiesbaden it is.", 3, 12))
    assert [(run["text"], "style" in run) for run in runs(sent)] == [
        ("In ", False),
        ("Wiesbaden", True),
        (" it is.", False),
    ]


def test_title_date_and_other_articles_stand_below() -> None:
    source = article("In Wiesbaden.")
    other = Quote(article("Wiesbaden!", "Other"), 0, 10)
    sent = payload(Answer("q?", (Finding(Quote(source, 0, 13), None, 0.9, (other,)),)))
    below = sent.blocks[-1]["elements"][-1]["elements"]
    assert "".join(part["text"] for part in below) == "News · 2024-11-19 · also in Other"


def test_the_text_for_notifications_is_the_answer_itself() -> None:
    assert payload(found("In Wiesbaden it is.")).text == "“In Wiesbaden it is.” – News (2024-11-19)"


def test_an_article_can_ping_nobody_and_format_nothing() -> None:
    sent = checked(payload(found(HOSTILE)))
    assert "<" not in sent["text"]
    assert "mrkdwn" not in json.dumps(sent["blocks"])
    assert "".join(str(run["text"]) for run in runs(payload(found(HOSTILE)))) == HOSTILE


def test_a_title_cannot_turn_the_lines_around_it() -> None:
    assert name(article("x", "Bad\u202e title\nhere")) == "Bad title here"


def test_the_title_links_to_the_sentence_on_the_page() -> None:
    source = article("One two three. Go up-down, now.", url="https://news.example/a#old")
    link = address(Quote(source, 15, len(source.text)))
    assert link == "https://news.example/a#:~:text=Go%20up%2Ddown%2C%20now."


def test_only_web_addresses_become_links() -> None:
    assert address(Quote(article("One.", url="javascript:alert(1)"), 0, 4)) is None


@given(st.text(min_size=1))
def test_every_quote_passes_the_door_and_unescapes_to_itself(text: str) -> None:
    sent = payload(found(text))
    checked(sent)
    assert unescape(escape(text)) == text
    assert text in unescape(sent.text)


@given(st.integers(1, 30), st.sampled_from(["x", "&", "é ", "😀", HOSTILE]))
def test_every_payload_fits_into_slack(count: int, letter: str) -> None:
    source = article(letter * (60_000 // len(letter)))
    whole = Quote(source, 0, len(source.text))
    findings = tuple(Finding(whole, None, 0.5) for _ in range(count))

    sent = payload(Answer("q?", findings, differ=count > 1))

    checked(sent)
    shown = sum(len(str(run["text"])) for run in runs(sent))
    assert len(sent.blocks) <= 50
    assert shown <= 12_000
    assert len(unescape(sent.text)) <= 4_000
