"""What the bot says about itself."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.chat.reports import gap_words, read_folders, read_share, status_lines
from bot.desk.service import Options, open_desk
from bot.page.facts import Facts
from bot.state.history import Gap
from retrieval.answers import Answer

FACTS = Facts(5, "v1", dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC))


async def test_the_status_is_what_is_known_and_how_quick_answers_are() -> None:
    async with open_desk(Answer, Options()) as desk:
        fresh = status_lines(FACTS, desk)
        desk.metrics.took("all", 0.25)
        later = status_lines(FACTS, desk)

    assert fresh[0] == "I answer from 5 articles, version v1, last refreshed 2026-11-21 09:30."
    assert fresh[2] == "Half of the questions were answered within: nothing was asked yet"
    assert later[2] == "Half of the questions were answered within: 250 ms"
    assert later[-1] == "In work: 0"


def test_gaps_are_counted_and_the_first_are_listed() -> None:
    heading, listed = gap_words([Gap(f"why {number}?", 3, 2, 1) for number in range(30)])
    assert heading.startswith("30 questions")
    assert listed[0] == "why 0? (asked 3×, not found 2×, 👎 1×)"
    assert len(listed) == 20


def test_a_share_is_read_as_people_type_it() -> None:
    assert read_share(" 0,5 ") == 0.5
    assert read_share("  ") is None
    for wrong in ("1.5", "a lot", "nan"):
        with pytest.raises(ValueError, match=r".+"):
            read_share(wrong)


def test_folders_are_read_with_commas_between_them() -> None:
    assert read_folders(" news, press/2024 ,") == ("news", "press/2024")
    assert read_folders(None) == ()
