"""HTTP delivery: signed POST requests to the app's request URL."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from tests.emulators.slack.delivery import ACK_TIMEOUT_S, UndeliveredError

if TYPE_CHECKING:
    from tests.emulators.slack.workspace import Json, Workspace


class SignedHttp:
    """The transport over HTTP."""

    def __init__(self, workspace: Workspace, signing_secret: str) -> None:
        self._workspace = workspace
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None
        self.request_url = ""

    def signature(self, body: str, at: float) -> dict[str, str]:
        """Returns the two headers that prove who sent a body, and when."""
        stamp = str(int(at))
        message = f"v0:{stamp}:{body}".encode()
        digest = hmac.new(self._secret.encode(), message, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def post(self, kind: str, payload: Json, **headers: str) -> tuple[int, Any, bool]:
        """POSTs one payload; returns the status, the body, and whether retries are welcome.

        Keyword arguments replace headers, underscores standing for hyphens.
        """
        body, content_type = _encoded(kind, payload)
        sent = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (made up)"}
        sent |= self.signature(body, self._workspace.clock.now())
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=ACK_TIMEOUT_S)
        async with self._session.post(
            self.request_url, data=body.encode(), headers=sent, timeout=limit
        ) as response:
            text = await response.text()
            answer = json.loads(text) if text.startswith("{") else text
            return response.status, answer, response.headers.get("X-Slack-No-Retry") != "1"

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Any:
        """Hands over one payload; anything but a 2xx in time is a failure."""
        retry = {"X_Slack_Retry_Num": str(attempt), "X_Slack_Retry_Reason": reason}
        try:
            status, answer, welcome = await self.post(kind, payload, **(retry if attempt else {}))
        except TimeoutError:
            raise UndeliveredError("http_timeout") from None
        except aiohttp.ClientError:
            raise UndeliveredError("connection_failed") from None
        if not 200 <= status < 300:
            raise UndeliveredError("http_error", retry=welcome)
        return answer

    async def ready(self) -> None:
        """Returns at once: each attempt makes its own connection."""

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()


def _encoded(kind: str, payload: Json) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    if kind == "slash_commands":
        return urlencode(payload), form
    return urlencode({"payload": json.dumps(payload)}), form
