"""A soak of both platforms: each question must have exactly one visible outcome.

The emulators of Slack and Discord run in this process, the bot in a process of its own with a
database of its own. Five questions a second are asked, and every ten seconds something breaks: a
platform refuses, is out of order, cuts a connection or is slow, another process locks the database,
or the bot is killed and started again. At the end everything that people see is counted.

The exit status is 1 if a question has no outcome or more than one.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
import numpy as np

from bot.cli.serving import Platforms
from bot.discord.sync import sync
from tests.emulators.discord.server import DiscordEmulator
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios import discord_rig, slack_rig
from tests.scenarios.child import BotProcess
from tests.soak.askers import Crowd, Question
from tests.soak.breaking import KINDS, Breaker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUESTIONS_EVERY_S = 0.2
FAULT_EVERY_S = 10.0
LOOK_EVERY_S = 0.1
PATIENCE_S = 90.0  # after the last question; then whoever has heard nothing never will


class Both:
    """Both emulated platforms, as what a bot can be connected to."""

    def __init__(self, slack: SlackEmulator, discord: DiscordEmulator) -> None:
        self.slack = slack_rig.Slack(slack, "socket", ping_every_s=5.0)
        self.discord = discord_rig.Discord(discord)

    @property
    def access(self) -> Platforms:
        """The bot's way in."""
        return Platforms(self.slack.access.slack, self.discord.access.discord)

    async def ready(self, *, port: int = 0, bots: int = 1) -> None:
        """Waits until the bot is connected to both."""
        await self.slack.ready(port=port, bots=bots)
        await self.discord.ready(port=port, bots=bots)

    async def deserted(self) -> None:
        """Waits until no connection of the bot is left."""
        await self.slack.deserted()
        await self.discord.deserted()


@dataclass(slots=True)
class Soak:
    """What is asked and broken, and what came of it."""

    crowd: Crowd
    breaker: Breaker
    rng: random.Random
    questions: list[Question] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    async def run(self, seconds: float) -> None:
        """Asks and breaks for so long, then waits for the last outcomes."""
        until = time.monotonic() + seconds
        async with asyncio.TaskGroup() as together:
            together.create_task(self._ask(until))
            together.create_task(self._break(until))
            together.create_task(self._look(until))

    async def _ask(self, until: float) -> None:
        due = time.monotonic()
        while due < until:
            self.questions.append(await self.crowd.ask())
            due += QUESTIONS_EVERY_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _break(self, until: float) -> None:
        due = time.monotonic() + FAULT_EVERY_S
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            kind = self.rng.choice(KINDS)
            self.faults[kind] += 1
            click.echo(f"{len(self.questions)} asked; now: {kind}", err=True)
            await self.breaker.do(kind)
            due += FAULT_EVERY_S

    async def _look(self, until: float) -> None:
        """Notes when each question first has an outcome."""
        waiting: list[Question] = []
        looked = 0
        while time.monotonic() < until or (waiting and time.monotonic() < until + PATIENCE_S):
            await asyncio.sleep(LOOK_EVERY_S)
            waiting += self.questions[looked:]
            looked = len(self.questions)
            now = time.monotonic()
            for question in waiting:
                if question.asker.sees():
                    question.waited_s = now - question.asked_at
            waiting = [each for each in waiting if each.waited_s is None]
            if now > until and all(each.kinds() for each in waiting):
                break

    def report(self) -> bool:
        """Prints what came of it; tells whether each question has exactly one outcome."""
        kinds = {question.name: question.kinds() for question in self.questions}
        wrong = {name: seen for name, seen in kinds.items() if len(seen) != 1}
        for name, seen in wrong.items():
            click.echo(f"{name}: {', '.join(seen) or 'silent'}")
        outcomes = Counter(kind for seen in kinds.values() for kind in seen)
        waits = [each.waited_s for each in self.questions if each.waited_s is not None]
        middle, late = np.percentile(waits or [0.0], [50, 99])
        click.echo(
            f"{len(kinds)} questions; outcomes: {_listed(outcomes)}; faults: {_listed(self.faults)}"
            f"; {sum(len(seen) > 1 for seen in wrong.values())} doubled"
            f", {sum(not seen for seen in wrong.values())} silent"
            f"; p50 {middle:.2f} s, p99 {late:.2f} s"
        )
        return not wrong


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items())) or "none"


@asynccontextmanager
async def soaking(folder: Path, seed: int) -> AsyncIterator[Soak]:
    """Yields a soak with a running bot; leaving stops the bot politely."""
    rng = random.Random(seed)  # noqa: S311  -- so that a seed breaks the same things again
    async with (
        SlackEmulator(slack_rig.registration(), "socket") as slack,
        DiscordEmulator() as discord,
    ):
        await sync(discord_rig.access_to(discord))
        bot = BotProcess(Both(slack, discord), folder, "tests.soak.bot")
        crowd = Crowd(slack, discord, rng)
        await bot.start(patient=True, quiet=True)
        try:
            yield Soak(crowd, Breaker(slack, discord, bot, folder, rng), rng)
            await bot.stop()
        finally:
            await bot.kill()


async def soak(minutes: float, seed: int) -> bool:
    """Runs a soak; tells whether each question has exactly one outcome."""
    with TemporaryDirectory() as folder:
        async with soaking(Path(folder), seed) as running:
            await running.run(minutes * 60)
        return running.report()


@click.command(help=__doc__)
@click.option("--minutes", default=30.0, show_default=True)
@click.option("--seed", default=None, type=int, help="What is drawn; another one each time.")
def main(minutes: float, seed: int | None) -> None:
    """Soaks."""
    seed = random.randrange(10**6) if seed is None else seed  # noqa: S311  -- no secret
    click.echo(f"seed {seed}, {minutes:g} minutes", err=True)
    sys.exit(0 if asyncio.run(soak(minutes, seed)) else 1)


if __name__ == "__main__":
    main()
