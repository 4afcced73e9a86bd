"""What only Discord has: forum posts, suggestions, its own way to steer, intents, shards."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.cli.logs import set_up_logs
from bot.cli.serving import Platforms
from bot.discord.incoming import PLATFORM
from bot.discord.sync import sync
from bot.page.facts import Facts
from bot.state.history import GapScope
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.gateway import CONTENT, PRIVILEGED
from tests.emulators.discord.server import DiscordEmulator
from tests.emulators.discord.world import LOADING
from tests.emulators.slack.signal import PATIENCE_S
from tests.logs import logs_restored
from tests.scenarios.articles import MOVE, RIVAL, Expert
from tests.scenarios.discord_rig import access_to, discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.rig import QUICK, RunningBot, options_in
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.cli.serving import Serving
    from tests.emulators.discord.world import Json

WHERE = "Where is the headquarters?"


async def said(discord: DiscordEmulator, part: str) -> Json:
    """Waits for a private message that holds those words."""

    def found() -> list[Json]:
        shown = discord.world.ephemerals.values()
        return [m for m in shown if part in read(m).plain and not m["flags"] & LOADING]

    await discord.world.changes.wait_for(lambda: bool(found()), f"{part!r}")
    return found()[-1]


async def replies(discord: DiscordEmulator, channel: str, count: int = 1) -> list[Json]:
    """Waits for so many messages of the bot in a channel."""
    posted = discord.world.posted
    await discord.world.changes.wait_for(lambda: len(posted(channel)) >= count, "a reply")
    return posted(channel)


async def test_a_forum_post_is_answered_in_it_without_a_ping() -> None:
    async with discord_stage() as (_, discord):
        post = await discord.people.forum_post()
        asked = await discord.people.say(discord.world.bob, post.id, WHERE, mention=True)
        (reply,) = await replies(discord, post.id)
        (sent,) = discord.rest.called("POST", f"channels/{post.id}/messages")

    assert read(reply).quotes == (MOVE,)
    assert reply["message_reference"]["message_id"] == asked["id"]
    assert sent.sent["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_reply_to_an_answer_is_a_question_when_it_ends_like_one() -> None:
    async with discord_stage() as (stage, discord):
        answer = (await (await stage.alice.asks(WHERE)).reply()).handle
        here, bob = discord.world.general, discord.world.bob
        await discord.people.say(bob, here, "thanks a lot", reply_to=answer["id"])
        await discord.people.say(bob, here, "Where is the rival?", reply_to=answer["id"])
        shown = [read(message).quotes for message in await replies(discord, here, 2)]

    assert shown == [(MOVE,), (RIVAL,)]


async def test_no_privileged_intent_is_asked_for() -> None:
    async with discord_stage() as (stage, discord):
        await (await stage.alice.asks(WHERE)).reply()
        (identified,) = discord.gateway.identified

    assert identified["intents"] & PRIVILEGED == 0
    assert len(discord.rest.called("PUT", "commands")) == 1  # by hand, not by the bot's start


async def test_many_shards_are_opened_as_discord_recommends() -> None:
    async with discord_stage(shards=2) as (stage, discord):
        assert (await (await stage.alice.asks(WHERE)).reply()).quotes == (MOVE,)
        assert (await (await stage.bob.asks(WHERE, Medium.DIRECT_MESSAGE)).reply()).quotes == (
            MOVE,
        )
        assert [identified["shard"] for identified in discord.gateway.identified] == [
            [0, 2],
            [1, 2],
        ]


async def test_ones_own_questions_are_suggested_and_nobody_else_s() -> None:
    async with discord_stage() as (stage, discord):
        await (await stage.alice.asks(WHERE, Medium.COMMAND)).reply()
        await (await stage.alice.asks("Where is the rival?", Medium.COMMAND)).reply()
        await (await stage.bob.asks("Where do they differ?", Medium.COMMAND)).reply()
        ask, here = discord.people.suggestions, discord.world.general
        everything = await ask(discord.world.alice, here, "ask", "question", "")
        fitting = await ask(discord.world.alice, here, "ask", "question", "RIV")

    assert everything == ["Where is the rival?", WHERE]
    assert fitting == ["Where is the rival?"]


async def test_a_thumb_down_asks_why_and_the_last_one_counts() -> None:
    async with discord_stage() as (stage, discord):
        shown = await (await stage.alice.asks(WHERE)).reply()
        await stage.bob.clicks(shown, "👍")
        await stage.bob.clicks(shown, "👎")
        asked = await said(discord, "What is wrong")
        await discord.people.click(discord.world.bob, asked, "Outdated")
        await stage.driver.until(lambda: "Thank you" in asked["content"], "thanks")
        await discord.people.command(discord.world.alice, discord.world.general, "ask-gaps")
        report = await said(discord, "1 questions")

    (line,) = [json.loads(part["content"]) for part in report["attachments"]]
    assert (line["question"], line["down"]) == (WHERE, 1)
    assert asked["components"] == []


async def test_thumbs_and_the_question_for_a_reason_come_in_the_language_of_the_channel() -> None:
    async with discord_stage() as (stage, discord):
        await discord.people.command(
            discord.world.alice, discord.world.general, "ask-config", language="de"
        )
        await said(discord, "In diesem Kanal")  # from then on it holds
        shown = await (await stage.alice.asks(WHERE)).reply()
        await stage.bob.clicks(shown, "👎")
        asked = await said(discord, "Was stimmt daran nicht?")
        await discord.people.click(discord.world.bob, asked, "Veraltet")
        await stage.driver.until(lambda: "Danke" in asked["content"], "thanks")


async def test_gaps_and_rules_are_for_those_who_manage_the_server() -> None:
    async with discord_stage() as (_, discord):
        for command in ("ask-gaps", "ask-config"):
            discord.world.ephemerals.clear()
            await discord.people.command(discord.world.bob, discord.world.general, command)
            await said(discord, "Only people who may manage this server")
            declared = next(c for c in discord.world.commands if c["name"] == command)
            assert declared["default_member_permissions"] == 16
        await discord.people.command(discord.world.alice, discord.world.general, "ask-gaps")
        await said(discord, "No gaps")


async def test_rules_are_set_and_hold_in_the_channel_and_its_threads() -> None:
    facts = Facts(2, slugs=("news/a.txt", "press/b.txt"), titles=("A", "B"))
    options = replace(QUICK, facts=lambda: facts)
    async with discord_stage(options=options) as (stage, discord):
        alice, here = discord.world.alice, discord.world.general
        first = await stage.alice.asks("Who walked on the moon?")
        await first.reply()
        await discord.people.command(
            alice, here, "ask-config", language="de", folders="news, press", threshold="0,5"
        )
        shown = read(await said(discord, "In diesem Kanal"))
        later = await stage.alice.asks(WHERE, after=first)
        assert "Die Artikel sagen dazu nichts." in (await later.reply()).text
        await discord.people.command(alice, here, "ask-config", folders="*", threshold="*")
        await said(discord, "Mindestsicherheit: wie üblich")
        again = await stage.alice.asks(WHERE, after=first)
        assert (await again.reply()).quotes == (MOVE,)

    assert "Nur Artikel aus diesen Ordnern: news, press" in shown.text
    assert "Mindestsicherheit: 0.5" in shown.text


async def test_a_rule_that_needs_an_intent_says_so() -> None:
    async with discord_stage() as (_, discord):
        alice, here = discord.world.alice, discord.world.general
        await discord.people.command(alice, here, "ask-config", mode="questions")
        await said(discord, "DISCORD_MESSAGE_CONTENT")
        discord.world.ephemerals.clear()
        await discord.people.command(alice, here, "ask-config", mode="mention")
        shown = read(await said(discord, "In this channel"))
    assert "DISCORD_MESSAGE_CONTENT" not in shown.text


async def test_a_threshold_that_is_none_is_refused_and_changes_nothing() -> None:
    async with discord_stage() as (stage, discord):
        alice, here = discord.world.alice, discord.world.general
        await discord.people.command(alice, here, "ask-config", threshold="a lot", language="de")
        await said(discord, "A number from 0 to 1")
        assert "do not say" in (await (await stage.alice.asks("Who? The moon?")).reply()).text


async def test_the_status_says_what_is_known() -> None:
    async with discord_stage() as (stage, discord):
        await (await stage.alice.asks(WHERE)).reply()
        await discord.people.command(discord.world.bob, discord.world.general, "ask-status")
        shown = read(await said(discord, "I answer from 0 articles"))

    assert "Half of the questions were answered within" in shown.text


@asynccontextmanager
async def lone_bot(folder: Path) -> AsyncIterator[tuple[DiscordEmulator, Serving]]:
    """A bot whose desk can be looked into."""
    async with DiscordEmulator() as discord:
        bot = RunningBot(Platforms(discord=access_to(discord)), Expert(), options_in(folder))
        serving = await bot.start()
        try:
            yield discord, serving
        finally:
            await bot.stop()


async def kept(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits until something holds in the database; no event tells of it."""
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():
            await asyncio.sleep(0.01)


