"""An Answer in a terminal and in a pipe."""

from __future__ import annotations

import datetime
import io
import unicodedata
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.terminal import TerminalProgress, answer_texts, print_answer
from bot.page.phrases import ENGLISH
from index.documents.article import Article
from index.documents.left_out import Skipped
from index.documents.spans import Quote, Span
from retrieval.about_articles import About
from retrieval.about_wordings import AboutKind
from retrieval.answers import Answer, Finding
from tests.bot.markdown_clips import markdown
from tests.bot.markdown_clips import quote as words

TEXT = "It began small. The seat is in [bold]Wiesbaden[/bold] now. Nobody objected."
ARTICLE = Article("a.txt", "The firm moves", TEXT, datetime.date(2024, 6, 4))
OTHER = Article("b.txt", None, "The seat is in Mainz.")


def quote(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return Quote(article, start, start + len(words))


def finding(article: Article, words: str, decisive: str, *also: Quote) -> Finding:
    start = article.text.index(decisive)
    return Finding(quote(article, words), Span(article, start, start + len(decisive)), 0.9, also)


SEAT = finding(ARTICLE, TEXT[16:58], "Wiesbaden")


def printed(answer: Answer, *, closest: bool = False, screen: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=40, force_terminal=screen, highlight=False)
    print_answer(console, answer, closest=closest)
    return stream.getvalue()


def test_a_clipping_comes_with_its_source_date_and_offsets() -> None:
    lines = printed(Answer("where?", (SEAT,))).splitlines()
    assert lines == [
        "",
        "The seat is in [bold]Wiesbaden[/bold] now.",
        "— The firm moves, 4 June 2024 · a.txt · characters 16–58",
    ]


def test_an_article_without_title_and_date_is_called_by_its_file() -> None:
    lines = printed(Answer("where?", (finding(OTHER, OTHER.text, "Mainz"),))).splitlines()
    assert lines[-1] == "— b.txt · characters 0–21"


def test_the_decisive_words_are_bold() -> None:
    text = answer_texts(Answer("where?", (SEAT,)))[1]
    (span,) = text.spans
    assert text.plain[span.start : span.end] == "Wiesbaden"
    assert "bold" in str(span.style)


def test_the_decisive_words_are_bold_behind_a_carriage_return_too() -> None:
    article = Article("a.txt", None, "One\r\ntwo\r\nWiesbaden it is.")
    text = answer_texts(Answer("where?", (finding(article, article.text, "Wiesbaden"),)))[1]
    (span,) = text.spans
    assert text.plain[span.start : span.end] == "Wiesbaden"


@given(
    st.text(
        st.characters(categories=["Cc", "Cs"])
        | st.sampled_from("a[31m\u202e\u2066\u200b\ufeff\u2028\u2029"),
        min_size=1,
    )
)
def test_an_article_cannot_steer_the_terminal(hostile: str) -> None:
    article = Article(f"{hostile}.txt", hostile, f"x{hostile}x")
    also = Quote(article, 0, 1)
    shown = printed(
        Answer("?", (Finding(Quote(article, 0, len(hostile) + 2), None, 0.5, (also,)),))
    )
    unwanted = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not any(char != "\n" and unicodedata.category(char) in unwanted for char in shown)


def test_a_clipping_keeps_its_brackets_on_a_screen() -> None:
    shown = printed(Answer("where?", (SEAT,)), screen=True)
    assert "[bold]" in shown
    assert "\x1b[1;32mWiesbaden" in shown


def test_other_articles_with_the_same_answer_are_named() -> None:
    also = finding(ARTICLE, TEXT[16:58], "Wiesbaden", quote(OTHER, "The seat"))
    assert printed(Answer("where?", (also,))).splitlines()[-1] == "also in b.txt"


def test_only_the_best_finding_is_shown_unless_they_differ() -> None:
    both = (SEAT, finding(OTHER, OTHER.text, "Mainz"))
    assert "Mainz" not in printed(Answer("where?", both))
    differing = printed(Answer("where?", both, differ=True))
    assert differing.startswith("The articles differ:\n")
    assert differing.index("Wiesbaden") < differing.index("Mainz")


def test_what_is_not_found_is_said_with_the_words_that_no_article_has() -> None:
    asked = Answer("moon?", closest=(quote(OTHER, "The seat"),), unknown_words=("moon", "base"))
    assert printed(asked).splitlines() == [
        "The articles do not say.",
        "No article mentions: moon, base",
    ]
    assert printed(asked, closest=True).splitlines()[2:] == [
        "Closest passages, not an answer:",
        "",
        "The seat",
        "— b.txt · characters 0–8",
    ]


def test_a_question_in_another_language_is_told_what_is_read() -> None:
    assert printed(Answer("wer?", foreign=True)).splitlines()[1:] == ["I read English."]


def test_a_phrase_that_no_article_has_is_named() -> None:
    shown = printed(Answer('"HQ\x1b"?', absent_phrases=("HQ\x1b",)))
    assert "No article has “HQ\ufffd” word for word" in " ".join(shown.split())


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1))
def test_a_pipe_gets_every_character_of_a_clipping(text: str) -> None:
    article = Article("a.txt", None, text)
    whole = Answer("?", (Finding(Quote(article, 0, len(text)), None, 0.5),))
    assert text in printed(whole)


