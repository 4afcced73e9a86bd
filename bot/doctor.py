"""`clipping doctor`: is everything there that the bot needs, and what to do where it is not."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.database import open_database
from config.errors import ArticlesError, ClippingError
from index.articles import Skipped, read_articles
from index.build import Progress, open_encoder
from index.storage import open_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from config.settings import Settings

FREE_MB = 500  # for a library, the state and a rebuild of both


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        state: "unknown" where it cannot be seen from here, and a person has to look.
        remedy: What to do, where it is not ok.
    """

    name: str
    state: Literal["ok", "bad", "unknown"]
    words: str
    remedy: str = ""


def check(name: str, look: Callable[[], str]) -> Check:
    """What `look` says; a `ClippingError` is a thing to mend, and its sentence says how."""
    try:
        return Check(name, "ok", look())
    except ClippingError as error:
        return Check(name, "bad", str(error))


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