async def test_a_server_that_removes_the_bot_takes_its_data_along(tmp_path: Path) -> None:
    async with lone_bot(tmp_path) as (discord, serving):
        here, guild = discord.world.general, discord.world.guild_id
        await discord.people.say(discord.world.alice, here, "Who was on the moon?", mention=True)
        await replies(discord, here)

        async def gaps(count: int) -> bool:
            return len(await serving.desk.state.gaps(GapScope(PLATFORM, guild), 9)) == count

        await kept(partial(gaps, 1))
        await discord.people.remove_bot()
        await kept(partial(gaps, 0))


@pytest.mark.parametrize("mode", ["threads", "questions"])
async def test_with_the_intent_channels_may_be_answered_without_a_mention(
    mode: str, tmp_path: Path
) -> None:
    async with DiscordEmulator(approved=CONTENT) as discord:
        access = replace(access_to(discord), message_content=True)
        await sync(access)
        bot = RunningBot(Platforms(discord=access), Expert(), options_in(tmp_path))
        await bot.start()
        people, world = discord.people, discord.world
        try:
            await people.command(world.alice, world.general, "ask-config", mode=mode)
            await said(discord, "In this channel")
            asked = await people.say(world.alice, world.general, WHERE, mention=True)
            await replies(discord, world.general)
            thread = await people.thread(world.general, asked["id"])
            await people.say(world.bob, thread.id, "Where is the rival?")
            (reply,) = await replies(discord, thread.id)
        finally:
            await bot.stop()

    assert read(reply).quotes == (RIVAL,)


