"""Who says something, and which question is answered."""

from __future__ import annotations

import pytest

from index.documents.outline import structure_of
from retrieval.spoken import (
    answers_a_question,
    blocks_said_together,
    first_sentence_of_answer,
    speaker_label,
    spoken_rows,
)
from tests.fakes import library_of, library_of_pages, markdown_article


def spoken(text: str, first: str, last: str | None = None) -> str:
    """Shows the sentences that complete those which hold some words."""
    sentences = library_of(text).sentences
    rows = [at for at, each in enumerate(sentences) if first in each.text]
    ends = [at for at, each in enumerate(sentences) if (last or first) in each.text]
    found = spoken_rows(range(rows[0], ends[-1] + 1), sentences)
    return " ".join(sentences[row].text for row in found)


@pytest.mark.parametrize(("before", "after"), [("“", "”"), ("„", "“"), ("«", "»"), ('"', '"')])
def test_a_quotation_is_shown_up_to_who_says_it(before: str, after: str) -> None:
    said = f"{before}We had nine boats. They were old. We sold them,{after} said the captain."
    text = f"It rained. {said} Nobody wept."
    assert spoken(text, "They were old") == said
    assert spoken(text, "nine boats") == said
    assert spoken(text, "It rained") == "It rained."
    assert spoken(text, "Nobody wept") == "Nobody wept."


def test_a_quotation_begins_where_its_speaker_is_named() -> None:
    said = "The captain said: “We had nine boats. They were old.”"
    assert spoken(f"It rained. {said}", "They were old") == said


def test_of_an_endless_quotation_a_few_sentences_are_shown() -> None:
    text = "“" + " ".join(f"We sold boat number {number}." for number in range(20)) + "”"
    shown = spoken(text, "number 3.")
    assert "number 3." in shown
    assert shown.count("We sold") == 5


def test_a_quotation_never_reaches_into_another_block() -> None:
    assert spoken("“We had nine boats.\n\nSnow fell. Birds sang.”", "Snow fell") == "Snow fell."


@pytest.mark.parametrize("label", ["{}:", "10:02 {}:", "[10:02:30] {}:", "{} (chair):"])
def test_the_name_before_a_turn_is_its_label(label: str) -> None:
    wanted = [label.format(name) for name in ("Mara Lind", "Otto Behr") * 2]
    article = library_of("\n".join(f"{each} It is late: go." for each in wanted)).articles[0]
    labels = [speaker_label(article, block) for block in structure_of(article).blocks]
    assert [article.text[slice(*found)] for found in labels if found] == wanted


def test_other_blocks_have_no_label() -> None:
    article = library_of("Note: the pump is mended.").articles[0]
    assert speaker_label(article, structure_of(article).blocks[0]) is None


FAQ = """# May dogs come along?

No. The carpets are new. Ask Dr. Falk about cats.

They may wait outside.

## Prices

A ticket is 4 crowns.

**How many seats are there?**

Dr. Falk counted 40. They are red.

- Six are broken.
"""


def at_words(page: str, words: str) -> int:
    found = structure_of(markdown_article(page)).block_at(page.index(words))
    assert found is not None
    return found


def test_what_stands_below_a_question_answers_it() -> None:
    article = markdown_article(FAQ)
    assert answers_a_question(article, at_words(FAQ, "outside"))
    assert answers_a_question(article, at_words(FAQ, "40"))
    assert answers_a_question(article, at_words(FAQ, "broken"))
    assert not answers_a_question(article, at_words(FAQ, "4 crowns"))


def first_of_answer(page: str, words: str) -> list[str]:
    library = library_of_pages(page)
    row = next(at for at, each in enumerate(library.sentences) if words in each.text)
    ranges = first_sentence_of_answer(
        library.articles[0], at_words(page, words), library.sentences, row
    )
    return [page[slice(*each)] for each in ranges]


def test_the_first_sentence_of_an_answer_says_yes_or_no() -> None:
    assert first_of_answer(FAQ, "outside") == ["No."]
    assert first_of_answer(FAQ, "broken") == ["Dr. Falk counted 40."]


def test_where_the_answer_itself_is_first_or_nothing_is_asked_there_is_none() -> None:
    assert first_of_answer(FAQ, "carpets") == []
    assert first_of_answer(FAQ, "4 crowns") == []
    assert first_of_answer("# Who came?\n\n- Mara\n- Otto\n", "Otto") == []


def test_a_quotation_goes_on_over_its_paragraphs_and_ends_with_its_speaker() -> None:
    page = "Before.\n\n> We sold it.\n>\n> It was old.\n\n— Mara Lind\n\nAfter.\n"
    article = markdown_article(page)
    blocks = structure_of(article).blocks
    rows = blocks_said_together(article, at_words(page, "It was old"))
    shown = page[blocks[rows[0]].start : blocks[rows[-1]].end]
    assert shown == "We sold it.\n>\n> It was old.\n\n— Mara Lind"
    assert blocks_said_together(article, 0) == [0]
