"""Events that discord.py cannot read cost that event and nothing else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.desk.service import Options, open_desk
from bot.discord.client import ClippingClient
from bot.discord.incoming import heard_in
from tests.fakes import nothing_found

if TYPE_CHECKING:
    import discord

ODD: list[object] = [None, {}, [], "secret", 7, {"id": None, "guild_id": "x"}, {"user": "secret"}]


@pytest.mark.parametrize("odd", ODD, ids=repr)
async def test_no_parser_lets_an_error_out(odd: object, caplog: pytest.LogCaptureFixture) -> None:
    async with open_desk(nothing_found, Options()) as desk:
        client = ClippingClient(desk, Options())
        async with client:
            parsers = client._connection.parsers  # noqa: SLF001  # discord.py shows them no other way
            assert len(parsers) > 50
            for event, parse in parsers.items():
                if event not in {"READY", "RESUMED"}:  # these begin tasks of their own
                    parse(odd)
    assert "is dropped: MESSAGE_CREATE" in caplog.text
    assert "secret" not in caplog.text


async def test_a_message_on_a_server_that_could_not_be_read_is_not_a_direct_one() -> None:
    heard: list[discord.Message] = []

    async def note(message: discord.Message) -> None:
        heard.append(message)

    async with open_desk(nothing_found, Options()) as desk:
        client = ClippingClient(desk, Options())
        client.on_message = note  # type: ignore[assignment]  # discord.py calls it so
        async with client:
            parsers = client._connection.parsers  # noqa: SLF001  # as above
            parsers["GUILD_CREATE"]({"id": "9", "channels": None})
            parsers["MESSAGE_CREATE"]({
                "id": "1", "channel_id": "5", "guild_id": "9", "content": "where?", "type": 0,
                "author": {"id": "7", "username": "ada", "discriminator": "0", "avatar": None},
                "mentions": [], "mention_roles": [], "mention_everyone": False, "attachments": [],
                "embeds": [], "edited_timestamp": None, "pinned": False, "tts": False,
            })  # fmt: skip
            async with asyncio.timeout(10):
                while not heard:
                    await asyncio.sleep(0)
    found = heard_in(heard[0], None)
    assert not found.direct
    assert (found.ask.key.workspace, found.ask.key.channel) == ("9", "5")
