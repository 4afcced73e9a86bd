"""The measurements of a graph count what the reader would mark, and only what is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.training.measure import ParagraphSpan, SearchedQuestion, read, report, summary
from retrieval.training.questions import Paragraph, Question
from tests.retrieval.training.test_batches import tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Encoding

    from retrieval.training.measure import Floats

OWN = Paragraph("wiki", "a", "", "ann and bob left .")
OTHER = Paragraph("wiki", "b", "carl", "carl left early .")
ASKED = Question("who left early ?", OWN, ((8, 11),))
SEARCHED = SearchedQuestion(ASKED, (OTHER, OWN), (OTHER,))


def sees_bob(encodings: Sequence[Encoding]) -> list[Floats]:
    """Logits of a graph that prefers "bob", then "carl", to no answer."""
    length = max(len(encoding.ids) for encoding in encodings)
    logits = np.zeros((len(encodings), length), dtype=np.float32)
    for row, encoding in zip(logits, encodings, strict=True):
        for position, token in enumerate(encoding.tokens):
            row[position] = {"bob": 3.0, "carl": 1.0}.get(token, -1.0 if position else 0.0)
    return [logits, logits]


def test_a_paragraph_is_read_for_its_best_span_and_never_for_its_title(tmp_path: Path) -> None:
    spans = read(SEARCHED.pairs, sees_bob, tokenizer(tmp_path))
    assert spans == [ParagraphSpan(8, 11, 6.0), ParagraphSpan(0, 4, 2.0)]


def test_a_graph_that_finds_the_answer_is_right_and_surer_than_without_the_article(
    tmp_path: Path,
) -> None:
    tokenizer(tmp_path)
    table = report([SEARCHED], sees_bob, tmp_path / "tokenizer.json")
    assert table == {"wiki": {"questions": 1, "em": 1, "f1": 1, "quote": 1, "auroc": 1}}


def test_a_surer_span_of_another_paragraph_is_wrong() -> None:
    spans = {
        (ASKED.text, OWN): ParagraphSpan(0, 11, 1.0),
        (ASKED.text, OTHER): ParagraphSpan(0, 4, 2.0),
    }
    figures = summary([SEARCHED], spans)
    assert figures["em"] == figures["quote"] == 0
    assert figures["f1"] == pytest.approx(0.5)
    assert figures["auroc"] == 0.5
