"""A question about a public folder, and whether the first clipping answers it rightly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Case:
    """A question about a folder, and what came back.

    Attributes:
        row: The line of `folders.jsonl`.
        line: What `ask --batch` printed.
    """

    row: dict[str, Any]
    line: dict[str, Any]

    @property
    def quote(self) -> dict[str, Any] | None:
        """The first clipping that a person sees."""
        shown = (each for each in self.line["findings"] if each.get("shown", True))
        return next((finding["quote"] for finding in shown), None)

    @property
    def text(self) -> str:
        """The words of the first clipping, all its ranges, with single blanks."""
        quote = self.quote or {"text": ""}
        parts = [part["text"] for part in quote.get("parts") or [] if "text" in part]
        return fold(" ".join(parts or [quote["text"]]))

    @property
    def kind(self) -> str:
        """What the question asks for; near misses are a kind of their own."""
        near = self.row.get("near_miss", False)
        return f"{self.row['kind']}, near miss" if near else str(self.row["kind"])

    @property
    def verdict(self) -> str:
        """Returns "right", "wrong" or "missed"."""
        if self.row["kind"] == "not_found":
            return "wrong" if self.quote else "right"
        if not self.quote:
            return "missed"
        return "right" if self._is_from_article() and self._has_words() else "wrong"

    @property
    def under_heading(self) -> bool | None:
        """Whether the clipping stands under its heading; None where that is not known."""
        heading, quote = self.row.get("heading"), self.quote
        if not heading or not quote or quote.get("headings") is None:
            return None
        if quote["article"] != slug_of(self.row, self.row["path"]):
            return None
        return fold(heading) in {fold(each) for each in [*quote["headings"], quote["title"] or ""]}

    def _is_from_article(self) -> bool:
        paths = [self.row["path"], *self.row.get("also_in", [])]
        slugs = {slug_of(self.row, path) for path in paths}
        return self.quote is not None and self.quote["article"] in slugs

    def _has_words(self) -> bool:
        forms = self.row["any_of"] or [[]]
        return (
            self._holds(self.row["contains"])
            and any(self._holds(form) for form in forms)
            and not any(fold(words) in self.text for words in self.row["lacks"])
        )

    def _holds(self, pieces: Iterable[str]) -> bool:
        return all(fold(piece) in self.text for piece in pieces)


def fold(text: str) -> str:
    """Returns a text with single blanks."""
    return " ".join(text.split())


def slug_of(row: dict[str, Any], path: str) -> str:
    """Returns how an article of the row's folder is called, from its path in the repository."""
    return PurePosixPath(path).relative_to(row["folder"]).as_posix()
