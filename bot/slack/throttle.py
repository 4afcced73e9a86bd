"""A throttle for each channel: once Slack asks to wait, messages go there one by one.

Slack takes about one message a second in a channel. Without a throttle, every message that was
refused would be tried again at the same moment. Most would be refused again, until they were given
up.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.errors import status_of, wait_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

SLOW_S = 30.0  # for how long after a refusal messages go one by one


class ChannelThrottle:
    """Decides when a message may be sent into one channel."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._free_at = 0.0
        self._slow_until = 0.0

    @property
    def idle(self) -> bool:
        """Whether nothing was refused lately, so that nothing need be remembered."""
        return time.monotonic() >= self._slow_until

    def wait(self, seconds: float) -> None:
        """Notes that Slack refused a message: nothing may be sent for so many seconds."""
        now = time.monotonic()
        self._free_at = max(self._free_at, now + seconds)
        self._slow_until = self._free_at + SLOW_S

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until a message may be sent; does not wait where nothing was refused lately."""
        if self.idle:
            yield
            return
        async with self._turn:
            await asyncio.sleep(self._free_at - time.monotonic())
            yield


class ChannelThrottles:
    """The throttles of the channels in which Slack refused a message lately."""

    def __init__(self) -> None:
        self._throttles: defaultdict[tuple[str, str], ChannelThrottle] = defaultdict(
            ChannelThrottle
        )

    def __len__(self) -> int:
        return len(self._throttles)

    async def send(
        self, workspace: str, channel: str, post: Callable[[], Awaitable[AsyncSlackResponse]]
    ) -> AsyncSlackResponse:
        """Returns what Slack says to a message, however often it asks us to wait before.

        Raises:
            SlackApiError: The message was refused for another reason.
        """
        place = workspace, channel
        try:
            while True:
                async with self._throttles[place].turn():
                    try:
                        return await post()
                    except SlackApiError as error:
                        if status_of(error) != 429:
                            raise
                        self._throttles[place].wait(wait_of(error))
        finally:
            if self._throttles[place].idle:
                del self._throttles[place]
