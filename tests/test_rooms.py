"""The rooms: each library stays in its own, and no room imports one above it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each runs the linter in a process of its own

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "config", "index", "retrieval")
OWNERS = {"slack_sdk": "bot.slack", "discord": "bot.discord", "sqlalchemy": "bot.state"}
ROOMS = sorted(
    ".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "bot").glob("*/__init__.py")
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code that a test may spoil."""
    for package in PACKAGES:
        without = shutil.ignore_patterns("__pycache__", "*.onnx", "*.json", "*.npz")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=without)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken(copy: Path) -> set[tuple[str, str]]:
    """What `make imports` finds: (module, what it must not import)."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(  # noqa: S603  -- our own linter
        [linter, "--no-cache"], cwd=copy, capture_output=True, encoding="utf-8", check=False
    )
    found = set(re.findall(r"^- +([\w.]+) -> ([\w.]+)", done.stdout, re.MULTILINE))
    assert (done.returncode == 0) is not bool(found), done.stdout
    return found


def plant(copy: Path, room: str, statement: str) -> None:
    """Add a module with one import to a room."""
    Path(copy, *room.split("."), "planted.py").write_text(f"{statement}\n", encoding="utf-8")


def test_a_library_is_found_in_every_room_but_its_own(copy: Path) -> None:
    rooms = [*ROOMS, "retrieval", "index", "config"]
    for room in rooms:
        plant(copy, room, f"import {', '.join(OWNERS)}")
    elsewhere = {
        (f"{room}.planted", library)
        for room in rooms
        for library, owner in OWNERS.items()
        if room != owner
    }
    assert broken(copy) == elsewhere


@pytest.mark.parametrize(
    ("room", "above"),
    [
        ("bot.page", "bot.state.ask"),
        ("bot.state", "bot.desk.surface"),
        ("bot.desk", "bot.chat.health"),
        ("bot.chat", "bot.slack.blocks"),
        ("bot.slack", "bot.discord.markdown"),
        ("bot.discord", "bot.cli.logs"),
        ("retrieval", "retrieval.evaluation.gold"),
        ("retrieval.evaluation", "retrieval.training.pool"),
        ("index.documents", "index.passages.words"),
        ("index.passages", "index.library.dense"),
        ("index.models", "index.passages.words"),
        ("index.models", "index.documents.spans"),
        ("index.documents", "onnxruntime"),
        ("index.passages", "torch"),
        ("index.library", "sentence_transformers"),
        ("index.documents", "transformers"),
        ("index.models", "faiss"),
        ("config", "index.documents.spans"),
        ("index", "retrieval.answers"),
        ("retrieval", "bot.page.reply"),
    ],
)
def test_a_room_does_not_import_the_room_above(copy: Path, room: str, above: str) -> None:
    plant(copy, room, f"import {above}")
    assert (f"{room}.planted", above) in broken(copy)


def test_every_room_says_what_is_in_it_and_what_it_may_import() -> None:
    for room in ROOMS:
        text = Path(ROOT, *room.split("."), "__init__.py").read_text("utf-8")
        assert re.fullmatch(r'"""[^"]+\.\n\n[^"]*[Ii]mport[^"]+\.\n"""\n', text), room
