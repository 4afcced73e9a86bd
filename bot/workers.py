"""Threads that answer, so that the event loop never waits for a model.

A thread cannot be stopped from outside. One whose answer takes too long is given up and replaced;
it ends by itself when its work does, and never keeps the process from ending.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    done: Future[Any] = field(default_factory=Future)


class Workers:
    """As many threads at work as were asked for, however many hang."""

    def __init__(self, count: int) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._free = asyncio.Semaphore(count)
        self._count = count
        for _ in range(count):
            self._hire()

    async def run(self, work: Callable[[], Result], *, limit_s: float) -> Result:
        """What `work` returns or raises; waits for a free thread first, and that does not count.

        Raises:
            TimeoutError: The work took longer than `limit_s` seconds.
        """
        async with self._free:
            job = _Job(work)
            self._jobs.put(job)
            try:
                async with asyncio.timeout(limit_s):
                    result: Result = await asyncio.wrap_future(job.done)
            finally:
                job.done.cancel()
                if job.done.cancelled():
                    self._hire()
            return result

    def close(self) -> None:
        """Let every thread end once it is idle."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _hire(self) -> None:
        threading.Thread(target=self._work, name="answering", daemon=True).start()

    def _work(self) -> None:
        """Do one job after the other, until told to stop or given up."""
        while (job := self._jobs.get()) is not None:
            try:
                _do(job)
            except InvalidStateError:
                return  # given up, and replaced already


def _do(job: _Job) -> None:
    """Do a job and hand over what came of it."""
    try:
        result = job.work()
    except BaseException as error:  # noqa: BLE001  # it is raised where the work was asked for
        job.done.set_exception(error)
    else:
        job.done.set_result(result)
