"""A clipping is whole: what its sentences are not understood without is shown as well."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.spans import Quote, Span
from index.passages.sentences import MAX_SENTENCE_CHARS
from retrieval.answers import Finding
from retrieval.candidates import Candidate
from retrieval.clipping import Clipping, whole_clipping
from retrieval.features import FEATURE_NAMES, Features
from retrieval.listing import MAX_ITEMS, MAX_WHOLE_CHARS
from retrieval.search import Hit
from tests.fakes import candidate_of, library_of, library_of_pages

if TYPE_CHECKING:
    from index.library.library import Library


def clip(library: Library, question: str, answer: str) -> Clipping:
    return whole_clipping(question, candidate_of(library, answer, question), library)


def parts(library: Library, question: str, answer: str) -> list[str]:
    return [part.text for part in clip(library, question, answer).parts]


SAUNA = library_of_pages("""# Sauna

The sauna is in the yard.

## Heating it

Heat it like this:

1. Open the flue.
2. Light the birch.

   Never use pine.
3. Wait an hour.

## Rules

Guests keep to these rules:

- Shower first.
- Bring a towel.
""")


def test_who_asks_how_gets_the_whole_list_with_its_lead_in() -> None:
    wanted = "1. Open the flue.\n2. Light the birch.\n\n   Never use pine.\n3. Wait an hour."
    assert parts(SAUNA, "How do I heat the sauna?", "Light") == ["Heat it like this:", wanted]


def test_a_numbered_list_is_whole_unless_one_fact_is_asked_for() -> None:
    assert len(parts(SAUNA, "Is pine forbidden?", "pine")[1].splitlines()) == 5
    assert parts(SAUNA, "How long does it take?", "an hour") == [
        "Heat it like this:",
        "3. Wait an hour.",
    ]


def test_what_stands_in_a_step_comes_with_the_step() -> None:
    assert parts(SAUNA, "When is pine used?", "Never") == [
        "Heat it like this:",
        "2. Light the birch.",
        "Never use pine.",
    ]


def test_one_item_is_shown_with_its_lead_in() -> None:
    wanted = ["Guests keep to these rules:", "Bring a towel."]
    assert parts(SAUNA, "Who needs a towel?", "towel") == wanted


def test_a_plural_wants_all_items() -> None:
    wanted = "Shower first.\n- Bring a towel."
    assert parts(SAUNA, "What are the rules for guests?", "Shower")[-1] == wanted


def test_a_lead_in_is_never_shown_without_what_it_points_to() -> None:
    (only,) = parts(SAUNA, "Who keeps to rules?", "Guests keep")
    assert only == "Guests keep to these rules:\n\n- Shower first.\n- Bring a towel."


def test_the_items_that_are_left_out_are_counted() -> None:
    page = "Boats:\n\n" + "".join(f"- boat {number}\n" for number in range(MAX_ITEMS + 3))
    found = clip(library_of_pages(page), "Which boats are there?", "boat 2")
    assert found.more == 3
    assert found.main.text.endswith(f"- boat {MAX_ITEMS - 1}")


def test_an_item_beyond_those_that_are_shown_is_shown_alone() -> None:
    page = "Boats:\n\n" + "".join(f"- boat {number}.\n" for number in range(100, 140))
    found = clip(library_of_pages(page), "Which boats are there?", "boat 139")
    assert [part.text for part in found.parts] == ["Boats:", "boat 139."]
    assert found.more == 0


PRICES = library_of_pages("""# Prices

