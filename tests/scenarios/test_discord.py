from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scenarios.complete import COMPLETE
from tests.scenarios.core import CORE, REPEATED
from tests.scenarios.discord_rig import discord_stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.scenarios.stage import Stage


@pytest.mark.parametrize(
    "scenario", CORE + REPEATED + COMPLETE, ids=lambda scenario: scenario.__name__
)
async def test_in_discord(scenario: Callable[[Stage], Awaitable[None]]) -> None:
    async with discord_stage() as (stage, _):
        await scenario(stage)
