"""Slack by HTTP: nothing is parsed unsigned, and nothing odd leaves a traceback."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import io
import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.slack import deliveries
from tests.bot.slack.test_install import running
from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.slack_rig import slack_stage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.slack.server import SlackEmulator

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
DEEP = b"[" * 100_000
ODD = [
    (JSON, b""),
    (JSON, b"{"),
    (JSON, b"null"),
    (JSON, b"[1]"),
    (JSON, b'"text"'),
    (JSON, DEEP),
    (JSON, b'{"a":' * 50_000),
    (JSON, b"\xff\xfe"),
    (JSON, b'{"type": "event_callback"}'),
    (JSON, b'{"type": "event_callback", "event": null}'),
    (JSON, b'{"type": "event_callback", "event": "x"}'),
    (JSON, b'{"type": "event_callback", "event": {"type": 5}}'),
    (FORM, b"payload={"),
    (FORM, b"payload=[]"),
    (FORM, b"payload=7"),
    (FORM, b"payload=" + DEEP),
    (FORM, b'payload={"type":"block_actions","actions":[]}'),
    (FORM, b'payload={"type":"block_actions","actions":[5]}'),
    (FORM, b'payload={"type":"view_submission","view":[]}'),
    (FORM, b"&" * 10_000),
    ("text/plain; charset=nonsense", b"{}x"),
]


def signed(slack: SlackEmulator, body: bytes, at: float | None = None) -> dict[str, str]:
    now = str(int(time.time() if at is None else at))
    secret = slack.registration.signing_secret.encode()
    digest = hmac.new(secret, f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}"}


async def answered(slack: SlackEmulator, body: Any, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.http.request_url, data=body, headers=headers) as response,
    ):
        await response.read()
        return response.status


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(("kind", "body"), ODD)
async def test_what_slack_would_not_deliver_is_400_even_signed(
    kind: str, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack_stage("http") as (_, slack):
        headers = signed(slack, body) | {"Content-Type": kind}
        assert await answered(slack, body, headers) == 400
    assert tracebacks(caplog) == []


async def test_nothing_unsigned_is_parsed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c"}).encode()
    async with slack_stage("http") as (_, slack):
        right = signed(slack, body)
        assert await answered(slack, body, right | {"Content-Type": JSON}) == 200

        def parsed(*_: object) -> None:
            raise AssertionError("it was parsed")

        monkeypatch.setattr(deliveries, "AsyncBoltRequest", parsed)
        for wrong in (
            {},
            {"X-Slack-Signature": right["X-Slack-Signature"]},
            right | {"X-Slack-Request-Timestamp": "soon"},
            right | {"X-Slack-Request-Timestamp": "9" * 5000},
            right | {"X-Slack-Request-Timestamp": "1e9"},
            right | {"X-Slack-Signature": "v0=ü"},
            right | {"X-Slack-Signature": ""},
            signed(slack, b"another body"),
            signed(slack, body, at=time.time() - 301),
            signed(slack, body, at=time.time() + 330),
        ):
            for content in (body, DEEP, b"{"):
                status = await answered(slack, content, wrong | {"Content-Type": JSON})
                assert status == 401, wrong
    assert tracebacks(caplog) == []


async def test_a_body_is_read_no_further_than_its_limit(caplog: pytest.LogCaptureFixture) -> None:
    async def endless() -> Any:
        while True:
            yield b"x" * 65_536

    async with slack_stage("http") as (_, slack):
        long = b"x" * (deliveries.MAX_BODY_BYTES + 1)
        assert await answered(slack, io.BytesIO(long), signed(slack, long)) == 413
        with contextlib.suppress(aiohttp.ClientConnectionError):  # or it is cut off while it sends
            assert await answered(slack, endless(), signed(slack, b"")) == 413
    assert tracebacks(caplog) == []


async def test_a_body_has_a_deadline(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deliveries, "BODY_DEADLINE_S", 0.1)
    async with slack_stage("http") as (_, slack):
        port = urlsplit(slack.http.request_url).port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = "".join(f"{name}: {value}\r\n" for name, value in signed(slack, b"{}").items())
        writer.write(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}".encode())
        writer.write(b"Content-Length: 100\r\n\r\n{")
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.read()  # until the bot closes
        assert answer.startswith(b"HTTP/1.1 408 ")
        writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}".encode())
        writer.write(b"Content-Length: 100\r\n\r\n{")
        writer.close()  # a body that breaks off
        await writer.wait_closed()
    assert tracebacks(caplog) == []


@pytest.mark.parametrize("page", ["install", "oauth_redirect"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("code=%00&state=%00", 400),
        ("code=" + "x" * 5000, 400),
        ("state=%ff&code=%ff", None),
        ("code=1&code=2&state=a&state=b", None),
        ("code[]=1&state={", None),
        ("error=access_denied", None),
        ("", None),
    ],
)
async def test_a_strange_installation_leaves_no_traceback(
    page: str, query: str, expected: int | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        running(tmp_path) as (_, base, browser),
        browser.get(f"{base}/slack/{page}?{query}", data=b"\xff") as response,
    ):
        assert response.status in ({expected} if expected else {200, 302, 400, 401})
    assert tracebacks(caplog) == []
