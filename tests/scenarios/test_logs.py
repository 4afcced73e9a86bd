"""What the log says while people ask: no word of theirs, no token, no response URL."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.logs import set_up_logs
from tests.emulators.discord import faults as discord_faults
from tests.emulators.slack import faults as slack_faults
from tests.logs import logs_restored
from tests.scenarios.articles import Expert
from tests.scenarios.discord_rig import discord
from tests.scenarios.rig import Call, stage_on
from tests.scenarios.slack_rig import slack
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from retrieval.answers import Answer
    from tests.scenarios.rig import Platform
    from tests.scenarios.stage import Stage

ASKED = "Will the Zanzibar merger move the headquarters?"
EDITED = "Will the Gondwana merger move the headquarters?"
FAILING = "Will the Lemuria deal explode?"
WORDS = ("zanzibar", "gondwana", "lemuria", "merger")
PLATFORMS: dict[str, Callable[[], AbstractAsyncContextManager[Any]]] = {
    "slack": slack,
    "slack by http": lambda: slack("http"),
    "discord": discord,
}


class Blunt(Expert):
    """Says in its errors what it was asked, in ways of its own."""

    def __call__(self, question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:
        if "explode" not in question:
            return super().__call__(question, folders=folders)
        try:
            raise KeyError(question)  # noqa: TRY301  -- for its traceback
        except KeyError as error:
            raise ValueError(f"cannot parse '{question.upper()[:20]}") from error


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    with logs_restored():
        yield


def turn_everything_up() -> None:
    """Lets every logger there is write everything, as Bolt does with its own."""
    asyncio.get_running_loop().set_debug(True)
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(logging.DEBUG)


async def asked_in_every_way(stage: Stage, platform: Platform) -> None:
    """Asks by mention, message and command, clicks, shares, edits, and meets failures."""
    question = await stage.alice.asks(ASKED)
    await stage.alice.clicks(await question.reply(), "Show context")
    await stage.alice.edits(question, EDITED)
    await question.becomes(lambda shown: bool(shown.quotes), "the edited answer")
    await (await stage.alice.asks(ASKED, Medium.DIRECT_MESSAGE)).reply()
    private = await stage.bob.asks(ASKED, Medium.COMMAND)
    await stage.bob.clicks(await private.reply(), "Share")
    await stage.sees(lambda shown: bool(shown.pings), "the shared answer")
    for medium in (Medium.MENTION, Medium.DIRECT_MESSAGE):
        await (await stage.alice.asks(FAILING, medium)).reply()
    refusal = (
        slack_faults.Fault(200, error="not_in_channel")
        if hasattr(platform.access.slack, "bot_token")
        else discord_faults.Fault(403, code=50013)
    )
    platform.fail(Call.REPLY, refusal)
    refused = await stage.bob.asks(ASKED)
    await stage.driver.until(lambda: platform.failures_left(Call.REPLY) == 0, "the refusal")
    refused.gone = True


async def played(name: str) -> set[str]:
    """Plays everything on a platform; returns the credentials that were in use."""
    async with stage_on(PLATFORMS[name](), Blunt()) as (stage, platform):
        turn_everything_up()
        stage.may_be_named += ["alice", "bob"]
        await asked_in_every_way(stage, platform)
        stage.questions.clear()  # what is shown is tested elsewhere
        access = platform.access
        if access.discord is not None:
            return {access.discord.token, *platform.emulator.world.interactions}
        assert access.slack is not None
        hooks = platform.emulator.hooks
        return {access.slack.bot_token, access.slack.app_token, *hooks.made} - {""}


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("name", PLATFORMS)
async def test_no_level_writes_questions_or_credentials(
    name: str, as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(as_json=as_json, level="DEBUG", secrets=["made.up.token"])
    credentials = await played(name)
    written = capsys.readouterr().err
    assert [word for word in WORDS if word in written.casefold()] == []
    assert [each for each in credentials if each in written] == []
    assert "failed" in written  # that something failed is said
    if as_json:
        assert all(json.loads(line) for line in written.splitlines())


@pytest.mark.parametrize("name", PLATFORMS)
async def test_a_setting_shows_questions_and_still_no_credentials(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(as_json=False, level="DEBUG", questions=True, secrets=["made.up.token"])
    credentials = await played(name)
    written = capsys.readouterr().err
    assert [word for word in WORDS if word not in written.casefold()] == []
    assert [each for each in credentials if each in written] == []
