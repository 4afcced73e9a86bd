"""From settings to the values that the chat bots are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.http_listener import Site
from bot.desk.policy import Policy
from bot.desk.service import Options
from bot.discord import access as discord_access
from bot.slack.access import Access

if TYPE_CHECKING:
    from pydantic import SecretStr

    from config.settings import Settings

DAY_S = 24 * 3600.0


def slack_access_of(settings: Settings) -> Access:
    """Returns what lets the bot into Slack."""
    return Access(
        _plain(settings.slack_bot_token),
        _plain(settings.slack_app_token),
        _plain(settings.slack_signing_secret),
        mode=settings.slack_mode,
        port=settings.port,
        client_id=settings.slack_client_id,
        client_secret=_plain(settings.slack_client_secret),
        token_key=_plain(settings.token_key),
        api_url=settings.slack_api_url,
    )


def discord_access_of(settings: Settings) -> discord_access.Access:
    """Returns what lets the bot into Discord."""
    return discord_access.Access(
        _plain(settings.discord_token),
        settings.discord_api_url,
        settings.discord_gateway_url,
        message_content=settings.discord_message_content,
    )


def site_of(settings: Settings) -> Site:
    """Returns where health and metrics are read: at PORT, unless Slack delivers there."""
    port = settings.health_port
    if port is None:
        port = settings.port
        by_http = settings.slack_mode == "http" and (
            settings.slack_bot_token is not None or bool(settings.slack_client_id)
        )
        port += by_http and port > 0
    return Site(settings.health_host, port)


def options_of(settings: Settings) -> Options:
    """Returns how the bot behaves on every platform; the caller adds `facts`."""
    return Options(
        database_url=settings.database_url.get_secret_value(),
        gaps_show_private=settings.gaps_show_private,
        limit_per_user=settings.limit_per_user,
        limit_per_channel=settings.limit_per_channel,
        deadline_s=settings.deadline_seconds,
        threads=settings.answer_threads,
        policy=Policy(
            queue_limit=settings.queue_limit,
            retention_s=settings.retention_days * DAY_S,
            remove_deleted=settings.remove_deleted,
        ),
    )


def _plain(secret: SecretStr | None) -> str:
    """Returns a secret as text; empty where it is not set."""
    return "" if secret is None else secret.get_secret_value()
