"""The real encoder: the vectors of sentence-transformers, from files that are whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import threadpoolctl

from config.errors import ModelError
from index.models.encoder import CARD, OnnxEncoder
from index.models.weights import model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TEXTS = ["where is the HQ?", "Défense à Bruxelles — 価格 😀", "", "word " * 600, "NATO"]

pytestmark = pytest.mark.model


@pytest.fixture
def home(encoders: Path) -> Path:
    """The folder of the exported encoder."""
    (folder,) = encoders.iterdir()
    return folder


@pytest.fixture(scope="module")
def original() -> SentenceTransformer:
    """The model that the encoder was exported from."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  -- takes seconds

    folder = str(model_folder("all-MiniLM-L6-v2"))
    return SentenceTransformer(folder, device="cpu", local_files_only=True)


def test_the_vectors_are_those_of_sentence_transformers(
    home: Path, original: SentenceTransformer
) -> None:
    theirs = original.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(OnnxEncoder(home).encode(TEXTS), theirs, atol=2e-4)


def test_a_texts_vector_does_not_depend_on_its_neighbours(home: Path) -> None:
    encoder = OnnxEncoder(home)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-5)


def test_the_token_vectors_are_close_to_those_of_sentence_transformers(
    home: Path, original: SentenceTransformer
) -> None:
    theirs = original.encode(TEXTS, output_value="token_embeddings")
    for text, ours, wanted in zip(
        TEXTS, OnnxEncoder(home).token_vectors(TEXTS), theirs, strict=True
    ):
        inner = wanted.numpy()[1:-1]
        assert len(ours.offsets) == len(ours.vectors) == len(inner)
        cosines = np.sum(ours.vectors * inner, axis=1) / np.linalg.norm(inner, axis=1)
        assert cosines.min(initial=1) > 0.95  # int8: .98 to .99 in the mean
        assert all(text[start:end].strip() for start, end in ours.offsets)


def test_common_words_are_known_and_misspelt_words_are_not(home: Path) -> None:
    encoder = OnnxEncoder(home)
    assert all(encoder.is_word(word) for word in ("price", "mayor", "where", "headquarters"))
    assert not any(encoder.is_word(word) for word in ("prise", "mayro", "presdient", "አዲስ"))


def test_no_text_gives_no_vector_and_progress_counts_every_text(home: Path) -> None:
    heard: list[int] = []
    assert OnnxEncoder(home).encode([], progress=heard.append).shape == (0, 384)
    OnnxEncoder(home).encode(["text"] * 70, progress=heard.append)
    assert sum(heard) == 70


def test_opening_and_encoding_do_not_import_torch(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.models.encoder import OnnxEncoder;"
        f"OnnxEncoder(Path({str(home)!r})).encode(['text']);"
        "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)  # noqa: S603  -- our code


def test_numpy_leaves_the_processors_to_the_token_graphs(home: Path) -> None:
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
