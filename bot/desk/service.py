"""Opening the desk that all chat platforms of one process share."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.desk.answer_service import AnswerService
from bot.desk.desk import Desk
from bot.desk.limits import Limits
from bot.desk.metrics import Metrics
from bot.desk.policy import Policy
from bot.page.context import with_context
from bot.page.facts import Facts
from bot.state.database import BUSY_S
from bot.state.state import State

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.page.layout import Widen
    from retrieval.answers import FindAnswer


@dataclass(frozen=True, slots=True)
class Options:
    """How the bot behaves, whatever the platform.

    Attributes:
        database_url: Where the state is kept; by default in memory, as long as the process runs.
            It may hold a password.
        database_busy_s: How long SQLite waits, in seconds, for another process that is writing.
        limit_per_user: How many questions a minute a person may ask; 0 for any number.
        limit_per_channel: How many questions a minute may be asked in a channel; 0 for any number.
        deadline_s: How long after its arrival a question must have an answer, in seconds, or its
            asker must know that it waits.
        threads: How many answers are found at once.
        policy: How patient the desk is.
        gaps_show_private: Whether admins read in /ask-gaps what others asked in private.
        widen: Returns a clipping with its context.
        facts: Returns what there is to tell about the library at this moment.
    """

    database_url: str = field(default="sqlite://", repr=False)
    database_busy_s: float = BUSY_S
    limit_per_user: int = 0
    limit_per_channel: int = 0
    deadline_s: float = 10.0
    threads: int = 4
    policy: Policy = field(default_factory=Policy)
    gaps_show_private: bool = False
    widen: Widen = with_context
    facts: Callable[[], Facts] = Facts


@contextlib.asynccontextmanager
async def open_desk(answerer: FindAnswer, options: Options) -> AsyncIterator[Desk]:
    """Opens a desk that platforms can attach to, until the block ends.

    Raises:
        SettingsError: The database cannot be used.
    """
    state = State.open(options.database_url, busy_s=options.database_busy_s)
    metrics = Metrics()
    answer_service = AnswerService(
        answerer,
        state,
        metrics,
        threads=options.threads,
        deadline_s=options.deadline_s,
        facts=options.facts,
    )
    limits = Limits(per_user=options.limit_per_user, per_channel=options.limit_per_channel)
    desk = Desk(answer_service, state, metrics, limits=limits, policy=options.policy)
    desk.open()
    try:
        yield desk
    finally:
        await desk.close()
        answer_service.close()
        state.close()
