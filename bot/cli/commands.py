"""What the click commands have in common: the options of a library, and commands imported late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def library_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --articles and --library to a command, which receives the settings as they then are."""

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
        given = {"articles": articles, "library": library}
        chosen = {name: value for name, value in given.items() if value is not None}
        return command(load_settings().model_copy(update=chosen), **options)

    return with_settings


@dataclass(frozen=True, slots=True)
class LateCommand:
    """A command that stands in another module.

    Attributes:
        load: Imports it.
        summary: What the list of commands says about it.
    """

    load: Callable[[], click.Command]
    summary: str


class LateGroup(click.Group):
    """A group of commands, some of which are imported only when they are run."""

    def __init__(self, *args: Any, late: Mapping[str, LateCommand], **options: Any) -> None:
        super().__init__(*args, **options)
        self._late = late
        for name, command in late.items():
            self.add_command(click.Command(name, help=command.summary))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Returns the command that the arguments name, imported, and the arguments left to it."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and name in self._late:
            command = self._late[name].load()
        return name, command, rest
