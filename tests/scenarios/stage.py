"""The scenario language: people ask, click, edit and delete; the bot's replies are looked at.

A scenario is an async function of a `Stage`. It names people, places and words, and nothing of any
platform; a `Driver` turns that into events and reads back what a person would see.

    async def a_mention_is_answered_in_its_thread(stage: Stage) -> None:
        question = await stage.alice.asks("Where is the headquarters?")
        reply = await question.reply()
        assert reply.bold == ("Wiesbaden",)

When a scenario ends the bot is stopped politely, so nothing can follow any more, and what must
always hold is checked: one outcome for each question, no busy indicator left behind, every quote an
article's own words, nobody pinged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from bot.page.phrases import ENGLISH

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
        """Lets somebody ask, in the thread of an earlier question if one is given."""

    async def remark(self, who: str, text: str) -> MessageRef:
        """Lets somebody say something in the channel that is not meant for the bot."""

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Lets somebody look for the source of a message; returns where the outcome appears."""

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Changes the text of a question."""

    async def delete(self, ref: MessageRef) -> None:
        """Deletes a question."""

    async def deliver_again(self, ref: MessageRef) -> None:
        """Tells the bot once more everything it was told about a question."""

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Clicks the element with a label."""

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """Returns all that the bot has said in a conversation and not deleted, oldest first."""

    def busy_indicators(self) -> list[str]:
        """Returns every status and reaction that says that the bot is working."""

    def everything(self) -> Iterable[Shown]:
        """Returns all that the bot shows anywhere."""

    def name(self, who: str) -> str:
        """Returns how somebody is named where that alerts them."""

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Waits for something to become true; fails after a generous while."""

    async def stop(self) -> None:
        """Stops the bot politely; it finishes what it began."""


@dataclass(slots=True)
class Question:
    """A question that was asked, and its outcome."""

    driver: Driver
    ref: MessageRef
    position: int  # how many outcomes of earlier questions its conversation has
    gone: bool = False

    async def reply(self) -> Shown:
        """Waits for the outcome."""
        await self.driver.until(lambda: self._shown() is not None, f"an outcome for {self.ref}")
        shown = self._shown()
        assert shown is not None
        return shown

    async def becomes(self, condition: Callable[[Shown], bool], what: str) -> Shown:
        """Waits for the outcome to look a certain way."""

        def holds() -> bool:
            shown = self._shown()
            return shown is not None and condition(shown)

        await self.driver.until(holds, what)
        return await self.reply()

    async def vanishes(self) -> None:
        """Waits for the outcome to be deleted."""
        await self.driver.until(lambda: self._shown() is None, f"{self.ref} to lose its reply")
        self.gone = True

    async def comes_again(self, times: int) -> None:
        """Delivers the question to the bot so many more times, all at once."""
        for _ in range(times):
            await self.driver.deliver_again(self.ref)

    def _shown(self) -> Shown | None:
        outcomes = self.driver.outcomes(self.ref)
        return outcomes[self.position] if len(outcomes) > self.position else None


@dataclass(slots=True)
class Person:
    """A person in the workspace."""

    name: str
    stage: Stage = field(repr=False)

    async def asks(
        self, text: str, medium: Medium = Medium.MENTION, *, after: Question | None = None
    ) -> Question:
        """Asks, in the thread of an earlier question if one is given."""
        ref = await self.stage.driver.ask(self.name, medium, text, after.ref if after else None)
        return self.stage.asked(ref)

    async def looks_for_the_source_of(self, remark: MessageRef) -> Question:
        """Asks where the articles say what somebody has claimed."""
        return self.stage.asked(await self.stage.driver.find_source(self.name, remark))

    async def says(self, text: str) -> MessageRef:
        """Says something in the channel that is not meant for the bot."""
        return await self.stage.driver.remark(self.name, text)

    async def edits(self, question: Question, text: str) -> None:
        """Changes what was asked."""
        await self.stage.driver.edit(question.ref, text)

    async def deletes(self, question: Question) -> None:
        """Deletes a question; from now on no outcome is expected."""
        question.gone = True
        await self.stage.driver.delete(question.ref)

    async def clicks(self, shown: Shown, label: str) -> None:
        """Clicks something that the bot shows."""
        await self.stage.driver.click(self.name, shown, label)


@dataclass(slots=True)
class Stage:
    """One workspace with the bot in it, for one scenario."""

    driver: Driver
    articles: tuple[Article, ...]
    questions: list[Question] = field(default_factory=list)
    may_be_named: list[str] = field(default_factory=list)

    def asked(self, ref: MessageRef) -> Question:
        """Notes that a question was asked; one more outcome is expected."""
        earlier = sum(_together(other.ref, ref) for other in self.questions)
        question = Question(self.driver, ref, position=earlier)
        self.questions.append(question)
        return question

    async def sees(self, condition: Callable[[Shown], bool], what: str) -> Shown:
        """Waits until the bot shows somebody something that meets a condition."""
        seen = self.driver.everything
        await self.driver.until(lambda: any(map(condition, seen())), what)
        return next(filter(condition, seen()))

    @property
    def alice(self) -> Person:
        """Alice, who asks most of the questions."""
        return Person("alice", self)

    @property
    def bob(self) -> Person:
        """Bob, who asks other questions."""
        return Person("bob", self)

    async def end(self) -> None:
        """Stops the bot and checks what must hold at the end of every scenario."""
        await self.driver.stop()
        for question in self.questions:
            asked = [other for other in self.questions if _together(other.ref, question.ref)]
            expected = sum(not other.gone for other in asked)
            seen = self.driver.outcomes(question.ref)
            outcomes = [each for each in seen if each.plain != ENGLISH.shared_before]
            assert len(outcomes) == expected, (
                f"{question.ref}: {expected} asked, {len(outcomes)} outcomes: {outcomes}"
            )
        assert not self.driver.busy_indicators()
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
