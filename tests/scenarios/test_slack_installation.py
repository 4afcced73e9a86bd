"""Many workspaces: the app is installed by OAuth, answers, and is removed again."""

from __future__ import annotations

import html
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest
from cryptography.fernet import Fernet

from bot.cli.serving import Platforms
from tests.emulators.slack.server import SlackEmulator
from tests.scenarios.articles import ARTICLES, MOVE, Expert
from tests.scenarios.rig import RunningBot, options_in, played
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.slack_rig import access_to, registration
from tests.scenarios.stage import Medium, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

# slack_sdk 3.47 uses what aiohttp 3.14 calls deprecated, in oauth.v2.access alone.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

WHERE = "Where is the headquarters?"


@asynccontextmanager
async def many_stage(folder: Path) -> AsyncIterator[tuple[Stage, SlackEmulator]]:
    async with SlackEmulator(registration(), "http") as slack:
        app = slack.registration
        access = replace(
            access_to(slack, "http"), bot_token="", app_token="", client_id=app.client_id,
            client_secret=app.client_secret, token_key=Fernet.generate_key().decode(),
        )  # fmt: skip
        bot = RunningBot(Platforms(slack=access), Expert(), options_in(folder))
        port = (await bot.start()).port
        slack.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        stage = Stage(SlackDriver(slack, bot.stop), ARTICLES)
        async with played(stage, bot.stop):
            yield stage, slack


async def install(slack: SlackEmulator, *, state: str | None = None) -> int:
    """Goes through the pages as an admin's browser does; returns the status of the last page."""
    start = slack.http.request_url.removesuffix("events") + "install"
    async with aiohttp.ClientSession() as browser:
        async with browser.get(start) as page:
            links = re.findall(r'href="([^"]*authorize[^"]*)"', await page.text())
            cookie = page.headers["Set-Cookie"].partition(";")[0]  # Secure: not sent over http
        async with browser.get(html.unescape(links[0]), allow_redirects=False) as page:
            back = page.headers["Location"]
        if state is not None:
            back = back.partition("&state=")[0] + f"&state={state}"
        async with browser.get(back, headers={"Cookie": cookie}) as page:
            return page.status


async def test_an_installed_app_answers_and_keeps_no_readable_token(tmp_path: Path) -> None:
    async with many_stage(tmp_path) as (stage, slack):
        assert await install(slack) == 200
        public = await stage.alice.asks(WHERE)
        private = await stage.bob.asks(WHERE, Medium.COMMAND)
        assert (await public.reply()).quotes == (MOVE,)
        assert (await private.reply()).quotes == (MOVE,)

    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert slack.registration.bot_token.encode() not in stored


async def test_an_installation_that_nobody_here_began_is_refused(tmp_path: Path) -> None:
    async with many_stage(tmp_path) as (stage, slack):
        assert await install(slack, state="forged") == 400
        (await stage.alice.asks(WHERE)).gone = True

    assert slack.workspace.posted("C01GENERAL") == []


async def test_after_the_app_was_removed_its_token_is_gone(tmp_path: Path) -> None:
    async with many_stage(tmp_path) as (stage, slack):
        assert await install(slack) == 200
        await (await stage.alice.asks(WHERE)).reply()
        slack.people.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}})
        await stage.driver.until(lambda: slack.deliveries.idle, "the news to arrive")
        (await stage.alice.asks(WHERE)).gone = True

    assert len(slack.api.called("chat.postMessage")) == 1
