"""A library of format 1 opens without being built again.

The folder `format_1` was written by the program before its index was put in rooms, with a
`WordEncoder` of 16 dimensions. Its files must never change.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import faiss
import numpy as np
import pytest

from index.library.build import build_library, current_library
from tests.fakes import WordEncoder

OLD = Path(__file__).parent / "format_1"
VERSION = "f8e77dafd14fd9f1"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the articles and of their library, as if the articles had never been touched."""
    for name in ("articles", "library"):
        shutil.copytree(OLD / name, tmp_path / name)
    path = tmp_path / "library" / "current.json"
    pointer = json.loads(path.read_text())
    for name, _, changed_ns in pointer["files"]:
        os.utime(tmp_path / "articles" / name, ns=(changed_ns, changed_ns))
    pointer["folder"] = str((tmp_path / "articles").resolve())
    path.write_text(json.dumps(pointer))
    return tmp_path


def test_a_library_of_before_opens_and_nothing_is_encoded(old: Path) -> None:
    encoder = WordEncoder(dim=16)
    library = current_library(old / "articles", old / "library", encoder)
    assert encoder.encoded == []
    assert library.version == VERSION
    assert [path.name for path in (old / "library" / "versions").iterdir()] == [VERSION]

    bridge, tunnel, ferry = library.articles
    assert (bridge.title, str(bridge.published)) == ("The new bridge", "2024-05-03")
    assert bridge.url == "https://paper.example/bridge"
    assert bridge.text[bridge.body :].startswith("# Work on the river")
    assert (tunnel.name, str(tunnel.published)) == ("The tunnel under the old town", "2024-06-14")
    assert (ferry.name, ferry.published) == ("untitled.text", None)
    for article in library.articles:
        assert article.text.encode() == (OLD / "articles" / article.slug).read_bytes()
    assert library.sentences[-2].text == "The tunnel was closed in June 😀. Nobody was hurt."
    assert library.dense.nearest(encoder.encode(["A ferry came."])[0], 1)[0][0] == 2
    assert [row for row, _ in library.lexical.best(["nobodi"], 5)] == [1]


def test_the_same_articles_give_the_same_files_as_before(tmp_path: Path) -> None:
    library = build_library(OLD / "articles", tmp_path, WordEncoder(dim=16))
    assert library.version == VERSION
    before, now = (folder / "versions" / VERSION for folder in (OLD / "library", tmp_path))
    assert {path.name for path in now.iterdir()} == {path.name for path in before.iterdir()}
    for name in ("texts.bin", "articles.json", "passages.npy", "sentences.npy", "first_words.npy"):
        assert (now / name).read_bytes() == (before / name).read_bytes(), name
    for name in ("first_sentences.npy", "passage_words.npy"):
        assert (now / name).read_bytes() == (before / name).read_bytes(), name
    words = [json.loads((folder / "words.json").read_text()) for folder in (before, now)]
    assert words[0] == words[1]
    # The last bit of a vector may depend on the processor.
    vectors = [np.load(folder / "sentence_vectors.npy") for folder in (before, now)]
    assert vectors[0].dtype == vectors[1].dtype
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-3)
    stored = [faiss.read_index(str(folder / "passages.faiss")) for folder in (before, now)]
    assert type(stored[0]) is type(stored[1])
    np.testing.assert_allclose(
        stored[0].reconstruct_n(0, 3), stored[1].reconstruct_n(0, 3), atol=1e-6
    )


def test_the_pointer_and_the_manifest_have_the_fields_of_before(tmp_path: Path) -> None:
    build_library(OLD / "articles", tmp_path, WordEncoder(dim=16))
    before, now = (
        json.loads((folder / "current.json").read_text()) for folder in (OLD / "library", tmp_path)
    )
    assert list(now) == list(before)
    assert [file[:2] for file in now["files"]] == [file[:2] for file in before["files"]]
    assert now["version"] == before["version"]
    assert [file[0] for file in now["skipped"]] == [file[0] for file in before["skipped"]]

    manifests = [
        json.loads((folder / "versions" / VERSION / "manifest.json").read_text())
        for folder in (OLD / "library", tmp_path)
    ]
    names = [set(manifest.pop("files")) for manifest in manifests]
    assert names[0] == names[1]
    assert manifests[0] == manifests[1]
