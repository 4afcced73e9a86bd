"""local-slack: somebody else's Slack, MIT-licensed, one program without an installer."""

from __future__ import annotations

import asyncio
import platform
import shutil
import socket
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

VERSION = "0.1.8"
CONFIG = Path(__file__).with_name("workspace.yaml")
FOLDER = Path(__file__).parents[2] / "build" / "local-slack"
BOT_TOKEN, APP_TOKEN = "xoxb-made-up-bot", "xapp-made-up-app"  # made up
START_S, INSTALL_S = 30.0, 120.0
_CPUS = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


class UnavailableError(Exception):
    """local-slack cannot be had here; the text says why."""


def package_name() -> str:
    """Returns the npm package for this kind of machine."""
    cpu = _CPUS.get(platform.machine().lower(), platform.machine().lower())
    return f"local-slack-{platform.system().lower()}-{cpu}"


def install(folder: Path = FOLDER) -> Path:
    """Returns the program; npm fetches it the first time.

    Raises:
        UnavailableError: There is no npm, or it cannot install the package.
    """
    package = package_name()
    suffix = ".exe" if platform.system() == "Windows" else ""
    program = folder / "node_modules" / package / "bin" / f"local-slack{suffix}"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise UnavailableError("npm is not installed: it comes with Node.js")
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-save", "--prefix", str(folder), f"{package}@{VERSION}"]
    try:
        subprocess.run(  # noqa: S603  # a fixed command
            command, check=True, capture_output=True, text=True, timeout=INSTALL_S
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"npm did not install {package} in {INSTALL_S:.0f} s") from None
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise UnavailableError(f"npm cannot install {package}@{VERSION}: {last}") from None
    return program


def free_port() -> int:
    """Returns a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def running(program: Path, port: int) -> AsyncIterator[str]:
    """Runs local-slack until the block ends; yields its address.

    Raises:
        UnavailableError: It ended, or did not answer in time.
    """
    process = await asyncio.create_subprocess_exec(
        program, "--config", CONFIG, "--port", str(port),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://localhost:{port}"
    try:
        await _answers(url, process)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(url: str, process: asyncio.subprocess.Process) -> None:
    """Waits until local-slack answers."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(START_S):
        while process.returncode is None:
            try:
                async with session.get(f"{url}/_control/state"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
    raise UnavailableError(f"local-slack ended with status {process.returncode}")
