"""The fixed words for a channel, also while the database cannot be read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.page.phrases import ENGLISH

if TYPE_CHECKING:
    from bot.page.phrases import Phrases
    from bot.state.ask import Key
    from bot.state.state import State

log = logging.getLogger(__name__)


async def phrases_or_english(state: State, key: Key) -> Phrases:
    """Returns the fixed words of a message's channel; English while its rules cannot be read."""
    try:
        return await state.phrases(key)
    except Exception as error:  # noqa: BLE001  # whoever waits gets a word in any case
        log.warning("the rules of a channel cannot be read: %s", type(error).__name__)
        return ENGLISH
