"""The check before sending, for clippings with markup: each kind of wrong run is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat.verbatim import NotVerbatimError, check_quotes, check_runs
from bot.page.layout import Clip
from bot.page.runs import Run, runs_of
from bot.page.shortening import shorten_clip
from index.documents.spans import Quote, Span
from tests.bot.markdown_clips import clips, markdown, quote

TEXT = """Prices:

| Name | Price |
|------|------:|
| Tea  | 2     |
| Milk &amp; rum | **1** or `2` <!-- or 3 --> |
"""
ARTICLE = markdown(TEXT)
HEADER, ROW = quote(ARTICLE, "Name | Price"), quote(ARTICLE, "Milk &amp; rum | **1** or `2`")
CLIP = Clip(ROW, Span(ARTICLE, TEXT.index("1**"), TEXT.index("2` <") + 1), parts=(HEADER, ROW))
RUNS = runs_of(CLIP)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def changed(words: str, /, **fields: object) -> list[Run]:
    """Returns the runs with one of them changed."""
    assert any(run.text == words for run in RUNS)
    return [replace(run, **fields) if run.text == words else run for run in RUNS]  # type: ignore[arg-type]  # any field


def swapped(one: int, other: int) -> list[Run]:
    runs = list(RUNS)
    runs[one], runs[other] = runs[other], runs[one]
    return runs


def test_the_runs_as_they_are_pass() -> None:
    assert "".join(run.text for run in RUNS) == "Name | Price\n…\nMilk & rum | 1 or 2"
    check_runs(RUNS, CLIP)
    check_quotes([RUNS], [CLIP])


@pytest.mark.parametrize(
    "runs",
    [
        changed("Milk ", text="Silk "),
        changed("&", text="&amp;"),
        changed("&", text="+"),
        [*RUNS, Run("or 3", place=place("or 3"))],
        [*RUNS, Run(" <!--", place=place(" <!--"))],
        [*RUNS[:8], Run("**", place=place("**")), *RUNS[8:]],
        [run for run in RUNS if run.text != "Milk "],
        [run for run in RUNS if run.text != "Name"],
        list(RUNS[:-1]),
        list(RUNS[1:]),
        [],
        changed("1", bold=False),
        changed("Name", bold=True),
        changed("\n…\n", text="\n"),
        [run for run in RUNS if run.text != "\n…\n"],
        [run for run in RUNS if run.place is not None],
        changed(" | ", text=" … "),
        changed(" | ", text=" or "),
        changed(" | ", url="https://x.example"),
        changed(" | ", bold=True),
        [*RUNS, Run("\n…\n")],
        swapped(0, 2),
        [*RUNS[4:], RUNS[3], *RUNS[:3]],
        [*RUNS, RUNS[0]],
        [*RUNS[:3], Run("Tea", place=place("Tea")), *RUNS[3:]],
    ],
    ids=["a wrong letter", "an entity as it is written", "an entity as another sign",
         "hidden words", "hidden marks behind the row", "hidden marks in the row",
         "no first run of the row", "no first run of the header",
         "no last run", "no first run", "nothing", "not bold", "bold elsewhere", "no sign of a gap",
         "no line break in a gap", "no signs", "a gap where none is", "a word as a sign",
         "a sign that is a link", "a bold bar", "a gap at the end", "two cells swapped",
         "two parts swapped", "a run twice", "what is in no part"],
)  # fmt: skip
def test_a_wrong_run_is_refused(runs: list[Run]) -> None:
    with pytest.raises(NotVerbatimError):
        check_runs(runs, CLIP)


@pytest.mark.parametrize(
    "shown",
    [
        changed("Milk ", text="Silk "),
        changed("1", bold=False),
        changed("Milk ", bold=True),
        changed("Milk ", italic=True),
        changed("Milk ", code=True),
        changed("Milk ", url="https://x.example"),
        changed(" | ", text=" "),
        list(RUNS[:-1]),
        swapped(0, 2),
    ],
    ids=["a wrong letter", "not bold", "bold", "italic", "code", "a link", "no bar", "no last run",
         "swapped"],
)  # fmt: skip
def test_a_message_that_shows_the_runs_wrongly_is_refused(shown: list[Run]) -> None:
    with pytest.raises(NotVerbatimError):
        check_quotes([shown], [CLIP])


def test_a_platform_may_leave_out_italics_code_and_links() -> None:
    check_quotes([[Run(run.text, run.bold) for run in RUNS]], [CLIP])


def test_a_link_that_leads_elsewhere_is_refused() -> None:
    article = markdown("See [it](https://x.example/a) now.")
    clip = Clip(Quote(article, 0, len(article.text)))
    runs = runs_of(clip)
    wrong = [replace(run, url="https://y.example/a" if run.url else None) for run in runs]
    check_quotes([runs], [clip])
    with pytest.raises(NotVerbatimError):
        check_quotes([wrong], [clip])


@given(clips())
def test_every_clipping_passes_whatever_its_structure(clip: Clip) -> None:
    check_quotes([runs_of(clip)], [clip])


@given(clips(), st.integers(1, 30))
def test_every_shortened_clipping_passes(clip: Clip, limit: int) -> None:
    short = shorten_clip(clip, limit)
    check_quotes([runs_of(short)], [short])


@given(clips(), st.data())
def test_every_change_of_a_run_is_refused(clip: Clip, data: st.DataObject) -> None:
    runs = list(runs_of(clip))
    rows = [row for row, run in enumerate(runs) if run.place and run.text.strip()]
    assume(rows)
    row = data.draw(st.sampled_from(rows))
    run = runs[row]
    wrong = data.draw(
        st.sampled_from([
            [replace(run, text=run.text + "z")],
            [replace(run, text="z" + run.text[1:])],
            [replace(run, bold=not run.bold)],
            [],
            [run, run],
            [run, Run("z")],
        ])
    )  # fmt: skip
    with pytest.raises(NotVerbatimError):
        check_runs([*runs[:row], *wrong, *runs[row + 1 :]], clip)


@given(clips(), st.data())
def test_hidden_text_is_never_shown(clip: Clip, data: st.DataObject) -> None:
    structure = clip.quote.article.structure
    assume(structure is not None and structure.hidden)
    assert structure is not None
    start, end = data.draw(st.sampled_from(structure.hidden))
    runs = runs_of(clip)
    assert not any(run.place and run.place[0] < end and start < run.place[1] for run in runs)
    hidden = Run(clip.quote.article.text[start:end], place=(start, end))
    at = data.draw(st.integers(0, len(runs)))
    with pytest.raises(NotVerbatimError):
        check_runs([*runs[:at], hidden, *runs[at:]], clip)
