"""Settings: the only code that reads what is set in the environment or in .env."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.addresses import check_address
from config.errors import SettingsError

PASSWORD = re.compile(r"\A[\w+.-]+://[^:/@]*:(.+)@")  # in an address


class Settings(BaseSettings):
    """Everything that can be set.

    The variable of a field has the field's name in capitals. The environment wins over .env, and an
    empty value means the default. Secrets do not show in a representation.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    articles: Path = Path("seeds")
    library: Path = Path(".clipping")
    follow_links: bool = False
    encoder_model: str = "all-MiniLM-L6-v2"
    reader_model: str = "clipping"
    threshold: Annotated[float, Field(ge=0.0, le=1.0)] | None = None

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str = ""
    slack_client_secret: SecretStr | None = None
    token_key: SecretStr | None = None
    slack_mode: Literal["socket", "http"] = "socket"
    slack_api_url: str = "https://slack.com/api/"
    discord_token: SecretStr | None = None
    discord_message_content: bool = False
    discord_api_url: str = "https://discord.com/api/v10"
    discord_gateway_url: str = "wss://gateway.discord.gg/"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    health_host: str = "127.0.0.1"
    health_port: Annotated[int, Field(ge=0, le=65535)] | None = None

    database_url: SecretStr = SecretStr("sqlite:///.clipping/state.db")  # it may hold a password
    retention_days: Annotated[float, Field(gt=0)] = 30
    remove_deleted: bool = True
    gaps_show_private: bool = False
    limit_per_user: Annotated[int, Field(ge=0)] = 20
    limit_per_channel: Annotated[int, Field(ge=0)] = 60
    deadline_seconds: Annotated[float, Field(gt=0)] = 10
    queue_limit: Annotated[int, Field(gt=0)] = 1000
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_questions: bool = False
    answer_threads: Annotated[int, Field(gt=0)] = 4

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, url: str) -> str:
        """Adds the slash after which slack_sdk writes the name of a method."""
        check_address(url, "https")
        return url if url.endswith("/") else url + "/"

    @field_validator("discord_api_url")
    @classmethod
    def _ends_in_no_slash(cls, url: str) -> str:
        """Removes the slash: discord.py adds paths that begin with a slash."""
        check_address(url, "https")
        return url.rstrip("/")

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_a_socket(cls, url: str) -> str:
        check_address(url, "wss")
        return url


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Returns every secret value that is set: tokens, keys, and the database's password."""
    held = (getattr(settings, name) for name in Settings.model_fields if name != "database_url")
    values = (each.get_secret_value() for each in held if isinstance(each, SecretStr))
    passwords = PASSWORD.findall(settings.database_url.get_secret_value())
    return tuple(part for value in (*values, *passwords) for part in (value, *value.split(",")))


def load_settings() -> Settings:
    """Reads and checks every setting at once.

    Raises:
        SettingsError: Some variables cannot be used; one message names all of them, and no value.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise SettingsError(
            f"Settings in the environment or .env need a look: {problems}."
        ) from None
