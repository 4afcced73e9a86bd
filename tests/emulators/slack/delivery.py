"""Handing payloads to the app: at least once for events, exactly once for everything else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tests.emulators.slack.workspace import Json, Workspace

ACK_TIMEOUT_S = 3.0
RETRY_DELAYS_S = (0.0, 0.2, 0.6)  # in reality 0, 60 and 300 seconds


class UndeliveredError(Exception):
    """The app did not acknowledge; the text is what x-slack-retry-reason will say."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.retry = retry


class Transport(Protocol):
    """One way into the app: Socket Mode or HTTP."""

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Any:
        """Hands over one payload; returns what the app answered, or raises UndeliveredError."""

    async def ready(self) -> None:
        """Returns when the app can be reached again; a real retry comes minutes later."""


@dataclass(slots=True)
class Delivery:
    """One payload and what became of it.

    Attributes:
        failures: Why each attempt that failed did so.
        acked: Whether the app took it in the end.
        answer: What the app said in its acknowledgement.
    """

    kind: str
    payload: Json
    failures: list[str] = field(default_factory=list)
    acked: bool = False
    answer: Any = None


class Deliveries:
    """Sends payloads and keeps a record of them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tasks: set[asyncio.Task[Any]] = set()
        self.transport: Transport
        self.all: list[Delivery] = []

    @property
    def lost(self) -> list[Delivery]:
        """What the app never acknowledged."""
        return [delivery for delivery in self.all if not delivery.acked]

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._tasks

    async def deliver(self, kind: str, payload: Json) -> Delivery:
        """Hands over one payload; an event again, up to three times, until it is acknowledged."""
        delivery = Delivery(kind, payload)
        self.all.append(delivery)
        delays = (0.0, *RETRY_DELAYS_S) if kind == "events_api" else (0.0,)
        reason = ""
        for attempt, delay_s in enumerate(delays):
            if delay_s:
                await asyncio.sleep(delay_s)
                await self.transport.ready()
            try:
                delivery.answer = await self.transport.send(kind, payload, attempt, reason)
                delivery.acked = True
                break
            except UndeliveredError as failure:
                reason = str(failure)
                delivery.failures.append(reason)
                if not failure.retry:
                    break
        self._workspace.changes.notify()
        return delivery

    def send_off(self, kind: str, payload: Json) -> None:
        """Hands over one payload without waiting for it."""
        self.run(self.deliver(kind, payload))

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Keeps some work going until the emulator stops."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._workspace.problems.append(f"the emulator itself failed: {error!r}")
        self._workspace.changes.notify()

    async def stop(self) -> None:
        """Gives up on everything that is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
