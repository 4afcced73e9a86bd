"""Pages as Slack blocks: word for word, within limits, and nothing that Slack could parse."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.page.layout import Clip, Page, View, lay_out
from bot.page.phrases import ENGLISH
from bot.page.sources import address, name
from bot.slack.blocks import BUDGET, Payload, escape, render, unescape
from bot.slack.verbatim import checked
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.bot.markdown_clips import clips, markdown, quote
from tests.emulators.slack.blocks import block_problems

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


GUIDE = """# Radio

## Pairing

Do *this* `now` with [the page](https://x.example/p), [a mail](mailto:a@x.example):

1. Run **it**:

   ```sh
   radio pair &amp; **go**
   ```

2. Press <@U1>.
"""


def guide_clip(first: str, last: str, bold: tuple[str, str] | None = None) -> Clip:
    source = markdown(GUIDE, "Radio")
    marked = quote(source, *bold) if bold else None
    return Clip(quote(source, first, last), marked)


def sent_clip(clip: Clip) -> Payload:
    return render(Page((), (clip,), ()), ENGLISH)


def test_marks_of_the_article_are_styles_and_only_web_addresses_are_links() -> None:
    quoted = sent_clip(guide_clip("Do", "example):", ("with", "page")))
    assert quoted.blocks[0]["elements"][0]["elements"] == [
        {"type": "text", "text": "Do "},
        {"type": "text", "text": "this", "style": {"italic": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "now", "style": {"code": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "with ", "style": {"bold": True}},
        {
            "type": "link",
            "url": "https://x.example/p",
            "text": "the page",
            "style": {"bold": True},
        },
        {"type": "text", "text": ", a mail:"},
    ]
    checked(quoted)


def test_a_block_of_code_is_preformatted_letter_by_letter_and_not_bold() -> None:
    sent = sent_clip(guide_clip("1. Run", "<@U1>.", ("it**", "go")))
    assert [
        (part["type"], "".join(run["text"] for run in part["elements"]))
        for part in sent.blocks[0]["elements"]
    ] == [
        ("rich_text_quote", "1. Run it:"),
        ("rich_text_preformatted", "radio pair &amp; **go**"),
        ("rich_text_quote", "2. Press <@U1>."),
        ("rich_text_section", "Radio › Pairing"),
    ]
    assert "style" not in sent.blocks[0]["elements"][1]["elements"][0]
    checked(sent)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Run:\n\n```\n    one\n  two\n```\n", ["Run:", "  one\ntwo"]),
        ("> Run:\n>\n> ```\n> one\n>\n>   two\n> ```\n", ["Run:", "one\n\n  two"]),
        ("Run:\n\n```\none\n```\n\n```\ntwo\n```\n", ["Run:", "one", "two"]),
        ("Run:\n\n    one\n\n      two\n\nEnd.", ["Run:", "one\n\n  two", "End."]),
    ],
    ids=["indented", "in a quotation", "two blocks", "without a fence"],
)
def test_code_keeps_its_lines_and_their_indentation(text: str, shown: list[str]) -> None:
    source = markdown(text)
    sent = sent_clip(Clip(quote(source, "Run", "End." if "End" in text else "two")))
    parts = sent.blocks[0]["elements"][:-1]
    assert ["".join(run["text"] for run in part["elements"]) for part in parts] == shown
    checked(sent)


def test_the_text_for_notifications_shows_all_parts_without_markup() -> None:
    source = markdown(GUIDE, "Radio")
    parts = (quote(source, "Do", "example):"), quote(source, "2. Press", "<@U1>."))
    sent = checked(sent_clip(Clip(parts[1], parts=parts)))
    assert sent["text"] == (
        "“Do this now with the page, a mail:\n…\n2. Press &lt;@U1&gt;.” – Radio"
    )


def test_more_changes_of_style_than_slack_takes_leave_the_bold_alone() -> None:
    source = markdown("*a*b" * 700)
    clip = Clip(Quote(source, 0, len(source.text)), Span(source, 5, 7))
    sent = checked(sent_clip(clip))
    assert block_problems(sent["blocks"]) == []
    styles = [run["style"] for run in runs(sent_clip(clip)) if "style" in run]
    assert styles == [{"bold": True}]


@given(clips())
def test_every_clipping_with_markup_passes_the_check_and_slack_s_schema(clip: Clip) -> None:
    sent = checked(sent_clip(clip))
    assert block_problems(sent["blocks"]) == []
