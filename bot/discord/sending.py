"""A checked payload as what discord.py takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.discord.verbatim import checked

if TYPE_CHECKING:
    from bot.discord.embeds import Payload


def arguments(payload: Payload) -> dict[str, Any]:
    """The arguments of a message; nothing gets past this without a last check.

    Raises:
        NotVerbatimError: The payload must not be sent.
    """
    sent = checked(payload)
    fields: dict[str, Any] = {
        "content": sent.content or None,
        "embeds": [discord.Embed.from_dict(embed) for embed in sent.embeds],
        "allowed_mentions": discord.AllowedMentions.none(),
    }
    if sent.buttons:
        fields["view"] = _view(sent)
    return fields


def changes(payload: Payload) -> dict[str, Any]:
    """The same for a message that is there already: buttons it no longer has are taken away."""
    return {"view": None, **arguments(payload)}


def _view(payload: Payload) -> discord.ui.View:
    """The buttons, stopped at once: clicks are known by their ids, and nothing needs to wait."""
    view = discord.ui.View(timeout=None)
    for button in payload.buttons:
        view.add_item(discord.ui.Button(label=button.label, custom_id=button.id))
    view.stop()
    return view
