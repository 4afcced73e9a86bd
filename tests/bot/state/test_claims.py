"""Claims: one owner at a time, and none lost with its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.state.ask import Key, Origin
from bot.state.claims import LEASE_S, ClaimStore
from bot.state.database import open_database
from bot.state.owners import is_gone, new_owner
from bot.state.tables import claims
from tests.bot.desk.surfaces import ask
from tests.bot.state.writing import written_meanwhile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

ELSEWHERE = "another-machine/7/aaaa"


class Clock:
    """A clock that stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    opened = open_database(database)
    yield opened
    opened.dispose()


def test_a_message_is_claimed_once_by_whoever_comes_first(engine: Engine) -> None:
    assert ClaimStore(engine).claim(ask()) is not None
    assert ClaimStore(engine).claim(ask()) is None


def test_the_same_message_number_in_another_channel_is_another_question(engine: Engine) -> None:
    store = ClaimStore(engine)
    assert store.claim(ask(channel="C")) is not None
    assert store.claim(ask(channel="D")) is not None


def test_a_claim_of_a_living_process_is_left_alone_until_its_lease_ends(engine: Engine) -> None:
    clock = Clock()
    ClaimStore(engine, owner=ELSEWHERE, clock=clock).claim(ask())
    mine = ClaimStore(engine, clock=clock)

    assert mine.take_over(["paper"], 10) == []
    clock.now += LEASE_S + 1
    assert [claim.attempts for claim in mine.take_over(["paper"], 10)] == [2]


def test_a_renewed_lease_does_not_end(engine: Engine) -> None:
    clock = Clock()
    theirs = ClaimStore(engine, owner=ELSEWHERE, clock=clock)
    claim = theirs.claim(ask())
    assert claim is not None
    clock.now += LEASE_S - 1
    theirs.renew([claim.id])
    clock.now += LEASE_S - 1
    assert ClaimStore(engine, clock=clock).take_over(["paper"], 10) == []


def test_a_lease_is_renewed_for_work_in_hand_alone(engine: Engine) -> None:
    clock = Clock()
    theirs = ClaimStore(engine, owner=ELSEWHERE, clock=clock)
    claim, forgotten = theirs.claim_all([ask(message="1"), ask(message="2")])
    assert claim is not None
    assert forgotten is not None
    clock.now += LEASE_S - 1
    theirs.renew([claim.id])
    clock.now += LEASE_S - 1
    taken = ClaimStore(engine, clock=clock).take_over(["paper"], 10)
    assert [each.id for each in taken] == [forgotten.id]


def test_a_process_takes_back_at_once_what_it_holds_and_does_not_work_on(engine: Engine) -> None:
    store = ClaimStore(engine)
    working, forgotten = store.claim_all([ask(message="1"), ask(message="2")])
    assert working is not None
    assert forgotten is not None
    taken = store.take_over(["paper"], 1, {working.ask.key})
    assert [(claim.id, claim.attempts) for claim in taken] == [(forgotten.id, 2)]


def test_what_was_put_off_counts_as_often_tried_as_before(engine: Engine) -> None:
    store = ClaimStore(engine, owner=ELSEWHERE)
    claim = store.claim(ask())
    assert claim is not None
    for attempts in (1, 1, 2, 3):
        store.hand_back(claim, begun=attempts > 1)
        (claim,) = store.take_over(["paper"], 1)
        assert claim.attempts == attempts


def test_a_claim_of_a_dead_process_here_is_taken_at_once(engine: Engine) -> None:
    me = new_owner()
    here = me.rpartition("/")[0].rpartition("/")[0]
    dead = f"{here}/{2**22 + 1}/aaaa"  # above the highest process number of Linux
    ClaimStore(engine, owner=dead).claim(ask())
    assert len(ClaimStore(engine, owner=me).take_over(["paper"], 10)) == 1


def test_an_owner_with_our_process_id_and_another_name_is_a_previous_process() -> None:
    me = new_owner()
    assert is_gone(me.rpartition("/")[0] + "/other", me)
    assert not is_gone(me, me)
    assert not is_gone(ELSEWHERE, me)


def test_only_one_process_takes_a_claim_over(engine: Engine) -> None:
    store = ClaimStore(engine, owner=ELSEWHERE)
    claim = store.claim(ask())
    assert claim is not None
    store.hand_back(claim)
    first, second = ClaimStore(engine), ClaimStore(engine)
    assert len(first.take_over(["paper"], 10)) == 1
    assert second.take_over(["paper"], 10) == []
    first.close()
    assert len(second.take_over(["paper"], 10)) == 1


def test_what_is_handed_back_for_later_waits(engine: Engine) -> None:
    clock = Clock()
    store = ClaimStore(engine, clock=clock)
    claim = store.claim(ask())
    assert claim is not None
    store.hand_back(claim, after_s=30)

    assert store.take_over(["paper"], 10) == []
    clock.now += 31
    assert len(store.take_over(["paper"], 10)) == 1


