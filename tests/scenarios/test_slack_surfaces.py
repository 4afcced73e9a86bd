"""What only Slack has: App Home, the agent pane, forms, the other commands, workflow steps."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.facts import Facts
from bot.state.state import State
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.workspace import ALICE, BOB, BOT_USER, GENERAL, RANDOM
from tests.scenarios.articles import MOVE
from tests.scenarios.rig import QUICK
from tests.scenarios.slack_rig import slack_stage
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium

if TYPE_CHECKING:
    import pytest

    from bot.state.ask import Key
    from bot.state.channel_rules import Rules
    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown
    from tests.scenarios.stage import Stage

WHERE = "Where is the headquarters?"
FACTS = Facts(articles=2, version="v7", titles=("The firm moves",), examples=(WHERE,))
KNOWING = replace(QUICK, facts=lambda: FACTS)


async def told(stage: Stage, slack: SlackEmulator, user: str) -> Shown:
    """Waits for something that one person is told in private, and returns it."""
    private = slack.workspace.ephemerals
    await stage.driver.until(
        lambda: any(message["to"] == user for message in private.values()), f"{user} to be told"
    )
    (message,) = (message for message in private.values() if message["to"] == user)
    return read(message, user)


async def opened_form(stage: Stage, slack: SlackEmulator) -> Json:
    """Waits for a form on somebody's screen, and returns it."""
    views = slack.workspace.views
    await stage.driver.until(lambda: bool(views), "a form")
    return next(iter(views.values()))


async def test_app_home_says_what_the_bot_knows_and_answers_its_examples() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        stage.may_be_named.append("alice")
        slack.people.event({"type": "app_home_opened", "user": ALICE, "tab": "home"})
        homes = slack.workspace.homes
        await stage.driver.until(lambda: ALICE in homes, "App Home")
        assert "The firm moves" in json.dumps(homes[ALICE])
        await slack.people.click_view(ALICE, homes[ALICE], WHERE)
        answer = await stage.sees(lambda shown: shown.quotes == (MOVE,), "an answer")
        assert answer.handle["ts"] in slack.workspace.direct(ALICE).messages


async def test_app_home_offers_a_person_s_own_last_questions() -> None:
    async with slack_stage() as (stage, slack):
        await (await stage.alice.asks(WHERE)).reply()
        await (await stage.bob.asks("Where is the rival?")).reply()
        slack.people.event({"type": "app_home_opened", "user": ALICE, "tab": "home"})
        homes = slack.workspace.homes
        await stage.driver.until(lambda: ALICE in homes, "App Home")
        assert WHERE in json.dumps(homes[ALICE])
        assert "rival" not in json.dumps(homes[ALICE])


async def test_the_agent_pane_suggests_what_to_ask() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        direct = slack.workspace.direct(ALICE).id
        opened = {"type": "app_home_opened", "user": ALICE, "tab": "messages", "channel": direct}
        slack.people.event(opened)
        await stage.driver.until(lambda: bool(slack.workspace.prompts), "suggestions")

    assert slack.workspace.prompts[0]["prompts"] == [{"title": WHERE, "message": WHERE}]


async def test_a_channel_can_be_set_to_answer_every_question() -> None:
    async with slack_stage() as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        mode = {"When to answer": 'Every question that ends in "?"'}
        assert (await slack.people.submit(ALICE, form, mode)).acked
        remark = await stage.bob.says(WHERE)
        await stage.sees(lambda shown: shown.quotes == (MOVE,), "an answer")

    assert len(slack.workspace.posted(GENERAL, thread=remark.message)) == 1


async def test_a_form_is_confirmed_when_what_it_says_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = State.set_rules

    async def keep_slowly(self: State, key: Key, rules: Rules) -> None:
        await asyncio.sleep(0.5)
        await kept(self, key, rules)

    monkeypatch.setattr(State, "set_rules", keep_slowly)
    async with slack_stage() as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        mode = {"When to answer": 'Every question that ends in "?"'}
        assert (await slack.people.submit(ALICE, form, mode)).acked
        await stage.bob.says(WHERE)
        await stage.sees(lambda shown: shown.quotes == (MOVE,), "an answer")


async def test_a_channel_can_be_set_to_go_on_in_threads_without_a_mention() -> None:
    async with slack_stage() as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        await slack.people.submit(
            ALICE, form, {"When to answer": "Also in threads it has answered in"}
        )
        question = await stage.alice.asks(WHERE)
        await question.reply()
        root = question.ref.message
        slack.people.say(BOB, GENERAL, "Where is the rival?", thread=root)
        posted = slack.workspace.posted
        await stage.driver.until(lambda: len(posted(GENERAL, thread=root)) == 2, "the second")
        stage.questions.clear()  # both replies were counted here


async def test_the_fixed_words_of_a_channel_can_be_german() -> None:
    async with slack_stage() as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        await slack.people.submit(ALICE, form, {"Language of the fixed words": "Deutsch"})
        question = await stage.bob.asks("Who walked on the moon?")
        assert "Die Artikel sagen dazu nichts." in (await question.reply()).text


async def test_a_threshold_that_is_none_keeps_the_form_open() -> None:
    async with slack_stage() as (stage, slack):
        await slack.people.command(ALICE, GENERAL, "/ask-config", "")
        form = await opened_form(stage, slack)
        wrong = {"Least certainty, from 0 to 1": "much"}
        answer = (await slack.people.submit(ALICE, form, wrong)).answer
        assert answer["response_action"] == "errors"


