"""The scenarios of everything that can be done with a reply, and of what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.scenarios.articles import MOVE, OLD, RIVAL
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.scenarios.stage import Stage


async def show_context_widens_the_clipping_in_place(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?")
    await stage.alice.clicks(await question.reply(), "Show context")
    wide = await question.becomes(lambda reply: reply.quotes != (MOVE,), "more to be shown")
    assert MOVE in wide.quotes[0]
    assert wide.bold == (MOVE,)
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
    question = await stage.alice.asks("Where is the headquarters?", Medium.DIRECT_MESSAGE)
    await question.reply()
    await stage.alice.edits(question, "Where is the rival?")
    await question.becomes(lambda reply: reply.quotes == (RIVAL,), "the other answer")


async def a_deleted_question_takes_its_reply_along(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Medium.DIRECT_MESSAGE)
    await question.reply()
    await stage.alice.deletes(question)
    await question.vanishes()


async def an_answer_that_raises_is_a_reply_with_an_id(stage: Stage) -> None:
    question = await stage.alice.asks("Will it explode?")
    reply = await question.reply()
    assert "failed" in reply.text
    assert "never be shown" not in reply.text + reply.plain


async def a_private_answer_is_shared_under_the_name_of_its_asker(stage: Stage) -> None:
    stage.may_be_named.append("alice")
    question = await stage.alice.asks("Where is the headquarters?", Medium.COMMAND)
    private = await question.reply()
    await stage.alice.clicks(private, "Share")
    shared = await stage.sees(lambda shown: bool(shown.pings), "the shared answer")
    assert shared.quotes == (MOVE,)
    assert not shared.only_for
    assert "asked: Where is the headquarters?" in shared.text
    await question.becomes(lambda reply: "Share" not in reply.buttons, "Share to be gone")


async def an_answer_shared_twice_appears_once(stage: Stage) -> None:
    stage.may_be_named.append("alice")
    private = await (await stage.alice.asks("Where is the rival?", Medium.COMMAND)).reply()
    await stage.alice.clicks(private, "Share")
    await stage.alice.clicks(private, "Share")
    await stage.sees(lambda shown: bool(shown.pings), "the shared answer")
    await (await stage.bob.asks("Where is the headquarters?")).reply()
    assert sum(bool(shown.pings) for shown in stage.driver.everything()) == 1


async def the_source_of_a_claim_is_shown_to_whoever_looks_for_it(stage: Stage) -> None:
    claim = await stage.bob.says("I heard the headquarters moved to Wiesbaden.")
    question = await stage.alice.looks_for_the_source_of(claim)
    reply = await question.reply()
    assert reply.quotes == (MOVE,)
    assert reply.only_for


async def what_is_not_meant_for_the_bot_is_left_alone(stage: Stage) -> None:
    await stage.bob.says("Where is the headquarters?")
    await (await stage.alice.asks("Where is the rival?")).reply()
    assert len(list(stage.driver.everything())) == 1


async def a_follow_up_takes_the_subject_over_and_says_so(stage: Stage) -> None:
    first = await stage.alice.asks("Where is the headquarters?")
    await first.reply()
    second = await stage.alice.asks("and when?", after=first)
    reply = await second.reply()
    assert "Searched for: " in reply.text
    assert "headquarters" in reply.text


async def a_thumb_is_noted_with_thanks(stage: Stage) -> None:
    reply = await (await stage.alice.asks("Where is the headquarters?")).reply()
    await stage.bob.clicks(reply, "👍")
    thanks = await stage.sees(lambda shown: "Thank you" in shown.text, "thanks")
    assert thanks.only_for


COMPLETE = (
    show_context_widens_the_clipping_in_place,
    next_passage_shows_the_next_one,
    the_closest_passages_are_shown_on_request,
    an_edited_question_changes_its_reply,
    a_deleted_question_takes_its_reply_along,
    an_answer_that_raises_is_a_reply_with_an_id,
    a_private_answer_is_shared_under_the_name_of_its_asker,
    an_answer_shared_twice_appears_once,
    the_source_of_a_claim_is_shown_to_whoever_looks_for_it,
    what_is_not_meant_for_the_bot_is_left_alone,
    a_follow_up_takes_the_subject_over_and_says_so,
    a_thumb_is_noted_with_thanks,
)
