"""Follow-ups: what leans on the question before takes its subject; the rest stays as it is."""

from __future__ import annotations

import pytest

from bot.desk.followup import carry_over


@pytest.mark.parametrize(
    ("before", "question", "searched"),
    [
        ("Who founded Acme?", "and when?", "when founded Acme"),
        ("Who founded Acme?", "When?", "When founded Acme"),
        ("Where is Hercules Shipping?", "and its CEO?", "CEO Hercules Shipping"),
        ("Where is Acme?", "what about the revenue?", "the revenue Acme"),
        ("Who leads Acme?", "How old is she?", "How old is Acme"),
        ("Wer führt Acme?", "und seit wann?", "seit wann Acme führt"),
        ("Where is Acme?", "Who leads it in Paris?", "Who leads in Paris Acme"),
        ("how many tanks were sent?", "who sent them?", "who sent tanks"),
    ],
)
def test_a_leaning_question_takes_the_subject_over(
    before: str, question: str, searched: str
) -> None:
    found = carry_over(question, before)
    assert found is not None
    assert sorted(found.split()) == sorted(searched.split())


@pytest.mark.parametrize(
    "question",
    [
        "Where is the HQ?",
        "Who founded Globex?",
        "And who founded Globex in Paris?",
        "Did Ada say that it rains?",
        "Did NATO change its flag?",
        "",
        "???",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert carry_over(question, "Who founded Acme?") is None


def test_without_a_question_before_there_is_nothing_to_carry_over() -> None:
    assert carry_over("and when?", None) is None
