"""Reading what Slack sends: who asked or clicked what, where, and where the reply goes. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.chat.clicks import Click
from bot.chat.inbox import Heard
from bot.chat.reply_target import ReplyTarget
from bot.chat.wording import asked_in, points_at_quoted
from bot.slack.blocks import unescape
from bot.slack.content import file_titles, forwarded_text, own_text, whole_text
from bot.state.ask import Ask, Key, Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.chat.reply_target import TargetKind

PLATFORM = "slack"
IN_ADDRESS = re.compile(r"\w[.:]\w|:/")
# Slack escapes a < that somebody types, so no markup holds another one.
MARKUP = re.compile(r"<([@#!])?([^<>|]*)(?:\|([^<>]*))?>")

Fields: TypeAlias = dict[str, Any]


def spoken(text: str, names: Collection[str] = ()) -> str:
    """Returns what a person asks: Slack's spelling undone, mentions and other chat left out.

    `names` is what the bot is called in the workspace.
    """
    return asked_in(unescape(MARKUP.sub(_as_read, text)), names)


def claimed_in(message: Fields) -> str:
    """Returns what a message claims, from all there is to read in it: blocks, cards, forwards."""
    return spoken(whole_text(message))


def mentions(text: str, user: str) -> bool:
    """Returns whether the text names that user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def workspace_of(body: Fields) -> str:
    """Returns the workspace that a thing happened in; empty where Slack does not say.

    A channel may be shared with other companies (Slack Connect). So the workspace is that of the
    place, where the app is installed, and only at last that of the person.
    """
    view: Fields = body.get("view") or {}
    team: Fields = body.get("team") or {}
    user, message = body.get("user"), body.get("message") or {}
    ours = bool(message.get("app_id")) and message.get("app_id") == body.get("api_app_id")
    told = (
        *(each.get("team_id") for each in body.get("authorizations") or ()),
        body.get("context_team_id"),
        view.get("app_installed_team_id"),
        message.get("team") if ours else "",
        team.get("id"),
        body.get("team_id"),
        view.get("team_id"),
        user.get("team_id") if isinstance(user, dict) else "",
    )
    return next((str(workspace) for workspace in told if workspace), "")


def organisation_of(body: Fields) -> str:
    """Returns the Enterprise Grid organisation that the app is spoken to by; empty for none."""
    enterprise = body.get("enterprise")
    named = enterprise.get("id") if isinstance(enterprise, dict) else enterprise
    told = (
        *(each.get("enterprise_id") for each in body.get("authorizations") or ()),
        body.get("context_enterprise_id"),
        named,
        body.get("enterprise_id"),
        (body.get("team") or {}).get("enterprise_id"),
    )
    return next((str(organisation) for organisation in told if organisation), "")


def of_message(event: Fields, workspace: str, names: Collection[str] = ()) -> Ask:
    """Returns the question in a message; direct messages outside threads are one conversation.

    Of a message that passes another one on and asks nothing else, the source is looked for.
    """
    ts = str(event["ts"])
    direct = is_direct(str(event["channel"]))
    thread = str(event.get("thread_ts") or ("" if direct else ts))
    question, kind = _asked(event, names)
    return Ask(
        Key(PLATFORM, workspace, str(event["channel"]), ts),
        str(event.get("user", "")),
        question,
        thread,
        ReplyTarget(message=ts).written(),
        str((event.get("edited") or {}).get("ts", "")),
        kind,
    )


def heard_in(event: Fields, workspace: str, us: str, names: Collection[str] = ()) -> Heard:
    """Returns what a message event says; `us` is the bot's own user, `names` what it is called."""
    ask, text = of_message(event, workspace, names), own_text(event)
    return Heard(
        ask,
        from_person=_is_from_a_person(event),
        direct=event.get("channel_type") == "im",
        names_us=event.get("type") == "app_mention" or mentions(text, us),
        in_thread=ask.thread != ask.key.message,
        addresses_another=text.startswith("<@"),
        asks=text.rstrip().endswith("?") or ask.question.endswith("?"),
    )


