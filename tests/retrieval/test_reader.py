"""Start and end are chosen together, offsets are exact, and only the named model is read."""

from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ModelError
from index.documents.article import Article
from index.documents.spans import Passage
from index.documents.visible import Visible
from index.models.runtime import GraphPool
from retrieval.huggingface import exported_reader
from retrieval.models import SHIPPED, open_models
from retrieval.reader import (
    MAX_ANSWER_TOKENS,
    OnnxReader,
    best_spans,
    reader_text,
    whole_words,
)
from tests.fakes import markdown_article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Encoding

    from index.models.runtime import Floats, Graph

logits = st.lists(st.floats(-10, 10, width=32), min_size=9, max_size=9)
BRIDGE = "The old bridge in Wiesbaden was opened in May 1998 by the mayor. It is made of stone."


def passage_of(text: str, title: str | None = None) -> Passage:
    article = Article("a.txt", title, text)
    return Passage(article, 0, len(text))


@given(start=logits, end=logits, first=st.integers(1, 4), size=st.integers(1, 5))
def test_the_best_span_is_the_best_of_all_spans(
    start: list[float], end: list[float], first: int, size: int
) -> None:
    answerable = range(first, first + size)
    found = best_spans(np.asarray(start, np.float32), np.asarray(end, np.float32), list(answerable))

    every = [start[i] + end[j] for i in answerable for j in answerable if i <= j]
    left, right, margin = found[0]
    assert first <= left <= right < first + size
    assert margin == pytest.approx(max(every) - start[0] - end[0], abs=1e-4)
    for (one, two, _), (three, four, _) in pairwise(found):
        assert two < three or four < one
    assert [margin for *_, margin in found] == sorted((m for *_, m in found), reverse=True)


def test_no_span_is_longer_than_the_longest_answer() -> None:
    start, end = np.zeros(100, dtype=np.float32), np.zeros(100, dtype=np.float32)
    start[1] = end[99] = 10
    left, right, _ = best_spans(start, end, list(range(1, 100)))[0]
    assert right - left < MAX_ANSWER_TOKENS


def test_where_nothing_can_be_read_nothing_is_found() -> None:
    assert best_spans(np.zeros(3, dtype=np.float32), np.zeros(3, dtype=np.float32), []) == []


@given(
    start=logits,
    end=logits,
    blocks=st.lists(st.none() | st.integers(0, 2), min_size=8, max_size=8).map(
        lambda found: sorted(found, key=lambda each: -1 if each is None else each)
    ),
)
def test_an_answer_lies_in_one_block(
    start: list[float], end: list[float], blocks: list[int | None]
) -> None:
    tokens = list(range(1, 9))
    found = best_spans(np.asarray(start, np.float32), np.asarray(end, np.float32), tokens, blocks)

    every = [
        start[i] + end[j]
        for i in tokens
        for j in tokens
        if i <= j and blocks[i - 1] == blocks[j - 1]
    ]
    assert found[0][2] == pytest.approx(max(every) - start[0] - end[0], abs=1e-4)
    assert all(blocks[left - 1] == blocks[right - 1] for left, right, _ in found)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The ferrymen slept.", "rryme", "ferrymen"),
        ("The ferrymen slept.", "men sle", "ferrymen slept"),
        ("In 2019 it sank.", "201", "2019"),
        ("Renée Dvořák sings.", "voř", "Dvořák"),
        ("Rene\u0301e sings.", "Rene", "Rene\u0301e"),
        ("渡船沉没了。", "沉没", "沉没"),
        ("It sank", "sank", "sank"),
    ],
)
def test_an_answer_is_made_of_whole_words(text: str, part: str, whole: str) -> None:
    read = reader_text(passage_of(text))
    first = read.text.index(part)
    start, end = whole_words(read, first, first + len(part))
    assert read.text[start:end] == whole


def test_a_word_of_the_passage_does_not_grow_into_its_context() -> None:
    read = reader_text(passage_of("1998 was warm.", "May"))
    first = read.text.index("98")
    assert read.text[slice(*whole_words(read, first, first + 2))] == "1998"
    table = markdown_article("| Boat | Price |\n| --- | --- |\n| Kayak | 15 |\n")
    cells = reader_text(Passage(table, table.text.index("Kayak"), table.text.index("15") + 2))
    first = cells.text.index("aya")
    assert cells.text[slice(*whole_words(cells, first, first + 3))] == "Kayak"


class CountingGraph:
    """A graph that reads nothing and keeps the length of the longest window."""

    longest = 0

    def run(self, encodings: Sequence[Encoding]) -> list[Floats]:
        length = max(len(encoding.ids) for encoding in encodings)
        self.longest = max(self.longest, length)
        blank = np.zeros((len(encodings), length), dtype=np.float32)
        return [blank, blank]


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(SHIPPED)


