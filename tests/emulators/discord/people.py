"""What people do in Discord."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from tests.emulators.discord import posting, shapes
from tests.emulators.discord.world import (
    DIRECT,
    FORUM,
    THREAD,
    Channel,
    Interaction,
    Json,
)

if TYPE_CHECKING:
    from tests.emulators.discord.gateway import Gateway
    from tests.emulators.discord.world import World

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
SLASH, MENU = 1, 3
GUILDS = 1


class People:
    """Everybody but the bot."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    async def say(
        self,
        user: str,
        channel_id: str,
        text: str,
        *,
        mention: bool = False,
        reply_to: str = "",
        **parts: Any,
    ) -> Json:
        """Writes a message, naming the bot or replying to another message.

        `parts` are what else it has: mention_roles, embeds, attachments, stickers, forwards.
        """
        world, channel = self._world, self._world.channel(channel_id)
        words = f"<@{world.bot_id}> {text}" if mention else text
        message = world.new_message(user, channel_id, words, **parts)
        about = channel.messages.get(reply_to)
        if about is not None:
            message |= {
                "type": 19, "referenced_message": about,
                "message_reference": {"channel_id": channel_id, "message_id": reply_to, "type": 0},
            }  # fmt: skip
        pinged = about is not None and about["author"]["id"] == world.bot_id
        self._name(message, also_us=pinged)
        channel.messages[message["id"]] = message
        await self._tell("MESSAGE_CREATE", message)
        return message

    async def edit(self, channel_id: str, message_id: str, text: str) -> None:
        """Changes the words of a message; the mention stays in front."""
        message = self._world.message(channel_id, message_id)
        mention = f"<@{self._world.bot_id}>"
        named = message["content"].startswith(mention)
        message["content"] = f"{mention} {text}" if named else text
        message["edited_timestamp"] = self._world.clock.stamp()
        self._name(message)
        await self._tell("MESSAGE_UPDATE", message)

    async def preview(self, channel_id: str, message_id: str) -> None:
        """Lets Discord add a preview to a message: an update that is no edit."""
        message = self._world.message(channel_id, message_id)
        message["embeds"] = [{"type": "article", "title": "a page", "url": "https://example.com"}]
        await self._tell("MESSAGE_UPDATE", message)

    def said_before(self, user: str, channel_id: str, text: str, edited: str | None) -> Json:
        """Returns a message to the bot from long ago; the bot is not told of it now."""
        message = self._world.new_message(user, channel_id, f"<@{self._world.bot_id}> {text}")
        message["edited_timestamp"] = edited
        self._name(message)
        self._world.channel(channel_id).messages[message["id"]] = message
        return message

    async def delete(self, channel_id: str, message_id: str) -> None:
        """Deletes a message."""
        posting.delete(self._world, channel_id, message_id)
        await self._gateway.pass_on()

    async def repeat(self, channel_id: str, message_id: str) -> None:
        """Lets the gateway tell of a message once more."""
        await self._tell("MESSAGE_CREATE", self._world.message(channel_id, message_id))

    async def thread(self, channel_id: str, message_id: str) -> Channel:
        """Starts a thread from a message, or finds the one that exists."""
        world = self._world
        if message_id not in world.channels:
            thread = Channel(message_id, THREAD, "a thread", parent=channel_id)
            world.channels[thread.id] = thread
            told = shapes.channel(world, thread) | {"newly_created": True}
            world.tell("THREAD_CREATE", told, GUILDS)
            await self._gateway.pass_on()
        return world.channels[message_id]

    async def forum_post(self) -> Channel:
        """Opens a forum, and a post in it."""
        world = self._world
        forum = Channel(world.clock.snowflake(), FORUM, "questions")
        world.channels[forum.id] = forum
        world.tell("CHANNEL_CREATE", shapes.channel(world, forum), GUILDS)
        return await self.thread(forum.id, world.clock.snowflake())

    async def closed_channel(self, user: str) -> Channel:
        """Open a channel that one person cannot see."""
        world = self._world
        channel = Channel(world.clock.snowflake(), name="board", hidden_from={user})
        world.channels[channel.id] = channel
        world.tell("CHANNEL_CREATE", shapes.channel(world, channel), GUILDS)
        await self._gateway.pass_on()
        return channel

    async def command(self, user: str, channel_id: str, name: str, **options: Any) -> Interaction:
        """Types a slash command."""
        data = self._command(name) | {"type": SLASH, "options": _options(options)}
        return await self._interact(COMMAND, user, channel_id, data)

    async def suggestions(
        self, user: str, channel_id: str, name: str, option: str, begun: str
    ) -> list[str]:
        """Returns what is offered while a command's option is typed."""
        typed = [{"name": option, "type": 3, "value": begun, "focused": True}]
        data = self._command(name) | {"type": SLASH, "options": typed}
        asked = await self._interact(AUTOCOMPLETE, user, channel_id, data)
        await self._world.changes.wait_for(lambda: asked.choices is not None, "suggestions")
        return [str(choice["value"]) for choice in asked.choices or []]

    async def menu(self, user: str, message: Json, name: str) -> Interaction:
        """Uses a message's menu; Discord hands the message over with its text."""
        data = self._command(name) | {
            "type": MENU, "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }  # fmt: skip
        return await self._interact(COMMAND, user, message["channel_id"], data)

    async def click(self, user: str, message: Json, label: str) -> Interaction:
        """Clicks what says `label`; the bot must react within three seconds."""
        buttons = [button for row in message["components"] for button in row["components"]]
        found = next(button for button in buttons if button["label"] == label)
        data = {"custom_id": found["custom_id"], "component_type": 2, "id": found["id"]}
        place = message["channel_id"]
        asked = await self._interact(COMPONENT, user, place, data, clicked=message)
        await self._world.changes.wait_for(lambda: bool(asked.acked), f"{label} to be acknowledged")
        return asked

    async def remove_bot(self) -> None:
        """Takes the bot off the server."""
        self._world.tell("GUILD_DELETE", {"id": self._world.guild_id}, GUILDS)
        await self._gateway.pass_on()

    async def _interact(
        self, kind: int, user: str, channel_id: str, data: Json, clicked: Json | None = None
    ) -> Interaction:
        world = self._world
        token, now = secrets.token_hex(16), world.clock.now()
        asked = Interaction(world.clock.snowflake(), token, kind, user, channel_id, now, clicked)
        world.interactions[token] = asked
        world.tell("INTERACTION_CREATE", shapes.interaction(world, asked, data))
        await self._gateway.pass_on()
        return asked

    async def _tell(self, event: str, message: Json) -> None:
        channel = self._world.channel(message["channel_id"])
        told = shapes.heard(self._world, message)
        self._world.tell(event, told, posting.intent_of(channel))
        await self._gateway.pass_on()

    def _name(self, message: Json, *, also_us: bool = False) -> None:
        """Notes whom a message names."""
        world = self._world
        direct = world.channel(message["channel_id"]).kind == DIRECT
        named = [user for user in world.users if f"<@{user}>" in message["content"]]
        if also_us and world.bot_id not in named:
            named.append(world.bot_id)
        message["mentions"] = [
            world.users[user]
            | ({} if direct else {"member": shapes.member(world, user, alone=True)})
            for user in named
        ]

    def _command(self, name: str) -> Json:
        """Returns a command that was synced; nobody can use another."""
        found = next((c for c in self._world.commands if c["name"] == name), None)
        assert found is not None, f"{name} was never synced"
        return {"id": found["id"], "name": name}


def _options(options: dict[str, Any]) -> list[Json]:
    return [{"name": name, "type": 3, "value": value} for name, value in options.items()]
