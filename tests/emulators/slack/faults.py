"""What can go wrong with a call, on purpose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.emulators.slack.workspace import Json


def _always(_args: Json) -> bool:
    return True


@dataclass(slots=True)
class Fault:
    """The next `times` matching calls fail like this.

    Attributes:
        status: The HTTP status; 0 cuts the connection without an answer.
        error: The error code in the body.
        retry_after_s: Sent as Retry-After, as Slack does with status 429.
        times: How many calls fail before the method works again.
        when: Which calls, by their arguments.
        too_late: Do the work first and only then fail to say so.
        silent: Never answer at all; the connection stays open.
        slow_s: Do the work and answer as if nothing were wrong, but so many seconds late.
    """

    status: int = 500
    error: str = "internal_error"
    retry_after_s: int | None = None
    times: int = 1
    when: Callable[[Json], bool] = _always
    too_late: bool = False
    silent: bool = False
    slow_s: float = 0.0

    def response(self) -> web.Response:
        """Returns the answer the caller gets."""
        headers = {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}
        body = {"ok": False, "error": self.error}
        return web.json_response(body, status=self.status, headers=headers)


class Faults:
    """The faults still to come, by method; response_url counts as a method of that name."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, list[Fault]] = defaultdict(list)

    def plan(self, method: str, fault: Fault) -> None:
        """Lets a method fail from now on until the fault is used up."""
        self._planned[method].append(fault)

    def next(self, method: str, args: Json) -> Fault | None:
        """Uses up one failure of this call, if one is due."""
        for fault in self._planned[method]:
            if fault.times > 0 and fault.when(args):
                fault.times -= 1
                return fault
        return None

    def left(self, method: str) -> int:
        """Counts the failures of a method that are still to come."""
        return sum(fault.times for fault in self._planned[method])
