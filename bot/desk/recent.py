"""A memory of the last things, of limited size."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

MAX_KEPT = 20_000


class Recent:
    """The last things that were noted; the oldest are forgotten first."""

    def __init__(self, limit: int = MAX_KEPT) -> None:
        self._limit = limit
        self._things: OrderedDict[Hashable, None] = OrderedDict()

    def __contains__(self, thing: Hashable) -> bool:
        return thing in self._things

    def forget(self, thing: Hashable) -> None:
        """Forgets a thing, if it was noted."""
        self._things.pop(thing, None)

    def note(self, thing: Hashable) -> bool:
        """Notes a thing; returns whether it was not noted before."""
        new = thing not in self._things
        self._things[thing] = None
        if len(self._things) > self._limit:
            self._things.popitem(last=False)
        return new
