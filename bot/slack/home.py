"""App Home, the agent pane, and the workflow step."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.page.layout import clip_of
from bot.page.phrases import ENGLISH, phrases_in
from bot.page.sources import name
from bot.slack.incoming import PLATFORM, of_click
from bot.slack.verbatim import checked_text
from bot.slack.views import AGAIN, home_view
from bot.state.ask import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.context.complete.async_complete import AsyncComplete
    from slack_bolt.context.fail.async_fail import AsyncFail
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.slack.blocks import Block
    from bot.slack.incoming import Fields

log = logging.getLogger(__name__)

STEP = "answer_question"
MAX_RECENT = 5
MAX_PROMPTS = 4
MAX_TITLE_CHARS = 60


class Home:
    """Handles what happens in the places in Slack that belong to the bot itself."""

    def __init__(self, desk: Desk, facts: Callable[[], Facts]) -> None:
        self._desk = desk
        self._facts = facts

    def register(self, app: AsyncApp) -> None:
        """Registers the handlers of App Home, of its buttons, and of the workflow step."""
        app.event("app_home_opened")(self.show)
        app.action(re.compile(rf"^{AGAIN}:"))(self.ask_again)
        app.function(STEP)(self.run_step)

    async def show(self, event: Fields, client: AsyncWebClient, context: AsyncBoltContext) -> None:
        """Shows what the bot knows; suggests questions where the messages tab was opened."""
        key = Key(PLATFORM, str(context.team_id or ""), str(event.get("channel", "")), "")
        rules = await self._desk.state.rules(key)
        facts = self._facts().within(rules.visible_folders)
        if event.get("tab") == "messages":
            if facts.examples:
                await _suggest(client, str(event["channel"]), facts.examples)
            return
        user, state = str(event["user"]), self._desk.state
        recent = await state.recent_questions(PLATFORM, key.workspace, user, MAX_RECENT)
        phrases = phrases_in(rules.language)
        await _publish(client, user, home_view(facts, recent, phrases, key.channel))

    async def ask_again(self, ack: AsyncAck, body: Fields) -> None:
        """Asks the question that was clicked in App Home; the answer is a direct message."""
        await ack()
        action = body["actions"][0]
        ask = of_click(body, str(action["value"]), "question", f"again:{action['action_ts']}")
        conversation = str((body.get("view") or {}).get("private_metadata", ""))
        if conversation:  # whose rules hold; a click in App Home names no channel
            ask = replace(ask, key=replace(ask.key, channel=conversation))
        await self._desk.accept(ask)

    async def run_step(
        self, inputs: Fields, complete: AsyncComplete, fail: AsyncFail, context: AsyncBoltContext
    ) -> None:
        """Answers a workflow's question with the clipping and its source.

        A workflow belongs to no channel, so the fixed words are in English, and the folders of the
        whole workspace hold.
        """
        key = Key(PLATFORM, str(context.team_id or ""), "", "")
        try:
            answer = await self._desk.answer_service.find(str(inputs["question"]), key)
        except Exception as error:  # noqa: BLE001  # its message may repeat the question
            log.error("a workflow step failed: %s", type(error).__name__)  # noqa: TRY400
            await fail(ENGLISH.failed.format(id="workflow"))
            return
        clip = clip_of(answer.shown[0]) if answer.found else None
        await complete(
            {
                "answer": checked_text(clip) if clip else ENGLISH.not_found,
                "source": name(clip.quote.article) if clip else "",
                "found": clip is not None,
            }
        )


async def _suggest(client: AsyncWebClient, channel: str, questions: Sequence[str]) -> None:
    """Offers questions to click in the agent pane."""
    prompts = [
        {"title": shorten(question, MAX_TITLE_CHARS, placeholder="…"), "message": question}
        for question in questions[:MAX_PROMPTS]
    ]
    await client.assistant_threads_setSuggestedPrompts(channel_id=channel, prompts=prompts)


async def _publish(client: AsyncWebClient, user: str, view: Block) -> None:
    """Replaces a person's App Home."""
    await client.views_publish(user_id=user, view=view)
