"""State: one door to everything that is kept."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.page.phrases import ENGLISH, GERMAN
from bot.state.channel_rules import Rules
from bot.state.state import State
from tests.bot.desk.surfaces import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

BOT = Path(__file__).parents[3] / "bot"
ALLOWED = {
    "ask": {"Ask", "Key", "Kind", "NO_WORKSPACE", "Origin", "SMALL_TALK"},
    "channel_rules": {"Mode", "Rules"},
    "claims": {"Claim", "LEASE_S"},
    "database": {"BUSY_S", "UNREACHABLE"},
    "feedback": {"REASONS", "Verdict"},
    "history": {"Gap", "GapScope"},
    "state": {"State"},
}
"""What the other rooms may know of `bot.state`: State, the values that go in and out,
and the errors of an outage."""


@pytest.fixture
def state() -> Iterator[State]:
    opened = State.open("sqlite://")
    yield opened
    opened.close()


def imported_from_state(path: Path) -> Iterator[tuple[str, str]]:
    """The (module, name) pairs that a file imports from `bot.state`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((a.name, "*") for a in node.names if a.name.startswith("bot.state"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.state"):
            module = str(node.module).removeprefix("bot.state").removeprefix(".")
            yield from ((module, alias.name) for alias in node.names)


def test_no_other_room_knows_the_stores_the_tables_or_the_engine() -> None:
    others = [path for path in BOT.rglob("*.py") if BOT / "state" not in path.parents]
    assert len(others) > 50
    known = {(path, *found) for path in others for found in imported_from_state(path)}
    assert [entry for entry in known if entry[2] not in ALLOWED.get(entry[1], ())] == []
    assert known


def test_only_one_module_is_a_guest_of_the_database() -> None:
    guests = [path.name for path in BOT.rglob("*.py") if ".guest()" in path.read_text("utf-8")]
    assert guests == ["installations.py"]


async def test_a_guest_works_on_the_same_database_in_a_thread(state: State) -> None:
    guest = state.guest()

    def count(table: str) -> int:
        with guest.engine.connect() as connection:
            return len(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608  # ours

    await state.claim([ask()])
    assert await guest.run(count, "claims") == 1
    assert await guest.run(count, table="feedback") == 0


async def test_the_rules_of_a_workspace_that_left_are_forgotten_at_once(state: State) -> None:
    key = ask().key
    await state.set_rules(key, Rules("threads"))
    assert await state.rules(key) == Rules("threads")
    await state.forget_workspace("paper", "W")
    assert await state.rules(key) == Rules()


async def test_the_fixed_words_are_in_the_language_of_the_channel(state: State) -> None:
    await state.set_rules(ask(channel="C").key, Rules(language="de"))
    assert await state.phrases(ask(channel="C").key) == GERMAN
    assert await state.phrases(ask(channel="D").key) == ENGLISH


def test_a_state_says_which_database_keeps_it(state: State) -> None:
    assert state.kind == "sqlite"
