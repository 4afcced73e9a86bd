"""The desk: every question is claimed, answered once, and never left without a word.

It knows no platform. A `Surface` shows what the desk decides; the store remembers it, so that
another process can go on where this one was stopped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.asks import GoneError, Reply
from bot.delivery import deliver
from bot.phrases import phrases_in
from bot.sign import Signs
from bot.store import LEASE_S

if TYPE_CHECKING:
    from bot.answering import Answering
    from bot.asks import Ask, Key, Surface
    from bot.limits import Limits
    from bot.metrics import Metrics
    from bot.pace import Pace
    from bot.shelf import Shelf
    from bot.sign import Sign
    from bot.store import Claim

log = logging.getLogger(__name__)

KEPT_KEYS = 20_000  # messages known to be claimed, without asking the store
PURGE_EVERY_S = 3_600.0


class Desk:
    """Takes questions from every platform, and sees each one through."""

    def __init__(
        self,
        answering: Answering,
        shelf: Shelf,
        metrics: Metrics,
        *,
        limits: Limits,
        pace: Pace,
    ) -> None:
        self.answering = answering
        self.shelf = shelf
        self.metrics = metrics
        self._limits = limits
        self._pace = pace
        self._signs = Signs(after_s=pace.working_after_s, limit=pace.signs)
        self._surfaces: dict[str, Surface] = {}
        self._known: OrderedDict[Key, None] = OrderedDict()
        self._withdrawn: set[Key] = set()
        self._work: dict[asyncio.Task[None], Claim] = {}
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
        if work:
            await asyncio.wait(work, timeout=self._pace.grace_s)
        left = {task: claim for task, claim in work.items() if not task.done()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for claim in left.values():
            await self.shelf.do(self.shelf.store.hand_back, claim)

    async def accept(self, ask: Ask) -> None:
        """Take a question that reached us, for the first time or once more."""
        platform = ask.key.platform
        if ask.key in self._known:
            self.metrics.duplicates.labels(platform).inc()
            return
        self._note(ask.key)
        began = time.perf_counter()
        try:
            claim = await self.shelf.do(self.shelf.store.claim, ask)
        except Exception:
            self._known.pop(ask.key, None)
            await self._say_failed(ask)
            raise
        self.metrics.took("claim", time.perf_counter() - began)
        if claim is None:
            self.metrics.duplicates.labels(platform).inc()
            return
        self.metrics.questions.labels(platform).inc()
        if not await self._is_refused(claim):
            await self._admit(claim)

    async def revise(self, ask: Ask) -> None:
        """Take another wording of a question; one never seen before is a new question."""
        if await self.shelf.do(self.shelf.store.find, ask.key) is None:
            await self.accept(ask)
            return
        claim = await self.shelf.do(self.shelf.store.revise, ask)
        if claim is not None:
            self._begin(claim)

    async def withdraw(self, key: Key) -> None:
        """Take a reply back whose question was deleted."""
        if not self._pace.remove_deleted:
            return
        if any(claim.ask.key == key for claim in self._work.values()):
            self._withdrawn.add(key)
        claim = await self.shelf.do(self.shelf.store.withdraw, key)
        if claim is not None:
            await self._surfaces[key.platform].remove(claim.ask, claim.reply)

    async def is_known(self, key: Key) -> bool:
        """Whether that message was ever taken as a question."""
        return key in self._known or await self.shelf.do(self.shelf.store.find, key) is not None

    async def recall(self, claim_id: str) -> tuple[Ask, Reply] | None:
        """A question answered before, for its buttons; None when it is no longer kept."""
        claim = await self.shelf.do(self.shelf.store.named, claim_id)
        if claim is None or not claim.ask.question:
            return None
        return claim.ask, await self.answering.recall(claim)

    @property
    def in_work(self) -> int:
        """How many questions are being worked on."""
        return len(self._work)

    def _note(self, key: Key) -> None:
        self._known[key] = None
        if len(self._known) > KEPT_KEYS:
            self._known.popitem(last=False)

    async def _is_refused(self, claim: Claim) -> bool:
        """Whether it is one question too many; the asker is told, nobody else."""
        ask, key = claim.ask, claim.ask.key
        refusal = self._limits.refuse(
            (key.platform, key.workspace, ask.user), (key.platform, key.workspace, key.channel)
        )
        if refusal is None:
            return False
        phrases = phrases_in((await self.shelf.rules(key)).language)
        words = phrases.too_many.format(limit=refusal.limit, seconds=refusal.seconds)
        await self._conclude(claim, "refused", reply="")
        await self._tell(ask, words)
        return True

    async def _admit(self, claim: Claim) -> None:
        """Begin at once, or leave the question in the store until there is room, and say so."""
        if len(self._work) < self._pace.queue:
            self._begin(claim)
            return
        self._overflow += 1
        number = self._pace.queue + self._overflow
        await self.shelf.do(self.shelf.store.hand_back, claim, begun=False)
        phrases = phrases_in((await self.shelf.rules(claim.ask.key)).language)
        await self._tell(claim.ask, phrases.busy.format(number=number))

    def _begin(self, claim: Claim) -> None:
        surface = self._surfaces.get(claim.ask.key.platform)
        if surface is None:
            return  # we are stopping; the claim waits in the store
        task = asyncio.create_task(self._see_through(surface, claim))
        self._work[task] = claim
        self.metrics.queued.set(len(self._work))
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        claim = self._work.pop(task)
        self._withdrawn.discard(claim.ask.key)
        self.metrics.queued.set(len(self._work))
        if self._overflow:
            self._room.set()

    async def _see_through(self, surface: Surface, claim: Claim) -> None:
        """Work on a question until a reply to its last wording is out, or it is given up."""
        began = time.perf_counter()
        shown = claim.attempts > 1
        try:
            async with self._signs.over(surface, claim.ask, shown=shown) as sign:
                now: Claim | None = claim
                while now is not None:
                    now = await self._answer(surface, now, sign)
            self.metrics.took("all", time.perf_counter() - began)
        except Exception:
            log.exception("question %s: the reply could not be posted", claim.id)
            await self._try_later(claim)

    async def _answer(self, surface: Surface, claim: Claim, sign: Sign) -> Claim | None:
        """Reply to one wording; the claim again where there is a newer one by now."""
        if claim.attempts > self._pace.attempts:
            phrases = phrases_in((await self.shelf.rules(claim.ask.key)).language)
            words = phrases.failed.format(id=claim.id)
            reply, outcome = Reply(claim.id, phrases, words=words), "failed"
        else:
            sign.begin()
            reply, outcome = await self.answering.reply(claim)
            sign.answered()
        if claim.ask.key in self._withdrawn:
            return None
        began = time.perf_counter()
        try:
            posted = await deliver(surface, claim, reply)
        except GoneError:
            await self.shelf.do(self.shelf.store.withdraw, claim.ask.key)
            return None
        self.metrics.took("deliver", time.perf_counter() - began)
        searched = reply.searched_for or ""
        now = await self._conclude(claim, outcome, reply=posted, searched=searched)
        if now is not None and not now.ask.question:
            await surface.remove(claim.ask, posted)
            return None
        return now

    async def _conclude(
        self, claim: Claim, outcome: str, *, reply: str, searched: str = ""
    ) -> Claim | None:
        """Note the outcome, in the store and in the metrics."""
        store = self.shelf.store
        now = await self.shelf.do(store.finish, claim, outcome, reply=reply, searched=searched)
        if now is None:
            self.metrics.outcomes.labels(claim.ask.key.platform, outcome).inc()
        return now

    async def _try_later(self, claim: Claim) -> None:
        """Leave a question for another attempt; after too many, give it up in the log."""
        if claim.attempts > self._pace.attempts:
            log.error("question %s: given up after %d attempts", claim.id, claim.attempts)
            await self._conclude(claim, "lost", reply="")
            return
        after_s = self._pace.retry_s * claim.attempts
        await self.shelf.do(self.shelf.store.hand_back, claim, after_s=after_s)

    async def _tell(self, ask: Ask, words: str) -> None:
        """Say something to the asker alone; if that fails, the question is none the worse."""
        try:
            await self._surfaces[ask.key.platform].tell(ask, words)
        except Exception:
            log.exception("a notice to the asker could not be posted")

    async def _say_failed(self, ask: Ask) -> None:
        """The last word when the store itself is out of order."""
        await self._tell(ask, phrases_in("en").failed.format(id="store"))

    async def _sweep(self) -> None:
        """Renew leases, take up what nobody works on, delete what is too old."""
        renewed = purged = 0.0
        while True:
            now = time.monotonic()
            try:
                if now - renewed > LEASE_S / 4:
                    await self.shelf.do(self.shelf.store.renew)
                    renewed = now
                if now - purged > PURGE_EVERY_S:
                    before = time.time() - self._pace.retention_s
                    await self.shelf.do(self.shelf.store.purge, before)
                    purged = now
                await self._take_over()
            except Exception:
                log.exception("looking after open questions failed; trying again")
            # asyncio.wait_for may swallow a cancellation before Python 3.12; this does not.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pace.sweep_s):
                    await self._room.wait()
            self._room.clear()

    async def _take_over(self) -> None:
        """Begin what nobody works on, as far as there is room."""
        room = self._pace.queue - len(self._work)
        if room <= 0:
            return
        taken = await self.shelf.do(self.shelf.store.take_over, tuple(self._surfaces), room)
        self._overflow = max(0, self._overflow - len(taken)) if taken else 0
        for claim in taken:
            self._note(claim.ask.key)
            self._begin(claim)
