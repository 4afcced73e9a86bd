"""What is no question: greetings, calls for help, thanks and emoji."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.desk.service import Options, open_desk
from bot.desk.small_talk import small_talk_in
from bot.page.facts import Facts
from bot.page.phrases import ENGLISH
from bot.state.channel_rules import Rules
from bot.state.history import GapScope
from tests.bot.desk.surfaces import Paper, ask
from tests.emulators.slack.signal import PATIENCE_S
from tests.fakes import nothing_found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.desk.desk import Desk

FACTS = Facts(
    articles=2,
    titles=("The firm moves", "A secret"),
    slugs=("news/firm.txt", "press/secret.txt"),
    examples=("Where is the headquarters?",),
    published=(dt.date(2024, 7, 11), dt.date(1999, 1, 1)),
)


@pytest.mark.parametrize(
    "text",
    ["", "?", "??", "help", "/help", "/ask help", "Help!", "please help", "hi", "Hello!", "hey 👋",
     "Hi there", "good morning team", "Hi, how are you?", "what can you do?", "Who are you?",
     "What do the articles say?", "test", "Hallo", "Guten Tag!", "Grüß Gott", "Moin moin",
     "was kannst du?", "Wer bist du?", "Hilfe!", "clipping", "hi :wave:"],
)  # fmt: skip
def test_greetings_and_calls_for_help_are_no_questions(text: str) -> None:
    expected = None if text == "/ask help" else "greeting"
    assert small_talk_in(text) == expected


@pytest.mark.parametrize(
    "text",
    ["thanks!", "thank you", "Thanks a lot!",
     "thanks, Clipping", "👍", ":+1:", "👍🏽", "😂😂", ":wave::skin-tone-2:",
     "ok", "cool, thanks", "vielen Dank für die Hilfe", "danke schön", "tschüss", ":)", "yes"],
)  # fmt: skip
def test_thanks_and_emoji_are_courtesies(text: str) -> None:
    assert small_talk_in(text) == "courtesy"


@pytest.mark.parametrize(
    "text",
    ["where is the HQ?", "help Ukraine", "thanks, where is the HQ?", "test ban treaty", "NATO",
     "who is Biden?", "what can NATO do?", "Hello Kitty", "good morning Vietnam", "and when?",
     "what did it do?", "thank you note", "12", "test " * 40],
)  # fmt: skip
def test_questions_and_search_words_are_no_small_talk(text: str) -> None:
    assert small_talk_in(text) is None


@asynccontextmanager
async def desk_with(rules: Rules) -> AsyncIterator[tuple[Desk, Paper]]:
    paper = Paper()
    async with open_desk(nothing_found, Options(facts=lambda: FACTS)) as desk:
        desk.attach("paper", paper)
        await desk.state.set_rules(ask().key, rules)
        yield desk, paper
        await desk.detach("paper")


async def settled(desk: Desk) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while desk.in_work:
            await asyncio.sleep(0)


async def test_small_talk_is_answered_with_what_there_is_to_ask_and_is_no_gap() -> None:
    async with desk_with(Rules()) as (desk, paper):
        for number, text in enumerate(["help", "thanks", ":+1:", "what can you do?", ""]):
            await desk.accept(ask(text, message=str(number)))
        await settled(desk)
        gaps = await desk.state.gaps(GapScope("paper", "W"), 9)
        recent = await desk.state.recent_questions("paper", "W", "ada", 9)
    greetings = [post for post in paper.posts.values() if "The firm moves" in post]
    assert len(greetings) == 3
    assert all("Where is the headquarters?" in post for post in greetings)
    assert list(paper.posts.values()).count(ENGLISH.courtesy) == 2
    assert (gaps, recent) == ([], [])


async def test_a_channel_of_some_folders_is_told_nothing_of_the_others() -> None:
    async with desk_with(Rules(folders=("news",))) as (desk, paper):
        await desk.accept(ask("help"))
        await settled(desk)
    (told,) = paper.posts.values()
    assert "Articles: 1, with dates from 2024-07-11 to 2024-07-11\n• The firm moves" in told
    assert not any(part in told for part in ("secret", "1999", "headquarters"))


async def test_a_follow_up_leans_on_the_question_before_the_thanks() -> None:
    async with desk_with(Rules()) as (desk, _):
        for number, text in enumerate(["Who founded Acme?", "thanks!"]):
            await desk.accept(ask(text, message=str(number)))
            await settled(desk)
        before = await desk.state.last_question(ask("and when?", message="9"))
    assert before == "Who founded Acme?"


async def test_nothing_to_read_is_said_to_be_nothing_and_a_hidden_text_to_be_hidden() -> None:
    async with desk_with(Rules()) as (desk, paper):
        await desk.accept(ask("", message="1", kind="source"))
        await desk.accept(ask("", message="2", kind="unreadable"))
        await settled(desk)
    assert sorted(paper.posts.values()) == sorted([ENGLISH.nothing_to_read, ENGLISH.hidden_text])
