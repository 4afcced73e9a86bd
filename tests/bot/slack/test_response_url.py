"""Addresses to answer at: only Slack's own are used."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.desk.metrics import Metrics
from bot.slack.response_url import ResponseUrls, is_slacks

SLACK, GOV, LOCAL = "https://slack.com/api/", "https://slack-gov.com/api/", "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("url", "api_url", "used"),
    [
        ("https://hooks.slack.com/actions/T1/2/3", SLACK, True),
        ("https://hooks.slack-gov.com/actions/T1/2/3", GOV, True),
        ("https://slack-gov.com/actions/T1/2/3", GOV, True),
        ("https://hooks.slack.com/actions/T1/2/3", LOCAL, True),  # a proxy on this machine
        ("http://127.0.0.1:9/hooks/1", LOCAL, True),
        ("http://localhost:9/hooks/1", LOCAL, True),
        ("http://hooks.slack.com/actions/T1/2/3", SLACK, False),
        ("https://hooks.slack.com.evil.example/1", SLACK, False),
        ("https://hooks.slack.com@evil.example/1", SLACK, False),
        ("https://evil.example\\@hooks.slack.com/1", SLACK, False),
        ("https://evil.example/hooks.slack.com", SLACK, False),
        ("http://127.0.0.1:9/hooks/1", SLACK, False),  # a service behind our own walls
        ("http://169.254.169.254/latest", LOCAL, False),
        ("https://", "https://", False),
        ("//hooks.slack.com/1", SLACK, False),
    ],
)
def test_only_slack_s_own_addresses_are_used(url: str, api_url: str, *, used: bool) -> None:
    assert is_slacks(url, api_url) == used


async def test_nothing_is_posted_to_another_address() -> None:
    posted: list[object] = []

    async def take(request: web.Request) -> web.Response:
        posted.append(await request.json())
        return web.Response()

    application = web.Application()
    application.router.add_post("/hook", take)
    async with TestServer(application) as server, aiohttp.ClientSession() as session:
        url = str(server.make_url("/hook"))
        told = await ResponseUrls(session, Metrics(), SLACK).post(url, {"text": "secret"})
        local = await ResponseUrls(session, Metrics(), url).post(url, {"text": "told"})
    assert (told, local, posted) == (False, True, [{"text": "told"}])
