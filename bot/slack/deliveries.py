"""What Slack delivers by HTTP: the signature is checked before anything of a body is parsed.

Bolt reads a body whole, however long and slow, and parses it before it looks at the signature. So a
delivery is read here, within a size and a deadline, and handed on to Bolt once it is Slack's.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.response import BoltResponse

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 2**20  # a message of Slack has 40,000 characters at most, twice, with its blocks
BODY_DEADLINE_S = 3.0  # Slack itself gives up after so long
MAX_QUERY_CHARS = 4_000  # of an installation: two codes
SIGNED_BY = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
OBJECTS = frozenset({"event", "view", "message", "container", "state", "team", "enterprise"})


def deliveries(app: AsyncApp, signing_secret: str, path: str) -> web.Application:
    """Returns what Slack calls: events at `path`, and installations where the app has them."""
    application = web.Application(client_max_size=MAX_BODY_BYTES)
    application.router.add_post(path, Events(app, signing_secret).take)
    flow = app.oauth_flow
    if flow is not None:
        for page, handle in (
            (flow.install_path, flow.handle_installation),
            (flow.redirect_uri_path, flow.handle_callback),
        ):
            application.router.add_get(page, Page(handle).show)
    return application


class Events:
    """Takes events, commands and clicks that Slack has signed."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def take(self, request: web.Request) -> web.Response:
        """Hands a delivery on to Bolt.

        Raises:
            HTTPException: 401, 400, 408 or 413; nothing of the body was parsed before 401.
        """
        self._check_presence(request)
        body = await read_body(request)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise web.HTTPBadRequest(text="the body is not UTF-8") from None
        self._check_signature(request, text)
        response = await self._app.async_dispatch(parsed(request, text))
        return await to_aiohttp_response(response)

    def _check_presence(self, request: web.Request) -> None:
        """Turns away what nobody has signed, before its body is read."""
        if not all(request.headers.get(name) for name in SIGNED_BY):
            raise _closing(web.HTTPUnauthorized(text="not signed"))

    def _check_signature(self, request: web.Request, text: str) -> None:
        try:
            time, signature = (request.headers.get(name) for name in SIGNED_BY)
            valid = self._verifier.is_valid(text, time, signature)
        except (TypeError, ValueError):  # a time that is no number, a signature of other letters
            valid = False
        if not valid:
            raise web.HTTPUnauthorized(text="wrongly signed, or too late")


class Page:
    """A page of an installation, which somebody's browser asks for."""

    def __init__(self, handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> None:
        self._handle = handle

    async def show(self, request: web.Request) -> web.Response:
        """Shows the page; no body is read.

        Raises:
            HTTPException: 400 for a query that Slack does not write; 500 if the page failed.
        """
        query = request.query_string
        values = [*request.query, *request.query.values()]
        if len(query) > MAX_QUERY_CHARS or not all(value.isprintable() for value in values):
            raise web.HTTPBadRequest(text="a strange query")
        try:
            asked = AsyncBoltRequest(body="", query=query, headers=_headers(request))
            return await to_aiohttp_response(await self._handle(asked))
        except Exception as error:  # noqa: BLE001  -- whatever it is, a browser waits for a page
            log.error("an installation failed: %s", type(error).__name__)  # noqa: TRY400
            raise web.HTTPInternalServerError(text="That failed; try again.") from None


async def read_body(request: web.Request) -> bytes:
    """Returns the body of a request, byte for byte.

    Raises:
        HTTPException: 413 if it is too long, 408 if it takes too long, 400 if it breaks off.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_DEADLINE_S):
            if (request.content_length or 0) <= MAX_BODY_BYTES:
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > MAX_BODY_BYTES:
                        break
                else:
                    return bytes(body)
    except TimeoutError:
        raise _closing(web.HTTPRequestTimeout(text="the body took too long")) from None
    except (web.RequestPayloadError, ConnectionError, ValueError):
        raise _closing(web.HTTPBadRequest(text="the body breaks off")) from None
    raise _closing(web.HTTPRequestEntityTooLarge(MAX_BODY_BYTES, len(body)))


def parsed(request: web.Request, text: str) -> AsyncBoltRequest:
    """Returns a delivery as Bolt reads it.

    Raises:
        HTTPException: 400; it is neither a form nor a JSON object, or not of Slack's shape.
    """
    try:
        delivery = AsyncBoltRequest(
            body=text, query=request.query_string, headers=_headers(request)
        )
        well_formed = _has_shape(delivery.body)
    except Exception:  # noqa: BLE001  -- Bolt trusts the shape: anything may go wrong in it
        well_formed = False
    if not well_formed:
        raise web.HTTPBadRequest(text="not what Slack delivers")
    return delivery


def _has_shape(body: Any) -> bool:
    """Tells whether what Bolt looks into can be looked into."""
    if not isinstance(body, dict) or not body:
        return False
    actions = body.get("actions", [{}])
    return (
        all(body[name] is None or isinstance(body[name], dict) for name in OBJECTS & body.keys())
        and isinstance(actions, list)
        and bool(actions)
        and all(isinstance(action, dict) for action in actions)
        and (body.get("type") != "event_callback" or isinstance(_type_of(body), str))
    )


def _type_of(body: dict[str, Any]) -> Any:
    return (body.get("event") or {}).get("type")


def _headers(request: web.Request) -> dict[str, str | Sequence[str]]:
    return dict(request.headers)


def _closing(error: web.HTTPException) -> web.HTTPException:
    """Lets the connection end with the answer: the rest of the body is not read."""
    error.headers["Connection"] = "close"
    return error
