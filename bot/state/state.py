"""The state database as the event loop reaches it: through threads of its own."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.state.claims import Store
from bot.state.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from bot.state.ask import Key
    from bot.state.memory import Rules

RULES_KEPT_S = 15.0  # another process may change them

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """Claims and what is remembered, without ever blocking the loop."""

    def __init__(self, engine: Engine, store: Store | None = None) -> None:
        self.store = store or Store(engine)
        self.memory = Memory(engine)
        self.engine = engine
        # SQLite has one writer at a time, so one thread is as quick as many.
        count = 1 if engine.dialect.name == "sqlite" else 4
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="store")
        self._rules: dict[tuple[str, str, str], tuple[float, Rules]] = {}

    async def do(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """What a method of the store or the memory returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *args, **options))

    async def rules(self, key: Key) -> Rules:
        """What holds in the channel of that message, at most a few seconds old."""
        channel = (key.platform, key.workspace, key.channel)
        until, rules = self._rules.get(channel, (0.0, None))
        if rules is None or until < time.monotonic():
            rules = await self.do(self.memory.rules, key)
            self._rules[channel] = (time.monotonic() + RULES_KEPT_S, rules)
        return rules

    async def set_rules(self, key: Key, rules: Rules) -> None:
        """Let other rules hold there from now on."""
        await self.do(self.memory.set_rules, key, rules)
        self._rules.pop((key.platform, key.workspace, key.channel), None)

    def close(self) -> None:
        """Finish what was begun, and let go of the database."""
        self._threads.shutdown()
        self.store.close()
        self.engine.dispose()
