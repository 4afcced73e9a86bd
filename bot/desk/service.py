"""What every chat platform shares in one process: the desk, its database, its threads."""

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
from bot.state.state import State

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.page.layout import Widen
    from retrieval.answers import Answerer


@dataclass(frozen=True, slots=True)
class Options:
    """How the bot behaves, whatever the platform.

    Attributes:
        database_url: Where claims and questions are kept, by default only as long as the process
            runs; may hold a password.
        limit_per_user: Questions a minute, 0 for any number.
        limit_per_channel: Questions a minute, 0 for any number.
        deadline_s: For finding an answer, in seconds, once a thread is free for it.
        threads: Answers found at once.
        widen: Puts a clipping into its context.
        facts: Says what the articles are at this moment.
    """

    database_url: str = field(default="sqlite://", repr=False)
    limit_per_user: int = 0
    limit_per_channel: int = 0
    deadline_s: float = 10.0
    threads: int = 4
    policy: Policy = field(default_factory=Policy)
    widen: Widen = with_context
    facts: Callable[[], Facts] = Facts


@contextlib.asynccontextmanager
async def open_desk(answerer: Answerer, options: Options) -> AsyncIterator[Desk]:
    """A desk that platforms can attach to, until the block ends.

    Raises:
        SettingsError: The database cannot be used.
    """
    state = State.open(options.database_url)
    metrics = Metrics()
    answering = AnswerService(
        answerer, state, metrics, threads=options.threads, deadline_s=options.deadline_s
    )
    limits = Limits(per_user=options.limit_per_user, per_channel=options.limit_per_channel)
    desk = Desk(answering, state, metrics, limits=limits, policy=options.policy)
    desk.open()
    try:
        yield desk
    finally:
        await desk.close()
        answering.close()
        state.close()
