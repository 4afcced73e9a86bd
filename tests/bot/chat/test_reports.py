"""What the bot says about itself."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from bot.chat.reports import gaps_report, status_report
from bot.desk.service import Options, open_desk
from bot.page.facts import Facts
from bot.page.phrases import ENGLISH, GERMAN
from bot.state.channel_rules import Rules
from bot.state.history import Gap
from tests.bot.chat.paper import CHANNEL
from tests.fakes import nothing_found

FACTS = Facts(5, "v1", dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC))


async def test_the_status_is_what_is_known_and_how_quick_answers_are() -> None:
    async with open_desk(nothing_found, Options()) as desk:
        fresh = await status_report(FACTS, desk, CHANNEL)
        desk.metrics.took("all", 0.25)
        later = await status_report(FACTS, desk, CHANNEL)

    assert fresh[0] == "I answer from 5 articles, version v1, last refreshed 2026-11-21 09:30."
    assert fresh[2] == "Half of the questions were answered within: nothing was asked yet"
    assert later[2] == "Half of the questions were answered within: 250 ms"
    assert later[-1] == "In work: 0"


async def test_the_status_is_told_in_german() -> None:
    async with open_desk(nothing_found, Options()) as desk:
        await desk.state.set_rules(CHANNEL, Rules(language="de"))
        told = await status_report(FACTS, desk, CHANNEL)

    assert told[0] == (
        "Ich antworte aus 5 Artikeln, Version v1, zuletzt aktualisiert am 21.11.2026 um 09:30."
    )


async def test_what_was_left_out_stays_visible() -> None:
    left_out = tuple(f"news/{number}.txt" for number in range(7))
    facts = replace(FACTS, left_out=left_out, unread=((".png", 400), (".svg", 8), ("", 1)))
    async with open_desk(nothing_found, Options()) as desk:
        told = await status_report(facts, desk, CHANNEL)
        await desk.state.set_rules(CHANNEL, Rules(folders=("press",)))
        restricted = await status_report(facts, desk, CHANNEL)
        await desk.state.set_rules(CHANNEL, Rules(language="de"))
        german = await status_report(facts, desk, CHANNEL)

    assert [line.partition(":")[0] for line in german[1:3]] == [
        "Ausgelassen",
        "Dateien, die kein Text sind, nicht gelesen",
    ]
    assert told[1:3] == [
        "Left out: 7 (news/0.txt, news/1.txt, news/2.txt, news/3.txt, news/4.txt, 2 more)",
        "Files that are no text, not read: 409 (.png, .svg)",
    ]
    assert not any("news" in line or ".png" in line for line in restricted)


def test_gaps_are_counted_and_the_first_are_listed() -> None:
    report = gaps_report([Gap(f"why {number}?", 3, 2, 1) for number in range(30)], ENGLISH)
    assert report.heading.startswith("30 questions")
    assert report.listed[0] == "why 0? (asked 3×, not found 2×, 👎 1×)"
    assert len(report.listed) == 20
    assert [json.loads(line)["question"] for line in report.json_lines][29] == "why 29?"


def test_no_gaps_are_said_so() -> None:
    report = gaps_report([], ENGLISH)
    assert report.heading.startswith("No gaps")
    assert report.listed == report.json_lines == ()


def test_braces_in_a_question_stay_braces() -> None:
    (line,) = gaps_report([Gap("what is {times}?", 3, 2, 1)], ENGLISH).listed
    assert line.startswith("what is {times}? (asked 3×")


def test_private_questions_of_others_are_counted_and_not_listed() -> None:
    report = gaps_report([Gap("", 4, 3, 1), Gap("why?", 1, 1, 0)], ENGLISH)
    assert report.heading.startswith("1 questions")
    assert report.listed[-1] == (
        "Asked in private and not answered well: 4. Their words are not shown."
    )
    assert len(report.json_lines) == 1


def test_private_questions_are_counted_in_german_too() -> None:
    told = gaps_report([Gap("", 4, 3, 1)], GERMAN).heading
    assert told == ("Privat gefragt und nicht gut beantwortet: 4. Der Wortlaut wird nicht gezeigt.")


def test_private_questions_alone_are_no_list() -> None:
    report = gaps_report([Gap("", 4, 3, 1)], ENGLISH)
    assert "not answered well: 4" in report.heading
    assert report.listed == report.json_lines == ()
