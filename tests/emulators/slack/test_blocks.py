from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.emulators.slack.blocks import block_problems, total_chars, view_problems

if TYPE_CHECKING:
    from tests.emulators.slack.workspace import Json


def plain(chars: int) -> Json:
    return {"type": "plain_text", "text": "x" * chars}


def markdown(chars: int) -> Json:
    return {"type": "markdown", "text": "x" * chars}


def section(chars: int) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * chars}}


def button(chars: int = 1, value: int = 1, number: int = 0) -> Json:
    return {"type": "button", "text": plain(chars), "value": "x" * value,
            "action_id": f"a{number}"}  # fmt: skip


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def quote(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote",
                                               "elements": list(elements)}]}  # fmt: skip


def context(count: int) -> Json:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * count}


def overflow(count: int) -> Json:
    option = {"text": plain(1), "value": "v"}
    return actions({"type": "overflow", "action_id": "a", "options": [option] * count})


@pytest.mark.parametrize(
    ("fits", "too_much"),
    [
        ([section(3000)], [section(3001)]),
        ([section(1)], [section(0)]),
        ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}]),
        ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
        ([actions(button(75, 2000))], [actions(button(76))]),
        ([actions(button())], [actions(button(value=2001))]),
        ([actions(*(button(number=n) for n in range(25)))],
         [actions(*(button(number=n) for n in range(26)))]),
        ([actions(button(number=1), button(number=2))], [actions(button(), button())]),
        ([context(10)], [context(11)]),
        ([overflow(5)], [overflow(6)]),
        ([markdown(12_000)], [markdown(12_001)]),
        ([markdown(6000), markdown(6000)], [markdown(6000), markdown(6001)]),
        ([quote({"type": "text", "text": "x"})], [quote({"type": "text", "text": ""})]),
        ([quote({"type": "text", "text": "x"})], [quote({"type": "shout", "text": "x"})]),
        ([{"type": "divider"}], [{"type": "divider", "colour": "red"}]),
        ([{"type": "divider"}], [{"type": "ruler"}]),
        ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "b"}],
         [{"type": "divider", "block_id": "a"}] * 2),
    ],
)  # fmt: skip
def test_what_just_fits_and_what_does_not(fits: list[Json], too_much: list[Json]) -> None:
    assert block_problems(fits) == []
    assert block_problems(too_much) != []


@given(
    st.sampled_from([2999, 3000, 3001]).map(section)
    | st.sampled_from([149, 150, 151]).map(lambda chars: {"type": "header", "text": plain(chars)})
    | st.sampled_from([74, 75, 76]).map(lambda chars: actions(button(chars)))
    | st.sampled_from([1999, 2000, 2001]).map(lambda chars: actions(button(value=chars)))
    | st.sampled_from([24, 25, 26]).map(
        lambda count: actions(*(button(number=number) for number in range(count)))
    )
    | st.sampled_from([9, 10, 11]).map(context)
    | st.sampled_from([4, 5, 6]).map(overflow)
)
def test_slack_s_own_library_draws_the_same_lines(block: Json) -> None:
    try:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        for element in getattr(parsed, "elements", None) or ():
            if hasattr(element, "validate_json"):
                element.validate_json()
        accepted = True
    except SlackObjectFormationError:
        accepted = False
    assert (block_problems([block]) == []) == accepted


def test_the_characters_of_all_blocks_are_counted() -> None:
    assert (
        total_chars([section(3), quote({"type": "text", "text": "four"}), actions(button())]) == 8
    )


def test_a_modal_with_a_field_needs_a_way_to_send_it() -> None:
    field = {"type": "input", "label": plain(1), "element": {"type": "plain_text_input"}}
    modal = {"type": "modal", "title": plain(24), "blocks": [field]}
    assert view_problems(modal) != []
    assert view_problems(modal | {"submit": plain(24)}) == []
    assert view_problems(modal | {"submit": plain(24), "title": plain(25)}) != []
    assert view_problems({"type": "home", "blocks": [{"type": "divider"}] * 100}) == []
    assert view_problems({"type": "home", "blocks": [{"type": "divider"}] * 101}) != []
