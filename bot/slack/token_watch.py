"""The token watch: it notices when Slack does not know one of our tokens any more.

Nothing can be answered then, and to try again is no use. So the log says once which setting to
renew, /readyz says that the bot is not ready, and the questions wait in the state. Slack is asked
now and then whether it lets us in again: a workspace that was suspended may come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.surface import ShutOutError
from bot.slack.access import refusal
from bot.slack.errors import code_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.desk.desk import Desk
    from bot.desk.surface import Surface

log = logging.getLogger(__name__)

BOT_TOKEN, APP_TOKEN = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"  # names of settings
DEAD = frozenset("invalid_auth not_authed account_inactive token_revoked token_expired".split())
LOOK_EVERY_S = 60.0  # while all is well; nobody may ask for hours
PAUSES_S = (5.0, 15.0, 60.0, 300.0, 600.0)  # while shut out; the last one again and again


class TokenWatch:
    """Which of our tokens Slack refuses."""

    def __init__(self) -> None:
        self.shut_out = asyncio.Event()  # set while the bot token is refused
        self._refused: dict[str, str] = {}

    def note(self, variable: str, error: SlackApiError) -> bool:
        """Notes that Slack refused a call with the token of that variable.

        Returns:
            Whether that means that the token is of no use any more; it is logged once.
        """
        code = code_of(error)
        if code not in DEAD:
            return False
        if variable not in self._refused:
            log.error("%s", refusal(variable, code))
        self._refused[variable] = code
        if variable == BOT_TOKEN:
            self.shut_out.set()
        return True

    def accepted(self, variable: str) -> None:
        """Notes that Slack takes the token of that variable."""
        if self._refused.pop(variable, None) is not None:
            log.info("Slack takes %s again", variable)
        if variable == BOT_TOKEN:
            self.shut_out.clear()

    def problem(self) -> str | None:
        """Returns which token is refused, and what to do; None where none is."""
        return next((refusal(name, code) for name, code in self._refused.items()), None)


class WatchedClient(AsyncWebClient):
    """A client with the bot token of the settings, under watch."""

    def __init__(self, watch: TokenWatch, **options: Any) -> None:
        super().__init__(**options)
        self._watch = watch

    async def api_call(self, *args: Any, **options: Any) -> AsyncSlackResponse:
        """Makes a call.

        Raises:
            ShutOutError: Slack does not know the token any more.
            SlackApiError: Slack refuses the call.
        """
        try:
            return await super().api_call(*args, **options)
        except SlackApiError as error:
            if self._watch.note(BOT_TOKEN, error):
                raise ShutOutError(code_of(error)) from None
            raise


@contextlib.asynccontextmanager
async def attached_while_let_in(
    platform: str, desk: Desk, surface: Surface, watch: TokenWatch, client: AsyncWebClient | None
) -> AsyncIterator[asyncio.Task[None]]:
    """Lets the desk work for Slack until the block ends, but not while the bot token is refused.

    `client` has the token under watch; None where each workspace has its own.

    Yields:
        The task that sees to that; it never ends by itself.
    """
    desk.attach(platform, surface)
    minding = asyncio.create_task(_mind(platform, desk, surface, watch, client))
    try:
        yield minding
    finally:
        minding.cancel()
        await asyncio.gather(minding, return_exceptions=True)
        await desk.detach(platform)


async def _mind(
    platform: str, desk: Desk, surface: Surface, watch: TokenWatch, client: AsyncWebClient | None
) -> None:
    """Takes the desk's work for Slack away while the token is refused, and gives it back."""
    if client is None:
        await asyncio.Event().wait()  # there is nothing to watch
        return
    while True:
        while await _is_let_in(watch, client):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    await watch.shut_out.wait()
        await desk.detach(platform)
        attempt = 0
        while not await _is_let_in(watch, client):
            await asyncio.sleep(PAUSES_S[min(attempt, len(PAUSES_S) - 1)])
            attempt += 1
        desk.attach(platform, surface)


async def _is_let_in(watch: TokenWatch, client: AsyncWebClient) -> bool:
    """Asks Slack whether it knows our bot token; where it does not answer, nothing has changed."""
    try:
        await client.auth_test()
    except ShutOutError:
        return False
    except Exception as error:  # noqa: BLE001  # a network that is down says nothing about tokens
        log.debug("Slack was not asked: %s", type(error).__name__)
        return not watch.shut_out.is_set()
    watch.accepted(BOT_TOKEN)
    return True
