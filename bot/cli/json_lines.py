"""Answers as JSON lines: the public format of `ask --json` and `ask --batch`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.page.source_line import page_of
from config.errors import QuestionError
from config.harmless import json_line
from index.documents.outline import heading_texts, visible_runs
from index.documents.structure import Structure
from index.documents.visible import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.documents.article import Article
    from index.documents.spans import Quote, Span
    from retrieval.answers import Answer, Finding


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a batch.

    Attributes:
        text: The question.
        id: What the asker calls the question; it comes back unchanged. None where the line has no
            id.
    """

    text: str
    id: object = None


def read_questions(lines: Iterable[str]) -> Iterator[Asked | QuestionError]:
    """Yields the question of each line, which is plain text or a JSON object; skips empty lines.

    Yields the error in place of a question that cannot be read, and goes on with the next line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(line.strip(), number)


def is_whole(text: str) -> bool:
    """Tells whether a text has only whole characters.

    Python reads bytes that are not UTF-8 as halves of characters (lone surrogates).
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def answer_line(answer: Answer, *, id: object, ms: float) -> str:  # noqa: A002  -- the format's own name
    """Returns the answer as one JSON object on one line, with fields that the README documents.

    Args:
        answer: The answer.
        id: What the asker calls the question.
        ms: How long the answer took, in milliseconds.
    """
    return json_line({"id": id, **answer_fields(answer), "ms": round(ms, 1)})


def answer_fields(answer: Answer) -> dict[str, Any]:
    """Returns an answer's public fields; offsets count code points of the article's file."""
    return {
        "question": answer.question,
        "status": "answered" if answer.found else "not_found",
        "findings": [
            _finding_fields(finding, is_shown=finding in answer.shown)
            for finding in answer.findings
        ],
        "differ": answer.differ,
        "closest": [_quote_fields(quote) for quote in answer.closest],
        "unknown_words": list(answer.unknown_words),
        "about": [_article_fields(each) for each in answer.about.articles] if answer.about else [],
        "library": answer.library_version,
    }


def _read_line(line: str, number: int) -> Asked | QuestionError:
    asked = Asked(line)
    if line.startswith("{"):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            return QuestionError(f"Line {number} is no JSON object: mend it, or write plain text.")
        question = fields.get("question")
        if not isinstance(question, str) or not question.strip():
            return QuestionError(f'Line {number} has no "question" with text in it: add one.')
        asked = Asked(question, fields.get("id"))
    if not is_whole(json.dumps([asked.text, asked.id], ensure_ascii=False)):
        return QuestionError(f"Line {number} holds half a character (a lone surrogate): mend it.")
    return asked


def _finding_fields(finding: Finding, *, is_shown: bool) -> dict[str, Any]:
    return {
        "quote": {
            **_quote_fields(finding.quote),
            "parts": [run for part in finding.parts for run in _runs(part)],
            "more": finding.more,
        },
        "answer": _span_fields(finding.answer) if finding.answer else None,
        "confidence": finding.confidence,
        "shown": is_shown,
        "also": [_quote_fields(quote) for quote in finding.also],
    }


def _quote_fields(quote: Quote) -> dict[str, Any]:
    fields = _article_fields(quote.article)
    return {
        "article": fields["article"],
        **_span_fields(quote),
        "title": fields["title"],
        "headings": list(heading_texts(quote)),
        "page": page_of(quote),
        **{name: fields[name] for name in ("published", "updated", "author")},
    }


def _article_fields(article: Article) -> dict[str, Any]:
    return {
        "article": article.slug,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "author": article.author,
        "url": article.url,
    }


def _span_fields(span: Span) -> dict[str, Any]:
    """Returns a range and what a reader of the page sees of it: of plain text, all of it."""
    structure = span.article.structure or Structure()
    has_markup = any(
        overlapping(ranges, span.start, span.end)
        for ranges in (structure.hidden, structure.entities)
    )
    text = span.visible.strip() if has_markup else span.text
    return {"start": span.start, "end": span.end, "text": text}


def _runs(span: Span) -> list[dict[str, Any]]:
    """Returns the visible stretches of a range, each with the article's own letters."""
    text = span.article.text
    return [
        {"start": start, "end": end, "text": text[start:end]} for start, end in visible_runs(span)
    ]
