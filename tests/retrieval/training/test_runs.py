"""Runs of training follow each other by number, and an interrupted one goes on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import torch
from click.testing import CliRunner

from retrieval.training.__main__ import NEGATIVES, main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.slow  # it trains networks of full size

LIGHTS = {"Pellan": "Gerda Pohl", "Merrow": "Theo Rusk", "Kelby": "Runa Halle"}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a file of three questions and what was mined for them."""
    articles = [article(name, keeper) for name, keeper in LIGHTS.items()]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "lights.json").write_text(json.dumps({"data": articles}))
    (tmp_path / NEGATIVES).write_text("[[1], [2], [0]]")
    return tmp_path


def article(name: str, keeper: str) -> dict[str, object]:
    text = f"The light of {name} was lit in 1856. Its last keeper was {keeper}. A bell hung there."
    answer = {"text": keeper, "answer_start": text.index(keeper)}
    asked = {"id": name, "question": f"Who kept the light of {name}?", "answers": [answer]}
    return {"title": name, "paragraphs": [{"context": text, "qas": [asked]}]}


def train(work: Path, *given: str) -> Result:
    few = ("--batch", "4", "--threads", "1", *given)
    return CliRunner().invoke(
        main, ["--data", str(work / "data"), "--work", str(work), "train", *few]
    )


def names(work: Path) -> list[str]:
    return sorted(path.stem for path in work.glob("*.pt"))


def test_runs_follow_each_other_and_a_run_that_ended_is_left_alone(work: Path) -> None:
    assert train(work, "--steps", "2").exit_code == 0
    assert names(work) == ["end-0000002"]
    assert "run 1 has ended" in train(work, "--steps", "2").output
    assert train(work, "--run", "2", "--begin", "1", "--steps", "1").exit_code == 0
    assert names(work) == ["end-0000002", "end-0000003"]
    refused = train(work, "--run", "4")
    assert refused.exit_code == 2
    assert "run 3 comes first" in refused.output
    refused = train(work, "--run", "3", "--begin", "4")
    assert refused.exit_code == 2
    assert "run 4 has not ended, only 2 have" in refused.output


def test_a_run_begins_from_the_mean_of_others_or_afresh(work: Path) -> None:
    # Of the rate 0 at a run's last step nothing is learned: it ends where it began.
    train(work, "--steps", "3")
    train(work, "--run", "2", "--begin", "1", "--steps", "1")
    train(work, "--run", "3", "--steps", "1")
    first, second, third = (
        torch.load(path, weights_only=True)["averages"] for path in sorted(work.glob("*.pt"))
    )
    assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))
    assert not all(torch.equal(one, other) for one, other in zip(first, third, strict=True))


def test_an_interrupted_run_goes_on_from_its_last_checkpoint(work: Path) -> None:
    train(work, "--steps", "3")
    # What is left of a second run that was cut off after 40 of 42 steps.
    state = torch.load(work / "end-0000003.pt", weights_only=True)
    state["counts"] |= {"step": 50, "first": 10, "progress": 40 / 42}
    torch.save(state, work / "step-0000050.pt")
    train(work, "--run", "2", "--begin", "1", "--steps", "42")
    assert names(work) == ["end-0000003", "end-0000052", "step-0000050"]
