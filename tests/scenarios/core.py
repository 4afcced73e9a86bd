"""The scenarios every platform must play: each is an async function of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.scenarios.articles import MOVE, RIVAL
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.scenarios.stage import Stage


async def a_mention_is_answered_in_its_thread(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?")
    reply = await question.reply()
    assert (reply.quotes, reply.bold) == ((MOVE,), ("Wiesbaden",))
    assert "The firm moves" in reply.text
    assert MOVE in reply.plain


async def a_direct_message_is_answered(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Medium.DIRECT_MESSAGE)
    assert (await question.reply()).quotes == (MOVE,)


async def a_command_is_answered_to_the_asker_alone(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Medium.COMMAND)
    reply = await question.reply()
    assert reply.quotes == (MOVE,)
    assert reply.only_for


async def what_the_articles_do_not_say_is_said_so(stage: Stage) -> None:
    question = await stage.alice.asks("Who walked on the moon?")
    reply = await question.reply()
    assert reply.quotes == ()
    assert "moon" in reply.text


async def articles_that_differ_are_both_shown(stage: Stage) -> None:
    question = await stage.alice.asks("Where do they differ?")
    assert set((await question.reply()).quotes) == {MOVE, RIVAL}


async def signs_that_mean_something_to_the_platform_stay_letters(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the rival & its <annex>?")
    reply = await question.reply()
    assert (reply.quotes, reply.bold) == ((RIVAL,), ("Frankfurt & its annex",))


async def two_people_get_a_reply_each(stage: Stage) -> None:
    first = await stage.alice.asks("Where is the headquarters?")
    second = await stage.bob.asks("Where is the rival?")
    assert (await first.reply()).quotes == (MOVE,)
    assert (await second.reply()).quotes == (RIVAL,)


async def a_question_in_the_thread_of_another_is_answered_there(stage: Stage) -> None:
    first = await stage.alice.asks("Where is the headquarters?")
    await first.reply()
    second = await stage.bob.asks("Where is the rival?", after=first)
    assert (await second.reply()).quotes == (RIVAL,)


async def a_question_delivered_five_times_is_answered_once(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?")
    await question.comes_again(times=4)
    await question.reply()


async def a_question_delivered_again_after_its_reply_is_not_answered_again(stage: Stage) -> None:
    question = await stage.alice.asks("Where is the headquarters?", Medium.DIRECT_MESSAGE)
    await question.reply()
    await question.comes_again(times=3)


CORE = (
    a_mention_is_answered_in_its_thread,
    a_direct_message_is_answered,
    a_command_is_answered_to_the_asker_alone,
    what_the_articles_do_not_say_is_said_so,
    articles_that_differ_are_both_shown,
    signs_that_mean_something_to_the_platform_stay_letters,
    two_people_get_a_reply_each,
    a_question_in_the_thread_of_another_is_answered_there,
)
REPEATED = (
    a_question_delivered_five_times_is_answered_once,
    a_question_delivered_again_after_its_reply_is_not_answered_again,
)
