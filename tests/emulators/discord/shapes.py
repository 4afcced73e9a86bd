"""Discord's objects as it sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulators.discord.world import (
    ADMINISTRATOR,
    DIRECT,
    EVERYTHING,
    MANAGE_CHANNELS,
    MANAGE_GUILD,
    THREAD,
    VIEW_CHANNEL,
    Channel,
    Interaction,
    Json,
    World,
)

if TYPE_CHECKING:
    from typing import Any

JOINED = "2026-01-01T00:00:00+00:00"


def member(world: World, user_id: str, *, alone: bool = False) -> Json:
    """Returns somebody on the server; inside a message, `alone`, without the user."""
    allowed = EVERYTHING
    if user_id not in world.managers:
        allowed &= ~(ADMINISTRATOR | MANAGE_GUILD | MANAGE_CHANNELS)
    if user_id in world.stewards:
        allowed |= MANAGE_CHANNELS
    found: Json = {
        "nick": None, "roles": [], "joined_at": JOINED, "deaf": False, "mute": False, "flags": 0,
        "permissions": str(allowed),
    }  # fmt: skip
    return found if alone else found | {"user": world.users[user_id]}


def channel(world: World, place: Channel) -> Json:
    """Returns a channel, thread or direct message."""
    if place.kind == DIRECT:
        return {
            "id": place.id, "type": DIRECT, "last_message_id": None, "flags": 0,
            "recipients": [world.users[place.person]],
        }  # fmt: skip
    found: Json = {
        "id": place.id, "type": place.kind, "guild_id": world.guild_id, "name": place.name,
        "position": 0, "nsfw": False, "topic": None, "flags": 0,
        "permission_overwrites": [
            {"id": user, "type": 1, "allow": "0", "deny": str(VIEW_CHANNEL)}
            for user in place.hidden_from
        ],
        "rate_limit_per_user": 0, "parent_id": place.parent or None,
        "last_message_id": next(reversed(place.messages), None),
    }  # fmt: skip
    if place.kind == THREAD:
        found |= {
            "owner_id": world.alice, "message_count": 0, "member_count": 1, "total_message_sent": 0,
            "thread_metadata": {"archived": False, "auto_archive_duration": 1440, "locked": False,
                                "archive_timestamp": JOINED},
        }  # fmt: skip
    return found


def guild(world: World) -> Json:
    """Returns the server, with everything the bot is told at the beginning."""
    role: Json = {
        "id": world.guild_id, "name": "@everyone", "color": 0, "hoist": False, "position": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "permissions": str(EVERYTHING & ~ADMINISTRATOR), "managed": False,
        "mentionable": False, "flags": 0,
    }  # fmt: skip
    own: Json = role | {"id": world.bot_role, "name": "Clipping", "position": 1, "managed": True,
                        "tags": {"bot_id": world.bot_id}}  # fmt: skip
    everywhere = list(world.channels.values())
    return {
        "id": world.guild_id, "name": "Test", "icon": None, "owner_id": world.alice,
        "afk_channel_id": None, "afk_timeout": 0, "verification_level": 0, "roles": [role, own],
        "default_message_notifications": 0, "explicit_content_filter": 0, "emojis": [],
        "features": [], "mfa_level": 0, "application_id": None, "system_channel_id": None,
        "system_channel_flags": 0, "rules_channel_id": None, "vanity_url_code": None,
        "description": None, "banner": None, "premium_tier": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": None, "nsfw_level": 0, "stickers": [],
        "premium_progress_bar_enabled": False, "safety_alerts_channel_id": None,
        "joined_at": JOINED, "large": False, "unavailable": False, "member_count": 3,
        "voice_states": [], "members": [member(world, world.bot_id)], "presences": [],
        "channels": [channel(world, place) for place in everywhere
                     if place.kind not in {DIRECT, THREAD}],
        "threads": [channel(world, place) for place in everywhere if place.kind == THREAD],
        "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
    }  # fmt: skip


def heard(world: World, message: Json) -> Json:
    """Returns a message as the gateway tells of it."""
    if world.channels[message["channel_id"]].kind == DIRECT:
        return message
    author = member(world, message["author"]["id"], alone=True)
    return message | {"guild_id": world.guild_id, "member": author}


def interaction(world: World, asked: Interaction, data: Json) -> Json:
    """Returns an interaction as the gateway tells of it."""
    place = world.channels[asked.channel]
    found: Json = {
        "id": asked.id, "application_id": world.bot_id, "type": asked.kind, "data": data,
        "channel_id": place.id, "token": asked.token, "version": 1, "locale": "en-US",
        "channel": channel(world, place) | {"permissions": str(EVERYTHING)}, "entitlements": [],
        "app_permissions": str(EVERYTHING), "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {"0": world.guild_id},
    }  # fmt: skip
    if place.kind == DIRECT:
        found |= {"user": world.users[asked.user], "context": 1}
    else:
        server = {"id": world.guild_id, "locale": "en-US", "features": []}
        found |= {"member": member(world, asked.user), "guild_id": world.guild_id, "context": 0,
                  "guild": server, "guild_locale": "en-US"}  # fmt: skip
    if asked.clicked is not None:
        found["message"] = asked.clicked
    return found


def application(world: World) -> Json:
    """Returns the app itself."""
    return {
        "id": world.bot_id, "name": "Clipping", "icon": None, "description": "", "summary": "",
        "bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0,
        "owner": world.users[world.alice], "team": None, "rpc_origins": [],
    }  # fmt: skip


def command(world: World, declared: Any) -> Json:
    """Returns a command as Discord keeps it."""
    return {
        "type": 1, "description": "", "default_member_permissions": None, "nsfw": False,
        **declared, "id": world.clock.snowflake(), "application_id": world.bot_id,
        "version": world.clock.snowflake(),
    }  # fmt: skip
