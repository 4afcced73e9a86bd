"""The desk: every question is claimed, answered once, and never left without a word.

It knows no platform. A `Surface` shows what the desk decides; the store remembers it, so that
another process can go on where this one was stopped.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.desk.claim_batcher import ClaimBatcher
from bot.desk.worker import Worker
from bot.page.phrases import ENGLISH, phrases_in
from bot.state.claims import LEASE_S

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.desk.answer_service import AnswerService
    from bot.desk.limits import Limits, Refusal
    from bot.desk.metrics import Metrics
    from bot.desk.policy import Policy
    from bot.desk.surface import Surface
    from bot.page.reply import Reply
    from bot.state.ask import Ask, Key
    from bot.state.claims import Claim
    from bot.state.state import State

log = logging.getLogger(__name__)

KEPT_KEYS = 20_000  # messages known to be claimed, without asking the store
PURGE_EVERY_S = 3_600.0


class Desk:
    """Takes questions from every platform, and sees each one through."""

    def __init__(
        self,
        answering: AnswerService,
        state: State,
        metrics: Metrics,
        *,
        limits: Limits,
        policy: Policy,
    ) -> None:
        self.answering = answering
        self.state = state
        self.metrics = metrics
        self._limits = limits
        self._policy = policy
        self._claim_batcher = ClaimBatcher(state)
        self._worker = Worker(answering, state, metrics, policy)
        self._surfaces: dict[str, Surface] = {}
        self._known: OrderedDict[Key, None] = OrderedDict()
        self._work: dict[asyncio.Task[None], Claim] = {}
        self._errands: set[asyncio.Task[None]] = set()
        self._overflow = 0
        self._room = asyncio.Event()
        self._sweeper: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Take up what was left unfinished, now and from time to time."""
        self._sweeper = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Stop looking for work; every platform is detached by now."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._sweeper

    def attach(self, platform: str, surface: Surface) -> None:
        """Let a platform show what the desk decides, beginning with what was left unfinished."""
        self._surfaces[platform] = surface
        self._room.set()

    async def detach(self, platform: str) -> None:
        """Finish what is in work for a platform, within the grace; hand back what is left."""
        self._surfaces.pop(platform, None)
        work = {
            task: claim for task, claim in self._work.items() if claim.ask.key.platform == platform
        }
        if pending := {*work, *self._errands}:
            await asyncio.wait(pending, timeout=self._policy.grace_s)
        left = {task: claim for task, claim in work.items() if not task.done()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for claim in left.values():
            await self.state.hand_back(claim)

    async def accept(self, ask: Ask) -> None:
        """Take a question that reached us, for the first time or once more.

        When this returns, the question is in the store, and a platform may be told that it
        arrived; the work on it goes on.
        """
        platform = ask.key.platform
        if ask.key in self._known:
            self.metrics.duplicates.labels(platform).inc()
            return
        self._note(ask.key)
        began = time.perf_counter()
        try:
            claim = await self._claim_batcher.claim(ask)
        except Exception:
            log.exception("a question could not be claimed")
            self._run(self._tell(ask, ENGLISH.failed.format(id="store")))
            return
        self.metrics.took("claim", time.perf_counter() - began)
        if claim is None:
            self.metrics.duplicates.labels(platform).inc()
            return
        self.metrics.questions.labels(platform).inc()
        self._admit(claim)

    async def revise(self, ask: Ask) -> None:
        """Take another wording of a question; one never seen before is a new question."""
        if await self.state.claim_of(ask.key) is None:
            await self.accept(ask)
            return
        claim = await self.state.revise(ask)
        if claim is not None:
            self._begin(claim)

    async def withdraw(self, key: Key) -> None:
        """Take a reply back whose question was deleted."""
        if not self._policy.remove_deleted:
            return
        if any(claim.ask.key == key for claim in self._work.values()):
            self._worker.withdrawn.add(key)
        claim = await self.state.withdraw(key)
        surface = self._surfaces.get(key.platform)
        if claim is not None and surface is not None:
            self._run(surface.remove(claim.ask, claim.reply))

    async def is_known(self, key: Key) -> bool:
        """Whether that message was ever taken as a question."""
        return key in self._known or await self.state.claim_of(key) is not None

    async def recall(self, claim_id: str) -> tuple[Ask, Reply] | None:
        """A question answered before, for its buttons; None when it is no longer kept."""
        claim = await self.state.claim_of_id(claim_id)
        if claim is None or not claim.ask.question:
            return None
        return claim.ask, await self.answering.recall(claim)

    @property
    def in_work(self) -> int:
        """How many questions, notices and removals are being worked on."""
        return len(self._work) + len(self._errands)

    def _note(self, key: Key) -> None:
        self._known[key] = None
        if len(self._known) > KEPT_KEYS:
            self._known.popitem(last=False)

    def _admit(self, claim: Claim) -> None:
        """Begin at once; or refuse one too many; or put off what there is no room for."""
        ask, key = claim.ask, claim.ask.key
        refusal = self._limits.refuse(
            (key.platform, key.workspace, ask.user), (key.platform, key.workspace, key.channel)
        )
        if refusal is not None:
            self._run(self._refuse(claim, refusal))
        elif len(self._work) < self._policy.queue:
            self._begin(claim)
        else:
            self._overflow += 1
            self._run(self._put_off(claim, self._policy.queue + self._overflow))

    async def _refuse(self, claim: Claim, refusal: Refusal) -> None:
        """Tell the asker, and nobody else, that it is one question too many."""
        phrases = phrases_in((await self.state.rules(claim.ask.key)).language)
        await self._worker.conclude(claim, "refused", reply="")
        words = phrases.too_many.format(limit=refusal.limit, seconds=refusal.seconds)
        await self._tell(claim.ask, words)

    async def _put_off(self, claim: Claim, number: int) -> None:
        """Leave a question in the store until there is room, and tell its asker."""
        await self.state.hand_back(claim, begun=False)
        phrases = phrases_in((await self.state.rules(claim.ask.key)).language)
        await self._tell(claim.ask, phrases.busy.format(number=number))

    async def _tell(self, ask: Ask, words: str) -> None:
        """Say something to the asker alone."""
        surface = self._surfaces.get(ask.key.platform)
        if surface is not None:
            await surface.tell(ask, words)

    def _begin(self, claim: Claim) -> None:
        surface = self._surfaces.get(claim.ask.key.platform)
        if surface is None:
            return  # we are stopping; the claim waits in the store
        task = asyncio.create_task(self._worker.see_through(surface, claim))
        self._work[task] = claim
        self.metrics.queued.set(len(self._work))
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._work[task]
        self.metrics.queued.set(len(self._work))
        if self._overflow:
            self._room.set()

    def _run(self, errand: Coroutine[None, None, None]) -> None:
        """Do something beside a question; a failure is logged, the question is none the worse."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errand_ended)

    def _errand_ended(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a notice or a removal failed", exc_info=error)

    async def _sweep(self) -> None:
        """Renew leases, take up what nobody works on, delete what is too old."""
        renewed = purged = -math.inf
        while True:
            now = time.monotonic()
            try:
                if now - renewed > LEASE_S / 4:
                    await self.state.renew_leases()
                    renewed = now
                if now - purged > PURGE_EVERY_S:
                    before = time.time() - self._policy.retention_s
                    await self.state.purge(before)
                    purged = now
                await self._take_over()
            except Exception:
                log.exception("looking after open questions failed; trying again")
            # asyncio.wait_for may swallow a cancellation before Python 3.12; this does not.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._policy.sweep_s):
                    await self._room.wait()
            self._room.clear()

    async def _take_over(self) -> None:
        """Begin what nobody works on, as far as there is room."""
        room = self._policy.queue - len(self._work)
        if room <= 0:
            return
        taken = await self.state.take_over(tuple(self._surfaces), room)
        self._overflow = max(0, self._overflow - len(taken)) if taken else 0
        for claim in taken:
            self._note(claim.ask.key)
            self._begin(claim)
