"""Seeing one question through: its answer, its reply and its outcome, again after an edit."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from bot.desk.busy import BusyIndicators
from bot.desk.delivery import deliver
from bot.desk.surface import GoneError
from bot.page.reply import Reply

if TYPE_CHECKING:
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
        self, answer_service: AnswerService, state: State, metrics: Metrics, policy: Policy
    ) -> None:
        self._answer_service = answer_service
        self._state = state
        self._metrics = metrics
        self._policy = policy
        self._indicators = BusyIndicators(after_s=policy.busy_after_s, limit=policy.busy_indicators)
        self.withdrawn: set[Key] = set()

    async def see_through(self, surface: Surface, claim: Claim) -> None:
        """Works on a question until the reply to its last wording is out, or gives it up."""
        began = time.perf_counter()
        shown = claim.attempts > 1
        try:
            async with self._indicators.for_question(surface, claim.ask, shown=shown) as indicator:
                now: Claim | None = claim
                while now is not None:
                    now = await self._answer(surface, now, indicator)
            self._metrics.took("all", time.perf_counter() - began)
        except Exception:
            log.exception("question %s: the reply could not be posted", claim.id)
            await self._try_later(claim)
        finally:
            self.withdrawn.discard(claim.ask.key)

    async def conclude(
        self, claim: Claim, outcome: str, *, reply: str, searched: str = ""
    ) -> Claim | None:
        """Notes the outcome in the state and in the metrics.

        Returns:
            None when nothing is left to do; else the claim as it is now, as `State.finish` says.
        """
        now = await self._state.finish(claim, outcome, reply=reply, searched=searched)
        if now is None:
            self._metrics.outcomes.labels(claim.ask.key.platform, outcome).inc()
        return now

    async def _answer(
        self, surface: Surface, claim: Claim, indicator: BusyIndicator
    ) -> Claim | None:
        """Replies to one wording; returns the claim again if there is a newer wording by now."""
        reply, outcome = await self._find(claim, indicator)
        if claim.ask.key in self.withdrawn:
            return None
        began = time.perf_counter()
        try:
            posted = await deliver(surface, claim, reply)
        except GoneError:
            await self._state.withdraw(claim.ask.key)
            return None
        self._metrics.took("deliver", time.perf_counter() - began)
        searched = reply.searched_for or ""
        now = await self.conclude(claim, outcome, reply=posted, searched=searched)
        if now is not None and not now.ask.question:
            await surface.remove(claim.ask, posted)
            return None
        return now

    async def _find(self, claim: Claim, indicator: BusyIndicator) -> tuple[Reply, str]:
        """Returns the reply to a question and its outcome.

        Beyond the last attempt it returns the fixed words for a failure and asks no more: the
        attempts before may have ended the process.
        """
        if claim.attempts > self._policy.max_attempts:
            phrases = await self._state.phrases(claim.ask.key)
            return Reply(claim.id, phrases, text=phrases.failed.format(id=claim.id)), "failed"
        indicator.start()
        reply, outcome = await self._answer_service.reply(claim)
        indicator.answered()
        return reply, outcome

    async def _try_later(self, claim: Claim) -> None:
        """Leaves a question for another attempt; gives it up, and logs that, after too many."""
        if claim.attempts > self._policy.max_attempts:
            log.error("question %s: given up after %d attempts", claim.id, claim.attempts)
            await self.conclude(claim, "lost", reply="")
            return
        after_s = self._policy.retry_s * claim.attempts
        await self._state.hand_back(claim, after_s=after_s)
