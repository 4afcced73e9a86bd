"""`clipping doctor`: checks that everything is there that the bot needs, and says what to mend."""

from __future__ import annotations

import asyncio
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from bot.chat.checkup import Check, check
from bot.cli.consoles import LINKS
from bot.cli.wiring import discord_access_of, slack_access_of
from bot.discord.checkup import check_discord
from bot.slack.checkup import check_slack
from bot.state.state import State
from config.command_line import FAILED
from config.errors import ArticlesError
from config.harmless import harmless
from config.private import FILE_MODE, FOLDER_MODE, is_open_to_others
from index.documents.article import Article
from index.documents.folder import read_articles
from index.documents.left_out import Noted, Skipped, Unread
from index.library.encoders import open_encoder
from index.library.progress import Progress
from index.library.storage import open_library

if TYPE_CHECKING:
    from config.settings import Settings

MARKS = {
    "ok": "[green]✓[/green]",
    "bad": "[red]✗[/red]",
    "unknown": "[yellow]?[/yellow]",
    "warning": "[yellow]![/yellow]",
}
MAX_NAMED = 3  # of the files that are left out, and of the remarks
FREE_MB = 500  # for a library, the state and a rebuild of both


def examine(settings: Settings) -> int:
    """Prints every check with its remedy; returns the exit status, 0 where nothing is wrong."""
    checks = check_machine(settings)
    slack = slack_access_of(settings)
    if slack.bot_token or slack.app_token or slack.client_id:
        checks += asyncio.run(check_slack(slack))
    discord = discord_access_of(settings)
    if discord.token:
        checks += asyncio.run(check_discord(discord))
    for entry in checks:
        LINKS.print(*check_lines(entry), sep="\n")
    return FAILED if any(entry.state == "bad" for entry in checks) else 0


def check_lines(entry: Check) -> list[str]:
    """Returns a check as lines of rich's markup: how it went, and its remedy where it has one."""
    lines = [f"{MARKS[entry.state]} {escape(entry.name)}: {escape(harmless(entry.text))}"]
    return [*lines, f"    {escape(harmless(entry.remedy))}"] if entry.remedy else lines


def check_machine(settings: Settings) -> list[Check]:
    """Checks everything that needs no platform: .env, articles, model, library, state, disk."""
    return [
        check(".env", _env),
        check("articles", lambda: _articles(settings.articles, follow_links=settings.follow_links)),
        check("model", lambda: _model(settings)),
        check("library", lambda: _library(settings)),
        check("state", lambda: _state(settings)),
        _private(settings),
        _disk(settings.library),
    ]


def _env() -> str:
    """Says whether there is a .env; its settings are well-formed, or reading them had failed."""
    found = Path(".env").is_file()
    return (
        ".env is read, its settings are well-formed" if found else "no .env: all is as by default"
    )


def _articles(folder: Path, *, follow_links: bool) -> str:
    found = list(read_articles(folder, follow_links=follow_links))
    count = sum(isinstance(each, Article) for each in found)
    skipped = [str(each) for each in found if isinstance(each, Skipped)]
    if skipped and not count:
        raise ArticlesError(f"No article in {folder} can be read: {skipped[0]}")
    remarks = [str(each) for each in found if isinstance(each, (Noted, Unread))]
    named = [*skipped[:MAX_NAMED], *remarks[:MAX_NAMED]]
    left_out = f", {len(skipped)} left out" if skipped else ""
    more = len(skipped) + len(remarks) - len(named)
    named += [f"{more} more are named by `clipping index build`."] if more else []
    return " ".join([f"{count} articles in {folder}{left_out}{':' if named else ''}", *named])


def _model(settings: Settings) -> str:
    encoder = open_encoder(settings.library, settings.encoder_model, Progress())
    return f"{encoder.name}, SHA-256 {encoder.digest[:12]}…"


def _library(settings: Settings) -> str:
    encoder = open_encoder(settings.library, settings.encoder_model, Progress())
    library = open_library(settings.library, encoder)
    return f"version {library.version}, {len(library.articles)} articles, every digest matches"


def _state(settings: Settings) -> str:
    state = State.open(settings.database_url.get_secret_value())
    kind = state.kind
    state.close()
    return f"{kind} database opened and up to date"


def _private(settings: Settings) -> Check:
    """Warns where others on this machine can read tokens, questions or articles."""
    database = State.files_at(settings.database_url.get_secret_value())
    kept = [settings.library, Path(".env"), *database]
    exposed = [path for path in kept if is_open_to_others(path)]
    if not exposed:
        return Check("private", "ok", "others on this machine can read none of it")
    modes = {path: FOLDER_MODE if path.is_dir() else FILE_MODE for path in exposed}
    return Check(
        "private",
        "warning",
        f"others on this machine may read {', '.join(map(str, exposed))}",
        "; ".join(f"chmod {mode:o} {shlex.quote(str(path))}" for path, mode in modes.items()),
    )


def _disk(folder: Path) -> Check:
    """Checks that there is room where the library and the state are kept."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free // 10**6
    if free >= FREE_MB:
        return Check("disk", "ok", f"{free} MB free")
    return Check("disk", "bad", f"only {free} MB free", f"Free {FREE_MB} MB below {existing}.")
