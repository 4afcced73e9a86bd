"""The platforms that a scenario is played on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.scenarios.discord_rig import discord
from tests.scenarios.slack_rig import slack

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.scenarios.rig import Platform

    Opening: TypeAlias = Callable[[], AbstractAsyncContextManager[Platform]]


@pytest.fixture(params=[slack, discord], ids=["slack", "discord"])
def opening(request: pytest.FixtureRequest) -> Opening:
    """Each platform in turn: a function that opens it."""
    opened: Opening = request.param
    return opened
