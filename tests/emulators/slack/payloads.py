"""The shapes of what Slack sends: events, commands and interactions."""

from __future__ import annotations

import re
import secrets
from typing import Any

from tests.emulators.slack.workspace import APP_ID, BOT_USER, TEAM, Channel, Json, Workspace

_TOKEN = "made-up-verification"  # noqa: S105  # the legacy field; nobody may rely on it
_MENTION = re.compile(r"<@(U\w+)>")


def escape(text: str) -> str:
    """Returns what a person typed, as Slack passes it on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rich_text(text: str) -> list[Json]:
    """Returns the blocks that come with every message a person writes."""
    elements: list[Json] = []
    for position, part in enumerate(_MENTION.split(text)):
        if position % 2:
            elements.append({"type": "user", "user_id": part})
        elif part:
            plain = part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            elements.append({"type": "text", "text": plain})
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": secrets.token_hex(2), "elements": [section]}]


def event_callback(workspace: Workspace, event: Json) -> Json:
    """Wraps an event as the Events API does."""
    authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True,
                     "is_enterprise_install": False}  # fmt: skip
    return {
        "token": _TOKEN, "team_id": TEAM, "api_app_id": APP_ID, "type": "event_callback",
        "event": event, "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(workspace.clock.now()), "authorizations": [authorization],
        "is_ext_shared_channel": False, "event_context": f"4-{secrets.token_hex(8)}",
    }  # fmt: skip


def slash_command(workspace: Workspace, user: str, channel: Channel, command: str, text: str,
                  response_url: str) -> Json:  # fmt: skip
    """Returns what typing a slash command sends."""
    return {
        "token": _TOKEN, "team_id": TEAM, "team_domain": "made-up", "api_app_id": APP_ID,
        "channel_id": channel.id, "channel_name": channel.name, "user_id": user,
        "user_name": workspace.users[user], "command": command, "text": escape(text),
        "is_enterprise_install": "false", "response_url": response_url,
        "trigger_id": workspace.trigger(),
    }  # fmt: skip


def interaction(workspace: Workspace, kind: str, user: str, **details: Any) -> Json:
    """Returns what every click, shortcut and submission has in common."""
    name = workspace.users[user]
    return {
        "type": kind, "token": _TOKEN, "api_app_id": APP_ID, "trigger_id": workspace.trigger(),
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
        "team": {"id": TEAM, "domain": "made-up"}, "enterprise": None,
        "is_enterprise_install": False, **details,
    }  # fmt: skip


def clicked(workspace: Workspace, block: Json, element: Json, value: Json) -> Json:
    """Returns one entry of `actions` in a block_actions payload."""
    common = {"block_id": block.get("block_id", "b0"), "action_id": element.get("action_id", ""),
              "type": element["type"], "action_ts": workspace.clock.ts()}  # fmt: skip
    return {**common, **value}
