"""The desk: every question is claimed, answered once, and never left without a reply.

The desk knows no platform. A `Surface` shows what the desk decides. The state remembers it, so that
another process can go on where this process was stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.desk.claim_batcher import ClaimBatcher
from bot.desk.side_tasks import SideTasks
from bot.desk.sweeper import Sweeper
from bot.desk.work_queue import WorkQueue
from bot.desk.worker import Worker
from bot.page.phrases import ENGLISH

if TYPE_CHECKING:
    from bot.desk.answer_service import AnswerService
    from bot.desk.limits import Limits, Refusal
    from bot.desk.metrics import Metrics
    from bot.desk.policy import Policy
    from bot.desk.surface import Surface
    from bot.page.reply import Reply
    from bot.state.ask import Ask, Key, Origin
    from bot.state.claims import Claim
    from bot.state.state import State

log = logging.getLogger(__name__)

KEPT_KEYS = 20_000  # messages known to be claimed, so that the state need not be asked


class Desk:
    """Takes questions from every platform and sees each question through."""

    def __init__(
        self,
        answer_service: AnswerService,
        state: State,
        metrics: Metrics,
        *,
        limits: Limits,
        policy: Policy,
    ) -> None:
        self.answer_service = answer_service
        self.state = state
        self.metrics = metrics
        self._limits = limits
        self._policy = policy
        self._claim_batcher = ClaimBatcher(state)
        self._worker = Worker(answer_service, state, metrics, policy)
        self._sweeper = Sweeper(state, policy, take_over=self._take_over)
        self._queue = WorkQueue(policy.queue_limit, metrics, on_room=self._sweeper.wake)
        self._side_tasks = SideTasks()
        self._surfaces: dict[str, Surface] = {}
        self._known: OrderedDict[Key, None] = OrderedDict()

    def open(self) -> None:
        """Begins to take up questions that nobody works on, now and from time to time."""
        self._sweeper.start()

    async def close(self) -> None:
        """Stops looking for work; call it after every platform is detached."""
        await self._sweeper.stop()

    def attach(self, platform: str, surface: Surface) -> None:
        """Lets a platform show what the desk decides, first for questions left unfinished."""
        self._surfaces[platform] = surface
        self._sweeper.wake()

    async def detach(self, platform: str) -> None:
        """Finishes the work for a platform within the grace; hands back what is left."""
        self._surfaces.pop(platform, None)
        work = self._queue.of_platform(platform)
        if pending := {*work, *self._side_tasks}:
            await asyncio.wait(pending, timeout=self._policy.grace_s)
        left = {task: claim for task, claim in work.items() if not task.done()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for claim in left.values():
            await self.state.hand_back(claim)

    async def accept(self, ask: Ask) -> None:
        """Takes a question that arrived, for the first time or once more.

        When this returns, the question is in the state, and the platform may be told that it
        arrived. The work on it goes on.
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
            self._side_tasks.run(self._tell(ask, ENGLISH.failed.format(id="store")))
            return
        self.metrics.took("claim", time.perf_counter() - began)
        if claim is None:
            self.metrics.duplicates.labels(platform).inc()
            return
        self.metrics.questions.labels(platform).inc()
        self._admit(claim)

    async def revise(self, ask: Ask) -> None:
        """Takes another wording of a question; a question never seen before is a new question."""
        if await self.state.claim_of(ask.key) is None:
            await self.accept(ask)
            return
        claim = await self.state.revise(ask)
        if claim is not None:
            self._begin(claim)

    async def withdraw(self, key: Key) -> None:
        """Takes back the reply to a question that was deleted."""
        if not self._policy.remove_deleted:
            return
        if key in self._queue:
            self._worker.withdrawn.add(key)
        claim = await self.state.withdraw(key)
        surface = self._surfaces.get(key.platform)
        if claim is not None and surface is not None:
            self._side_tasks.run(surface.remove(claim.ask, claim.reply))

    async def is_known(self, key: Key) -> bool:
        """Tells whether a message was ever taken as a question."""
        return key in self._known or await self.state.claim_of(key) is not None

    async def recall(self, claim_id: str, origin: Origin) -> tuple[Ask, Reply] | None:
        """Returns a question answered before and its reply.

        Returns None when it is no longer kept, or when its buttons cannot stand at `origin`.
        """
        claim = await self.state.claim_of_id(claim_id, origin)
        if claim is None or not claim.ask.question:
            return None
        return claim.ask, await self.answer_service.recall(claim)

    @property
    def in_work(self) -> int:
        """How many questions, notices and removals are in work."""
        return len(self._queue) + len(self._side_tasks)

    def _note(self, key: Key) -> None:
        self._known[key] = None
        if len(self._known) > KEPT_KEYS:
            self._known.popitem(last=False)

    def _admit(self, claim: Claim) -> None:
        """Begins a question; refuses it beyond a limit, puts it off when there is no room."""
        ask, key = claim.ask, claim.ask.key
        refusal = self._limits.refuse(
            (key.platform, key.workspace, ask.user), (key.platform, key.workspace, key.channel)
        )
        if refusal is not None:
            self._side_tasks.run(self._refuse(claim, refusal))
        elif self._queue.room > 0:
            self._begin(claim)
        else:
            self._side_tasks.run(self._put_off(claim, self._queue.wait_in_line()))

    async def _refuse(self, claim: Claim, refusal: Refusal) -> None:
        """Tells the asker, and nobody else, that a limit is exceeded."""
        phrases = await self.state.phrases(claim.ask.key)
        await self._worker.conclude(claim, "refused", reply="")
        text = phrases.too_many.format(limit=refusal.limit, seconds=refusal.seconds)
        await self._tell(claim.ask, text)

    async def _put_off(self, claim: Claim, number: int) -> None:
        """Leaves a question in the state until there is room, and tells its asker."""
        await self.state.hand_back(claim, begun=False)
        phrases = await self.state.phrases(claim.ask.key)
        await self._tell(claim.ask, phrases.busy.format(number=number))

    async def _tell(self, ask: Ask, text: str) -> None:
        """Says something to the asker alone."""
        surface = self._surfaces.get(ask.key.platform)
        if surface is not None:
            await surface.tell(ask, text)

    def _begin(self, claim: Claim) -> None:
        surface = self._surfaces.get(claim.ask.key.platform)
        if surface is None:
            return  # we are stopping; the claim waits in the state
        self._queue.begin(claim, self._worker.see_through(surface, claim))

    async def _take_over(self) -> None:
        """Begins questions that nobody works on, as far as there is room."""
        if self._queue.room <= 0:
            return
        taken = await self.state.take_over(tuple(self._surfaces), self._queue.room)
        self._queue.leave_line(len(taken))
        for claim in taken:
            self._note(claim.ask.key)
            self._begin(claim)
