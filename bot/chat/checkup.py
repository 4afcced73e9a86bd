"""One thing that `clipping doctor` looks at, and what to do where something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from config.errors import ClippingError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        state: "unknown" where the program cannot see it and a person has to look; "warning" where
            it works and should still be changed.
        text: What was found.
        remedy: What to do about it; empty where nothing is wrong.
    """

    name: str
    state: Literal["ok", "bad", "unknown", "warning"]
    text: str
    remedy: str = ""


def check(name: str, look: Callable[[], str]) -> Check:
    """Returns what `look` finds. A `ClippingError` counts as bad; its sentence says the way out."""
    try:
        return Check(name, "ok", look())
    except ClippingError as error:
        return Check(name, "bad", str(error))
