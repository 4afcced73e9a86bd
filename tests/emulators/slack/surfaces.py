"""Modals, App Home, the agent pane, streams and workflow steps."""

from __future__ import annotations

import secrets

from tests.emulators.slack.blocks import MAX_MARKDOWN_CHARS, view_problems
from tests.emulators.slack.chat import check_content, written
from tests.emulators.slack.methods import Method
from tests.emulators.slack.workspace import APP_ID, BOT_ID, TEAM, Json, SlackError, Workspace

TRIGGER_LIFE_S = 3.0
MAX_PROMPTS = 4


def _viewed(workspace: Workspace, args: Json) -> Json:
    view = args.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    if found := view_problems(view):
        workspace.problems.append(f"view refused: {found}")
        raise SlackError("invalid_arguments", response_metadata={"messages": found})
    view_id = "V" + secrets.token_hex(5).upper()
    return {
        "private_metadata": "", "callback_id": "", **view, "id": view_id, "root_view_id": view_id,
        "previous_view_id": None, "team_id": TEAM, "app_id": APP_ID, "bot_id": BOT_ID,
        "hash": secrets.token_hex(4), "state": {"values": {}},
    }  # fmt: skip


def _use_trigger(workspace: Workspace, args: Json) -> None:
    made = workspace.triggers.pop(args.get("trigger_id", ""), None)
    if made is None:
        raise SlackError("invalid_trigger_id")
    if workspace.clock.now() - made > TRIGGER_LIFE_S:
        raise SlackError("expired_trigger_id")


def _open_view(workspace: Workspace, args: Json) -> Json:
    _use_trigger(workspace, args)
    view = _viewed(workspace, args)
    workspace.views[view["id"]] = view
    return {"view": view}


def _update_view(workspace: Workspace, args: Json) -> Json:
    view_id = args.get("view_id", "")
    if view_id not in workspace.views:
        raise SlackError("not_found")
    view = _viewed(workspace, args) | {"id": view_id, "root_view_id": view_id}
    workspace.views[view_id] = view
    return {"view": view}


def _publish_view(workspace: Workspace, args: Json) -> Json:
    if args.get("user_id") not in workspace.users:
        raise SlackError("user_not_found")
    view = _viewed(workspace, args)
    workspace.homes[args["user_id"]] = view
    return {"view": view}


def _thread(workspace: Workspace, args: Json) -> tuple[str, str]:
    channel = workspace.channel(args.get("channel_id", ""))
    return channel.id, args.get("thread_ts", "")


def _set_status(workspace: Workspace, args: Json) -> Json:
    thread = _thread(workspace, args)
    if args.get("status"):
        workspace.statuses[thread] = args["status"]
    else:
        workspace.statuses.pop(thread, None)
    return {}


def _set_title(workspace: Workspace, args: Json) -> Json:
    workspace.titles[_thread(workspace, args)] = args.get("title", "")
    return {}


def _set_prompts(workspace: Workspace, args: Json) -> Json:
    workspace.channel(args.get("channel_id", ""))
    prompts = args.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MAX_PROMPTS:
        raise SlackError("invalid_arguments")
    workspace.prompts.append(args)
    return {}


def _streamed(args: Json) -> str:
    chunks = args.get("chunks") or ()
    text = "".join(chunk["text"] for chunk in chunks if chunk["type"] == "markdown_text")
    if len(text := text + (args.get("markdown_text") or "")) > MAX_MARKDOWN_CHARS:
        raise SlackError("msg_too_long")
    return text


def _start_stream(workspace: Workspace, args: Json) -> Json:
    channel = workspace.channel(args.get("channel", ""))
    if not args.get("thread_ts"):
        raise SlackError("invalid_arguments")
    if channel.kind != "im" and not (
        args.get("recipient_user_id") and args.get("recipient_team_id")
    ):
        raise SlackError("missing_recipient_user_id")
    message = written(workspace, {"text": _streamed(args) or " "})
    message |= {"thread_ts": args["thread_ts"], "streaming_state": "in_progress"}
    channel.messages[message["ts"]] = message
    return {"channel": channel.id, "ts": message["ts"]}


def _append_stream(workspace: Workspace, args: Json) -> Json:
    message = workspace.message(args.get("channel", ""), args.get("ts", ""))
    if message.get("streaming_state") != "in_progress":
        raise SlackError("message_not_in_streaming_state")
    message["text"] += _streamed(args)
    return {"channel": args["channel"], "ts": args["ts"]}


def _stop_stream(workspace: Workspace, args: Json) -> Json:
    done = _append_stream(workspace, args)
    message = workspace.message(args["channel"], args["ts"])
    if args.get("blocks"):
        check_content(workspace, {"text": message["text"], "blocks": args["blocks"]})
        message["blocks"] = args["blocks"]
    message["streaming_state"] = "completed"
    return done | {"message": message}


def _complete(workspace: Workspace, args: Json) -> Json:
    if not args.get("function_execution_id"):
        raise SlackError("invalid_arguments")
    workspace.functions.append(args)
    return {}


_AGENT = "assistant:write|chat:write"
METHODS: dict[str, Method] = {
    "views.open": Method(_open_view),
    "views.update": Method(_update_view),
    "views.publish": Method(_publish_view),
    "assistant.threads.setStatus": Method(_set_status, _AGENT),
    "assistant.threads.setTitle": Method(_set_title, _AGENT),
    "assistant.threads.setSuggestedPrompts": Method(_set_prompts, _AGENT),
    "chat.startStream": Method(_start_stream, "chat:write"),
    "chat.appendStream": Method(_append_stream, "chat:write"),
    "chat.stopStream": Method(_stop_stream, "chat:write"),
    "functions.completeSuccess": Method(_complete),
    "functions.completeError": Method(_complete),
}
