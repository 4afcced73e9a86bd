"""What holds in one channel: when to answer, from which articles, how surely, in which language."""

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
    """What holds in one channel.

    Attributes:
        mode: Whether it takes a mention, or a thread that was answered in goes on without one,
            or every question that ends in "?" is answered.
        folders: Only articles below these folders may be shown; none means all.
        threshold: Findings less certain than this are not shown; None leaves it to the answerer.
        language: Of the fixed words.
    """

    mode: Mode = "mention"
    folders: tuple[str, ...] = ()
    threshold: float | None = None
    language: str = "en"


class ChannelRules:
    """The rules of all channels, as they are stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, key: Key) -> Rules:
        """Returns what holds in the channel of a message; the defaults where nothing was set."""
        with self._engine.connect() as connection:
            row = connection.execute(select(channels).where(same_channel(channels, key))).first()
        if row is None:
            return Rules()
        return Rules(row.mode, tuple(json.loads(row.folders)), row.threshold, row.language)

    def write(self, key: Key, rules: Rules) -> None:
        """Replaces the rules of the channel of a message."""
        values: dict[str, object] = {
            "mode": rules.mode,
            "folders": json.dumps(rules.folders),
            "threshold": rules.threshold,
            "language": rules.language,
        }
        where = {"platform": key.platform, "workspace": key.workspace, "channel": key.channel}
        with self._engine.begin() as connection:
            upsert(connection, channels, where, values)
