"""Plays scenarios in local-slack, through the interface it has for tests."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from tests.emulators.slack.payloads import escape
from tests.emulators.slack.signal import PATIENCE_S
from tests.emulators.slack.widgets import find
from tests.scenarios.slack_driver import PEOPLE
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium, MessageRef

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    import aiohttp

    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown

GENERAL, BOT_USER = "C01GENERAL", "U0BOT"
DIRECT = {"U01ALICE": "D01ALICE", "U02BOB": "D02BOB"}
CHANNELS = (GENERAL, *DIRECT.values())
LOOK_AGAIN_S = 0.02  # it has no way to tell us that something happened


class LocalSlackDriver:
    """One local-slack and one running bot."""

    def __init__(
        self, url: str, session: aiohttp.ClientSession, stop: Callable[[], Awaitable[None]]
    ) -> None:
        self._control = f"{url}/_control"
        self._session = session
        self._stop = stop
        self._messages: dict[str, list[Json]] = {channel: [] for channel in CHANNELS}
        self._authors: dict[str, str] = {}

    async def ask(
        self, who: str, medium: Medium, text: str, thread: MessageRef | None
    ) -> MessageRef:
        """Says the question, or types the command."""
        user = PEOPLE[who]
        if medium is Medium.COMMAND:
            await self._do("command", channel=GENERAL, user=user, command="/ask", text=text)
            return MessageRef((GENERAL, "only for", user))
        if medium is Medium.DIRECT_MESSAGE:
            ts = await self._say(user, DIRECT[user], escape(text), None)
            return MessageRef((DIRECT[user], ""), ts)
        root = thread.conversation[1] if thread else None
        ts = await self._say(user, GENERAL, f"<@{BOT_USER}> {escape(text)}", root)
        return MessageRef((GENERAL, root or ts), ts)

    async def remark(self, who: str, text: str) -> MessageRef:
        """Says something without a mention."""
        ts = await self._say(PEOPLE[who], GENERAL, escape(text), None)
        return MessageRef((GENERAL, ts), ts)

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Raises: local-slack has no message shortcuts."""
        raise NotImplementedError(who, ref)

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Changes the text behind the mention."""
        mention = f"<@{BOT_USER}> " if ref.conversation[1] else ""
        await self._do("edit-message", text=mention + escape(text), **self._own(ref))

    async def delete(self, ref: MessageRef) -> None:
        """Deletes the question; local-slack leaves no tombstone."""
        await self._do("delete-message", **self._own(ref))

    async def deliver_again(self, ref: MessageRef) -> None:
        """Raises: local-slack delivers everything once."""
        raise NotImplementedError(ref)

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Clicks the element with a label."""
        block, element, sent = find(shown.handle["blocks"], label)
        action = {"type": element["type"], "action_id": element.get("action_id", ""),
                  "block_id": block.get("block_id", ""), **sent}  # fmt: skip
        where = {"channel": shown.handle["channel"], "messageTs": shown.handle["ts"]}
        await self._do("interact", user=PEOPLE[who], action=action, **where)

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """Returns what stood in a conversation when `until` last looked."""
        channel, thread, *user = ref.conversation
        return [
            shown
            for shown in self._shown(channel)
            if (shown.only_for == user[0] if user else not shown.only_for)
            and (not thread or user or shown.handle.get("thread_ts") == thread)
        ]

    def busy_indicators(self) -> list[str]:
        """Returns the reactions; local-slack knows no statuses."""
        every = [message for channel in CHANNELS for message in self._messages[channel]]
        return [reaction["name"] for message in every for reaction in message.get("reactions", [])]

    def everything(self) -> Iterable[Shown]:
        """Returns all that the bot said anywhere."""
        return [shown for channel in CHANNELS for shown in self._shown(channel)]

    def name(self, who: str) -> str:
        """Returns a mention by the person's id."""
        return f"@{PEOPLE[who]}"

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Looks again and again until something is true."""
        limit = time.monotonic() + PATIENCE_S
        await self._look()
        while not condition():
            assert time.monotonic() < limit, f"waited {PATIENCE_S:.0f} s for {what}"
            await asyncio.sleep(LOOK_AGAIN_S)
            await self._look()

    async def stop(self) -> None:
        """Stops the bot and looks a last time."""
        await self._stop()
        await self._look()

    def _shown(self, channel: str) -> Iterator[Shown]:
        for message in self._messages[channel]:
            if message.get("bot_id"):
                yield read(message, message.get("ephemeral_to", ""))

    def _own(self, ref: MessageRef) -> dict[str, str]:
        user = self._authors[ref.message]
        return {"channel": ref.conversation[0], "ts": ref.message, "user": user}

    async def _look(self) -> None:
        for channel in CHANNELS:
            async with self._session.get(f"{self._control}/messages/{channel}") as response:
                self._messages[channel] = (await response.json())["messages"]

    async def _say(self, user: str, channel: str, text: str, thread: str | None) -> str:
        said = await self._do("message", channel=channel, user=user, text=text, thread_ts=thread)
        ts: str = said["message"]["ts"]
        self._authors[ts] = user
        return ts

    async def _do(self, what: str, **details: Any) -> Json:
        async with self._session.post(f"{self._control}/{what}", json=details) as response:
            answer: Json = await response.json()
            assert answer["ok"], answer
            return answer
