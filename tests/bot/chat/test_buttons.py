"""What the buttons do, on whatever platform they were clicked."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.chat.buttons import Buttons
from bot.desk.service import Options, open_desk
from bot.page.layout import View
from bot.page.phrases import ENGLISH, GERMAN
from bot.state.ask import Key
from bot.state.channel_rules import Rules
from bot.state.history import GapScope
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.bot.chat.paper import CHANNEL, PLATFORM, PaperSurface, click_on, private_question
from tests.emulators.slack.signal import PATIENCE_S
from tests.fakes import from_all_folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.desk.desk import Desk
    from bot.page.phrases import Phrases
    from retrieval.answers import FindAnswer

LANGUAGES = pytest.mark.parametrize(
    ("language", "phrases"), [("en", ENGLISH), ("de", GERMAN)], ids=["English", "German"]
)


@from_all_folders
def echo(question: str) -> Answer:
    article = Article("a.txt", None, question)
    return Answer(question, (Finding(Quote(article, 0, len(question)), None, 0.9),))


class Room:
    """A channel with a desk, and with one private answer in it."""

    def __init__(self, desk: Desk, surface: PaperSurface) -> None:
        self.desk = desk
        self.surface = surface
        self.buttons = Buttons(desk, surface)

    async def settled(self) -> None:
        """Waits until nothing is being worked on."""
        async with asyncio.timeout(PATIENCE_S):
            while self.desk.in_work:
                await asyncio.sleep(0)

    async def answer_in_private(self) -> str:
        """Asks and returns the id by which the buttons below the answer name the question."""
        await self.desk.accept(private_question())
        await self.settled()
        return self.surface.whispers[-1].claim_id


@asynccontextmanager
async def room(
    language: str = "en",
    answerer: FindAnswer = echo,
    options: Options = Options(),  # noqa: B008  # frozen
) -> AsyncIterator[Room]:
    surface = PaperSurface()
    async with open_desk(answerer, options) as desk:
        desk.attach(PLATFORM, surface)
        await desk.state.set_rules(CHANNEL, Rules(language=language))
        yield Room(desk, surface)
        await desk.detach(PLATFORM)


async def test_another_view_is_shown_in_the_clicked_message() -> None:
    async with room() as here:
        claim_id = await here.answer_in_private()
        await here.buttons.turn(click_on(claim_id), View(wide=True))
        shown = here.surface.private["m1"]
    assert (shown.text, shown.view, shown.shareable) == ("where?", View(wide=True), True)


async def test_a_private_answer_is_shared_once_and_then_has_no_share_button_any_more() -> None:
    async with room() as here:
        claim_id = await here.answer_in_private()
        assert here.surface.whispers[-1].shareable
        for _ in range(2):
            await here.buttons.share(click_on(claim_id))
        await here.settled()
        (shared,) = here.surface.channel
        private = here.surface.private["m1"]
        await here.buttons.turn(click_on(claim_id), View(wide=True))
        turned = here.surface.private["m1"]

    assert (shared.text, shared.asker) == ("where?", "ada asked: where?")
    assert not shared.shareable
    assert (private.claim_id, private.shareable) == (claim_id, False)
    assert (turned.view, turned.shareable) == (View(wide=True), False)


@LANGUAGES
async def test_a_share_refused_by_a_limit_says_so_at_every_click_and_can_be_tried_again(
    language: str, phrases: Phrases, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room(language, options=Options(limit_per_user=2)) as here:
        claim_id = await here.answer_in_private()
        await here.desk.accept(private_question(message="command:2"))  # and the limit is reached
        await here.settled()
        for _ in range(2):
            await here.buttons.share(click_on(claim_id))
            await here.settled()
        notices = [sheet.text for sheet in here.surface.whispers[2:]]
        assert (len(notices), here.surface.channel) == (2, [])
        monkeypatch.setattr("bot.desk.limits.WINDOW_S", 0.0)  # the minute is over
        await here.buttons.share(click_on(claim_id))
        await here.settled()
    limited = phrases.too_many.partition("{")[0]
    assert all(notice.startswith(limited) for notice in notices)
    assert len(here.surface.channel) == 1


@LANGUAGES
async def test_a_click_on_share_below_a_shared_answer_says_that_it_is_shared(
    language: str, phrases: Phrases
) -> None:
    async with room(language) as here:
        claim_id = await here.answer_in_private()
        for _ in range(2):
            await here.buttons.share(click_on(claim_id))
            await here.settled()
    assert len(here.surface.channel) == 1
    assert here.surface.told == [phrases.shared_before]


@LANGUAGES
async def test_a_share_that_cannot_be_posted_says_what_to_do_and_can_be_tried_again(
    language: str, phrases: Phrases
) -> None:
    async with room(language) as here:
        claim_id = await here.answer_in_private()
        here.surface.closed = True
        await here.buttons.share(click_on(claim_id))
        await here.settled()
        kept = here.surface.private["m1"]
        await here.buttons.turn(click_on(kept.claim_id), View(wide=True))
        turned = here.surface.private["m1"]
        here.surface.closed = False
        await here.buttons.share(click_on(kept.claim_id))
        await here.settled()
        done = here.surface.private["m1"]

    assert (kept.text, kept.preamble, kept.shareable) == ("where?", phrases.invite, True)
    assert (turned.shareable, turned.asker) == (True, "")
    assert [sheet.text for sheet in here.surface.channel] == ["where?"]
    assert (done.preamble, done.shareable) == ("", False)


async def test_a_share_that_can_no_longer_be_answered_in_place_comes_as_a_direct_message() -> None:
    async with room() as here:
        claim_id = await here.answer_in_private()
        here.surface.closed = here.surface.too_late = True
        here.surface.refused = {"whisper": "used_url"}
        await here.buttons.share(click_on(claim_id))
        await here.settled()
    assert [sheet.preamble for sheet in here.surface.direct] == [ENGLISH.unreachable]


async def test_a_share_is_not_posted_again_when_its_button_cannot_be_taken_away() -> None:
    async with room() as here:
        claim_id = await here.answer_in_private()
        here.surface.broken = True
        await here.buttons.share(click_on(claim_id))
        await here.settled()
        kept = await here.desk.state.claim_of(click_on(claim_id).share_key)
    assert len(here.surface.channel) == 1
    assert kept is not None
    assert kept.reply == "p1"  # it is done; otherwise it would be posted once more


async def test_a_shared_answer_keeps_the_name_of_its_asker_whoever_turns_it() -> None:
    async with room() as here:
        await here.buttons.share(click_on(await here.answer_in_private()))
        await here.settled()
        (shared,) = here.surface.channel
        bob = click_on(shared.claim_id, shareable=False, user="bob")
        await here.buttons.turn(bob, View(wide=True))
        turned = here.surface.private["m1"]
    assert (turned.asker, turned.shareable) == ("ada asked: where?", False)


@LANGUAGES
async def test_a_thumb_up_is_noted_with_thanks(language: str, phrases: Phrases) -> None:
    async with room(language) as here:
        await here.buttons.judge(click_on(await here.answer_in_private()), "up")
    assert here.surface.told == [phrases.thanks]


@LANGUAGES
async def test_a_thumb_down_asks_for_the_reason_and_counts_without_it(
    language: str, phrases: Phrases
) -> None:
    async with room(language) as here:
        click = click_on(await here.answer_in_private())
        await here.buttons.judge(click, "down")
        (gap,) = await here.desk.state.gaps(GapScope(PLATFORM, "W"), 9)
        await here.buttons.explain(click, "outdated")
        here.surface.too_late = True
        await here.buttons.judge(click, "down")
    assert gap.down == 1
    assert here.surface.asked_why == [phrases.why]
    assert here.surface.thanked == [phrases.thanks]
    assert here.surface.told == [phrases.thanks_without_reason]


async def test_a_reason_that_was_never_offered_is_not_noted() -> None:
    async with room() as here:
        await here.buttons.explain(click_on(await here.answer_in_private()), "because")
        gaps = await here.desk.state.gaps(GapScope(PLATFORM, "W"), 9)
    assert (gaps, here.surface.thanked) == ([], [])


@LANGUAGES
async def test_a_button_of_a_forgotten_question_says_so(language: str, phrases: Phrases) -> None:
    async with room(language) as here:
        await here.buttons.turn(click_on("long-ago"), View())
        await here.buttons.share(click_on("long-ago"))
    assert here.surface.told == [phrases.forgotten, phrases.forgotten]
    assert here.surface.private == {}


ELSEWHERE = (
    Key(PLATFORM, "another workspace", "C", ""),
    Key(PLATFORM, "W", "another channel", ""),
    Key("another platform", "W", "C", ""),
)


@pytest.mark.parametrize("channel", ELSEWHERE)
@LANGUAGES
async def test_a_button_of_a_question_asked_elsewhere_says_that_it_is_no_longer_kept(
    language: str, phrases: Phrases, channel: Key
) -> None:
    async with room(language) as here:
        forged = replace(click_on(await here.answer_in_private(), user="eve"), channel=channel)
        await here.desk.state.set_rules(channel, Rules(language=language))
        await here.buttons.turn(forged, View())
        await here.buttons.share(forged)
        await here.buttons.judge(forged, "down")
        await here.buttons.explain(forged, "outdated")
        await here.settled()
        gaps = await here.desk.state.gaps(GapScope(PLATFORM, "W"), 9)
    assert here.surface.told == [phrases.forgotten] * 4
    assert (here.surface.private, here.surface.channel, here.surface.thanked) == ({}, [], [])
    assert (gaps, here.surface.asked_why) == ([], [])


@LANGUAGES
async def test_a_thumb_on_a_forgotten_question_says_so(language: str, phrases: Phrases) -> None:
    async with room(language) as here:
        await here.buttons.judge(click_on("long-ago"), "up")
    assert here.surface.told == [phrases.forgotten]


@LANGUAGES
async def test_a_button_that_fails_says_so_and_nothing_of_the_question_is_logged(
    language: str, phrases: Phrases, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    @from_all_folders
    def fail(question: str) -> Answer:
        raise RuntimeError(f"cannot answer {question}")

    kept = Options(database_url=f"sqlite:///{tmp_path}/state.db")
    async with room(language, options=kept) as before:
        claim_id = await before.answer_in_private()
    async with room(language, fail, kept) as here:
        await here.buttons.turn(click_on(claim_id), View())
    assert here.surface.told == [phrases.failed.format(id=claim_id)]
    assert "where?" not in caplog.text
