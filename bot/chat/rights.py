"""Who may see and change what: decided once, for every platform.

A platform tells what it knows of a person in a channel, as a `Standing`; the rules stand here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.state.history import GapScope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from bot.state.ask import Ask
    from bot.state.state import State

MAX_CHANNELS = 40  # looked up on the platform for one report; what is asked in more is private


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is in the place where they typed a command.

    Attributes:
        direct: They are alone with the bot.
        steers: They steer this channel: in Slack they created it, in Discord they may manage it.
        admin: They are an admin of the whole workspace; in Discord they may manage the server.
    """

    direct: bool = False
    steers: bool = False
    admin: bool = False

    @property
    def may_set_channel(self) -> bool:
        """Whether they may change what holds in this channel."""
        return self.direct or self.steers or self.admin

    @property
    def may_set_workspace(self) -> bool:
        """Whether they may change what holds in the whole workspace."""
        return self.admin


def gaps_for(standing: Standing, command: Ask, *, private_words: bool) -> GapScope | None:
    """Returns whose gaps a person may read where they typed a command; None for nobody's.

    Args:
        standing: What the person is there.
        command: The command, for who typed it and where.
        private_words: Whether GAPS_SHOW_PRIVATE lets admins read private questions of others.
    """
    key = command.key
    if standing.direct:
        return GapScope(key.platform, key.workspace, command.user, own=True)
    if standing.admin:
        return GapScope(key.platform, key.workspace, command.user, private_words=private_words)
    if standing.steers:
        return GapScope(key.platform, key.workspace, command.user, key.channel)
    return None


async def without_closed_channels(
    scope: GapScope,
    command: Ask,
    state: State,
    open_to_reader: Callable[[Collection[str]], Awaitable[Collection[str]]],
) -> GapScope:
    """Returns the scope of a whole workspace without the channels that its reader cannot see.

    Args:
        scope: Whose gaps are read; other scopes are returned as they are.
        command: The command; the channel that it was typed in can be seen.
        state: Knows the channels.
        open_to_reader: Asks the platform which of some channels the reader can see.
    """
    if scope.channel or scope.own or scope.private_words:
        return scope
    channels = set(await state.gap_channels(scope)) - {command.key.channel}
    seen = set(await open_to_reader(sorted(channels)[:MAX_CHANNELS])) if channels else set()
    return replace(scope, closed=frozenset(channels - seen))
