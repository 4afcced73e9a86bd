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
        examples: Questions to try, which this library answers.
        slugs: The names of the articles' files, in the order of `titles`.
        published: The dates that the articles give for themselves, in the same order.
        left_out: The paths of files that could not be read.
        unread: (suffix, how many) of files that are no text.
    """

    articles: int = 0
    version: str = ""
    refreshed: dt.datetime | None = None
    titles: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    published: tuple[dt.date | None, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()

    @property
    def dates(self) -> tuple[dt.date, dt.date] | None:
        """The earliest and the latest date of an article; None where no article has a date."""
        known = [day for day in self.published if day is not None]
        return (min(known), max(known)) if known else None

    @property
    def folders(self) -> tuple[str, ...]:
        """Every folder that an article lies below, at any depth, in the order of the alphabet."""
        parts = [slug.split("/")[:-1] for slug in self.slugs]
        return tuple(
            sorted({"/".join(part[: depth + 1]) for part in parts for depth in range(len(part))})
        )

    def within(self, folders: Sequence[str]) -> Facts:
        """Returns what there is to tell where only these folders may be shown; all where none.

        Nobody knows which article an example is answered from, so there are no examples then, nor
        where files lie that are no text.
        """
        if not folders:
            return self
        kept = [number for number, slug in enumerate(self.slugs) if is_below(slug, folders)]
        return replace(
            self,
            articles=len(kept),
            titles=tuple(self.titles[number] for number in kept),
            slugs=tuple(self.slugs[number] for number in kept),
            published=tuple(self.published[number] for number in kept if self.published),
            examples=(),
            left_out=tuple(slug for slug in self.left_out if is_below(slug, folders)),
            unread=(),
        )
