"""Several questions in one message."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.service import Options, open_desk
from bot.desk.several import questions_in
from bot.page.phrases import ENGLISH
from retrieval.answers import Answer
from tests.bot.desk.surfaces import Paper, ask
from tests.emulators.slack.signal import PATIENCE_S

if TYPE_CHECKING:
    from bot.page.reply import Reply
    from bot.state.ask import Ask

WHERE, WHEN = "Where is the HQ?", "When is the summit?"


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (f"{WHERE} {WHEN}", (WHERE, WHEN)),
        (f"{WHERE} And who leads it?", (WHERE, "who leads it?")),
        (f"We met today. {WHERE} It is for a report. {WHEN} Thanks", (WHERE, WHEN)),
        ("Where is the HQ and when is the summit?", (WHERE, "when is the summit?")),
        ("Where is the HQ, and how many work there?", (WHERE, "how many work there?")),
        ("Wo ist das HQ? Wann ist der Gipfel?", ("Wo ist das HQ?", "Wann ist der Gipfel?")),
        ("Who is Dr. Smith? Where was he born?", ("Who is Dr. Smith?", "Where was he born?")),
    ],
)
def test_the_questions_of_a_message_are_told_apart(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions


@pytest.mark.parametrize(
    "text",
    [WHERE, "Where is the HQ??", f"Do you know? {WHEN}", f"Can you help me? {WHERE}",
     f"Is that so? {WHERE}", "When and where is the summit?", "Who decides what and when?",
     'What does "Who are we? Why?" mean?', "Who knows where and how bombs are made?",
     "What did he say about what is planned and who is responsible?", "tell me more", ""],
)  # fmt: skip
def test_one_question_is_left_as_it_is(text: str) -> None:
    assert questions_in(text) == ()


async def test_the_first_is_looked_up_and_the_second_named() -> None:
    asked: list[str] = []

    def answerer(question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG001
        asked.append(question)
        return Answer(question)

    shown: list[tuple[str, ...]] = []

    class Notes(Paper):
        async def post(self, ask: Ask, reply: Reply) -> str:
            shown.append((reply.searched_for or "", *reply.notes))
            return await super().post(ask, reply)

    async with open_desk(answerer, Options()) as desk:
        desk.attach("paper", Notes())
        await desk.accept(ask(f"{WHERE} {WHEN}"))
        async with asyncio.timeout(PATIENCE_S):
            while desk.in_work:
                await asyncio.sleep(0)
        await desk.detach("paper")
    assert asked == [WHERE]
    assert shown == [(WHERE, ENGLISH.others.format(questions=WHEN))]


@given(st.text(st.sampled_from("who is what and ?.,“”ab") | st.characters(), max_size=200))
def test_any_message_can_be_taken_apart(text: str) -> None:
    questions = questions_in(text)
    assert len(questions) != 1
    assert all(question.endswith("?") for question in questions)
