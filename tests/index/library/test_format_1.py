"""A library of format 1 is built anew, and nobody is asked.

The folder `format_1` was written by the program before its index was put in rooms, with a
`WordEncoder` of 16 dimensions. Its files must never change.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from config.errors import LibraryError
from index.library.build import build_library, current_library
from index.library.manifest import FORMAT, check_files
from tests.fakes import WordEncoder

OLD = Path(__file__).parent / "format_1"
VERSION = "f8e77dafd14fd9f1"
SLUGS = ("bridge.md", "towns/tunnel.txt", "untitled.text")


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


def _manifest(folder: Path, version: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (folder / "library" / "versions" / version / "manifest.json").read_text()
    )
    return found


def test_a_library_of_before_is_built_anew(old: Path) -> None:
    encoder = WordEncoder(dim=16)
    library = current_library(old / "articles", old / "library", encoder)
    assert encoder.encoded
    assert library.version != VERSION
    assert _manifest(old, library.version)["format"] == FORMAT

    by_slug = {article.slug: article for article in library.articles}
    bridge, tunnel, ferry = (by_slug[slug] for slug in SLUGS)
    assert (bridge.title, str(bridge.published)) == ("Work on the river", "2024-05-03")
    assert (tunnel.name, ferry.name) == ("The tunnel under the old town", "untitled.text")
    for article in (bridge, tunnel, ferry):
        assert article.text.encode() == (OLD / "articles" / article.slug).read_bytes()
    nearest = library.dense.nearest(encoder.encode(["A ferry came."])[0], 1)[0][0]
    assert library.passages[nearest].article is ferry
    found = [row for row, _ in library.lexical.best(["nobodi"], 5)]
    assert [library.passages[row].article for row in found] == [tunnel]


def test_what_was_built_anew_opens_without_being_built_again(old: Path) -> None:
    built = current_library(old / "articles", old / "library", WordEncoder(dim=16))
    encoder = WordEncoder(dim=16)
    opened = current_library(old / "articles", old / "library", encoder)
    assert encoder.encoded == []
    assert opened.version == built.version
    assert [s.text for s in opened.sentences] == [s.text for s in built.sentences]


def test_a_library_of_before_that_is_built_by_name_is_built_anew_too(old: Path) -> None:
    assert build_library(old / "articles", old / "library", WordEncoder(dim=16)).version != VERSION


def test_a_version_of_before_is_refused_by_its_format(old: Path) -> None:
    with pytest.raises(LibraryError, match="has format 1, this program reads"):
        check_files(old / "library" / "versions" / VERSION, WordEncoder(dim=16))
