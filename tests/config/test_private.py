"""What Clipping writes is for whoever runs it alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from config.private import is_open_to_others, make_private_file, make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    """What most machines have: others may read what is not made private."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_folder_and_those_it_lacks_above_it_are_private(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    make_private_folder(there / "a" / "b")
    assert [mode(path) for path in (there, there / "a", there / "a" / "b")] == [
        0o755, 0o700, 0o700,
    ]  # fmt: skip


def test_a_file_is_private_and_one_that_was_there_stays_as_it_is(tmp_path: Path) -> None:
    new, old = tmp_path / "new" / "file", tmp_path / "old"
    old.write_text("kept")
    make_private_file(new)
    make_private_file(old)
    assert (mode(new.parent), mode(new), mode(old)) == (0o700, 0o600, 0o644)
    assert old.read_text() == "kept"
    assert [is_open_to_others(path) for path in (new, old, tmp_path / "no")] == [False, True, False]


def test_what_a_command_writes_is_private(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from config.command_line import run_command;"
        "run_command(lambda standalone_mode: (Path('d').mkdir(), Path('f').touch()))"
    )
    path = os.pathsep.join(sys.path)
    subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", script], cwd=tmp_path, check=True, env={"PYTHONPATH": path}
    )
    assert (mode(tmp_path / "d"), mode(tmp_path / "f")) == (0o700, 0o600)
