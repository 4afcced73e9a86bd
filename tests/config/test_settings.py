"""Settings: read once, checked at once, and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import SettingsError
from config.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without .env, and an environment without our variables."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_everything_has_a_default() -> None:
    assert load_settings() == Settings.model_construct()


def test_the_environment_wins_over_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nARTICLES=mine\n# a comment\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "5000")
    settings = load_settings()
    assert settings.port == 5000
    assert str(settings.articles) == "mine"


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THRESHOLD", "")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert load_settings().threshold is None
    assert load_settings().slack_bot_token is None


def test_one_message_names_every_problem_and_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "xoxb-by-mistake")
    monkeypatch.setenv("THRESHOLD", "1.5")
    monkeypatch.setenv("SLACK_MODE", "carrier-pigeon")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert all(name in message for name in ("PORT", "THRESHOLD", "SLACK_MODE"))
    assert "xoxb" not in message
    assert "pigeon" not in message
    assert caught.value.__cause__ is None


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:secret@db/bot")
    assert "secret@" not in repr(load_settings())
    assert "xoxb-secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("given", "used"),
    [("http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"), ("https://x/api/", "https://x/api/")],
)
def test_slacks_address_ends_in_a_slash(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    monkeypatch.setenv("SLACK_API_URL", given)
    assert load_settings().slack_api_url == used


def test_an_address_of_slack_without_its_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "slack.com/api")
    with pytest.raises(SettingsError, match=r"SLACK_API_URL: .*must start with http"):
        load_settings()
