"""One thing the bot shows to somebody, whatever the platform calls it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as a person sees it.

    Attributes:
        text: Every word on it, quotes and labels of buttons left out.
        quotes: What stands marked as an article's own words, one entry per quote.
        bold: What is bold inside the quotes.
        plain: What notifications and screen readers get, as they would read it out.
        buttons: The words on everything that can be clicked.
        links: Where one can be led to.
        pings: Whoever is alerted by it, in the platform's own notation.
        only_for: The one person who sees it; empty when everybody there does.
        handle: How the platform finds it again; only its driver looks inside.
    """

    text: str
    quotes: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()
    plain: str = ""
    buttons: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pings: tuple[str, ...] = ()
    only_for: str = ""
    handle: Any = field(default=None, repr=False, compare=False)
