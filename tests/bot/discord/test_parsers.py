"""Events that discord.py cannot read cost that event and nothing else."""

from __future__ import annotations

import pytest

from bot.desk.service import Options, open_desk
from bot.discord.client import ClippingClient
from tests.fakes import nothing_found

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
