"""What a bot that ends has to make good in Slack alone: it has acknowledged what it was told."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.scenarios.articles import MOVE
from tests.scenarios.child import process_stage
from tests.scenarios.faulty import WHERE
from tests.scenarios.slack_rig import slack, slack_stage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
async def test_killed_before_it_could_write_the_question_down(tmp_path: Path) -> None:
    async with process_stage(slack(), tmp_path) as (stage, platform, bot):
        await bot.start(patient=True)
        with closing(sqlite3.connect(tmp_path / "state.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")  # nobody else can write now
            question = await stage.alice.asks(WHERE)
            deliveries = platform.emulator.deliveries
            async with asyncio.timeout(20):  # Slack gives up waiting for the first time
                while not any(each.acked or each.failures for each in deliveries.all):
                    await asyncio.sleep(0.05)
            await bot.kill()
        await bot.start(patient=True)
        assert (await question.reply()).quotes == (MOVE,)


async def test_stopped_right_after_questions_arrived() -> None:
    async with slack_stage() as (stage, _):
        for number in range(20):
            await stage.alice.asks(f"{number}: {WHERE}")
