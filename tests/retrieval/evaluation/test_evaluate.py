"""`python -m retrieval.evaluation`: a file in, figures and pictures out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from retrieval.evaluation.__main__ import main
from retrieval.evaluation.gold import Gold
from retrieval.evaluation.trials import type_all_casually
from tests.retrieval.evaluation.test_gold import BRIDGE, TUNNEL, entry

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


@pytest.fixture
def home(tmp_path: Path, encoders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command runs: a library with the encoder in it, and a reader for this test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIBRARY", str(encoders.parent))
    monkeypatch.setenv("READER_MODEL", "clipping")
    return tmp_path


def write_set(folder: Path) -> Path:
    bridge = [entry("When was the old bridge opened?", ("May 1998", 45))]
    tunnel = [
        entry("Since when do trains use the tunnel?", ("June 2004", 50)),
        entry("Who dug the tunnel?"),
    ]
    data = [
        {"title": "Bridge", "paragraphs": [{"context": BRIDGE, "qas": bridge}]},
        {"title": "Tunnel", "paragraphs": [{"context": TUNNEL, "qas": tunnel}]},
    ]
    path = folder / "some.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_it_prints_saves_and_draws_the_figures(home: Path) -> None:
    done = CliRunner().invoke(main, [str(write_set(home)), "--out", str(home / "out")])
    assert done.exit_code == 0, done.output
    saved = json.loads((home / "out" / "evaluate.json").read_text("utf-8"))
    (figures,) = saved["files"].values()
    assert figures["questions"] == 2
    assert figures["unanswerable questions"] == 1
    assert figures["passage@1"] == figures["quote@1"] == figures["answer EM"] == 1.0
    assert figures["AUROC"] == figures["answered at 5% false"] == 1.0
    assert set(figures["baselines"]) == {"BM25", "vectors", "reciprocal-rank fusion"}
    assert 0 < figures["search ms"]["median"] < figures["total ms"]["median"]
    assert "quote@1" in done.output
    drawn = {path.name for path in (home / "out").glob("*.png")}
    assert drawn == {"quote-at-1.png", "reliability.png", "risk-coverage.png"}


def test_questions_may_be_asked_as_people_type_them(home: Path) -> None:
    gold = Gold("When was the Old Bridge opened?", None, (), ("May 1998",))
    typed = type_all_casually([gold] * 20)
    assert {each.answers for each in typed} == {gold.answers}
    assert all(each.text == each.text.lower().rstrip("?") for each in typed)
    assert len({each.text for each in typed}) > 2
    asked = [str(write_set(home)), "--out", str(home / "out"), "--typed"]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert json.loads((home / "out" / "evaluate.json").read_text("utf-8"))["typed"]


def test_a_file_that_cannot_be_read_is_one_sentence(home: Path) -> None:
    path = home / "odd.json"
    path.write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(main, [str(path)])
    assert done.exit_code == 1
    assert done.output.strip().splitlines()[-1].startswith(f"Error: {path} is not in SQuAD format")
