"""What `clipping doctor` looks at in Slack: tokens, scopes, the socket, the clock."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import yaml

from bot.chat.checkup import Check
from bot.slack.access import APPS_PAGE, check_kinds, trial, web_client
from config.errors import ClippingError

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.access import Access

MANIFEST = Path(__file__).parent / "manifest.yaml"
MAX_CLOCK_S = 60.0  # Slack's signatures are refused when five minutes old


def manifest() -> dict[str, Any]:
    """Returns the manifest: what the app should be in Slack."""
    content: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return content


async def check_slack(access: Access) -> list[Check]:
    """Checks all that the tokens can see, and names what a person has to look at."""
    checks: list[Check] = []
    try:
        check_kinds(access)
        checks.append(Check("token kinds", "ok", "each is of its kind"))
    except ClippingError as error:
        checks.append(Check("token kinds", "bad", str(error)))
    async with aiohttp.ClientSession() as session:
        client = web_client(access, session, token=access.bot_token)
        if access.bot_token:
            checks += await _check_bot_token(access, client)
        if access.mode == "socket" and access.app_token:
            checks.append(await _check_app_token(access, client))
    return [*checks, *_to_look_at(access)]


async def _check_bot_token(access: Access, client: AsyncWebClient) -> list[Check]:
    """Checks the bot token, its scopes, and this machine's clock against Slack's."""
    try:
        me = await trial("SLACK_BOT_TOKEN", access, client.auth_test())
    except ClippingError as error:
        return [Check("bot token", "bad", str(error))]
    fields: dict[str, Any] = me.data if isinstance(me.data, dict) else {}
    headers = {name.lower(): value for name, value in me.headers.items()}
    return [
        Check("bot token", "ok", f"{fields.get('user')} in {fields.get('team')}"),
        check_scopes(str(headers.get("x-oauth-scopes", ""))),
        check_clock(str(headers.get("date", "")), time.time()),
    ]


async def _check_app_token(access: Access, client: AsyncWebClient) -> Check:
    """Checks whether the app token may open a socket."""
    opened = client.apps_connections_open(app_token=access.app_token)
    try:
        await trial("SLACK_APP_TOKEN", access, opened)
    except ClippingError as error:
        return Check("connections:write", "bad", str(error))
    return Check("connections:write", "ok", "the app token opens Socket Mode")


def check_scopes(header: str) -> Check:
    """Checks the scopes of the token against those of the manifest.

    `header` names the scopes, with commas between them, as Slack's responses do.
    """
    wanted = set(manifest()["oauth_config"]["scopes"]["bot"])
    granted = {scope.strip() for scope in header.split(",") if scope.strip()}
    if not granted:
        return Check("scopes", "unknown", "Slack did not name the token's scopes")
    missing = ", ".join(sorted(wanted - granted))
    if not missing:
        return Check("scopes", "ok", f"all {len(wanted)} are granted")
    remedy = (
        f"{APPS_PAGE}, your app, OAuth & Permissions, Bot Token Scopes: add {missing}; "
        "then Reinstall to Workspace."
    )
    return Check("scopes", "bad", f"missing: {missing}", remedy)


def check_clock(date: str, now: float) -> Check:
    """Checks this machine's clock against Slack's.

    `date` is the Date header of a response of Slack's, `now` the time here in seconds since 1970.
    """
    try:
        apart = now - parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError):
        return Check("clock", "unknown", "Slack did not tell the time")
    if abs(apart) <= MAX_CLOCK_S:
        return Check("clock", "ok", f"{abs(apart):.0f} s from Slack's")
    remedy = "Set the clock, for instance with timedatectl set-ntp true."
    return Check("clock", "bad", f"{abs(apart):.0f} s from Slack's", remedy)


def _to_look_at(access: Access) -> list[Check]:
    """Names what a person has to look at, as Slack shows it to no bot: commands and events."""
    content = manifest()
    commands = ", ".join(entry["command"] for entry in content["features"]["slash_commands"])
    events = ", ".join(content["settings"]["event_subscriptions"]["bot_events"])
    remedy = f"{APPS_PAGE}, your app, App Manifest: paste {MANIFEST.name} once more and save."
    checks = [
        Check("commands", "unknown", f"there should be {commands}", remedy),
        Check("events", "unknown", f"there should be {events}", remedy),
    ]
    if access.mode == "http":
        text = f"Slack must reach port {access.port} of this machine at /slack/events by HTTPS"
        checks.append(Check("address", "unknown", text, f"{APPS_PAGE}, Event Subscriptions."))
    return checks
