"""The tokens of many workspaces, kept encrypted in the state database.

Bolt's own tables hold them. Only what this module encrypted goes in, so a copy of the database
opens nothing without TOKEN_KEY.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from bot.slack.access import MAKE_KEY
from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.state.state import State

STATE_S = 600  # how long an installation may take from the first click to the last
SECRETS = (
    "bot_token",
    "bot_refresh_token",
    "user_token",
    "user_refresh_token",
    "incoming_webhook_url",
    "incoming_webhook_configuration_url",
)

Kept = TypeVar("Kept", Bot, Installation)


class TokenCipher:
    """Encrypts and decrypts tokens."""

    def __init__(self, keys: str) -> None:
        """Takes one key, or several with commas between them.

        The first key encrypts; all of them decrypt.

        Raises:
            PlatformError: One of them is not a key.
        """
        try:
            self._fernet = MultiFernet([Fernet(key.strip()) for key in keys.split(",")])
        except ValueError:
            raise PlatformError(f"TOKEN_KEY is not a key: {MAKE_KEY}.") from None

    def encrypt(self, kept: Kept) -> Kept:
        """Returns a copy with every secret encrypted."""
        return self._change_secrets(
            kept, lambda secret: self._fernet.encrypt(secret.encode()).decode()
        )

    def decrypt(self, kept: Kept) -> Kept:
        """Returns a copy with every secret readable.

        Raises:
            PlatformError: The secrets were encrypted with another key.
        """
        return self._change_secrets(kept, self._open)

    def check(self, sealed: list[str]) -> None:
        """Checks that every token can be opened.

        Raises:
            PlatformError: One of them was encrypted with another key.
        """
        for token in sealed:
            self._open(token)

    def _open(self, secret: str) -> str:
        try:
            return self._fernet.decrypt(secret.encode()).decode()
        except InvalidToken:
            raise PlatformError(
                "TOKEN_KEY does not open the tokens in the database: put the key back that "
                "sealed them, beside the new one, parted by a comma."
            ) from None

    def _change_secrets(self, kept: Kept, change: Callable[[str], str]) -> Kept:
        changed = copy.copy(kept)
        for name in SECRETS:
            if secret := getattr(kept, name, None):
                setattr(changed, name, change(secret))
        return changed


class Installations(AsyncInstallationStore):
    """The workspaces that have installed the app, and their tokens."""

    def __init__(self, state: State, client_id: str, cipher: TokenCipher) -> None:
        self._guest = state.guest()
        self._cipher = cipher
        self._store = SQLAlchemyInstallationStore(client_id=client_id, engine=self._guest.engine)
        # Bolt's tables change with Bolt, not with our migrations.
        self._store.create_tables()  # type: ignore[no-untyped-call]  # Bolt's is untyped

    async def check_key(self) -> None:
        """Opens every bot token that is kept.

        Raises:
            PlatformError: TOKEN_KEY does not open one of them.
        """
        self._cipher.check(await self._guest.run(self._sealed))

    def _sealed(self) -> list[str]:
        """Returns the bot tokens of all workspaces as they are kept."""
        with self._guest.engine.connect() as connection:
            rows = connection.execute(self._store.bots.select()).mappings()
            return [str(row["bot_token"]) for row in rows]

    async def async_save(self, installation: Installation) -> None:
        """Stores an installation, encrypted."""
        await self._guest.run(self._store.save, self._cipher.encrypt(installation))

    async def async_save_bot(self, bot: Bot) -> None:
        """Stores a bot's part of an installation, encrypted."""
        await self._guest.run(self._store.save_bot, self._cipher.encrypt(bot))

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Returns the bot of a workspace; None if it has not installed the app."""
        found = await self._guest.run(
            self._store.find_bot,
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )
        return None if found is None else self._cipher.decrypt(found)

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Returns the installation of a workspace; None if there is none."""
        found = await self._guest.run(
            self._store.find_installation,
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            is_enterprise_install=is_enterprise_install,
        )
        return None if found is None else self._cipher.decrypt(found)

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Deletes a workspace's bot."""
        await self._guest.run(self._store.delete_bot, enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Deletes a workspace's installation."""
        await self._guest.run(
            self._store.delete_installation,
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
        )


class OAuthStates(AsyncOAuthStateStore):
    """The numbers that tie the end of an installation to its beginning."""

    def __init__(self, state: State) -> None:
        self._guest = state.guest()
        engine = self._guest.engine
        self._store = SQLAlchemyOAuthStateStore(expiration_seconds=STATE_S, engine=engine)
        self._store.create_tables()  # type: ignore[no-untyped-call]  # Bolt's is untyped

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Returns a new number."""
        return await self._guest.run(self._store.issue, *args, **kwargs)

    async def async_consume(self, state: str) -> bool:
        """Returns whether the number is ours, fresh, and was not used before."""
        return await self._guest.run(self._store.consume, state)
