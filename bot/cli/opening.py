"""From settings to an answerer: its library, its reader and its fitted weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.current import CurrentAnswerer
from index.library.build import build_library, current_library
from index.library.encoders import open_encoder
from index.library.progress import Progress
from index.library.unread import has_unread_text
from retrieval.answerer import Answerer
from retrieval.models import open_models

if TYPE_CHECKING:
    from config.settings import Settings
    from index.library.library import Library


def open_answerer(settings: Settings, progress: Progress) -> CurrentAnswerer:
    """Opens everything that an answer needs; builds the library first where it is missing or old.

    Raises:
        ClippingError: The articles, the library or a model cannot be used; one sentence says why.
    """
    models = open_models(settings.reader_model, settings.library / "readers")
    encoder = open_encoder(settings.library, settings.encoder_model, progress)
    places = settings.articles, settings.library, encoder
    links = settings.follow_links

    def answerer_of(library: Library) -> Answerer:
        unread = has_unread_text(settings.library, library)
        return Answerer(library, models, threshold=settings.threshold, unread=unread)

    return CurrentAnswerer(
        settings.articles,
        answerer_of(current_library(*places, progress, follow_links=links)),
        lambda: answerer_of(build_library(*places, Progress(), follow_links=links)),
    )
