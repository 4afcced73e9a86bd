"""The doctor in Slack: what is wrong is named, with what to click."""

from __future__ import annotations

import dataclasses
from email.utils import formatdate

from bot.slack.access import Access
from bot.slack.checkup import check_clock, check_scopes, check_slack, manifest
from tests.emulators.slack.registration import Registration
from tests.emulators.slack.server import SlackEmulator

SCOPES = frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def access(slack: SlackEmulator) -> Access:
    known = slack.registration
    return Access(
        known.bot_token, known.app_token, known.signing_secret, api_url=slack.api_url, port=0
    )


async def states(scopes: frozenset[str], app_token: str | None = None) -> dict[str, str]:
    registration = Registration(scopes=scopes, events=frozenset(), commands=frozenset())
    async with SlackEmulator(registration, "socket") as slack:
        known = access(slack)
        tried = dataclasses.replace(known, app_token=app_token or known.app_token)
        checks = await check_slack(tried)
    return {check.name: check.state for check in checks}


async def test_all_is_well_with_the_right_tokens_and_scopes() -> None:
    found = await states(SCOPES)
    assert {name for name, state in found.items() if state == "bad"} == set()
    assert found["bot token"] == found["scopes"] == found["connections:write"] == "ok"


async def test_a_wrong_app_token_is_the_only_thing_wrong() -> None:
    found = await states(SCOPES, app_token="xapp-wrong")  # noqa: S106  # made up
    assert [name for name, state in found.items() if state == "bad"] == ["connections:write"]


async def test_a_bot_token_in_the_place_of_the_app_token_is_of_the_wrong_kind() -> None:
    found = await states(SCOPES, app_token="xoxb-not-this-one")  # noqa: S106  # made up
    assert found["token kinds"] == "bad"


async def test_a_missing_scope_is_named() -> None:
    assert (await states(SCOPES - {"reactions:write"}))["scopes"] == "bad"


def test_the_remedy_for_a_missing_scope_says_where_to_click() -> None:
    found = check_scopes(",".join(SCOPES - {"users:read"}))
    assert found.text == "missing: users:read"
    assert "OAuth & Permissions" in found.remedy
    assert "Reinstall" in found.remedy


def test_a_clock_that_is_off_is_noticed() -> None:
    assert check_clock(formatdate(1_000.0), 1_010.0).state == "ok"
    assert check_clock(formatdate(1_000.0), 1_400.0).state == "bad"
    assert check_clock("", 1_000.0).state == "unknown"
