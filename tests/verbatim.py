"""What every answer in every test must be: the articles' own words, at the offsets it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.documents.spans import Span
    from index.library.library import Library
    from retrieval.answers import Answer


def assert_verbatim(answer: Answer, library: Library) -> None:
    """Each quote and answer is the range of the library's own article that it says it is."""
    texts = {article.slug: article.text for article in library.articles}
    for span in spans_of(answer):
        assert texts[span.article.slug][span.start : span.end] == span.text
    for finding in answer.findings:
        if finding.answer is not None:
            assert finding.answer.text in finding.quote.text


def spans_of(answer: Answer) -> Iterator[Span]:
    """Every range an answer holds."""
    for finding in answer.findings:
        yield from finding.parts
        yield from finding.also
        if finding.answer is not None:
            yield finding.answer
    yield from answer.closest


def assert_line_verbatim(line: dict[str, Any], articles: Path) -> None:
    """Each quote of a line of `ask --json` equals its range of the decoded file."""
    quotes = [*line["closest"]]
    for finding in line["findings"]:
        quotes += [finding["quote"], *finding["also"]]
        if finding["answer"]:
            quotes.append({"article": finding["quote"]["article"], **finding["answer"]})
    for finding in line["findings"]:
        slug = finding["quote"]["article"]
        quotes += [{"article": slug, **part} for part in finding["quote"]["parts"]]
    for quote in quotes:
        text = (articles / quote["article"]).read_bytes().decode("utf-8")
        assert text[quote["start"] : quote["end"]] == quote["text"]
