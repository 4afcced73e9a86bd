"""Discord: what is no question, what chat adds to one, and what stands beyond the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli.serving import Platforms
from bot.discord.commands import FIND_SOURCE
from bot.page.facts import Facts
from bot.page.phrases import ENGLISH
from tests.emulators.discord.gateway import CONTENT
from tests.emulators.discord.server import DiscordEmulator
from tests.emulators.discord.world import LOADING
from tests.scenarios.articles import MOVE, Expert
from tests.scenarios.discord_rig import access_to, discord_stage
from tests.scenarios.discord_shown import read
from tests.scenarios.rig import QUICK, RunningBot, options_in
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from pathlib import Path

    from tests.emulators.discord.world import Json
    from tests.scenarios.shown import Shown

WHERE = "Where is the headquarters?"
CLAIM = "The headquarters of the firm is in Wiesbaden"
FACTS = Facts(articles=2, titles=("The firm moves",), examples=(WHERE,))
KNOWING = replace(QUICK, facts=lambda: FACTS)
EMBED = {"type": "rich", "description": CLAIM}
PICTURE = {"id": "1", "filename": "q.png", "size": 9, "url": "https://a.example/q.png",
           "proxy_url": "https://a.example/q.png", "content_type": "image/png"}  # fmt: skip
STICKER = {"id": "1", "name": "hi", "format_type": 1}


def forward(**message: object) -> Json:
    """The parts of a message that passes another one on."""
    copy = {"content": "", "embeds": [], "attachments": [], "type": 0, "flags": 0,
            "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "mentions": [],
            "mention_roles": [], "components": [], "sticker_items": [], **message}  # fmt: skip
    reference = {"type": 1, "channel_id": "1", "message_id": "2"}
    return {"message_reference": reference, "message_snapshots": [{"message": copy}]}


async def first_reply(discord: DiscordEmulator, channel: str) -> Shown:
    """Wait for a message of the bot's in a channel."""
    posted = discord.world.posted
    await discord.world.changes.wait_for(lambda: bool(posted(channel)), "a reply")
    return read(posted(channel)[0])


async def in_private(discord: DiscordEmulator) -> Shown:
    """Wait for what one person alone is shown."""

    def shown() -> list[Json]:
        return [m for m in discord.world.ephemerals.values() if not m["flags"] & LOADING]

    await discord.world.changes.wait_for(lambda: bool(shown()), "a private message")
    return read(shown()[0])


@pytest.mark.parametrize("place", list(Medium))
async def test_a_call_for_help_is_answered_with_examples_wherever_it_is_made(place: Medium) -> None:
    async with discord_stage(options=KNOWING) as (stage, _):
        shown = await (await stage.alice.asks("help", place)).reply()
    assert "Articles: 2" in shown.text
    assert WHERE in shown.text
    assert shown.buttons == ()


@pytest.mark.parametrize(
    "said",
    ["clipping, Where is the headquarters?", "Good morning! Where is the headquarters?",
     "Where is the headquarters? <a:party:123456789012345678>",
     "Where is the headquarters? https://news.example/2024/07/10/x/index.html"],
)  # fmt: skip
async def test_what_chat_adds_is_not_searched_for(said: str) -> None:
    expert = Expert()
    async with discord_stage(expert) as (stage, _):
        assert (await (await stage.alice.asks(said)).reply()).quotes == (MOVE,)
    assert list(expert.asked) == [WHERE]


async def test_what_the_bot_is_called_in_discord_is_its_name() -> None:
    expert = Expert()
    async with DiscordEmulator() as discord:
        discord.world.users[discord.world.bot_id]["username"] = "newsbot"
        bot = RunningBot(Platforms(discord=access_to(discord)), expert, QUICK)
        await bot.start()
        try:
            here = discord.world.direct_of_alice
            await discord.people.say(discord.world.alice, here, f"Hey Newsbot, {WHERE}")
            await first_reply(discord, here)
        finally:
            await bot.stop()
    assert list(expert.asked) == [WHERE]


async def test_where_the_text_is_hidden_the_role_is_answered_with_what_to_do() -> None:
    async with discord_stage() as (stage, discord):
        here, role = discord.world.general, discord.world.bot_role
        said = f"<@&{role}> {WHERE}"
        await discord.people.say(discord.world.alice, here, said, mention_roles=[role])
        shown = await first_reply(discord, here)
        stage.questions.clear()
    assert shown.text == ENGLISH.hidden_text


async def test_where_the_text_is_readable_the_role_is_the_bot_s_name(tmp_path: Path) -> None:
    async with DiscordEmulator(approved=CONTENT) as discord:
        access = replace(access_to(discord), message_content=True)
        bot = RunningBot(Platforms(discord=access), Expert(), options_in(tmp_path))
        await bot.start()
        try:
            here, role = discord.world.general, discord.world.bot_role
            await discord.people.say(discord.world.bob, here, "<@&77> who?", mention_roles=["77"])
            said = f"<@&{role}> {WHERE}"
            await discord.people.say(discord.world.alice, here, said, mention_roles=[role])
            assert (await first_reply(discord, here)).quotes == (MOVE,)
        finally:
            await bot.stop()


@pytest.mark.parametrize(
    "parts",
    [{"attachments": [PICTURE]}, {"sticker_items": [STICKER]}, forward(attachments=[PICTURE])],
    ids=["a picture", "a sticker", "a forwarded picture"],
)
async def test_a_direct_message_is_never_met_with_silence(parts: Json) -> None:
    async with discord_stage(options=KNOWING) as (_, discord):
        here = discord.world.direct_of_alice
        await discord.people.say(discord.world.alice, here, "", **parts)
        assert WHERE in (await first_reply(discord, here)).text


@pytest.mark.parametrize(
    ("said", "parts"),
    [("", forward(content=CLAIM)), ("is that so?", forward(embeds=[EMBED]))],
    ids=["a forward alone", "a forwarded card with a word"],
)
async def test_the_source_of_a_forward_is_looked_for(said: str, parts: Json) -> None:
    async with discord_stage() as (_, discord):
        here = discord.world.direct_of_alice
        await discord.people.say(discord.world.alice, here, said, **parts)
        shown = await first_reply(discord, here)
    assert shown.quotes == (MOVE,)
    assert ENGLISH.nearest in shown.text


@pytest.mark.parametrize(
    "parts",
    [{"embeds": [EMBED]}, forward(content=CLAIM),
     {"embeds": [{"type": "rich", "fields": [{"name": "News", "value": CLAIM}]}]}],
    ids=["an embed", "a forward", "a field of a card"],
)  # fmt: skip
async def test_the_source_of_what_a_card_says_is_found(parts: Json) -> None:
    async with discord_stage() as (stage, discord):
        here, world = discord.world.general, discord.world
        card = await discord.people.say(world.bob, here, "", **parts)
        await discord.people.menu(world.alice, card, FIND_SOURCE)
        shown = await in_private(discord)
        stage.questions.clear()
    assert shown.quotes == (MOVE,)


async def test_where_there_is_nothing_to_read_that_is_said() -> None:
    async with discord_stage() as (_, discord):
        here, world = discord.world.general, discord.world
        picture = await discord.people.say(world.bob, here, "", attachments=[PICTURE])
        await discord.people.menu(world.alice, picture, FIND_SOURCE)
        assert (await in_private(discord)).text == ENGLISH.nothing_to_read
