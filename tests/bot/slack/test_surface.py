"""Sending, where Slack refuses what it should not: the answer still gets through, once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.errors import SlackApiError

from bot.chat.clicks import Click
from bot.chat.reply_target import ReplyTarget
from bot.chat.verbatim import NotVerbatimError
from bot.desk.metrics import Metrics
from bot.desk.surface import UnreachableError
from bot.page.phrases import GERMAN
from bot.page.reply import Reply
from bot.slack.access import Access, web_client
from bot.slack.errors import PASSING
from bot.slack.surface import SlackSurface
from bot.state.ask import Ask, Key
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.page.phrases import Phrases

QUESTION = Ask(Key("slack", "T1", "C1", "1.1"), "U1", "where?", "1.1")
QUOTE = Quote(Article("a.txt", "News", "It is in Wiesbaden."), 0, 19)
REPLY = Reply("abc", answer=Answer("where?", (Finding(QUOTE, None, 0.9),)))


CLICK = Click(
    Key("slack", "T1", "C1", ""), "U1", "abc", False, ReplyTarget("message", "2.2"), "1.1", "9.9"
)


class Refusing:
    """A Slack that answers as it was told, and then takes everything."""

    def __init__(self, *answers: web.Response) -> None:
        self._answers = list(answers)
        self.taken: list[dict[str, Any]] = []
        self.response_url = ""

    async def post(self, request: web.Request) -> web.Response:
        if self._answers:
            return self._answers.pop(0)
        sent = (
            await request.json()
            if request.content_type == "application/json"
            else dict(await request.post())
        )
        sent = {"method": request.match_info["method"], **request.query, **sent}
        self.taken.append(sent)
        return web.json_response({"ok": True, "ts": "2.2", "message": {"thread_ts": "1.1"}})


@asynccontextmanager
async def surface(slack: Refusing, *, retries: bool = True) -> AsyncIterator[SlackSurface]:
    application = web.Application()
    application.router.add_post("/api/{method}", slack.post)
    async with TestServer(application) as server, aiohttp.ClientSession() as session:
        slack.response_url = str(server.make_url("/api/response_url"))
        access = Access("xoxb-made-up", api_url=str(server.make_url("/api/")))
        client = web_client(access, session, token=access.bot_token)
        if not retries:
            client.retry_handlers.clear()

        async def client_for(_workspace: str) -> AsyncWebClient:
            return client

        async def phrases_of(_key: Key) -> Phrases:
            return GERMAN

        yield SlackSurface(
            client_for,
            session,
            Metrics(),
            widen=lambda quote: quote,
            phrases_of=phrases_of,
            api_url=client.base_url,
        )


def refusal(error: str, status: int = 200, **headers: str) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


async def test_where_slack_refuses_the_blocks_the_words_are_sent_alone() -> None:
    slack = Refusing(refusal("msg_blocks_too_long"))
    async with surface(slack) as sending:
        assert await sending.post(QUESTION, REPLY) == "2.2"
    assert [("blocks" in sent, sent["text"]) for sent in slack.taken] == [
        (False, "“It is in Wiesbaden.” – News")
    ]


async def test_a_channel_that_asks_to_wait_gets_the_reply_once_and_later() -> None:
    wait = {"Retry-After": "0"}
    slack = Refusing(*(refusal("ratelimited", 429, **wait) for _ in range(20)))
    async with surface(slack) as sending:
        assert await sending.post(QUESTION, REPLY) == "2.2"
    assert len(slack.taken) == 1


async def test_a_page_from_a_proxy_is_no_reason_to_lose_the_reply() -> None:
    page = web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
    plain = web.Response(status=503, text="busy", content_type="text/plain")
    slack = Refusing(page, plain)
    async with surface(slack) as sending:
        assert await sending.post(QUESTION, REPLY) == "2.2"
    assert len(slack.taken) == 1


async def test_nothing_a_message_holds_is_unfurled_linked_or_formatted_by_slack() -> None:
    slack = Refusing()
    async with surface(slack) as sending:
        await sending.post(QUESTION, REPLY)
    wanted = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False, "parse": "none"}
    assert {name: slack.taken[0][name] for name in wanted} == wanted
    assert not slack.taken[0]["link_names"]


async def test_what_a_click_shows_is_not_parsed_either() -> None:
    slack = Refusing()
    async with surface(slack) as sending:
        await sending.show_instead(CLICK, sending.written(REPLY))
        await sending.tell_clicker(CLICK, "Thank you")
    sent = [(s["method"], s.get("ts"), s.get("thread_ts"), s["parse"]) for s in slack.taken]
    assert sent == [
        ("chat.update", "2.2", None, "none"),
        ("chat.postEphemeral", None, "1.1", "none"),
    ]
    assert not any(each["link_names"] for each in slack.taken)


async def test_a_click_is_answered_however_often_slack_asks_to_wait() -> None:
    slack = Refusing(*(refusal("ratelimited", 429, **{"Retry-After": "0"}) for _ in range(20)))
    async with surface(slack, retries=False) as sending:
        await sending.show_instead(CLICK, sending.written(REPLY))
    assert [(each["method"], each["ts"]) for each in slack.taken] == [("chat.update", "2.2")]


@pytest.mark.parametrize(
    "code", ["message_not_found", "edit_window_closed", "cant_update_message", "not_in_channel"]
)
async def test_a_message_that_cannot_be_changed_is_told_to_the_desk_and_to_the_buttons(
    code: str,
) -> None:
    slack = Refusing(refusal(code), refusal(code))
    async with surface(slack) as sending:
        with pytest.raises(UnreachableError, match=code):
            await sending.show_instead(CLICK, sending.written(REPLY))
        with pytest.raises(UnreachableError, match=code):
            await sending.update(QUESTION, "2.2", REPLY)
    assert slack.taken == []


@pytest.mark.parametrize(
    "code",
    ["no_permission", "ekm_access_denied", "message_limit_exceeded", "channel_is_read_only",
     "team_access_not_granted", "external_channel_migrating", "cannot_reply_to_message",
     "restricted_action", "token_revoked", "a_code_of_next_year"],
)  # fmt: skip
async def test_what_slack_refuses_is_final_whatever_its_code(code: str) -> None:
    slack = Refusing(refusal(code), refusal(code, 403), refusal(code))
    async with surface(slack) as sending:
        for way in (
            sending.post(QUESTION, REPLY),
            sending.whisper(QUESTION, sending.written(REPLY)),
            sending.send_direct(QUESTION, sending.written(REPLY), "abc"),
        ):
            with pytest.raises(UnreachableError, match=code):
                await way
    assert slack.taken == []


@pytest.mark.parametrize("code", sorted(PASSING))
async def test_what_may_pass_is_not_final(code: str) -> None:
    slack = Refusing(refusal(code))
    async with surface(slack) as sending:
        with pytest.raises(SlackApiError):
            await sending.whisper(QUESTION, sending.written(REPLY))


async def test_a_page_that_is_not_slacks_is_not_final() -> None:
    page = web.Response(status=403, text="<html>no</html>", content_type="text/html")
    async with surface(Refusing(page)) as sending:
        with pytest.raises(SlackApiError):
            await sending.whisper(QUESTION, sending.written(REPLY))


@pytest.mark.parametrize(
    "code", ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long",
             "invalid_arguments"],
)  # fmt: skip
async def test_blocks_that_slack_refuses_go_as_text_by_every_way(code: str) -> None:
    ways: dict[str, Callable[[SlackSurface, str], Awaitable[object]]] = {
        "chat.postMessage": lambda sending, _: sending.post(QUESTION, REPLY),
        "chat.update": lambda sending, _: sending.update(QUESTION, "2.2", REPLY),
        "chat.postEphemeral": lambda sending, _: sending.whisper(QUESTION, sending.written(REPLY)),
        "answering": lambda sending, url: sending.whisper(
            replace(QUESTION, place=ReplyTarget("private", token=url).written()),
            sending.written(REPLY),
        ),
        "replacing": lambda sending, url: sending.replace_private(
            ReplyTarget("private", token=url), sending.written(REPLY)
        ),
    }
    for way in ways.values():
        slack = Refusing(refusal(code, 200 if way not in list(ways.values())[3:] else 400))
        async with surface(slack) as sending:
            await way(sending, slack.response_url)
        (sent,) = slack.taken
        assert (sent.get("blocks"), sent["text"]) in [
            (None, "“It is in Wiesbaden.” – News"),
            ([], "“It is in Wiesbaden.” – News"),
        ]
        # Slack keeps the old blocks of a message unless it is told that there are none.
        replaces = sent.get("ts") == "2.2" or sent.get("replace_original")
        assert (sent.get("blocks") == []) or not replaces


async def test_where_no_way_is_open_a_sign_stands_on_the_question() -> None:
    slack = Refusing(*(refusal("no_permission") for _ in range(2)))
    async with surface(slack) as sending:
        assert await sending.aside(QUESTION, REPLY) == "mark"
    (sent,) = slack.taken
    assert (sent["method"], sent["channel"], sent["timestamp"], sent["name"]) == (
        "reactions.add", "C1", "1.1", "warning",
    )  # fmt: skip


async def test_an_answer_that_does_not_quote_its_article_is_never_sent() -> None:
    slack = Refusing()
    async with surface(slack) as sending:
        wrong = replace(sending.written(REPLY), quoted=())
        for sent in (
            sending.send(QUESTION, wrong, "abc"),
            sending.send_direct(QUESTION, wrong, "abc"),
            sending.whisper(QUESTION, wrong),
            sending.show_instead(CLICK, wrong),
            sending.replace_private(ReplyTarget("private", "2.2", "http://127.0.0.1:9"), wrong),
        ):
            with pytest.raises(NotVerbatimError):
                await sent
    assert slack.taken == []


async def test_the_agent_pane_says_in_the_language_of_the_conversation_that_it_is_at_work() -> None:
    question = Ask(Key("slack", "T1", "D1", "1.1"), "U1", "where?", "1.0")
    slack = Refusing()
    async with surface(slack) as sending:
        await sending.working(question, on=True)
        await sending.working(question, on=False)
    assert [sent["status"] for sent in slack.taken] == [GERMAN.works, ""]
