"""Commands for whoever runs the bot: forgetting a person, and what the articles lack."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import click

from bot.chat.reports import gap_json_lines
from bot.cli.exits import ANSWERED
from bot.state.state import State
from config.harmless import one_line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from config.settings import Settings

Result = TypeVar("Result")

MAX_GAPS = 10_000


def forget(settings: Settings, user: str) -> int:
    """Deletes all questions and feedback of a person, and prints how many; the exit status."""
    count = _from_state(settings, lambda state: state.forget(user))
    click.echo(f"{count} questions of {one_line(user)} are deleted.")
    return ANSWERED


def print_gaps(settings: Settings) -> int:
    """Prints the gaps of all workspaces, a JSON object a line; returns the exit status."""
    for line in gap_json_lines(_from_state(settings, lambda state: state.all_gaps(MAX_GAPS))):
        click.echo(line)
    return ANSWERED


def _from_state(settings: Settings, work: Callable[[State], Awaitable[Result]]) -> Result:
    """Returns what some work returns on the state that DATABASE_URL names."""
    state = State.open(settings.database_url.get_secret_value())

    async def do() -> Result:
        return await work(state)

    try:
        return asyncio.run(do())
    finally:
        state.close()
