"""What Slack refuses for now is sent later, one by one, and nothing is given up."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.throttle import ChannelThrottles


def response(status: int, headers: dict[str, Any] | None = None) -> AsyncSlackResponse:
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, data={"ok": status == 200},
        headers=headers or {}, status_code=status,
    )  # fmt: skip


class Channel:
    """Takes one message in so many seconds, and asks all others to wait."""

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._free_at = 0.0
        self.refused = 0
        self.taken = 0

    async def post(self) -> AsyncSlackResponse:
        now = time.monotonic()
        await asyncio.sleep(0)
        if now < self._free_at:
            self.refused += 1
            left = self._free_at - now
            refusal = response(429, {"Retry-After": str(left)})
            raise SlackApiError("no", refusal)  # type: ignore[no-untyped-call]  # slack_sdk
        self._free_at = now + self._every_s
        self.taken += 1
        return response(200)


async def test_a_burst_is_taken_in_full_however_often_slack_asks_to_wait() -> None:
    throttles, channel = ChannelThrottles(), Channel(every_s=0.01)
    await asyncio.gather(*(throttles.send("T", "C", channel.post) for _ in range(50)))
    assert channel.taken == 50


async def test_after_the_first_refusals_messages_do_not_come_all_at_once() -> None:
    throttles, channel = ChannelThrottles(), Channel(every_s=0.01)
    await asyncio.gather(*(throttles.send("T", "C", channel.post) for _ in range(20)))
    first = channel.refused
    await asyncio.gather(*(throttles.send("T", "C", channel.post) for _ in range(20)))
    assert channel.refused - first <= 20


async def test_another_channel_need_not_wait() -> None:
    throttles, slow, quick = ChannelThrottles(), Channel(every_s=5.0), Channel(every_s=0.0)
    await throttles.send("T", "C", slow.post)
    waiting = asyncio.create_task(throttles.send("T", "C", slow.post))
    async with asyncio.timeout(1):
        await throttles.send("T", "D", quick.post)
    waiting.cancel()
    assert quick.taken == 1


async def test_another_refusal_is_raised_at_once() -> None:
    async def archived() -> AsyncSlackResponse:
        raise SlackApiError("no", response(200))  # type: ignore[no-untyped-call]  # slack_sdk

    with pytest.raises(SlackApiError):
        await ChannelThrottles().send("T", "C", archived)


async def test_nothing_is_remembered_of_channels_in_which_nothing_was_refused() -> None:
    throttles, slow = ChannelThrottles(), Channel(every_s=0.01)
    for number in range(50):
        await throttles.send("T", f"C{number}", Channel(every_s=0.0).post)
    assert len(throttles) == 0
    await asyncio.gather(*(throttles.send("T", "C", slow.post) for _ in range(2)))
    assert len(throttles) == 1
