"""Every route of the REST API that is emulated."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.emulators.discord import answering, posting, shapes
from tests.emulators.discord.world import DiscordError

if TYPE_CHECKING:
    from tests.emulators.discord.world import Json, World


@dataclass(frozen=True, slots=True)
class Request:
    """One call as a route sees it.

    Attributes:
        ids: What stands in the path, in its order.
        sent: The body.
        asked: The query.
    """

    world: World
    ids: tuple[str, ...]
    sent: Any
    asked: dict[str, str] = field(default_factory=dict)


Route = Callable[[Request], Any]
"""What goes back; None for nothing."""


def _channel(request: Request) -> Json:
    return shapes.channel(request.world, request.world.channel(request.ids[0]))


def _type(request: Request) -> None:
    channel = request.world.channel(request.ids[0])
    posting.see_open(channel)
    request.world.typing[channel.id] = request.world.clock.now()


def _react(request: Request) -> None:
    request.world.message(*request.ids[:2])
    request.world.reactions.add((request.ids[0], request.ids[1], request.ids[2]))


def _servers(request: Request) -> list[Json]:
    server = {"id": request.world.guild_id, "name": "Test", "owner": False, "icon": None}
    return [server | {"permissions": str(request.world.granted), "features": []}]


def _conversation(request: Request) -> Json:
    direct = request.world.direct(str(request.sent["recipient_id"]))
    return shapes.channel(request.world, direct)


def _sync(request: Request) -> list[Json]:
    world = request.world
    world.commands = [shapes.command(world, declared) for declared in request.sent]
    return world.commands


def _commands(request: Request) -> Any:
    """The commands; in all languages only where they are asked for, as Discord has it."""
    if request.asked.get("with_localizations") == "true":
        return request.world.commands
    return _in_one_language(request.world.commands)


def _in_one_language(part: Any) -> Any:
    if isinstance(part, list):
        return [_in_one_language(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {name: value for name, value in part.items() if not name.endswith("_localizations")}
    return {name: _in_one_language(value) for name, value in kept.items()}


_ROUTES: dict[str, Route] = {
    "GET users/@me": lambda r: r.world.users[r.world.bot_id] | {"verified": True},
    "GET users/@me/guilds": _servers,
    "POST users/@me/channels": _conversation,
    "GET applications/@me": lambda r: shapes.application(r.world),
    "GET oauth2/applications/@me": lambda r: shapes.application(r.world),
    "GET gateway/bot": lambda r: r.world.gateway,
    "GET applications/ID/commands": _commands,
    "PUT applications/ID/commands": _sync,
    "GET channels/ID": _channel,
    "POST channels/ID/typing": _type,
    "POST channels/ID/messages": lambda r: posting.post(r.world, r.ids[0], r.sent),
    "GET channels/ID/messages": lambda r: posting.history(r.world, r.ids[0], r.asked),
    "GET channels/ID/messages/ID": lambda r: r.world.message(*r.ids),
    "PATCH channels/ID/messages/ID": lambda r: posting.edit(r.world, r.ids[0], r.ids[1], r.sent),
    "DELETE channels/ID/messages/ID": lambda r: posting.delete(r.world, *r.ids),
    "PUT channels/ID/messages/ID/reactions/SIGN/@me": _react,
    "POST interactions/ID/ID/callback": lambda r: answering.respond(
        r.world, r.ids[0], r.ids[1], r.sent
    ),
    "POST webhooks/ID/ID": lambda r: answering.follow_up(r.world, r.ids[1], r.sent),
    "GET webhooks/ID/ID/messages/ID": lambda r: answering.read(r.world, *r.ids[1:]),
    "PATCH webhooks/ID/ID/messages/ID": lambda r: answering.rewrite(
        r.world, r.ids[1], r.ids[2], r.sent
    ),
}
_ID = r"([0-9a-f]{15,}|@original)"
_PATTERNS = {
    re.compile(name.replace("ID", _ID).replace("SIGN", r"(\S+)")): route
    for name, route in _ROUTES.items()
}


def answer(world: World, method: str, path: str, sent: Any, asked: dict[str, str]) -> Any:
    """Returns what goes back for a call; None for nothing.

    Raises:
        DiscordError: What Discord refuses; a route that is not emulated also fails the test.
    """
    for pattern, route in _PATTERNS.items():
        found = pattern.fullmatch(f"{method} {path}")
        if found is not None:
            return route(Request(world, found.groups(), sent, asked))
    world.problems.append(f"{method} {path} is not emulated")
    raise DiscordError(404, 0, "404: Not Found")
