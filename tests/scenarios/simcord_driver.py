"""Plays scenarios in SimCord: Discord as others understand it, in this process.

SimCord stands in for discord.py's sockets; the rest of discord.py is the real one. It
knows permissions, limits and expiry, and its time can be moved on.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
import simcord

from bot.desk.service import Options, open_desk
from bot.discord.client import ClippingClient
from bot.discord.commands import FIND_SOURCE
from bot.discord.incoming import PLATFORM
from tests.emulators.discord.world import EPHEMERAL, LOADING
from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.articles import ARTICLES, Expert
from tests.scenarios.discord_shown import read
from tests.scenarios.stage import Medium, MessageRef, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

    from bot.desk.desk import Desk
    from index.documents.article import Article
    from retrieval.answers import FindAnswer
    from tests.scenarios.shown import Shown


class SimcordDriver:
    """One server, two people and one channel; whatever the bot did is kept by SimCord."""

    def __init__(self, env: simcord.Env, desk: Desk, *, options: Options) -> None:
        self.env = env
        self.desk = desk
        self.options = options
        self.server = env.create_guild()
        self.general = self.server.create_text_channel("general")
        alice, bob = env.create_user("alice"), env.create_user("bob")
        self.people = {"alice": self.server.add_member(alice), "bob": self.server.add_member(bob)}
        self._direct = {"alice": alice, "bob": bob}
        self.results: list[tuple[str, simcord.InteractionResult]] = []
        self._said: dict[str, tuple[str, discord.Message]] = {}

    async def ask(
        self, who: str, medium: Medium, text: str, thread: MessageRef | None
    ) -> MessageRef:
        """Says the question, or types the command; in a thread at an earlier question."""
        if medium is Medium.COMMAND:
            return await self._command(who, text)
        mention = f"<@{self._us}> {text}"
        if medium is Medium.DIRECT_MESSAGE:
            return self._asked(who, await self._direct[who].send_dm(text))
        here = self.general if thread is None else await self._thread(thread)
        return self._asked(who, await self.people[who].send(here, mention))

    async def remark(self, who: str, text: str) -> MessageRef:
        """Says something to everybody."""
        return self._asked(who, await self.people[who].send(self.general, text))

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Uses the menu of the message."""
        _, said = self._said[ref.message]
        result = await self.people[who].context_menu(self.general, FIND_SOURCE, said)
        self.results.append((who, result))
        return MessageRef(("only for", who))

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Changes the text behind the mention."""
        who, said = self._said[ref.message]
        named = f"<@{self._us}> " if said.guild else ""
        person = self.people[who] if said.guild else self._direct[who]
        await person.edit(said, named + text)

    async def delete(self, ref: MessageRef) -> None:
        """Deletes the question; nothing is left of it."""
        who, said = self._said[ref.message]
        await (self.people[who] if said.guild else self._direct[who]).delete(said)

    async def deliver_again(self, ref: MessageRef) -> None:
        """Raises: SimCord tells of everything once."""
        raise NotImplementedError(ref)

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Clicks a button, unless it is gone by now. The bot must acknowledge the click."""
        now = [seen for seen in self.everything() if seen.handle.id == shown.handle.id]
        if any(label not in seen.buttons for seen in now):
            return
        result = await self.people[who].click(shown.handle, label=label)
        assert result.acknowledged, f"the click on {label!r} was not acknowledged"
        self.results.append((who, result))

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """Returns the replies to a message, or what one person sees."""
        if ref.conversation[0] == "only for":
            return [shown for shown in self._private() if shown.only_for == ref.conversation[1]]
        return [
            _shown(message)
            for message in self._posted()
            if message.reference and str(message.reference.message_id) == ref.message
        ]

    def busy_indicators(self) -> list[str]:
        """Returns nothing: SimCord does not show who types."""
        return []

    def everything(self) -> Iterable[Shown]:
        """Returns what stands in channels, threads and direct messages, and in private."""
        yield from map(_shown, self._posted())
        yield from self._private()

    def name(self, who: str) -> str:
        """Returns a mention in Discord's notation."""
        return f"<@{self.people[who].id}>"

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Lets the bot do what it has to do, and looks again."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not condition():
                    await self.env.settle()
                    await asyncio.sleep(0.005)
        except TimeoutError:
            raise AssertionError(f"waited for {what}") from None

    async def stop(self) -> None:
        """Lets the bot finish."""
        await self.desk.detach(PLATFORM)
        await self.env.settle()

    async def restart(self) -> None:
        """Starts the bot anew, as another process: only the database is left of the first."""
        client = ClippingClient(self.desk, self.options)
        await self.env.restart_bot(client)
        self.desk.attach(PLATFORM, client.surface)

    async def _command(self, who: str, text: str) -> MessageRef:
        result = await self.people[who].slash(self.general, "ask", question=text)
        self.results.append((who, result))
        return MessageRef(("only for", who))

    async def _thread(self, ref: MessageRef) -> Any:
        """Returns the thread of a message. The bot starts it: SimCord's people cannot."""
        _, said = self._said[ref.message]
        channel = self.env.bot.get_channel(self.general.id)
        assert isinstance(channel, discord.TextChannel)
        if not any(thread.id == said.id for thread in self.general.threads):
            await channel.get_partial_message(said.id).create_thread(name="a thread")
        return next(thread for thread in self.general.threads if thread.id == said.id)

    def _asked(self, who: str, message: discord.Message) -> MessageRef:
        self._said[str(message.id)] = who, message
        return MessageRef((str(message.channel.id), str(message.id)), str(message.id))

    @property
    def _us(self) -> int:
        assert self.env.bot.user is not None
        return self.env.bot.user.id

    def _posted(self) -> Iterator[discord.Message]:
        direct = [user.dm_channel for user in self._direct.values()]
        for channel in [self.general, *self.general.threads, *direct]:
            for message in channel.history():
                ours = message.author.id == self._us and not message.flags.ephemeral
                if ours and not message.is_system():  # "started a thread" is one
                    yield message

    def _private(self) -> Iterator[Shown]:
        """Yields what only one person sees; a click on such a message changes that message."""
        seen: set[int] = set()
        for who, result in self.results:
            for message in (result.response, *result.followups):
                waiting = message is None or message.flags.value & LOADING
                if message is None or waiting or message.id in seen or not message.ephemeral:
                    continue
                seen.add(message.id)
                yield _shown(message.message, who)


def _shown(message: discord.Message, only_for: str = "") -> Shown:
    """Reads a message as a person sees it; its handle is what SimCord can click on."""
    rows = [row.to_dict() for row in message.components]
    seen = read(
        {
            "content": message.content,
            "embeds": [embed.to_dict() for embed in message.embeds],
            "components": rows,
            "flags": EPHEMERAL if only_for else 0,
            "to": only_for,
        }
    )
    return replace(seen, handle=message)


@asynccontextmanager
async def simcord_stage(
    answerer: FindAnswer | None = None,
    articles: tuple[Article, ...] = ARTICLES,
    options: Options = Options(),  # noqa: B008  # frozen
) -> AsyncIterator[tuple[Stage, SimcordDriver]]:
    """A SimCord with the bot in it; leaving checks what must always hold."""
    async with open_desk(answerer or Expert(), options) as desk:
        client = ClippingClient(desk, options)
        async with simcord.run(client, shard_count=1) as env:
            await client.tree.sync()
            desk.attach(PLATFORM, client.surface)
            driver = SimcordDriver(env, desk, options=options)
            stage = Stage(driver, articles)
            yield stage, driver
            await stage.end()
