"""The fitted weights are read from JSON, and so are those that an earlier version wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from config.errors import ModelError
from retrieval.calibrator import QUESTION_FEATURE_NAMES, Calibrator
from retrieval.models import (
    DECISION,
    SHIPPED,
    WITH_READER,
    WITHOUT_READER,
    open_models,
    read_decision,
)
from retrieval.ranker import RANK_FEATURES, Ranker

if TYPE_CHECKING:
    from pathlib import Path

CALIBRATOR = {"weights": {"lead": 3.0}, "bias": 1, "threshold": 0.4, "false_answers": 0.1}
FIELDS = {"ranker": {"maxsim": 2.0}, "calibrator": CALIBRATOR}


def test_the_weights_are_read_from_json(tmp_path: Path) -> None:
    path = tmp_path / DECISION
    path.write_text(json.dumps({WITH_READER: FIELDS}))
    assert read_decision(path, WITH_READER) == (
        Ranker({"maxsim": 2.0}),
        Calibrator({"lead": 3.0}, bias=1.0, threshold=0.4, false_answers=0.1),
    )


@pytest.mark.parametrize("text", ["{}", "no json", json.dumps({WITHOUT_READER: FIELDS})])
def test_a_file_without_the_weights_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / DECISION
    path.write_text(text)
    with pytest.raises(ModelError, match=r"decision\.json is missing or damaged"):
        read_decision(path, WITH_READER)


def test_a_file_of_an_earlier_version_is_read_under_the_present_names(tmp_path: Path) -> None:
    rank = {"margin": 1.0, "near_share": 2.0, "aligned": 3.0, "furniture": -3.0}
    weights = {"margin": 1.0, "near_share": 4.0}
    old = {"rank": rank, "weights": weights, "bias": -1.0, "threshold": 0.3, "false_answers": 0.01}
    path = tmp_path / DECISION
    path.write_text(json.dumps({WITH_READER: old}))
    ranker, calibrator = read_decision(path, WITH_READER)
    assert ranker.weights == {
        "margin": 1.0,
        "context_share": 2.0,
        "maxsim": 3.0,
        "boilerplate": -3.0,
    }
    assert calibrator.weights == {"margin": 1.0, "context_share": 4.0}
    assert (calibrator.bias, calibrator.threshold) == (-1.0, 0.3)


@pytest.mark.parametrize("part", [WITH_READER, WITHOUT_READER])
def test_every_shipped_weight_belongs_to_a_feature(part: str) -> None:
    ranker, calibrator = read_decision(SHIPPED / DECISION, part)
    assert set(ranker.weights) == set(RANK_FEATURES)
    assert set(calibrator.weights) <= set(QUESTION_FEATURE_NAMES)


def test_a_user_may_choose_no_reader(tmp_path: Path) -> None:
    models = open_models("none", tmp_path)
    assert models.reader is None
    assert 0 < models.calibrator.threshold < 1
