"""doctor, forget and gaps, as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from bot.__main__ import doctor, forget, gaps
from bot.chat.checkup import Check, check
from bot.cli.doctor import check_lines, check_machine
from bot.state.claims import ClaimStore
from bot.state.database import open_database
from config.errors import ArticlesError
from config.settings import load_settings
from tests.bot.desk.surfaces import ask

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClaimStore:
    """A database as the commands find it, with nothing else set."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID", "DISCORD_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    url = f"sqlite:///{tmp_path}/state.db"
    monkeypatch.setenv("DATABASE_URL", url)
    return ClaimStore(open_database(url))


def asked(store: ClaimStore, question: str, message: str) -> None:
    claim = store.claim(ask(question, message))
    assert claim is not None
    store.finish(claim, "not_found", reply="r")


def test_gaps_are_printed_as_lines_and_forgotten_with_their_asker(state: ClaimStore) -> None:
    asked(state, "Where is Atlantis?", "1")
    before = CliRunner().invoke(gaps, standalone_mode=False)
    gone = CliRunner().invoke(forget, ["ada"], standalone_mode=False)
    after = CliRunner().invoke(gaps, standalone_mode=False)

    assert json.loads(before.output)["question"] == "Where is Atlantis?"
    assert gone.output == "1 questions of ada are deleted.\n"
    assert after.output == ""


def test_the_doctor_names_every_problem_and_goes_on(
    state: ClaimStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del state
    monkeypatch.setenv("ARTICLES", str(tmp_path / "nowhere"))
    monkeypatch.setenv("ENCODER_MODEL", str(tmp_path / "no-model"))

    result = CliRunner().invoke(doctor, standalone_mode=False)

    assert result.return_value == 2
    assert "✗ articles" in result.output
    assert "✗ model" in result.output
    assert "✓ state" in result.output
    assert "✓ disk" in result.output


@pytest.mark.model
def test_the_doctor_warns_of_what_others_may_read_and_says_how_to_change_that(
    state: ClaimStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoders: Path
) -> None:
    asked(state, "Where is Atlantis?", "1")  # so that the files beside the database are there
    monkeypatch.setenv("LIBRARY", str(tmp_path / "my library"))
    (tmp_path / "my library").mkdir()
    (tmp_path / "my library" / "encoders").symlink_to(encoders)
    (tmp_path / ".env").touch()
    kept = ["my library", ".env", "state.db", "state.db-wal", "state.db-shm"]
    for name in kept:
        (tmp_path / name).chmod(0o755)
    (warned,) = [each for each in check_machine(load_settings()) if each.name == "private"]
    for name in kept:
        (tmp_path / name).chmod(0o700)
    (fine,) = [each for each in check_machine(load_settings()) if each.name == "private"]

    assert warned.state == "warning"
    assert all(name in warned.text for name in kept)
    assert f"chmod 700 '{tmp_path}/my library'; chmod 600 .env" in warned.remedy
    assert f"chmod 600 {tmp_path}/state.db-wal" in warned.remedy
    assert fine.state == "ok"


def test_what_a_person_can_mend_is_a_check_and_not_an_error() -> None:
    def look() -> str:
        raise ArticlesError("seeds/ is empty: put articles there.")

    assert check("articles", look) == Check(
        "articles", "bad", "seeds/ is empty: put articles there."
    )


def test_a_remedy_stands_below_its_problem() -> None:
    lines = check_lines(Check("disk", "bad", "full [really]", "Free some."))
    assert lines == ["[red]✗[/red] disk: full \\[really]", "    Free some."]
