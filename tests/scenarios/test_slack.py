from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.scenarios.complete import COMPLETE
from tests.scenarios.core import CORE, REPEATED
from tests.scenarios.slack_rig import slack_stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.scenarios.slack_rig import Mode
    from tests.scenarios.stage import Stage


@pytest.mark.parametrize("mode", ["socket", "http"])
@pytest.mark.parametrize(
    "scenario", CORE + REPEATED + COMPLETE, ids=lambda scenario: scenario.__name__
)
async def test_in_slack(scenario: Callable[[Stage], Awaitable[None]], mode: Mode) -> None:
    async with slack_stage(mode) as (stage, _):
        await scenario(stage)
