"""What Slack knows about the app: its tokens, and what its manifest allows and asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Registration:
    """One installed app. Nothing here is a real token.

    Attributes:
        scopes: What the bot token may do.
        events: The subscribed events, such as `app_mention` and `message.im`.
        commands: The slash commands there are.
        shortcuts: The callback ids of message and global shortcuts.
    """

    scopes: frozenset[str]
    events: frozenset[str]
    commands: frozenset[str]
    shortcuts: frozenset[str] = frozenset()
    bot_token: str = "xoxb-made-up-bot"  # noqa: S105  # made up
    app_token: str = "xapp-made-up-app"  # noqa: S105  # made up
    signing_secret: str = "made-up-secret"  # noqa: S105  # made up
    client_id: str = "1.2"
    client_secret: str = "made-up-client-secret"  # noqa: S105  # made up


def read_manifest(path: Path) -> Registration:
    """Reads the app as its manifest describes it: what is not declared does not work here."""
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    features, settings = manifest["features"], manifest["settings"]
    return Registration(
        scopes=frozenset(manifest["oauth_config"]["scopes"]["bot"]),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands=frozenset(entry["command"] for entry in features.get("slash_commands", ())),
        shortcuts=frozenset(entry["callback_id"] for entry in features.get("shortcuts", ())),
    )
