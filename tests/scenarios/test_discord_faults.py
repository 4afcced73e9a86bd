"""Whatever goes wrong, each question has exactly one outcome, and none is lost.

That itself is checked when a stage ends; the tests only say what goes wrong.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retrieval.answers import Answer
from tests.emulators.discord.faults import Fault
from tests.emulators.slack.signal import PATIENCE_S
from tests.scenarios.articles import FIRM, MOVE, RIVAL, Expert, finding
from tests.scenarios.discord_rig import QUICK, discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.stage import Place

if TYPE_CHECKING:
    from tests.emulators.discord.server import DiscordEmulator
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Question, Stage

WHERE = "Where is the headquarters?"
SLOWLY = "With patience, where is the headquarters?"
PATIENT = replace(QUICK, policy=replace(QUICK.policy, retry_s=0.05, sweep_s=0.1))


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault(429, retry_after_s=0.3, times=2), Place.CHANNEL),
        (Fault(429, retry_after_s=0.3, via=False, times=2), Place.CHANNEL),
        (Fault(500), Place.CHANNEL),
        (Fault(503, times=2), Place.DIRECT),
        (Fault(0), Place.CHANNEL),
        (Fault(0, too_late=True), Place.CHANNEL),
        (Fault(0, too_late=True), Place.DIRECT),
        (Fault(502, too_late=True), Place.CHANNEL),
        (Fault(503, too_late=True), Place.DIRECT),
    ],
    ids=["429 twice", "429 twice as if banned", "500", "503 twice", "cut", "cut after posting",
         "cut after posting in private", "502 after posting", "503 after posting in private"],
)  # fmt: skip
async def test_a_reply_that_cannot_be_posted_at_once_is_posted_once(
    fault: Fault, place: Place
) -> None:
    async with discord_stage(options=PATIENT) as (stage, discord):
        discord.faults.plan("POST", "/messages", fault)
        question = await stage.alice.asks(WHERE, place)
        assert (await question.reply()).quotes == (MOVE,)
        assert discord.faults.left == 0


@pytest.mark.parametrize(
    "fault",
    [Fault(429, retry_after_s=0.3), Fault(429, retry_after_s=0.3, via=False), Fault(500), Fault(0),
     Fault(0, too_late=True)],
    ids=["429", "429 as if banned", "500", "cut", "cut afterwards"],
)  # fmt: skip
async def test_a_private_answer_that_cannot_be_shown_at_once_is_shown_once(fault: Fault) -> None:
    async with discord_stage(options=PATIENT) as (stage, discord):
        discord.faults.plan("PATCH", "webhooks/", fault)
        question = await stage.alice.asks(WHERE, Place.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)


@pytest.mark.parametrize(
    "fault", [Fault(0), Fault(0, too_late=True), Fault(503)], ids=["cut", "cut afterwards", "503"]
)
async def test_a_promise_whose_confirmation_is_lost_is_kept(fault: Fault) -> None:
    async with discord_stage() as (stage, discord):
        discord.faults.plan("POST", "/callback", fault)
        question = await stage.alice.asks(WHERE, Place.COMMAND)
        assert (await question.reply()).quotes == (MOVE,)


async def working_on(stage: Stage, expert: Expert, place: Place = Place.CHANNEL) -> Question:
    """A question whose answer is being looked for, until the expert may go on."""
    question = await stage.alice.asks(SLOWLY, place)
    await stage.driver.until(lambda: bool(stage.driver.signs_of_work()), "a sign of work")
    assert SLOWLY in expert.asked
    return question


async def begun(expert: Expert) -> None:
    """Wait for the first question to be worked on; no event of Discord's tells of that."""
    async with asyncio.timeout(PATIENCE_S):
        while not expert.asked:
            await asyncio.sleep(0.01)


def told(discord: DiscordEmulator) -> list[Shown]:
    """What Alice was told in private, beside or instead of a reply."""
    return [read(message) for message in discord.world.posted(discord.world.direct_of_alice)]


