"""What Slack's refusals mean. A proxy on the way may answer with a page instead of JSON."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

DEFAULT_WAIT_S = 1.0  # where Slack does not say how long
UNREACHABLE = frozenset(
    "channel_not_found is_archived not_in_channel restricted_action user_not_in_channel "
    "restricted_action_read_only_channel restricted_action_thread_only_channel "
    "restricted_action_non_threadable_channel restricted_action_thread_locked "
    "messages_tab_disabled".split()
)
TOO_MUCH = frozenset({"invalid_blocks", "msg_blocks_too_long", "msg_too_long"})
ALREADY_GONE = frozenset({"message_not_found", "cant_update_message", "cant_delete_message"})


def code_of(error: SlackApiError) -> str:
    """Returns Slack's word for the reason; empty if it was not Slack that answered."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def status_of(error: SlackApiError) -> int:
    """Returns the HTTP status; slack_sdk hands over its own response, or aiohttp's."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return status if isinstance(status, int) else 0


def wait_of(error: SlackApiError) -> float:
    """Returns the seconds that Slack asks us to wait."""
    headers = getattr(error.response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "retry-after":
            with suppress(ValueError):
                return float(value)
    return DEFAULT_WAIT_S
