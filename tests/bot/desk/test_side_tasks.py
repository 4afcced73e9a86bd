"""Side tasks: a failure is logged and stays with its task."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.desk.side_tasks import SideTasks

if TYPE_CHECKING:
    import pytest


async def test_a_failure_is_logged_and_the_next_task_runs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tasks, told = SideTasks(), []

    async def fail() -> None:
        raise RuntimeError("the platform is away")

    async def tell() -> None:
        told.append("told")

    tasks.run(fail())
    tasks.run(tell())
    assert len(tasks) == 2
    await asyncio.wait(set(tasks))
    await asyncio.sleep(0)

    assert told == ["told"]
    assert len(tasks) == 0
    assert "a notice or a removal failed" in caplog.text