GUIDE = """# Radio

## Pairing

Do *this* `now`:

1. Run **it**:

   ```sh
   radio pair
     --now \x1b[31m
   ```

2. See [the page](https://x.example/p).
   - Or not.

## Prices

| Name | Price |
|------|-------|
| Tea  | 2     |
"""


def test_lists_code_and_tables_can_be_read_and_the_headings_lead_to_them() -> None:
    source = markdown(GUIDE, "Radio")
    lead_in, steps = words(source, "Do", "now`:"), words(source, "1. Run", "not.")
    shown = printed(Answer("how?", (Finding(steps, None, 0.9, parts=(lead_in, steps), more=3),)))
    assert shown.splitlines() == [
        "",
        "Do this now:",
        "1. Run it:",
        "radio pair",
        "  --now \ufffd[31m",
        "2. See the page.",
        "  • Or not.",
        f"— Radio › Pairing · a.md · characters {steps.start}–{steps.end}",
        "3 more steps",
    ]
    header, row = words(source, "Name", "Price"), words(source, "Tea", "2     |")
    row = Quote(source, row.start, row.end - 6)
    table = printed(Answer("price?", (Finding(row, None, 0.9, parts=(header, row)),)))
    assert table.splitlines()[1:3] == ["Name | Price", "Tea | 2"]


def test_code_and_italics_have_styles_and_a_link_is_words_alone() -> None:
    source = markdown(GUIDE, "Radio")
    whole = words(source, "Do", "the page](https://x.example/p).")
    (_, text, *_) = answer_texts(Answer("how?", (Finding(whole, None, 0.9),)))
    assert [(text.plain[each.start : each.end], str(each.style)) for each in text.spans] == [
        ("this", "italic"),
        ("now", "cyan"),
        ("it", "italic"),
    ]
    assert "x.example" not in text.plain


def test_a_build_tells_its_steps_and_its_files_as_they_are() -> None:
    stream = io.StringIO()
    progress = TerminalProgress(Console(file=stream, width=200))
    progress.step("Reading 2 articles into [x]")
    for done in (1, 2):
        progress.encoded(done, 2)
    progress.skipped(Skipped("[red].txt", "it is empty"))
    lines = [line for line in stream.getvalue().splitlines() if line.strip()]
    assert lines[0] == "Reading 2 articles into [x] …"
    assert lines[-1] == "Skipped [red].txt: it is empty."


def test_what_a_record_says_is_printed_in_place_of_not_found() -> None:
    record = replace(ARTICLE, author="Anna\x1b[31m Holm")
    answer = Answer("who?", unknown_words=("x",), about=About(AboutKind.AUTHOR, (record,)))
    assert printed(answer).splitlines() == [
        ENGLISH.record,
        "The firm moves · 2024-06-04 · written by Anna [31m Holm",
    ]


def test_articles_on_a_subject_are_printed_above_the_clipping() -> None:
    answer = Answer("where?", (SEAT,), about=About(AboutKind.ARTICLES, (OTHER,)))
    assert printed(answer).splitlines()[:2] == [ENGLISH.articles_on, "b.txt"]


def test_a_clipping_of_an_article_without_another_date_shows_when_it_was_updated() -> None:
    article = replace(ARTICLE, published=None, updated=datetime.date(2024, 7, 1))
    clip = finding(article, TEXT[16:58], "Wiesbaden")
    assert printed(Answer("where?", (clip,))).splitlines()[-1] == "updated 2024-07-01"