def test_the_oldest_questions_are_taken_first_and_of_our_platforms_only(engine: Engine) -> None:
    clock = Clock()
    store = ClaimStore(engine, owner=ELSEWHERE, clock=clock)
    for message in ("3", "1", "2"):
        store.claim(ask(message=message))
        clock.now += 1
    clock.now += LEASE_S

    assert ClaimStore(engine, clock=clock).take_over(["other"], 10) == []
    taken = ClaimStore(engine, clock=clock).take_over(["paper"], 2)
    assert [claim.ask.key.message for claim in taken] == ["3", "1"]


def test_an_answered_question_is_never_taken_over(engine: Engine) -> None:
    clock = Clock()
    store = ClaimStore(engine, clock=clock)
    claim = store.claim(ask())
    assert claim is not None
    assert store.finish(claim, "found", reply="p1") is None
    clock.now += LEASE_S * 2
    assert ClaimStore(engine, clock=clock).take_over(["paper"], 10) == []


def test_an_edit_while_working_comes_back_when_the_first_wording_is_finished(
    engine: Engine,
) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask("old"))
    assert claim is not None
    assert store.revise(ask("new", revision="2")) is None

    again = store.finish(claim, "found", reply="p1")

    assert again is not None
    assert (again.ask.question, again.reply) == ("new", "p1")
    assert store.finish(again, "found", reply="p1") is None


def test_an_edit_of_an_answered_question_is_ours_to_answer_once(engine: Engine) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask("old"))
    assert claim is not None
    store.finish(claim, "found", reply="p1")

    again = store.revise(ask("new", revision="2"))

    assert again is not None
    assert again.reply == "p1"
    store.finish(again, "found", reply="p1")
    assert store.revise(ask("new", revision="2")) is None
    assert store.revise(ask("older", revision="1")) is None


def test_a_deleted_question_keeps_no_text_and_gives_up_its_reply(engine: Engine) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask("secret"))
    assert claim is not None
    store.finish(claim, "found", reply="p1")

    gone = store.withdraw(claim.ask.key)

    assert gone is not None
    assert gone.reply == "p1"
    kept = store.find_by_id(claim.id, Origin(claim.ask.key, "bob"))
    assert kept is not None
    assert kept.ask.question == ""
    assert store.withdraw(claim.ask.key) is None


def test_a_question_deleted_while_working_comes_back_empty(engine: Engine) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask("secret"))
    assert claim is not None
    assert store.withdraw(claim.ask.key) is None

    again = store.finish(claim, "found", reply="p1")

    assert again is not None
    assert again.ask.question == ""


def test_an_edit_or_a_deletion_waits_until_the_reply_is_noted_and_then_sees_it(
    engine: Engine,
) -> None:
    store = ClaimStore(engine)
    for message, come_between in (
        ("1", lambda: store.revise(ask("Where now?", message="1", revision="2"))),
        ("2", lambda: store.withdraw(ask(message="2").key)),
    ):
        claim = store.claim(ask(message=message))
        assert claim is not None
        this = update(claims).where(claims.c.id == claim.id)
        noted = this.values(state="done", reply="p1")  # as `finish` does it
        found = written_meanwhile(engine, noted, come_between)
        assert found is not None
        assert found.reply == "p1"


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        (Origin(Key("paper", "W", "C", ""), "bob"), True),
        (Origin(Key("paper", "W", "C", ""), "bob", thread="T"), True),
        (Origin(Key("paper", "W", "parent", ""), "bob", thread="C"), True),
        (Origin(Key("paper", "W", "D", ""), "bob"), False),
        (Origin(Key("paper", "V", "C", ""), "bob"), False),
        (Origin(Key("other", "W", "C", ""), "bob"), False),
        (Origin(Key("paper", "V", "C", "p1"), "bob"), True),  # a guest sees the reply itself
        (Origin(Key("paper", "V", "C", "p2"), "bob"), False),
        (Origin(Key("paper", "W", "D", "p1"), "bob"), False),
        (Origin(Key("paper", "W", "D", ""), "ada", direct=True), True),  # answered in private
        (Origin(Key("paper", "@D", "D", ""), "ada", direct=True), True),
        (Origin(Key("paper", "V", "D", ""), "ada", direct=True), False),
        (Origin(Key("paper", "W", "D", ""), "bob", direct=True), False),
        (Origin(Key("paper", "W", "D", ""), "ada"), False),
    ],
)
def test_a_claim_is_found_by_its_id_only_where_its_buttons_can_stand(
    engine: Engine, origin: Origin, *, found: bool
) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask())
    assert claim is not None
    store.finish(claim, "found", reply="p1")
    assert (store.find_by_id(claim.id, origin) is not None) == found


def test_an_answer_that_nobody_else_sees_is_not_found_by_an_empty_reply(engine: Engine) -> None:
    store = ClaimStore(engine)
    claim = store.claim(ask())
    assert claim is not None
    assert store.find_by_id(claim.id, Origin(Key("paper", "V", "C", ""), "bob")) is None
