"""What a folder holds that is not read, or is read with a remark; every line is for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# How many suffixes a line names; the others are counted.
_NAMED_SUFFIXES = 8


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not an article, and why; the other files are used all the same."""

    slug: str
    reason: str

    def __str__(self) -> str:
        return f"Skipped {self.slug}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Noted:
    """An article that is used, and what people should know about how it was read."""

    slug: str
    note: str

    def __str__(self) -> str:
        return f"{self.slug}: {self.note}."


@dataclass(frozen=True, slots=True)
class Unread:
    """Files that are no text, such as pictures: all of them make one line.

    Attributes:
        counts: (suffix, how many files) in the order in which they are named; the suffix is empty
            for files without a suffix.
    """

    counts: tuple[tuple[str, int], ...]

    @classmethod
    def from_paths(cls, paths: Iterable[Path]) -> Unread | None:
        """Counts files by suffix, the most frequent first; returns None where there is no file."""
        found = Counter(path.suffix.lower() for path in paths)
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return cls(tuple(ordered)) if ordered else None

    def __str__(self) -> str:
        total = sum(count for _suffix, count in self.counts)
        named = [suffix for suffix, _count in self.counts if suffix]
        rest = len(named) - _NAMED_SUFFIXES
        kinds = ", ".join(named[:_NAMED_SUFFIXES]) + (
            f" and {rest} other kinds" if rest > 0 else ""
        )
        others = sum(count for suffix, count in self.counts if not suffix)
        bare = f"{others} without a suffix" if others else ""
        if not named:
            return f"{_files(others, 'file')} without a suffix {_are(others)} not read."
        tail = f" ({bare} among them)" if bare else ""
        return f"{_files(total, f'{kinds} file')}{tail} {_are(total)} not read."


def _files(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def pointer_fields(
    skipped: Sequence[Skipped], noted: Sequence[Noted], unread: Unread | None
) -> dict[str, object]:
    """Returns what a library's pointer file keeps of what was left out."""
    return {
        "skipped": [[each.slug, each.reason] for each in skipped],
        "noted": [[each.slug, each.note] for each in noted],
        "unread": [list(count) for count in unread.counts] if unread else [],
    }
