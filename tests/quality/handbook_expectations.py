"""What the first clipping of a question about the handbook should show, and whether it does."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FOLDER = HERE / "handbook"
QUESTIONS = HERE / "handbook.jsonl"
TITLES = HERE / "handbook_titles.json"

# In a file of these kinds, offsets count characters of the file, and headings can be read from it.
MARKDOWN = frozenset({".md", ".mdx"})
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+)$|^(\S.*)\n(?:=+|-+)$", re.MULTILINE)
_MARKS = {
    "Markdown marks": re.compile(
        r"\*\*|~~|`|\]\[|^ {0,3}> |^[-:| ]*--[ :]*\|[-:| ]*$", re.MULTILINE
    ),
    "heading marks": re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE),
    "tags": re.compile(r"</?[A-Za-z][^<>]*>|<!--|\{\{[<%]|\{/\*"),
    "link targets": re.compile(r"\]\(|https?://|mailto:|^\[[^\]]+\]: ", re.MULTILINE),
    "front matter": re.compile(
        r"^(?:---|\+\+\+)$|^(?:title|date|authors?|tags|layout|pubdate)\s?[:=]",
        re.IGNORECASE | re.MULTILINE,
    ),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of handbook.jsonl.

    Attributes:
        question: What is asked.
        kind: What the answer is part of ("steps", "table", …), or "not_found".
        articles: The article that answers; others that answer as well follow it.
        alternatives: The first clipping must have all words of one of these.
        lacks: Words that the first clipping must not have.
        heading: A heading that must stand above the words in the first article; None for any.
        near_miss: Whether the articles speak of the subject and do not say what is asked.
    """

    question: str
    kind: str
    articles: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    heading: str | None = None
    near_miss: bool = False

    @property
    def group(self) -> str:
        """The line of the report that counts this question."""
        return "near_miss" if self.near_miss else self.kind


def read_expected(path: Path = QUESTIONS) -> Iterator[Expected]:
    """Yields what each line of a file expects."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "not_found":
            yield Expected(row["question"], row["kind"], near_miss=row["near_miss"])
            continue
        yield Expected(
            row["question"],
            row["kind"],
            (row["article"], *row.get("also", ())),
            tuple(map(tuple, row.get("any_of", [row["contains"]]))),
            tuple(row["lacks"]),
            row["heading"],
        )


def shown_text(quote: dict[str, Any]) -> str:
    """Returns all that a clipping quotes: its parts in order, else its text; blanks are single."""
    parts = quote.get("parts") or [quote]
    return flat(" ".join(part["text"] for part in parts))


def flat(text: str) -> str:
    """Returns a text with one blank for any white space."""
    return " ".join(text.split())


def judge(expected: Expected, line: dict[str, Any]) -> str:
    """Returns "right", "wrong" or "missed" for what `ask --batch` printed.

    What the record of an article says may come as a record, which is no clipping.
    """
    if not line["findings"] and line.get("about"):
        return "right" if _says(expected, line["about"]) else "wrong"
    if not line["findings"]:
        return "right" if expected.kind == "not_found" else "missed"
    if expected.kind == "not_found":
        return "wrong"
    finding = line["findings"][0]
    quote = finding["quote"]
    text = shown_text(quote)
    # A fact of the head of a file may come as a field of the clipping instead of as words.
    searched = flat(json.dumps(finding, ensure_ascii=False)) if _of_fields(expected) else text
    right = (
        quote["article"] in expected.articles
        and any(all(word in searched for word in words) for words in expected.alternatives)
        and not any(word in text for word in expected.lacks)
        and _stands_under(expected, quote)
    )
    return "right" if right else "wrong"


def _says(expected: Expected, records: list[dict[str, Any]]) -> bool:
    """Returns whether the only record is that of the right article and has the words."""
    told = flat(json.dumps(records, ensure_ascii=False))
    is_alone = [record["article"] for record in records] == list(expected.articles[:1])
    return is_alone and any(all(word in told for word in words) for words in expected.alternatives)


def _of_fields(expected: Expected) -> bool:
    return expected.kind == "metadata"


def _stands_under(expected: Expected, quote: dict[str, Any]) -> bool:
    """Whether the heading is above the words; true where neither answer nor file tells it."""
    if expected.heading is None or quote["article"] != expected.articles[0]:
        return True
    headings = quote.get("headings")
    if headings is None:
        path = FOLDER / quote["article"]
        if path.suffix not in MARKDOWN:
            return True
        text = path.read_bytes().decode()
        words = (word for words in expected.alternatives for word in words)
        found = [text.find(word, quote["start"], quote["end"]) for word in words]
        headings = headings_above(text, max([quote["start"], *found]))
    return _letters(expected.heading) in map(_letters, headings)


def headings_above(text: str, offset: int) -> list[str]:
    """Returns the last heading above a place of a Markdown file, or none."""
    blanked = _FENCED.sub(lambda fence: " " * len(fence[0]), text)
    found = [match[1] or match[2] for match in _HEADING.finditer(blanked, 0, offset)]
    return found[-1:]


def _letters(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip().lower()


def marks_in(expected: Expected, text: str) -> list[str]:
    """Returns the names of what no reader of the page sees and a clipping shows."""
    skipped = {"heading marks", "Markdown marks"} if expected.kind == "code" else set()
    return [name for name, mark in _MARKS.items() if name not in skipped and mark.search(text)]
