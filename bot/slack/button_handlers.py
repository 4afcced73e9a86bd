"""Buttons below an answer, Share, feedback, and the shortcut that looks for a source."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.page.phrases import ENGLISH
from bot.slack.blocks import message
from bot.slack.errors import code_of
from bot.slack.incoming import of_click, of_command, spoken
from bot.slack.messages import FEEDBACK, SHARE, TURN, compose, read_turn, shared
from bot.slack.verbatim import checked
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.layout import View
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.slack.blocks import Block, Payload
    from bot.slack.incoming import Fields
    from bot.slack.surface import SlackSurface
    from bot.state.ask import Ask
    from bot.state.feedback import Verdict

log = logging.getLogger(__name__)

WHY = "why"
FIND_SOURCE = "find_source"


class ButtonHandlers:
    """Everything that a person does with an answer, or asks without writing a message."""

    def __init__(self, desk: Desk, surface: SlackSurface) -> None:
        self._desk = desk
        self._surface = surface

    def register(self, app: AsyncApp) -> None:
        """Listen to an app's commands, buttons and shortcuts."""
        app.command("/ask")(self.asked)
        app.shortcut(FIND_SOURCE)(self.source_wanted)
        app.action(re.compile(rf"^{TURN}:\d+$"))(self.turned)
        app.action(SHARE)(self.shared)
        app.action(FEEDBACK)(self.judged)
        app.view(WHY)(self.explained)

    async def asked(self, ack: AsyncAck, command: Fields) -> None:
        """`/ask`: the asker alone sees the answer."""
        await self._desk.accept(of_command(command))
        await ack()  # after the claim: nothing acknowledged can be lost

    async def source_wanted(self, ack: AsyncAck, body: Fields) -> None:
        """The shortcut: which clipping is closest to what a message claims?"""
        claim = spoken(str(body["message"].get("text", "")))
        name = f"source:{body['trigger_id']}"
        await self._desk.accept(of_click(body, claim, "source", name))
        await ack()

    async def turned(self, ack: AsyncAck, body: Fields, client: AsyncWebClient) -> None:
        """Context, next passage, closest passages: the same message shows something else."""
        await ack()
        reply_id, view = read_turn(str(body["actions"][0]["value"]))
        kept = await self._recalled(reply_id, body, client)
        if kept is not None:
            await self._show_instead(body, client, self._payload(*kept, body, view=view))

    async def shared(self, ack: AsyncAck, body: Fields, client: AsyncWebClient) -> None:
        """Post a private answer for everybody, once, under the name of who asked."""
        await ack()
        reply_id = str(body["actions"][0]["value"])
        kept = await self._recalled(reply_id, body, client)
        if kept is None:
            return
        ask, reply = kept
        question = reply.searched_for or ask.question
        await self._desk.accept(of_click(body, question, "share", f"share:{reply_id}"))
        payload = compose(reply, widen=self._surface.widen)
        await self._surface.replace(str(body["response_url"]), payload)

    async def judged(self, ack: AsyncAck, body: Fields, client: AsyncWebClient) -> None:
        """Thumbs: the last one counts; down asks why."""
        await ack()
        sign, _, reply_id = str(body["actions"][0]["value"]).partition(":")
        verdict: Verdict = "up" if sign == "up" else "down"
        await self._desk.state.note_feedback(reply_id, str(body["user"]["id"]), verdict)
        if verdict == "up":
            await self._tell(body, client, ENGLISH.thanks)
            return
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=why_view(ENGLISH, reply_id))
        except SlackApiError as error:  # the thumb counts, even when the form comes too late
            log.warning("the form was not opened: %s", code_of(error))
            await self._tell(body, client, ENGLISH.thanks)

    async def explained(self, ack: AsyncAck, body: Fields, view: Fields) -> None:
        """The form that asked why."""
        await ack()
        chosen = view["state"]["values"][WHY][WHY].get("selected_option")
        reason = str(chosen["value"]) if chosen else ""
        user = str(body["user"]["id"])
        await self._desk.state.note_feedback(str(view["private_metadata"]), user, "down", reason)

    async def _recalled(
        self, reply_id: str, body: Fields, client: AsyncWebClient
    ) -> tuple[Ask, Reply] | None:
        """The question a button belongs to; None, and the clicker is told, if there is none."""
        try:
            kept = await self._desk.recall(reply_id)
        except Exception as error:  # noqa: BLE001  # its message may repeat the question
            log.error("button of question %s failed: %s", reply_id, type(error).__name__)  # noqa: TRY400
            await self._tell(body, client, ENGLISH.failed.format(id=reply_id))
            return None
        if kept is None:
            await self._tell(body, client, ENGLISH.forgotten)
        return kept

    def _payload(self, ask: Ask, reply: Reply, body: Fields, *, view: View) -> Payload:
        """The message that was clicked, as it is now wanted."""
        widen = self._surface.widen
        payload = compose(reply, widen=widen, view=view, shareable=_is_private(body))
        return shared(payload, ask, reply) if ask.kind == "share" else payload

    async def _show_instead(self, body: Fields, client: AsyncWebClient, payload: Payload) -> None:
        """Change the message that was clicked, whoever sees it."""
        if _is_private(body):
            await self._surface.replace(str(body["response_url"]), payload)
            return
        container = body["container"]
        await client.chat_update(
            channel=container["channel_id"], ts=container["message_ts"], **checked(payload)
        )

    async def _tell(self, body: Fields, client: AsyncWebClient, words: str) -> None:
        """Say something to the clicker alone."""
        container = body["container"]
        await client.chat_postEphemeral(
            channel=container["channel_id"],
            user=body["user"]["id"],
            thread_ts=container.get("thread_ts"),
            **checked(message(words)),
        )


def why_view(phrases: Phrases, reply_id: str) -> Block:
    """The form that asks what is wrong with an answer."""
    return {
        "type": "modal",
        "callback_id": WHY,
        "private_metadata": reply_id,
        "title": _plain(phrases.bad),
        "submit": _plain(phrases.send),
        "close": _plain(phrases.close),
        "blocks": [
            {
                "type": "input",
                "block_id": WHY,
                "optional": True,
                "label": _plain(phrases.why),
                "element": {
                    "type": "radio_buttons",
                    "action_id": WHY,
                    "options": [
                        {"text": _plain(getattr(phrases, reason)), "value": reason}
                        for reason in REASONS
                    ],
                },
            }
        ],
    }


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words}


def _is_private(body: Fields) -> bool:
    """Whether only one person sees the message that was clicked."""
    return bool(body["container"].get("is_ephemeral"))
