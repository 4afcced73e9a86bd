"""What chat puts around a question is left out of it, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.wording import asked_in, points_at_quoted

WHERE = "where is the HQ?"


@pytest.mark.parametrize(
    "text",
    [f"clipping, {WHERE}", f"Clipping: {WHERE}", f"Hey Clipping, {WHERE}", f"hey clipping {WHERE}",
     f"@clipping {WHERE}", f"{WHERE[:-1]}, Clipping?", f"Dear Clipping team, {WHERE}",
     f"NewsBot - {WHERE}", f"hi NewsBot! {WHERE}",
     f"Hello! {WHERE}", f"hi {WHERE}", f"Good morning, {WHERE}", f"Hi all, {WHERE}",
     f"Hey team, quick question: {WHERE}", f"I have a question: {WHERE}", f"Guten Morgen, {WHERE}",
     f"Moin! {WHERE}", f"Hallo zusammen, kurze Frage: {WHERE}",
     f"{WHERE} Thanks!", f"{WHERE} thanks in advance", f"{WHERE} Vielen Dank!", f"{WHERE} Danke",
     f":wave: {WHERE}", f"{WHERE} :thinking_face:", f":wave::skin-tone-3: {WHERE}",
     f"{WHERE} https://news.example/2024/07/10/x/index.html", f"https://news.example/a {WHERE}",
     f"{WHERE[:-1]} according to https://news.example/a?", f"{WHERE[:-1]} according to cnn.com?",
     f"{WHERE} www.news.example/a", f"{WHERE} press@news.example",
     f"> The command will move.\n{WHERE}", f"{WHERE}\n> The command will move.",
     f"{WHERE}\n>>> The command\nwill move."],
)  # fmt: skip
def test_what_chat_adds_is_left_out(text: str) -> None:
    assert asked_in(text, ("NewsBot",)).replace(" ?", "?") == WHERE


@pytest.mark.parametrize(
    "text",
    ["What is newspaper clipping?", "Clipping is what?", "Hello Kitty is from where?",
     "Who owns booking.com?", "10:30:45 what happened?", "what is std::vector::size?",
     'what does "Good morning, Clipping" mean?', "who wrote “:wave: https://a.example”?",
     "Good Morning America is on when?", "who said thank you?", "hi", "good morning", ":+1:", "👍",
     "https://news.example/a", "press@news.example", "thanks!", "a > b or c?", "dear John letters"],
)  # fmt: skip
def test_what_is_asked_about_stays_and_so_does_what_stands_alone(text: str) -> None:
    assert asked_in(text, ("NewsBot",)) == text


@pytest.mark.parametrize("text", ["Clipping?", "@clipping", "NewsBot!", "  "])
def test_the_name_alone_asks_nothing(text: str) -> None:
    assert asked_in(text, ("NewsBot",)) == ""


def test_what_is_quoted_stays_where_the_rest_only_points_at_it() -> None:
    said = asked_in("> The command will sit in Wiesbaden.\nis that so?")
    assert said == "The command will sit in Wiesbaden. is that so?"


def test_a_label_of_a_link_stays_and_its_address_goes() -> None:
    assert asked_in("what does [the plan](https://a.example/b) say?") == "what does the plan say?"


@pytest.mark.parametrize(
    ("text", "points"),
    [("is that so?", True), ("", True), ("source?", True), ("?", True), (WHERE, False)],
)
def test_a_message_may_only_point_at_what_it_passes_on(text: str, points: bool) -> None:
    assert points_at_quoted(text) is points


@pytest.mark.parametrize(
    "part",
    ["\n", "hi, ", "http://", ": ", ":a", '"', ">", "hey team ", "thanks!", "@", "a.b", "[a",
     "on ", "clipping, ", "www.", "> \n", "(?", "\ue000"],
)  # fmt: skip
def test_reading_takes_steps_in_proportion_to_the_length(part: str) -> None:
    text = part * (40_000 // len(part))
    assert len(asked_in(text)) <= len(text)  # would run for minutes if it were quadratic


@given(st.text(st.sampled_from('hi clipping,:+1@.?!>“”"\n<>/ é') | st.characters(), max_size=200))
def test_no_text_is_lost_or_refused(text: str) -> None:
    said = asked_in(text)
    assert said == " ".join(said.split())
    if re.search(r"[^\W_]", text) and "clipping" not in text.lower():
        assert re.search(r"[^\W_]", said)
    assert asked_in(said) is not None
