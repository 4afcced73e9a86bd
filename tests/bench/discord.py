"""How fast the Discord bot is when answering costs nothing.

    python -m tests.bench.discord [--mentions 1000]

The bot runs in a process of its own with a stub for the articles; our Discord runs in this one,
over loopback, and its own work is part of every figure. Discord itself takes about one message a
second in a channel, which is not part of them.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import numpy as np

from tests.emulators.discord.world import Channel
from tests.scenarios.child import BotProcess
from tests.scenarios.discord_rig import discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.emulators.discord.rest import Call
    from tests.emulators.discord.server import DiscordEmulator

ONE_BY_ONE = 200
COMMANDS = 200
PATIENCE_S = 120.0


class Stopwatch:
    """When each question was asked and when its reply came."""

    def __init__(self, discord: DiscordEmulator) -> None:
        self._discord = discord
        self._asked: dict[str, float] = {}
        world = discord.world
        random = world.clock.snowflake()
        world.channels[random] = Channel(random, name="random")
        self._places = (world.general, random)
        self._people = (world.alice, world.bob)

    async def ask(self, number: int) -> None:
        """Mentions the bot; people and channels take turns."""
        user, channel = self._people[number % 2], self._places[number // 2 % 2]
        started = time.perf_counter()
        question = f"Where is headquarters {number}?"
        said = await self._discord.people.say(user, channel, question, mention=True)
        self._asked[said["id"]] = started

    async def command(self, number: int) -> None:
        """Types /ask and waits for the private answer."""
        world, user = self._discord.world, self._people[number % 2]
        started = time.perf_counter()
        asked = await self._discord.people.command(
            user, world.general, "ask", question=f"Where is headquarters {number}?"
        )
        await world.changes.wait_for(
            lambda: bool(asked.original and asked.original["embeds"]), "an answer"
        )
        self._asked[asked.token] = time.perf_counter() - started

    async def answered(self, count: int) -> None:
        """Returns when there are that many replies."""
        await self._discord.world.changes.wait_for(
            lambda: len(self._discord.rest.calls) >= count and len(self._posts()) >= count,
            f"{count} replies", within_s=PATIENCE_S,
        )  # fmt: skip

    def waits_ms(self) -> np.ndarray:
        """Returns the milliseconds from event to reply, for every reply in the order of arrival."""
        waits = [call.at - self._asked[_about(call)] for call in self._posts()]
        return np.array(waits) * 1000

    def commands_ms(self) -> np.ndarray:
        """Returns the milliseconds from each /ask to its answer."""
        return np.array(list(self._asked.values())) * 1000

    def seconds(self) -> float:
        """Returns the seconds from the first question to the last reply."""
        return self._posts()[-1].at - min(self._asked.values())

    def _posts(self) -> list[Call]:
        return [
            call
            for call in self._discord.rest.calls
            if call.method == "POST" and call.path.endswith("/messages")
        ]


def _about(call: Call) -> str:
    """Returns the question that a reply belongs to."""
    return str(call.sent["message_reference"]["message_id"])


@asynccontextmanager
async def bot_running() -> AsyncIterator[Stopwatch]:
    """A Discord and the bot in its own process, until the block ends."""
    with TemporaryDirectory() as folder:
        async with discord() as platform:
            watch = Stopwatch(platform.emulator)
            bot = BotProcess(platform, Path(folder))
            await bot.start(patient=True, quiet=True)
            try:
                yield watch
            finally:
                await bot.stop()


async def measure(mentions: int) -> None:
    """Prints replies per second and how long replies took."""
    async with bot_running() as watch:
        for number in range(mentions):
            await watch.ask(number)
        await watch.answered(mentions)
        _report(f"{mentions} mentions at once", mentions / watch.seconds(), watch.waits_ms())
    async with bot_running() as watch:
        for number in range(ONE_BY_ONE):
            await watch.ask(number)
            await watch.answered(number + 1)
        _report(f"{ONE_BY_ONE} one by one", ONE_BY_ONE / watch.seconds(), watch.waits_ms())
    async with bot_running() as watch:
        for number in range(COMMANDS):
            await watch.command(number)
        waits = watch.commands_ms()
        _report(f"{COMMANDS} times /ask", 1000 * COMMANDS / waits.sum(), waits)


def _report(what: str, per_second: float, waits_ms: np.ndarray) -> None:
    middle, late = np.percentile(waits_ms, [50, 99])
    click.echo(f"Discord, {what}: {per_second:.0f} replies a second, "
               f"event to reply p50 {middle:.1f} ms, p99 {late:.1f} ms")  # fmt: skip


@click.command(help=__doc__)
@click.option("--mentions", default=1000, show_default=True)
def main(mentions: int) -> None:
    """Measures."""
    asyncio.run(measure(mentions))


if __name__ == "__main__":
    main()
