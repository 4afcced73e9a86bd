"""The step before or after another step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.outline import structure_of
from index.documents.spans import Span
from retrieval.sequence import neighbouring_step
from tests.fakes import markdown_article

KETTLE = """# Descaling

1. Fill the kettle with vinegar.

   Half a litre will do.
2. Boil the vinegar twice.
   - once with the lid
   - once without
3. Rinse the kettle.

Then:

4. Enjoy your tea.
"""
GERMAN = "1. Alte Karte abgeben.\n2. Zehn Minuten warten.\n3. Neue Karte prüfen.\n"


def after(question: str, answer: str, page: str = KETTLE) -> str | None:
    article = markdown_article(page)
    start = page.index(answer)
    found = neighbouring_step(question, Span(article, start, start + len(answer)))
    return found.text if found else None


@pytest.mark.parametrize(
    ("question", "answer", "step"),
    [
        ("What do I do after I boiled the vinegar?", "Boil the vinegar", "Rinse the kettle."),
        ("After I boiled the vinegar, what comes next?", "Boil the", "Rinse the kettle."),
        ("What happens before the vinegar boils?", "Boil", "Fill the kettle with vinegar."),
        ("What comes after step 2?", "Boil", "Rinse the kettle."),
        (
            "Which step follows once the kettle is filled with vinegar?",
            "Fill",
            "Boil the vinegar twice.",
        ),
    ],
)
def test_the_step_beside_the_named_step_is_meant(question: str, answer: str, step: str) -> None:
    assert after(question, answer) == step


@pytest.mark.parametrize(
    "question",
    [
        "Was mache ich, nachdem ich die alte Karte abgegeben habe?",
        "Nachdem ich die alte Karte abgegeben habe, was mache ich dann?",
        "Welcher Schritt kommt nach Schritt 1?",
    ],
)
def test_german_questions_name_a_step_as_well(question: str) -> None:
    assert after(question, "Alte Karte", GERMAN) == "Zehn Minuten warten."


def test_the_first_step_has_none_before_it_and_the_last_none_after_it() -> None:
    assert after("What do I do before I fill the kettle with vinegar?", "Fill") is None
    assert after("What do I do after I rinse the kettle?", "Rinse") is None


def test_a_question_that_names_another_step_leaves_the_answer_as_it_is() -> None:
    assert after("What do I do after I paid the bill?", "Boil") is None
    assert after("What is boiled?", "Boil") is None
    assert after("What do I do after the?", "Boil") is None


def test_only_numbered_items_are_steps() -> None:
    assert after("What comes after once with the lid?", "once with the lid") is None
    assert after("What do I do after descaling?", "Descaling") is None


LINES = st.sampled_from(
    [
        "1. boil tea\n",
        "2. boil milk\n",
        "3) boil fish\n",
        "- boil eggs\n",
        "   - boil oats\n",
        "   boil rice\n",
        "boil leeks\n",
        "# boil\n",
        "1.\n",
        "1. ~~boil~~\n",
        "1. `x`\n",
        "> 1. boil\n",
        "\n",
    ]
)


@given(
    page=st.lists(LINES, max_size=12).map("".join).map("1. A\n".__add__),
    side=st.sampled_from(["after", "before"]),
)
def test_the_step_never_leaves_the_list(page: str, side: str) -> None:
    article = markdown_article(page)
    blocks = structure_of(article).blocks
    for row, block in enumerate(blocks):
        answer = Span(article, block.start, block.end)
        step = neighbouring_step(f"What comes {side} boil?", answer)
        if step is None:
            continue
        at = structure_of(article).block_at(step.start)
        assert at is not None
        assert blocks[at].group == block.group
        assert at > row if side == "after" else at < row
        assert blocks[at].end == step.end
