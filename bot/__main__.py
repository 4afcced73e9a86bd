"""The command line: click commands. What a command does stands in `bot.cli`.

A command imports its part of `bot.cli` when it runs, so that `clipping --help` loads no model and
no platform.
"""

from __future__ import annotations

from typing import TextIO

import click

from bot.cli.commands import LateCommand, LateGroup, library_options
from bot.cli.exits import run_and_exit
from config.settings import Settings, load_settings


def _index() -> click.Command:
    from index.__main__ import cli as index  # noqa: PLC0415  -- --help need not wait for it

    return index


LATE = {"index": LateCommand(_index, "Build, check and describe a library.")}


@click.group(cls=LateGroup, late=LATE, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clipping")
def cli() -> None:
    """Answer questions with word-for-word clippings from a folder of articles."""


@cli.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    help="Questions, one a line; - for standard input.",
)
@click.option("--closest", is_flag=True, help="Show the closest passages where there is no answer.")
@library_options
def ask(
    settings: Settings,
    question: tuple[str, ...],
    *,
    as_json: bool,
    batch: TextIO | None,
    closest: bool,
) -> int:
    """Answer QUESTION, or with --batch every question of a file.

    Exit status: 0 answered, 1 not found, 2 an error.
    """
    from bot.cli import asking  # noqa: PLC0415  -- --help need not wait for it

    if batch is not None:
        return asking.answer_batch(settings, batch)
    text = asking.read_question(question)
    if as_json:
        return asking.answer_as_json(settings, text)
    return asking.answer(settings, text, closest=closest)


@cli.command()
@library_options
def chat(settings: Settings) -> int:
    """Ask again and again in the terminal; an empty line or Ctrl-D ends it."""
    from bot.cli import asking  # noqa: PLC0415  -- --help need not wait for it

    return asking.converse(settings)


@cli.command()
@library_options
def slack(settings: Settings) -> int:
    """Answer in Slack until stopped."""
    from bot.cli import running  # noqa: PLC0415  -- --help need not wait for it

    return running.serve_in(settings, slack=True)


@cli.command()
@library_options
def discord(settings: Settings) -> int:
    """Answer in Discord until stopped."""
    from bot.cli import running  # noqa: PLC0415  -- --help need not wait for it

    return running.serve_in(settings, discord=True)


@cli.command()
def discord_sync() -> int:
    """Tell Discord which commands there are: once, and again after an update."""
    from bot.cli import running  # noqa: PLC0415  -- --help need not wait for it

    return running.sync_discord(load_settings())


@cli.command()
@library_options
def run(settings: Settings) -> int:
    """Answer in Slack and Discord, in each whose tokens are set; in the terminal if none are."""
    from bot.cli import running  # noqa: PLC0415  -- --help need not wait for it

    return running.run(settings)


@cli.command()
@library_options
def status(settings: Settings) -> int:
    """Print what the library holds, and what was left out of it and why."""
    from bot.cli import status as status_  # noqa: PLC0415  -- --help need not wait for it

    return status_.show(settings)


@cli.command()
def doctor() -> int:
    """Check everything the bot needs, and say what to do about what is missing.

    The exit status is 0 when nothing is wrong, 2 otherwise.
    """
    from bot.cli import doctor as doctor_  # noqa: PLC0415  -- --help need not wait for it

    return doctor_.examine(load_settings())


@cli.command()
@click.argument("user")
def forget(user: str) -> int:
    """Delete all questions and feedback of a person, by the id their platform gives them."""
    from bot.cli import admin  # noqa: PLC0415  -- --help need not wait for it

    return admin.forget(load_settings(), user)


@cli.command()
def gaps() -> int:
    """Print the questions that the articles did not answer well, one JSON object a line."""
    from bot.cli import admin  # noqa: PLC0415  -- --help need not wait for it

    return admin.print_gaps(load_settings())


def main() -> None:
    """Runs the command line; raises SystemExit with the exit status."""
    run_and_exit(cli)


if __name__ == "__main__":
    main()
