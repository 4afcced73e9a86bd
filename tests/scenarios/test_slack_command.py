"""`clipping slack` as people run it: the real command, the real models, our Slack."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE
from tests.scenarios.articles import ARTICLES
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.slack_rig import registration
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium, Stage

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator

ROOT = Path(__file__).parents[2]
START_S = 120.0  # loading models on a busy machine


@asynccontextmanager
async def command(
    slack: SlackEmulator, folder: Path, encoders: Path, **more: str
) -> AsyncIterator[Process]:
    """`clipping slack` in a folder of its own, so that no .env is read."""
    (folder / "library").mkdir()
    (folder / "library" / "encoders").symlink_to(encoders)
    articles = folder / "articles"
    articles.mkdir()
    for article in ARTICLES:
        (articles / article.slug).write_bytes(article.text.encode())
    app = slack.registration
    settings = {
        "SLACK_BOT_TOKEN": app.bot_token, "SLACK_APP_TOKEN": app.app_token,
        "SLACK_SIGNING_SECRET": app.signing_secret, "SLACK_API_URL": slack.api_url, "PORT": "0",
        "ARTICLES": str(articles), "LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'state.db'}", **more,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "slack", cwd=folder, env=os.environ | settings,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


@pytest.mark.model
@pytest.mark.slow
async def test_the_command_answers_from_a_folder_of_articles(
    tmp_path: Path, encoders: Path
) -> None:
    async with (
        SlackEmulator(registration(), "socket") as slack,
        command(slack, tmp_path, encoders) as process,
    ):

        async def stop() -> None:
            process.terminate()
            await process.communicate()

        await slack.workspace.changes.wait_for(
            lambda: bool(slack.sockets.connections), "the bot to connect", within_s=START_S
        )
        stage = Stage(SlackDriver(slack, stop), ARTICLES)
        public = await stage.alice.asks("Where did the firm move its headquarters?")
        private = await stage.bob.asks("Where did the firm move its headquarters?", Medium.COMMAND)
        for question in (public, private):
            reply = await question.reply()
            assert "Wiesbaden" in reply.quotes[0]
            assert "Wiesbaden" in reply.plain
        await stage.end()
        assert process.returncode == 0


@pytest.mark.model
@pytest.mark.slow
async def test_what_the_agent_pane_suggests_is_answered(tmp_path: Path, encoders: Path) -> None:
    async with (
        SlackEmulator(registration(), "socket") as slack,
        command(slack, tmp_path, encoders, ARTICLES=str(ROOT / "seeds")),
    ):
        changes, prompts = slack.workspace.changes, slack.workspace.prompts
        await changes.wait_for(
            lambda: bool(slack.sockets.connections), "the bot to connect", within_s=START_S
        )
        direct = slack.workspace.direct(ALICE).id
        opened = {"type": "app_home_opened", "user": ALICE, "tab": "messages", "channel": direct}
        async with asyncio.timeout(START_S):
            while not prompts:  # examples are found after the start
                slack.people.event(opened)
                await asyncio.sleep(0.5)
        suggested = [prompt["message"] for prompt in prompts[0]["prompts"]]
        for question in suggested:
            slack.people.say(ALICE, direct, question)
        await changes.wait_for(
            lambda: len(slack.workspace.posted(direct)) == len(suggested), "the answers"
        )
        answers = [read(message).quotes for message in slack.workspace.posted(direct)]
    assert len(suggested) == 3
    assert all(answers)


@pytest.mark.model
@pytest.mark.slow
async def test_the_command_names_a_token_that_is_refused_and_ends(
    tmp_path: Path, encoders: Path
) -> None:
    async with (
        SlackEmulator(registration(), "socket") as slack,
        command(slack, tmp_path, encoders, SLACK_APP_TOKEN="xapp-wrong") as process,  # noqa: S106  # made up
    ):
        async with asyncio.timeout(START_S):
            _, said = await process.communicate()

    assert process.returncode == 2
    assert "SLACK_APP_TOKEN" in said.decode()
    assert "xapp-wrong" not in said.decode()
