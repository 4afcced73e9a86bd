"""The facts about the library; while the bot runs, examples are found after the start."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.facts import Facts
from index.library.pointer import read_pointer
from retrieval.examples import find_examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.library.library import Library
    from retrieval.answers import Answer

log = logging.getLogger(__name__)


def facts_of(library: Library, folder: Path, examples: tuple[str, ...] = ()) -> Facts:
    """Returns what to tell people about a library that is kept in `folder`."""
    kept = folder / "versions" / library.version
    pointer = read_pointer(folder) or {}
    built = kept.stat().st_mtime if kept.exists() else None
    return Facts(
        len(library.articles),
        library.version,
        None if built is None else dt.datetime.fromtimestamp(built, tz=dt.UTC),
        tuple(article.name for article in library.articles),
        examples,
        slugs=tuple(article.slug for article in library.articles),
        published=tuple(article.published for article in library.articles),
        left_out=tuple(str(slug) for slug, _reason in pointer.get("skipped", ())),
        unread=tuple((str(suffix), int(count)) for suffix, count in pointer.get("unread", ())),
    )


class LiveFacts:
    """Returns the facts as they are known by now."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __call__(self) -> Facts:
        """Returns the facts; with examples once some are found."""
        return self._facts

    @contextlib.contextmanager
    def finding_examples(
        self, library: Library, answerer: Callable[[str], Answer]
    ) -> Iterator[None]:
        """Looks for examples in a thread beside the block; gives up when the block ends."""
        ended = threading.Event()

        def look() -> None:
            try:
                found = find_examples(library, answerer, go_on=lambda: not ended.is_set())
            except Exception as error:  # noqa: BLE001  # the bot answers without examples as well
                log.warning("no example questions: %s", type(error).__name__)
            else:
                self._facts = replace(self._facts, examples=found)

        thread = threading.Thread(target=look, name="examples", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(timeout=5.0)
