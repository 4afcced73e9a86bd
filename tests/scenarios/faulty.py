"""What the scenarios of restarts and faults ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.scenarios.articles import Expert
    from tests.scenarios.stage import Question, Stage

WHERE = "Where is the headquarters?"
SLOWLY = "With patience, where is the headquarters?"


async def working_on(stage: Stage, expert: Expert, medium: Medium = Medium.MENTION) -> Question:
    """Asks a question; returns once the bot shows that it works on it, and before it answers."""
    question = await stage.alice.asks(SLOWLY, medium)
    await stage.driver.until(lambda: bool(stage.driver.busy_indicators()), "a busy indicator")
    assert SLOWLY in expert.asked
    return question


async def begun(expert: Expert) -> None:
    """Waits for the first question to be worked on; no event of a platform's tells of that."""
    async with asyncio.timeout(PATIENCE_S):
        while not expert.asked:
            await asyncio.sleep(0.01)
