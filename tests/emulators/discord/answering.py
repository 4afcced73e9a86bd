"""Interactions: the first word within three seconds, the rest within fifteen minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulators.discord import limits
from tests.emulators.discord.posting import build, change, note_alerts, post
from tests.emulators.discord.world import EPHEMERAL, LOADING, DiscordError

if TYPE_CHECKING:
    from tests.emulators.discord.world import Interaction, Json, World

FIRST_WORD_S, TOKEN_S = 3.0, 900.0
MESSAGE, LATER, LATER_THERE, THERE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
AUTOCOMPLETE = 4


def respond(world: World, interaction_id: str, token: str, sent: Json) -> Json:
    """Returns the first response to an interaction."""
    asked = world.interactions.get(token)
    if asked is None or asked.id != interaction_id:
        raise DiscordError(404, 10062, "Unknown interaction")
    if asked.acked:
        raise DiscordError(400, 40060, "Interaction has already been acknowledged.")
    if world.clock.now() - asked.created > FIRST_WORD_S:
        raise DiscordError(404, 10062, "Unknown interaction")
    kind, data = int(sent["type"]), sent.get("data") or {}
    if (kind == CHOICES) != (asked.kind == AUTOCOMPLETE):
        world.problems.append(f"response {kind} does not suit interaction {asked.kind}")
    _begin(world, asked, kind, data)
    asked.acked = kind
    world.changes.notify()
    shown = asked.original
    resource: Json = {"type": kind} | ({"message": shown} if shown else {})
    return {
        "interaction": {
            "id": asked.id, "type": asked.kind, "response_message_loading": kind == LATER,
            "response_message_id": shown["id"] if shown else None,
            "response_message_ephemeral": bool(shown and shown["flags"] & EPHEMERAL),
        },
        "resource": resource,
    }  # fmt: skip


def follow_up(world: World, token: str, sent: Json) -> Json:
    """Returns another message; the first one after a promise keeps the promise."""
    asked = _open(world, token)
    if asked.original is not None and asked.original["flags"] & LOADING:
        return rewrite(world, token, "@original", sent)
    limits.check_not_empty(sent)
    return _put(world, asked, sent)


def read(world: World, token: str, message_id: str) -> Json:
    """Returns one message of an interaction.

    Raises:
        DiscordError: 10008, or the token is no good any more.
    """
    asked = _open(world, token)
    if message_id == "@original" and asked.original is not None:
        return asked.original
    places = [world.ephemerals, world.channel(asked.channel).messages]
    for place in places:
        if message_id in place:
            return place[message_id]
    raise DiscordError(404, 10008, "Unknown Message")


def rewrite(world: World, token: str, message_id: str, sent: Json) -> Json:
    """Changes one message of an interaction."""
    message = read(world, token, message_id)
    limits.check(sent)
    note_alerts(world, sent)
    change(message, {name: value for name, value in sent.items() if name != "flags"})
    message["flags"] &= ~LOADING
    return message


def _begin(world: World, asked: Interaction, kind: int, data: Json) -> None:
    """Shows what the first response asks to be shown."""
    if kind == CHOICES:
        asked.choices = data["choices"]
    elif kind == LATER:
        waiting = {"flags": data.get("flags", 0) | LOADING, "allowed_mentions": {"parse": []}}
        asked.original = _put(world, asked, waiting)
    elif kind == MESSAGE:
        asked.original = _put(world, asked, data)
    else:
        asked.original = asked.clicked
        if kind == THERE and asked.clicked is not None:
            limits.check(data)
            change(asked.clicked, data)


def _put(world: World, asked: Interaction, sent: Json) -> Json:
    """Shows a message of an interaction, to everybody or to whoever asked."""
    if not sent.get("flags", 0) & EPHEMERAL:
        return post(world, asked.channel, sent)
    limits.check(sent)
    message = build(world, asked.channel, sent, to=asked.user)
    world.ephemerals[message["id"]] = message
    return message


def _open(world: World, token: str) -> Interaction:
    """Returns the interaction of that token, while it lasts.

    Raises:
        DiscordError: 10015 or 50027.
    """
    asked = world.interactions.get(token)
    if asked is None or not asked.acked:
        raise DiscordError(404, 10015, "Unknown Webhook")
    if world.clock.now() - asked.created > TOKEN_S:
        raise DiscordError(401, 50027, "Invalid Webhook Token")
    return asked
