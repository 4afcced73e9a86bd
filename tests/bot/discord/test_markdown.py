"""Discord's Markdown: what is written comes back, and nothing in between is left to be parsed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import escape, fitted, length, read, write
from bot.page.runs import Run

letters = st.characters(exclude_categories=["Cs"])
texts = st.text(letters) | st.text(st.sampled_from("*_`~|\\<>@#:[]-1. \n\rab"))


@given(texts)
def test_what_is_escaped_is_read_back_as_it_was(text: str) -> None:
    assert "".join(run.text for run in read(escape(text))) == text


@given(texts.filter(bool), texts.filter(bool), texts.filter(bool))
def test_bold_letters_stay_bold_whatever_stands_beside_them(
    before: str, bold: str, after: str
) -> None:
    runs = (Run(before), Run(bold, bold=True), Run(after))
    assert read(write(runs)) == runs


looks = st.builds(
    Run,
    texts.filter(bool),
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.booleans(),
    in_code_block=st.booleans(),
)


@given(st.lists(looks, max_size=6))
def test_letters_and_bold_come_back_whatever_is_italic_or_code(runs: list[Run]) -> None:
    written = write(runs)
    back = read(written)
    meant = [(letter, run.bold) for run in runs for letter in run.text]
    shown = [(letter, run) for run in back for letter in run.text]
    assert [letter for letter, _ in meant] == [letter for letter, _ in shown]
    assert all(
        run.bold == bold
        for (_, bold), (_, run) in zip(meant, shown, strict=True)
        if not run.in_code_block
    )
    assert write(back) == written


@given(texts)
def test_no_sign_that_means_something_is_left_alone(text: str) -> None:
    rest = re.sub(r"\\[^0-9A-Za-z\s]", "x", escape(text))
    assert not set(rest) & set("\\*_~`|<>[#:@")
    assert not re.search(r"(?m)^[^\S\n]*(-|\d+\.)", rest)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@everyone", r"\@everyone"),
        ("<@123> <#4> </ask:5>", r"\<\@123\> \<\#4\> \</ask\:5\>"),
        ("https://example.com", r"https\://example.com"),
        ("# Title\n> quoted\n-# small", "\\# Title\n\\> quoted\n\\-\\# small"),
        ("- one\n2. two, well-known", "\\- one\n2\\. two, well-known"),
        ("||a|| ~~b~~ __c__ `d`", r"\|\|a\|\| \~\~b\~\~ \_\_c\_\_ \`d\`"),
        ("[a](b) :smile: C:\\x", r"\[a](b) \:smile\: C\:\\x"),
    ],
)
def test_everything_that_pings_links_or_formats_gets_a_backslash(text: str, written: str) -> None:
    assert escape(text) == written


def test_letters_outside_the_basic_plane_count_twice() -> None:
    assert length("a👍") == 3


@given(texts, st.integers(1, 50))
def test_a_text_is_cut_to_fit_with_a_sign_that_it_was(text: str, limit: int) -> None:
    cut = fitted(text, limit)
    assert length(cut) <= max(limit, 1)
    assert cut == escape(text) or cut.endswith("…")
