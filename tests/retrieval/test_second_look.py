"""Which lines of tables and lists are read once more by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.questions import parse_question
from retrieval.search import search
from retrieval.second_look import MAX_LINES, MAX_LINES_OF_A_HIT, lines_to_read
from tests.fakes import library_of_pages

if TYPE_CHECKING:
    from index.library.library import Library

BOATS = """# Boats

| Boat | Colour |
| --- | --- |
| Adler | red |
| Falke | blue |
| Reiher | green |

The harbour is small. Boats are blue.
"""


def read_again(library: Library, question: str) -> list[str]:
    asked = parse_question(question, library)
    hits = search(library, asked.text, asked.stems, limit=20)
    lines = lines_to_read(asked, hits, library)
    assert all(line.overlaps(hit.passage) for hit, line in lines)
    return [line.text for _, line in lines]


def test_the_line_with_most_words_of_the_question_is_read_again_first() -> None:
    found = read_again(library_of_pages(BOATS), "Which colour has the Falke?")
    assert found[0] == "Falke | blue"
    assert len(found) <= MAX_LINES_OF_A_HIT


def test_the_heading_and_the_lead_in_of_an_item_count_as_its_words() -> None:
    page = "# Keys\n\n## Cellar\n\n- hook nine\n- hook two\n"
    assert read_again(library_of_pages(page), "Where is the cellar?") == ["hook nine", "hook two"]


def test_sentences_and_lines_that_stand_alone_are_not_read_again() -> None:
    assert read_again(library_of_pages("# Boats\n\nThe Falke is blue. It leaks.\n"), "Falke?") == []
    assert read_again(library_of_pages("# Boats\n\n- The Falke is blue.\n"), "Falke?") == []


def test_a_line_without_any_word_of_the_question_is_not_read_again() -> None:
    assert read_again(library_of_pages(BOATS), "Who sings in the choir?") == []


def test_of_many_hits_a_few_lines_are_read_again() -> None:
    pages = [f"- boat {number} is blue\n- boat is red\n- boat\n" for number in range(8)]
    assert len(read_again(library_of_pages(*pages), "Which boat is blue?")) == MAX_LINES


RELEASES = """# Releases

## 2.1.0 (2022-05-04)

### Mended

Oars float again.

Paddles are red.

## 2.0.0

Sails are new.
"""


def test_who_asks_when_is_shown_a_heading_with_its_date_and_the_sentence_below_it() -> None:
    library = library_of_pages(RELEASES)
    (dated,) = read_again(library, "When was 2.1.0 released?")
    assert dated == RELEASES[RELEASES.index("2.1.0") : RELEASES.index("\n\nPaddles")]
    assert read_again(library, "Who mended the oars?") == []
