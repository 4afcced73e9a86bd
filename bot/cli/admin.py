"""Commands for whoever runs the bot: doctor, forget, gaps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import click
from rich.console import Console
from rich.markup import escape

from bot.chat.gaps import gap_lines
from bot.cli.doctor import check_machine
from bot.cli.wiring import access_of, discord_access_of
from bot.discord.checkup import check_discord
from bot.slack.checkup import check_slack
from bot.state.state import State
from config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chat.checkup import Check

Result = TypeVar("Result")

SIGNS = {"ok": "[green]✓[/green]", "bad": "[red]✗[/red]", "unknown": "[yellow]?[/yellow]"}
MAX_GAPS = 10_000


@click.command()
def doctor() -> int:
    """Check everything the bot needs, and say what to do about what is missing.

    The exit status is 0 when nothing is wrong, 2 otherwise.
    """
    settings = load_settings()
    access = access_of(settings)
    checks = check_machine(settings)
    if access.bot_token or access.app_token or access.client_id:
        checks += asyncio.run(check_slack(access))
    discord = discord_access_of(settings)
    if discord.token:
        checks += asyncio.run(check_discord(discord))
    console = Console(highlight=False, soft_wrap=True)  # links are for clicking
    for entry in checks:
        console.print(*told(entry), sep="\n")
    return 2 if any(entry.state == "bad" for entry in checks) else 0


@click.command()
@click.argument("user")
def forget(user: str) -> int:
    """Delete all questions and feedback of a person, by the id their platform gives them."""
    count = _from_state(lambda state: state.forget(user))
    click.echo(f"{count} questions of {user} are deleted.")
    return 0


@click.command()
def gaps() -> int:
    """Print the questions that the articles did not answer well, one JSON object a line."""
    for line in gap_lines(_from_state(lambda state: state.all_gaps(MAX_GAPS))):
        click.echo(line)
    return 0


def told(entry: Check) -> list[str]:
    """A check in lines for the terminal: what it is, and what to do."""
    lines = [f"{SIGNS[entry.state]} {escape(entry.name)}: {escape(entry.words)}"]
    return [*lines, f"    {escape(entry.remedy)}"] if entry.remedy else lines


def _from_state(work: Callable[[State], Awaitable[Result]]) -> Result:
    """Returns what is done with the state that DATABASE_URL names."""
    state = State.open(load_settings().database_url.get_secret_value())

    async def do() -> Result:
        return await work(state)

    try:
        return asyncio.run(do())
    finally:
        state.close()
