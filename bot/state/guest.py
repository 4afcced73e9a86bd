"""The door for tables that a platform's library brings along and looks after itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

P = ParamSpec("P")
T = TypeVar("T")


class Runner(Protocol):
    """Runs blocking work on the database in a thread of the state."""

    async def __call__(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Returns what the work returns; raises what the work raises."""


class GuestTables:
    """The state database, as a library sees it that keeps tables of its own there.

    Our migrations leave these tables alone: they change with the library's version. The rest of
    the bot uses the methods of `State`.
    """

    def __init__(self, engine: Engine, run: Runner) -> None:
        self.engine = engine
        self.run = run
