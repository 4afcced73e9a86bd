"""What the bot can tell people about the library that it answers from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to tell about the library at one moment.

    Attributes:
        articles: How many articles the library holds.
        version: The version of the library.
        refreshed: When that version was built; None where nobody knows.
        titles: What the articles are called.
        examples: Questions to try.
    """

    articles: int = 0
    version: str = ""
    refreshed: dt.datetime | None = None
    titles: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