async def test_an_answer_that_comes_after_the_token_expired_is_sent_as_a_direct_message() -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await stage.alice.asks(SLOWLY, Place.COMMAND)
        await begun(expert)
        discord.world.clock.advance(16 * 60)
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(told(discord)), "a direct message")
        question.gone = True
        discord.world.ephemerals.clear()  # the promise cannot be kept where it was made

    (shown,) = told(discord)
    assert shown.quotes == (MOVE,)


@pytest.mark.parametrize("code", [50001, 50013, 50083], ids=["removed", "muted", "archived"])
async def test_where_it_may_no_longer_write_the_asker_gets_the_answer_in_private(
    code: int,
) -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await working_on(stage, expert)
        discord.world.channel(discord.world.general).closed = code
        expert.may_go_on.set()
        await stage.driver.until(lambda: bool(told(discord)), "a private answer")
        question.gone = True

    (shown,) = told(discord)
    assert shown.quotes == (MOVE,)


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.DIRECT])
async def test_a_question_deleted_while_it_is_worked_on_leaves_no_reply(place: Place) -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await working_on(stage, expert, place)
        await stage.alice.deletes(question)
        await discord.gateway.caught_up()
        expert.may_go_on.set()

    assert told(discord) == []


async def test_a_question_whose_deletion_the_bot_never_hears_of_leaves_no_reply() -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await working_on(stage, expert)
        del discord.world.channel(discord.world.general).messages[question.spot.message]
        question.gone = True
        expert.may_go_on.set()
        refused = discord.rest.called
        await stage.driver.until(lambda: bool(refused("POST", "/messages")), "it to notice")

    assert discord.world.posted(discord.world.general) == []


async def test_a_question_edited_while_it_is_worked_on_is_answered_as_it_is_now() -> None:
    expert = Expert()
    async with discord_stage(answerer=expert) as (stage, discord):
        question = await working_on(stage, expert)
        await stage.alice.edits(question, "Where is the rival?")
        await discord.gateway.caught_up()
        expert.may_go_on.set()
        await question.becomes(lambda reply: reply.quotes == (RIVAL,), "the newer answer")


async def test_an_answer_that_takes_too_long_is_given_up_with_an_id() -> None:
    expert = Expert()
    try:
        options = replace(QUICK, deadline_s=0.3)
        async with discord_stage(answerer=expert, options=options) as (stage, _):
            reply = await (await stage.alice.asks(SLOWLY)).reply()
            assert "failed" in reply.text
    finally:
        expert.may_go_on.set()


async def test_a_preview_that_discord_adds_is_no_edit() -> None:
    async with discord_stage() as (stage, discord):
        question = await stage.alice.asks(WHERE, Place.DIRECT)
        await question.reply()
        await discord.people.preview(question.spot.conversation[0], question.spot.message)
        await (await stage.alice.asks(WHERE)).reply()
        await discord.gateway.caught_up()

    assert discord.rest.called("PATCH", "channels/") == []


@pytest.mark.parametrize("edited", [None, "2026-01-01T00:00:00.000000+00:00"])
async def test_an_old_question_that_somebody_pins_is_not_answered(edited: str | None) -> None:
    async with discord_stage() as (stage, discord):
        here = discord.world.general
        old = discord.people.said_before(discord.world.bob, here, WHERE, edited)
        await discord.people.preview(here, old["id"])
        await (await stage.alice.asks("Where is the rival?")).reply()
        await discord.gateway.caught_up()

    assert len(discord.world.posted(here)) == 1


