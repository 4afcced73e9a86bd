"""`clipping doctor`: is everything there that the bot needs, and what to do where it is not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.checkup import Check, check
from bot.state.database import open_database
from config.errors import ArticlesError
from index.documents.folder import Skipped, read_articles
from index.library.build import Progress, open_encoder
from index.library.storage import open_library

if TYPE_CHECKING:
    from config.settings import Settings

FREE_MB = 500  # for a library, the state and a rebuild of both


def check_machine(settings: Settings) -> list[Check]:
    """Everything that needs no platform: .env, articles, model, library, state, disk."""
    return [
        check(".env", _env),
        check("articles", lambda: _articles(settings.articles)),
        check("model", lambda: _model(settings)),
        check("library", lambda: _library(settings)),
        check("state", lambda: _state(settings)),
        _disk(settings.library),
    ]


def _env() -> str:
    """Settings were read before this, so all of them are of the right form."""
    found = Path(".env").is_file()
    return (
        ".env is read, its settings are well-formed" if found else "no .env: all is as by default"
    )


def _articles(folder: Path) -> str:
    files = list(read_articles(folder))
    skipped = [file for file in files if isinstance(file, Skipped)]
    if skipped and len(skipped) == len(files):
        raise ArticlesError(f"No article in {folder} can be read: {skipped[0]}.")
    left_out = f", {len(skipped)} left out: {skipped[0]}" if skipped else ""
    return f"{len(files) - len(skipped)} articles in {folder}{left_out}"


def _model(settings: Settings) -> str:
    encoder = open_encoder(settings.library, settings.encoder_model, Progress())
    return f"{encoder.name}, SHA-256 {encoder.digest[:12]}…"


def _library(settings: Settings) -> str:
    encoder = open_encoder(settings.library, settings.encoder_model, Progress())
    library = open_library(settings.library, encoder)
    return f"version {library.version}, {len(library.articles)} articles, every digest matches"


def _state(settings: Settings) -> str:
    engine = open_database(settings.database_url.get_secret_value())
    name = engine.dialect.name
    engine.dispose()
    return f"{name} database opened and up to date"


def _disk(folder: Path) -> Check:
    """Room where the library and the state are kept."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free // 10**6
    if free >= FREE_MB:
        return Check("disk", "ok", f"{free} MB free")
    return Check("disk", "bad", f"only {free} MB free", f"Free {FREE_MB} MB below {existing}.")
