"""What Slack's refusals say; proxies on the way may answer with pages that are no JSON."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

DEFAULT_WAIT_S = 1.0  # where Slack does not say how long


def code_of(error: SlackApiError) -> str:
    """Slack's word for the reason; empty if it was not Slack that answered."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def status_of(error: SlackApiError) -> int:
    """The HTTP status; slack_sdk hands over its own response, or aiohttp's."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return status if isinstance(status, int) else 0


def wait_of(error: SlackApiError) -> float:
    """The seconds Slack asks us to wait."""
    headers = getattr(error.response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "retry-after":
            with suppress(ValueError):
                return float(value)
    return DEFAULT_WAIT_S
