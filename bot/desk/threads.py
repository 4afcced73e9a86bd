"""Threads that answer, so that the event loop never waits for a model.

A thread cannot be stopped from outside. One whose answer takes too long is given up and replaced;
it ends by itself when its work does, and never keeps the process from ending.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class _Job:
    """Something to do; `replaced` once another thread was hired for the one that does it."""

    work: Callable[[], Any]
    done: Future[Any] = field(default_factory=Future)
    replaced: bool = False


class AnswerThreads:
    """As many threads at work as were asked for, even when some hang.

    Threads that hang are replaced, up to `spare` of them: a process must not fill up with threads.
    Beyond that, work waits for threads that come free, and fails after its deadline.
    """

    def __init__(self, count: int, *, spare: int = 100) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._free = asyncio.Semaphore(count)
        self._count = count
        self._spare = spare
        self._deciding = threading.Lock()
        for _ in range(count):
            self._hire()

    async def run(self, work: Callable[[], Result], *, limit_s: float) -> Result:
        """What `work` returns or raises; waits for its turn first, and that does not count.

        Raises:
            TimeoutError: The work took longer than `limit_s` seconds.
        """
        async with self._free:
            job = _Job(work)
            self._jobs.put(job)
            try:
                async with asyncio.timeout(limit_s):
                    # Shielded, so that the job is given up below and nowhere else.
                    result: Result = await asyncio.shield(asyncio.wrap_future(job.done))
            finally:
                self._give_up(job)
            return result

    def close(self) -> None:
        """Let every thread end once it is idle."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _give_up(self, job: _Job) -> None:
        """Stop waiting for a job that is not done, and hire for its thread while that may be."""
        with self._deciding:
            if job.done.cancel() and self._spare > 0:
                self._spare -= 1
                job.replaced = True
                self._hire()

    def _hire(self) -> None:
        threading.Thread(target=self._work, name="answering", daemon=True).start()

    def _work(self) -> None:
        """Do one job after the other, until told to stop or replaced."""
        while (job := self._jobs.get()) is not None:
            _do(job)
            with self._deciding:
                if job.replaced:
                    self._spare += 1
                    return


def _do(job: _Job) -> None:
    """Do a job and hand over what came of it, if anybody still waits for it."""
    if job.done.cancelled():
        return
    with suppress(InvalidStateError):  # given up meanwhile
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001  # it is raised where it was asked for
            job.done.set_exception(error)
        else:
            job.done.set_result(result)
