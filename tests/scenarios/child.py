"""The bot as a child process: it can be killed in the middle of its work."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.articles import ARTICLES
from tests.scenarios.rig import played
from tests.scenarios.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from tests.scenarios.rig import PlatformT, Reachable


class BotProcess:
    """One process after the other, all with the same database."""

    def __init__(
        self, platform: Reachable, folder: Path, module: str = "tests.scenarios.process"
    ) -> None:
        self._platform = platform
        self._folder = folder
        self._module = module
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *, patient: bool, quiet: bool = False) -> None:
        """Starts a process and waits until it listens; a patient one answers every question."""
        access = json.dumps(asdict(self._platform.access))
        extra = ["patient"] if patient else []
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self._module, access, self._folder, *extra,
            stdout=asyncio.subprocess.DEVNULL if quiet else asyncio.subprocess.PIPE,
        )  # fmt: skip
        ready = asyncio.create_task(self._platform.ready())
        ended = asyncio.create_task(self._process.wait())
        done, left = await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        assert ended not in done, "the bot ended instead of listening"
        await ready  # it raises where nobody came

    async def begins(self) -> str:
        """Waits until the process works on a question, and returns the question."""
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            return (await self._process.stdout.readline()).decode().strip()

    async def kill(self) -> None:
        """Ends the process without a chance to do anything about it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
            await self._platform.deserted()

    async def stop(self) -> None:
        """Stops the process politely."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            async with asyncio.timeout(PATIENCE_S):
                await self._process.wait()


@asynccontextmanager
async def process_stage(
    opening: AbstractAsyncContextManager[PlatformT], folder: Path
) -> AsyncIterator[tuple[Stage, PlatformT, BotProcess]]:
    """A platform whose bot is a process, to be started by the scenario."""
    async with opening as platform:
        bot = BotProcess(platform, folder)
        stage = Stage(platform.driver(bot.stop), ARTICLES)
        async with played(stage, bot.kill):
            yield stage, platform, bot
