"""How fast the Slack bot is when answering costs nothing.

    python -m tests.bench.slack [--mentions 1000]

The bot runs in a process of its own with a stub for the articles; our Slack runs in this one, over
loopback, and its own work is part of every figure.
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

from tests.emulators.slack.workspace import ALICE, BOB, GENERAL, RANDOM
from tests.scenarios.child import BotProcess
from tests.scenarios.slack_rig import slack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.emulators.slack.server import SlackEmulator

ONE_BY_ONE = 200
PATIENCE_S = 120.0


class Stopwatch:
    """When each question was asked and when its reply came."""

    def __init__(self, slack: SlackEmulator) -> None:
        self._slack = slack
        self._asked: dict[str, float] = {}

    def ask(self, number: int) -> None:
        """Mentions the bot; people and channels take turns."""
        user, channel = (ALICE, BOB)[number % 2], (GENERAL, RANDOM)[number // 2 % 2]
        started = time.time()
        ts = self._slack.people.say(user, channel, f"Headquarters {number}?", mention=True)
        self._asked[ts] = started

    async def answered(self, count: int) -> None:
        """Returns when there are that many replies."""
        posts = self._slack.api
        await self._slack.workspace.changes.wait_for(
            lambda: len(posts.calls) >= count and len(posts.called("chat.postMessage")) >= count,
            f"{count} replies", within_s=PATIENCE_S,
        )  # fmt: skip

    def waits_ms(self) -> np.ndarray:
        """Returns the milliseconds from event to reply, for every reply in the order of arrival."""
        posts = self._slack.api.called("chat.postMessage")
        return np.array([(p.at - self._asked[p.args["thread_ts"]]) * 1000 for p in posts])

    def seconds(self) -> float:
        """Returns the seconds from the first question to the last reply."""
        posts = self._slack.api.called("chat.postMessage")
        return posts[-1].at - min(self._asked.values())

    def repeated(self) -> int:
        """Counts the deliveries that Slack had to repeat."""
        return sum(len(delivery.failures) for delivery in self._slack.deliveries.all)


@asynccontextmanager
async def bot_running() -> AsyncIterator[Stopwatch]:
    """A Slack and the bot in its own process, until the block ends."""
    with TemporaryDirectory() as folder:
        async with slack() as platform:
            bot = BotProcess(platform, Path(folder))
            await bot.start(patient=True, quiet=True)
            try:
                yield Stopwatch(platform.emulator)
            finally:
                await bot.stop()


async def measure(mentions: int) -> None:
    """Prints replies per second and how long replies took."""
    async with bot_running() as watch:
        for number in range(mentions):
            watch.ask(number)
        await watch.answered(mentions)
        _report(f"{mentions} mentions at once", mentions / watch.seconds(), watch.waits_ms())
        click.echo(f"  deliveries that had to be repeated: {watch.repeated()}")
    async with bot_running() as watch:
        for number in range(ONE_BY_ONE):
            watch.ask(number)
            await watch.answered(number + 1)
        _report(f"{ONE_BY_ONE} one by one", ONE_BY_ONE / watch.seconds(), watch.waits_ms())


def _report(what: str, per_second: float, waits_ms: np.ndarray) -> None:
    middle, late = np.percentile(waits_ms, [50, 99])
    click.echo(f"Slack, {what}: {per_second:.0f} replies a second, "
               f"event to reply p50 {middle:.1f} ms, p99 {late:.1f} ms")  # fmt: skip


@click.command(help=__doc__)
@click.option("--mentions", default=1000, show_default=True)
def main(mentions: int) -> None:
    """Measures."""
    asyncio.run(measure(mentions))


if __name__ == "__main__":
    main()
