"""What happens when Slack does not let the bot in: it must say so at once, not wait in silence."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli.serving import Platforms, connected
from config.errors import PlatformError
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios.articles import Expert
from tests.scenarios.rig import options_in
from tests.scenarios.slack_rig import access_to, registration

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("bot_token", "app_token", "variable", "wrong"),
    [
        ("xoxb-wrong", "xapp-made-up-app", "SLACK_BOT_TOKEN", "xoxb-wrong"),
        ("xoxb-made-up-bot", "xapp-wrong", "SLACK_APP_TOKEN", "xapp-wrong"),
        ("xapp-made-up-app", "xoxb-made-up-bot", "SLACK_BOT_TOKEN", "xapp-made-up-app"),
        ("xoxb-made-up-bot", "", "SLACK_APP_TOKEN", "xoxb-made-up-bot"),
    ],
)
async def test_a_token_slack_refuses_is_named_and_never_shown(
    bot_token: str,
    app_token: str,
    variable: str,
    wrong: str,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with SlackEmulator(registration(), "socket") as slack:
        access = replace(access_to(slack, "socket"), bot_token=bot_token, app_token=app_token)
        with pytest.raises(PlatformError, match=variable) as caught:
            async with (
                asyncio.timeout(20),
                connected(Platforms(slack=access), Expert(), options=options_in(tmp_path)),
            ):
                pass

    assert wrong not in str(caught.value)
    assert wrong not in caplog.text


async def test_http_needs_a_signing_secret(tmp_path: Path) -> None:
    async with SlackEmulator(registration(), "http") as slack:
        access = replace(access_to(slack, "http"), signing_secret="")
        with pytest.raises(PlatformError, match="SLACK_SIGNING_SECRET"):
            async with connected(Platforms(slack=access), Expert(), options=options_in(tmp_path)):
                pass


async def test_a_slack_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    async with SlackEmulator(registration(), "socket") as slack:
        platforms = Platforms(slack=access_to(slack, "socket"))
    with pytest.raises(PlatformError, match=r"127\.0\.0\.1"):
        async with (
            asyncio.timeout(20),
            connected(platforms, Expert(), options=options_in(tmp_path)),
        ):
            pass


async def test_a_server_that_stumbles_at_first_is_asked_again(tmp_path: Path) -> None:
    async with SlackEmulator(registration(), "socket") as slack:
        slack.faults.plan("auth.test", Fault(500))
        access = access_to(slack, "socket")
        async with connected(Platforms(slack=access), Expert(), options=options_in(tmp_path)):
            await slack.sockets.ready()
