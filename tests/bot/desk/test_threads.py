"""Threads that answer: as many as were asked for, even when some hang."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bot.desk.threads import AnswerThreads


async def test_work_runs_beside_the_event_loop_and_its_result_comes_back() -> None:
    threads = AnswerThreads(2)
    here = threading.get_ident()
    assert await threads.run(threading.get_ident, limit_s=5) != here
    threads.close()


async def test_an_exception_is_raised_where_the_work_was_asked_for() -> None:
    threads = AnswerThreads(1)
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 // 0, limit_s=5)
    assert await threads.run(lambda: "still here", limit_s=5) == "still here"
    threads.close()


async def test_a_thread_that_hangs_is_replaced() -> None:
    threads = AnswerThreads(1)
    forever = threading.Event()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await threads.run(lambda: forever.wait(30), limit_s=0.05)
    assert await threads.run(lambda: "next", limit_s=5) == "next"
    forever.set()
    threads.close()


async def test_when_too_many_hang_work_fails_in_time_and_goes_on_once_they_are_done() -> None:
    threads = AnswerThreads(1, spare=2)
    forever = threading.Event()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await threads.run(lambda: forever.wait(30), limit_s=0.05)
    with pytest.raises(TimeoutError):
        await threads.run(lambda: "no thread is left", limit_s=0.05)
    forever.set()
    for _ in range(3):
        assert await threads.run(lambda: "back", limit_s=5) == "back"
    threads.close()


async def test_waiting_for_a_free_thread_does_not_count_against_the_deadline() -> None:
    threads = AnswerThreads(1)
    slow = [threads.run(lambda: time.sleep(0.1), limit_s=0.5) for _ in range(8)]
    await asyncio.gather(*slow)
    threads.close()
