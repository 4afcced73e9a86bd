"""App Home, forms and reports: they fit, and they say what is."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from bot.chat.reports import gaps_report
from bot.page.facts import Facts
from bot.page.phrases import ENGLISH, GERMAN
from bot.slack.blocks import unescape
from bot.slack.messages import reason_form
from bot.slack.views import config_view, gaps_message, home_view, read_config
from bot.state.channel_rules import Rules
from bot.state.history import Gap
from tests.emulators.slack.blocks import block_problems, view_problems

FACTS = Facts(
    5, "v1", dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC),
    tuple(f"Title {number} <!channel>" for number in range(100)),
    ("where is the HQ?",),
)  # fmt: skip


def test_every_view_is_one_that_slack_takes() -> None:
    long = ["why? " * 500] * 9
    for view in (
        home_view(FACTS, long, ENGLISH),
        home_view(Facts(), [], GERMAN),
        config_view(Rules("threads", ("a", "b"), 0.5, "de"), "T C"),
        config_view(Rules(), "T C"),
        reason_form(ENGLISH, "abc"),
        reason_form(GERMAN, "abc"),
    ):
        assert view_problems(view) == []


def test_home_says_what_is_known_and_offers_questions_to_click() -> None:
    view = json.dumps(home_view(FACTS, ["my last one?"], ENGLISH))
    assert "5 articles, version v1, last refreshed 2026-11-21 09:30" in view
    assert "where is the HQ?" in view
    assert "my last one?" in view


def test_the_form_is_filled_in_with_what_holds() -> None:
    blocks = config_view(Rules("questions", ("a", "b"), 0.5, "de"), "T C")["blocks"]
    elements: dict[str, dict[str, Any]] = {block["block_id"]: block["element"] for block in blocks}
    assert elements["mode"]["initial_option"]["value"] == "questions"
    assert elements["folders"]["initial_value"] == "a, b"
    assert elements["threshold"]["initial_value"] == "0.5"
    assert elements["language"]["initial_option"]["value"] == "de"


def test_gaps_are_exported_as_lines_that_can_be_replayed() -> None:
    gaps = [Gap('who "is" it & why?', 3, 2, 1)]
    message = gaps_message(gaps_report(gaps, ENGLISH))
    exported = message.blocks[-1]["elements"][0]["elements"][0]["text"]
    assert json.loads(exported)["question"] == gaps[0].question
    assert gaps[0].question in unescape(message.text)


def test_ever_so_many_gaps_fit_into_a_message() -> None:
    gaps = [Gap("why? " * 100 + str(number), 1, 1, 0) for number in range(200)]
    message = gaps_message(gaps_report(gaps, ENGLISH))
    assert block_problems(list(message.blocks)) == []
    assert len(json.dumps(message.blocks)) < 14_000


def test_a_submitted_form_is_read_field_by_field() -> None:
    values = {
        "mode": {"mode": {"type": "static_select", "selected_option": {"value": "threads"}}},
        "folders": {"folders": {"type": "plain_text_input", "value": "a, b"}},
        "threshold": {"threshold": {"type": "plain_text_input", "value": None}},
    }
    entries = read_config({"state": {"values": values}})
    assert entries == {"mode": "threads", "folders": "a, b", "threshold": ""}


def test_no_gaps_are_one_sentence() -> None:
    message = gaps_message(gaps_report([], GERMAN))
    assert message.text == GERMAN.reports.no_gaps
    assert block_problems(list(message.blocks)) == []
    assert len(message.blocks) == 1
