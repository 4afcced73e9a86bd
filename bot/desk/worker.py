"""Seeing one question through: its answer, its reply and its outcome, again after an edit."""

from __future__ import annotations

import logging
import time
from itertools import chain
from typing import TYPE_CHECKING

from bot.desk.busy import BusyIndicators
from bot.desk.delivery import deliver
from bot.desk.outage import through_outage
from bot.desk.recent import Recent
from bot.desk.surface import GoneError, ShutOutError, UnreachableError
from bot.desk.threads import NoThreadError
from bot.page.reply import Reply
from bot.state.database import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.desk.answer_service import AnswerService
    from bot.desk.busy import BusyIndicator
    from bot.desk.metrics import Metrics
    from bot.desk.policy import Policy
    from bot.desk.surface import Surface
    from bot.state.ask import Key
    from bot.state.claims import Claim
    from bot.state.state import State

log = logging.getLogger(__name__)


class Worker:
    """Works on a claim until its reply is out, or until the claim is given up."""

    def __init__(
        self,
        answer_service: AnswerService,
        state: State,
        metrics: Metrics,
        policy: Policy,
        *,
        answered: Callable[[Claim], None],
        put_off: Callable[[Claim], Awaitable[None]],
    ) -> None:
        """Makes a worker.

        Args:
            answer_service: Finds the answers.
            state: Where the claims are kept.
            metrics: Where outcomes and times are noted.
            policy: How often to try.
            answered: Is told when nobody looks for the answer to a question any more.
            put_off: Lets a question wait for which no thread came free in time.
        """
        self._answer_service = answer_service
        self._state = state
        self._metrics = metrics
        self._policy = policy
        self._answered = answered
        self._put_off = put_off
        self._late = Recent()
        self._indicators = BusyIndicators(after_s=policy.busy_after_s, limit=policy.busy_indicators)
        self.withdrawn: set[Key] = set()

    async def see_through(self, surface: Surface, claim: Claim, until: float) -> None:
        """Works on a question until the reply to its last wording is out, or gives it up.

        The first wording must be answered until that moment of the event loop's clock.
        """
        began = time.perf_counter()
        shown = claim.attempts > 1
        try:
            async with self._indicators.for_question(surface, claim.ask, shown=shown) as indicator:
                now: Claim | None = claim
                while now is not None:
                    now = await self._answer(surface, now, indicator, until)
                    until = self._answer_service.deadline()
            self._metrics.took("all", time.perf_counter() - began)
        except ShutOutError:
            log.warning("question %s: waits until the platform lets us in again", claim.id)
            await self._hand_back(claim, begun=False)
        except NoThreadError:
            self._late.note(claim.id)
            await self._put_off(claim)
        except Exception:
            log.exception("question %s: the reply could not be posted", claim.id)
            await self._try_later(surface, claim)
        finally:
            self.withdrawn.discard(claim.ask.key)

    async def conclude(
        self, claim: Claim, outcome: str, *, reply: str, searched: str = ""
    ) -> Claim | None:
        """Notes the outcome in the state and in the metrics, however long that takes.

        The reply is out by then: to begin again after an outage would show it twice.

        Returns:
            None when nothing is left to do; else the claim as it is now, as `State.finish` says.
        """
        now = await through_outage(
            lambda: self._state.finish(claim, outcome, reply=reply, searched=searched)
        )
        if now is None:
            self._metrics.outcomes.labels(claim.ask.key.platform, outcome).inc()
        return now

    async def _answer(
        self, surface: Surface, claim: Claim, indicator: BusyIndicator, until: float
    ) -> Claim | None:
        """Replies to one wording; returns the claim again if there is a newer wording by now."""
        limits = chain([until], iter(self._answer_service.deadline, None))  # anew after an outage
        try:
            found = await through_outage(lambda: self._find(claim, indicator, next(limits)))
        finally:
            self._answered(claim)
        reply, outcome = found
        if claim.ask.key in self.withdrawn:
            return None
        began = time.perf_counter()
        try:
            posted = await deliver(surface, claim, reply)
        except GoneError:
            await through_outage(lambda: self._state.withdraw(claim.ask.key))
            return None
        except UnreachableError:  # for good, and the log says why
            return await self.conclude(claim, "lost", reply="")
        self._metrics.took("deliver", time.perf_counter() - began)
        searched = reply.searched_for or ""
        now = await self.conclude(claim, outcome, reply=posted, searched=searched)
        if now is not None and not now.ask.question:
            await surface.remove(claim.ask, posted)
            return None
        return now

    async def _find(
        self, claim: Claim, indicator: BusyIndicator, until: float
    ) -> tuple[Reply, str]:
        """Returns the reply to a question and its outcome.

        Beyond the last attempt it returns the fixed words for a failure and asks no more: the
        attempts before may have ended the process.
        """
        if claim.attempts > self._policy.max_attempts:
            return await self._failure(claim), "failed"
        indicator.start()
        # A question is put off for want of a thread once, so that it does not wait for ever.
        first = claim.id not in self._late
        begin_by = self._answer_service.pace.thread_by_s(until) if first else None
        reply, outcome = await self._answer_service.reply(claim, until=until, begin_by=begin_by)
        indicator.answered()
        return reply, outcome

    async def _failure(self, claim: Claim) -> Reply:
        """Returns the fixed words that say that a question failed, with its id."""
        phrases = await self._state.phrases(claim.ask.key)
        return Reply(claim.id, phrases, text=phrases.failed.format(id=claim.id))

    async def _try_later(self, surface: Surface, claim: Claim) -> None:
        """Leaves a question for another attempt; after too many, tells the asker elsewhere."""
        if claim.attempts > self._policy.max_attempts:
            log.error("question %s: given up after %d attempts", claim.id, claim.attempts)
            outcome = "failed" if await self._fail_aside(surface, claim) else "lost"
            await self.conclude(claim, outcome, reply="")
            return
        after_s = self._policy.retry_s * claim.attempts
        await self._hand_back(claim, after_s=after_s)

    async def _fail_aside(self, surface: Surface, claim: Claim) -> bool:
        """Tells the asker by another way that the question failed; returns whether that went."""
        try:
            await surface.aside(claim.ask, await self._failure(claim))
        except Exception as error:  # noqa: BLE001  # it was the last way
            log.error("question %s: the asker was not told: %s", claim.id, type(error).__name__)  # noqa: TRY400  # the traceback stands above
            return False
        return True

    async def _hand_back(self, claim: Claim, *, after_s: float = 0.0, begun: bool = True) -> None:
        """Gives a claim up. Where the state is out of reach, the sweeper finds it there later."""
        try:
            await self._state.hand_back(claim, after_s=after_s, begun=begun)
        except UNREACHABLE as error:
            log.warning("question %s: not handed back: %s", claim.id, type(error).__name__)
