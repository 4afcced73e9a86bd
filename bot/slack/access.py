"""Access to Slack: its tokens, the address of its API, and checks of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.reachable import reachable
from bot.slack.errors import code_of, status_of
from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from slack_sdk.http_retry.request import HttpRequest
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

APPS_PAGE = "https://api.slack.com/apps"
PING_EVERY_S = 5.0
POSTING = "chat.postMessage"  # after a failure, the surface looks first whether it was posted
MAKE_KEY = (
    'make a key with python -c "from cryptography.fernet import Fernet; '
    'print(Fernet.generate_key().decode())"'
)
REMEDIES = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token again, or reinstall the app,",
    "SLACK_APP_TOKEN": "make an app-level token with the scope connections:write",
}

Fields: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Access:
    """The tokens that Slack gave us, and how Slack reaches us.

    Attributes:
        bot_token: Starts with `xoxb-`; tells Slack who we are.
        app_token: Starts with `xapp-`; opens Socket Mode.
        signing_secret: What Slack signs its HTTP requests with.
        mode: Whether Slack comes through a socket that we open, or by HTTP.
        port: Where HTTP listens; 0 takes any free port.
        client_id: Of the app, where many workspaces may install it; empty for one workspace.
        client_secret: Proves to Slack, at each installation, that the app is ours.
        token_key: Encrypts the workspaces' tokens in the database.
        api_url: Slack's Web API, or a stand-in; ends in a slash.
        ping_every_s: How often a socket is asked whether it still hears us, in seconds.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    mode: Literal["socket", "http"] = "socket"
    port: int = 3000
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_key: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    ping_every_s: float = PING_EVERY_S


class _ConnectionRetry(AsyncConnectionErrorRetryHandler):
    """Tries again after a lost connection, except where that could post twice."""

    async def _can_retry_async(self, *, request: HttpRequest, **rest: Any) -> bool:
        posts = request.url.endswith(POSTING)
        return not posts and await super()._can_retry_async(request=request, **rest)


class _ServerRetry(AsyncServerErrorRetryHandler):
    """Tries again when Slack is out of order, except where that could post twice."""

    async def _can_retry_async(self, *, request: HttpRequest, **rest: Any) -> bool:
        posts = request.url.endswith(POSTING)
        return not posts and await super()._can_retry_async(request=request, **rest)


class _RateLimitRetry(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack asks for, except where a channel's throttle does."""

    async def _can_retry_async(self, *, request: HttpRequest, **rest: Any) -> bool:
        posts = request.url.endswith(POSTING)
        return not posts and await super()._can_retry_async(request=request, **rest)


@dataclass(frozen=True, slots=True)
class Identity:
    """The ids under which the bot is known in a workspace, and what it is called there."""

    workspace: str
    user: str
    bot: str
    name: str = ""


def web_client(
    access: Access,
    session: aiohttp.ClientSession,
    *,
    token: str | None = None,
    kind: Callable[..., AsyncWebClient] = AsyncWebClient,
) -> AsyncWebClient:
    """Returns a client that shares one session and waits when Slack asks it to.

    Handlers that are given replace slack_sdk's default, so the connection handler is among them.
    """
    return kind(
        token=token,
        base_url=access.api_url,
        session=session,
        retry_handlers=[
            _ConnectionRetry(max_retry_count=2),
            _RateLimitRetry(max_retry_count=6),
            _ServerRetry(max_retry_count=3),
        ],
    )


def check_kinds(access: Access) -> None:
    """Checks that every token is there and of the right kind, before any of them is used.

    Raises:
        PlatformError: One sentence that names the variable and the page where its value stands.
    """
    if access.client_id:
        _check_many(access)
        return
    wanted = [("SLACK_BOT_TOKEN", access.bot_token, "xoxb-", "OAuth & Permissions")]
    if access.mode == "socket":
        wanted.append(("SLACK_APP_TOKEN", access.app_token, "xapp-", "Basic Information"))
    for variable, value, prefix, page in wanted:
        if not value.startswith(prefix):
            problem = f"does not start with {prefix}" if value else "is not set"
            raise PlatformError(
                f"{variable} {problem}: copy it from {APPS_PAGE}, your app, {page}, into .env."
            )
    if access.mode == "http":
        _require("SLACK_SIGNING_SECRET", access.signing_secret)


def _check_many(access: Access) -> None:
    """Checks what it takes to be installed in many workspaces."""
    if access.mode != "http":
        raise PlatformError(
            "SLACK_CLIENT_ID is for many workspaces, and those reach the bot by HTTP: "
            "set SLACK_MODE to http, or unset SLACK_CLIENT_ID."
        )
    _require("SLACK_SIGNING_SECRET", access.signing_secret)
    _require("SLACK_CLIENT_SECRET", access.client_secret)
    if not access.token_key:
        raise PlatformError(f"TOKEN_KEY is not set, and seals tokens in the database: {MAKE_KEY}.")


def _require(variable: str, value: str) -> None:
    if not value:
        raise PlatformError(
            f"{variable} is not set, and is needed here: copy it from {APPS_PAGE}, your app, "
            "Basic Information, into .env."
        )


async def identify(access: Access, client: AsyncWebClient) -> Identity:
    """Asks Slack who we are; in Socket Mode also whether the app token opens a connection.

    Slack's client would try a wrong app token for ever and say nothing.

    Raises:
        PlatformError: A token is refused, or Slack cannot be reached.
    """
    me = await trial("SLACK_BOT_TOKEN", access, client.auth_test())
    if access.mode == "socket":
        opened = client.apps_connections_open(app_token=access.app_token)
        await trial("SLACK_APP_TOKEN", access, opened)
    return Identity(
        str(me["team_id"]), str(me["user_id"]), str(me["bot_id"]), str(me.get("user", ""))
    )


async def trial(
    variable: str, access: Access, call: Awaitable[AsyncSlackResponse]
) -> AsyncSlackResponse:
    """Returns what Slack says to a call with the token of that variable.

    Raises:
        PlatformError: The token was refused, or Slack cannot be reached, in one sentence.
    """
    try:
        with reachable("Slack", access.api_url, "SLACK_API_URL"):
            return await call
    except SlackApiError as error:
        reason = code_of(error) or f"HTTP {status_of(error)}"
        raise PlatformError(refusal(variable, reason)) from None


def refusal(variable: str, reason: str) -> str:
    """Returns in one sentence that Slack refuses the token of that variable, and what to do."""
    return f"Slack refused {variable} ({reason}): {REMEDIES[variable]} at {APPS_PAGE}, your app."
