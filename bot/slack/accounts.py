"""The workspaces the bot is in: one, by the token in the settings, or many that installed it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings

from bot.desk.surface import UnreachableError
from bot.slack.access import check_kinds, identify, web_client
from bot.slack.checkup import manifest
from bot.slack.installations import Installations, OAuthStates, TokenCipher
from bot.slack.place import Places
from bot.slack.token_watch import WatchedClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.access import Access, Identity
    from bot.slack.token_watch import TokenWatch
    from bot.state.state import State


class Accounts(Protocol):
    """Finds the token of each workspace."""

    app: AsyncApp

    @property
    def only_client(self) -> AsyncWebClient | None:
        """The client of the only workspace, under watch; None where there are many."""

    async def client_for(self, workspace: str) -> AsyncWebClient:
        """Returns a client that may post in that workspace.

        Raises:
            UnreachableError: The app is not installed there any more.
        """

    async def forget(
        self, workspace: str, organisation: str = "", *, everywhere: bool | None = None
    ) -> set[str]:
        """Deletes the tokens of an installation that was removed.

        Args:
            workspace: Where the app was removed; empty where a whole organisation removed it.
            organisation: The Enterprise Grid organisation of the workspace; empty for none.
            everywhere: Whether it was installed for the whole organisation; None where Slack does
                not say.

        Returns:
            The workspaces in which the app is no longer installed.
        """


async def open_accounts(
    access: Access, session: aiohttp.ClientSession, state: State, watch: TokenWatch
) -> Accounts:
    """Returns the accounts of one workspace or of many, as the settings have it.

    Raises:
        PlatformError: A token, a secret or a key is missing, of the wrong kind, or refused.
    """
    check_kinds(access)
    if access.client_id:
        many = ManyWorkspaces(access, session, state)
        await many.check_key()
        return many
    me = await identify(access, web_client(access, session, token=access.bot_token))
    watched = partial(WatchedClient, watch)
    client = web_client(access, session, token=access.bot_token, kind=watched)
    return OneWorkspace(access, session, client, me, Places(state))


class Authorized(AsyncAuthorize):
    """Tells Bolt who we are in a workspace, without asking Slack each time."""

    def __init__(self, find: Callable[[str, str], Awaitable[AuthorizeResult | None]]) -> None:
        self._find = find

    async def __call__(
        self, *, team_id: str | None, enterprise_id: str | None, **_request: Any
    ) -> AuthorizeResult | None:
        """Returns who we are there; None where the app is not installed."""
        return await self._find(team_id or "", enterprise_id or "")


class OneWorkspace:
    """The workspace of the token in the settings."""

    def __init__(
        self,
        access: Access,
        session: aiohttp.ClientSession,
        client: AsyncWebClient,
        me: Identity,
        places: Places,
    ) -> None:
        self.only_client = client
        self._client = client
        self._me = me
        self._token = access.bot_token
        # Without `authorize`, Bolt asks auth.test for each question before the first reply to it.
        # Bolt wants a secret even where nothing is signed: Socket Mode has no requests to check.
        self.app = AsyncApp(
            client=web_client(access, session),
            signing_secret=access.signing_secret or "socket mode",
            before_authorize=places.find,
            authorize=Authorized(self._find),  # type: ignore[arg-type]  # None: not installed
        )

    async def client_for(self, workspace: str) -> AsyncWebClient:  # noqa: ARG002  # there is one
        """Returns the only client."""
        return self._client

    async def forget(
        self,
        workspace: str,
        organisation: str = "",  # noqa: ARG002  # there is one
        *,
        everywhere: bool | None = None,  # noqa: ARG002  # as above
    ) -> set[str]:
        """Deletes nothing: the only token is in the settings, where its owner deletes it."""
        return {workspace}

    async def _find(self, workspace: str, organisation: str) -> AuthorizeResult:  # noqa: ARG002  # there is one
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self._me.workspace,
            bot_token=self._token,
            bot_id=self._me.bot,
            bot_user_id=self._me.user,
            user=self._me.name,
        )


class ManyWorkspaces:
    """The workspaces that installed the app by OAuth; the database holds their encrypted tokens."""

    def __init__(self, access: Access, session: aiohttp.ClientSession, state: State) -> None:
        self.only_client = None
        self._access = access
        self._session = session
        self._store = Installations(state, access.client_id, TokenCipher(access.token_key))
        settings = AsyncOAuthSettings(
            client_id=access.client_id,
            client_secret=access.client_secret,
            scopes=manifest()["oauth_config"]["scopes"]["bot"],
            user_scopes=[],
            installation_store=self._store,
            installation_store_bot_only=True,
            state_store=OAuthStates(state),
            authorization_url=access.api_url.removesuffix("api/") + "oauth/v2/authorize",
        )
        self.app = AsyncApp(
            client=web_client(access, session),
            signing_secret=access.signing_secret,
            before_authorize=Places(state).find,
            oauth_settings=settings,
            authorize=Authorized(self._find),  # type: ignore[arg-type]  # None: not installed
        )

    async def check_key(self) -> None:
        """Opens every token that is kept.

        Raises:
            PlatformError: TOKEN_KEY does not open one of them.
        """
        await self._store.check_key()

    async def client_for(self, workspace: str) -> AsyncWebClient:
        """Returns a client with that workspace's token."""
        found = await self._find(workspace)
        if found is None:
            raise UnreachableError(f"the app is not installed in {workspace}")
        return web_client(self._access, self._session, token=found.bot_token)

    async def forget(
        self, workspace: str, organisation: str = "", *, everywhere: bool | None = None
    ) -> set[str]:
        """Deletes every token of the installation, whoever installed it and how often."""
        return await self._store.remove(workspace, organisation, everywhere=everywhere)

    async def _find(self, workspace: str, organisation: str = "") -> AuthorizeResult | None:
        bot = await self._store.bot_of(workspace, organisation)
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=workspace,
            bot_token=bot.bot_token,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
        )
