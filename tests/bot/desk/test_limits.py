"""Limits: so many questions a minute, counted per person and per channel."""

from __future__ import annotations

from bot.desk.limits import MAX_KEPT, Limits, Refusal


class Clock:
    """A clock that stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_more_than_the_limit_is_refused_until_a_minute_has_passed() -> None:
    clock = Clock()
    limits = Limits(per_user=2, clock=clock)
    assert limits.refuse("ada", "C") is None
    clock.now = 20
    assert limits.refuse("ada", "C") is None
    assert limits.refuse("ada", "C") == Refusal(limit=2, seconds=40)
    clock.now = 60
    assert limits.refuse("ada", "C") is None


def test_a_channel_has_its_own_limit_over_all_its_people() -> None:
    limits = Limits(per_user=5, per_channel=2, clock=Clock())
    assert limits.refuse("ada", "C") is None
    assert limits.refuse("bob", "C") is None
    assert limits.refuse("cy", "C") is not None
    assert limits.refuse("cy", "D") is None


def test_a_refused_question_does_not_count() -> None:
    clock = Clock()
    limits = Limits(per_user=1, clock=clock)
    limits.refuse("ada", "C")
    clock.now = 30
    assert limits.refuse("ada", "C") is not None
    clock.now = 61
    assert limits.refuse("ada", "C") is None


def test_zero_is_no_limit() -> None:
    limits = Limits(clock=Clock())
    assert [limits.refuse("ada", "C") for _ in range(1_000)] == [None] * 1_000


def test_nobody_who_was_refused_is_remembered_for_ever() -> None:
    limits = Limits(per_user=5, per_channel=1)
    for number in range(3 * MAX_KEPT):
        limits.refuse(number, "here")
    assert limits.remembered <= MAX_KEPT + 2
