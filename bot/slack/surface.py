"""Sending: what Slack does for the desk."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.desk.surface import GoneError, UnreachableError
from bot.page.phrases import ENGLISH
from bot.slack.blocks import message
from bot.slack.errors import code_of, status_of
from bot.slack.incoming import PLATFORM, place_of
from bot.slack.messages import compose, shared, with_preamble
from bot.slack.throttle import ChannelThrottles
from bot.slack.verbatim import checked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.desk.metrics import Metrics
    from bot.page.layout import Widen
    from bot.page.reply import Reply
    from bot.slack.blocks import Payload
    from bot.state.ask import Ask

    ClientFor = Callable[[str], Awaitable[AsyncWebClient]]

log = logging.getLogger(__name__)

RESPOND = aiohttp.ClientTimeout(total=10)
REPLY_EVENT = "clipping_reply"  # the metadata by which a reply is known again
PAUSES_S = (0.0, 0.5, 1.0, 2.0, 4.0)  # before each attempt to post
UNREACHABLE = frozenset(
    "channel_not_found is_archived not_in_channel restricted_action user_not_in_channel "
    "restricted_action_read_only_channel restricted_action_thread_only_channel "
    "restricted_action_non_threadable_channel restricted_action_thread_locked "
    "messages_tab_disabled".split()
)
TOO_MUCH = frozenset({"invalid_blocks", "msg_blocks_too_long", "msg_too_long"})
ALREADY_GONE = frozenset({"message_not_found", "cant_update_message", "cant_delete_message"})
LITERAL: dict[str, Any] = {"link_names": False, "parse": "none"}
QUIET: dict[str, Any] = {
    **LITERAL,
    "unfurl_links": False,
    "unfurl_media": False,
    "mrkdwn": False,
}


class SlackSurface:
    """Posts, changes and removes replies; nothing leaves it unchecked."""

    def __init__(
        self,
        client_for: ClientFor,
        session: aiohttp.ClientSession,
        metrics: Metrics,
        *,
        widen: Widen,
    ) -> None:
        self._client_for = client_for
        self._session = session
        self._metrics = metrics
        self._throttles = ChannelThrottles()
        self.widen = widen

    async def post(self, ask: Ask, reply: Reply) -> str:
        """Post where the question was asked."""
        place = place_of(ask)
        if place.way == "private":
            await self.whisper(ask, compose(reply, widen=self.widen, shareable=True))
            return ""
        payload = compose(reply, widen=self.widen)
        if place.way == "channel":
            payload = shared(payload, ask, reply)
        try:
            return await self._post(ask, payload)
        except UnreachableError:
            if ask.kind != "share":
                raise
            await self.tell(ask, reply.phrases.invite)
            return ""

    async def update(self, ask: Ask, posted: str, reply: Reply) -> None:
        """Show another reply in the same message; nothing to do if somebody removed it."""
        sent = checked(compose(reply, widen=self.widen))
        client = await self._client_for(ask.key.workspace)
        await self._unless_gone(
            client.chat_update(channel=ask.key.channel, ts=posted, **sent, **LITERAL)
        )

    async def remove(self, ask: Ask, posted: str) -> None:
        """Delete the reply."""
        if posted:
            client = await self._client_for(ask.key.workspace)
            await self._unless_gone(client.chat_delete(channel=ask.key.channel, ts=posted))

    async def find(self, ask: Ask) -> str:
        """Look for our reply under the question; empty if there is none or we may not look."""
        if place_of(ask).way != "message":
            return ""
        client = await self._client_for(ask.key.workspace)
        where: dict[str, Any] = {
            "channel": ask.key.channel,
            "include_all_metadata": True,
            "limit": 100,
        }
        try:
            if ask.thread:
                found = await client.conversations_replies(ts=ask.thread, **where)
            else:
                found = await client.conversations_history(oldest=ask.key.message, **where)
        except SlackApiError as error:
            log.warning("earlier replies cannot be looked up: %s", code_of(error))
            return ""
        wanted = {"event_type": REPLY_EVENT, "event_payload": {"question": ask.key.message}}
        ours = (entry for entry in found.get("messages") or [] if entry.get("metadata") == wanted)
        return next((str(entry["ts"]) for entry in ours), "")

    async def aside(self, ask: Ask, reply: Reply) -> None:
        """Send the reply as a direct message, saying why it comes there."""
        payload = compose(reply, widen=self.widen)
        sent = checked(with_preamble(reply.phrases.unreachable, payload))
        client = await self._client_for(ask.key.workspace)
        await client.chat_postMessage(channel=ask.user, **sent, **QUIET)

    async def tell(self, ask: Ask, words: str) -> None:
        """Say something that only the asker sees."""
        await self.whisper(ask, message(words))

    async def working(self, ask: Ask, *, on: bool) -> None:
        """A status in the agent pane, 👀 on a message elsewhere; private questions show none."""
        place = place_of(ask)
        if place.way != "message":
            return
        client = await self._client_for(ask.key.workspace)
        channel, thread = ask.key.channel, ask.thread
        if channel.startswith("D") and thread:
            status = ENGLISH.works if on else ""
            await client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread, status=status
            )
            return
        act = client.reactions_add if on else client.reactions_remove
        try:
            await act(channel=channel, timestamp=place.stamp, name="eyes")
        except SlackApiError as error:
            if code_of(error) not in {"already_reacted", "no_reaction"}:
                raise

    async def replace(self, url: str, payload: Payload) -> bool:
        """Change a message that only one person sees; whether Slack still let us."""
        return await self._respond(url, {**checked(payload), "replace_original": True})

    async def _post(self, ask: Ask, payload: Payload) -> str:
        """Post once, even when Slack's confirmation is lost on the way."""
        metadata = {"event_type": REPLY_EVENT, "event_payload": {"question": ask.key.message}}
        workspace, channel = ask.key.workspace, ask.key.channel
        client = await self._client_for(workspace)
        sent = checked(payload)
        problem: Exception | None = None
        doubtful = False  # whether it may have been posted all the same

        def post() -> Awaitable[AsyncSlackResponse]:
            return client.chat_postMessage(
                channel=channel, thread_ts=ask.thread or None, metadata=metadata, **sent, **QUIET
            )

        for pause in PAUSES_S:
            await asyncio.sleep(pause)
            if doubtful and (posted := await self.find(ask)):
                return posted
            try:
                response = await self._throttles.send(workspace, channel, post)
            except SlackApiError as error:
                problem, doubtful = error, status_of(error) >= 500
                sent = self._after_refusal(error, sent)
            except (aiohttp.ClientError, TimeoutError) as error:
                problem, doubtful = error, True
            else:
                await self._see_question(client, ask, response.get("message") or {})
                return str(response["ts"])
        raise problem or TimeoutError

    def _after_refusal(self, error: SlackApiError, sent: dict[str, Any]) -> dict[str, Any]:
        """What to send next after Slack refused: less, or the same when it was Slack's fault."""
        code = code_of(error)
        self._metrics.api_errors.labels(PLATFORM, code).inc()
        if code in UNREACHABLE:
            raise UnreachableError(code) from error
        if code in TOO_MUCH and "blocks" in sent:
            return {"text": sent["text"]}
        if status_of(error) < 500:
            raise error
        return sent

    async def _see_question(self, client: AsyncWebClient, ask: Ask, posted: dict[str, Any]) -> None:
        """Take a reply back that Slack put into the channel, as the question is gone by now."""
        if not ask.thread or posted.get("thread_ts") or "ts" not in posted:
            return
        try:
            await client.chat_getPermalink(channel=ask.key.channel, message_ts=ask.thread)
        except SlackApiError as error:
            if code_of(error) == "message_not_found":
                await self.remove(ask, str(posted["ts"]))
                raise GoneError from error

    async def whisper(self, ask: Ask, payload: Payload) -> None:
        """Show something to the asker alone: by the address that came with the question, or not."""
        place = place_of(ask)
        sent = checked(payload)
        if place.url and await self._respond(place.url, {**sent, "response_type": "ephemeral"}):
            return
        client = await self._client_for(ask.key.workspace)
        channel, user = ask.key.channel, ask.user
        try:
            await client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=ask.thread or None, **sent, **LITERAL
            )
        except SlackApiError as error:
            code = code_of(error)
            self._metrics.api_errors.labels(PLATFORM, code).inc()
            if code in UNREACHABLE:
                raise UnreachableError(code) from error
            raise

    async def _respond(self, url: str, body: dict[str, Any]) -> bool:
        """Answer by response_url, over the shared session; False when it no longer works."""
        for pause in PAUSES_S[:3]:
            await asyncio.sleep(pause)
            try:
                async with self._session.post(url, json=body, timeout=RESPOND) as response:
                    if response.status < 400:
                        return True
                    if response.status == 429:
                        await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
                    elif response.status < 500:
                        self._metrics.api_errors.labels(PLATFORM, "response_url").inc()
                        return False
            except (aiohttp.ClientError, TimeoutError):
                continue
        return False

    async def _unless_gone(self, call: Awaitable[object]) -> None:
        """Make a call about a message that may be gone; then there is nothing left to do."""
        try:
            await call
        except SlackApiError as error:
            code = code_of(error)
            if code in UNREACHABLE or code in ALREADY_GONE:
                return
            self._metrics.api_errors.labels(PLATFORM, code).inc()
            raise
