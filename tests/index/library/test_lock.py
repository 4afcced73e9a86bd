"""Several builders of one library, builders that were killed, and disks that are full."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import time
from typing import TYPE_CHECKING

import pytest

from config.errors import LibraryError
from index.digest import file_digest
from index.library.build import build_library, current_library
from index.library.lock import LOCK, only_writer
from index.library.manifest import MANIFEST
from index.library.pointer import read_pointer
from index.library.storage import open_library, save_library
from tests.fakes import WordEncoder, library_of

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

# A child that shares nothing with this process, as two builders on one machine.
PROCESSES = multiprocessing.get_context("spawn")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Bridge {number} opened in May. " * 50)
    return folder


def build_many_times(start: Barrier, articles: Path, library: Path) -> None:
    start.wait()
    for turn in range(5):
        # Each turn is another version, so that older versions are deleted meanwhile.
        encoder = WordEncoder(digest=f"words-{turn % 3}")
        build_library(articles, library, encoder)


def test_two_builders_of_one_folder_both_end_well_with_one_library(
    articles: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    start = PROCESSES.Barrier(2)
    builders = [
        PROCESSES.Process(target=build_many_times, args=(start, articles, library))
        for _ in range(2)
    ]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [builder.exitcode for builder in builders] == [0, 0]

    opened = open_library(library, WordEncoder(digest="words-1"))
    assert len(opened.articles) == 20
    assert sorted(path.name for path in library.iterdir()) == [LOCK, "current.json", "versions"]
    assert len(list((library / "versions").iterdir())) == 2


def hold_and_die(library: Path, held: Path) -> None:
    """Writes what a builder writes, and is killed in the middle of it."""
    with only_writer(library):
        for name in ("versions/tmpdead/version", "encoders/tmpdead/encoder"):
            (library / name).mkdir(parents=True)
            (library / name / "half").write_bytes(b"x")
        (library / f".current.json.{os.getpid()}").write_text("{")
        held.touch()
        time.sleep(600)


def test_what_a_killed_builder_left_is_swept_by_the_next(articles: Path, tmp_path: Path) -> None:
    library, held = tmp_path / "library", tmp_path / "held"
    dying = PROCESSES.Process(target=hold_and_die, args=(library, held))
    dying.start()
    while not held.exists() and dying.is_alive():
        time.sleep(0.01)
    os.kill(dying.pid or 0, signal.SIGKILL)
    dying.join()

    build_library(articles, library, WordEncoder())
    left = [path.relative_to(library).as_posix() for path in library.rglob("*dead*")]
    assert left + [path.name for path in library.glob(".current*")] == []
    assert open_library(library, WordEncoder()).articles


def wait_and_say_so(library: Path, said: Path) -> None:
    with only_writer(library, said.touch):
        pass


def test_who_waits_for_another_builder_says_so(tmp_path: Path) -> None:
    said = tmp_path / "waits"
    waiting = PROCESSES.Process(target=wait_and_say_so, args=(tmp_path / "library", said))
    with only_writer(tmp_path / "library"):
        waiting.start()
        while not said.exists() and waiting.is_alive():
            time.sleep(0.01)
    waiting.join()
    assert (said.exists(), waiting.exitcode) == (True, 0)


def build_on_a_full_disk(articles: Path, library: Path, limit: int, said: Path) -> None:
    """Builds where no file may be larger than `limit`, which fails in the middle of a file."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
    try:
        build_library(articles, library, WordEncoder())
    except LibraryError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        said.write_text(str(error))


@pytest.mark.parametrize("limit", [100, 2_000, 15_000, 40_000])
def test_a_full_disk_is_one_sentence_and_leaves_the_old_library(
    articles: Path, tmp_path: Path, limit: int
) -> None:
    library, said = tmp_path / "library", tmp_path / "said"
    old = current_library(articles, library, WordEncoder()).version
    pointer = read_pointer(library)
    (articles / "new.txt").write_text("A ferry came. " * 2_000)

    builder = PROCESSES.Process(target=build_on_a_full_disk, args=(articles, library, limit, said))
    builder.start()
    builder.join()

    assert builder.exitcode == 0
    assert f"The library's folder {library} cannot be written (" in said.read_text()
    assert "None" not in said.read_text()
    assert read_pointer(library) == pointer
    assert open_library(library, WordEncoder()).version == old


def test_a_text_that_was_altered_together_with_its_digest_is_refused(tmp_path: Path) -> None:
    save_library(library_of("The seat is in Wiesbaden."), tmp_path, {})
    version = tmp_path / "versions" / "test"
    (version / "texts.bin").write_bytes(b"The seat is in Darmstadt.")
    manifest = json.loads((version / MANIFEST).read_text())
    manifest["files"]["texts.bin"] = file_digest(version / "texts.bin")
    (version / MANIFEST).write_text(json.dumps(manifest))

    with pytest.raises(LibraryError, match=r"text of 0\.txt .*clipping index build"):
        open_library(tmp_path, WordEncoder())
