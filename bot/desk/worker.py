"""Seeing one question through: the answer, the reply, the outcome; again after an edit."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from bot.desk.busy import BusyIndicators
from bot.desk.delivery import deliver
from bot.desk.surface import GoneError
from bot.page.phrases import phrases_in
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
    """Works on claims until their reply is out, or they are given up."""

    def __init__(
        self, answering: AnswerService, state: State, metrics: Metrics, policy: Policy
    ) -> None:
        self._answering = answering
        self._state = state
        self._metrics = metrics
        self._policy = policy
        self._signs = BusyIndicators(after_s=policy.working_after_s, limit=policy.signs)
        self.withdrawn: set[Key] = set()

    async def see_through(self, surface: Surface, claim: Claim) -> None:
        """Work on a question until a reply to its last wording is out, or it is given up."""
        began = time.perf_counter()
        shown = claim.attempts > 1
        try:
            async with self._signs.over(surface, claim.ask, shown=shown) as sign:
                now: Claim | None = claim
                while now is not None:
                    now = await self._answer(surface, now, sign)
            self._metrics.took("all", time.perf_counter() - began)
        except Exception:
            log.exception("question %s: the reply could not be posted", claim.id)
            await self._try_later(claim)
        finally:
            self.withdrawn.discard(claim.ask.key)

    async def conclude(
        self, claim: Claim, outcome: str, *, reply: str, searched: str = ""
    ) -> Claim | None:
        """Note the outcome, in the store and in the metrics; the claim again if it was edited."""
        now = await self._state.finish(claim, outcome, reply=reply, searched=searched)
        if now is None:
            self._metrics.outcomes.labels(claim.ask.key.platform, outcome).inc()
        return now

    async def _answer(self, surface: Surface, claim: Claim, sign: BusyIndicator) -> Claim | None:
        """Reply to one wording; the claim again where there is a newer one by now."""
        reply, outcome = await self._found(claim, sign)
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

    async def _found(self, claim: Claim, sign: BusyIndicator) -> tuple[Reply, str]:
        """The answer; the words for a failure after too many attempts, which may have ended us."""
        if claim.attempts > self._policy.attempts:
            phrases = phrases_in((await self._state.rules(claim.ask.key)).language)
            return Reply(claim.id, phrases, words=phrases.failed.format(id=claim.id)), "failed"
        sign.begin()
        reply, outcome = await self._answering.reply(claim)
        sign.answered()
        return reply, outcome

    async def _try_later(self, claim: Claim) -> None:
        """Leave a question for another attempt; after too many, give it up in the log."""
        if claim.attempts > self._policy.attempts:
            log.error("question %s: given up after %d attempts", claim.id, claim.attempts)
            await self.conclude(claim, "lost", reply="")
            return
        after_s = self._policy.retry_s * claim.attempts
        await self._state.hand_back(claim, after_s=after_s)