@pytest.mark.model
class TestTheShippedReader:
    def test_it_finds_the_words_that_answer(self, reader: OnnxReader) -> None:
        ((best, *_),) = reader.read("When was the bridge opened?", [passage_of(BRIDGE)])
        assert "1998" in best.span.text
        assert len(best.span.text) < len(BRIDGE) / 2

    def test_it_believes_more_in_an_answer_that_is_there(self, reader: OnnxReader) -> None:
        question = "When was the bridge opened?"
        other = passage_of("Trains have used the tunnel for years, and nobody objects to that.")
        (answered, *_), (unanswered, *_) = reader.read(question, [passage_of(BRIDGE), other])
        assert answered.margin > unanswered.margin

    def test_the_title_is_read_but_never_quoted(self, reader: OnnxReader) -> None:
        titled = passage_of("It was opened by the mayor.", "The bridge of May 1998")
        ((best, *_),) = reader.read("When was the bridge opened?", [titled])
        assert best.span.text in titled.text

    @settings(max_examples=25)
    @given(
        text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
        title=st.none() | st.text(max_size=10),
        question=st.text(max_size=40),
    )
    def test_offsets_are_exact_in_any_script(
        self, reader: OnnxReader, text: str, title: str | None, question: str
    ) -> None:
        passage = passage_of(text, title)
        for reading in reader.read(question, [passage])[0]:
            assert passage.covers(reading.span)
            assert np.isfinite(reading.margin)

    def test_an_answer_at_the_end_of_a_long_passage_is_found(self, reader: OnnxReader) -> None:
        long = "The ministers spoke about many other things that day. " * 60 + BRIDGE
        ((best, *_),) = reader.read("When was the bridge opened?", [passage_of(long)])
        assert "1998" in best.span.text
        assert best.span.start > len(long) - len(BRIDGE)

    def test_a_question_longer_than_the_window_leaves_room_for_the_passage(
        self, reader: OnnxReader
    ) -> None:
        question = "When was the old bridge opened? " * 300
        assert reader.read(question, [passage_of(BRIDGE)])[0]

    def test_threads_that_read_at_once_keep_to_the_window(self) -> None:
        reader = OnnxReader(SHIPPED)
        graph = CountingGraph()
        reader._crew = GraphPool(cast("Graph", graph), "reader")  # noqa: SLF001  -- it sees the windows
        long = [passage_of("They spoke about the bridge. " * 60)]
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)  # so that threads meet in the middle of things
        try:
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(lambda _: reader.read("When?", long), range(300)))
        finally:
            sys.setswitchinterval(interval)
        window_tokens = json.loads((SHIPPED / "reader.json").read_text())["window_tokens"]
        assert graph.longest == window_tokens


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the shipped reader, to be damaged."""
    return shutil.copytree(SHIPPED, tmp_path / "reader")


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
def test_a_file_that_is_not_the_file_named_by_the_card_is_an_error(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=rf"{name} is not the file that reader\.json names"):
        OnnxReader(copied)


@pytest.mark.parametrize("name", ["reader.json", "reader.onnx", "tokenizer.json"])
def test_a_file_that_is_missing_is_an_error(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=r"READER_MODEL: .* holds no reader"):
        OnnxReader(copied)


def test_a_file_that_is_not_a_graph_is_an_error(copied: Path) -> None:
    import hashlib  # noqa: PLC0415  -- only this test forges a card

    (copied / "reader.onnx").write_bytes(b"no graph")
    card = json.loads((copied / "reader.json").read_text())
    card["files"]["reader.onnx"] = hashlib.sha256(b"no graph").hexdigest()
    (copied / "reader.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"reader\.onnx cannot be loaded as an ONNX model"):
        OnnxReader(copied)


def test_damaged_weights_are_an_error(copied: Path, tmp_path: Path) -> None:
    (copied / "decision.json").write_text("{}")
    with pytest.raises(ModelError, match=r"decision\.json is missing or damaged"):
        open_models(str(copied), tmp_path)


@pytest.mark.parametrize("model", ["./no/such", "/no/such", "~/such", "a/b/such"])
def test_a_path_without_a_folder_is_not_looked_for_on_the_hub(model: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"there is no folder {model}: "):
        exported_reader(model, tmp_path)


def test_a_date_and_a_number_with_signs_are_one_word() -> None:
    text = "On 2023-04-03, at 10:30, it cost 1.5 crowns."
    seen = Visible(text, range(len(text)), range(1, len(text) + 1))
    for part, whole in (("2023-04", "2023-04-03"), ("30", "10:30"), ("1", "1.5")):
        start = text.index(whole) + whole.index(part)
        first, last = whole_words(seen, start, start + len(part))
        assert text[first:last] == whole
