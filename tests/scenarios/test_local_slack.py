"""The same scenarios in a Slack that somebody else wrote, so that we do not only agree with us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio

from bot.cli.serving import Platforms
from bot.slack.access import Access
from tests.scenarios.articles import ARTICLES, MOVE, Expert
from tests.scenarios.complete import (
    COMPLETE,
    the_source_of_a_claim_is_shown_to_whoever_looks_for_it,
)
from tests.scenarios.core import CORE
from tests.scenarios.local_slack_driver import LocalSlackDriver
from tests.scenarios.rig import RunningBot, options_in, played
from tests.scenarios.stage import Medium, Stage
from tests.workspace.interpreter import interpreted
from tests.workspace.local_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    UnavailableError,
    free_port,
    install,
    running,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.slow  # a server that somebody else wrote, in a process of its own

MISSING = {the_source_of_a_claim_is_shown_to_whoever_looks_for_it}  # it has no message shortcuts
PLAYED = [scenario for scenario in CORE + COMPLETE if scenario not in MISSING]


@pytest.fixture(scope="module")
def program() -> Path:
    try:
        return install()
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest_asyncio.fixture
async def stage(program: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    async with running(program, free_port()) as url, aiohttp.ClientSession() as session:
        access = Access(BOT_TOKEN, APP_TOKEN, mode="socket", api_url=f"{url}/api/")
        bot = RunningBot(Platforms(slack=access), Expert(), options_in(tmp_path))
        await bot.start()
        try:
            yield Stage(LocalSlackDriver(url, session, bot.stop), ARTICLES)
        finally:
            await bot.stop()


@pytest.mark.parametrize("scenario", PLAYED, ids=lambda scenario: scenario.__name__)
async def test_in_local_slack(stage: Stage, scenario: Callable[[Stage], Awaitable[None]]) -> None:
    await scenario(stage)
    await stage.end()


async def test_through_the_interpreter_the_clipping_can_be_drawn(
    program: Path, tmp_path: Path
) -> None:
    async with (
        running(program, free_port()) as url,
        interpreted(url) as api_url,
        aiohttp.ClientSession() as session,
    ):
        access = Access(BOT_TOKEN, APP_TOKEN, mode="socket", api_url=f"{api_url}/api/")
        bot = RunningBot(Platforms(slack=access), Expert(), options_in(tmp_path))
        await bot.start()
        stage = Stage(LocalSlackDriver(url, session, bot.stop), ARTICLES)
        async with played(stage, bot.stop):
            public = await stage.alice.asks("Where is the headquarters?")
            private = await stage.bob.asks("Where is the headquarters?", Medium.COMMAND)
            drawn = MOVE.replace("Wiesbaden", "*Wiesbaden*")
            for question in (public, private):
                await question.becomes(lambda reply: f"> {drawn}" in reply.text, "the clipping")
