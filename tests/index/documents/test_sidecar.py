"""Metadata from beside a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.documents.fields import NO_FIELDS
from index.documents.sidecar import is_sidecar, read_sidecar

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sidecar_gives_the_fields_of_the_file_it_stands_beside(tmp_path: Path) -> None:
    (tmp_path / "a.txt.json").write_text('{"title": "Real title"}')
    assert read_sidecar(tmp_path / "a.txt", tmp_path).values == {"title": "Real title"}
    assert read_sidecar(tmp_path / "b.txt", tmp_path) == NO_FIELDS


@pytest.mark.parametrize("content", ["not json", "[]", '"text"', "", "[" * 60_000])
def test_a_sidecar_that_cannot_be_used_has_no_fields_and_a_fault(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "a.txt.json").write_text(content)
    found = read_sidecar(tmp_path / "a.txt", tmp_path)
    assert (found.values, found.faults) == ({}, (("", "it is no JSON object"),))


def test_a_json_file_is_a_sidecar_only_beside_the_file_that_it_names(tmp_path: Path) -> None:
    for name in ("a.txt", "a.txt.json", "b.txt.json"):
        (tmp_path / name).write_text("{}")
    found = [path.name for path in sorted(tmp_path.iterdir()) if is_sidecar(path)]
    assert found == ["a.txt.json"]
