"""The rules of a channel: when to answer, from which articles, how surely, in which language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import select

from bot.state.database import upsert
from bot.state.tables import channels, same_channel

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.state.ask import Key

Mode: TypeAlias = Literal["mention", "threads", "questions"]


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
    """

    mode: Mode = "mention"
    folders: tuple[str, ...] = ()
    threshold: float | None = None
    language: str = "en"


class ChannelRules:
    """Keeps the rules of all channels."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, key: Key) -> Rules:
        """Returns the rules of a message's channel; the defaults where nothing was set."""
        with self._engine.connect() as connection:
            row = connection.execute(select(channels).where(same_channel(channels, key))).first()
        if row is None:
            return Rules()
        return Rules(row.mode, tuple(json.loads(row.folders)), row.threshold, row.language)

    def write(self, key: Key, rules: Rules) -> None:
        """Replaces the rules of a message's channel."""
        values: dict[str, object] = {
            "mode": rules.mode,
            "folders": json.dumps(rules.folders),
            "threshold": rules.threshold,
            "language": rules.language,
        }
        where = {"platform": key.platform, "workspace": key.workspace, "channel": key.channel}
        with self._engine.begin() as connection:
            upsert(connection, channels, where, values)
