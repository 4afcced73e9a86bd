"""The comparison of what is shown as a quote with the article it is from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.verbatim import NotVerbatimError, check_quotes
from bot.page.layout import Clip
from bot.page.runs import Run, runs_of
from index.documents.article import Article
from index.documents.spans import Quote, Span

ARTICLE = Article("a.txt", "A", "It is in Wiesbaden now, in Wiesbaden.")
QUOTE = Quote(ARTICLE, 0, 37)
CLIP = Clip(QUOTE, Span(ARTICLE, 9, 18))
RIGHT = [Run("It is in "), Run("Wiesbaden", bold=True), Run(" now, in Wiesbaden.")]


@pytest.mark.parametrize(
    "runs",
    [
        RIGHT,
        [Run("It is "), Run("in "), *RIGHT[1:]],
        [RIGHT[0], Run("Wies", bold=True), Run("baden", bold=True), RIGHT[2]],
        [*RIGHT, Run("", bold=True)],
    ],
    ids=["as written", "in smaller runs", "bold in two runs", "an empty run"],
)
def test_the_article_s_own_letters_pass_however_they_are_divided(runs: list[Run]) -> None:
    check_quotes([runs], [CLIP])


@pytest.mark.parametrize(
    "shown",
    [
        [],
        [RIGHT, RIGHT],
        [[Run("It is in Berlin now.")]],
        [[Run(QUOTE.text)]],
        [[Run(QUOTE.text, bold=True)]],
        [[Run("It is in Wiesbaden now, in "), Run("Wiesbaden", bold=True), Run(".")]],
        [[RIGHT[0], Run("Wies", bold=True), Run("b"), Run("aden", bold=True), RIGHT[2]]],
        [RIGHT[:2]],
    ],
    ids=["no quote", "one too many", "other words", "no bold", "all bold", "bold elsewhere",
         "bold with a gap", "an end that is missing"],
)  # fmt: skip
def test_anything_else_is_refused(shown: list[list[Run]]) -> None:
    with pytest.raises(NotVerbatimError):
        check_quotes(shown, [CLIP])


@given(st.text(min_size=1), st.data())
def test_every_clipping_passes_as_the_platforms_are_told_to_write_it(
    text: str, data: st.DataObject
) -> None:
    article = Article("a.txt", None, text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote(article, start, end)
    first = data.draw(st.integers(start, end - 1))
    bold = Span(article, first, data.draw(st.integers(first + 1, end)))
    for clip in (Clip(quote), Clip(quote, bold)):
        check_quotes([runs_of(clip)], [clip])
