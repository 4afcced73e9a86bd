"""Who may read and change what, and what stays hidden, on both platforms."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.page.facts import Facts
from bot.page.phrases import ENGLISH
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.emulators.slack.workspace import ALICE, BOB, GENERAL, RANDOM
from tests.scenarios.discord_rig import discord_stage
from tests.scenarios.rig import QUICK
from tests.scenarios.slack_rig import slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium
from tests.scenarios.test_discord_surfaces import replies, said
from tests.scenarios.test_slack_surfaces import opened_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.emulators.slack.server import SlackEmulator
    from tests.scenarios.stage import Stage

OPEN = Article("open/news/moves.txt", "The firm moves", "The firm moves to Wiesbaden.")
SECRET = Article("secret/plan.txt", "A plan", "The plan is to buy Globex.")
FACTS = Facts(
    2, "v1", titles=("The firm moves", "A plan"), examples=("What is the plan?",),
    slugs=(OPEN.slug, SECRET.slug),
)  # fmt: skip
KNOWING = replace(QUICK, facts=lambda: FACTS)
WORKSPACE_FOLDERS = ENGLISH.settings.default_folders
PLAN, MOVE = "What is the plan?", "Where does the firm move?"


def expert(question: str, /, *, folders: tuple[str, ...] = ()) -> Answer:  # noqa: ARG001  # the desk hides what it may not show
    """Knows a plan and a move, and nothing else."""
    if "plan" in question:
        return Answer(question, (whole(SECRET),))
    if "move" in question:
        return Answer(question, (whole(OPEN),))
    return Answer(question, closest=(whole(SECRET).quote, whole(OPEN).quote))


def whole(article: Article) -> Finding:
    """An article as one finding."""
    return Finding(Quote(article, 0, len(article.text)), None, 0.9)


async def listed(stage: Stage, slack: SlackEmulator, user: str, channel: str) -> str:
    """What /ask-gaps tells a person in a channel."""
    private = slack.workspace.ephemerals
    private.clear()
    await slack.people.command(user, channel, "/ask-gaps", "")
    await stage.driver.until(lambda: bool(private), "the report")
    (message,) = private.values()
    assert message["to"] == user
    return json.dumps(message["blocks"]) + read(message, user).text


async def ask_everywhere(stage: Stage, slack: SlackEmulator) -> None:
    """Lets both ask what nobody knows: in the open, in private, and in another channel."""
    await (await stage.alice.asks("Alice in the open?")).reply()
    await (await stage.alice.asks("Alice alone?", Medium.DIRECT_MESSAGE)).reply()
    await (await stage.alice.asks("Alice by command?", Medium.COMMAND)).reply()
    await (await stage.bob.asks("Bob alone?", Medium.DIRECT_MESSAGE)).reply()
    slack.people.say(BOB, RANDOM, "Bob at random?", mention=True)
    posted = slack.workspace.posted
    await stage.driver.until(lambda: bool(posted(RANDOM)), "the reply at random")
    await slack.people.command(ALICE, RANDOM, "/ask", "Alice by command at random?")
    stage.questions.clear()  # reports stand beside the replies


def words(report: str, *questions: str) -> list[bool]:
    """Which questions a report shows in words."""
    return [question in report for question in questions]


ASKED = (
    "Alice in the open?", "Alice alone?", "Alice by command?", "Bob alone?", "Bob at random?",
    "Alice by command at random?",
)  # fmt: skip


async def test_in_slack_each_reads_the_gaps_that_are_theirs_to_read() -> None:
    async with slack_stage(answerer=expert, articles=(OPEN, SECRET)) as (stage, slack):
        await ask_everywhere(stage, slack)
        direct, elsewhere = slack.workspace.direct(BOB).id, await listed(stage, slack, BOB, GENERAL)
        own = await listed(stage, slack, BOB, direct)
        steered = await listed(stage, slack, BOB, RANDOM)
        everything = await listed(stage, slack, ALICE, GENERAL)
        slack.workspace.strangers.add(ALICE)
        stranger = await listed(stage, slack, ALICE, RANDOM)

    assert ENGLISH.settings.slack_admins_only in elsewhere
    assert words(own, *ASKED) == [False, False, False, True, True, False]
    assert words(steered, *ASKED) == [False, False, False, False, True, False]
    assert "Asked in private and not answered well: 1." in steered
    assert words(everything, *ASKED) == [True, True, True, False, True, True]
    assert "Asked in private and not answered well: 1." in everything
    assert ENGLISH.settings.slack_admins_only in stranger


@pytest.mark.parametrize("kind", ["group", "mpim"])
async def test_an_admin_does_not_read_what_is_said_in_a_closed_channel_elsewhere(
    kind: str,
) -> None:
    async with slack_stage(answerer=expert, articles=(OPEN, SECRET)) as (stage, slack):
        await ask_everywhere(stage, slack)
        slack.workspace.channel(RANDOM).kind = kind
        elsewhere = await listed(stage, slack, ALICE, GENERAL)
        there = await listed(stage, slack, ALICE, RANDOM)
    assert "Bob at random?" not in elsewhere
    assert "Asked in private and not answered well: 2." in elsewhere
    assert "Bob at random?" in there


async def test_a_manager_does_not_read_what_is_said_in_a_channel_hidden_from_them() -> None:
    async with discord_stage(expert, (OPEN, SECRET)) as (stage, discord):
        people, world = discord.people, discord.world
        await (await stage.alice.asks("Alice in the open?")).reply()
        stage.questions.clear()  # reports stand beside the replies
        world.managers.add(world.bob)
        board = await people.closed_channel(world.bob)
        await people.command(world.bob, board.id, "ask-gaps")
        shown = json.dumps(await said(discord, "1 questions"))
        world.ephemerals.clear()
        await people.say(world.alice, board.id, "Alice on the board?", mention=True)
        await replies(discord, board.id)
        await people.command(world.bob, world.general, "ask-gaps")
        hidden = json.dumps(await said(discord, "Asked in private and not answered well: 1."))
    assert "Alice in the open?" in shown
    assert words(hidden, "Alice in the open?", "Alice on the board?") == [True, False]


async def test_private_questions_are_read_in_words_where_a_setting_says_so() -> None:
    options = replace(QUICK, gaps_show_private=True)
    async with slack_stage(answerer=expert, options=options) as (stage, slack):
        await ask_everywhere(stage, slack)
        everything = await listed(stage, slack, ALICE, GENERAL)
        steered = await listed(stage, slack, BOB, RANDOM)
    assert all(words(everything, *ASKED))
    assert words(steered, *ASKED) == [False, False, False, False, True, False]


async def test_in_discord_each_reads_the_gaps_that_are_theirs_to_read() -> None:
    async with discord_stage(expert, (OPEN, SECRET)) as (stage, discord):
        people, world = discord.people, discord.world
        await (await stage.alice.asks("Alice in the open?")).reply()
        await (await stage.alice.asks("Alice by command?", Medium.COMMAND)).reply()
        await (await stage.bob.asks("Bob by command?", Medium.COMMAND)).reply()
        await (await stage.bob.asks("Bob alone?", Medium.DIRECT_MESSAGE)).reply()
        stage.questions.clear()  # reports stand beside the replies
        world.ephemerals.clear()
        await people.command(world.bob, world.general, "ask-gaps")
        await said(discord, ENGLISH.settings.discord_managers_only)
        world.stewards.add(world.bob)
        await people.command(world.bob, world.general, "ask-gaps")
        steered = json.dumps(await said(discord, "Asked in private and not answered well: 1."))
        world.ephemerals.clear()
        await people.command(world.bob, world.direct(world.bob).id, "ask-gaps")
        own = json.dumps(await said(discord, "1 questions"))
        world.ephemerals.clear()
        await people.command(world.alice, world.general, "ask-gaps")
        everything = json.dumps(await said(discord, "Asked in private"))

    asked = ("Alice in the open?", "Alice by command?", "Bob by command?", "Bob alone?")
    assert words(steered, *asked) == [True, False, True, False]
    assert words(own, *asked) == [False, False, False, True]
    assert words(everything, *asked) == [True, True, False, False]


async def test_a_form_is_refused_when_its_sender_may_not_change_that_any_more() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        slack.workspace.admins.clear()
        entries = {WORKSPACE_FOLDERS: "open"}
        creator = (await slack.people.submit(ALICE, form, entries)).answer
        slack.workspace.channel(GENERAL).creator = BOB
        nobody = (await slack.people.submit(ALICE, form, {})).answer
        await slack.people.command(BOB, GENERAL, "/ask-config", "")
        views = slack.workspace.views
        await stage.driver.until(lambda: len(views) == 2, "the form of who steers the channel")
        his = list(views.values())[-1]

    assert creator["errors"] == {"default_folders": ENGLISH.settings.not_yours}
    assert nobody["errors"]["mode"] == ENGLISH.settings.not_yours
    assert WORKSPACE_FOLDERS in json.dumps(form)
    assert WORKSPACE_FOLDERS not in json.dumps(his)


async def test_an_unknown_folder_is_refused_by_the_form_with_those_near_it() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        folders = ENGLISH.settings.folders
        far = (await slack.people.submit(ALICE, form, {folders: "nosuchfolder"})).answer
        near = (await slack.people.submit(ALICE, form, {folders: "open/new"})).answer
        assert (await slack.people.submit(ALICE, form, {folders: "open"})).acked
    assert far["errors"] == {"folders": "No article lies below “nosuchfolder”."}
    assert near["errors"] == {
        "folders": "No article lies below “open/new”. Near it: open/news, open."
    }


async def test_an_unknown_folder_is_refused_in_discord_with_those_near_it() -> None:
    async with discord_stage(options=KNOWING) as (_, discord):
        alice, here = discord.world.alice, discord.world.general
        for option in ("folders", "default_folders"):
            discord.world.ephemerals.clear()
            await discord.people.command(alice, here, "ask-config", **{option: "opne"})
            await said(discord, "No article lies below “opne”. Near it: open")


async def narrow_workspace(stage: Stage, slack: SlackEmulator) -> None:
    """Lets Alice show the open folder alone in the whole workspace."""
    await slack.people.command(ALICE, GENERAL, "/ask-config", "")
    form = await opened_form(stage, slack)
    assert (await slack.people.submit(ALICE, form, {WORKSPACE_FOLDERS: "open"})).acked
    slack.workspace.views.clear()


@pytest.mark.parametrize("place", [Medium.MENTION, Medium.DIRECT_MESSAGE, Medium.COMMAND])
async def test_the_folders_of_a_workspace_hold_wherever_somebody_asks(place: Medium) -> None:
    async with slack_stage(answerer=expert, articles=(OPEN, SECRET), options=KNOWING) as (
        stage,
        slack,
    ):
        await narrow_workspace(stage, slack)
        hidden = await (await stage.bob.asks(PLAN, place)).reply()
        shown = await (await stage.bob.asks(MOVE, place)).reply()
    assert (hidden.quotes, shown.quotes) == ((), (OPEN.text,))


async def test_the_folders_of_a_workspace_hold_in_app_home_and_in_workflow_steps() -> None:
    async with slack_stage(answerer=expert, articles=(OPEN, SECRET), options=KNOWING) as (
        stage,
        slack,
    ):
        space = slack.workspace
        stage.may_be_named.append("bob")
        opened = {"type": "app_home_opened", "user": BOB, "tab": "home"}
        slack.people.event(opened)
        await stage.driver.until(lambda: BOB in space.homes, "App Home")
        before = space.homes.pop(BOB)
        await narrow_workspace(stage, slack)
        slack.people.event(opened)
        await stage.driver.until(lambda: BOB in space.homes, "App Home")
        after = json.dumps(space.homes[BOB])
        await slack.people.click_view(BOB, before, PLAN)
        direct = space.direct(BOB).id
        step = {
            "type": "function_executed", "inputs": {"question": PLAN},
            "function": {"id": "Fn1", "callback_id": "answer_question", "type": "app"},
            "function_execution_id": "Fx1", "workflow_execution_id": "Wx1",
            "bot_access_token": "xwfp-made-up",
        }  # fmt: skip
        slack.people.event(step)
        await stage.driver.until(lambda: bool(space.functions), "the step to end")
        everywhere: Sequence[str] = (direct, BOB)
        await stage.driver.until(
            lambda: any(space.posted(each) for each in everywhere if each in space.channels),
            "the answer of App Home",
        )
        posted = json.dumps(space.posted(direct))

    assert "A plan" in json.dumps(before)
    assert ("A plan" in after, "The firm moves" in after, "1 articles" in after) == (
        False, True, True,
    )  # fmt: skip
    assert "Globex" not in posted
    assert space.functions[0]["outputs"] == {
        "answer": ENGLISH.not_found, "source": "", "found": False,
    }  # fmt: skip


async def test_the_folders_of_a_server_hold_in_discord_s_direct_messages_too() -> None:
    async with discord_stage(expert, (OPEN, SECRET), KNOWING) as (stage, discord):
        alice, here = discord.world.alice, discord.world.general
        await discord.people.command(alice, here, "ask-config", default_folders="open")
        await said(discord, "does not tell people apart")
        for place in (Medium.MENTION, Medium.COMMAND, Medium.DIRECT_MESSAGE):
            assert (await (await stage.bob.asks(PLAN, place)).reply()).quotes == ()
            assert (await (await stage.bob.asks(MOVE, place)).reply()).quotes == (OPEN.text,)
        direct = discord.world.direct(discord.world.bob).id
        await discord.people.command(
            discord.world.bob, direct, "ask-config", default_folders="secret"
        )
        await said(discord, ENGLISH.settings.not_yours)


async def test_the_buttons_of_an_answer_to_app_home_work_where_it_is_posted() -> None:
    facts = Facts(articles=2, titles=("The firm moves",), examples=("Where is the headquarters?",))
    options = replace(QUICK, facts=lambda: facts)
    async with slack_stage(options=options) as (stage, slack):
        stage.may_be_named.append("alice")
        slack.people.event({"type": "app_home_opened", "user": ALICE, "tab": "home"})
        homes = slack.workspace.homes
        await stage.driver.until(lambda: ALICE in homes, "App Home")
        await slack.people.click_view(ALICE, homes[ALICE], facts.examples[0])
        answer = await stage.sees(lambda shown: bool(shown.quotes), "an answer")
        await stage.alice.clicks(answer, ENGLISH.context)
        await stage.sees(lambda shown: ENGLISH.less in shown.buttons, "the context")


async def test_the_buttons_of_an_answer_that_came_as_a_direct_message_work_there() -> None:
    async with slack_stage() as (stage, slack):
        channel = slack.workspace.channel(GENERAL)
        channel.archived = True
        await stage.alice.asks("Where is the headquarters?")
        answer = await stage.sees(lambda shown: bool(shown.quotes), "an answer in private")
        assert answer.handle["ts"] in slack.workspace.direct(ALICE).messages
        await stage.alice.clicks(answer, ENGLISH.context)
        await stage.sees(lambda shown: ENGLISH.less in shown.buttons, "the context")
        stage.questions.clear()  # the reply is in another place


async def test_the_buttons_of_an_answer_in_discord_s_direct_messages_work_there() -> None:
    async with discord_stage() as (stage, discord):
        discord.world.channel(discord.world.general).closed = 50001
        await stage.alice.asks("Where is the headquarters?")
        answer = await stage.sees(lambda shown: bool(shown.quotes), "an answer in private")
        await stage.alice.clicks(answer, ENGLISH.context)
        await stage.sees(lambda shown: ENGLISH.less in shown.buttons, "the context")
        stage.questions.clear()  # the reply is in another place
