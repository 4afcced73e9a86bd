from __future__ import annotations

import aiohttp

from tests.emulators.slack.probe import REGISTRATION
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.workspace import ALICE, GENERAL


async def test_a_response_url_works_five_times() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, aiohttp.ClientSession() as session:
        url = slack.hooks.make(GENERAL, ALICE)
        statuses = []
        for number in range(6):
            async with session.post(url, json={"text": str(number)}) as response:
                statuses.append(response.status)

        assert statuses == [200, 200, 200, 200, 200, 404]
        assert [shown["text"] for shown in slack.workspace.ephemerals.values()] == list("01234")


async def test_a_response_url_works_for_thirty_minutes() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, aiohttp.ClientSession() as session:
        url = slack.hooks.make(GENERAL, ALICE)
        slack.workspace.clock.advance(30 * 60 + 1)
        async with session.post(url, json={"text": "late"}) as response:
            assert (await response.json())["error"] == "expired_url"

        assert not slack.workspace.ephemerals


async def test_replacing_and_deleting_change_what_was_clicked() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, aiohttp.ClientSession() as session:
        private = slack.workspace.ephemerals
        await session.post(slack.hooks.make(GENERAL, ALICE), json={"text": "first"})
        (ts,) = private
        again = slack.hooks.make(GENERAL, ALICE, ts)
        await session.post(again, json={"text": "second", "replace_original": True})
        assert [message["text"] for message in private.values()] == ["second"]
        await session.post(again, json={"delete_original": True})
        assert not private
