"""What happens when Slack does not let the bot in: it must say so at once, not wait in silence."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.cli.serving import Platforms, connected
from bot.slack import token_watch
from bot.slack.token_watch import DEAD
from config.errors import PlatformError
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, GENERAL
from tests.scenarios.articles import Expert
from tests.scenarios.rig import options_in
from tests.scenarios.slack_rig import access_to, registration

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.serving import Serving
    from tests.scenarios.slack_rig import Mode


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


async def problem_of_slack(serving: Serving) -> str:
    """Returns what /readyz says is wrong with Slack; empty if nothing."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{serving.health_port}/readyz") as response,
    ):
        problem = (await response.json())["problems"].get("slack", "")
        assert response.status == (503 if problem else 200)
        return str(problem)


async def until_slack(serving: Serving, words: str) -> None:
    """Waits until /readyz says those words of Slack; empty for nothing wrong."""
    async with asyncio.timeout(20):
        while (
            bool(problem := await problem_of_slack(serving)) != bool(words) or words not in problem
        ):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("code", sorted(DEAD))
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_token_that_dies_while_running_is_named_once_and_its_questions_wait(
    code: str,
    mode: Mode,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    monkeypatch.setattr(token_watch, "PAUSES_S", (0.3,))
    async with SlackEmulator(registration(), mode) as slack:
        options = options_in(tmp_path)
        async with connected(
            Platforms(slack=access_to(slack, mode)), Expert(), options=options
        ) as serving:
            slack.http.request_url = f"http://127.0.0.1:{serving.port}/slack/events"
            await slack.deliveries.transport.ready()
            refused = Fault(200, code, times=999)
            slack.faults.plan("chat.postMessage", refused)
            slack.faults.plan("auth.test", refused)
            slack.people.say(ALICE, GENERAL, "Where is the headquarters?", mention=True)
            await until_slack(serving, "SLACK_BOT_TOKEN")
            await asyncio.sleep(1.0)
            tried = len(slack.api.called("chat.postMessage"))
            refused.times = 0
            await until_slack(serving, "")
            await slack.workspace.changes.wait_for(
                lambda: bool(slack.workspace.posted(GENERAL)), "the question that waited"
            )
    assert tried == 1
    assert len(slack.workspace.posted(GENERAL)) == 1
    lines = [record for record in caplog.records if "SLACK_BOT_TOKEN" in record.getMessage()]
    assert [record.levelname for record in lines] == ["ERROR", "INFO"]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("code", "said"), [("not_allowed", "not_allowed"), ("invalid_auth", "SLACK_APP_TOKEN")]
)
async def test_a_socket_that_slack_does_not_give_is_asked_for_after_growing_pauses(
    code: str, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackEmulator(registration(), "socket") as slack:
        access = replace(access_to(slack, "socket"), ping_every_s=0.2)
        async with connected(
            Platforms(slack=access), Expert(), options=options_in(tmp_path)
        ) as serving:
            await slack.sockets.ready()
            refused = Fault(200, code, times=999)
            slack.faults.plan("apps.connections.open", refused)
            before = len(slack.api.called("apps.connections.open"))
            await slack.sockets.disconnect("link_disabled")
            await until_slack(serving, said)
            await asyncio.sleep(4.5)
            asked = len(slack.api.called("apps.connections.open")) - before
            lines = len(caplog.records)
            refused.times = 0
            await until_slack(serving, "")
            slack.people.say(ALICE, GENERAL, "Where is the headquarters?", mention=True)
            await slack.workspace.changes.wait_for(
                lambda: bool(slack.workspace.posted(GENERAL)), "an answer"
            )
    assert 2 <= asked <= 3  # at once, after 1 s, after 2 s more
    assert lines < 60
