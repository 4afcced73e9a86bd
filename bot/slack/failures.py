"""Whatever fails in a handler of people's clicks, commands, forms and shortcuts is said to them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.chat.failures import log_failure
from bot.chat.language import phrases_or_english
from bot.slack.errors import TOO_LATE_FOR_FORM, code_of
from bot.slack.incoming import click_in, of_command

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.incoming import Fields
    from bot.slack.surface import SlackSurface
    from bot.state.ask import Ask
    from bot.state.state import State

log = logging.getLogger(__name__)

INTERACTIONS = frozenset({"block_actions", "view_submission", "message_action", "shortcut"})


class Failures:
    """Hears of every exception that a handler raises."""

    def __init__(self, surface: SlackSurface, state: State) -> None:
        self._surface = surface
        self._state = state

    def register(self, app: AsyncApp) -> None:
        """Takes the place of Bolt's own handler, which would log what people wrote."""
        app.error(self.failed)

    async def failed(self, error: Exception, body: Fields) -> BoltResponse | None:
        """Logs a failure and says it to the person who waits for an answer, if somebody does.

        Returns:
            Slack's acknowledgement. None for an event: Slack then delivers that once more.
        """
        code = code_of(error) if isinstance(error, SlackApiError) else ""
        failure_id = log_failure(_name(body), error, code)
        ask = _waiting(body)
        if ask is None:
            return None
        phrases = await phrases_or_english(self._state, ask.key)
        phrase = phrases.form_too_late if code in TOO_LATE_FOR_FORM else phrases.failed
        try:
            await self._surface.tell(ask, phrase.format(id=failure_id))
        except Exception as last:  # noqa: BLE001  # there is no other way left
            log.warning("failure %s could not be told: %s", failure_id, type(last).__name__)
        return BoltResponse(status=200)


def _waiting(body: Fields) -> Ask | None:
    """Returns what stands for a question of the person who waits; None where nobody does."""
    if "command" in body:
        return of_command(body)
    return click_in(body, "").notice() if body.get("type") in INTERACTIONS else None


def _name(body: Fields) -> str:
    """Returns what kind of thing Slack told us; nothing that a person wrote."""
    event = body.get("event") or {}
    return str(body.get("command") or event.get("type") or body.get("type"))
