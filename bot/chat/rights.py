"""Who may see and change what: decided once, for every platform.

A platform tells what it knows of a person in a channel, as a `Standing`; the rules stand here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.state.history import GapScope

if TYPE_CHECKING:
    from bot.state.ask import Ask


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
