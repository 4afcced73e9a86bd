"""response_url: five messages within thirty minutes, without a token."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.emulators.slack.chat import announce, check_content, written
from tests.emulators.slack.workspace import Json, SlackError, Workspace

if TYPE_CHECKING:
    from tests.emulators.slack.faults import Faults

MAX_USES, LIFE_S = 5, 30 * 60


@dataclass(slots=True)
class Hook:
    """Where one response_url leads: a person in a channel, and the message that was clicked."""

    channel: str
    user: str
    ts: str | None
    made: float
    uses: int = 0


class Hooks:
    """Makes response URLs and serves /hooks/ID."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self._workspace = workspace
        self._faults = faults
        self._hooks: dict[str, Hook] = {}
        self.base = ""
        self.bodies: list[Json] = []  # all that was sent, oldest first

    def make(self, channel: str, user: str, ts: str | None = None) -> str:
        """Returns a new response_url."""
        hook_id = secrets.token_hex(8)
        self._hooks[hook_id] = Hook(channel, user, ts, self._workspace.clock.now())
        return f"{self.base}/hooks/{hook_id}"

    @property
    def made(self) -> list[str]:
        """What tells each response_url from the others; whoever knows it may post."""
        return list(self._hooks)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Takes one message."""
        body: Json = await request.json()
        self.bodies.append(body)
        fault = self._faults.next("response_url", body)
        if fault is not None and fault.slow_s:
            await asyncio.sleep(fault.slow_s)
        elif fault is not None:
            return fault.response()
        try:
            self._use(self._hooks.get(request.match_info["hook"]), body)
        except SlackError as error:
            missing = error.payload["error"] in {"expired_url", "used_url"}
            return web.json_response(error.payload, status=404 if missing else 400)
        finally:
            self._workspace.changes.notify()
        return web.Response(text="ok")

    def _use(self, hook: Hook | None, body: Json) -> None:
        if hook is None or self._workspace.clock.now() - hook.made > LIFE_S:
            raise SlackError("expired_url")
        if hook.uses >= MAX_USES:
            raise SlackError("used_url")
        hook.uses += 1
        if body.get("delete_original"):
            self._original(hook).pop(hook.ts or "", None)
        elif body.get("replace_original") and hook.ts in (original := self._original(hook)):
            check_content(self._workspace, body)
            original[hook.ts] |= {name: body[name] for name in ("text", "blocks") if name in body}
        else:
            self._add(hook, body)

    def _original(self, hook: Hook) -> dict[str, Json]:
        if hook.ts in self._workspace.ephemerals:
            return self._workspace.ephemerals
        return self._workspace.channel(hook.channel).messages

    def _add(self, hook: Hook, body: Json) -> None:
        message = written(self._workspace, body)
        if body.get("thread_ts"):
            message["thread_ts"] = body["thread_ts"]
        if body.get("response_type") == "in_channel":
            channel = self._workspace.channel(hook.channel)
            channel.messages[message["ts"]] = message
            announce(self._workspace, channel, message)
        else:
            shown = {"channel": hook.channel, "to": hook.user}
            self._workspace.ephemerals[message["ts"]] = message | shown
