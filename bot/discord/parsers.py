"""Events that discord.py cannot read: such an event is dropped, and the connection goes on.

discord.py ends the shard, and with it the client, where one event does not look as it expects.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


def drop_unreadable(parsers: dict[str, Callable[[Any], None]]) -> None:
    """Wraps each parser of discord.py's connection, so that none lets an error out."""
    for event, parse in parsers.items():
        parsers[event] = _tolerant(event, parse)


def _tolerant(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Returns the parser of one kind of event; it logs the kind of what it drops, never a word."""

    def read(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:  # noqa: BLE001  # whatever it is, one event is lost and no more
            log.error(  # noqa: TRY400  # the message of the error may repeat the event
                "an event of Discord's cannot be read and is dropped: %s (%s in %s)",
                event,
                type(error).__name__,
                _place(error),
            )

    return read


def _place(error: Exception) -> str:
    """Returns the function and the line where an error was raised."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return "?" if frame is None else f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}"
