"""Clicks in Slack: each is read, acknowledged, and handed to the buttons of all platforms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.slack.incoming import claimed_in, click_in, click_of_form, of_click, of_command
from bot.slack.messages import FEEDBACK, REASON, SHARE, TURN, read_reason, read_turn

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.chat.buttons import Buttons
    from bot.desk.desk import Desk
    from bot.slack.incoming import Fields

FIND_SOURCE = "find_source"


class ButtonHandlers:
    """Hears what a person does with an answer, or asks without writing a message."""

    def __init__(self, desk: Desk, buttons: Buttons) -> None:
        self._desk = desk
        self._buttons = buttons

    def register(self, app: AsyncApp) -> None:
        """Listens to an app's commands, buttons and shortcuts."""
        app.command("/ask")(self.asked)
        app.shortcut(FIND_SOURCE)(self.source_wanted)
        app.action(re.compile(rf"^{TURN}:\d+$"))(self.turned)
        app.action(SHARE)(self.shared)
        app.action(FEEDBACK)(self.judged)
        app.view(REASON)(self.explained)

    async def asked(self, ack: AsyncAck, command: Fields) -> None:
        """Takes `/ask`; the asker alone sees the answer."""
        await self._desk.accept(of_command(command))
        await ack()  # after the claim: nothing acknowledged can be lost

    async def source_wanted(self, ack: AsyncAck, body: Fields) -> None:
        """Takes the shortcut that looks for the clipping closest to what a message claims."""
        claim = claimed_in(body["message"])
        name = f"source:{body['trigger_id']}"
        await self._desk.accept(of_click(body, claim, "source", name))
        await ack()

    async def turned(self, ack: AsyncAck, body: Fields) -> None:
        """Hears a click on context, next passage or closest passages."""
        await ack()
        claim_id, view = read_turn(_value(body))
        await self._buttons.turn(click_in(body, claim_id), view)

    async def shared(self, ack: AsyncAck, body: Fields) -> None:
        """Hears a click on Share."""
        await ack()
        await self._buttons.share(click_in(body, _value(body)))

    async def judged(self, ack: AsyncAck, body: Fields) -> None:
        """Hears a click on a thumb."""
        await ack()
        verdict, _, claim_id = _value(body).partition(":")
        await self._buttons.judge(click_in(body, claim_id), "up" if verdict == "up" else "down")

    async def explained(self, ack: AsyncAck, body: Fields, view: Fields) -> None:
        """Hears the form that asked for the reason of a thumb down."""
        await ack()
        kept, reason = read_reason(view)
        await self._buttons.explain(click_of_form(body, kept), reason)


def _value(body: Fields) -> str:
    """Returns what the clicked button carries."""
    return str(body["actions"][0]["value"])
