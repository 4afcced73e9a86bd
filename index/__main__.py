"""`clipping index build|check|describe`: works on the library, and asks no question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.command_line import run_command
from config.errors import LibraryError
from config.harmless import harmless, one_line
from config.settings import Settings, load_settings
from index.documents.article import Article
from index.documents.folder import read_articles
from index.library.build import build_library, current_library
from index.library.encoders import open_encoder
from index.library.pointer import read_pointer
from index.library.progress import Progress
from index.library.repair import REBUILD

if TYPE_CHECKING:
    from index.documents.left_out import Noted, Skipped, Unread
    from index.library.library import Library


class _PrintedProgress(Progress):
    """Prints each step on standard error."""

    def step(self, text: str) -> None:
        click.echo(f"{harmless(text)} …", err=True)

    def skipped(self, left_out: Skipped | Unread) -> None:
        click.echo(one_line(str(left_out)), err=True)

    def noted(self, remark: Noted) -> None:
        click.echo(one_line(str(remark)), err=True)


@click.group()
@click.option("--articles", type=click.Path(path_type=Path), help="The folder of articles.")
@click.option("--library", type=click.Path(path_type=Path), help="Where the index is kept.")
@click.pass_context
def cli(context: click.Context, articles: Path | None, library: Path | None) -> None:
    """Build, check and describe a library."""
    settings = load_settings()
    given = {"articles": articles, "library": library}
    context.obj = settings.model_copy(update={key: value for key, value in given.items() if value})


@cli.command()
@click.pass_obj
def build(settings: Settings) -> None:
    """Build the library again; what has not changed is not encoded again."""
    progress = _PrintedProgress()
    encoder = open_encoder(settings.library, settings.encoder_model, progress)
    library = build_library(
        settings.articles,
        settings.library,
        encoder,
        progress,
        follow_links=settings.follow_links,
    )
    click.echo(
        f"Library {library.version}: {len(library.articles)} articles,"
        f" {len(library.passages)} passages."
    )


@cli.command()
@click.pass_obj
def check(settings: Settings) -> None:
    """Check every article's file, and every digest of the library."""
    files = {}
    for found in read_articles(settings.articles, follow_links=settings.follow_links):
        if isinstance(found, Article):
            files[found.slug] = found.digest
        else:
            click.echo(one_line(str(found)))
    library = _open(settings)
    changed = [each.slug for each in library.articles if files.get(each.slug) != each.digest]
    if changed:
        raise LibraryError(
            f"{changed[0]} has changed, though its size and time of change have not: {REBUILD}."
        )
    click.echo(
        f"Library {library.version} is whole and in step with {harmless(str(settings.articles))}."
    )


@cli.command()
@click.pass_obj
def describe(settings: Settings) -> None:
    """List the articles with what was found about them."""
    library = _open(settings)
    pointer = read_pointer(settings.library) or {}
    click.echo(
        f"Library {library.version} of {harmless(str(pointer.get('folder')))}:"
        f" {len(library.articles)} articles,"
        f" {len(library.passages)} passages, {len(library.sentences)} sentences,"
        f" encoder {library.encoder.name}"
    )
    for article in library.articles:
        date = article.published.isoformat() if article.published else "no date  "
        title = one_line(article.title or "(no title)")
        click.echo(f"  {one_line(article.slug)}  {date}  {title}")


def _open(settings: Settings) -> Library:
    progress = _PrintedProgress()
    encoder = open_encoder(settings.library, settings.encoder_model, progress)
    return current_library(
        settings.articles,
        settings.library,
        encoder,
        progress,
        follow_links=settings.follow_links,
    )


def main() -> None:
    """Runs the command line; an error that a person can mend is one sentence and exit status 2."""
    run_command(cli)


if __name__ == "__main__":
    main()