async def test_a_share_where_the_bot_may_not_write_says_what_to_do_and_works_afterwards() -> None:
    async with discord_stage() as (stage, discord):
        stage.may_be_named.append("alice")
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        here = discord.world.channel(discord.world.general)
        here.closed = 50001
        await stage.alice.clicks(await question.reply(), "Share")
        told = await question.becomes(lambda r: "I am not in this" in r.text, "what to do")
        here.closed = 0
        await stage.alice.clicks(told, "Share")
        shared = await stage.sees(lambda shown: bool(shown.pings), "the shared answer")
        await question.becomes(lambda shown: "Share" not in shown.buttons, "Share to be gone")
    assert shared.quotes == told.quotes == (MOVE,)


async def test_what_two_people_say_alone_cannot_be_shared() -> None:
    async with discord_stage() as (_, discord):
        here, alice = discord.world.direct_of_alice, discord.world.alice
        await discord.people.command(alice, here, "ask", question=WHERE)
        shown = read(await said(discord, MOVE))
    assert "Share" not in shown.buttons


async def test_neither_questions_nor_tokens_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with logs_restored():
        set_up_logs(as_json=False, level="DEBUG")
        logging.getLogger().addHandler(caplog.handler)
        async with discord_stage() as (stage, discord):
            for medium in (Medium.MENTION, Medium.DIRECT_MESSAGE, Medium.COMMAND):
                await (await stage.alice.asks("Will the secret plan explode?", medium)).reply()
            discord.faults.plan("POST", "/messages", Fault(403, code=50013))
            refused = await stage.bob.asks("Where is the secret headquarters?")
            await stage.sees(lambda shown: "could not answer" in shown.text, "a private answer")
            refused.gone = True

    assert "explode" not in caplog.text
    assert "secret" not in caplog.text
    assert discord.token not in caplog.text
    assert not any(token in caplog.text for token in discord.world.interactions)
    assert "this text must never be shown" in caplog.text  # the error itself is
