"""The greeting says what there is to ask."""

from __future__ import annotations

import datetime as dt

from bot.page.facts import Facts
from bot.page.greeting import greeting
from bot.page.phrases import ENGLISH, GERMAN

FACTS = Facts(
    articles=7,
    titles=("One", "Two", "Three", "Four", "Five", "Six", "Seven"),
    examples=("Where is the HQ?", "Who leads it?", "When was it?", "Why?"),
    published=(None, dt.date(2024, 7, 11), dt.date(2024, 6, 14)),
)


def test_it_names_how_many_articles_of_what_from_when_and_three_examples() -> None:
    lines = greeting(FACTS, ENGLISH).split("\n")
    assert lines[0] == ENGLISH.help
    assert lines[1] == "Articles: 7, with dates from 2024-06-14 to 2024-07-11"
    assert lines[2:8] == ["• One", "• Two", "• Three", "• Four", "• Five", "• 2 more"]
    assert lines[8:] == ["For example:", "• Where is the HQ?", "• Who leads it?", "• When was it?"]


def test_it_speaks_german_where_the_channel_does() -> None:
    assert "Artikel: 7, mit Daten vom 14.06.2024 bis zum 11.07.2024" in greeting(FACTS, GERMAN)


def test_it_says_nothing_of_what_nobody_knows() -> None:
    assert greeting(Facts(), ENGLISH) == ENGLISH.help
    assert greeting(Facts(articles=1), ENGLISH) == f"{ENGLISH.help}\nArticles: 1"


def test_a_long_title_is_cut() -> None:
    assert max(map(len, greeting(Facts(1, titles=("x" * 500,)), ENGLISH).split("\n"))) < 110
