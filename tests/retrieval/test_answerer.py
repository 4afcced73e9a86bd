"""A question gets its Answer from a reader that knows and from weights that are easy to follow."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.article import Article
from index.library.compile import compile_library
from retrieval.answerer import (
    MAX_CLOSEST,
    READER_MIN_CHARS,
    READER_TOP_K,
    Answerer,
    hits_to_read,
)
from retrieval.answers import Answer, Finding
from retrieval.search import Hit
from tests.fakes import (
    PhraseReader,
    WordEncoder,
    library_of,
    library_of_pages,
    simple_models,
)
from tests.verbatim import assert_verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.library.library import Library

BRIDGE = "It began small. The old bridge was opened in May 1998. It is made of stone."
SNOW = "Snow fell. In May 1998 nobody minded. Summer was warm."
REPORT = "Trains are loud. The town opened its old bridge in May 1998, people say."


def ask(
    library: Library,
    question: str,
    margins: Mapping[str, float] | None,
    threshold: float | None = None,
) -> Answer:
    reader = None if margins is None else PhraseReader(margins)
    answer = Answerer(library, simple_models(reader), threshold=threshold)(question)
    assert_verbatim(answer, library)
    assert answer.question == question
    assert answer.library_version == library.version
    return answer


def shown(answer: Answer) -> list[str]:
    return [finding.quote.text for finding in answer.findings]


def test_the_sentence_that_holds_the_answer_is_the_clipping() -> None:
    answer = ask(library_of(BRIDGE), "When was the old bridge opened?", {"May 1998": 3.0})
    assert shown(answer) == ["The old bridge was opened in May 1998."]
    assert answer.findings[0].answer is not None
    assert answer.findings[0].answer.text == "May 1998"
    assert answer.findings[0].confidence == pytest.approx(0.9526)


def test_below_the_threshold_the_closest_quotes_are_no_findings() -> None:
    answer = ask(library_of(BRIDGE), "When was the old bridge opened?", {"May 1998": -1.0})
    assert not answer.found
    assert [quote.text for quote in answer.closest] == ["The old bridge was opened in May 1998."]


def test_a_setting_moves_the_threshold() -> None:
    library, margins = library_of(BRIDGE), {"May 1998": -1.0}
    assert ask(library, "the old bridge?", margins, threshold=0.2).found
    assert not ask(library, "the old bridge?", {"May 1998": 3.0}, threshold=0.99).found


def test_with_another_library_everything_else_is_the_same() -> None:
    models = simple_models(PhraseReader({"May 1998": -1.0}))
    first = Answerer(library_of(REPORT), models, threshold=0.2, rerank_top_k=1)
    other = first.with_library(library_of(BRIDGE, SNOW))
    assert other("When was the old bridge opened?").found
    scores = [each.maxsim for each in other.rank("When was the old bridge opened?").ranked]
    assert len(scores) == 2
    assert scores[0] == scores[1]  # only the first was compared


def test_of_some_folders_it_answers_as_if_there_were_no_other_articles() -> None:
    news = Article("news/a.txt", None, BRIDGE)
    press = Article("press/b.txt", None, "Trains are loud. The bridge was opened in June 2001.")
    library = compile_library([news, press], WordEncoder(), version="test")
    answerer = Answerer(library, simple_models(PhraseReader({"May 1998": 3.0, "June 2001": 1.0})))
    asked = "When was the old bridge opened?"
    assert shown(answerer(asked))[0] == "The old bridge was opened in May 1998."

    answer = answerer(asked, folders=("press",))
    assert shown(answer) == ["The bridge was opened in June 2001."]
    assert_verbatim(answer, library)
    assert len(answerer(asked, folders=("press", "/news/")).findings) == 2

    knowing_nothing = Answerer(library, simple_models(PhraseReader({})))
    assert knowing_nothing("an old giraffe").unknown_words == ("giraffe",)
    restricted = knowing_nothing("an old giraffe", folders=("press",))
    assert restricted.unknown_words == ("old", "giraffe")


def test_the_index_of_some_folders_is_built_once() -> None:
    answerer = Answerer(library_of(BRIDGE), simple_models())
    assert answerer.restricted_to(("press",)) is answerer.restricted_to(("press",))


def test_of_a_folder_without_articles_nothing_is_found_and_nothing_is_close() -> None:
    answerer = Answerer(library_of(BRIDGE), simple_models(PhraseReader({"May 1998": 3.0})))
    answer = answerer("When was the old bridge opened?", folders=("a",))
    assert not answer.found
    assert answer.closest == ()


def test_a_question_not_found_names_its_words_that_no_article_has() -> None:
    answer = ask(library_of(BRIDGE), "Do giraffes cross the Bridge?", {"May 1998": -1.0})
    assert answer.unknown_words == ("giraffes", "cross")


def test_of_a_question_in_another_language_no_words_are_named() -> None:
    answer = ask(library_of(BRIDGE), "Wann wurde die Brücke eröffnet?", {"May 1998": -1.0})
    assert answer.foreign
    assert answer.unknown_words == ()
    assert not ask(library_of(BRIDGE), "Do giraffes cross?", {"May 1998": -1.0}).foreign


def test_an_answer_says_whether_files_were_left_unread() -> None:
    answerer = Answerer(library_of(BRIDGE), simple_models(PhraseReader({})), unread=True)
    assert answerer("giraffes").unread
    assert answerer("giraffes", folders=("a",)).unread
    assert not Answerer(library_of(BRIDGE), simple_models())("giraffes").unread


@pytest.mark.parametrize("question", ["", "hello", "🙂", "what is it?", "\n"])
def test_a_question_about_nothing_is_not_found_and_nothing_is_read(question: str) -> None:
    answer = ask(library_of(BRIDGE), question, {"May 1998": 9.0})
    assert not answer.found
    assert answer.closest == ()
    assert answer.unknown_words == ()


def test_nineteen_passages_without_the_answer_do_not_outvote_the_passage_that_has_it() -> None:
    others = [f"The old bridge number {number} is closed." for number in range(19)]
    answer = ask(library_of(*others, BRIDGE), "When was the bridge opened?", {"May 1998": 3.0})
    assert shown(answer)[0] == "The old bridge was opened in May 1998."


def test_the_same_answer_in_another_article_is_shown_once_with_also_in() -> None:
    library = library_of(BRIDGE, REPORT)
    answer = ask(library, "When was the old bridge opened?", {"May 1998": 3.0})
    (finding,) = answer.findings
    (also,) = finding.also
    assert {finding.quote.article.slug, also.article.slug} == {"0.txt", "1.txt"}
    assert "May 1998" in also.text


def dated(slug: str, text: str, day: datetime.date | None) -> Article:
    return Article(slug, None, text, day)


def test_articles_that_differ_are_shown_together_newest_first() -> None:
    older = dated("old.txt", "Allies give over 90% of all aid.", datetime.date(2024, 6, 1))
    newer = dated("new.txt", "Allies give 99 percent of all aid.", datetime.date(2024, 6, 20))
    library = compile_library([older, newer], WordEncoder(), version="test")
    answer = ask(library, "How much aid do allies give?", {"over 90%": 3.0, "99 percent": 2.0})

    assert answer.differ
    assert [finding.quote.article.slug for finding in answer.shown] == ["new.txt", "old.txt"]


def test_articles_without_a_date_come_after_those_with_one() -> None:
    undated = dated("none.txt", "Allies give over 90% of all aid.", None)
    newer = dated("new.txt", "Allies give 99 percent of all aid.", datetime.date(2024, 6, 20))
    library = compile_library([undated, newer], WordEncoder(), version="test")
    answer = ask(library, "How much aid do allies give?", {"over 90%": 3.0, "99 percent": 2.0})
    assert [finding.quote.article.slug for finding in answer.shown] == ["new.txt", "none.txt"]


def test_two_amounts_in_one_article_do_not_differ() -> None:
    library = library_of("Allies give over 90% of all aid. Others give 10 percent of all aid.")
    answer = ask(library, "How much aid?", {"over 90%": 3.0, "10 percent": 2.5})
    assert not answer.differ


def test_an_article_that_does_not_answer_by_itself_does_not_differ() -> None:
    library = library_of("Allies give over 90% of all aid.", "Rain fell on 12 percent of days.")
    answer = ask(library, "How much aid do allies give?", {"over 90%": 3.0, "12 percent": -1.0})
    assert answer.found
    assert not answer.differ


def test_an_article_far_behind_differs_if_it_answers_by_itself() -> None:
    library = library_of("Allies give over 90% of all aid.", "Of all aid, 99 percent is theirs.")
    answer = ask(library, "How much aid do allies give?", {"over 90%": 12.0, "99 percent": 3.0})
    assert answer.differ


def test_an_edited_copy_with_another_figure_differs() -> None:
    first = (
        "Rescuers said on Monday that 12 people had died when the old bridge fell into the river."
    )
    update = first.replace("12", "15")
    answer = ask(library_of(first, update), "How many people died?", {"12": 3.0, "15": 2.0})
    assert answer.differ
    assert shown(answer) == [first, update]


def test_a_copy_that_was_cut_does_not_differ() -> None:
    first = "Rescuers said on Monday that 12 people had died and 40 were hurt when the bridge fell."
    cut = first.replace("12 people had died and ", "")
    answer = ask(library_of(first, cut), "How many people?", {"12": 3.0, "40": 2.0})
    assert not answer.differ


def test_an_article_that_also_says_the_same_does_not_differ() -> None:
    both = "It was 99 percent of all aid, or just over 90% by another count."
    library = library_of("Allies give 90 percent of all aid.", both)
    margins = {"90 percent": 3.0, "99 percent": 2.9, "over 90%": 2.8}
    answer = ask(library, "How much aid do allies give?", margins)
    assert not answer.differ


@pytest.mark.parametrize("first", ["$43 billion", "40 billion euros a year"])
def test_an_amount_in_two_currencies_does_not_differ_from_either(first: str) -> None:
    library = library_of(
        "Aid is put at 40 billion euros ($43 billion).",
        "He wants allies to give 40 billion euros a year.",
    )
    margins = {"$43 billion": 3.0, "40 billion euros a year": 3.0} | {first: 3.5}
    answer = ask(library, "How much does he want?", margins)
    assert first in shown(answer)[0]
    assert not answer.differ


def test_an_answer_that_differs_is_as_likely_as_its_article_alone_makes_it() -> None:
    library = library_of("Allies give over 90% of all aid.", "Of all aid, 99 percent is theirs.")
    margins = {"over 90%": 12.0, "99 percent": 3.0}
    answer = ask(library, "How much aid do allies give?", margins)
    assert [finding.confidence for finding in answer.shown] == pytest.approx(
        [1.0, 0.9526], abs=1e-4
    )
    assert not ask(library, "How much aid do allies give?", margins, threshold=0.96).differ


@pytest.mark.parametrize(
    ("asked", "one", "other", "apart"),
    [
        ("Who built it?", "Ann Lee built it.", "Bob Roe built it.", True),
        ("Who built it?", "Ann Lee built it.", "Bob Roe built it with Ann.", False),
        ("Who built it?", "He built it.", "Bob Roe built it.", False),
        ("Where is the tower?", "The tower is in Ann Lee.", "It is in Bob Roe.", False),
        ("What is it?", "It is the Ann Lee.", "It is the Bob Roe.", False),
    ],
)
def test_names_differ_where_neither_article_knows_the_other(
    asked: str, one: str, other: str, *, apart: bool
) -> None:
    answer = ask(library_of(one, other), asked, {"Ann Lee": 3.0, "Bob Roe": 2.5, "He": 3.0})
    assert answer.differ is apart


@pytest.mark.parametrize(
    ("asked", "apart"),
    [
        ("How many came?", True),
        ("How many came in 2023?", False),
        ("How many to Ely?", False),
        ("how many to ely", False),
    ],
)
def test_what_is_said_of_another_year_or_name_does_not_differ(asked: str, *, apart: bool) -> None:
    library = library_of("In 2023, 412 came to Ely.", "In 2022, 389 came to Ayr.")
    answer = ask(library, asked, {"412": 3.0, "389": 2.5})
    assert answer.differ is apart


def test_a_clipping_holds_each_phrase_of_the_question_word_for_word() -> None:
    library = library_of(BRIDGE, REPORT)
    margins = {"May 1998": 3.0, "Trains": 1.0}
    answer = ask(library, 'Which article says "opened its old bridge" in May?', margins)
    assert shown(answer)[0].startswith("The town opened its old bridge")
    assert not ask(library, 'Who said "opened its new bridge"?', margins).found


def test_a_demanded_phrase_that_stands_in_no_article_is_named() -> None:
    library = library_of(BRIDGE, REPORT)
    absent = ask(library, 'Is it "the NEW bridge" or "the old bridge"?', {"May 1998": 3.0})
    assert absent.absent_phrases == ("the NEW bridge",)
    assert ask(library, "Who built a new bridge?", {"May 1998": -9.0}).absent_phrases == ()


def test_without_a_reader_the_nearest_sentence_is_the_clipping() -> None:
    library = library_of(BRIDGE, "Nobody takes the ferry.")
    answer = ask(library, "old bridge opened?", None, threshold=0.0)
    assert shown(answer)[0] == "The old bridge was opened in May 1998."
    assert answer.findings[0].answer is None


def test_answers_do_not_depend_on_the_order_of_asking() -> None:
    library = library_of(BRIDGE, REPORT)
    questions = ["When was the old bridge opened?", "the bridge?", "Trains?"]
    margins = {"May 1998": 3.0, "Trains": 1.0}
    first = [shown(ask(library, question, margins)) for question in questions]
    again = [shown(ask(library, question, margins)) for question in reversed(questions)]
    assert first == again[::-1]


@given(
    texts=st.lists(
        st.text(
            st.sampled_from("ab .\n\r“1") | st.characters(exclude_categories=["Cs"]), min_size=1
        ),
        min_size=1,
        max_size=4,
    ),
    question=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    phrase=st.text(min_size=1, max_size=3),
    margin=st.floats(-5, 5),
)
def test_every_quote_is_its_range_whatever_the_articles_hold(
    texts: list[str], question: str, phrase: str, margin: float
) -> None:
    library = library_of(*texts)
    words = f"{question} {texts[0]}"
    for reader in ({phrase: margin, texts[0][:4]: 1.0}, None):
        ask(library, words, reader, threshold=0.0)
        ask(library, words, reader, threshold=1.0)


def test_an_answer_outside_its_quote_cannot_be_built() -> None:
    library = library_of(BRIDGE)
    first, second, _ = library.sentences
    with pytest.raises(ValueError, match="outside its quote"):
        Finding(first, second, 0.5)  # type: ignore[arg-type]  # a sentence is a span as well


def test_a_confidence_is_a_probability_and_differing_takes_two() -> None:
    quote = ask(library_of(BRIDGE), "bridge?", {"May": -1.0}).closest[0]
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="not a probability"):
            Finding(quote, None, wrong)
    with pytest.raises(ValueError, match="two findings"):
        Answer("?", (Finding(quote, None, 0.5),), differ=True)


def _titled(text: str) -> Library:
    article = Article("a.txt", "Ferry news", text, author="Anna Holm")
    return compile_library((article,), WordEncoder(), version="v")


def test_who_wrote_an_article_is_said_by_its_own_line_and_else_by_its_record() -> None:
    own = ask(_titled("By Anna Holm\n\nThe boat sails."), "Who wrote Ferry news?", {})
    assert shown(own) == ["By Anna Holm"]
    assert own.about is None

    recorded = ask(_titled("The boat sails at night."), "Who wrote Ferry news?", {})
    assert not recorded.found
    assert recorded.about is not None
    assert [article.author for article in recorded.about.articles] == ["Anna Holm"]


def test_a_record_wins_over_a_clipping_that_says_something_else() -> None:
    found = ask(_titled("The Ferry news come at night."), "Who wrote Ferry news?", {"night": 3.0})
    assert not found.found
    assert found.about is not None


def test_a_clipping_that_answers_wins_over_a_record_and_stands_beside_a_list() -> None:
    library = _titled("The Ferry news were written by Bo Lind.")
    found = ask(library, "Who wrote Ferry news?", {"Bo Lind": 3.0})
    assert shown(found) == ["The Ferry news were written by Bo Lind."]
    assert found.about is None

    listed = ask(library, "What do you have on Ferry news?", {"Bo Lind": 3.0})
    assert listed.found
    assert listed.about is not None
    assert listed.about.articles == library.articles


STEPS = "# The kiln\n\nLight it like this:\n\n1. Open the flue.\n2. Stack the birch.\n3. Wait.\n"


def test_steps_are_shown_whole_with_their_lead_in() -> None:
    answer = ask(library_of_pages(STEPS), "How do I light the kiln?", {"Stack the birch": 3.0})
    (finding,) = answer.findings
    assert [part.text for part in finding.parts] == [
        "Light it like this:",
        "1. Open the flue.\n2. Stack the birch.\n3. Wait.",
    ]
    assert finding.answer is not None
    assert finding.answer.text == "Stack the birch"


def test_the_step_after_the_named_one_is_in_bold() -> None:
    question = "What do I do after I stacked the birch?"
    answer = ask(library_of_pages(STEPS), question, {"Stack the birch": 3.0})
    assert answer.findings[0].answer is not None
    assert answer.findings[0].answer.text == "Wait."


def test_the_closest_quotes_are_whole_and_only_a_few() -> None:
    page = "# Boats\n\n" + "".join(f"## Part {n}\n\nThe boat {n} is old.\n\n" for n in range(6))
    margins = {f"boat {number}": -1.0 for number in range(6)}
    answer = ask(library_of_pages(page), "boat?", margins)
    assert len(answer.closest) == MAX_CLOSEST
    answer = ask(library_of_pages(STEPS), "How do I light the kiln?", {"Stack": -1.0})
    assert [quote.text for quote in answer.closest] == [STEPS[STEPS.index("1.") :].strip()]


def test_where_passages_are_short_more_of_them_are_read() -> None:
    def hits(chars: int, count: int) -> list[Hit]:
        passage = library_of("a" * chars).passages[0]
        return [Hit(0, passage, 1.0, 1.0, 1.0, (), ()) for _ in range(count)]

    assert len(list(hits_to_read(hits(500, 30)))) == READER_TOP_K
    assert len(list(hits_to_read(hits(100, 60)))) == READER_MIN_CHARS // 100
    assert len(list(hits_to_read(hits(100, 20)))) == 20
    assert list(hits_to_read([])) == []
