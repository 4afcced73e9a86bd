"""Which messages are questions to the bot: decided once for every platform."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.desk.outage import through_outage
from bot.desk.small_talk import small_talk_in

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.state.ask import Ask, Key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that somebody wrote, as far as it matters whether it asks the bot.

    Attributes:
        ask: The question, if the message is one.
        from_person: Whether a person wrote it and the bot may read it; not a bot, not the platform.
        direct: Whether it was written to the bot alone.
        names_us: Whether it names the bot, or the bot's own role.
        replies_to_us: Whether it replies to a message of the bot's.
        in_thread: Whether it stands in a thread that another message began.
        addresses_another: Whether it begins with somebody's name.
        asks: Whether it ends in a question mark.
    """

    ask: Ask
    from_person: bool
    direct: bool = False
    names_us: bool = False
    replies_to_us: bool = False
    in_thread: bool = False
    addresses_another: bool = False
    asks: bool = False


class Inbox:
    """Hands the questions among the messages to the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def heard(self, heard: Heard) -> bool:
        """Takes a message that somebody wrote; returns False if it should come once more."""
        return not await self._is_for_us(heard) or await self._desk.accept(heard.ask)

    async def edited(self, heard: Heard, *, lately: bool = True) -> None:
        """Takes a message whose text changed.

        Args:
            heard: The message as it is now.
            lately: Whether an edit can make a question of a message that was none before.
        """
        if not heard.from_person:
            return
        if await self._desk.is_known(heard.ask.key) or (lately and await self._is_for_us(heard)):
            await self._desk.revise(heard.ask)

    async def deleted(self, key: Key) -> None:
        """Notes that a message is gone; the desk does not know the bot's own messages."""
        await self._desk.withdraw(key)

    async def left(self, platform: str, workspace: str) -> None:
        """Deletes what a workspace left here, once it has removed the bot."""
        await self._desk.state.forget_workspace(platform, workspace)
        log.info("%s workspace %s removed the bot; its data is deleted", platform, workspace)

    async def _is_for_us(self, heard: Heard) -> bool:
        """Returns whether a message asks the bot: in private, by name, or as the rules have it."""
        if not heard.from_person:
            return False
        to_us = heard.direct or heard.names_us
        if to_us or _is_small_talk(heard.ask):
            return to_us  # small talk that does not name us is said to the others there
        if heard.asks and heard.replies_to_us:
            return True
        state, key = self._desk.state, heard.ask.key
        rules = await through_outage(lambda: state.rules(key))
        if rules.mode == "questions" and heard.asks:
            return True
        if rules.mode == "mention" or not heard.in_thread or heard.addresses_another:
            return False
        return await through_outage(lambda: state.answered_in(key, heard.ask.thread))


def _is_small_talk(ask: Ask) -> bool:
    return ask.kind == "question" and small_talk_in(ask.question) is not None
