"""Writing the encoder's graphs: a graph that differs from the original is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import ModelError
from index.models.export import export_encoder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


@pytest.mark.parametrize("limit", ["_MIN_COSINE", "_MIN_TOKENS_COSINE"])
def test_a_graph_that_is_not_the_original_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(f"index.models.export.{limit}", 1.1)
    with pytest.raises(ModelError, match=r"all-MiniLM-L6-v2 differs from the original"):
        export_encoder("all-MiniLM-L6-v2", tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[{]")
    with pytest.raises(ModelError, match="sentence-transformers cannot load"):
        export_encoder(str(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out").exists()
