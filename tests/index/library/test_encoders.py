"""The library's own copy of the encoder."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from config.errors import LibraryError
from index.library.encoders import open_encoder
from index.models.encoder import CARD

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.model
def test_the_copys_folder_has_the_name_that_older_libraries_use(encoders: Path) -> None:
    assert [path.name for path in encoders.iterdir()] == ["all-MiniLM-L6-v2-07db4e1f"]


@pytest.mark.model
def test_an_encoder_of_an_older_version_is_written_anew(encoders: Path, tmp_path: Path) -> None:
    (home,) = encoders.iterdir()
    (tmp_path / "encoders").mkdir()
    copy = shutil.copytree(home, tmp_path / "encoders" / home.name)
    card = json.loads((copy / CARD).read_text())
    del card["files"]["states.onnx"]
    (copy / CARD).write_text(json.dumps(card))
    (copy / "states.onnx").unlink()
    (copy / "encoder.onnx").write_bytes(b"old")
    encoder = open_encoder(tmp_path, "all-MiniLM-L6-v2")
    assert len(encoder.token_vectors(["a word"])[0].vectors) == 2
    assert [path.name for path in (tmp_path / "encoders").iterdir()] == [home.name]


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LibraryError, match=r"file cannot be written"):
        open_encoder(tmp_path / "file", "all-MiniLM-L6-v2")
