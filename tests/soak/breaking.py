"""What is broken on purpose in the soak, one fault after the other."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from tests.emulators.discord.faults import Fault as DiscordFault
from tests.emulators.slack.faults import Fault as SlackFault

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.emulators.discord.server import DiscordEmulator
    from tests.emulators.slack.server import SlackEmulator
    from tests.scenarios.child import BotProcess

KINDS = ("429", "500", "cut", "slow", "database", "kill")
DATABASE_GONE_S = 3.0
SLOW_S = 4.0


class Breaker:
    """Breaks things, and leaves it to the bot to go on."""

    def __init__(
        self,
        slack: SlackEmulator,
        discord: DiscordEmulator,
        bot: BotProcess,
        folder: Path,
        rng: random.Random,
    ) -> None:
        self._slack = slack
        self._discord = discord
        self._bot = bot
        self._database = folder / "state.db"
        self._rng = rng

    async def do(self, kind: str) -> None:
        """Breaks something of a kind."""
        if kind == "kill":
            await self._bot.kill()
            await self._bot.start(patient=True, quiet=True)
        elif kind == "database":
            await asyncio.to_thread(self._lock)
        elif kind == "cut":
            self._fail(0)
            for connection in list(self._slack.sockets.connections):
                connection.cut()
            for socket in list(self._discord.gateway.sockets):
                socket.cut()
        else:
            self._fail(200 if kind == "slow" else int(kind), SLOW_S if kind == "slow" else 0.0)

    def _fail(self, status: int, slow_s: float = 0.0) -> None:
        """Lets the next calls that show something fail; some of them only after they worked."""
        late = status in {0, 500} and self._rng.random() < 0.5
        posts = SlackFault(
            status, retry_after_s=1 if status == 429 else None, times=3, too_late=late,
            slow_s=slow_s,
        )  # fmt: skip
        self._slack.faults.plan("chat.postMessage", posts)
        if status:
            private = SlackFault(status, retry_after_s=1 if status == 429 else None, slow_s=slow_s)
            self._slack.faults.plan("response_url", private)
        for method, part in (("POST", "/messages"), ("PATCH", "webhooks/")):
            fault = DiscordFault(
                status, retry_after_s=0.5, times=2, too_late=late, slow_s=slow_s,
            )  # fmt: skip
            self._discord.faults.plan(method, part, fault)

    def _lock(self) -> None:
        """Lets nobody else write to the database for a while."""
        with closing(sqlite3.connect(self._database, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(DATABASE_GONE_S)
            other.execute("ROLLBACK")
