"""The pointer file: whole, or named as damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import LibraryError
from index.library.pointer import read_pointer, write_pointer

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) is None
    write_pointer(tmp_path, "v1", {"folder": "x"})
    write_pointer(tmp_path, "v2", {"folder": "y"})
    assert read_pointer(tmp_path) == {"version": "v2", "folder": "y"}


def test_writing_leaves_no_scratch_file(tmp_path: Path) -> None:
    write_pointer(tmp_path, "v1", {})
    assert [path.name for path in tmp_path.iterdir()] == ["current.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\udcff"])
def test_a_damaged_pointer_is_named_with_the_command_that_mends_it(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "current.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(LibraryError, match=r"current\.json is damaged: run `clipping index build`"):
        read_pointer(tmp_path)
