"""Sending: the only way by which a message leaves for Slack."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.chat.reply_target import ReplyTarget
from bot.chat.surface import ChatSurface
from bot.desk.surface import GoneError, UnreachableError
from bot.slack import messages
from bot.slack.blocks import Payload
from bot.slack.earlier_replies import find_reply, metadata_of
from bot.slack.errors import (
    MAY_BE_INVITED,
    ContentRefusedError,
    code_of,
    is_final,
    refusal_of,
    status_of,
)
from bot.slack.incoming import PLATFORM, form_of
from bot.slack.messages import reason_form
from bot.slack.response_url import ResponseUrls
from bot.slack.sending import PARSE_AND_UNFURL_NOTHING, PARSE_NOTHING
from bot.slack.throttle import ChannelThrottles
from bot.slack.verbatim import checked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.chat.clicks import Click
    from bot.chat.surface import Way
    from bot.desk.metrics import Metrics
    from bot.page.layout import Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.slack.incoming import Fields
    from bot.state.ask import Ask, Key

    ClientFor = Callable[[str], Awaitable[AsyncWebClient]]

Result = TypeVar("Result")

log = logging.getLogger(__name__)

PAUSES_S = (0.0, 0.5, 1.0, 2.0, 4.0)  # before each attempt to post


class SlackSurface(ChatSurface[Payload]):
    """Posts, changes and removes messages; nothing leaves it unchecked."""

    def __init__(
        self,
        client_for: ClientFor,
        session: aiohttp.ClientSession,
        metrics: Metrics,
        *,
        widen: Widen,
        phrases_of: Callable[[Key], Awaitable[Phrases]],
        api_url: str,
    ) -> None:
        super().__init__(messages, widen)
        self._client_for = client_for
        self._response_urls = ResponseUrls(session, metrics, api_url)
        self._phrases_of = phrases_of
        self._metrics = metrics
        self._throttles = ChannelThrottles()

    async def send(self, ask: Ask, payload: Payload, reply_id: str) -> str:  # noqa: ARG002  # Slack takes no id of ours
        """Posts once, even when Slack's confirmation is lost on the way."""
        client = await self._client_for(ask.key.workspace)
        post = partial(
            client.chat_postMessage,
            channel=ask.key.channel,
            thread_ts=ask.thread or None,
            metadata=metadata_of(ask),
            **PARSE_AND_UNFURL_NOTHING,
        )
        call = self._in_turn(ask.key.workspace, ask.key.channel, post)
        problem: Exception | None = None
        doubtful = False  # whether it may have been posted all the same
        for pause in PAUSES_S:
            await asyncio.sleep(pause)
            if doubtful and (posted := await self.find(ask)):
                return posted
            try:
                response = await self._send(payload, call)
            except SlackApiError as error:
                if status_of(error) < 500:
                    raise
                problem, doubtful = error, True
            except (aiohttp.ClientError, TimeoutError) as error:
                problem, doubtful = error, True
            else:
                await self._take_back_if_alone(client, ask, response.get("message") or {})
                return str(response["ts"])
        raise problem or TimeoutError

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Shows another reply in the same message."""
        await self._change(ask.key.workspace, ask.key.channel, posted, self.written(reply))

    async def remove(self, ask: Ask, posted: str) -> None:
        """Deletes the reply."""
        if posted:
            client = await self._client_for(ask.key.workspace)
            deletion = client.chat_delete(channel=ask.key.channel, ts=posted)
            try:
                await self._call(deletion)
            except UnreachableError as refusal:  # it may be gone, and then all is well
                log.info("a reply was not removed: %s", refusal)

    async def find(self, ask: Ask) -> str:
        """Looks for our reply under the question; empty if there is none or we may not look."""
        if ReplyTarget.of(ask).kind != "message":
            return ""
        return await find_reply(await self._client_for(ask.key.workspace), ask)

    async def send_direct(self, ask: Ask, payload: Payload, reply_id: str) -> None:  # noqa: ARG002  # as above
        """Sends a direct message to the asker."""
        client = await self._client_for(ask.key.workspace)
        post = partial(client.chat_postMessage, channel=ask.user, **PARSE_AND_UNFURL_NOTHING)
        await self._send(payload, lambda fields: post(**fields))

    def ways(self, ask: Ask) -> tuple[Way, ...]:  # noqa: ARG002  # the same for every question
        """Returns the ways to the asker alone: in place, as a direct message, by a reaction."""
        return ("whisper", "direct", "mark")

    def may_be_invited(self, ask: Ask, refusal: UnreachableError) -> bool:
        """Returns whether an invitation would let the bot post; nobody is invited to a DM."""
        return str(refusal) in MAY_BE_INVITED and not ask.key.channel.startswith("D")

    async def mark(self, ask: Ask) -> None:
        """Shows a warning sign on the question."""
        target = ReplyTarget.of(ask)
        if target.kind != "message":
            raise UnreachableError("there is no message to react to")
        client = await self._client_for(ask.key.workspace)
        where: Fields = {"channel": ask.key.channel, "timestamp": target.message}
        try:
            await self._call(client.reactions_add(name="warning", **where))
        except UnreachableError as refusal:
            if str(refusal) != "already_reacted":
                raise

    async def working(self, ask: Ask, *, on: bool) -> None:
        """Shows a status in the agent pane, 👀 on a message elsewhere, nothing on a command."""
        target = ReplyTarget.of(ask)
        if target.kind != "message":
            return
        client = await self._client_for(ask.key.workspace)
        channel, thread = ask.key.channel, ask.thread
        if channel.startswith("D") and thread:
            status = (await self._phrases_of(ask.key)).works if on else ""
            await client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread, status=status
            )
            return
        act = client.reactions_add if on else client.reactions_remove
        try:
            await act(channel=channel, timestamp=target.message, name="eyes")
        except SlackApiError as error:
            if code_of(error) not in {"already_reacted", "no_reaction"}:
                raise

    async def whisper(self, ask: Ask, payload: Payload) -> None:
        """Shows a message to the asker alone, by the address that came with the command if any."""
        if not await self._respond(ReplyTarget.of(ask).token, payload, thread=ask.thread):
            await self._post_ephemeral(ask.key, ask.user, ask.thread, payload)

    async def replace_private(self, target: ReplyTarget, payload: Payload) -> bool:
        """Changes a message that one person sees; returns whether Slack still let us."""
        return await self._respond(target.token, payload, replace=True)

    async def show_instead(self, click: Click, payload: Payload) -> None:
        """Changes the clicked message, whoever sees it."""
        if click.target.kind == "private":
            if not await self.replace_private(click.target, payload):
                raise UnreachableError("the response_url no longer works")
            return
        channel = click.channel
        await self._change(channel.workspace, channel.channel, click.target.message, payload)

    async def tell_clicker(self, click: Click, text: str) -> None:
        """Says something below the clicked message that the clicker alone sees."""
        await self.tell(click.notice(), text)

    async def ask_reason(self, click: Click, phrases: Phrases) -> bool:
        """Opens the form that asks for a reason; returns False when Slack finds it too late."""
        client = await self._client_for(click.channel.workspace)
        form = reason_form(phrases, form_of(click))
        try:
            await client.views_open(trigger_id=click.form_trigger, view=form)
        except SlackApiError as error:
            log.warning("the form was not opened: %s", code_of(error))
            return False
        return True

    async def thank_for_reason(self, click: Click, phrases: Phrases) -> None:
        """Does nothing: Slack closes a form that was sent."""

    async def _send(self, payload: Payload, call: Callable[[Fields], Awaitable[Result]]) -> Result:
        """Sends a checked message; every message that leaves for Slack passes here.

        Where Slack refuses the blocks, the plain text goes alone.

        Raises:
            NotVerbatimError: The message must not be sent.
            UnreachableError: Slack refused, and would refuse again.
            SlackApiError: Slack refused for a reason that may pass.
        """
        fields = checked(payload)
        try:
            return await self._call(call(fields))
        except ContentRefusedError as refusal:
            log.warning("Slack refused the blocks of a message (%s): text alone", refusal)
            return await self._call(call({"text": fields["text"]}))

    def _in_turn(
        self, workspace: str, channel: str, call: Callable[..., Awaitable[AsyncSlackResponse]]
    ) -> Callable[[Fields], Awaitable[AsyncSlackResponse]]:
        """Returns a call that waits for its turn in a channel where Slack is busy."""

        async def wait_and_call(fields: Fields) -> AsyncSlackResponse:
            return await self._throttles.send(workspace, channel, lambda: call(**fields))

        return wait_and_call

    async def _change(self, workspace: str, channel: str, ts: str, payload: Payload) -> None:
        """Shows another message in place of a posted one.

        Raises:
            UnreachableError: That one is gone, or cannot be changed any more.
        """
        client = await self._client_for(workspace)
        # Slack keeps the old blocks where none are sent, so a text alone takes them away.
        change = partial(client.chat_update, channel=channel, ts=ts, blocks=[], **PARSE_NOTHING)
        await self._send(payload, self._in_turn(workspace, channel, change))

    async def _post_ephemeral(self, channel: Key, user: str, thread: str, payload: Payload) -> None:
        """Shows a message in a channel to one person alone."""
        client = await self._client_for(channel.workspace)
        post = partial(
            client.chat_postEphemeral,
            channel=channel.channel,
            user=user,
            thread_ts=thread or None,
            **PARSE_NOTHING,
        )
        await self._send(payload, self._in_turn(channel.workspace, channel.channel, post))

    async def _respond(
        self, url: str, payload: Payload, *, replace: bool = False, thread: str = ""
    ) -> bool:
        """Answers by `response_url`; returns False when there is none or it no longer works."""
        how: Fields = {"replace_original": True} if replace else {"response_type": "ephemeral"}
        how |= {"thread_ts": thread} if thread else {}
        return await self._send(
            payload, lambda fields: self._response_urls.post(url, {"blocks": [], **fields, **how})
        )

    async def _take_back_if_alone(self, client: AsyncWebClient, ask: Ask, posted: Fields) -> None:
        """Takes a reply back that Slack put into the channel, as the question is gone by now.

        Raises:
            GoneError: That happened.
        """
        if not ask.thread or posted.get("thread_ts") or "ts" not in posted:
            return
        try:
            await client.chat_getPermalink(channel=ask.key.channel, message_ts=ask.thread)
        except SlackApiError as error:
            if code_of(error) == "message_not_found":
                await self.remove(ask, str(posted["ts"]))
                raise GoneError from error

    async def _call(self, call: Awaitable[Result]) -> Result:
        """Returns what a call returns; counts a refusal.

        Raises:
            UnreachableError: The refusal is final.
            SlackApiError: The refusal may pass.
        """
        try:
            return await call
        except SlackApiError as error:
            code = code_of(error)
            self._metrics.api_errors.labels(PLATFORM, code).inc()
            if is_final(error):
                raise refusal_of(code) from error
            raise
