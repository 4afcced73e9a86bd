"""A finding that contradicts itself cannot be made."""

from __future__ import annotations

import pytest

from index.documents.spans import Quote, Span
from retrieval.answers import Finding
from tests.fakes import library_of

(ARTICLE,) = library_of("Boats are old. Huts are new. Dogs may swim.").articles
FIRST, SECOND, THIRD = Quote(ARTICLE, 0, 14), Quote(ARTICLE, 15, 28), Quote(ARTICLE, 29, 43)


def test_a_quote_without_other_parts_is_its_only_part() -> None:
    assert Finding(FIRST, None, 0.5).parts == (FIRST,)
    assert Finding(SECOND, None, 0.5, parts=(FIRST, SECOND)).parts == (FIRST, SECOND)


def test_the_quote_is_one_of_the_parts() -> None:
    with pytest.raises(ValueError, match="not among the parts"):
        Finding(FIRST, None, 0.5, parts=(SECOND, THIRD))


def test_parts_are_in_order_and_do_not_overlap() -> None:
    for parts in ((SECOND, FIRST), (Quote(ARTICLE, 0, 16), SECOND)):
        with pytest.raises(ValueError, match="not in the order"):
            Finding(SECOND, None, 0.5, parts=parts)


def test_the_answer_lies_in_the_quote_and_not_in_another_part() -> None:
    with pytest.raises(ValueError, match="outside its quote"):
        Finding(SECOND, Span(ARTICLE, 0, 5), 0.5, parts=(FIRST, SECOND))


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_is_a_probability(confidence: float) -> None:
    with pytest.raises(ValueError, match="not a probability"):
        Finding(FIRST, None, confidence)
