"""Threads that answer, so that the event loop never waits for a model.

A thread cannot be stopped from outside. A thread whose answer takes too long is replaced. It ends
when its work ends, and it never keeps the process from ending.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class NoThreadError(TimeoutError):
    """No thread came free in time, so the work did not begin."""


@dataclass(slots=True, eq=False)
class _Job:
    """Some work for a thread.

    Attributes:
        work: What to do.
        done: What the work returned or raised.
        replaced: Whether another thread was started in place of the thread that does this work.
    """

    work: Callable[[], Any]
    done: Future[Any] = field(default_factory=Future)
    replaced: bool = False


class AnswerThreads:
    """A fixed number of threads at work, even when some hang.

    At most `spare` threads that hang are replaced: a process must not fill up with threads. Beyond
    that, work waits for a thread that comes free, and fails after its deadline.
    """

    def __init__(
        self, count: int, *, spare: int = 100, took: Callable[[float], None] = lambda _seconds: None
    ) -> None:
        """Starts the threads.

        Args:
            count: How many threads there are.
            spare: How many that hang may be replaced.
            took: Is told how many seconds each work kept a thread busy.
        """
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._free = asyncio.Semaphore(count)
        self._count = count
        self._spare = spare
        self._took = took
        self._deciding = threading.Lock()
        for _ in range(count):
            self._start_thread()

    async def run(
        self, work: Callable[[], Result], *, until: float, begin_by: float | None = None
    ) -> Result:
        """Returns what `work` returns, or raises what it raises; first waits for its turn.

        Args:
            work: What to do.
            until: When it must be done, by the clock of the event loop; the wait counts.
            begin_by: When it must begin, if that is not the same moment.

        Raises:
            NoThreadError: No thread came free in time.
            TimeoutError: The work was not done in time.
        """
        try:
            async with asyncio.timeout_at(until if begin_by is None else begin_by):
                await self._free.acquire()
        except TimeoutError:
            raise NoThreadError from None
        began = time.perf_counter()
        job = _Job(work)
        self._jobs.put(job)
        try:
            async with asyncio.timeout_at(until):
                # Shielded, so that the job is given up below and nowhere else.
                result: Result = await asyncio.shield(asyncio.wrap_future(job.done))
        finally:
            self._give_up(job)
            self._free.release()
            self._took(time.perf_counter() - began)
        return result

    def close(self) -> None:
        """Lets every thread end once it is idle."""
        for _ in range(self._count):
            self._jobs.put(None)

    def _give_up(self, job: _Job) -> None:
        """Cancels a job that is not done, and replaces its thread while there are spares."""
        with self._deciding:
            if job.done.cancel() and self._spare > 0:
                self._spare -= 1
                job.replaced = True
                self._start_thread()

    def _start_thread(self) -> None:
        threading.Thread(target=self._work, name="answering", daemon=True).start()

    def _work(self) -> None:
        """Does one job after the other until told to stop, or until replaced."""
        while (job := self._jobs.get()) is not None:
            _do(job)
            with self._deciding:
                if job.replaced:
                    self._spare += 1
                    return


def _do(job: _Job) -> None:
    """Does a job and hands over its result or its error, if anybody still waits for it."""
    if job.done.cancelled():
        return
    with suppress(InvalidStateError):  # given up meanwhile
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001  # it is raised in `run`
            job.done.set_exception(error)
        else:
            job.done.set_result(result)
