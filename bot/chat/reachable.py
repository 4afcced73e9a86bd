"""What to say where a platform cannot be reached."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import aiohttp

from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def reachable(platform: str, url: str, variable: str) -> Iterator[None]:
    """Puts a connection that fails inside the block into one sentence.

    Args:
        platform: What cannot be reached.
        url: Where it should be.
        variable: The setting that says where it is.

    Raises:
        PlatformError: The connection failed.
    """
    try:
        yield
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise PlatformError(
            f"{platform} cannot be reached at {url} ({type(error).__name__}): "
            f"check the network, or {variable}."
        ) from None
