"""Each target for a moment, with the same inputs every time; `make fuzz` goes on for longer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fuzz.__main__ import fuzz
from tests.fuzz.inputs import ANYTHING
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=60, derandomize=True, database=None)
    @given(target.given)
    def holds(value: object) -> None:
        target.check(value)

    holds()


def test_what_fails_is_found() -> None:
    def has_no_digit(text: str) -> None:
        assert not any(map(str.isdigit, text))

    tried, error = fuzz(Target(ANYTHING, has_no_digit), 60.0, 1)
    assert isinstance(error, AssertionError)
    assert tried
