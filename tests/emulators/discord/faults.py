"""What can go wrong with a call, on purpose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.emulators.discord.world import Json


@dataclass(slots=True)
class Fault:
    """The next `times` calls of a route fail like this.

    Attributes:
        status: The HTTP status; 0 cuts the connection without an answer.
        code: Discord's own number in the body.
        retry_after_s: What a 429 asks for.
        via: Whether the answer comes from Discord itself; without the header Via, discord.py takes
            a 429 for a ban by Cloudflare.
        times: How many calls fail before the route works again.
        too_late: Do the work first and only then fail to say so.
        silent: Never answer at all; the connection stays open.
        slow_s: Do the work and answer as if nothing were wrong, but so many seconds late.
    """

    status: int = 500
    code: int = 0
    retry_after_s: float = 0.0
    via: bool = True
    times: int = 1
    too_late: bool = False
    silent: bool = False
    slow_s: float = 0.0

    @property
    def body(self) -> Json:
        """What stands in the answer."""
        body: Json = {"code": self.code, "message": "made to fail"}
        limit = {"retry_after": self.retry_after_s, "global": False}
        return body | limit if self.status == 429 else body

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says about itself."""
        limit = {"Retry-After": str(self.retry_after_s)} if self.status == 429 else {}
        return limit | ({"Via": "1.1 google"} if self.via else {})


class Faults:
    """The faults still to come."""

    def __init__(self) -> None:
        self._planned: list[tuple[str, str, Fault]] = []

    def plan(self, method: str, part: str, fault: Fault) -> None:
        """Lets calls fail whose method is that and whose path holds that part."""
        self._planned.append((method, part, replace(fault)))

    def next(self, method: str, path: str) -> Fault | None:
        """Uses up one failure of this call, if one is due."""
        for planned, part, fault in self._planned:
            if planned == method and part in path and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    @property
    def left(self) -> int:
        """How many failures are still to come."""
        return sum(fault.times for _, _, fault in self._planned)