async def test_only_admins_and_whoever_created_a_channel_may_set_it_up() -> None:
    async with slack_stage() as (stage, slack):
        await slack.people.command(BOB, GENERAL, "/ask-config", "")
        assert "may do that" in (await told(stage, slack, BOB)).text
        assert slack.workspace.views == {}
        await slack.people.command(BOB, RANDOM, "/ask-config", "")
        await opened_form(stage, slack)


async def test_the_status_says_what_the_bot_knows() -> None:
    async with slack_stage(options=KNOWING) as (stage, slack):
        await slack.people.command(BOB, GENERAL, "/ask-status", "")
        status = await told(stage, slack, BOB)
        assert "2 articles" in status.text
        assert "v7" in status.text


async def test_gaps_are_listed_as_lines_that_can_be_replayed() -> None:
    async with slack_stage() as (stage, slack):
        for _ in range(2):
            await (await stage.bob.asks("Who walked on the moon?")).reply()
        await slack.people.command(ALICE, GENERAL, "/ask-gaps", "")
        text = (await told(stage, slack, ALICE)).handle["blocks"][-1]
        (line,) = text["elements"][0]["elements"][0]["text"].splitlines()
        gap = json.loads(line)
        assert (gap["question"], gap["not_found"]) == ("Who walked on the moon?", 2)


async def test_a_thumb_down_asks_why_and_makes_a_gap() -> None:
    async with slack_stage() as (stage, slack):
        reply = await (await stage.bob.asks(WHERE)).reply()
        await stage.bob.clicks(reply, "👎")
        form = await opened_form(stage, slack)
        reason = {form["blocks"][0]["label"]["text"]: "Outdated"}
        assert (await slack.people.submit(BOB, form, reason)).acked
        await slack.people.command(ALICE, GENERAL, "/ask-gaps", "")
        assert "👎 1×" in json.dumps((await told(stage, slack, ALICE)).handle, ensure_ascii=False)


async def test_a_form_that_comes_too_late_still_ends_in_thanks() -> None:
    async with slack_stage() as (stage, slack):
        reply = await (await stage.bob.asks(WHERE)).reply()
        slack.faults.plan("views.open", Fault(200, "expired_trigger_id"))
        await stage.bob.clicks(reply, "👎")
        assert "Thank you" in (await told(stage, slack, BOB)).text


async def test_a_workflow_gets_the_clipping_and_its_source() -> None:
    async with slack_stage() as (stage, slack):
        slack.people.event({
            "type": "function_executed", "inputs": {"question": WHERE},
            "function": {"id": "Fn1", "callback_id": "answer_question", "type": "app"},
            "function_execution_id": "Fx1", "workflow_execution_id": "Wx1",
            "bot_access_token": "xwfp-made-up",
        })  # fmt: skip
        await stage.driver.until(lambda: bool(slack.workspace.functions), "the step to end")

    outputs = slack.workspace.functions[0]["outputs"]
    assert outputs == {"answer": MOVE, "source": "The firm moves", "found": True}


async def test_a_workspace_that_removes_the_app_takes_its_questions_along() -> None:
    async with slack_stage() as (stage, slack):
        reply = await (await stage.alice.asks(WHERE)).reply()
        slack.people.event({"type": "app_uninstalled"})
        await stage.driver.until(lambda: slack.deliveries.idle, "the news to arrive")
        await stage.alice.clicks(reply, "Show context")
        assert "no longer kept" in (await told(stage, slack, ALICE)).text


async def speaks_german(stage: Stage, slack: SlackEmulator) -> None:
    """Set the channel to German."""
    await slack.people.command(ALICE, GENERAL, "/ask-config", "")
    form = await opened_form(stage, slack)
    await slack.people.submit(ALICE, form, {"Language of the fixed words": "Deutsch"})
    slack.workspace.views.clear()


async def test_thumbs_and_their_form_come_in_the_language_of_the_channel() -> None:
    async with slack_stage() as (stage, slack):
        await speaks_german(stage, slack)
        reply = await (await stage.bob.asks(WHERE)).reply()
        await stage.bob.clicks(reply, "👍")
        assert (await told(stage, slack, BOB)).text.strip().endswith("Danke, notiert.")
        await stage.bob.clicks(reply, "👎")
        form = await opened_form(stage, slack)
        assert form["blocks"][0]["label"]["text"] == "Was stimmt daran nicht?"
        assert form["submit"]["text"] == "Senden"


async def test_a_share_where_the_bot_is_not_says_what_to_do_and_works_afterwards() -> None:
    async with slack_stage() as (stage, slack):
        stage.may_be_named.append("alice")
        question = await stage.alice.asks(WHERE, Medium.COMMAND)
        members = slack.workspace.channel(GENERAL).members
        members.remove(BOT_USER)
        await stage.alice.clicks(await question.reply(), "Share")
        shown = await question.becomes(lambda r: "I am not in this" in r.text, "what to do")
        members.add(BOT_USER)
        await stage.alice.clicks(shown, "Share")
        shared = await stage.sees(lambda r: bool(r.pings), "the shared answer")
        await question.becomes(lambda r: "Share" not in r.buttons, "Share to be gone")
    assert shared.quotes == shown.quotes == (MOVE,)
    assert "Share" in shown.buttons
