"""Two processes that write to one database at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine, Executable

T = TypeVar("T")


def written_meanwhile(engine: Engine, statement: Executable, work: Callable[[], T]) -> T:
    """What `work` returns, begun while another process is still writing; it must wait for it."""
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            connection.execute(statement)
            working = pool.submit(work)
            with pytest.raises(TimeoutError):
                working.result(0.2)
        return working.result(20)