| Boat | Price |
| --- | --- |
| Canoe | 12 |
| Kayak | 15 |
""")


def test_a_row_is_shown_with_the_header_of_its_table() -> None:
    assert parts(PRICES, "How much is a kayak?", "15") == ["Boat | Price", "Kayak | 15"]


def test_a_whole_table_is_shown_to_who_asks_for_all_of_it() -> None:
    wanted = ["Boat | Price", "Canoe | 12 |\n| Kayak | 15"]
    assert parts(PRICES, "What are the prices of boats?", "12") == wanted


def test_the_last_row_of_a_table_too_long_to_be_shown_is_shown_alone() -> None:
    rows = "".join(f"| Boat {number} | {number} |\n" for number in range(100, 130))
    library = library_of_pages(f"| Boat | Price |\n| --- | --- |\n{rows}")
    wanted = ["Boat | Price", "Boat 129 | 129"]
    assert parts(library, "What are the prices of boats?", "Boat 129") == wanted


def test_code_is_whole_and_comes_with_its_lead_in() -> None:
    page = "# Pump\n\nStart it with:\n\n```\n# as root\npump start\n```\n\nStop it.\n"
    wanted = ["Start it with:", "# as root\npump start"]
    assert parts(library_of_pages(page), "Which command starts it?", "pump start") == wanted


def test_a_definition_is_shown_with_its_term() -> None:
    page = "# Words\n\nBerth\n: A place for a boat.\n"
    assert parts(library_of_pages(page), "What is a berth?", "place") == [
        "Berth",
        "A place for a boat.",
    ]


def test_an_answer_is_shown_with_its_question() -> None:
    text = "Boats\n\nQ: May I swim?\nA: Yes, in summer.\n\nQ: And what about dogs?\nA: No.\n"
    library = library_of(text)
    assert parts(library, "May I swim?", "Yes") == ["Q: May I swim?", "A: Yes, in summer."]
    # A question that goes on with the question above it is not understood without that one.
    wanted = ["Q: May I swim?", "Q: And what about dogs?", "A: No."]
    assert parts(library, "May dogs swim?", "No.") == wanted


def test_what_explains_an_answer_comes_with_its_yes_or_no() -> None:
    page = "# May dogs swim?\n\nNo. Ask Dr. Falk.\n\nThe water is too cold for them.\n"
    wanted = ["No.", "The water is too cold for them."]
    assert parts(library_of_pages(page), "Why?", "too cold") == wanted


def test_a_turn_is_shown_with_its_speaker() -> None:
    talk = "Mara: It leaks.\nOtto: We mend it. In May.\nMara: Good.\nOtto: Fine.\n"
    (only,) = parts(library_of(talk), "When is it mended?", "In May")
    assert only == "Otto: We mend it. In May."


def test_of_a_long_turn_the_label_and_the_sentence_are_shown() -> None:
    long = "We looked at the pump and at its valves once more. " * 15
    talk = (
        f"Mara: It leaks.\nOtto: {long}Then it stopped in May. {long}\nMara: Good.\nOtto: Fine.\n"
    )
    wanted = ["Otto:", "Then it stopped in May."]
    assert parts(library_of(talk), "When did it stop?", "stopped in May") == wanted


def test_a_quotation_is_shown_with_who_says_it() -> None:
    text = "It rained. “We had nine boats. We sold them,” said Mara Lind. Nobody wept."
    (only,) = parts(library_of(text), "How many boats were there?", "nine")
    assert only == "“We had nine boats. We sold them,” said Mara Lind."


@pytest.mark.parametrize(
    "word",
    ["But", "However,", "Unless", "Except", "Aber", "Allerdings", "Ausgenommen", "Es sei denn,"],
)
def test_a_rule_is_shown_with_its_exception(word: str) -> None:
    text = f"Dogs may swim. {word} in May there are eels. It is warm."
    assert parts(library_of(text), "dogs?", "Dogs") == [
        f"Dogs may swim. {word} in May there are eels."
    ]


def test_an_exception_of_another_section_is_none_of_this_rule() -> None:
    page = "# A\n\nDogs may swim.\n\n# B\n\nBut cats may not.\n"
    assert parts(library_of_pages(page), "dogs?", "Dogs") == ["Dogs may swim."]
    both = library_of("Dogs may swim.", "But cats may not.")
    assert parts(both, "dogs?", "Dogs") == ["Dogs may swim."]


def test_of_a_long_lead_in_the_last_sentence_is_shown_from_its_beginning() -> None:
    long = "The harbour was built a hundred years ago by many people. " * 6
    page = f"{long}Ask Dr. Falk for one of these:\n\n- a canoe\n- a kayak\n"
    assert parts(library_of_pages(page), "Where is a kayak?", "kayak") == [
        "Ask Dr. Falk for one of these:",
        "a kayak",
    ]


PIECES = st.sampled_from(
    [
        "# May it swim?\n\n",
        "## Boats\n\n",
        "It swims. It sinks.\n\n",
        "But not now.\n\n",
        "The following:\n\n",
        "He said: “It swims. It sinks.” Nobody knew.\n\n",
        "“It sinks. It swims.\n\n",
        "- one\n- two\n  - inner\n\n    deep\n- three\n\n",
        "1. first\n2. second\n\n   ```\n   code\n   ```\n3. third\n\n",
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n",
        "```\nmake it\n```\n\n",
        "> It swims.\n>\n> It sinks.\n\n— Mara\n\n",
        "**Why is it so?**\n\nBecause.\n\n",
        "Term\n: What it is.\n\n",
        "<!-- hidden -->\n\n",
        "*It* ~~sank~~ `swims` [here](http://a.example).\n\n",
        "Long words stand here without any end " * 12 + "\n\n",
        "- " + "an item that goes on and on, " * 30 + "\n- next\n\n",
        "x:\n\ny:\n\nz:\n\n",
    ]
)
QUESTIONS = st.sampled_from(
    [
        "How do I do it?",
        "What are the steps?",
        "Who did it?",
        "Which command?",
        "Wie geht das?",
        "Why?",
    ]
)


@settings(max_examples=200)
@given(page=st.lists(PIECES, min_size=1, max_size=8), question=QUESTIONS, data=st.data())
def test_whatever_is_clipped_its_parts_are_in_order_and_hold_the_quote(
    page: list[str], question: str, data: st.DataObject
) -> None:
    make = data.draw(st.sampled_from([library_of_pages, library_of]))
    library = make("It is.\n\n" + "".join(page))
    sentences = library.sentences
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first, min(first + 3, len(sentences) - 1)))
    article = library.articles[0]
    quote = Quote(article, sentences[first].start, sentences[last].end)
    start = data.draw(st.integers(quote.start, quote.end - 1))
    answer = Span(article, start, data.draw(st.integers(start + 1, quote.end)))
    hit = Hit(0, library.passages[0], 1.0, 1.0, 1.0, (), ())
    features = Features(**dict.fromkeys(FEATURE_NAMES, 0.0))
    candidate = Candidate(quote, answer, hit, quote, features, range(first, last + 1))

    whole = whole_clipping(question, candidate, library)

    Finding(whole.main, answer, 0.5, parts=whole.parts, more=whole.more)
    assert whole.main.covers(quote)
    assert all(left.end <= right.start for left, right in pairwise(whole.parts))
    assert all(part.text == part.text.strip() for part in whole.parts)
    own = quote.end - quote.start
    limit = MAX_WHOLE_CHARS + own + 5 * MAX_SENTENCE_CHARS if own < MAX_WHOLE_CHARS else 2 * own
    assert whole.main.end - whole.main.start <= limit


def test_a_clipping_of_a_very_long_article_is_made_at_once() -> None:
    items = "".join(f"- item {number}\n" for number in range(5_000))
    library = library_of_pages(f"# Items\n\nThe items are:\n\n{items}")
    candidate = candidate_of(library, "item 4990", "Which items are there?")
    began = time.perf_counter()
    for _ in range(20):
        whole_clipping("Which items are there?", candidate, library)
    assert time.perf_counter() - began < 1.0


def test_a_question_is_not_shown_without_the_sentence_after_it() -> None:
    text = "May dogs come along? They may, on a lead. Cats may not."
    library = library_of(text)
    first = candidate_of(library, "May dogs come along?")
    assert whole_clipping("what about dogs", first, library).main.text == (
        "May dogs come along? They may, on a lead."
    )
