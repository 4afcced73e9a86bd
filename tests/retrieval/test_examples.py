"""Questions to try: made from the articles, and checked by asking them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from retrieval.examples import MAX_TRIES, candidates, find_examples
from tests.fakes import library_of, library_of_pages

if TYPE_CHECKING:
    from index.library.library import Library

FAQ = (
    "How the firm works\n\nWho founded the firm in Mainz? Ada Lovelace founded it in 1998.\n\n"
    "Plans for the old harbour\n\nThe old harbour of Port Royal will be closed.\n\n"
    "What do they say about it? Nobody knows.\n"
)


def about(library: Library) -> list[str]:
    return [candidate.question for candidate in candidates(library)]


def test_candidates_are_own_questions_then_headings_then_names() -> None:
    found = about(library_of(FAQ))
    assert found[0] == "Who founded the firm in Mainz?"
    assert "What do the articles say about Plans for the old harbour?" in found
    assert "What do the articles say about Port Royal?" in found
    assert not any("they" in question for question in found)


def test_only_what_is_answered_is_an_example_and_the_sure_ones_come_first() -> None:
    library = library_of(FAQ)
    article = library.articles[0]
    quote = Quote(article, article.text.index("The old"), article.text.index("\n\nWhat do"))
    asked: list[str] = []

    def answerer(question: str) -> Answer:
        asked.append(question)
        if "harbour" in question:
            return Answer(question, (Finding(quote, None, 0.4),))
        if "Port Royal" in question:
            return Answer(question, (Finding(quote, None, 0.99),))
        return Answer(question)

    examples = find_examples(library, answerer)
    assert examples == (
        "What do the articles say about Port Royal?",
        "What do the articles say about Plans for the old harbour?",
    )
    assert "Who founded the firm in Mainz?" in asked


def test_a_question_that_is_answered_with_itself_is_no_example() -> None:
    library = library_of(FAQ)
    article = library.articles[0]
    start = article.text.index("Who founded")
    itself = Quote(article, start, article.text.index("? Ada") + 1)
    longer = Quote(article, start, article.text.index("1998.") + 5)

    def with_quote(quote: Quote) -> tuple[str, ...]:
        def answerer(question: str) -> Answer:
            found = (Finding(quote, None, 0.99),) if question.startswith("Who") else ()
            return Answer(question, found)

        return find_examples(library, answerer)

    assert with_quote(itself) == ()
    assert with_quote(longer) == ("Who founded the firm in Mainz?",)


def test_the_tries_are_capped_and_end_when_they_are_told_to() -> None:
    names = ". ".join(f"They met with Count Number{n}x Again today" for n in range(3 * MAX_TRIES))
    library = library_of(f"{names}.")
    asked: list[str] = []

    def answerer(question: str) -> Answer:
        asked.append(question)
        return Answer(question)

    assert find_examples(library, answerer, go_on=lambda: len(asked) < 2) == ()
    assert len(asked) == 2
    asked.clear()
    assert find_examples(library, answerer) == ()
    assert 0 < len(asked) <= MAX_TRIES


GUIDE = """# Guide for guests

## How do I rent a boat?

Ask the warden of the lake.

## Life jackets for children

They hang in the hut.

**Who cleans the huts in winter?**

The twins do.
"""


def test_headings_and_questions_of_markdown_are_candidates() -> None:
    found = list(candidates(library_of_pages(GUIDE)))
    assert [each.question for each in found if each.asked_by_article] == [
        "How do I rent a boat?",
        "Who cleans the huts in winter?",
    ]
    assert "What do the articles say about Life jackets for children?" in about(
        library_of_pages(GUIDE)
    )


def test_a_clipping_that_is_only_the_heading_it_was_made_from_is_no_example() -> None:
    library = library_of_pages(GUIDE)
    article = library.articles[0]

    def answering(words: str) -> tuple[str, ...]:
        start = article.text.index(words)
        quote = Quote(article, start, start + len(words))

        def answerer(question: str) -> Answer:
            found = (Finding(quote, None, 0.99),) if "boat" in question else ()
            return Answer(question, found)

        return find_examples(library, answerer)

    assert answering("How do I rent a boat?") == ()
    assert answering("Ask the warden of the lake.") == ("How do I rent a boat?",)
