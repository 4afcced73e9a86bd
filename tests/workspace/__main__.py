"""A Slack in the browser, with the real bot in it.

python -m tests.workspace [--port 3900] [BOT ARGUMENTS…]
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tests.workspace.interpreter import interpreted
from tests.workspace.local_slack import (
    APP_TOKEN,
    BOT_TOKEN,
    VERSION,
    UnavailableError,
    install,
    running,
)

if TYPE_CHECKING:
    from pathlib import Path


async def show(port: int, arguments: tuple[str, ...]) -> int:
    """Runs local-slack and the bot until one of them ends or we are told to stop."""
    click.echo(f"Getting local-slack {VERSION} from npm (95 MB the first time) …", err=True)
    program = await asyncio.to_thread(install)
    with TemporaryDirectory() as folder:
        return await _run(program, port, folder, arguments)


async def _run(program: Path, port: int, folder: str, arguments: tuple[str, ...]) -> int:
    async with running(program, port) as url, interpreted(url) as api_url:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "slack", *arguments, env=environment(api_url, folder)
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, bot.terminate)
        click.echo(
            f"Open {url} and ask @clipping something in #general. Ctrl-C stops it.\n"
            "local-slack listens on every interface of this machine and has no option for one: "
            "whoever can reach it can read and write there. Every token is made up.",
            err=True,
        )
        return await bot.wait()


def environment(api_url: str, folder: str) -> dict[str, str]:
    """Returns this process's environment with made-up tokens and a database of the workspace.

    No real token is ever used, whatever .env says.
    """
    return os.environ | {
        "SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_MODE": "socket",
        "SLACK_API_URL": f"{api_url}/api/", "DATABASE_URL": f"sqlite:///{folder}/state.db",
    }  # fmt: skip


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--port", default=3900, show_default=True, help="Where local-slack listens.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def main(port: int, arguments: tuple[str, ...]) -> None:
    """Opens a local test workspace; ARGUMENTS go to `clipping slack`."""
    try:
        sys.exit(asyncio.run(show(port, arguments)))
    except UnavailableError as error:
        raise click.ClickException(str(error)) from None


if __name__ == "__main__":
    main()
