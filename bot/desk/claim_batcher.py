"""Claiming questions, many in one step when many arrive at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.state.ask import Ask
    from bot.state.claims import Claim
    from bot.state.state import State

MAX_BATCH = 200


class ClaimBatcher:
    """Collects the questions that arrive while the state is busy, and claims them in one step."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._waiting: list[tuple[Ask, asyncio.Future[Claim | None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def claim(self, ask: Ask) -> Claim | None:
        """Claims a new question; returns None if its message was ever claimed before.

        Raises:
            Exception: Whatever the state raises.
        """
        done: asyncio.Future[Claim | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((ask, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        return await done

    async def _write(self) -> None:
        """Claims until no question waits."""
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            try:
                claims = await self._state.claim([ask for ask, _ in batch])
            except Exception as error:  # noqa: BLE001  # it is raised for each caller
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
                continue
            for (_, done), claim in zip(batch, claims, strict=True):
                if not done.done():
                    done.set_result(claim)
