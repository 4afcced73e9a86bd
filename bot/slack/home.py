"""App Home, the agent pane, and the workflow step."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bot.page.phrases import ENGLISH
from bot.page.sources import name
from bot.slack.incoming import PLATFORM, of_click
from bot.slack.views import AGAIN, home_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.context.complete.async_complete import AsyncComplete
    from slack_bolt.context.fail.async_fail import AsyncFail
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.desk.desk import Desk
    from bot.page.facts import Facts
    from bot.slack.incoming import Fields

log = logging.getLogger(__name__)

STEP = "answer_question"
MAX_RECENT = 5
MAX_PROMPTS = 4
MAX_TITLE_CHARS = 60


class Home:
    """The places in Slack that belong to the bot itself."""

    def __init__(self, desk: Desk, facts: Callable[[], Facts]) -> None:
        self._desk = desk
        self._facts = facts

    def register(self, app: AsyncApp) -> None:
        """Listen to an app's home, its buttons and its step."""
        app.event("app_home_opened")(self.opened)
        app.action(re.compile(rf"^{AGAIN}:"))(self.asked_again)
        app.function(STEP)(self.stepped)

    async def opened(
        self, event: Fields, client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        """Show what is known; in the messages tab, suggest what to ask."""
        facts = self._facts()
        if event.get("tab") == "messages":
            if facts.examples:
                await client.assistant_threads_setSuggestedPrompts(
                    channel_id=event["channel"],
                    prompts=[
                        {"title": example[:MAX_TITLE_CHARS], "message": example}
                        for example in facts.examples[:MAX_PROMPTS]
                    ],
                )
            return
        user = str(event["user"])
        workspace = str(context.team_id or "")
        recent = await self._desk.state.recent_questions(PLATFORM, workspace, user, MAX_RECENT)
        await client.views_publish(user_id=user, view=home_view(facts, recent))

    async def asked_again(self, ack: AsyncAck, body: Fields) -> None:
        """A question in App Home was clicked: the answer comes as a direct message."""
        await ack()
        action = body["actions"][0]
        question = str(action["value"])
        await self._desk.accept(
            of_click(body, question, "question", f"again:{action['action_ts']}")
        )

    async def stepped(self, inputs: Fields, complete: AsyncComplete, fail: AsyncFail) -> None:
        """A workflow asks: hand it the clipping and its source."""
        try:
            answer = await self._desk.answer_service.find(str(inputs["question"]))
        except Exception as error:  # noqa: BLE001  # its message may repeat the question
            log.error("a workflow step failed: %s", type(error).__name__)  # noqa: TRY400
            await fail(ENGLISH.failed.format(id="workflow"))
            return
        quote = answer.shown[0].quote if answer.found else None
        await complete(
            {
                "answer": quote.text if quote else ENGLISH.not_found,
                "source": name(quote.article) if quote else "",
                "found": quote is not None,
            }
        )
