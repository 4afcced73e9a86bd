"""A list of Markdown whose end has not been found yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class OpenList:
    """A list that is open.

    Attributes:
        group: Its number.
        owner: The block that leads in to it, or the item that it stands in.
        number: The line of the number of an item that has no block yet; None otherwise.
        item: The block of the item that is open.
        is_new: Whether the open item has no block yet.
    """

    group: int
    owner: int | None
    number: int | None = None
    item: int | None = None
    is_new: bool = False
