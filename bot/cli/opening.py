"""From settings to an answerer: its library, its reader and its fitted weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.library.build import current_library
from index.library.encoders import open_encoder
from retrieval.answerer import Answerer
from retrieval.models import open_models

if TYPE_CHECKING:
    from config.settings import Settings
    from index.library.progress import Progress


def open_answerer(settings: Settings, progress: Progress) -> Answerer:
    """Opens everything that an answer needs; builds the library first where it is missing or old.

    Raises:
        ClippingError: The articles, the library or a model cannot be used; one sentence says why.
    """
    models = open_models(settings.reader_model, settings.library / "readers")
    encoder = open_encoder(settings.library, settings.encoder_model, progress)
    library = current_library(
        settings.articles,
        settings.library,
        encoder,
        progress,
        follow_links=settings.follow_links,
    )
    return Answerer(library, models, threshold=settings.threshold)
