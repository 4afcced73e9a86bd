"""What is kept of what people asked, for how long, and that it can be deleted."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, insert, select

from bot.chat.reports import gap_json_lines
from bot.state.ask import Ask, Key, Origin
from bot.state.channel_rules import NO_FOLDER, ChannelRules, Rules, narrowed
from bot.state.claims import ClaimStore
from bot.state.database import open_database
from bot.state.feedback import Feedback
from bot.state.history import CHANNEL_FOLLOW_UP_S, Gap, GapScope, History
from bot.state.tables import channels, claims, feedback
from tests.bot.desk.surfaces import ask
from tests.bot.state.writing import written_meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine, Table


SCOPE = GapScope("paper", "W")
ADA, BOB = (Origin(Key("paper", "W", "C", ""), user) for user in ("ada", "bob"))


class Kept:
    """The stores of one database, with a clock that can be moved."""

    def __init__(self, engine: Engine) -> None:
        self.now = 1_000_000.0
        self.engine = engine
        self.claims = ClaimStore(engine, clock=lambda: self.now)
        self.history = History(engine, clock=lambda: self.now)
        self.feedback = Feedback(engine, clock=lambda: self.now)
        self.rules = ChannelRules(engine)

    def answered(self, question: Ask, outcome: str = "found", searched: str = "") -> str:
        """A question that was asked and answered a second ago; its id."""
        claim = self.claims.claim(question)
        assert claim is not None
        self.claims.finish(claim, outcome, reply=f"r{claim.id}", searched=searched)
        self.now += 1
        return claim.id

    def rows(self, table: Table) -> int:
        """How many rows a table has."""
        with self.engine.connect() as connection:
            return len(connection.execute(select(table)).all())


@pytest.fixture
def kept(database: str) -> Iterator[Kept]:
    engine = open_database(database)
    yield Kept(engine)
    engine.dispose()


def test_the_last_question_of_a_thread_is_what_was_searched_for(kept: Kept) -> None:
    kept.answered(ask("Who founded Acme?", "1", thread="t"))
    kept.answered(ask("and when?", "2", thread="t", user="bob"), searched="when founded Acme")
    kept.answered(ask("Where is Globex?", "3", thread="other"))
    assert kept.history.last_question(ask("why?", "4", thread="t")) == "when founded Acme"


def test_outside_threads_only_the_asker_s_questions_of_the_last_half_hour_count(kept: Kept) -> None:
    kept.answered(ask("Who founded Acme?", "1"))
    kept.answered(ask("Where is Globex?", "2", user="bob"))
    assert kept.history.last_question(ask("when?", "3")) == "Who founded Acme?"
    kept.now += CHANNEL_FOLLOW_UP_S
    assert kept.history.last_question(ask("when?", "3")) is None


def test_a_thread_is_ours_once_we_answered_in_it(kept: Kept) -> None:
    key = ask(message="9").key
    assert not kept.history.answered_in(key, "t")
    kept.answered(ask("Who?", "1", thread="t"))
    assert kept.history.answered_in(key, "t")
    assert not kept.history.answered_in(Key("paper", "W", "elsewhere", "9"), "t")


def test_a_thread_started_at_a_question_or_at_its_reply_goes_on_from_it(kept: Kept) -> None:
    reply = f"r{kept.answered(ask('Who founded Acme?', '1'))}"
    for root in ("1", reply):
        assert kept.history.answered_in(ask(message="9").key, root)
        later = ask("and when?", "2", thread=root, user="bob")
        assert kept.history.last_question(later) == "Who founded Acme?"


def test_a_person_s_last_questions_come_newest_first_and_each_once(kept: Kept) -> None:
    for number, question in enumerate(["a?", "b?", "a?", "c?"]):
        kept.answered(ask(question, str(number)))
    kept.answered(ask("not hers?", "9", user="bob"))
    assert kept.history.recent_questions("paper", "W", "ada", 2) == ["c?", "a?"]


def test_gaps_are_grouped_counted_and_written_as_lines(kept: Kept) -> None:
    kept.answered(ask("Where is it?", "1"), "not_found")
    kept.answered(ask("where is it? ", "2"), "not_found")
    disliked = kept.answered(ask("Who?", "3"))
    kept.feedback.note(disliked, BOB, "down")
    kept.answered(ask("Fine?", "4"))
    kept.answered(ask("Where is it?", "share:1", kind="share"), "not_found")

    gaps = kept.history.gaps(SCOPE, 10)

    assert gaps == [Gap("Where is it?", 2, 2, 0), Gap("Who?", 1, 0, 1)]
    assert json.loads(gap_json_lines(gaps)[0])["question"] == "Where is it?"
    assert kept.history.gaps(GapScope("paper", "another workspace"), 10) == []


SLACK = GapScope("slack", "W", "ada")


def asked_in_slack(kept: Kept, question: str, user: str, channel: str, message: str) -> None:
    key = Key("slack", "W", channel, message)
    kept.answered(Ask(key, user, question), "not_found")


@pytest.fixture
def slack(kept: Kept) -> Kept:
    """What ada and bob asked in a channel, in private and elsewhere."""
    asked_in_slack(kept, "open?", "bob", "C1", "1.1")
    asked_in_slack(kept, "elsewhere?", "bob", "C2", "1.2")
    asked_in_slack(kept, "by command?", "bob", "C1", "command:1.3")
    asked_in_slack(kept, "by shortcut?", "bob", "C1", "source:1.4")
    asked_in_slack(kept, "direct?", "bob", "D2", "1.5")
    asked_in_slack(kept, "at home?", "bob", "bob", "again:1.6")
    asked_in_slack(kept, "hers?", "ada", "C1", "command:1.7")
    return kept


def shown(kept: Kept, scope: GapScope) -> tuple[set[str], int]:
    """Which questions are shown in words, and how many are counted without words."""
    gaps = kept.history.gaps(scope, 99)
    unseen = [gap for gap in gaps if not gap.question]
    assert gaps[: len(unseen)] == unseen  # so that no limit cuts them off
    return {gap.question for gap in gaps if gap.question}, sum(gap.times for gap in unseen)


def test_private_questions_of_others_are_counted_without_their_words(slack: Kept) -> None:
    assert shown(slack, SLACK) == ({"open?", "elsewhere?", "hers?"}, 4)


def test_a_channel_s_gaps_are_those_asked_in_it(slack: Kept) -> None:
    assert shown(slack, replace(SLACK, channel="C1")) == ({"open?", "hers?"}, 2)


def test_a_person_s_own_gaps_are_theirs_alone_and_always_in_words(slack: Kept) -> None:
    assert shown(slack, replace(SLACK, own=True)) == ({"hers?"}, 0)
    bobs = replace(SLACK, reader="bob", own=True)
    assert len(shown(slack, bobs)[0]) == 6


def test_private_questions_are_shown_in_words_where_whoever_runs_the_bot_wants_it(
    slack: Kept,
) -> None:
    words, unseen = shown(slack, replace(SLACK, private_words=True))
    assert (len(words), unseen) == (7, 0)


def test_what_is_said_to_the_bot_alone_in_discord_is_private(kept: Kept) -> None:
    kept.answered(Ask(Key("discord", "@D", "D", "1"), "bob", "direct?"), "not_found")
    assert shown(kept, GapScope("discord", "@D", "ada")) == (set(), 1)


def test_the_last_thumb_counts(kept: Kept) -> None:
    asked = kept.answered(ask("Who?", "1"))
    kept.feedback.note(asked, BOB, "down", "outdated")
    kept.feedback.note(asked, BOB, "up")
    assert kept.history.gaps(SCOPE, 10) == []


def test_feedback_on_a_question_that_is_no_longer_kept_is_ignored(kept: Kept) -> None:
    kept.feedback.note("gone", BOB, "down")
    assert kept.history.gaps(SCOPE, 10) == []


def test_rules_hold_in_their_channel_only(kept: Kept) -> None:
    rules = Rules("threads", ("news", "press/2024"), 0.7, "de")
    here, there = ask(channel="here").key, ask(channel="there").key
    kept.rules.write(here, Rules())
    kept.rules.write(here, rules)
    assert kept.rules.read(here) == rules
    assert kept.rules.read(there) == Rules()


def test_the_default_folders_hold_in_every_channel_of_the_workspace(kept: Kept) -> None:
    here = ask(channel="here").key
    kept.rules.write(here, Rules("threads", ("news/2024", "press"), None, "de"))
    kept.rules.write_default(here, ("news",))
    assert kept.rules.read(here).visible_folders == ("news/2024",)
    assert kept.rules.read(here).mode == "threads"
    for place in (ask(channel="there").key, ask(channel="").key):
        assert kept.rules.read(place) == Rules(default_folders=("news",))
    assert kept.rules.read(replace(here, workspace="V")) == Rules()
    assert kept.rules.read(replace(here, platform="other")) == Rules()


def test_the_rules_of_a_channel_do_not_change_the_default_folders(kept: Kept) -> None:
    here = ask().key
    kept.rules.write_default(here, ("news",))
    kept.rules.write(here, Rules(default_folders=("everything",)))
    assert kept.rules.read(here).default_folders == ("news",)


def test_where_a_conversation_belongs_to_no_workspace_all_default_folders_hold(kept: Kept) -> None:
    direct = ask(channel="D").key
    kept.rules.write_default(replace(direct, workspace="1"), ("news", "press"))
    for workspace in ("@D", ""):
        there = replace(direct, workspace=workspace)
        assert kept.rules.read(there).visible_folders == ("news", "press")
    kept.rules.write_default(replace(direct, workspace="2"), ("news/2024",))
    assert kept.rules.read(replace(direct, workspace="@D")).visible_folders == ("news/2024",)


@pytest.mark.parametrize(
    ("wide", "narrow", "both"),
    [
        ((), (), ()),
        (("a",), (), ("a",)),
        ((), ("a",), ("a",)),
        (("a",), ("a/b", "c"), ("a/b",)),
        (("a/b", "c"), ("/a/",), ("a/b",)),
        (("a",), ("b",), NO_FOLDER),
        (("a",), ("ab",), NO_FOLDER),
        (NO_FOLDER, ("a",), NO_FOLDER),
    ],
)
def test_folders_are_narrowed_to_what_lies_in_both(
    wide: tuple[str, ...], narrow: tuple[str, ...], both: tuple[str, ...]
) -> None:
    assert narrowed(wide, narrow) == both


def written_twice(kept: Kept, table: Table, write: Callable[[], object]) -> None:
    """Write a row while another process is writing the same."""
    write()
    with kept.engine.begin() as connection:
        row = dict(connection.execute(select(table)).mappings().one())
        connection.execute(delete(table))
    written_meanwhile(kept.engine, insert(table).values(row), write)


def test_the_same_thumb_twice_at_once_counts_once(kept: Kept) -> None:
    claim = kept.answered(ask())
    written_twice(kept, feedback, partial(kept.feedback.note, claim, ADA, "down"))
    assert [gap.down for gap in kept.history.gaps(SCOPE, 10)] == [1]


def test_rules_set_twice_at_once_are_set(kept: Kept) -> None:
    rules = Rules(language="de")
    written_twice(kept, channels, partial(kept.rules.write, ask().key, rules))
    assert kept.rules.read(ask().key) == rules


def test_old_questions_are_deleted_with_their_feedback(kept: Kept) -> None:
    old = kept.answered(ask("old?", "1"))
    kept.feedback.note(old, BOB, "down")
    kept.now += 100
    kept.answered(ask("new?", "2"))

    assert kept.history.purge(kept.now - 50) == 1

    assert kept.history.recent_questions("paper", "W", "ada", 9) == ["new?"]
    assert kept.rows(feedback) == 0


def test_forgetting_a_person_takes_questions_and_feedback_of_theirs_alone(kept: Kept) -> None:
    kept.answered(ask("hers?", "1"), "not_found")
    his = kept.answered(ask("his?", "2", user="bob"))
    kept.feedback.note(his, ADA, "down")

    assert kept.history.forget("ada") == 1

    assert kept.rows(feedback) == 0
    assert kept.history.gaps(SCOPE, 10) == []
    assert kept.history.recent_questions("paper", "W", "ada", 9) == []
    assert kept.history.recent_questions("paper", "W", "bob", 9) == ["his?"]


def test_a_workspace_that_leaves_takes_everything_along(kept: Kept) -> None:
    key = ask().key
    kept.feedback.note(kept.answered(ask("q?", "1")), BOB, "up")
    kept.rules.write(key, Rules("threads"))

    kept.history.forget_workspace("paper", "W")

    assert kept.claims.find(ask(message="1").key) is None
    assert [kept.rows(table) for table in (claims, feedback, channels)] == [0, 0, 0]
