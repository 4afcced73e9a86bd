"""What a question wants to see: steps, a whole list, code, or one fact."""

from __future__ import annotations

import pytest

from retrieval.asking import asks_for_all, asks_for_code, asks_for_one, asks_how


@pytest.mark.parametrize(
    "question",
    [
        "How do I renew my parking permit?",
        "How to descale the kettle?",
        "How are refunds processed?",
        "What are the steps for closing the shop?",
        "Walk me through the move.",
        "What must we do when the pump stops?",
        "The pump stopped: what now?",
        "Was muss ich tun, wenn die Pumpe steht?",
        "Wie kann ich das Passwort ändern?",
        "Wie wird die Pumpe entlüftet?",
        "Welche Schritte gehören zur Übergabe?",
    ],
)
def test_who_asks_how_wants_all_steps(question: str) -> None:
    assert asks_how(question)
    assert asks_for_all(question)
    assert asks_for_code(question)
    assert not asks_for_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which colours does the chair come in?",
        "What are the opening hours?",
        "List the members of the board.",
        "What kinds of boats are there?",
        "What should I bring to the exam?",
        "What does the kit contain?",
        "Welche Farben gibt es?",
        "Was gehört in den Biomüll?",
    ],
)
def test_a_plural_wants_the_whole_list(question: str) -> None:
    assert asks_for_all(question)
    assert not asks_how(question)


@pytest.mark.parametrize(
    "question",
    [
        "When does the ferry leave?",
        "Who repairs the lift?",
        "How many seats are there?",
        "How long does delivery take?",
        "What time do the doors open?",
        "Where are the keys?",
        "Until when is the pool open?",
        "Bis wann ist das Bad offen?",
        "Wann fährt die letzte Fähre?",
        "Wie lange dauert die Prüfung?",
        "Wie viele Plätze gibt es?",
        "Welcher Bus fährt zum Hafen?",
    ],
)
def test_a_fact_is_one_item_of_a_list(question: str) -> None:
    assert asks_for_one(question)
    assert not asks_for_all(question)
    assert not asks_how(question)


def test_what_names_one_thing_wants_no_list() -> None:
    for question in (
        "What is the wifi password?",
        "What has this to do with us?",
        "Which bus does he drive?",
    ):
        assert not asks_for_all(question)
        assert not asks_for_one(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which command starts the server?",
        "What is the syntax of a rule?",
        "Mit welchem Befehl startet der Server?",
        "Welche Befehle gibt es?",
    ],
)
def test_code_answers_who_asks_for_a_command_or_a_setting(question: str) -> None:
    assert asks_for_code(question)


def test_code_answers_no_other_question() -> None:
    assert not asks_for_code("Who wrote the server?")
