"""Settings: read once, checked at once, and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from config.errors import SettingsError
from config.settings import Settings, load_settings, secrets_of

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


ADDRESSES = pytest.mark.parametrize(
    ("variable", "secure", "plain"),
    [
        ("SLACK_API_URL", "https", "http"),
        ("DISCORD_API_URL", "https", "http"),
        ("DISCORD_GATEWAY_URL", "wss", "ws"),
    ],
)


@ADDRESSES
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]", "LOCALHOST"])
def test_an_address_without_encryption_is_taken_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, variable: str, secure: str, plain: str, host: str
) -> None:
    for url in (f"{plain}://{host}:9/api", f"{secure}://{host}:9/api", f"{secure}://slack.test/"):
        monkeypatch.setenv(variable, url)
        load_settings()


@ADDRESSES
@pytest.mark.parametrize(
    "host",
    [
        "slack.com", "10.0.0.1", "[::]", "localhost.evil.example", "127.0.0.1.evil.example",
        "localhost@evil.example", "127.0.0.1\\@evil.example", "evil.example\\@127.0.0.1", "",
        "[::2]", "[", "2130706433", "127.0.0.1 .evil.example", "evil.example#@localhost",
    ],
)  # fmt: skip
def test_an_address_without_encryption_is_refused_elsewhere_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, secure: str, plain: str, host: str
) -> None:
    monkeypatch.setenv(variable, f"{plain}://{host}/api")
    with pytest.raises(SettingsError, match=rf"{variable}: .*must start with {secure}://"):
        load_settings()


def test_every_secret_is_named_so_that_the_log_can_leave_it_out() -> None:
    settings = Settings(
        slack_bot_token=SecretStr("xoxb-1"),
        token_key=SecretStr("one,two"),
        database_url=SecretStr("postgresql://me:pass%20word@host/db"),
    )
    assert {"xoxb-1", "one", "two", "pass%20word"} <= set(secrets_of(settings))
    assert "sqlite" not in "".join(secrets_of(Settings()))
