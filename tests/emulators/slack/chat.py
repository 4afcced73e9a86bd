"""The chat.* methods, and reactions on messages."""

from __future__ import annotations

from tests.emulators.slack.blocks import MAX_TOTAL_CHARS, block_problems, total_chars
from tests.emulators.slack.methods import Method
from tests.emulators.slack.workspace import (
    APP_ID,
    BOT_ID,
    BOT_USER,
    TEAM,
    Channel,
    Json,
    SlackError,
    Workspace,
)

MAX_TEXT_CHARS = 40_000  # Slack cuts a longer text off
_KEPT = ("blocks", "metadata", "unfurl_links", "unfurl_media", "mrkdwn", "parse", "link_names")


def _writable(workspace: Workspace, channel_id: str) -> Channel:
    channel = workspace.channel(channel_id)
    if channel.archived:
        raise SlackError("is_archived")
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def check_content(workspace: Workspace, args: Json) -> None:
    """Refuses what Slack refuses in a message.

    Raises:
        SlackError: no_text, invalid_blocks or msg_blocks_too_long.
    """
    blocks = args.get("blocks") or []
    if not args.get("text") and not blocks:
        raise SlackError("no_text")
    if found := block_problems(blocks):
        workspace.problems.append(f"invalid_blocks: {found}")
        messages = [f"[ERROR] {problem}" for problem in found]
        raise SlackError("invalid_blocks", errors=found, response_metadata={"messages": messages})
    if total_chars(blocks) > MAX_TOTAL_CHARS:
        workspace.problems.append(f"msg_blocks_too_long: {total_chars(blocks)} characters")
        raise SlackError("msg_blocks_too_long")
    if not args.get("text"):
        workspace.problems.append("blocks without a text: notifications would show nothing")


def written(workspace: Workspace, args: Json) -> Json:
    """Returns the message these arguments make, not yet put anywhere."""
    check_content(workspace, args)
    message: Json = {
        "type": "message", "user": BOT_USER, "bot_id": BOT_ID, "app_id": APP_ID, "team": TEAM,
        "ts": workspace.clock.ts(), "text": (args.get("text") or "")[:MAX_TEXT_CHARS],
    }  # fmt: skip
    message |= {name: args[name] for name in _KEPT if name in args}
    for position, block in enumerate(message.get("blocks") or ()):
        block.setdefault("block_id", f"b{position}")
    return message


def announce(workspace: Workspace, channel: Channel, event: Json) -> None:
    """Queues a message event: apps hear of their own doings too."""
    own = {"channel": channel.id, "channel_type": channel.kind, "event_ts": workspace.clock.ts()}
    workspace.outgoing.append({**event, **own})


def _post(workspace: Workspace, args: Json) -> Json:
    channel = _writable(workspace, args.get("channel", ""))
    message = written(workspace, args)
    if (thread := args.get("thread_ts")) in channel.messages:
        message["thread_ts"] = channel.messages[thread].get("thread_ts", thread)
    # The thread's root may be gone: Slack then posts to the channel itself and says so only by
    # leaving thread_ts out of its reply (met by users of slack-go, issue 1571).
    channel.messages[message["ts"]] = message
    announce(workspace, channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def _post_ephemeral(workspace: Workspace, args: Json) -> Json:
    channel = _writable(workspace, args.get("channel", ""))
    if args.get("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    message = written(workspace, args)
    shown = {"channel": channel.id, "to": args["user"], "thread_ts": args.get("thread_ts")}
    workspace.ephemerals[message["ts"]] = message | shown
    return {"message_ts": message["ts"]}


def _own(workspace: Workspace, args: Json, refusal: str) -> tuple[Channel, Json]:
    channel = _writable(workspace, args.get("channel", ""))
    message = workspace.message(channel.id, args.get("ts", ""))
    if message.get("bot_id") != BOT_ID:
        raise SlackError(refusal)
    return channel, message


def _update(workspace: Workspace, args: Json) -> Json:
    channel, message = _own(workspace, args, "cant_update_message")
    check_content(workspace, args)
    before = dict(message)
    message |= {name: args[name] for name in ("text", "blocks") if name in args}
    message["edited"] = {"user": BOT_USER, "ts": workspace.clock.ts()}
    announce(
        workspace,
        channel,
        {"type": "message", "subtype": "message_changed", "hidden": True, "message": message,
         "previous_message": before, "ts": workspace.clock.ts()},
    )  # fmt: skip
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def remove(workspace: Workspace, channel: Channel, ts: str) -> None:
    """Takes a message out of a channel and tells the app.

    A message with replies leaves a tombstone, and the event is then a change, not a deletion.
    """
    message = channel.messages.pop(ts)
    workspace.reactions -= {entry for entry in workspace.reactions if entry[1] == ts}
    told: Json = {"type": "message", "hidden": True, "ts": workspace.clock.ts()}
    if any(entry.get("thread_ts") == ts for entry in channel.messages.values()):
        tombstone: Json = {
            "type": "message", "subtype": "tombstone", "hidden": True, "user": "USLACKBOT",
            "text": "This message was deleted.", "ts": ts, "thread_ts": ts,
        }  # fmt: skip
        channel.messages[ts] = tombstone
        told |= {"subtype": "message_changed", "message": tombstone, "previous_message": message}
    else:
        told |= {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": message}
    announce(workspace, channel, told)


def _delete(workspace: Workspace, args: Json) -> Json:
    channel, message = _own(workspace, args, "cant_delete_message")
    remove(workspace, channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


def _permalink(workspace: Workspace, args: Json) -> Json:
    message = workspace.message(args.get("channel", ""), args.get("message_ts", ""))
    stamp = message["ts"].replace(".", "")
    return {
        "channel": args["channel"],
        "permalink": f"https://made-up.slack.com/archives/{args['channel']}/p{stamp}",
    }


def _reaction(args: Json) -> tuple[str, str, str]:
    return args.get("channel", ""), args.get("timestamp", ""), args.get("name", "")


def _react(workspace: Workspace, args: Json) -> Json:
    reaction = _reaction(args)
    workspace.message(reaction[0], reaction[1])
    if reaction in workspace.reactions:
        raise SlackError("already_reacted")
    workspace.reactions.add(reaction)
    return {}


def _unreact(workspace: Workspace, args: Json) -> Json:
    reaction = _reaction(args)
    workspace.message(reaction[0], reaction[1])
    if reaction not in workspace.reactions:
        raise SlackError("no_reaction")
    workspace.reactions.remove(reaction)
    return {}


METHODS: dict[str, Method] = {
    "chat.postMessage": Method(_post, "chat:write"),
    "chat.postEphemeral": Method(_post_ephemeral, "chat:write"),
    "chat.update": Method(_update, "chat:write"),
    "chat.delete": Method(_delete, "chat:write"),
    "chat.getPermalink": Method(_permalink),
    "reactions.add": Method(_react, "reactions:write"),
    "reactions.remove": Method(_unreact, "reactions:write"),
}
