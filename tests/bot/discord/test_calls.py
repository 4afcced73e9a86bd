"""Calls that fail: which are made again, and what a refusal means."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.desk.metrics import Metrics
from bot.desk.surface import GoneError, UnreachableError
from bot.discord.calls import retry, send_with_or_without_links, translate_error
from bot.discord.embeds import Payload


def refusal(status: int, code: int = 0, **more: Any) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="made up")
    kind = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kind(response, {"code": code, "message": "made up", **more})


GONE = {"message_reference": {"_errors": [{"code": "X", "message": "Unknown message"}]}}
TOO_LONG = {"content": {"_errors": [{"code": "X", "message": "too long"}]}}


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (refusal(400, 50035, errors=GONE), GoneError),
        (refusal(400, 50035, errors=TOO_LONG), UnreachableError),
        (refusal(403, 50013), UnreachableError),
        (refusal(401, 50027), UnreachableError),
        (refusal(404, 10003), UnreachableError),
        (refusal(404, 10008), UnreachableError),
        (refusal(403, 50007), UnreachableError),
        (refusal(400, 999_999), UnreachableError),
        (refusal(403), UnreachableError),
        (refusal(408), discord.HTTPException),
        (refusal(429), discord.HTTPException),
        (refusal(500), discord.DiscordServerError),
    ],
)
def test_a_refusal_is_told_to_the_desk_in_its_own_words(
    error: discord.HTTPException, meant: type[Exception]
) -> None:
    metrics = Metrics()
    assert type(translate_error(error, metrics)) is meant
    assert b"clipping_api_errors_total" in metrics.page()


@pytest.mark.parametrize(
    ("error", "calls"),
    [(ConnectionResetError(), 2), (refusal(503), 2), (refusal(500), 1), (refusal(403, 50013), 1)],
    ids=["cut", "503", "500, which discord.py has repeated", "403"],
)
async def test_a_call_is_made_again_only_where_that_may_help(error: Exception, calls: int) -> None:
    made: list[int] = []

    async def call() -> str:
        made.append(1)
        if len(made) == 1:
            raise error
        return "done"

    if calls == 2:
        assert await retry(call) == "done"
    else:
        with pytest.raises(type(error)):
            await retry(call)
    assert len(made) == calls


async def test_a_message_without_links_that_is_refused_is_not_sent_again() -> None:
    sent: list[Payload] = []

    async def call(payload: Payload) -> None:
        sent.append(payload)
        raise refusal(400, 50035, errors=TOO_LONG)

    with pytest.raises(discord.HTTPException):
        await send_with_or_without_links(Payload("words"), call)
    assert len(sent) == 1
