"""Where a reply goes is kept with the claim, and read by later versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.reply_target import ReplyTarget
from tests.bot.desk.surfaces import ask


def test_a_target_is_read_as_it_was_written() -> None:
    target = ReplyTarget("private", "5", "a-secret-token")
    assert ReplyTarget.of(ask(place=target.written())) == target
    assert "secret" not in repr(target)


def test_without_a_target_a_reply_goes_under_its_question() -> None:
    assert ReplyTarget.of(ask(message="7")) == ReplyTarget("message", "7")


@pytest.mark.parametrize(
    ("kept", "target"),
    [
        (
            '{"way": "private", "url": "https://hooks.example/1", "stamp": ""}',
            ReplyTarget("private", token="https://hooks.example/1"),  # noqa: S106  # made up
        ),
        ('{"way": "message", "url": "", "stamp": "1.2"}', ReplyTarget("message", "1.2")),
        (
            '{"way": "channel", "message": "5", "token": "made-up"}',
            ReplyTarget("channel", "5", "made-up"),
        ),
    ],
    ids=["Slack, a command", "Slack, a message", "Discord, a share"],
)
def test_a_question_left_unfinished_by_an_earlier_version_is_still_answered_where_it_was_asked(
    kept: str, target: ReplyTarget
) -> None:
    assert ReplyTarget.of(replace(ask(), place=kept)) == target
