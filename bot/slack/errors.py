"""What Slack's refusals mean. A proxy on the way may answer with a page instead of JSON.

Slack has hundreds of codes and adds more, so a refusal is final unless its code is known to pass.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bot.desk.surface import UnreachableError

if TYPE_CHECKING:
    from slack_sdk.errors import SlackApiError

DEFAULT_WAIT_S = 1.0  # where Slack does not say how long
PASSING = frozenset(
    "ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout "
    "team_added_to_org".split()
)
ABOUT_CONTENT = ("blocks", "too_long", "too_many", "attachments", "invalid_arg")
"""Parts of the codes by which Slack refuses what a message holds, not where it goes."""

MAY_BE_INVITED = frozenset({"not_in_channel", "channel_not_found"})
TOO_LATE_FOR_FORM = frozenset(
    "expired_trigger_id trigger_expired invalid_trigger_id invalid_trigger exchanged_trigger_id "
    "trigger_exchanged".split()
)


class ContentRefusedError(UnreachableError):
    """Slack refuses the blocks or the length of a message."""


def code_of(error: SlackApiError) -> str:
    """Returns Slack's word for the reason; empty if it was not Slack that answered."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def is_final(error: SlackApiError) -> bool:
    """Returns whether Slack itself refused a call, and would refuse it again."""
    code, status = code_of(error), status_of(error)
    return bool(code) and code not in PASSING and status != 429 and status < 500


def refusal_of(code: str) -> UnreachableError:
    """Returns a final refusal as the desk understands it."""
    about_content = any(part in code for part in ABOUT_CONTENT)
    return ContentRefusedError(code) if about_content else UnreachableError(code)


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
