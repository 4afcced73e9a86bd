"""The Web API over HTTP: decode, check the token and the scope, do it, write it down."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.emulators.slack import chat, directory, surfaces
from tests.emulators.slack.methods import Method
from tests.emulators.slack.workspace import Json, SlackError, Workspace

if TYPE_CHECKING:
    from tests.emulators.slack.faults import Fault, Faults
    from tests.emulators.slack.registration import Registration

# Clients send these as JSON inside a form.
_NESTED = frozenset({"blocks", "attachments", "view", "metadata", "prompts", "chunks",
                     "loading_messages", "outputs"})  # fmt: skip
_METHODS: dict[str, Method] = {**chat.METHODS, **directory.METHODS, **surfaces.METHODS}


@dataclass(frozen=True, slots=True)
class Call:
    """One call the app made, and what it was told."""

    method: str
    args: Json
    answer: Json
    at: float


class WebApi:
    """Serves /api/METHOD."""

    def __init__(
        self, workspace: Workspace, registration: Registration, faults: Faults, connect: Any
    ) -> None:
        self._workspace = workspace
        self._registration = registration
        self._faults = faults
        self._methods = {**_METHODS, "apps.connections.open": Method(lambda _w, _a: connect())}
        self._stopped = asyncio.Event()
        self.calls: list[Call] = []

    def called(self, method: str) -> list[Call]:
        """Returns the calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answers one call as Slack would."""
        method, args = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = args.pop("token", "") or token
        fault = self._faults.next(method, args)
        if fault is not None and fault.slow_s:
            await asyncio.sleep(fault.slow_s)
            fault = None
        if fault is None or fault.too_late:
            answer = self._answer(method, args, token)
        else:
            answer = {"ok": False, "error": fault.error}
        self.calls.append(Call(method, args, answer, self._workspace.clock.now()))
        self._workspace.changes.notify()
        if fault is not None:
            return await self._fail(request, fault)
        headers = {
            "X-OAuth-Scopes": ",".join(sorted(self._registration.scopes)),
            "X-Slack-Req-Id": secrets.token_hex(8),
        }
        return web.json_response(answer, headers=headers)

    async def _fail(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.silent:
            await self._stopped.wait()
        if (fault.silent or fault.status == 0) and request.transport is not None:
            request.transport.abort()
        return fault.response()

    def stop(self) -> None:
        """Releases the calls that were never answered."""
        self._stopped.set()

    def _answer(self, name: str, args: Json, token: str) -> Json:
        try:
            method = self._method(name)
            self._check_token(name, token)
            self._check_scope(method)
            return {"ok": True, **method.run(self._workspace, args)}
        except SlackError as error:
            return error.payload

    def _check_scope(self, method: Method) -> None:
        if not method.allowed(self._registration.scopes):
            provided = ",".join(sorted(self._registration.scopes))
            raise SlackError("missing_scope", needed=method.scope, provided=provided)

    def _method(self, name: str) -> Method:
        try:
            return self._methods[name]
        except KeyError:
            self._workspace.problems.append(f"{name} is not a method this emulator knows")
            raise SlackError("unknown_method", req_method=name) from None

    def _check_token(self, method: str, token: str) -> None:
        known = (self._registration.bot_token, self._registration.app_token)
        if not token:
            raise SlackError("not_authed")
        if method.startswith("functions.") and token.startswith("xwfp-"):
            return  # a workflow step gets a token of its own with its event
        if token not in known:
            raise SlackError("invalid_auth")
        if (token == self._registration.app_token) != (method == "apps.connections.open"):
            raise SlackError("not_allowed_token_type")


async def _arguments(request: web.Request) -> Json:
    """Decodes what the clients send: a query, a form, or JSON, which may come with no body."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= json.loads(await request.text() or "{}")
    elif request.content_type.startswith("multipart/"):
        args |= dict(await request.post())
    else:
        args |= dict(parse_qsl(await request.text(), keep_blank_values=True))
    for name in _NESTED & args.keys():
        if isinstance(args[name], str):
            args[name] = json.loads(args[name])
    return args
