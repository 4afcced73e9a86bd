"""What Discord sends, read as a person means it."""

from __future__ import annotations

import pytest

from bot.discord.incoming import Place, Spot, mentions, place_of, spoken, spot_of
from bot.state.ask import Ask, Key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@42> where is it?", "where is it?"),
        ("<@!42>where\n\nis it?", "where is it?"),
        ("what do <@7>, <@&8> and <#9> say?", "what do , and say?"),
        ("is it <:sad:123> or <a:glad:456>?", "is it :sad: or :glad:?"),
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
    spot = spot_of(None, 5, None)
    assert spot == Spot("@5", "5")
    assert spot.direct
    assert not spot_of(None, 5, 9).direct
    assert spot.key("7") == Key("discord", "@5", "5", "7")


def test_the_place_of_a_reply_is_kept_with_the_claim_and_not_shown() -> None:
    place = Place("private", "5", "a-secret-token")
    ask = Ask(Key("discord", "1", "2", "3"), "4", "q", place=place.written())
    assert place_of(ask) == place
    assert "a-secret-token" not in repr(ask)
    later = Ask(Key("discord", "1", "2", "3"), "4", "q")
    assert place_of(later) == Place(message="3")
