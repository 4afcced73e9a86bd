"""Enterprise Grid and Slack Connect: the workspace is that of the place, whoever speaks there."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models.installation import Installation

from bot.desk.surface import UnreachableError
from bot.page.phrases import ENGLISH
from bot.slack.accounts import ManyWorkspaces
from bot.slack.installations import Installations, OAuthStates, TokenCipher
from bot.state.state import State
from tests.bot.slack.test_accounts import many
from tests.bot.slack.test_install import deliver, install, mention, running, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# slack_sdk's own use of aiohttp; it will have to change before aiohttp 4.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

KEY = Fernet.generate_key().decode()
TABLES = ("slack_bots", "slack_installations", "claims")


def rows(path: Path) -> list[int]:
    with closing(sqlite3.connect(path / "state.db")) as database:
        return [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in TABLES
        ]


async def emptied(path: Path) -> None:
    async with asyncio.timeout(10):
        while any(rows(path)):
            await asyncio.sleep(0.02)


def authorized(team: str | None, *, org_wide: bool) -> dict[str, Any]:
    told = {"enterprise_id": "E1", "team_id": team, "user_id": "U0", "is_bot": True}
    return {"authorizations": [{**told, "is_enterprise_install": org_wide}]}


REMOVALS = pytest.mark.parametrize(
    "removal",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0"]}}],
    ids=["uninstalled", "revoked"],
)


@REMOVALS
@pytest.mark.parametrize("told", [True, False], ids=["with", "without authorizations"])
async def test_a_workspace_of_an_organisation_is_answered_and_leaves_nothing(
    removal: dict[str, Any], told: bool, tmp_path: Path
) -> None:
    async with running(tmp_path) as (slacks, base, browser):
        slacks.enterprise = "E1"
        more = authorized("T1", org_wide=False) if told else {"enterprise_id": "E1"}
        assert await install(base, browser, "1") == 200
        assert await tell(base, browser, "T1", mention("<@U0> first?"), **more) == 200
        assert [token for token, _ in await slacks.replies(1)] == ["xoxb-of-T1"]
        assert rows(tmp_path) == [1, 1, 1]
        await tell(base, browser, "T1", removal, **more)
        await emptied(tmp_path)


@REMOVALS
@pytest.mark.parametrize("told", [True, False], ids=["with", "without authorizations"])
async def test_every_workspace_of_an_organisation_that_installed_the_app_is_answered(
    removal: dict[str, Any], told: bool, tmp_path: Path
) -> None:
    async with running(tmp_path) as (slacks, base, browser):
        slacks.enterprise, slacks.org_wide = "E1", True
        more = authorized(None, org_wide=True) if told else {"enterprise_id": "E1"}
        assert await install(base, browser, "1") == 200
        for team in ("T1", "T2"):
            event = {**mention(f"<@U0> {team}?"), "channel": f"C{team}"}
            assert await tell(base, browser, team, event, **more) == 200
        replies = await slacks.replies(2)
        assert [token for token, _ in replies] == ["xoxb-of-E1", "xoxb-of-E1"]
        await tell(base, browser, None, removal, **more)
        await emptied(tmp_path)
        assert await tell(base, browser, "T1", mention("<@U0> again?"), **more) == 200
    assert len(slacks.posts) == 2


async def test_a_stranger_in_a_shared_channel_clicks_and_asks_like_everybody(
    tmp_path: Path,
) -> None:
    stranger = {"id": "U9", "team_id": "T9"}
    async with running(tmp_path) as (slacks, base, browser):
        await install(base, browser, "1")
        shared = {"authorizations": [{"team_id": "T1", "enterprise_id": None}]}
        event = {**mention("<@U0> theirs?"), "user": "U9", "user_team": "T9", "team": "T9"}
        await tell(base, browser, "T9", event, is_ext_shared_channel=True, **shared)
        assert [token for token, _ in await slacks.replies(1)] == ["xoxb-of-T1"]
        with closing(sqlite3.connect(tmp_path / "state.db")) as database:
            ((claim_id, workspace),) = database.execute("SELECT id, workspace FROM claims")
        value = json.dumps({"id": claim_id, "at": 0, "wide": True, "closest": False})
        for action in (
            {"action_id": "turn:0", "value": value},
            {"action_id": "feedback", "value": f"up:{claim_id}"},
        ):
            click = {
                "type": "block_actions", "user": stranger, "team": {"id": "T9"},
                "actions": [action],
                "channel": {"id": "C1"}, "api_app_id": "A1", "trigger_id": "9.9",
                "container": {"type": "message", "message_ts": "2.1", "channel_id": "C1"},
            }  # fmt: skip
            form = urlencode({"payload": json.dumps(click)})
            kind = "application/x-www-form-urlencoded"
            assert await deliver(base, browser, form, kind) == 200
        tokens = [token for token, _ in await slacks.replies(3)]
        assert ENGLISH.thanks in [text for _, text in slacks.posts]
    assert workspace == "T1"
    assert set(tokens) == {"xoxb-of-T1"}


async def test_a_strangers_click_on_an_answer_that_is_no_longer_kept_is_answered_as_well(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as (slacks, base, browser):
        await install(base, browser, "1")
        click = {
            "type": "block_actions", "user": {"id": "U9", "team_id": "T9"}, "team": {"id": "T9"},
            "actions": [{"action_id": "feedback", "value": "up:long-ago"}],
            "channel": {"id": "C1"}, "api_app_id": "A1", "trigger_id": "9.9",
            "message": {"team": "T1", "app_id": "A1", "ts": "2.1"},
            "container": {"type": "message", "message_ts": "2.1", "channel_id": "C1"},
        }  # fmt: skip
        form = urlencode({"payload": json.dumps(click)})
        await deliver(base, browser, form, "application/x-www-form-urlencoded")
        assert await slacks.replies(1) == [("xoxb-of-T1", ENGLISH.forgotten)]


async def test_installing_leaves_nothing_that_grows_and_is_limited_for_each_address(
    tmp_path: Path,
) -> None:
    async def ask(address: str) -> int:
        headers = {"X-Forwarded-For": f"made-up, {address}"}
        async with browser.get(f"{base}/slack/install", headers=headers) as page:
            return page.status

    async with running(tmp_path) as (_, base, browser):
        first = [await ask("192.0.2.1") for _ in range(30)]
        other = await ask("192.0.2.2")
        many = [await ask(f"198.51.100.{number}") for number in range(250)]
        all_of_them = [await ask(f"203.0.113.{number}") for number in range(250)]
        with closing(sqlite3.connect(tmp_path / "state.db")) as database:
            ((begun,),) = database.execute("SELECT count(*) FROM slack_oauth_states")
    assert (first.count(200), first[-1], other, many[0]) == (20, 429, 200, 200)
    assert all_of_them[-1] == 429
    assert begun <= 300


@pytest.fixture
def state(database: str) -> Iterator[State]:
    kept = State.open(database)
    yield kept
    kept.close()


def installation(token: str, team: str | None, organisation: str | None) -> Installation:
    return Installation(
        app_id="A1", team_id=team, user_id="U1", bot_token=token, bot_id="B1", bot_user_id="U0",
        enterprise_id=organisation, is_enterprise_install=team is None,
    )  # fmt: skip


async def test_a_restarted_process_knows_the_organisation_of_a_workspace(state: State) -> None:
    async with aiohttp.ClientSession() as session:
        store = Installations(state, "1.2", TokenCipher(KEY))
        await store.async_save(installation("xoxb-1", None, "E1"))
        await store.async_save(installation("xoxb-2", None, "E2"))
        assert await store.bot_of("T1", "E1") is not None
        await store.async_save(installation("xoxb-renewed", None, "E1"))
        restarted = ManyWorkspaces(many(token_key=KEY), session, state)
        assert (await restarted.client_for("T1")).token == "xoxb-renewed"  # noqa: S105  # made up
        with pytest.raises(UnreachableError):
            await restarted.client_for("T3")


async def test_only_the_installation_that_was_removed_is_forgotten(state: State) -> None:
    store = Installations(state, "1.2", TokenCipher(KEY))
    await store.async_save(installation("xoxb-all", None, "E1"))
    await store.async_save(installation("xoxb-own", "T1", "E1"))
    await store.async_save(installation("xoxb-else", "T7", "E7"))
    await store.bot_of("T2", "E1")
    for _ in range(2):  # Slack tells of revoked tokens and of the removal
        assert await store.remove("T1", "E1", everywhere=False) == {"T1"}
    kept = [await store.bot_of(team) for team in ("T2", "T7")]
    assert [bot.bot_token for bot in kept if bot] == ["xoxb-all", "xoxb-else"]
    assert await store.remove("", "E1", everywhere=True) == {"T2"}
    assert await store.bot_of("T2", "E1") is None
    assert await store.bot_of("T7") is not None


async def test_an_installation_takes_the_place_of_the_one_before(state: State) -> None:
    store = Installations(state, "1.2", TokenCipher(KEY))
    for number in range(3):
        for team, organisation in (("T1", None), (None, "E1")):
            made = installation(f"xoxb-{number}", team, organisation)
            made.installed_at = float(number)
            await store.async_save(made)
    with state.guest().engine.connect() as connection:
        counted = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
            for table in ("slack_bots", "slack_installations")
        ]
    assert counted == [2, 2]
    found = await store.bot_of("T1")
    assert found is not None
    assert found.bot_token == "xoxb-2"  # noqa: S105  # made up


async def test_numbers_of_installations_that_nobody_finished_are_deleted(state: State) -> None:
    states = OAuthStates(state)
    old = await states.async_issue()
    past = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with state.guest().engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE slack_oauth_states SET expire_at = '{past}'")  # noqa: S608
    fresh = await states.async_issue()
    with state.guest().engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT state FROM slack_oauth_states").scalars().all()
    assert kept == [fresh]
    assert not await states.async_consume(old)
