"""The tokens of many workspaces, kept encrypted in the state database.

Bolt's own tables hold them. Only what this module encrypted goes in, so a copy of the database
opens nothing without TOKEN_KEY.
"""

from __future__ import annotations

import copy
import datetime as dt
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
        """Stores an installation, encrypted, in place of the one before."""
        await self._guest.run(self._save, self._cipher.encrypt(installation))

    async def async_save_bot(self, bot: Bot) -> None:
        """Stores a bot's part of an installation, encrypted."""
        await self._guest.run(self._store.save_bot, self._cipher.encrypt(bot))

    async def bot_of(self, workspace: str, organisation: str = "") -> Bot | None:
        """Returns the bot that speaks in a workspace; None where the app is not installed.

        Args:
            workspace: The workspace, which may belong to any Enterprise Grid organisation.
            organisation: The organisation that Slack names, where the app may be installed for all
                workspaces; empty where nobody names it.
        """
        found = await self._guest.run(self._bot_of, workspace, organisation)
        return None if found is None else self._cipher.decrypt(found)

    async def remove(
        self, workspace: str, organisation: str, *, everywhere: bool | None
    ) -> set[str]:
        """Deletes every row of an installation; returns the workspaces that lose the app."""
        return await self._guest.run(self._remove, workspace, organisation, everywhere=everywhere)

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

    def _save(self, installation: Installation) -> None:
        """Stores an installation, and deletes what earlier installations of the same left."""
        self._store.save(installation)
        for table in (self._store.bots, self._store.installations):
            kept = table.c
            same = (kept.client_id == self._store.client_id) & (
                kept.team_id == installation.team_id
                if installation.team_id
                else (kept.enterprise_id == installation.enterprise_id) & kept.team_id.is_(None)
            )
            with self._guest.engine.begin() as connection:
                rows = table.select().where(same).order_by(kept.id.desc())
                newest = connection.execute(rows).mappings().first()
                if newest is not None:
                    connection.execute(table.delete().where(same, kept.id != newest["id"]))

    def _bot_of(self, workspace: str, organisation: str) -> Bot | None:
        """Returns the workspace's own bot, or else its organisation's, still encrypted.

        Slack names the organisation with each event, but a claim that outlives the process has only
        its workspace. So the first event leaves a row without a token, which names the
        organisation of the workspace.
        """
        bots = self._store.bots
        theirs = (bots.c.client_id == self._store.client_id) & (bots.c.team_id == workspace)
        with self._guest.engine.connect() as connection:
            found = connection.execute(bots.select().where(theirs).order_by(bots.c.id.desc()))
            rows = found.mappings().all()
        own = next((row for row in rows if row["bot_token"]), None)
        if own is not None:
            return self._store.build_bot_entity(own)
        organisation = str(rows[0]["enterprise_id"]) if rows else organisation
        if not organisation:
            return None
        bot = self._store.find_bot(enterprise_id=organisation, team_id=None)
        if bot is not None and workspace and not rows:
            self._store.save_bot(_pointer(bot, workspace))
        return bot

    def _remove(self, workspace: str, organisation: str, *, everywhere: bool | None) -> set[str]:
        """Deletes the rows of a workspace, or of all workspaces that share its installation."""
        left = {workspace} - {""}
        for table in (self._store.bots, self._store.installations):
            kept = table.c
            client = kept.client_id == self._store.client_id
            gone = kept.team_id == workspace
            shared = (kept.enterprise_id == organisation) & kept.is_enterprise_install.is_(True)
            with self._guest.engine.begin() as connection:
                found = connection.execute(table.select().where(client, gone | shared))
                rows = found.mappings().all()
                own = any(row["team_id"] == workspace and row["bot_token"] for row in rows)
                if organisation and (everywhere or (everywhere is None and not own)):
                    left |= {str(row["team_id"]) for row in rows if row["team_id"]}
                    gone = gone | shared
                connection.execute(table.delete().where(client, gone))
        return left


def _pointer(bot: Bot, workspace: str) -> Bot:
    """Returns a row that says to which organisation a workspace belongs; it has no token."""
    pointer = copy.copy(bot)
    pointer.team_id = workspace
    pointer.bot_token = ""
    pointer.bot_refresh_token = None
    return pointer


class OAuthStates(AsyncOAuthStateStore):
    """The numbers that tie the end of an installation to its beginning."""

    def __init__(self, state: State) -> None:
        self._guest = state.guest()
        engine = self._guest.engine
        self._store = SQLAlchemyOAuthStateStore(expiration_seconds=STATE_S, engine=engine)
        self._store.create_tables()  # type: ignore[no-untyped-call]  # Bolt's is untyped

    async def async_issue(self, *args: object, **kwargs: object) -> str:
        """Returns a new number; numbers that are too old are deleted."""
        await self._guest.run(self._sweep)
        return await self._guest.run(self._store.issue, *args, **kwargs)

    async def async_consume(self, state: str) -> bool:
        """Returns whether the number is ours, fresh, and was not used before."""
        return await self._guest.run(self._store.consume, state)

    def _sweep(self) -> None:
        """Deletes the numbers of installations that nobody finished."""
        states = self._store.oauth_states
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)  # as slack_sdk writes it
        with self._guest.engine.begin() as connection:
            connection.execute(states.delete().where(states.c.expire_at < now))
