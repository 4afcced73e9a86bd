"""What a Web API method is, to the part of the emulator that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.emulators.slack.workspace import Json, Workspace


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does, and the scope the bot token needs for it.

    Attributes:
        run: Takes the decoded arguments, returns what goes beside `"ok": true`.
        scope: Several are written "a|b": any one of them is enough.
    """

    run: Callable[[Workspace, Json], Json]
    scope: str | None = None

    def allowed(self, granted: frozenset[str]) -> bool:
        """Tells whether a token with these scopes may call it."""
        return self.scope is None or not granted.isdisjoint(self.scope.split("|"))
