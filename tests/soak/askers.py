"""Who asks in the soak: each question has an asker of its own, so all they see belongs to it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.page.phrases import ENGLISH
from tests.emulators.discord import shapes
from tests.emulators.discord.world import LOADING
from tests.emulators.discord.world import Channel as DiscordChannel
from tests.emulators.slack.workspace import BOT_USER, Channel
from tests.scenarios import discord_shown, slack_shown

if TYPE_CHECKING:
    import random

    from tests.emulators.discord.server import DiscordEmulator
    from tests.emulators.slack.delivery import Delivery
    from tests.emulators.slack.server import SlackEmulator
    from tests.scenarios.shown import Shown

# The bot reads the last 100 messages of a channel after a restart: none may be busier than that.
CHANNELS = 60
GUILDS_INTENT = 1
TEXTS = ("Where is the headquarters?", "Where is the rival?", "Who walked on the moon?")
FAILING = "Will it explode?"


class Asker(Protocol):
    """Somebody who has asked one question."""

    def sees(self) -> list[Shown]:
        """Returns all that the bot shows about the question, to everybody or to the asker."""

    def refused(self) -> bool:
        """Tells whether the platform itself has told the asker that the bot does not answer."""


@dataclass(slots=True)
class Question:
    """One question and when it was first seen to have an outcome, in seconds from its asking."""

    name: str
    asker: Asker
    asked_at: float = field(default_factory=time.monotonic)
    waited_s: float | None = None

    def kinds(self) -> list[str]:
        """Returns the kind of each outcome."""
        seen = [kind_of(shown) for shown in self.asker.sees() if not is_notice(shown)]
        return seen or (["told by the platform"] if self.asker.refused() else [])


def is_notice(shown: Shown) -> bool:
    """Tells whether something only says that the question waits."""
    return ENGLISH.busy.partition("{")[0] in shown.text


def kind_of(shown: Shown) -> str:
    """Returns what sort of outcome something is."""
    if shown.quotes:
        return "answered"
    failed = ENGLISH.failed.partition("{")[0]
    return "failed" if failed in shown.text else "not found"


@dataclass(slots=True)
class InSlack:
    """Asks in Slack."""

    slack: SlackEmulator
    user: str
    channel: str
    ts: str = ""
    command: asyncio.Task[Delivery] | None = None

    def sees(self) -> list[Shown]:
        """Returns the replies in the thread, the direct messages, and what only the asker sees."""
        space = self.slack.workspace
        posted = space.posted(self.channel, thread=self.ts) if self.ts else []
        direct = space.posted(space.direct(self.user).id)
        private = [each for each in space.ephemerals.values() if each["to"] == self.user]
        return [slack_shown.read(each, self.user) for each in (*posted, *direct, *private)]

    def refused(self) -> bool:
        """Tells whether Slack has shown that the command was not acknowledged."""
        return self.command is not None and self.command.done() and not self.command.result().acked


@dataclass(slots=True)
class InDiscord:
    """Asks in Discord."""

    discord: DiscordEmulator
    user: str
    channel: str
    message: str = ""
    token: str = ""

    def sees(self) -> list[Shown]:
        """Returns the replies, the direct messages, and what only the asker sees."""
        world = self.discord.world
        posted = [
            each
            for each in world.posted(self.channel)
            if (each.get("message_reference") or {}).get("message_id") == self.message
        ]
        direct = world.posted(world.direct(self.user).id)
        private = [
            each
            for each in world.ephemerals.values()
            if each["to"] == self.user and not each["flags"] & LOADING
        ]
        return [discord_shown.read(each) for each in (*posted, *direct, *private)]

    def refused(self) -> bool:
        """Tells whether Discord has shown that the application did not respond."""
        return bool(self.token) and not self.discord.world.interactions[self.token].acked


class Crowd:
    """Everybody on both platforms; who asks what, where and how is drawn."""

    def __init__(self, slack: SlackEmulator, discord: DiscordEmulator, rng: random.Random) -> None:
        self._slack = slack
        self._discord = discord
        self._rng = rng
        self._asked = 0
        self._slack_channels = [f"C{number:05d}SOAK" for number in range(CHANNELS)]
        for name in self._slack_channels:
            slack.workspace.channels[name] = Channel(name, name.lower(), {BOT_USER})
        world = discord.world
        self._discord_channels = [world.clock.snowflake() for _ in range(CHANNELS)]
        for name in self._discord_channels:
            world.channels[name] = DiscordChannel(name)
            world.tell("CHANNEL_CREATE", shapes.channel(world, world.channels[name]), GUILDS_INTENT)

    async def ask(self) -> Question:
        """Lets somebody new ask one question."""
        self._asked += 1
        text = FAILING if self._rng.random() < 0.05 else self._rng.choice(TEXTS)
        if self._rng.random() < 0.5:
            medium = self._rng.choice(("mention", "mention", "direct message", "command"))
            return self._in_slack(medium, text)
        medium = self._rng.choice(("mention", "mention", "command"))
        return await self._in_discord(medium, text)

    def _in_slack(self, medium: str, text: str) -> Question:
        user, space = f"U{self._asked:07d}", self._slack.workspace
        space.users[user] = f"asker{self._asked}"
        channel = self._rng.choice(self._slack_channels)
        space.channel(channel).members.add(user)
        asker = InSlack(self._slack, user, channel)
        if medium == "mention":
            asker.ts = self._slack.people.say(user, channel, text, mention=True)
        elif medium == "direct message":
            self._slack.people.say(user, space.direct(user).id, text)
        else:
            typed = self._slack.people.command(user, channel, "/ask", text)
            asker.command = asyncio.create_task(typed)
        return Question(f"Slack, {medium}, {user}", asker)

    async def _in_discord(self, medium: str, text: str) -> Question:
        world, people = self._discord.world, self._discord.people
        user, channel = (
            world.add_user(f"asker{self._asked}"),
            self._rng.choice(self._discord_channels),
        )
        asker = InDiscord(self._discord, user, channel)
        if medium == "mention":
            said = await people.say(user, channel, text, mention=True)
            asker.message = said["id"]
        else:
            asker.token = (await people.command(user, channel, "ask", question=text)).token
        return Question(f"Discord, {medium}, {user}", asker)
