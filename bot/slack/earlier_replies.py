"""Finding a reply that the bot posted before, by the metadata that Slack keeps with it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.errors import code_of

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.incoming import Fields
    from bot.state.ask import Ask

log = logging.getLogger(__name__)

REPLY_EVENT = "clipping_reply"


def metadata_of(ask: Ask) -> Fields:
    """Returns what Slack keeps with the reply to a question; people do not see it."""
    return {"event_type": REPLY_EVENT, "event_payload": {"question": ask.key.message}}


async def find_reply(client: AsyncWebClient, ask: Ask) -> str:
    """Returns the id of our reply under a question; empty if there is none or we may not look."""
    where: Fields = {"channel": ask.key.channel, "include_all_metadata": True, "limit": 100}
    try:
        if ask.thread:
            found = await client.conversations_replies(ts=ask.thread, **where)
        else:
            found = await client.conversations_history(oldest=ask.key.message, **where)
    except SlackApiError as error:
        log.warning("earlier replies cannot be looked up: %s", code_of(error))
        return ""
    wanted = metadata_of(ask)
    ours = (entry for entry in found.get("messages") or [] if entry.get("metadata") == wanted)
    return next((str(entry["ts"]) for entry in ours), "")
