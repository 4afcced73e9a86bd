"""The command line: the one place that reads the settings and wires things up."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
from rich.console import Console

from config.errors import ClippingError, QuestionError
from config.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.answerer import Answering

ANSWERED, NOT_FOUND, FAILED = 0, 1, 2
CARE = ("doctor", "forget", "gaps")

log = logging.getLogger(__name__)
_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def _with_library(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --articles and --library to a command, and hand it the settings they belong to."""

    @click.option(
        "--articles",
        type=click.Path(path_type=Path),
        help="The folder of articles (default: ARTICLES, else seeds).",
    )
    @click.option(
        "--library",
        type=click.Path(path_type=Path),
        help="Where the index is kept (default: LIBRARY, else .clipping).",
    )
    @wraps(command)
    def with_settings(articles: Path | None, library: Path | None, **options: Any) -> Any:
        settings = load_settings()
        given = {"articles": articles, "library": library}
        chosen = {name: value for name, value in given.items() if value is not None}
        return command(settings.model_copy(update=chosen), **options)

    return with_settings


class _WithCare(click.Group):
    """Commands, and those of `bot.cli.admin`, which is loaded only when one of them is wanted."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Every command, in the order of the alphabet."""
        return sorted([*super().list_commands(context), *CARE])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in CARE:
            return super().get_command(context, name)
        from bot.cli import admin  # noqa: PLC0415  -- the other commands need not wait for it

        command: click.Command = getattr(admin, name)
        return command


@click.group(cls=_WithCare, context_settings={"help_option_names": ["-h", "--help"]})
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
@_with_library
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
    if batch is not None:
        return _answer_batch(_open(settings), batch)
    text = _question(question)
    answering = _open(settings)
    if as_json:
        return _answer_line(answering, text, None)
    return _answer(answering, text, closest=closest)


@cli.command()
@_with_library
def chat(settings: Settings) -> int:
    """Ask again and again in the terminal; an empty line or Ctrl-D ends it."""
    answering = _open(settings)
    _err.print(f"{len(answering.library.articles)} articles. Ask away; an empty line ends it.")
    while text := _prompt():
        _answer(answering, text, closest=True)
    return ANSWERED


@cli.command()
@_with_library
def slack(settings: Settings) -> int:
    """Answer in Slack until stopped."""
    _serve(settings, slack=True)
    return ANSWERED


@cli.command()
@_with_library
def discord(settings: Settings) -> int:
    """Answer in Discord until stopped."""
    _serve(settings, discord=True)
    return ANSWERED


@cli.command()
def discord_sync() -> int:
    """Tell Discord which commands there are: once, and again after an update."""
    from bot.cli.wiring import discord_access_of  # noqa: PLC0415
    from bot.discord.sync import sync  # noqa: PLC0415  -- --help need not wait for it

    synced = asyncio.run(sync(discord_access_of(load_settings())))
    _err.print(f"Discord knows {', '.join(synced.names)}. Invite the bot with this link:")
    click.echo(synced.invitation)
    return ANSWERED


@cli.command()
@_with_library
@click.pass_context
def run(context: click.Context, settings: Settings) -> int:
    """Answer in Slack and Discord, in each whose tokens are set; in the terminal if none are."""
    slack = settings.slack_bot_token is not None or bool(settings.slack_client_id)
    discord = settings.discord_token is not None
    if not slack and not discord:
        _err.print(
            "Neither SLACK_BOT_TOKEN is set nor DISCORD_TOKEN, so this is the terminal chat;"
            " README.md shows how to set up Slack and Discord."
        )
        options = {"articles": settings.articles, "library": settings.library}
        return int(context.invoke(chat, **options))
    _serve(settings, slack=slack, discord=discord)
    return ANSWERED


def main() -> None:
    """Run the command line; an error a person can mend is one sentence and exit status 2."""
    try:
        status = cli.main(standalone_mode=False)
    except ClippingError as error:
        _fail(str(error))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(FAILED)
    except BrokenPipeError:
        # Whoever read the answers has gone; Python would complain again while closing the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except Exception:
        log.exception("unexpected")
        _fail("That failed, and it should not have: please report the lines above.")
    sys.exit(status if isinstance(status, int) else ANSWERED)


def _question(words: tuple[str, ...]) -> str:
    from bot.cli.json_lines import is_whole  # noqa: PLC0415  -- --help need not wait for it

    text = " ".join(words).strip()
    if not text:
        raise QuestionError('The question is empty: try clipping ask "where is the HQ?"')
    if not is_whole(text):
        raise QuestionError("The question is not UTF-8: type it again in a UTF-8 terminal.")
    return text


def _open(settings: Settings) -> Answering:
    from bot.cli.opening import open_answering  # noqa: PLC0415  -- --help need not wait for it
    from bot.cli.terminal import TerminalProgress  # noqa: PLC0415

    return open_answering(settings, TerminalProgress(_err))


def _answer(answering: Answering, text: str, *, closest: bool) -> int:
    from bot.cli.terminal import print_answer  # noqa: PLC0415  -- as above
    from retrieval.questions import MAX_QUESTION_CHARS  # noqa: PLC0415

    if len(text) > MAX_QUESTION_CHARS:
        _err.print(
            f"The question has {len(text)} characters;"
            f" only the first {MAX_QUESTION_CHARS} were read."
        )
    answer = answering(text)
    print_answer(_out, answer, closest=closest)
    return ANSWERED if answer.found else NOT_FOUND


def _answer_line(answering: Answering, text: str, id_: object) -> int:
    from bot.cli.json_lines import answer_line  # noqa: PLC0415  -- as above

    began = time.perf_counter()
    answer = answering(text)
    ms = 1000 * (time.perf_counter() - began)
    click.echo(answer_line(answer, id=id_, ms=ms))
    return ANSWERED if answer.found else NOT_FOUND


def _answer_batch(answering: Answering, batch: TextIO) -> int:
    from bot.cli.json_lines import read_questions  # noqa: PLC0415  -- as above

    status = ANSWERED
    try:
        for asked in read_questions(batch):
            if isinstance(asked, QuestionError):
                _err.print(str(asked), markup=False)
                status = FAILED
            else:
                _answer_line(answering, asked.text, asked.id)
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"{batch.name} is not UTF-8: save it as UTF-8 and ask again."
        ) from error
    return status


def _prompt() -> str:
    try:
        return _out.input("\n[bold]?[/bold] ").strip()
    except EOFError:
        return ""


def _serve(settings: Settings, *, slack: bool = False, discord: bool = False) -> None:
    from bot.cli.logs import set_up_logs  # noqa: PLC0415  -- as above
    from bot.cli.serving import Platforms, serve  # noqa: PLC0415
    from bot.cli.wiring import access_of, discord_access_of, facts_of, options_of  # noqa: PLC0415

    set_up_logs(as_json=settings.log_format == "json", level=settings.log_level)
    platforms = Platforms(
        access_of(settings) if slack else None, discord_access_of(settings) if discord else None
    )
    answering = _open(settings)
    facts = facts_of(answering.library, settings.library)
    options = replace(options_of(settings), facts=lambda: facts)
    asyncio.run(serve(platforms, answering, options=options))


def _fail(sentence: str) -> None:
    _err.print(sentence, markup=False, style="red")
    sys.exit(FAILED)


if __name__ == "__main__":
    main()
