"""Many workspaces: tokens are sealed at rest, and go with the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models.installation import Installation
from sqlalchemy import MetaData, select

from bot.desk.surface import UnreachableError
from bot.slack.access import Access, check_kinds
from bot.slack.accounts import ManyWorkspaces, open_accounts
from bot.slack.installations import Installations, OAuthStates, TokenCipher
from bot.slack.token_watch import TokenWatch
from bot.state.state import State
from config.errors import PlatformError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, OTHER_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN = "xoxb-made-up-token-of-one-workspace"  # noqa: S105  # made up


@pytest.fixture
def state(database: str) -> Iterator[State]:
    kept = State.open(database)
    yield kept
    kept.close()


def installation(team: str = "T1") -> Installation:
    return Installation(
        app_id="A1", team_id=team, user_id="U1", bot_token=TOKEN, bot_id="B1", bot_user_id="U0"
    )


def many(**changes: str) -> Access:
    known = {
        "mode": "http",
        "client_id": "1.2",
        "client_secret": "s",
        "signing_secret": "s",
        "token_key": KEY,
    }
    return Access(**{**known, **changes})  # type: ignore[arg-type]  # all are strings


async def test_a_token_is_found_again_and_stands_in_no_table(state: State) -> None:
    store = Installations(state, "1.2", TokenCipher(KEY))
    await store.async_save(installation())

    found = await store.async_find_bot(enterprise_id=None, team_id="T1")

    assert found is not None
    assert found.bot_token == TOKEN
    tables = MetaData()
    tables.reflect(state.guest().engine)
    with state.guest().engine.connect() as connection:
        kept = str([connection.execute(select(table)).all() for table in tables.sorted_tables])
    assert "B1" in kept
    assert TOKEN not in kept


async def test_a_new_key_seals_and_the_old_one_still_opens(state: State) -> None:
    await Installations(state, "1.2", TokenCipher(KEY)).async_save(installation())
    rotated = Installations(state, "1.2", TokenCipher(f"{OTHER_KEY}, {KEY}"))
    found = await rotated.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == TOKEN


async def test_a_lost_key_is_one_sentence_about_its_setting(state: State) -> None:
    await Installations(state, "1.2", TokenCipher(KEY)).async_save(installation())
    with pytest.raises(PlatformError, match="TOKEN_KEY"):
        await Installations(state, "1.2", TokenCipher(OTHER_KEY)).async_find_bot(
            enterprise_id=None, team_id="T1"
        )


async def test_each_workspace_is_spoken_to_with_its_own_token_until_it_leaves(
    state: State,
) -> None:
    async with aiohttp.ClientSession() as session:
        accounts = ManyWorkspaces(many(), session, state)
        await Installations(state, "1.2", TokenCipher(KEY)).async_save(installation("T1"))

        assert (await accounts.client_for("T1")).token == TOKEN
        with pytest.raises(UnreachableError):
            await accounts.client_for("T2")
        await accounts.forget("T1")
        with pytest.raises(UnreachableError):
            await accounts.client_for("T1")


async def test_the_number_of_an_installation_is_good_once(state: State) -> None:
    states = OAuthStates(state)
    number = await states.async_issue()
    assert await states.async_consume(number)
    assert not await states.async_consume(number)
    assert not await states.async_consume("made up")


@pytest.mark.parametrize(
    ("access", "variable"),
    [
        (many(client_secret=""), "SLACK_CLIENT_SECRET"),
        (many(signing_secret=""), "SLACK_SIGNING_SECRET"),
        (many(token_key=""), "TOKEN_KEY"),
        (many(mode="socket"), "SLACK_MODE"),
        (Access(), "SLACK_BOT_TOKEN"),
        (Access("xoxp-wrong", "xapp-1"), "SLACK_BOT_TOKEN"),
        (Access("xoxb-1", "xoxb-1"), "SLACK_APP_TOKEN"),
        (Access("xoxb-1", mode="http"), "SLACK_SIGNING_SECRET"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_tried(access: Access, variable: str) -> None:
    with pytest.raises(PlatformError, match=variable) as caught:
        check_kinds(access)
    assert "xoxp-wrong" not in str(caught.value)


def test_a_key_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(PlatformError, match="TOKEN_KEY is not a key"):
        TokenCipher("not a key")


async def test_a_key_that_opens_none_of_the_tokens_is_refused_at_the_start(state: State) -> None:
    await Installations(state, "1.2", TokenCipher(KEY)).async_save(installation())
    async with aiohttp.ClientSession() as session:
        watch = TokenWatch()
        await open_accounts(many(), session, state, watch)
        with pytest.raises(PlatformError, match="TOKEN_KEY does not open"):
            await open_accounts(many(token_key=OTHER_KEY), session, state, watch)
        await open_accounts(many(token_key=f"{OTHER_KEY},{KEY}"), session, state, watch)
