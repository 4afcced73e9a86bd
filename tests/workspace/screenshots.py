"""Take the README's pictures: the real bot in local-slack, over the articles in seeds/.

python -m tests.workspace.screenshots [FOLDER]
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import aiohttp
import click

from tests.workspace.__main__ import environment
from tests.workspace.browser import browser
from tests.workspace.interpreter import interpreted
from tests.workspace.local_slack import free_port, install, running

if TYPE_CHECKING:
    from tests.workspace.browser import Page

WIDTH, HEIGHT = 1280, 720
ALICE, GENERAL, BOT = "U01ALICE", "C01GENERAL", "U0BOT"
QUESTION = "When did Russia's full-scale invasion begin?"
NOT_IN_ARTICLES = "What is the population of Kyiv?"
START_S, ANSWER_S = 120.0, 30.0


class Room:
    """The channel, through local-slack's interface for tests."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._control = f"{url}/_control"
        self._session = session

    async def post(self, what: str, **details: Any) -> dict[str, Any]:
        """Does something as Alice."""
        body = {"channel": GENERAL, "user": ALICE, **details}
        async with self._session.post(f"{self._control}/{what}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def ask(self, question: str) -> None:
        """Mentions the bot and waits for its reply."""
        said = await self.post("message", text=f"<@{BOT}> {question}")
        thread: str = said["message"]["ts"]
        async with asyncio.timeout(ANSWER_S):
            while not [each for each in await self.messages() if each.get("thread_ts") == thread]:
                await asyncio.sleep(0.05)

    async def messages(self) -> list[dict[str, Any]]:
        """Returns everything said in the channel."""
        async with self._session.get(f"{self._control}/messages/{GENERAL}") as response:
            found: list[dict[str, Any]] = (await response.json())["messages"]
            return found

    async def connected(self) -> None:
        """Waits for the bot."""
        async with asyncio.timeout(START_S):
            while True:
                async with self._session.get(f"{self._control}/log") as response:
                    if "hello" in await response.text():
                        return
                await asyncio.sleep(0.1)


async def take(folder: Path) -> None:
    """Asks and clicks, and takes a picture of each reply."""
    program = await asyncio.to_thread(install)
    with TemporaryDirectory() as state:
        async with (
            running(program, free_port()) as url,
            interpreted(url) as api_url,
            aiohttp.ClientSession() as session,
        ):
            bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "slack", env=environment(api_url, state)
            )
            try:
                room = Room(url, session)
                await room.connected()
                async with browser(WIDTH, HEIGHT) as page:
                    await _pictures(room, page, url, folder)
            finally:
                bot.terminate()
                await bot.wait()


async def _pictures(room: Room, page: Page, url: str, folder: Path) -> None:
    await room.ask(NOT_IN_ARTICLES)
    await room.ask(QUESTION)
    await _open_last_thread(page, url, "Show context")
    await _save(page, folder / "slack-answer.png")
    await page.run(_click("Show context"))
    await page.until(_shows("Hide context"))
    await room.post("command", command="/ask", text=QUESTION)
    await page.until(_shows("Share"))
    await _save(page, folder / "slack-private.png")


async def _open_last_thread(page: Page, url: str, words: str) -> None:
    """Opens the channel with the thread beside it, as whoever clicks on the reply sees it."""
    await page.open(url)
    await page.until("document.querySelector('.thread-summary') !== null")
    await page.run("[...document.querySelectorAll('.thread-summary')].at(-1).click()")
    await page.until(_shows(words))


def _shows(words: str) -> str:
    return f"document.body.innerText.includes({json.dumps(words)})"


def _click(words: str) -> str:
    return (
        "[...document.querySelectorAll('button')].filter("
        f"each => each.innerText === {json.dumps(words)}).at(-1).click()"
    )


async def _save(page: Page, path: Path) -> None:
    path.write_bytes(await page.picture())
    click.echo(f"{path}: {path.stat().st_size // 1024} KiB")


@click.command(help=__doc__)
@click.argument("folder", default="docs", type=click.Path(path_type=Path))
def main(folder: Path) -> None:
    """Takes the pictures."""
    folder.mkdir(exist_ok=True)
    asyncio.run(take(folder))


if __name__ == "__main__":
    main()