def of_command(command: Fields) -> Ask:
    """Returns the question typed after a slash command; only the asker sees the reply."""
    key = Key(
        PLATFORM,
        workspace_of(command),
        str(command["channel_id"]),
        f"command:{command['trigger_id']}",
    )
    target = ReplyTarget("private", token=str(command.get("response_url", "")))
    text = spoken(str(command.get("text", "")))
    return Ask(key, str(command["user_id"]), text, place=target.written())


def of_click(body: Fields, question: str, kind: Kind, name: str) -> Ask:
    """Returns a question that a click or a shortcut asks.

    The clicker alone sees the reply; a click outside of a channel gets it as a direct message.
    """
    target_kind: TargetKind = "private" if "channel" in body else "channel"
    target = ReplyTarget(target_kind, token=str(body.get("response_url", "")))
    key = _key(body, name)
    return Ask(key, str(body["user"]["id"]), question, place=target.written(), kind=kind)


def click_in(body: Fields, claim_id: str) -> Click:
    """Returns the click that an interaction tells of; forms stand in no message."""
    container: Fields = body.get("container") or {}
    private = bool(container.get("is_ephemeral"))
    target = ReplyTarget(
        "private" if private else "message",
        str(container.get("message_ts", "")),
        str(body.get("response_url", "")),
    )
    return Click(
        _key(body, ""),
        str(body["user"]["id"]),
        claim_id,
        private,
        target,
        str(container.get("thread_ts") or ""),
        str(body.get("trigger_id", "")),
        direct=is_direct(_key(body, "").channel),
    )


def form_of(click: Click) -> str:
    """Returns what a form keeps of the click that opened it; `click_of_form` reads it."""
    at = click.origin.key
    return f"{click.claim_id} {at.workspace} {at.channel} {at.message}"


def click_of_form(body: Fields, kept: str) -> Click:
    """Returns the click that opened a form, made by who sends the form."""
    claim_id, workspace, channel, message = (*kept.split(" "), "", "", "")[:4]
    return Click(
        Key(PLATFORM, workspace, channel, ""),
        str(body["user"]["id"]),
        claim_id,
        False,
        ReplyTarget(message=message),
        direct=is_direct(channel),
    )


def is_direct(channel: str) -> bool:
    """Returns whether a channel is one person's conversation with the bot or with another."""
    return channel.startswith("D")


def _key(body: Fields, name: str) -> Key:
    """Returns the key of an interaction; outside of channels, the person stands for the channel."""
    channel = str((body.get("channel") or body["user"])["id"])
    return Key(PLATFORM, workspace_of(body), channel, name)


def _is_from_a_person(event: Fields) -> bool:
    """Returns whether a person wrote a message; not a bot, not Slack itself."""
    return bool(event.get("user")) and not event.get("bot_id") and event["user"] != "USLACKBOT"


def _as_read(markup: re.Match[str]) -> str:
    """Returns a piece of Slack's markup as a person reads it; people's names are left out."""
    sign, target, label = markup.groups()
    if sign in {"@", "!"}:
        return " "
    if sign != "#" and _is_address(label or target):
        return label if label and target.split("://")[-1].strip("/") == label else target
    text = label or target
    return f"#{text}" if sign == "#" else text


def _is_address(label: str) -> bool:
    """Returns whether the label of a link is only the address once more, or its site."""
    return len(label.split()) == 1 and IN_ADDRESS.search(label) is not None


def _asked(event: Fields, names: Collection[str]) -> tuple[str, Kind]:
    """Returns what a message asks, or the claim that it passes on."""
    question = spoken(own_text(event), names)
    forwarded = spoken(forwarded_text(event))
    if forwarded and points_at_quoted(question):
        return forwarded, "source"
    return question or spoken(file_titles(event)), "question"
