"""Batches point at the tokens of the answer."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from retrieval.training.batches import batches, open_tokenizer
from retrieval.training.windows import Example

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "[PAD] [CLS] [SEP] [UNK] who left early ? ann bob and carl .".split()


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  -- repeatable on purpose


def tokenizer(folder: Path, max_tokens: int = 30) -> Tokenizer:
    vocabulary = {word: n for n, word in enumerate(WORDS)}
    made = Tokenizer(WordLevel(vocabulary, unk_token=WORDS[3]))
    made.pre_tokenizer = Whitespace()
    made.post_processor = TemplateProcessing(
        pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    made.save(str(folder / "tokenizer.json"))
    return open_tokenizer(folder / "tokenizer.json", max_tokens)


def words(batch_row: list[int], start: int, end: int) -> str:
    return " ".join(WORDS[number] for number in batch_row[start : end + 1])


def test_start_and_end_are_the_answers_own_tokens(tmp_path: Path) -> None:
    example = Example("who left ?", "ann and bob left .", ((4, 11), (0, 3)))
    (batch,) = batches([[example]], tokenizer(tmp_path), 8, dice(0))
    row = batch.ids[0].tolist()
    assert words(row, int(batch.starts[0, 0]), int(batch.ends[0, 0])) == "and bob"
    assert words(row, int(batch.starts[0, 1]), int(batch.ends[0, 1])) == "ann"
    assert batch.starts[0, 2:].tolist() == [-1, -1]


def test_no_answer_is_position_zero(tmp_path: Path) -> None:
    (batch,) = batches([[Example("who left ?", "ann .", ())]], tokenizer(tmp_path), 8, dice(0))
    assert (batch.starts[0].tolist(), batch.ends[0].tolist()) == ([0, -1, -1, -1], [0, -1, -1, -1])


def test_an_answer_that_was_cut_off_is_not_taken_for_no_answer(tmp_path: Path) -> None:
    example = Example("who left ?", "ann and carl and bob .", ((17, 20),))
    assert batches([[example]], tokenizer(tmp_path, 8), 8, dice(0)) == []


def test_padding_is_masked_and_rows_of_like_length_stand_together(tmp_path: Path) -> None:
    short, long = Example("who ?", "bob .", ()), Example("who ?", "ann and bob and carl left .", ())
    made = batches([[long], [short]] * 2, tokenizer(tmp_path), 2, dice(0))
    assert sorted(batch.ids.shape[1] for batch in made) == [7, 12]
    (mixed,) = batches([[long], [short]], tokenizer(tmp_path), 2, dice(0))
    assert mixed.mask.sum(1).tolist() == [7, 12]
    assert not mixed.ids[mixed.mask == 0].any()
    assert mixed.kinds.sum(1).tolist() == [3, 8]


def test_a_group_stays_together_and_in_order(tmp_path: Path) -> None:
    groups = [
        [Example("who left ?", "bob .", ((0, 3),)), Example("who left ?", "ann and carl .", ())],
        [Example("who ?", "carl and bob left early .", ((0, 4),)), Example("who ?", "ann .", ())],
    ]
    (batch,) = batches(groups, tokenizer(tmp_path), 4, dice(0))
    assert (batch.groups, batch.starts[:, 0].gt(0).tolist()) == (2, [True, False, True, False])
    assert [half.groups for half in batches(groups, tokenizer(tmp_path), 2, dice(0))] == [1, 1]
    parts = [batch.part(first, 2) for first in range(2)]
    assert [part.ids.tolist() for part in parts] == [batch.ids[:2].tolist(), batch.ids[2:].tolist()]
    assert [part.groups for part in parts] == [1, 1]


def test_a_group_whose_answer_was_cut_off_is_left_out_whole(tmp_path: Path) -> None:
    cut = Example("who left ?", "ann and carl and bob .", ((17, 20),))
    assert (
        batches([[cut, Example("who left ?", "ann .", ())]], tokenizer(tmp_path, 8), 8, dice(0))
        == []
    )
