"""Reading what Slack sends."""

from __future__ import annotations

import pytest

from bot.chat.reply_target import ReplyTarget
from bot.slack.incoming import mentions, of_click, of_command, of_message, spoken


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("<@U0BOT> where is the HQ?", "where is the HQ?"),
        ("<@U0BOT|clipping>where?", "where?"),
        ("what about <#C1|general> &amp; <https://a.example/x|this page>?",
         "what about #general & this page?"),
        ("is a &lt; b <https://a.example>", "is a < b"),
        ("<https://a.example>", "https://a.example"),
        ("<!channel> ping", "ping"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("  two\n lines ", "two lines"),
        ("😀", "😀"),
        ("<@U0BOT>", ""),
    ],
)  # fmt: skip
def test_markup_is_read_as_a_person_would(typed: str, said: str) -> None:
    assert spoken(typed) == said


def test_only_our_own_name_is_a_mention() -> None:
    assert mentions("hey <@U0BOT>!", "U0BOT")
    assert mentions("hey <@U0BOT|clipping>!", "U0BOT")
    assert not mentions("hey <@U0BOTTOM>!", "U0BOT")


def test_a_message_in_a_channel_begins_a_thread_and_one_in_a_thread_stays_there() -> None:
    event = {"channel": "C1", "user": "U1", "ts": "10.1", "text": "a?"}
    assert of_message(event, "T1").thread == "10.1"
    assert of_message({**event, "thread_ts": "9.1"}, "T1").thread == "9.1"


def test_direct_messages_are_one_conversation_unless_in_a_thread() -> None:
    event = {"channel": "D1", "user": "U1", "ts": "10.1", "text": "a?"}
    assert of_message(event, "T1").thread == ""
    assert of_message({**event, "thread_ts": "9.1"}, "T1").thread == "9.1"


def test_the_twins_of_a_mention_have_one_key() -> None:
    message = {"channel": "C1", "user": "U1", "ts": "10.1", "text": "a?", "type": "message"}
    mention = {**message, "type": "app_mention", "event_ts": "10.2"}
    assert of_message(message, "T1").key == of_message(mention, "T1").key


def test_an_edited_message_is_the_same_question_in_a_later_wording() -> None:
    event = {"channel": "C1", "user": "U1", "ts": "10.1", "text": "a?"}
    edited = of_message({**event, "edited": {"user": "U1", "ts": "11.0"}}, "T1")
    assert edited.key == of_message(event, "T1").key
    assert edited.revision > of_message(event, "T1").revision


def test_a_command_is_answered_in_private_at_its_own_address() -> None:
    ask = of_command({
        "team_id": "T1", "channel_id": "C1", "user_id": "U1", "text": "where?",
        "trigger_id": "7.8", "response_url": "https://hooks.example/1",
    })  # fmt: skip
    target = ReplyTarget.of(ask)
    assert (target.kind, target.token) == ("private", "https://hooks.example/1")
    assert "hooks.example" not in repr(ask)


def test_a_click_in_app_home_is_answered_in_a_direct_message() -> None:
    body = {"user": {"id": "U1", "team_id": "T1"}, "team": None}
    ask = of_click(body, "where?", "question", "again:1")
    assert (ask.key.workspace, ask.key.channel, ReplyTarget.of(ask).kind) == ("T1", "U1", "channel")
