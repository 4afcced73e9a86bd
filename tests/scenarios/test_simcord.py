from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from tests.fakes import from_all_folders
from tests.scenarios.articles import MOVE, OLD
from tests.scenarios.complete import COMPLETE
from tests.scenarios.core import CORE
from tests.scenarios.discord_shown import formats
from tests.scenarios.hostile import HOSTILE_TEXTS, hostile_article, whole_answer
from tests.scenarios.simcord_driver import simcord_stage
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from retrieval.answers import Answer
    from tests.scenarios.stage import Stage

WHERE = "Where is the headquarters?"
TOKEN_S = 15 * 60


@pytest.mark.parametrize("scenario", CORE + COMPLETE, ids=lambda scenario: scenario.__name__)
async def test_in_simcord(scenario: Callable[[Stage], Awaitable[None]]) -> None:
    async with simcord_stage() as (stage, _):
        await scenario(stage)


async def test_buttons_work_long_after_the_token_of_their_answer_expired() -> None:
    async with simcord_stage() as (stage, driver):
        public = await stage.alice.asks(WHERE)
        private = await stage.alice.asks(WHERE, Medium.COMMAND)
        shown, alone = await public.reply(), await private.reply()
        await driver.env.advance_time(TOKEN_S + 60)
        await stage.bob.clicks(shown, "Next passage")
        await public.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")
        await stage.alice.clicks(alone, "Next passage")
        turned = await private.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")
        assert "Share" in turned.buttons


async def test_buttons_work_after_a_restart() -> None:
    async with simcord_stage() as (stage, driver):
        public = await stage.alice.asks(WHERE)
        shown = await public.reply()
        await driver.restart()
        await stage.bob.clicks(shown, "Next passage")
        await public.becomes(lambda reply: reply.quotes == (OLD,), "the other passage")


async def test_where_the_bot_may_not_write_the_asker_gets_the_answer_in_private() -> None:
    async with simcord_stage() as (stage, driver):
        assert driver.env.bot.user is not None
        silent = discord.PermissionOverwrite(send_messages=False)
        closed = driver.server.create_text_channel(
            "closed", overwrites={driver.env.bot.user: silent}
        )
        us = driver.env.bot.user.mention
        await driver.people["alice"].send(closed, f"{us} {WHERE}")
        shown = await stage.sees(lambda shown: bool(shown.quotes), "a private answer")
        assert shown.quotes == (MOVE,)
        assert shown.handle.guild is None
        assert "could not answer where you asked" in shown.text


async def test_webhooks_and_bots_are_not_answered() -> None:
    async with simcord_stage() as (stage, driver):
        assert driver.env.bot.user is not None
        words = f"{driver.env.bot.user.mention} {WHERE}"
        await driver.server.create_webhook(driver.general).send(words)
        robot = driver.server.add_member(driver.env.create_user("robot", bot=True))
        await robot.send(driver.general, words)
        await (await stage.alice.asks("Where is the rival?")).reply()
        assert len(list(stage.driver.everything())) == 1


async def test_a_command_that_came_too_late_is_left_to_discord_and_claimed_by_nobody() -> None:
    async with simcord_stage() as (stage, driver):
        driver.env.inject_error("POST", "/interactions/*", status=404, code=10062)
        late = await stage.alice.asks(WHERE, Medium.COMMAND)
        late.gone = True
        assert (await (await stage.alice.asks(WHERE)).reply()).quotes == (MOVE,)


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
async def test_hostile_texts_are_taken_and_shown_as_letters(name: str) -> None:
    article = hostile_article(name)

    @from_all_folders
    def answerer(asked: str) -> Answer:
        return whole_answer(asked, article, bold=(3, 9))

    async with simcord_stage(answerer, (article,)) as (stage, _):
        question = f"What is {HOSTILE_TEXTS[name][:1_500]}"  # emoji alone are no question
        public = await (await stage.alice.asks(question)).reply()
        private = await (await stage.bob.asks(question, Medium.COMMAND)).reply()
    for shown in (public, private):
        assert shown.bold == (article.text[3:9],)
        assert formats_of(shown.handle) == []


def formats_of(message: discord.Message) -> list[str]:
    embeds = [embed.to_dict() for embed in message.embeds]
    return formats({"content": message.content, "embeds": embeds})
