"""What Slack sends, read: who asked what, where, and where the reply goes. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.slack.blocks import unescape
from bot.state.ask import Ask, Key, Kind

PLATFORM = "slack"
MARKUP = re.compile(r"<([@#!])?([^>|]*)(?:\|([^>]*))?>")

Fields: TypeAlias = dict[str, Any]
Way: TypeAlias = Literal["message", "private", "channel"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes, beyond what the key says.

    Attributes:
        way: Under a message; to the asker alone; or into the channel, for all.
        url: Where private replies go for half an hour; empty if there is no such address.
        stamp: The message the question stands in, empty if it stands in none.
    """

    way: Way = "message"
    url: str = ""
    stamp: str = ""

    def written(self) -> str:
        """As kept with the claim."""
        return json.dumps({"way": self.way, "url": self.url, "stamp": self.stamp})


def place_of(ask: Ask) -> Place:
    """The place kept with a claim; a message where none is kept any more."""
    return Place(**json.loads(ask.place)) if ask.place else Place(stamp=ask.key.message)


def spoken(text: str) -> str:
    """What a person typed, without the mentions and with Slack's own spelling undone."""
    return " ".join(unescape(MARKUP.sub(_said, text)).split())


def mentions(text: str, user: str) -> bool:
    """Whether the text names that user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def of_message(event: Fields, workspace: str) -> Ask:
    """The question in a message; direct messages outside threads are one conversation."""
    stamp = str(event["ts"])
    direct = str(event["channel"]).startswith("D")
    thread = str(event.get("thread_ts") or ("" if direct else stamp))
    return Ask(
        Key(PLATFORM, workspace, str(event["channel"]), stamp),
        str(event["user"]),
        spoken(str(event.get("text", ""))),
        thread,
        Place(stamp=stamp).written(),
        str((event.get("edited") or {}).get("ts", "")),
    )


def of_command(command: Fields) -> Ask:
    """The question typed after a slash command; only the asker sees the reply."""
    key = Key(
        PLATFORM,
        str(command["team_id"]),
        str(command["channel_id"]),
        f"command:{command['trigger_id']}",
    )
    place = Place("private", str(command.get("response_url", ""))).written()
    return Ask(key, str(command["user_id"]), spoken(str(command.get("text", ""))), place=place)


def of_click(body: Fields, question: str, kind: Kind, name: str) -> Ask:
    """A question that a click or a shortcut asks, for the clicker alone unless it is shared."""
    user = body["user"]
    workspace = str((body.get("team") or user).get("id", ""))
    if body.get("team") is None:
        workspace = str(user.get("team_id", ""))
    channel = str((body.get("channel") or user)["id"])
    way: Way = "channel" if kind == "share" or "channel" not in body else "private"
    place = Place(way, str(body.get("response_url", "")))
    key = Key(PLATFORM, workspace, channel, name)
    return Ask(key, str(user["id"]), question, place=place.written(), kind=kind)


def _said(markup: re.Match[str]) -> str:
    """A piece of Slack's markup as a person would read it; people's names are left out."""
    sign, target, label = markup.groups()
    if sign in {"@", "!"}:
        return " "
    words = label or target
    return f"#{words}" if sign == "#" else words
