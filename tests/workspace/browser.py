"""A browser without a window: just enough of it to open a page and take a picture."""

from __future__ import annotations

import asyncio
import base64
import shutil
from contextlib import asynccontextmanager
from itertools import count
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.workspace.local_slack import UnavailableError, free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATIENCE_S = 30.0
LOOK_AGAIN_S = 0.1


class Page:
    """One open page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = count(1)

    async def open(self, url: str) -> None:
        """Goes to an address."""
        await self._call("Page.navigate", url=url)

    async def run(self, script: str) -> Any:
        """Returns the value of some JavaScript."""
        answer = await self._call("Runtime.evaluate", expression=script, returnByValue=True)
        return answer["result"].get("value")

    async def until(self, script: str) -> None:
        """Waits for some JavaScript to be true."""
        async with asyncio.timeout(PATIENCE_S):
            while not await self.run(script):
                await asyncio.sleep(LOOK_AGAIN_S)

    async def picture(self) -> bytes:
        """Returns the page as a PNG."""
        shot = await self._call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])

    async def _call(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer: dict[str, Any] = await self._socket.receive_json()
            if answer.get("id") == number:
                result: dict[str, Any] = answer["result"]
                return result


@asynccontextmanager
async def browser(width: int, height: int) -> AsyncIterator[Page]:
    """A page of that size until the block ends.

    Raises:
        UnavailableError: There is no Chromium.
    """
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise UnavailableError("Chromium is not installed")
    port = free_port()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "about:blank"]
        options += [f"--user-data-dir={profile}", f"--window-size={width},{height}"]
        process = await asyncio.create_subprocess_exec(
            program,
            f"--remote-debugging-port={port}",
            *options,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with aiohttp.ClientSession() as session:
                url = await _page_url(session, port)
                async with session.ws_connect(url, max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            process.terminate()
            await process.wait()


async def _page_url(session: aiohttp.ClientSession, port: int) -> str:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as response:
                    pages = [page for page in await response.json() if page["type"] == "page"]
                    if pages:
                        return str(pages[0]["webSocketDebuggerUrl"])
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(LOOK_AGAIN_S)
