"""The scenarios of everything that can be done with a reply, and of what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.scenarios.articles import MOVE, OLD, RIVAL
from tests.scenarios.stage import Place

if TYPE_CHECKING:
    from tests.scenarios.stage import Stage


async def show_context_widens_the_clipping_in_place(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?")
    await stage.alice.clicks(await question.reply(), "Show context")
    wide = await question.becomes(lambda reply: reply.quotes != (MOVE,), "more to be shown")
    assert MOVE in wide.quotes[0]
    assert wide.bold == ("Wiesbaden",)
    await stage.alice.clicks(wide, "Hide context")
    await question.becomes(lambda reply: reply.quotes == (MOVE,), "the clipping alone")


async def next_passage_shows_the_next_one(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?")
    await stage.alice.clicks(await question.reply(), "Next passage")
    await question.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")


async def the_closest_passages_are_shown_on_request(stage: Stage) -> None:
    question = await stage.alice.asks("Who walked on the moon?")
    await stage.alice.clicks(await question.reply(), "Closest passages")
    reply = await question.becomes(lambda reply: bool(reply.quotes), "the closest passages")
    assert "not an answer" in reply.text


async def an_edited_question_changes_its_reply(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Place.DIRECT)
    await question.reply()
    await stage.alice.edits(question, "Where is the rival?")
    await question.becomes(lambda reply: reply.quotes == (RIVAL,), "the other answer")


async def a_deleted_question_takes_its_reply_along(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Place.DIRECT)
    await question.reply()
    await stage.alice.deletes(question)
    await question.vanishes()


async def an_answer_that_raises_is_a_reply_with_an_id(stage: Stage) -> None:
    question = await stage.alice.asks("Will it explode?")
    reply = await question.reply()
    assert "failed" in reply.text
    assert "never be shown" not in reply.text + reply.plain


COMPLETE = (
    show_context_widens_the_clipping_in_place,
    next_passage_shows_the_next_one,
    the_closest_passages_are_shown_on_request,
    an_edited_question_changes_its_reply,
    a_deleted_question_takes_its_reply_along,
    an_answer_that_raises_is_a_reply_with_an_id,
)
