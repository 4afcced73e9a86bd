"""The bot as a child process: it can be killed in the middle of its work."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.discord_rig import access_to

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.discord.server import DiscordEmulator


class BotProcess:
    """One process after the other, all with the same database."""

    def __init__(self, discord: DiscordEmulator, folder: Path) -> None:
        self._discord = discord
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *, patient: bool, quiet: bool = False) -> None:
        """Start one and wait until it listens; a patient one answers every question."""
        access = json.dumps(asdict(access_to(self._discord)))
        extra = ["patient"] if patient else []
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.scenarios.discord_process", access, self._folder, *extra,
            stdout=asyncio.subprocess.DEVNULL if quiet else asyncio.subprocess.PIPE,
        )  # fmt: skip
        ready = asyncio.create_task(self._discord.gateway.ready())
        ended = asyncio.create_task(self._process.wait())
        done, left = await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        assert ended not in done, "the bot ended instead of listening"

    async def begins(self) -> str:
        """Wait until it works on a question, and say on which."""
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            return (await self._process.stdout.readline()).decode().strip()

    async def kill(self) -> None:
        """End it without a chance to do anything about it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
            gone = lambda: not self._discord.gateway.sockets  # noqa: E731  # read at once
            await self._discord.world.changes.wait_for(gone, "its connection to be gone")

    async def stop(self) -> None:
        """Stop it politely."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            async with asyncio.timeout(PATIENCE_S):
                await self._process.wait()
