"""The rules of a channel: when to answer, from which articles, how surely, in which language."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import and_, select

from bot.state.database import upsert
from bot.state.tables import channels, same_channel
from index.documents.folder import is_below

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.state.ask import Key

Mode: TypeAlias = Literal["mention", "threads", "questions"]

WORKSPACE = ""  # the channel in whose row the default folders of a workspace stand
NO_FOLDER = ("/",)
"""Folders that no article lies below: the name of an article never begins with a slash."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one channel.

    Attributes:
        mode: When the bot answers. "mention": only when it is mentioned. "threads": as well in a
            thread where it answered before. "questions": every message that ends in "?".
        folders: Only articles below these folders may be shown; empty for all articles.
        threshold: Findings with a lower confidence are not shown; None for the answerer's own
            threshold.
        language: The language of the fixed words, such as "en".
        default_folders: The same as `folders`, for the whole workspace: every channel, direct
            message, command, App Home and workflow step. A channel can only narrow it.
    """

    mode: Mode = "mention"
    folders: tuple[str, ...] = ()
    threshold: float | None = None
    language: str = "en"
    default_folders: tuple[str, ...] = ()

    @property
    def visible_folders(self) -> tuple[str, ...]:
        """The folders whose articles may be shown in the channel; empty for all articles."""
        return narrowed(self.default_folders, self.folders)


def narrowed(wide: tuple[str, ...], narrow: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the folders whose articles lie below both of two groups of folders.

    An empty group stands for all articles, in what is given and in what is returned.
    """
    if not wide or not narrow:
        return wide or narrow
    pairs = [*product(wide, narrow), *product(narrow, wide)]
    both = {inner for inner, outer in pairs if is_below(f"{inner.strip('/')}/", (outer,))}
    return tuple(sorted(both)) or NO_FOLDER


class ChannelRules:
    """Keeps the rules of all channels.

    The default folders of a workspace stand in the row of a channel without a name.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, key: Key) -> Rules:
        """Returns the rules of a message's channel; the defaults where nothing was set.

        Where a conversation belongs to no workspace, the default folders of all workspaces of the
        platform hold together: nothing that one of them hides is shown there.
        """
        of_workspaces = and_(channels.c.platform == key.platform, channels.c.channel == WORKSPACE)
        if key.of_workspace:
            of_workspaces = and_(of_workspaces, channels.c.workspace == key.workspace)
        own = and_(same_channel(channels, key), channels.c.channel != WORKSPACE)
        with self._engine.connect() as connection:
            row = connection.execute(select(channels).where(own)).first()
            defaults = connection.execute(select(channels.c.folders).where(of_workspaces)).scalars()
            folders: tuple[str, ...] = ()
            for each in defaults:
                folders = narrowed(folders, tuple(json.loads(each)))
        if row is None:
            return Rules(default_folders=folders)
        own_folders = tuple(json.loads(row.folders))
        return Rules(row.mode, own_folders, row.threshold, row.language, folders)

    def write_default(self, key: Key, folders: tuple[str, ...]) -> None:
        """Replaces the default folders of a message's workspace."""
        self.write(replace(key, channel=WORKSPACE), Rules(folders=folders))

    def write(self, key: Key, rules: Rules) -> None:
        """Replaces the rules of a message's channel; the default folders stay as they are."""
        values: dict[str, object] = {
            "mode": rules.mode,
            "folders": json.dumps(rules.folders),
            "threshold": rules.threshold,
            "language": rules.language,
        }
        where = {"platform": key.platform, "workspace": key.workspace, "channel": key.channel}
        with self._engine.begin() as connection:
            upsert(connection, channels, where, values)
