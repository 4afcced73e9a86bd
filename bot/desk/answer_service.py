"""From a claimed question to a reply, within the deadline, whatever the answerer does."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import traceback
from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.desk.fixed_replies import first_question, fixed_reply, notes_on
from bot.desk.followup import carry_over, leans
from bot.desk.pace import Pace
from bot.desk.threads import AnswerThreads, NoThreadError
from bot.desk.visibility import narrow_to_channel
from bot.page.facts import Facts
from bot.page.layout import View
from bot.page.phrases import phrases_in
from bot.page.reply import Reply
from bot.state.ask import SMALL_TALK
from config.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk.metrics import Metrics
    from bot.state.ask import Ask, Key
    from bot.state.channel_rules import Rules
    from bot.state.claims import Claim
    from bot.state.state import State
    from retrieval.answers import Answer, FindAnswer

log = logging.getLogger(__name__)

KEPT_ANSWERS = 500  # for the buttons below them; an older answer is found again


class AnswerService:
    """Answers questions in threads of its own, and keeps the last answers for their buttons."""

    def __init__(
        self,
        answerer: FindAnswer,
        state: State,
        metrics: Metrics,
        *,
        threads: int = 4,
        deadline_s: float = 10.0,
        facts: Callable[[], Facts] = Facts,
    ) -> None:
        self._answerer = answerer
        self._state = state
        self._metrics = metrics
        self._facts = facts
        self.pace = Pace(threads, deadline_s)
        self._threads = AnswerThreads(threads, took=self.pace.took)
        self._kept: OrderedDict[tuple[str, str, tuple[str, ...]], Answer] = OrderedDict()

    def deadline(self) -> float:
        """Returns when a question that arrives now must be answered, by the event loop's clock."""
        return asyncio.get_running_loop().time() + self.pace.deadline_s

    async def reply(
        self, claim: Claim, *, until: float, begin_by: float | None = None
    ) -> tuple[Reply, str]:
        """Returns the reply to a question and its outcome in one word.

        Args:
            claim: The question.
            until: When the answer must be found, by the clock of the event loop.
            begin_by: When a thread must look for it; None where that is not asked.

        Raises:
            NoThreadError: No thread was free in time, and `begin_by` asks for that.
            SQLAlchemyError: The database does not answer.
        """
        rules = await self._state.rules(claim.ask.key)
        phrases = phrases_in(rules.language)
        said = fixed_reply(claim.ask, rules, phrases, self._facts)
        if said is not None:
            return Reply(claim.id, phrases, text=said), SMALL_TALK
        searched = await self._carried_over(claim.ask)
        try:
            question = searched or claim.ask.question
            visible = await self._find(claim.id, question, rules, until, begin_by)
        except QuestionError as error:
            return Reply(claim.id, phrases, text=str(error)), "refused"
        except Exception as error:
            if begin_by is not None and isinstance(error, NoThreadError):
                raise
            self._report(claim, error)
            return Reply(claim.id, phrases, text=phrases.failed.format(id=claim.id)), "failed"
        reply = _reply(claim, visible, rules, searched)
        return reply, "found" if visible.found else "not_found"

    async def recall(self, claim: Claim) -> Reply:
        """Returns the reply to a question that was answered before, for its buttons.

        Raises:
            Exception: Whatever the answerer raises; TimeoutError after the deadline.
        """
        rules = await self._state.rules(claim.ask.key)
        answer = await self._find(claim.id, claim.searched or claim.ask.question, rules)
        return _reply(claim, answer, rules, claim.searched or None)

    async def find(self, question: str, key: Key) -> Answer:
        """Returns the answer to a question as it may be seen in a channel.

        For a question of no channel, the channel of `key` is empty: the workspace's rules hold.

        Raises:
            Exception: Whatever the answerer raises; TimeoutError after the deadline.
        """
        rules = await self._state.rules(key)
        return narrow_to_channel(await self._answer(question, rules.visible_folders), rules)

    def close(self) -> None:
        """Lets the threads end."""
        self._threads.close()

    async def _find(
        self,
        claim_id: str,
        question: str,
        rules: Rules,
        until: float | None = None,
        begin_by: float | None = None,
    ) -> Answer:
        """Returns what the rules let be seen of an answer, which is kept or found anew."""
        asked = (claim_id, question, rules.visible_folders)
        if asked not in self._kept:
            await self._keep(asked, until, begin_by)
        return narrow_to_channel(self._kept[asked], rules)

    async def _keep(
        self,
        asked: tuple[str, str, tuple[str, ...]],
        until: float | None,
        begin_by: float | None,
    ) -> None:
        """Finds an answer and keeps it for the buttons below it."""
        _, question, folders = asked
        began = time.perf_counter()
        answer = await self._answer(question, folders, until, begin_by)
        self._metrics.took("answer", time.perf_counter() - began)
        self._kept[asked] = answer
        if len(self._kept) > KEPT_ANSWERS:
            self._kept.popitem(last=False)

    async def _answer(
        self,
        question: str,
        folders: tuple[str, ...],
        until: float | None = None,
        begin_by: float | None = None,
    ) -> Answer:
        """Returns the answer to a question, from the articles of some folders or of all."""
        work = partial(self._answerer, question, folders=folders)
        limit = self.deadline() if until is None else until
        return await self._threads.run(work, until=limit, begin_by=begin_by)

    async def _carried_over(self, ask: Ask) -> str | None:
        """Returns what to search instead of a question that cannot be searched for as it is.

        Of several questions that is the first; a question that leans on the question before it is
        completed.
        """
        if (first := first_question(ask)) is not None:
            return first
        if ask.kind != "question" or not leans(ask.question):
            return None
        before = await self._state.last_question(ask)
        return carry_over(ask.question, before)

    def _report(self, claim: Claim, error: Exception) -> None:
        """Logs why there is no answer, without a word of the question."""
        if isinstance(error, TimeoutError):
            log.error("question %s: no answer within %g s", claim.id, self.pace.deadline_s)
            return
        frames = "".join(traceback.format_tb(error.__traceback__))
        message = str(error)
        asked = claim.ask.question.casefold()
        if any(word in asked for word in re.findall(r"\w{3,}", message.casefold())):
            message = "(its message repeats the question and is left out)"
        log.error("question %s failed: %s: %s\n%s", claim.id, type(error).__name__, message, frames)


def _reply(claim: Claim, answer: Answer, rules: Rules, searched: str | None) -> Reply:
    """Returns the reply that first shows an answer.

    Where the source of a statement is looked for, the closest passages are shown as well.
    """
    phrases = phrases_in(rules.language)
    notes = notes_on(claim.ask, phrases)
    reply = Reply(claim.id, phrases, answer, searched_for=searched, notes=notes)
    if claim.ask.kind != "source":
        return reply
    return replace(reply, heading=phrases.nearest, view=View(closest=not answer.found))
