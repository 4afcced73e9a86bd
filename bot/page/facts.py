"""What the bot can tell people about the library that it answers from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.documents.folder import is_below

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to tell about the library at one moment.

    Attributes:
        articles: How many articles the library holds.
        version: The version of the library.
        refreshed: When that version was built; None where nobody knows.
        titles: What the articles are called.
        examples: Questions to try.
        slugs: The names of the articles' files, in the order of `titles`.
    """

    articles: int = 0
    version: str = ""
    refreshed: dt.datetime | None = None
    titles: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """Every folder that an article lies below, at any depth, in the order of the alphabet."""
        parts = [slug.split("/")[:-1] for slug in self.slugs]
        return tuple(
            sorted({"/".join(part[: depth + 1]) for part in parts for depth in range(len(part))})
        )

    def within(self, folders: Sequence[str]) -> Facts:
        """Returns what there is to tell where only these folders may be shown; all where none.

        Nobody knows which article an example is answered from, so there are no examples then.
        """
        if not folders:
            return self
        kept = [
            (slug, title)
            for slug, title in zip(self.slugs, self.titles, strict=False)
            if is_below(slug, folders)
        ]
        titles = tuple(title for _, title in kept)
        slugs = tuple(slug for slug, _ in kept)
        return replace(self, articles=len(kept), titles=titles, slugs=slugs, examples=())
