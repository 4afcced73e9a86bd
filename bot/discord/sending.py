"""A payload as discord.py takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.discord.embeds import Payload


def arguments(payload: Payload) -> dict[str, Any]:
    """Returns the arguments of a new message; nobody is alerted by what it names."""
    fields: dict[str, Any] = {
        "content": payload.content or None,
        "embeds": [discord.Embed.from_dict(embed) for embed in payload.embeds],
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    if payload.buttons:
        fields["view"] = _view(payload)
    return fields


def changes(payload: Payload) -> dict[str, Any]:
    """Returns the arguments that change a message; buttons it no longer has are taken away."""
    return {"view": None, **arguments(payload)}


def _view(payload: Payload) -> discord.ui.View:
    """Returns the buttons, stopped at once: clicks are known by their ids, so nothing waits."""
    view = discord.ui.View(timeout=None)
    for button in payload.buttons:
        view.add_item(discord.ui.Button(label=button.label, custom_id=button.id))
    view.stop()
    return view
