"""Sampled examples have right answers and true negatives, the same every time."""

from __future__ import annotations

import random

from retrieval.training.examples import ExampleSampler, Pool, ask_about_another_name, pair_with_rest
from retrieval.training.negatives import holds
from retrieval.training.questions import Paragraph, Question

CITIES = ("Oslo", "Rome", "Bern", "Kyiv", "Riga", "Lima")


def about(city: str) -> Question:
    text = f"Long ago it was small. Today {city} is the seat. Trains go there. Boats do not."
    start = text.index(city)
    paragraph = Paragraph("wiki", city, f"Land of {city.lower()}berg", text)
    return Question(f"What is the seat of {city}land?", paragraph, ((start, start + len(city)),))


def pool() -> Pool:
    asked = [about(city) for city in CITIES]
    nobody = Question("Who is the old mayor?", asked[0].paragraph, ())
    negatives = [(asked[n - 1].paragraph,) for n in range(len(asked))]
    return Pool((*asked, nobody), (*negatives, ()))


def test_a_block_is_sampled_again_from_its_number_and_the_seed() -> None:
    assert ExampleSampler(pool(), 3).block(5, 40) == ExampleSampler(pool(), 3).block(5, 40)
    assert ExampleSampler(pool(), 3).block(5, 40) != ExampleSampler(pool(), 3).block(6, 40)
    assert ExampleSampler(pool(), 3).block(5, 40) != ExampleSampler(pool(), 4).block(5, 40)


def test_every_answer_is_its_annotators_words() -> None:
    answered = [made for made in ExampleSampler(pool(), 1).block(0, 300) if made.answers]
    shown = {made.passage[start:end] for made in answered for start, end in made.answers}
    assert shown == set(CITIES)


def test_an_example_without_an_answer_does_not_hold_the_answer_of_its_question() -> None:
    asked = set(CITIES)
    for made in ExampleSampler(pool(), 2).block(0, 600):
        wanted = [city for city in asked if f"{city}land" in made.question]
        if not made.answers and wanted:
            assert not holds(made.passage, wanted)


def test_about_a_third_of_a_block_has_no_answer() -> None:
    without = sum(not made.answers for made in ExampleSampler(pool(), 0).block(0, 3000))
    assert 900 < without < 1100


def test_about_half_of_the_examples_have_a_title() -> None:
    titled = [
        made.passage.startswith("Land of") for made in ExampleSampler(pool(), 0).block(0, 200)
    ]
    assert 60 < sum(titled) < 140


def test_the_annotators_unanswerable_questions_occur_without_an_answer() -> None:
    made = [
        m for m in ExampleSampler(pool(), 0).block(0, 600) if m.question.startswith("Who is the")
    ]
    assert made
    assert not any(m.answers for m in made)
    assert not any(
        m.question.startswith("old mayor") for m in ExampleSampler(pool(), 0).block(0, 600)
    )


def test_the_rest_of_a_paragraph_is_no_negative_if_it_repeats_the_answer() -> None:
    text = "Ann won. It rained. It snowed. Ann sang."
    once = Question("Who won?", Paragraph("wiki", "a", "", text[:-10]), ((0, 3),))
    twice = Question("Who won?", Paragraph("wiki", "a", "", text), ((0, 3),))
    rest = pair_with_rest(once, random.Random(0))  # noqa: S311  -- repeatable on purpose
    assert rest is not None
    assert (rest.passage, rest.answers) == ("It rained. It snowed.", ())
    assert pair_with_rest(twice, random.Random(0)) is None  # noqa: S311  -- repeatable on purpose


def test_a_question_about_another_name_has_no_answer_in_the_same_window() -> None:
    text = "The mayor of Oslo is Ann. It rained in Bern."
    paragraph = Paragraph("wiki", "a", "", text)
    asked = Question("Who is the mayor of Oslo?", paragraph, ((21, 24),))
    made = ask_about_another_name(asked, 60, random.Random(3))  # noqa: S311  -- repeatable on purpose
    assert made is not None
    assert (made.question.rstrip("?"), made.answers) == ("Who is the mayor of Bern", ())
    assert "Ann" in made.passage
    nameless = Question("Who is mayor?", paragraph, ((21, 24),))
    assert ask_about_another_name(nameless, 60, random.Random(1)) is None  # noqa: S311  -- repeatable on purpose


def test_a_group_asks_one_question_and_at_most_its_first_window_answers() -> None:
    made = ExampleSampler(pool(), 2).groups(0, 400, 3)
    assert (
        made
        == ExampleSampler(pool(), 2).groups(0, 400, 3)
        != ExampleSampler(pool(), 2).groups(1, 400, 3)
    )
    for group in made:
        assert len(group) == 3
        assert len({example.question for example in group}) == 1
        assert not any(example.answers for example in group[1:])
        wanted = [city for city in CITIES if f"{city}land" in group[0].question]
        assert not any(holds(example.passage, wanted) for example in group[1:])
    answered = sum(bool(group[0].answers) for group in made)
    # A sixth is drawn to have no answer; some of these have nothing to be misled by.
    assert 0.8 * len(made) < answered < 0.92 * len(made)


def test_a_group_may_be_of_one_window() -> None:
    assert {len(group) for group in ExampleSampler(pool(), 0).groups(0, 100, 1)} == {1}


def test_a_group_takes_different_hard_negatives() -> None:
    asked = about("Oslo")
    near = tuple(about(city).paragraph for city in CITIES[1:])
    sampler = ExampleSampler(Pool((asked,), (near,)), 0)
    for group in sampler.groups(0, 100, 4):
        own = [made.passage for made in group if "boats" in made.passage.lower()]
        assert len(own) == len(set(own))
