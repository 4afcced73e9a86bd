"""Installing the app into a workspace, from the first click to the first answer there."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sqlite3
import time
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.fernet import Fernet

from bot.cli.serving import Platforms, connected
from bot.desk.service import Options
from bot.slack.access import Access
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.fakes import from_all_folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

# slack_sdk's own use of aiohttp; it will have to change before aiohttp 4.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

SECRET = "made-up-signing-secret"  # noqa: S105  # made up


class Slacks:
    """Just enough of Slack to install an app in two workspaces and to hear its replies."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, str]] = []
        self.heard = asyncio.Event()
        self.enterprise: str | None = None
        self.org_wide = False

    async def call(self, request: web.Request) -> web.Response:
        method, fields = request.match_info["method"], dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "oauth.v2.access":
            team = f"T{fields['code']!s}"
            installed = self.enterprise if self.org_wide else team
            enterprise = self.enterprise and {"id": self.enterprise, "name": "Grid"}
            return web.json_response({
                "ok": True, "app_id": "A1", "access_token": f"xoxb-of-{installed}",
                "token_type": "bot", "bot_user_id": "U0", "scope": "chat:write",
                "team": None if self.org_wide else {"id": team, "name": team},
                "authed_user": {"id": "U1"}, "enterprise": enterprise,
                "is_enterprise_install": self.org_wide,
            })  # fmt: skip
        if method == "auth.test":
            return web.json_response({
                "ok": True, "bot_id": "B1", "user_id": "U0", "team_id": token[-2:], "url": "x",
            })  # fmt: skip
        self.posts.append((token, str((await body(request)).get("text", ""))))
        self.heard.set()
        return web.json_response({"ok": True, "ts": "2.1", "message": {"thread_ts": "1.1"}})

    async def replies(self, count: int) -> list[tuple[str, str]]:
        async with asyncio.timeout(10):
            while len(self.posts) < count:
                self.heard.clear()
                await self.heard.wait()
        return self.posts


async def body(request: web.Request) -> dict[str, Any]:
    fields: dict[str, Any] = (
        await request.json()
        if request.content_type == "application/json"
        else dict(await request.post())
    )
    return fields


@from_all_folders
def echo(question: str) -> Answer:
    return Answer(
        question,
        (Finding(Quote(Article("a.txt", None, question), 0, len(question)), None, 0.9),),
    )


@asynccontextmanager
async def running(path: Path) -> AsyncIterator[tuple[Slacks, str, aiohttp.ClientSession]]:
    slacks = Slacks()
    application = web.Application()
    application.router.add_post("/api/{method}", slacks.call)
    options = Options(database_url=f"sqlite:///{path}/state.db")
    async with TestServer(application) as server, aiohttp.ClientSession() as browser:
        access = Access(
            signing_secret=SECRET, mode="http", port=0, api_url=str(server.make_url("/api/")),
            client_id="1.2", client_secret=SECRET, token_key=Fernet.generate_key().decode(),
        )  # fmt: skip
        async with connected(Platforms(slack=access), echo, options=options) as serving:
            yield slacks, f"http://127.0.0.1:{serving.port}", browser


async def install(base: str, browser: aiohttp.ClientSession, code: str) -> int:
    """Click "Add to Slack", agree, and come back."""
    async with browser.get(f"{base}/slack/install") as page:
        state = (await page.text()).partition("state=")[2].partition("&")[0]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    back = f"{base}/slack/oauth_redirect?code={code}&state={state}"
    async with browser.get(back, headers={"Cookie": cookie}) as page:
        return page.status


async def tell(
    base: str,
    browser: aiohttp.ClientSession,
    team: str | None,
    event: dict[str, Any],
    **more: Any,
) -> int:
    """Deliver an event of that workspace, signed."""
    payload = json.dumps({
        "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": "Ev1",
        "event_time": 1, "event": event, **more,
    })  # fmt: skip
    return await deliver(base, browser, payload, "application/json")


async def deliver(base: str, browser: aiohttp.ClientSession, payload: str, kind: str) -> int:
    """Deliver what Slack sends, signed."""
    now = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), f"v0:{now}:{payload}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": kind, "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": f"v0={signed}",
    }  # fmt: skip
    async with browser.post(f"{base}/slack/events", data=payload, headers=headers) as answer:
        return answer.status


def mention(text: str) -> dict[str, Any]:
    return {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": text}


async def test_each_workspace_is_answered_with_its_own_token(tmp_path: Path) -> None:
    async with running(tmp_path) as (slacks, base, browser):
        assert await install(base, browser, "1") == 200
        assert await install(base, browser, "2") == 200
        for team in ("T1", "T2"):
            assert await tell(base, browser, team, mention(f"<@U0> {team}?")) == 200
        posts = await slacks.replies(2)

    assert {(token, text[1:4]) for token, text in posts} == {
        ("xoxb-of-T1", "T1?"),
        ("xoxb-of-T2", "T2?"),
    }
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"xoxb-of-" not in kept


async def test_a_workspace_that_removes_the_app_leaves_nothing_and_is_not_answered(
    tmp_path: Path,
) -> None:
    def left() -> list[int]:
        with closing(sqlite3.connect(tmp_path / "state.db")) as database:
            return [
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("slack_bots", "slack_installations", "claims")
            ]

    async with running(tmp_path) as (slacks, base, browser):
        await install(base, browser, "1")
        await tell(base, browser, "T1", mention("<@U0> first?"))
        await slacks.replies(1)
        before = left()
        await tell(base, browser, "T1", {"type": "app_uninstalled"})
        async with asyncio.timeout(10):
            while any(left()):
                await asyncio.sleep(0.02)
        await tell(base, browser, "T1", {**mention("<@U0> again?"), "ts": "2.2"})

    assert before == [1, 1, 1]
    assert len(slacks.posts) == 1
