"""`python -m index`, which is `clipping index` as well: build, check, describe."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

import index.__main__ as command_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.model


@pytest.fixture
def run(
    tmp_path: Path,
    encoders: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Run the command in a folder with two articles, one of them unreadable."""
    (tmp_path / ".clipping").mkdir()
    (tmp_path / ".clipping" / "encoders").symlink_to(encoders)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(
        "A headline of some words\n\nJune 14, 2024\n\nText.\n"
    )
    (tmp_path / "seeds" / "b.txt").write_bytes(b"\0")
    monkeypatch.chdir(tmp_path)
    for name in ("ARTICLES", "LIBRARY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["index", *arguments])
        try:
            command_line.main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, *capfd.readouterr()

    return run


def test_build_names_the_library_and_what_it_left_out(run: Run) -> None:
    status, out, err = run("build")
    assert status == 0
    assert out.endswith(": 1 articles, 1 passages.\n")
    assert "Skipped b.txt: it holds NUL bytes (byte 0): it is not text." in err


def test_describe_lists_the_articles_with_date_and_title(run: Run) -> None:
    status, out, _ = run("describe")
    assert status == 0
    assert "  a.txt  2024-06-14  A headline of some words\n" in out


def test_check_names_bad_files_and_damage(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("check")
    assert status == 0
    assert "Skipped b.txt" in out
    assert "is whole and in step with seeds" in out

    (damaged,) = tmp_path.glob(".clipping/versions/*/passages.npy")
    damaged.write_bytes(b"")
    status, _, err = run("check")
    assert status == 2
    assert "passages.npy is missing or damaged" in err
    assert run("build")[0] == 0
    assert run("check")[0] == 0


def test_check_finds_a_change_that_keeps_the_size_and_the_time(run: Run, tmp_path: Path) -> None:
    assert run("build")[0] == 0
    path = tmp_path / "seeds" / "a.txt"
    status = path.stat()
    path.write_text(path.read_text().replace("Text.", "Tact."))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    code, _, err = run("check")
    assert code == 2
    assert "a.txt has changed, though its size and time of change have not: run" in err
    assert run("build")[0] == 0
    assert run("check")[0] == 0


def test_a_wrong_command_is_an_error(run: Run) -> None:
    assert run("rebuild")[0] == 2
    assert run("--articles", "nowhere", "build")[0] == 2
