"""The scenario language: people ask, click, edit and delete; the bot's replies are looked at.

A scenario is an async function of a `Stage`. It names people, places and words, and nothing of any
platform; a `Driver` turns that into events and reads back what a person would see.

    async def a_mention_is_answered_in_its_thread(stage: Stage) -> None:
        question = await stage.alice.asks("Where is the headquarters?")
        reply = await question.reply()
        assert reply.bold == ("Wiesbaden",)

When a scenario ends the bot is stopped politely, so nothing can follow any more, and what must
always hold is checked: one outcome for each question, no sign of work left behind, every quote an
article's own words, nobody pinged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from index.documents.article import Article
    from tests.scenarios.shown import Shown


class Medium(Enum):
    """How somebody can ask."""

    MENTION = "a message in a channel that mentions the bot"
    DIRECT_MESSAGE = "a direct message"
    COMMAND = "the slash command, answered privately"


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Points to a message: the conversation that its outcome appears in, and its id.

    Attributes:
        conversation: Equal for questions whose replies appear one below the other.
        message: The platform's id of the message itself; empty for a command.
    """

    conversation: tuple[str, ...]
    message: str = ""


class Driver(Protocol):
    """What a platform can do for a scenario."""

    async def ask(
        self, who: str, medium: Medium, text: str, thread: MessageRef | None
    ) -> MessageRef:
        """Let somebody ask, in the thread of an earlier question if one is given."""

    async def remark(self, who: str, text: str) -> MessageRef:
        """Let somebody say something in the channel that is not meant for the bot."""

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Let somebody look for the source of a message; where its outcome appears."""

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Change the words of a question."""

    async def delete(self, ref: MessageRef) -> None:
        """Take a question back."""

    async def deliver_again(self, ref: MessageRef) -> None:
        """Hand the bot once more everything it was told about a question."""

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Click what carries that label."""

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """All the bot has ever said in that conversation and not taken back, oldest first."""

    def signs_of_work(self) -> list[str]:
        """Every status and reaction that says the bot is working."""

    def everything(self) -> Iterable[Shown]:
        """All the bot shows anywhere."""

    def name(self, who: str) -> str:
        """How somebody is named where that alerts them."""

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something to become true, and fail after a generous while."""

    async def stop(self) -> None:
        """Stop the bot politely; it finishes what it began."""


@dataclass(slots=True)
class Question:
    """Something that was asked, and what came of it."""

    driver: Driver
    ref: MessageRef
    position: int  # how many outcomes stood in its conversation before
    gone: bool = False

    async def reply(self) -> Shown:
        """Wait for the outcome."""
        await self.driver.until(lambda: self._shown() is not None, f"an outcome for {self.ref}")
        shown = self._shown()
        assert shown is not None
        return shown

    async def becomes(self, condition: Callable[[Shown], bool], what: str) -> Shown:
        """Wait for the outcome to look a certain way."""

        def holds() -> bool:
            shown = self._shown()
            return shown is not None and condition(shown)

        await self.driver.until(holds, what)
        return await self.reply()

    async def vanishes(self) -> None:
        """Wait for the outcome to be taken back."""
        await self.driver.until(lambda: self._shown() is None, f"{self.ref} to lose its reply")
        self.gone = True

    async def comes_again(self, times: int) -> None:
        """Deliver the question to the bot that many more times, all at once."""
        for _ in range(times):
            await self.driver.deliver_again(self.ref)

    def _shown(self) -> Shown | None:
        outcomes = self.driver.outcomes(self.ref)
        return outcomes[self.position] if len(outcomes) > self.position else None


@dataclass(slots=True)
class Person:
    """Somebody in the workspace."""

    name: str
    stage: Stage = field(repr=False)

    async def asks(
        self, text: str, medium: Medium = Medium.MENTION, *, after: Question | None = None
    ) -> Question:
        """Ask, in the thread of an earlier question if one is given."""
        ref = await self.stage.driver.ask(self.name, medium, text, after.ref if after else None)
        return self.stage.asked(ref)

    async def looks_for_the_source_of(self, remark: MessageRef) -> Question:
        """Ask where the articles say what somebody has claimed."""
        return self.stage.asked(await self.stage.driver.find_source(self.name, remark))

    async def says(self, text: str) -> MessageRef:
        """Say something in the channel that is not meant for the bot."""
        return await self.stage.driver.remark(self.name, text)

    async def edits(self, question: Question, text: str) -> None:
        """Change what was asked."""
        await self.stage.driver.edit(question.ref, text)

    async def deletes(self, question: Question) -> None:
        """Take it back; from now on no outcome is expected."""
        question.gone = True
        await self.stage.driver.delete(question.ref)

    async def clicks(self, shown: Shown, label: str) -> None:
        """Click something the bot shows."""
        await self.stage.driver.click(self.name, shown, label)


@dataclass(slots=True)
class Stage:
    """One workspace with the bot in it, for one scenario."""

    driver: Driver
    articles: tuple[Article, ...]
    questions: list[Question] = field(default_factory=list)
    may_be_named: list[str] = field(default_factory=list)

    def asked(self, ref: MessageRef) -> Question:
        """Note that a question was asked there; one more outcome is expected."""
        earlier = sum(_together(other.ref, ref) for other in self.questions)
        question = Question(self.driver, ref, position=earlier)
        self.questions.append(question)
        return question

    async def sees(self, condition: Callable[[Shown], bool], what: str) -> Shown:
        """Wait until the bot shows something like that, to whomever."""
        seen = self.driver.everything
        await self.driver.until(lambda: any(map(condition, seen())), what)
        return next(filter(condition, seen()))

    @property
    def alice(self) -> Person:
        """She asks most of the questions."""
        return Person("alice", self)

    @property
    def bob(self) -> Person:
        """He is there too."""
        return Person("bob", self)

    async def end(self) -> None:
        """Stop the bot and check what must hold at the end of every scenario."""
        await self.driver.stop()
        for question in self.questions:
            asked = [other for other in self.questions if _together(other.ref, question.ref)]
            expected = sum(not other.gone for other in asked)
            outcomes = self.driver.outcomes(question.ref)
            assert len(outcomes) == expected, (
                f"{question.ref}: {expected} asked, {len(outcomes)} outcomes: {outcomes}"
            )
        assert not self.driver.signs_of_work()
        for shown in self.driver.everything():
            self._check(shown)

    def _check(self, shown: Shown) -> None:
        for quote in shown.quotes:
            assert any(quote in article.text for article in self.articles), f"invented: {quote!r}"
        named = [self.driver.name(who) for who in self.may_be_named]
        assert all(ping in named for ping in shown.pings), f"{shown.pings} in {shown}"
        assert shown.plain.strip(), f"nothing for notifications in {shown}"


def _together(one: MessageRef, other: MessageRef) -> bool:
    return one.conversation == other.conversation
