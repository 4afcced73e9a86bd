"""Threads that answer: as many as were asked for, even when some hang."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bot.desk.threads import AnswerThreads, NoThreadError


def within(seconds: float) -> float:
    """The moment in so many seconds, by the clock of the event loop."""
    return asyncio.get_running_loop().time() + seconds


async def test_work_runs_beside_the_event_loop_and_its_result_comes_back() -> None:
    threads = AnswerThreads(2)
    here = threading.get_ident()
    assert await threads.run(threading.get_ident, until=within(5)) != here
    threads.close()


async def test_an_exception_is_raised_where_the_work_was_asked_for() -> None:
    threads = AnswerThreads(1)
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 // 0, until=within(5))
    assert await threads.run(lambda: "still here", until=within(5)) == "still here"
    threads.close()


async def test_a_thread_that_hangs_is_replaced() -> None:
    threads = AnswerThreads(1)
    forever = threading.Event()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await threads.run(lambda: forever.wait(30), until=within(0.05))
    assert await threads.run(lambda: "next", until=within(5)) == "next"
    forever.set()
    threads.close()


async def test_when_too_many_hang_work_fails_in_time_and_goes_on_once_they_are_done() -> None:
    threads = AnswerThreads(1, spare=2)
    forever = threading.Event()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await threads.run(lambda: forever.wait(30), until=within(0.05))
    with pytest.raises(TimeoutError):
        await threads.run(lambda: "no thread is left", until=within(0.05))
    forever.set()
    for _ in range(3):
        assert await threads.run(lambda: "back", until=within(5)) == "back"
    threads.close()


async def test_waiting_for_a_free_thread_counts_against_the_deadline() -> None:
    threads = AnswerThreads(1)
    go_on = threading.Event()
    first = asyncio.create_task(threads.run(lambda: go_on.wait(30), until=within(30)))
    await asyncio.sleep(0)
    began: list[bool] = []
    with pytest.raises(NoThreadError):
        await threads.run(lambda: began.append(True), until=within(0.05))
    with pytest.raises(NoThreadError):
        await threads.run(lambda: began.append(True), until=within(30), begin_by=within(0.05))
    go_on.set()
    await first
    assert not began
    threads.close()


async def test_how_long_each_work_kept_a_thread_busy_is_told() -> None:
    took: list[float] = []
    threads = AnswerThreads(1, took=took.append)
    await asyncio.gather(*(threads.run(lambda: time.sleep(0.05), until=within(5)) for _ in "12"))
    with pytest.raises(TimeoutError):
        await threads.run(lambda: time.sleep(0.3), until=within(0.1))
    assert [seconds >= 0.05 for seconds in took] == [True] * 3
    threads.close()
