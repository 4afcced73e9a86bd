"""What every message to Slack asks for: no letter of it is parsed, linked or unfurled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.slack.incoming import Fields

PARSE_NOTHING: Fields = {"link_names": False, "parse": "none"}
PARSE_AND_UNFURL_NOTHING: Fields = {
    **PARSE_NOTHING,
    "unfurl_links": False,
    "unfurl_media": False,
    "mrkdwn": False,
}
