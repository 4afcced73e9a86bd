"""A question in a language that neither we nor the articles speak is told from an English one."""

from __future__ import annotations

import pytest

from retrieval.language import is_foreign
from tests.fakes import library_of

ENGLISH = library_of("The Zürich depot is run by José Núñez. Ursula von der Leyen was there.")
GERMAN = library_of("Die Brücke wurde 1998 eröffnet. Sie ist aus Stein und war teuer.")

FOREIGN = [
    "Wer leitet das Depot?", "Wann wurde die Brücke eröffnet?", "Wer ist José Núñez?",
    "Was kostet das?", "Wie viele Mitglieder hat die NATO?", "Où est la réunion ?",
    "Combien de membres?", "Quién es el presidente?", "Quando si vota?", "Chi ha vinto?",
    "Quem é o presidente?", "Wie is de koning?", "Vem är statsminister?", "Hvem er statsminister?",
    "Kto jest prezydentem?",
]  # fmt: skip


@pytest.mark.parametrize("question", FOREIGN)
def test_two_function_words_of_another_language_tell_it(question: str) -> None:
    assert is_foreign(question, ENGLISH)


@pytest.mark.parametrize(
    "question",
    [
        "Who runs the depot?", "Who is Charles de Gaulle?", "What does \"wer ist das\" mean?",
        "Ursula von der Leyen", "Rio de Janeiro", "Los Angeles la la land", "die hard", "et al",
        "Is Macron in Kiev", "war on drugs", "NATO summit date", "NATO und EU", "moon", "", "?",
    ],
)  # fmt: skip
def test_english_names_and_single_words_are_not_foreign(question: str) -> None:
    assert not is_foreign(question, ENGLISH)


@pytest.mark.parametrize("question", ["Wer nominierte die Ministerin?", "Wann wurde sie eröffnet?"])
def test_the_language_of_the_articles_is_not_foreign(question: str) -> None:
    assert is_foreign(question, ENGLISH)
    assert not is_foreign(question, GERMAN)


def test_a_question_whose_words_the_articles_know_is_not_foreign() -> None:
    assert not is_foreign("Wer ist wer?", library_of("She read: wer ist da?"))
