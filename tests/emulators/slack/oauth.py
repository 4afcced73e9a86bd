"""Installing the app: the page where an admin allows it, and a token for the code it gives."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from tests.emulators.slack.workspace import ALICE, APP_ID, BOT_USER, TEAM, Json

if TYPE_CHECKING:
    from tests.emulators.slack.registration import Registration
    from tests.emulators.slack.signed_http import SignedHttp


class OAuth:
    """Serves /oauth/v2/authorize and /api/oauth.v2.access. Every admin says yes."""

    def __init__(self, registration: Registration, http: SignedHttp) -> None:
        self._registration = registration
        self._http = http
        self._codes: set[str] = set()

    async def authorize(self, request: web.Request) -> web.Response:
        """Sends the admin back with a code, if the app asks for what the manifest declares."""
        wanted = frozenset(request.query["scope"].split(","))
        known = request.query["client_id"] == self._registration.client_id
        if not known or wanted != self._registration.scopes:
            return web.Response(status=400, text="invalid_scope or invalid_client_id")
        code = secrets.token_hex(8)
        self._codes.add(code)
        back = self._http.request_url.removesuffix("events") + "oauth_redirect"
        raise web.HTTPFound(f"{back}?code={code}&state={request.query['state']}")

    async def exchange(self, request: web.Request) -> web.Response:
        """Gives a token for a code, once, to whoever knows the client's secret."""
        form = await request.post()
        app = self._registration
        client = base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {client}":
            return web.json_response({"ok": False, "error": "bad_client_secret"})
        if form.get("code") not in self._codes:
            return web.json_response({"ok": False, "error": "invalid_code"})
        self._codes.remove(str(form["code"]))
        granted: Json = {
            "ok": True, "app_id": APP_ID, "authed_user": {"id": ALICE}, "token_type": "bot",
            "scope": ",".join(sorted(app.scopes)), "access_token": app.bot_token,
            "bot_user_id": BOT_USER, "team": {"id": TEAM, "name": "Made Up"},
            "enterprise": None, "is_enterprise_install": False,
        }  # fmt: skip
        return web.json_response(granted)
