from __future__ import annotations

import pytest

from tests.emulators.slack.probe import REGISTRATION, probe_over_socket
from tests.emulators.slack.server import SlackEmulator
from tests.emulators.slack.widgets import find, labels
from tests.emulators.slack.workspace import ALICE, GENERAL


async def test_a_click_opens_a_form_that_can_be_filled_in_and_sent() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, probe_over_socket(slack) as probe:
        wait, space = slack.workspace.changes.wait_for, slack.workspace
        slack.people.say(ALICE, GENERAL, "hello", mention=True)
        await wait(lambda: bool(space.posted(GENERAL)), "a reply")
        await slack.people.click(ALICE, space.posted(GENERAL)[0], GENERAL, "More")
        await wait(lambda: bool(space.views), "a form")
        (view,) = space.views.values()
        await slack.people.submit(ALICE, view, {"Word": "clipping"})

        clicked, values = probe.heard
        assert clicked["actions"][0]["value"] == "7"
        assert clicked["message"]["ts"] == space.posted(GENERAL)[0]["ts"]
        assert values["b"]["a"]["value"] == "clipping"


async def test_a_message_shortcut_brings_the_message() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, probe_over_socket(slack):
        ts = slack.people.say(ALICE, GENERAL, "a claim")
        await slack.people.shortcut(ALICE, GENERAL, ts, "find")
        private = slack.workspace.ephemerals
        await slack.workspace.changes.wait_for(lambda: bool(private), "an answer")

        assert [shown["text"] for shown in private.values()] == ["found a claim"]


async def test_opening_home_publishes_it() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, probe_over_socket(slack):
        slack.people.event({"type": "app_home_opened", "user": ALICE, "tab": "home"})
        homes = slack.workspace.homes
        await slack.workspace.changes.wait_for(lambda: ALICE in homes, "App Home")


async def test_an_edit_that_adds_a_mention_is_heard_as_one() -> None:
    async with SlackEmulator(REGISTRATION, "socket") as slack, probe_over_socket(slack):
        ts = slack.people.say(ALICE, GENERAL, "hello")
        slack.people.edit(GENERAL, ts, "hello you", mention=True)
        posted = slack.workspace.posted
        await slack.workspace.changes.wait_for(lambda: bool(posted(GENERAL)), "a reply")


def test_clicking_what_is_not_there_says_what_is() -> None:
    blocks = [{"type": "actions", "elements": [
        {"type": "button", "text": {"type": "plain_text", "text": "Share"}},
        {"type": "overflow", "options": [{"text": {"type": "plain_text", "text": "Later"}}]},
    ]}]  # fmt: skip
    assert labels(blocks) == ["Share", "Later"]
    with pytest.raises(AssertionError, match="Share"):
        find(blocks, "Next passage")
