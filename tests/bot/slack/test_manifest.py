"""manifest.yaml is the single source: the code uses what it declares, all of it, and no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

import bot.slack
from bot.page.facts import Facts
from bot.slack.admin_commands import AdminCommands
from bot.slack.button_handlers import ButtonHandlers
from bot.slack.home import Home
from bot.slack.message_handlers import MessageHandlers
from bot.slack.uninstall import UninstallHandler

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.chat.buttons import Buttons
    from bot.chat.inbox import Inbox
    from bot.desk.desk import Desk
    from bot.slack.surface import SlackSurface

CODE = Path(next(iter(bot.slack.__path__)))
MANIFEST = yaml.safe_load((CODE / "manifest.yaml").read_text(encoding="utf-8"))

# Slack's documentation of each method and event; None: any bot token will do.
METHOD_SCOPES = {
    "apps_connections_open": None,
    "assistant_threads_setStatus": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "auth_test": None,
    "chat_delete": "chat:write",
    "chat_getPermalink": None,
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",
    "conversations_info": "channels:read groups:read",
    "conversations_replies": "channels:history groups:history im:history",
    "reactions_add": "reactions:write",
    "reactions_remove": "reactions:write",
    "users_info": "users:read",
    "views_open": None,
    "views_publish": None,
}
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
}


class Notebook:
    """Writes down what listeners are registered, as Bolt's app would take them."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {}

    def __getattr__(self, kind: str) -> Any:
        def note(name: Any, **_options: Any) -> Any:
            self.names.setdefault(kind, []).append(getattr(name, "pattern", name))
            return lambda listener: listener

        return note


@pytest.fixture
def registered() -> dict[str, list[str]]:
    notebook = Notebook()
    app = cast("AsyncApp", notebook)
    desk = cast("Desk", None)  # registering touches none of them
    inbox, buttons = cast("Inbox", None), cast("Buttons", None)
    surface = cast("SlackSurface", None)
    MessageHandlers(inbox, 1.0).register(app)
    ButtonHandlers(desk, buttons).register(app)
    AdminCommands(desk, surface, Facts).register(app)
    Home(desk, Facts).register(app)
    UninstallHandler(inbox, cast("Any", None)).register(app)
    return notebook.names


def test_every_command_of_the_manifest_is_answered(registered: dict[str, list[str]]) -> None:
    declared = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    assert sorted(registered["command"]) == sorted(declared)


def test_every_shortcut_of_the_manifest_is_answered(registered: dict[str, list[str]]) -> None:
    declared = [shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]]
    assert registered["shortcut"] == declared


def test_every_event_of_the_manifest_is_heard(registered: dict[str, list[str]]) -> None:
    declared = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    heard = {event.partition(".")[0] for event in declared} - {"function_executed"}
    assert set(registered["event"]) == heard
    assert registered["function"] == list(MANIFEST["functions"])


def test_the_scopes_are_those_the_code_needs_and_no_others() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in CODE.glob("*.py"))
    prefixes = "|".join(sorted({name.partition("_")[0] for name in METHOD_SCOPES}))
    used = set(re.findall(rf"client\.((?:{prefixes})_\w+)", sources))
    needed = {"commands"}
    for method in used:
        needed |= set((METHOD_SCOPES[method] or "").split())
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        needed |= set(EVENT_SCOPES.get(event, "").split())

    assert used >= {"chat_postMessage", "views_publish"}
    assert needed == set(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_the_form_of_the_answer_to_a_workflow_is_the_declared_one() -> None:
    declared = set(MANIFEST["functions"]["answer_question"]["output_parameters"])
    source = (CODE / "home.py").read_text(encoding="utf-8")
    handed = set(re.findall(r'^\s+"(\w+)":', source[source.index("complete(") :], re.M))
    assert handed == declared
