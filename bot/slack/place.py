"""Which workspace and which installation a request from Slack belongs to.

It is found before Bolt looks for our token. Bolt alone would take the workspace of the person, who
may belong to another company that shares the channel (Slack Connect).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.slack.incoming import click_in, click_of_form, organisation_of, workspace_of
from bot.slack.messages import FEEDBACK, REASON, SHARE, TURN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.context.async_context import AsyncBoltContext

    from bot.slack.incoming import Fields
    from bot.state.state import State

    Next = Callable[[], Awaitable[object]]


class Places:
    """Middleware that finds the workspace of each request."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def find(self, body: Fields, context: AsyncBoltContext, next_: Next) -> object:
        """Tells Bolt and our handlers the workspace of the place.

        Below an answer, that is the workspace in which the question was asked; in a form, that of
        the click that opened it.
        """
        view: Fields = body.get("view") or {}
        if view.get("callback_id") == REASON:
            opened = click_of_form(body, str(view.get("private_metadata", "")))
            body["context_team_id"] = opened.channel.workspace
        elif claim_id := clicked_claim(body):
            clicked = click_in(body, claim_id)
            claim = await self._state.claim_of_id(claim_id, clicked.origin)
            if claim is not None:
                body["context_team_id"] = claim.ask.key.workspace
        context["team_id"] = workspace_of(body)
        context["enterprise_id"] = organisation_of(body)
        return await next_()


def clicked_claim(body: Fields) -> str:
    """Returns the id of the question whose answer was clicked; empty for any other request."""
    action: Fields = next(iter(body.get("actions") or ()), {})
    name, value = str(action.get("action_id", "")), str(action.get("value", ""))
    if name == SHARE:
        return value
    if name == FEEDBACK:
        return value.partition(":")[2]
    return _turned_claim(value) if name.startswith(f"{TURN}:") else ""


def _turned_claim(value: str) -> str:
    """Returns the question that a button to another view belongs to."""
    try:
        return str(json.loads(value)["id"])
    except (ValueError, KeyError, TypeError):
        return ""  # the handler of the click says that it failed
