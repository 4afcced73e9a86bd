"""Which sentence of a library stands at a place of an article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.sentence_places import sentence_at
from tests.fakes import library_of_pages

LIBRARY = library_of_pages(
    "One. Two.\n\nThree.", "# Head\n\nFour. Five.\n\nSix. Seven. Eight.", "Nine."
)


@given(row=st.integers(0, 8), data=st.data())
def test_it_is_the_last_sentence_that_begins_there_or_above(row: int, data: st.DataObject) -> None:
    known = LIBRARY.sentences[row]
    place = data.draw(st.integers(0, known.end - 1))
    above = [s for s in LIBRARY.sentences[: row + 1] if s.article is known.article]
    wanted = [sentence for sentence in above if sentence.start <= place]
    assert sentence_at(LIBRARY.sentences, row, place) == (wanted[-1] if wanted else None)