@pytest.mark.parametrize("place", [Place.CHANNEL, Place.DIRECT, Place.COMMAND])
async def test_a_link_that_discord_does_not_take_is_left_out(place: Place) -> None:
    linked = replace(FIRM, url="https://example.com/firm")

    def answerer(question: str) -> Answer:
        return Answer(question, (finding(linked, MOVE, "Wiesbaden"),))

    async with discord_stage(answerer) as (stage, discord):
        method, part = ("PATCH", "webhooks/") if place is Place.COMMAND else ("POST", "/messages")
        discord.faults.plan(method, part, Fault(400, code=50035))
        reply = await (await stage.alice.asks(WHERE, place)).reply()
        assert (reply.quotes, reply.links) == ((MOVE,), ())
        assert (await (await stage.bob.asks(WHERE, place)).reply()).links != ()


async def test_asked_to_reconnect_it_comes_back_for_what_it_missed() -> None:
    async with discord_stage() as (stage, discord):
        await discord.gateway.reconnect()
        await stage.driver.until(lambda: not discord.gateway.sockets, "it to go")
        question = await stage.alice.asks(WHERE)
        assert (await question.reply()).quotes == (MOVE,)
        assert discord.gateway.resumed == 1


async def test_a_session_that_is_no_longer_known_is_begun_anew_and_nothing_is_missed() -> None:
    async with discord_stage() as (stage, discord):
        early = await stage.alice.asks(WHERE)
        await early.reply()
        discord.gateway.forget()
        await discord.gateway.reconnect()
        await stage.driver.until(lambda: not discord.gateway.sockets, "it to go")
        meanwhile = await stage.bob.asks("Where is the rival?")
        identified = discord.gateway.identified
        await stage.driver.until(lambda: len(identified) == 2, "it to begin anew")
        late = await stage.alice.asks(WHERE)
        assert (await late.reply()).quotes == (MOVE,)
        assert (await meanwhile.reply()).quotes == (RIVAL,)


async def test_a_socket_cut_again_and_again_loses_no_question() -> None:
    async with discord_stage() as (stage, discord):
        questions = []
        for number in range(40):
            questions.append(await stage.alice.asks(f"{number}: {WHERE}"))
            if number % 10 == 5:
                opened = discord.gateway.opened
                for socket in list(discord.gateway.sockets):
                    socket.cut()
                await stage.driver.until(lambda: discord.gateway.opened > opened, "it to return")  # noqa: B023  # at once
        for question in questions:
            await question.reply()


async def test_too_many_questions_wait_and_are_all_answered() -> None:
    expert = Expert()
    options = replace(QUICK, threads=1, policy=replace(QUICK.policy, queue_limit=2))
    async with discord_stage(answerer=expert, options=options) as (stage, discord):
        await working_on(stage, expert)
        waiting = [await stage.alice.asks(f"{number}: {WHERE}") for number in range(4)]
        await stage.driver.until(lambda: len(told(discord)) == 3, "three to be told")
        expert.may_go_on.set()
        for question in waiting:
            await question.reply()

    numbers = [number for shown in told(discord) for number in "345" if number in shown.text]
    assert sorted(numbers) == [*"345"]


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
async def test_one_question_too_many_is_refused_in_private_where_that_is_possible(
    closed: bool,
) -> None:
    async with discord_stage(options=replace(QUICK, limit_per_user=2)) as (stage, discord):
        if closed:
            discord.world.channel(discord.world.direct_of_alice).closed = 50007
        for _ in range(2):
            await (await stage.alice.asks(WHERE)).reply()
        refused = await stage.alice.asks(WHERE)
        if closed:
            assert "more than 2 questions a minute" in (await refused.reply()).text
        else:
            await stage.driver.until(lambda: bool(told(discord)), "a private notice")
            refused.gone = True
            assert "more than 2 questions a minute" in told(discord)[0].text
        await (await stage.bob.asks(WHERE)).reply()


async def test_a_command_too_many_is_refused_where_it_was_typed() -> None:
    async with discord_stage(options=replace(QUICK, limit_per_user=1)) as (stage, _):
        await (await stage.alice.asks(WHERE, Place.COMMAND)).reply()
        refused = await stage.alice.asks(WHERE, Place.COMMAND)
        assert "more than 1 questions a minute" in (await refused.reply()).text
