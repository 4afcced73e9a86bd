"""What Discord sends, read as a person means it."""

from __future__ import annotations

import pytest

from bot.chat.reply_target import ReplyTarget
from bot.discord.incoming import Location, location_of, mentions, spoken
from bot.state.ask import Ask, Key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@42> where is it?", "where is it?"),
        ("<@!42>where\n\nis it?", "where is it?"),
        ("what do <@7>, <@&8> and <#9> say?", "what do , and say?"),
        ("is it <:sad:123> or <a:glad:456>?", "is it or ?"),
        ("at <t:1700000000:R>, ask </ask:12> or <id:guide>", "at , ask or"),
        ("1 < 2 > 0 and <b> @everyone", "1 < 2 > 0 and <b> @everyone"),
    ],
)
def test_mentions_and_marks_are_left_out_of_a_question(text: str, said: str) -> None:
    assert spoken(text) == said


def test_the_bot_is_mentioned_by_its_number_alone() -> None:
    assert mentions("hey <@!42>", 42)
    assert mentions("<@42>?", 42)
    assert not mentions("<@421> <@&42> 42", 42)


def test_a_direct_message_is_a_workspace_of_its_own() -> None:
    location = location_of(None, 5, None)
    assert location == Location("@5", "5")
    assert location.direct
    assert not location_of(None, 5, 9).direct
    assert location.key("7") == Key("discord", "@5", "5", "7")


def test_the_target_of_a_reply_is_kept_with_the_claim_and_not_shown() -> None:
    target = ReplyTarget("private", "5", "a-secret-token")
    ask = Ask(Key("discord", "1", "2", "3"), "4", "q", place=target.written())
    assert ReplyTarget.of(ask) == target
    assert "a-secret-token" not in repr(ask)
    later = Ask(Key("discord", "1", "2", "3"), "4", "q")
    assert ReplyTarget.of(later) == ReplyTarget(message="3")
