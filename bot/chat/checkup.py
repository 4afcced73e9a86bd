"""One thing that `clipping doctor` looks at, and what to do where it is not well."""

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
        state: "unknown" where it cannot be seen from here, and a person has to look.
        remedy: What to do, where it is not ok.
    """

    name: str
    state: Literal["ok", "bad", "unknown"]
    words: str
    remedy: str = ""


def check(name: str, look: Callable[[], str]) -> Check:
    """What `look` says; a `ClippingError` is a thing to mend, and its sentence says how."""
    try:
        return Check(name, "ok", look())
    except ClippingError as error:
        return Check(name, "bad", str(error))
