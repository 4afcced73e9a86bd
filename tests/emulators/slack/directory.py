"""Who and what there is: auth.test, conversations.*, users.info, team.info, bots.info."""

from __future__ import annotations

from tests.emulators.slack.methods import Method
from tests.emulators.slack.workspace import (
    APP_ID,
    BOT_ID,
    BOT_USER,
    TEAM,
    Json,
    SlackError,
    Workspace,
)


def _auth_test(_workspace: Workspace, _args: Json) -> Json:
    return {
        "url": "https://made-up.slack.com/", "team": "Made Up", "user": "clipping",
        "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT_ID, "is_enterprise_install": False,
    }  # fmt: skip


def _channel_info(workspace: Workspace, args: Json) -> Json:
    return {"channel": workspace.channel(args.get("channel", "")).described()}


def _open_direct(workspace: Workspace, args: Json) -> Json:
    user = str(args.get("users", ""))
    if user not in workspace.users:
        raise SlackError("user_not_found")
    return {"channel": {"id": workspace.direct(user).id}}


def _members(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel", ""))
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def _replies(workspace: Workspace, args: Json) -> Json:
    channel, root = workspace.channel(args.get("channel", "")), args.get("ts", "")
    if root not in channel.messages:
        raise SlackError("thread_not_found")
    thread = [
        message
        for message in channel.messages.values()
        if root in (message["ts"], message.get("thread_ts"))
    ]
    return {"messages": _read(thread, args), "has_more": False}


def _history(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel", ""))
    roots = [message for message in channel.messages.values() if not message.get("thread_ts")]
    return {"messages": _read(roots, args)[::-1], "has_more": False}


def _read(messages: list[Json], args: Json) -> list[Json]:
    """Returns what is newer than `oldest`; metadata only for those who ask for it."""
    kept = [message for message in messages if float(message["ts"]) > float(args.get("oldest", 0))]
    if args.get("include_all_metadata") in {"1", "true", "True", True}:
        return kept
    return [{name: value for name, value in each.items() if name != "metadata"} for each in kept]


def _user_info(workspace: Workspace, args: Json) -> Json:
    user = args.get("user", "")
    if user not in workspace.users:
        raise SlackError("user_not_found")
    name, admin = workspace.users[user], user in workspace.admins
    stranger = user in workspace.strangers
    described = {
        "id": user, "team_id": "T0EXT" if stranger else TEAM, "is_stranger": stranger,
        "name": name, "real_name": name.title(), "deleted": False,
        "tz": "Europe/Berlin", "is_admin": admin, "is_owner": admin, "is_bot": False,
        "profile": {"display_name": name, "real_name": name.title()},
    }  # fmt: skip
    return {"user": described}


def _team_info(_workspace: Workspace, _args: Json) -> Json:
    return {"team": {"id": TEAM, "name": "Made Up", "domain": "made-up"}}


def _bot_info(_workspace: Workspace, args: Json) -> Json:
    if args.get("bot", BOT_ID) != BOT_ID:
        raise SlackError("bot_not_found")
    return {"bot": {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER, "name": "clipping"}}


_READ = "channels:read|groups:read|im:read|mpim:read"
_HISTORY = "channels:history|groups:history|im:history|mpim:history"
METHODS: dict[str, Method] = {
    "auth.test": Method(_auth_test),
    "conversations.info": Method(_channel_info, _READ),
    "conversations.members": Method(_members, _READ),
    "conversations.open": Method(_open_direct, "im:write"),
    "conversations.history": Method(_history, _HISTORY),
    "conversations.replies": Method(_replies, _HISTORY),
    "users.info": Method(_user_info, "users:read"),
    "team.info": Method(_team_info, "team:read"),
    "bots.info": Method(_bot_info, "users:read"),
}
