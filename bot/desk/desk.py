"""The desk: every question is claimed, answered once, and never left without a reply.

The desk knows no platform. A `Surface` shows what the desk decides. The state remembers it, so that
another process can go on where this process was stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.desk.claim_batcher import ClaimBatcher
from bot.desk.outage import through_outage
from bot.desk.recent import Recent
from bot.desk.side_tasks import SideTasks
from bot.desk.sweeper import Sweeper
from bot.desk.work_queue import WorkQueue
from bot.desk.worker import Worker
from bot.page.phrases import ENGLISH
from bot.state.database import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Collection

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
questions_log = log.getChild("questions")  # written only where LOG_QUESTIONS asks for it


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
        self._sweeper = Sweeper(state, policy, in_hand=self._in_hand, take_over=self._take_over)
        self._queue = WorkQueue(
            policy.queue_limit, metrics, pace=answer_service.pace, on_room=self._sweeper.wake
        )
        self._worker = Worker(
            answer_service,
            state,
            metrics,
            policy,
            answered=self._queue.answered,
            put_off=self._put_off,
        )
        self._side_tasks = SideTasks()
        self._surfaces: dict[str, Surface] = {}
        self._claiming: dict[Key, asyncio.Task[None]] = {}
        self._known = Recent()  # messages known to be claimed, so that the state need not be asked
        self._told_of_failure = Recent()

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
        if left:
            await self._hand_back(left.values())

    async def accept(self, ask: Ask) -> bool:
        """Takes a question that arrived, for the first time or once more.

        Returns:
            Whether the question is in the state, so that the platform may be told that it arrived;
            the work on it goes on. Where the state could not take it within the deadline, its asker
            was told that; when the platform delivers it again, it is taken.
        """
        if ask.key in self._known:
            self.metrics.duplicates.labels(ask.key.platform).inc()
            return True
        claiming = self._claiming.get(ask.key)
        if claiming is None:
            claiming = asyncio.create_task(self._claim(ask))
            self._claiming[ask.key] = claiming
            claiming.add_done_callback(lambda _: self._claiming.pop(ask.key))
        else:
            self.metrics.duplicates.labels(ask.key.platform).inc()
        await asyncio.shield(claiming)
        return ask.key in self._known

    async def share(self, ask: Ask) -> Claim | None:
        """Takes a click on Share.

        Returns:
            The claim of an earlier click that came to an end; None where the work begins or goes
            on. A refused click has left no claim, so that the next click is a new one.
        """
        before = await through_outage(lambda: self.state.claim_of(ask.key))
        if before is None:
            self._known.forget(ask.key)  # another process may have refused it meanwhile
            await self.accept(ask)
            return None
        return None if ask.key in self._keys_in_hand() else before

    async def revise(self, ask: Ask) -> None:
        """Takes another wording of a question; a question never seen before is a new question."""
        if await through_outage(lambda: self.state.claim_of(ask.key)) is None:
            await self.accept(ask)
            return
        claim = await through_outage(lambda: self.state.revise(ask))
        if claim is not None:
            self._begin(claim)

    async def withdraw(self, key: Key) -> None:
        """Takes back the reply to a question that was deleted."""
        if not self._policy.remove_deleted:
            return
        if key in self._queue:
            self._worker.withdrawn.add(key)
        claim = await through_outage(lambda: self.state.withdraw(key))
        surface = self._surfaces.get(key.platform)
        if claim is not None and surface is not None:
            self._side_tasks.run(surface.remove(claim.ask, claim.reply))

    async def is_known(self, key: Key) -> bool:
        """Tells whether a message was ever taken as a question."""
        if key in self._known:
            return True
        return await through_outage(lambda: self.state.claim_of(key)) is not None

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
        return len(self._queue) + len(self._side_tasks) + len(self._claiming)

    async def _claim(self, ask: Ask) -> None:
        """Claims a question, and begins the work on it if it is new."""
        platform = ask.key.platform
        until = self.answer_service.deadline()
        began = time.perf_counter()
        try:
            async with asyncio.timeout_at(until):
                claim = await through_outage(lambda: self._claim_batcher.claim(ask))
        except Exception as error:  # noqa: BLE001  # whatever it is, the asker is told
            self._tell_of_failure(ask, error)
            return
        self._known.note(ask.key)
        self.metrics.took("claim", time.perf_counter() - began)
        if claim is None:
            self.metrics.duplicates.labels(platform).inc()
        elif all(
            claim.id != other.id for other in self._in_hand()
        ):  # the sweeper may have been quicker
            self.metrics.questions.labels(platform).inc()
            questions_log.info("question %s: %s", claim.id, ask.question)
            self._admit(claim, until)

    def _tell_of_failure(self, ask: Ask, error: Exception) -> None:
        """Tells the asker once, however often the platform delivers the question in vain."""
        if self._told_of_failure.note(ask.key):
            log.error("a question could not be claimed: %s", type(error).__name__)
            self._side_tasks.run(self._tell(ask, ENGLISH.failed.format(id="store")))

    def _in_hand(self) -> list[Claim]:
        """Returns the claims that this process works on."""
        return [*self._queue.claims, *self._side_tasks.claims]

    def _keys_in_hand(self) -> set[Key]:
        """Returns the messages that this process works on, or is just claiming."""
        return {claim.ask.key for claim in self._in_hand()} | set(self._claiming)

    def _admit(self, claim: Claim, until: float) -> None:
        """Begins a question; refuses it beyond a limit, puts it off when there is no room."""
        ask, key = claim.ask, claim.ask.key
        refusal = self._limits.refuse(
            (key.platform, key.workspace, ask.user), (key.platform, key.workspace, key.channel)
        )
        if refusal is not None:
            self._side_tasks.run(self._refuse(claim, refusal), ends=claim)
        elif self._queue.takes_new:
            self._begin(claim, until)
        else:
            self._side_tasks.run(self._put_off(claim), ends=claim)

    async def _refuse(self, claim: Claim, refusal: Refusal) -> None:
        """Tells the asker, and nobody else, that a limit is exceeded."""
        phrases = await self.state.phrases(claim.ask.key)
        await self._conclude_refused(claim)
        text = phrases.too_many.format(limit=refusal.limit, seconds=refusal.seconds)
        await self._tell(claim.ask, text)

    async def _put_off(self, claim: Claim) -> None:
        """Lets a question wait in the state until there is room, and tells its asker.

        Who would wait too long is asked to come back instead.
        """
        wait_s = self.answer_service.pace.wait_s(self._queue.ahead)
        if wait_s > self._policy.max_wait_s:
            await self._turn_away(claim, wait_s)
            return
        number = self._queue.wait_in_line()
        await through_outage(lambda: self.state.hand_back(claim, begun=False))
        phrases = await self.state.phrases(claim.ask.key)
        await self._tell(claim.ask, phrases.busy.format(number=number))

    async def _turn_away(self, claim: Claim, wait_s: float) -> None:
        """Tells the asker, and nobody else, that too many questions are waiting."""
        phrases = await self.state.phrases(claim.ask.key)
        await self._conclude_refused(claim)
        await self._tell(claim.ask, phrases.overloaded.format(seconds=max(1, round(wait_s))))

    async def _conclude_refused(self, claim: Claim) -> None:
        """Notes that a question is refused; forgets a share, whose button can be clicked again."""
        await self._worker.conclude(claim, "refused", reply="")
        if claim.ask.kind == "share":
            await through_outage(lambda: self.state.drop(claim))
            self._known.forget(claim.ask.key)

    async def _hand_back(self, left: Collection[Claim]) -> None:
        """Lets another process go on with questions; without the state, it finds them later."""
        try:
            await self.state.hand_back(*left)
        except UNREACHABLE as error:
            log.warning("%d questions not handed back: %s", len(left), type(error).__name__)

    async def _tell(self, ask: Ask, text: str) -> None:
        """Says something to the asker alone."""
        surface = self._surfaces.get(ask.key.platform)
        if surface is not None:
            await surface.tell(ask, text)

    def _begin(self, claim: Claim, until: float | None = None) -> None:
        """Begins the work on a question that must be answered until then; else in good time."""
        surface = self._surfaces.get(claim.ask.key.platform)
        if surface is None:
            return  # we are stopping; the claim waits in the state
        until = self.answer_service.deadline() if until is None else until
        self._queue.begin(claim, self._worker.see_through(surface, claim, until))

    async def _take_over(self) -> None:
        """Begins questions that nobody works on, as far as there is room."""
        if self._queue.room <= 0:
            return
        platforms, room = tuple(self._surfaces), self._queue.room
        taken = await self.state.take_over(platforms, room, self._keys_in_hand())
        self._queue.leave_line(len(taken))
        in_hand = self._keys_in_hand()
        for claim in taken:
            self._known.note(claim.ask.key)
            if claim.ask.key not in in_hand:  # it may have been claimed at this very moment
                self._begin(claim)
