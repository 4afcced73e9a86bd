"""Plays scenarios in our own Discord."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.discord.commands import FIND_SOURCE
from tests.emulators.discord.world import LOADING
from tests.scenarios.discord_shown import read
from tests.scenarios.stage import Medium, MessageRef

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from tests.emulators.discord.server import DiscordEmulator
    from tests.emulators.discord.world import Json
    from tests.scenarios.shown import Shown


def is_typing(task: asyncio.Task[object]) -> bool:
    """Tells whether a task of the bot shows that the bot types."""
    return task.get_name() == "typing" and not task.done()


class DiscordDriver:
    """One emulated server and one running bot.

    A conversation is (channel, message replied to); what only one person sees is (channel,
    "only for", user).
    """

    def __init__(self, discord: DiscordEmulator, stop: Callable[[], Awaitable[None]]) -> None:
        self.discord = discord
        self._world = discord.world
        self._stop = stop

    async def ask(
        self, who: str, medium: Medium, text: str, thread: MessageRef | None
    ) -> MessageRef:
        """Says the question, or types the command; in a thread at an earlier question."""
        user, people = self._user(who), self.discord.people
        here = self._world.general
        if medium is Medium.COMMAND:
            await people.command(user, here, "ask", question=text)
            return MessageRef((here, "only for", user))
        if medium is Medium.DIRECT_MESSAGE:
            here = self._world.direct(user).id
        elif thread is not None:
            here = (await people.thread(here, thread.message)).id
        said = await people.say(user, here, text, mention=medium is not Medium.DIRECT_MESSAGE)
        return MessageRef((here, said["id"]), said["id"])

    async def remark(self, who: str, text: str) -> MessageRef:
        """Says something to everybody."""
        here = self._world.general
        said = await self.discord.people.say(self._user(who), here, text)
        return MessageRef((here, said["id"]), said["id"])

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Uses the menu of the message."""
        user, channel = self._user(who), ref.conversation[0]
        said = self._world.message(channel, ref.message)
        await self.discord.people.menu(user, said, FIND_SOURCE)
        return MessageRef((channel, "only for", user))

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Changes the text behind the mention."""
        await self.discord.people.edit(ref.conversation[0], ref.message, text)

    async def delete(self, ref: MessageRef) -> None:
        """Deletes the question; nothing is left of it."""
        await self.discord.people.delete(ref.conversation[0], ref.message)

    async def deliver_again(self, ref: MessageRef) -> None:
        """Sends the same message in another event."""
        await self.discord.people.repeat(ref.conversation[0], ref.message)

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Clicks a button. The bot must acknowledge it: Discord says that it failed otherwise."""
        await self.discord.people.click(self._user(who), shown.handle, label)

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """Returns the replies to a message, or what one person sees."""
        channel, about, *user = ref.conversation
        if user:
            return [read(message) for message in self._private(channel, user[0])]
        return [
            read(message)
            for message in self._world.posted(channel)
            if message.get("message_reference", {}).get("message_id") == about
        ]

    def busy_indicators(self) -> list[str]:
        """Returns where the bot is shown to type, and every task that would type for ever."""
        shown = [channel for channel in self._world.typing if self._world.is_typing(channel)]
        return shown + [task.get_name() for task in asyncio.all_tasks() if is_typing(task)]

    def everything(self) -> Iterable[Shown]:
        """Returns what stands in channels, threads and direct messages, and in private."""
        for channel in list(self._world.channels):
            yield from map(read, self._world.posted(channel))
        for message in self._world.ephemerals.values():
            if not message["flags"] & LOADING:
                yield read(message)

    def name(self, who: str) -> str:
        """Returns a mention in Discord's notation."""
        return f"<@{self._user(who)}>"

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Looks again whenever anything happens."""
        await self._world.changes.wait_for(condition, what)

    async def stop(self) -> None:
        """Lets everything arrive, then stops; typing that nobody repeats is soon forgotten."""
        await self.discord.gateway.caught_up()
        await self._stop()
        self._world.clock.advance(10.0)
        waiting = [m for m in self._world.ephemerals.values() if m["flags"] & LOADING]
        assert not waiting, "a command was promised an answer that never came"

    def _user(self, who: str) -> str:
        return {"alice": self._world.alice, "bob": self._world.bob}[who]

    def _private(self, channel: str, user: str) -> Iterator[Json]:
        for message in self._world.ephemerals.values():
            answers = message["channel_id"] == channel and message["to"] == user
            if answers and not message["flags"] & LOADING:
                yield message
