"""Reads the folder of question files: what is learned from and what is measured on."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from retrieval.training.examples import Pool
from retrieval.training.likeness import likeness
from retrieval.training.negatives import mine_all
from retrieval.training.questions import Question, read_questions, split_off

if TYPE_CHECKING:
    from pathlib import Path

# Whole articles are held out where a file has several; elsewhere every 33rd paragraph.
HELD_OUT_ARTICLES = {"wiki": 2, "squad2": 1, "policy_a": 1, "policy_b": 1}


def read_folder(folder: Path) -> tuple[list[Question], list[Question]]:
    """Reads every question file of a folder: (questions to learn from, held-out questions)."""
    questions = [q for path in sorted(folder.glob("*.json")) for q in read_questions(path)]
    return split_off(questions, HELD_OUT_ARTICLES)


def save_negatives(learn: list[Question], encoder: Path, path: Path) -> None:
    """Mines the hard negatives and saves them as positions among the paragraphs."""
    mined = mine_all(learn, partial(likeness, folder=encoder))
    numbers = {p: n for n, p in enumerate(dict.fromkeys(q.paragraph for q in learn))}
    path.write_text(json.dumps([[numbers[p] for p in row] for row in mined]))


def open_pool(learn: list[Question], path: Path) -> Pool:
    """Reads the saved negatives and returns them with their questions."""
    paragraphs = list(dict.fromkeys(question.paragraph for question in learn))
    rows = json.loads(path.read_text())
    return Pool(tuple(learn), tuple(tuple(paragraphs[n] for n in row) for row in rows))
