"""Slack: what is no question, what chat adds to one, and what stands beyond `text`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.page.facts import Facts
from bot.page.phrases import ENGLISH
from tests.emulators.slack.workspace import ALICE, BOB, BOT_USER, GENERAL, Channel
from tests.scenarios.articles import MOVE, Expert
from tests.scenarios.rig import QUICK
from tests.scenarios.slack_rig import slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Stage

WHERE = "Where is the headquarters?"
CLAIM = "The headquarters of the firm is in Wiesbaden"
FACTS = Facts(articles=2, titles=("The firm moves", "Another paper"), examples=(WHERE,))
KNOWING = replace(QUICK, facts=lambda: FACTS)
CARD = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{CLAIM}*"}}
FORWARD = {"is_share": True, "author_name": "bob", "text": CLAIM}


async def answer_in_direct(stage: Stage, slack: SlackEmulator, **parts: Any) -> Shown:
    """What Alice gets in her direct messages for a message of those parts."""
    direct = slack.workspace.direct(ALICE).id
    slack.people.say(ALICE, direct, str(parts.pop("said", "")), **parts)
    await stage.driver.until(lambda: bool(slack.workspace.posted(direct)), "a reply")
    stage.questions.clear()
    return read(slack.workspace.posted(direct)[-1])


@pytest.mark.parametrize("place", list(Medium))
async def test_a_call_for_help_is_answered_with_examples_wherever_it_is_made(place: Medium) -> None:
    async with slack_stage(options=KNOWING) as (stage, _):
        shown = await (await stage.alice.asks("help", place)).reply()
        again = await (await stage.bob.asks("What can you do?", place)).reply()
    for text in (shown.text, again.text):
        assert "Articles: 2" in text
        assert "The firm moves" in text
        assert WHERE in text
    assert shown.buttons == ()


async def test_small_talk_is_no_gap_and_thanks_among_others_are_left_alone() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert, options=KNOWING) as (stage, slack):
        for text in ("hi", "thanks!", ":+1:", "?", "test"):
            await (await stage.alice.asks(text, Medium.DIRECT_MESSAGE)).reply()
        await people_go_on_in_a_thread(stage, slack)
        await slack.people.command(ALICE, GENERAL, "/ask-gaps", "")
        private = slack.workspace.ephemerals
        await stage.driver.until(lambda: bool(private), "the gaps")
        stage.questions.clear()
        told = [read(message, ALICE).text for message in private.values()]
    assert any(ENGLISH.reports.no_gaps in text for text in told)
    assert list(expert.asked) == [WHERE]


async def people_go_on_in_a_thread(stage: Stage, slack: SlackEmulator) -> None:
    """The bot answers every question of a channel, and hears small talk between people."""
    await slack.people.command(ALICE, GENERAL, "/ask-config", "")
    views = slack.workspace.views
    await stage.driver.until(lambda: bool(views), "a form")
    mode = {"When to answer": 'Every question that ends in "?"'}
    await slack.people.submit(ALICE, next(iter(views.values())), mode)
    asked = slack.people.say(BOB, GENERAL, WHERE)
    await stage.driver.until(lambda: bool(slack.workspace.posted(GENERAL)), "an answer")
    for text in ("?", "thanks!", "how are you?", ":+1:"):
        slack.people.say(ALICE, GENERAL, text, thread=asked)
    await stage.driver.until(lambda: slack.deliveries.idle, "all deliveries")
    assert len(slack.workspace.posted(GENERAL)) == 1


@pytest.mark.parametrize(
    "said",
    ["clipping, Where is the headquarters?", "Hey Clipping, Where is the headquarters?",
     ":wave: Where is the headquarters?", "Where is the headquarters? :thinking_face:",
     "Good morning, Where is the headquarters?",
     "Hey team, quick question: Where is the headquarters?"],
)  # fmt: skip
async def test_what_chat_adds_is_not_searched_for(said: str) -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, _):
        assert (await (await stage.alice.asks(said)).reply()).quotes == (MOVE,)
    assert list(expert.asked) == [WHERE]


async def test_a_link_in_a_question_is_left_out_and_its_label_stays() -> None:
    expert = Expert()
    link = "<https://news.example/2024/07/10/x/index.html|news.example>"
    async with slack_stage(answerer=expert) as (stage, slack):
        said = "Where is the headquarters according to "
        await answer_in_direct(stage, slack, said="x", text=said + link)
    assert list(expert.asked) == ["Where is the headquarters"]


@pytest.mark.parametrize(
    "parts",
    [
        {"text": "", "blocks": [CARD]},
        {"text": "", "blocks": [], "attachments": [{"text": CLAIM}]},
        {"text": "", "blocks": [], "attachments": [FORWARD]},
        {"text": "News", "blocks": [], "attachments": [{"title": "x", "blocks": [CARD]}]},
        {"text": "", "blocks": [], "files": [{"name": "a.txt", "title": CLAIM}]},
    ],
    ids=["blocks", "an attachment", "a forward", "a card below a word", "a file's title"],
)
async def test_the_source_of_what_a_card_says_is_found(parts: Json) -> None:
    async with slack_stage() as (stage, slack):
        ts = slack.people.say(BOB, GENERAL, "", **parts)
        await slack.people.shortcut(ALICE, GENERAL, ts, "find_source")
        private = slack.workspace.ephemerals
        await stage.driver.until(lambda: bool(private), "an answer")
        shown = [read(message, ALICE) for message in private.values()]
    assert shown[0].quotes == (MOVE,)


async def test_where_there_is_nothing_to_read_that_is_said() -> None:
    async with slack_stage() as (stage, slack):
        files = [{"name": "q.png", "title": "q.png"}]
        ts = slack.people.say(BOB, GENERAL, "", blocks=[], files=files)
        await slack.people.shortcut(ALICE, GENERAL, ts, "find_source")
        private = slack.workspace.ephemerals
        await stage.driver.until(lambda: bool(private), "an answer")
        shown = [read(message, ALICE).plain for message in private.values()]
    assert shown == [ENGLISH.nothing_to_read]


@pytest.mark.parametrize("said", ["", "is that so?", "source?"])
async def test_the_source_of_a_forward_is_looked_for(said: str) -> None:
    async with slack_stage() as (stage, slack):
        shown = await answer_in_direct(stage, slack, said=said, attachments=[FORWARD])
    assert shown.quotes == (MOVE,)
    assert ENGLISH.nearest in shown.text


async def test_a_question_beside_a_forward_is_asked_by_itself() -> None:
    expert = Expert()
    async with slack_stage(answerer=expert) as (stage, slack):
        said = "Where is the rival now?"
        await answer_in_direct(stage, slack, said=said, attachments=[FORWARD])
    assert list(expert.asked) == [said]


async def test_a_question_in_blocks_alone_is_read() -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": WHERE}]}
    blocks = [{"type": "rich_text", "elements": [section]}]
    async with slack_stage() as (stage, slack):
        shown = await answer_in_direct(stage, slack, text="", blocks=blocks)
    assert shown.quotes == (MOVE,)


async def test_a_picture_alone_is_answered_with_the_greeting() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        files = [{"name": "q.png", "title": "q.png"}]
        shown = await answer_in_direct(stage, slack, text="", blocks=[], files=files)
    assert WHERE in shown.text


async def test_a_mention_among_several_people_is_heard() -> None:
    async with slack_stage() as (stage, slack):
        members = {ALICE, BOB, BOT_USER}
        slack.workspace.channels["G0AAA"] = Channel("G0AAA", "mpdm", members, kind="mpim")
        ts = slack.people.say(ALICE, "G0AAA", WHERE, mention=True)
        await stage.driver.until(lambda: bool(slack.workspace.posted("G0AAA", thread=ts)), "it")
        slack.people.delete("G0AAA", ts)
        await stage.driver.until(lambda: not slack.workspace.posted("G0AAA"), "it to go")
