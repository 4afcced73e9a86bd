"""The state database behind methods: claims, feedback, history and channel rules."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.page.phrases import phrases_in
from bot.state.ask import Key
from bot.state.channel_rules import ChannelRules
from bot.state.claims import ClaimStore
from bot.state.database import BUSY_S, files_of, open_database
from bot.state.feedback import Feedback
from bot.state.guest import GuestTables
from bot.state.history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from sqlalchemy import Engine

    from bot.page.phrases import Phrases
    from bot.state.ask import Ask, Origin
    from bot.state.channel_rules import Rules
    from bot.state.claims import Claim
    from bot.state.feedback import Verdict
    from bot.state.history import Gap, GapScope

RULES_KEPT_S = 15.0  # seconds; another process may change the rules

P = ParamSpec("P")
T = TypeVar("T")


class State:
    """Everything that is kept in the database, behind methods that never block the event loop.

    Each method calls one store in a thread; only this room knows the stores. Every method raises
    SQLAlchemyError when the database cannot be reached.
    """

    def __init__(self, engine: Engine, claims: ClaimStore | None = None) -> None:
        self._engine = engine
        self._claims = claims or ClaimStore(engine)
        self._history = History(engine)
        self._feedback = Feedback(engine)
        self._channel_rules = ChannelRules(engine)
        # SQLite has one writer at a time, so one thread is as quick as many.
        count = 1 if engine.dialect.name == "sqlite" else 4
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="state")
        self._rules: dict[tuple[str, str, str], tuple[float, Rules]] = {}

    @classmethod
    def open(cls, url: str, *, busy_s: float = BUSY_S) -> State:
        """Opens the database at `url`, with all tables of this version.

        SQLite waits `busy_s` seconds for another process that is writing.

        Raises:
            SettingsError: DATABASE_URL cannot be used, in one sentence.
        """
        return cls(open_database(url, busy_s=busy_s))

    @staticmethod
    def files_at(url: str) -> list[Path]:
        """Returns the files in which the database at `url` may be kept; none in PostgreSQL."""
        return files_of(url)

    @property
    def kind(self) -> str:
        """Which database it is: "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    def close(self) -> None:
        """Finishes what was begun, gives up all claims and closes the database."""
        self._threads.shutdown()
        self._claims.close()
        self._engine.dispose()

    def guest(self) -> GuestTables:
        """Returns the database for the tables that a platform's library keeps in it."""
        return GuestTables(self._engine, self._in_thread)

    async def problem(self) -> str | None:
        """Returns what is wrong with the database; None while it answers."""
        try:
            await self.claim_of(Key("", "", "", ""))
        except SQLAlchemyError as error:
            return type(error).__name__
        return None

    async def claim(self, asks: Sequence[Ask]) -> list[Claim | None]:
        """Claims new questions in one step; None in the place of a question claimed before."""
        return await self._in_thread(self._claims.claim_all, asks)

    async def claim_of(self, key: Key) -> Claim | None:
        """Returns the claim of a message, if there is one."""
        return await self._in_thread(self._claims.find, key)

    async def claim_of_id(self, claim_id: str, origin: Origin) -> Claim | None:
        """Returns the claim with that id, if it is still kept and can be clicked there."""
        return await self._in_thread(self._claims.find_by_id, claim_id, origin)

    async def finish(
        self, claim: Claim, outcome: str, *, reply: str, searched: str = ""
    ) -> Claim | None:
        """Notes that the reply to this wording of the question is out.

        Returns:
            None when nothing is left to do. The claim as it is now when the question was edited
            meanwhile and must be answered again. That claim with an empty question when the
            question was withdrawn and the reply must be removed.
        """
        return await self._in_thread(
            self._claims.finish, claim, outcome, reply=reply, searched=searched
        )

    async def revise(self, ask: Ask) -> Claim | None:
        """Notes an edited question; returns the claim when it must be answered again."""
        return await self._in_thread(self._claims.revise, ask)

    async def withdraw(self, key: Key) -> Claim | None:
        """Drops a deleted question; returns the claim when its reply must be removed."""
        return await self._in_thread(self._claims.withdraw, key)

    async def drop(self, claim: Claim) -> None:
        """Deletes a claim: its message can be claimed as if it had never been."""
        await self._in_thread(self._claims.drop, claim)

    async def renew_leases(self, in_hand: Collection[str]) -> None:
        """Renews the leases of the claims with these ids, as far as this process holds them."""
        await self._in_thread(self._claims.renew, in_hand)

    async def hand_back(self, *handed: Claim, after_s: float = 0.0, begun: bool = True) -> None:
        """Lets any process take the claims over once `after_s` seconds have passed.

        With `begun` False, the work on the questions does not count as an attempt.
        """
        await self._in_thread(self._claims.hand_back, *handed, after_s=after_s, begun=begun)

    async def take_over(
        self, platforms: Collection[str], limit: int, in_hand: Collection[Key]
    ) -> list[Claim]:
        """Claims up to `limit` questions that nobody works on any more, oldest first.

        This process works on the messages `in_hand`, or is about to.
        """
        return await self._in_thread(self._claims.take_over, platforms, limit, in_hand)

    async def purge(self, before: float) -> int:
        """Deletes questions asked before a moment (seconds since 1970); returns how many."""
        return await self._in_thread(self._history.purge, before)

    async def last_question(self, ask: Ask) -> str | None:
        """Returns what was searched last in the conversation of a question, if that is recent."""
        return await self._in_thread(self._history.last_question, ask)

    async def answered_in(self, key: Key, thread: str) -> bool:
        """Tells whether the bot answered in a thread of the channel before."""
        return await self._in_thread(self._history.answered_in, key, thread)

    async def recent_questions(
        self, platform: str, workspace: str, user: str, limit: int
    ) -> list[str]:
        """Returns a person's own questions, newest first, each wording once."""
        recent = self._history.recent_questions
        return await self._in_thread(recent, platform, workspace, user, limit)

    async def gaps(self, scope: GapScope, limit: int) -> list[Gap]:
        """Returns the questions of a scope not found or disliked, most asked first.

        Private questions of others are one gap without words, the first.
        """
        return await self._in_thread(self._history.gaps, scope, limit)

    async def gap_channels(self, scope: GapScope) -> list[str]:
        """Returns the channels of a scope in which others have gaps that are not private."""
        return await self._in_thread(self._history.gap_channels, scope)

    async def all_gaps(self, limit: int) -> list[Gap]:
        """Returns the gaps of all workspaces and platforms."""
        return await self._in_thread(self._history.all_gaps, limit)

    async def forget(self, user: str) -> int:
        """Deletes a person's questions and feedback everywhere; returns how many questions."""
        return await self._in_thread(self._history.forget, user)

    async def forget_workspace(self, platform: str, workspace: str) -> None:
        """Deletes the questions, the feedback and the channel rules of a workspace."""
        await self._in_thread(self._history.forget_workspace, platform, workspace)
        self._rules.clear()

    async def note_feedback(
        self, claim_id: str, origin: Origin, verdict: Verdict, reason: str = ""
    ) -> bool:
        """Notes what a person thinks of an answer; the person's last verdict counts.

        Returns:
            False, with nothing noted, where the question is no longer kept or cannot be clicked
            there.
        """
        return await self._in_thread(self._feedback.note, claim_id, origin, verdict, reason)

    async def rules(self, key: Key) -> Rules:
        """Returns the rules of a message's channel, at most RULES_KEPT_S seconds old."""
        channel = (key.platform, key.workspace, key.channel)
        until, rules = self._rules.get(channel, (0.0, None))
        if rules is None or until < time.monotonic():
            rules = await self._in_thread(self._channel_rules.read, key)
            self._rules[channel] = (time.monotonic() + RULES_KEPT_S, rules)
        return rules

    async def phrases(self, key: Key) -> Phrases:
        """Returns the fixed words in the language of a message's channel."""
        return phrases_in((await self.rules(key)).language)

    async def set_rules(self, key: Key, rules: Rules) -> None:
        """Replaces the rules of a message's channel from now on."""
        await self._in_thread(self._channel_rules.write, key, rules)
        self._rules.pop((key.platform, key.workspace, key.channel), None)

    async def set_default_folders(self, key: Key, folders: tuple[str, ...]) -> None:
        """Replaces the default folders of a message's workspace from now on."""
        await self._in_thread(self._channel_rules.write_default, key, folders)
        self._rules.clear()

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Returns what blocking work on the database returns, done in a thread of the state."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *args, **options))
