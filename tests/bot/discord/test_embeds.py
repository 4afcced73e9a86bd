"""Pages as Discord messages: word for word, within limits, and nothing left to be parsed."""

from __future__ import annotations

import datetime as dt

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.embeds import Payload, message, render, without_links
from bot.discord.markdown import length, read
from bot.discord.messages import (
    REASON,
    SHARE,
    THUMB,
    TURN,
    compose,
    read_turn,
    reason_question,
    with_asker,
    with_preamble,
)
from bot.discord.verbatim import checked
from bot.page.layout import Clip, Page, View
from bot.page.phrases import ENGLISH
from bot.page.reply import FIRST, Reply
from bot.page.runs import Run, shown_text
from bot.state.ask import Ask, Key
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.bot.markdown_clips import clips, markdown, quote
from tests.scenarios import discord_shown
from tests.scenarios.hostile import HOSTILE_TEXTS, hostile_article, nothing, whole_answer

HOSTILE = "<!channel> <@U123> [x](http://y) *b* `c` &amp; \u202eabc\u200b @everyone"


def article(text: str, title: str | None = "News", url: str | None = None) -> Article:
    return Article("a.txt", title, text, dt.date(2024, 11, 19), url)


def payload(answer: Answer, *, view: View = FIRST, shareable: bool = False) -> Payload:
    reply = Reply("abc123", ENGLISH, answer, view=view)
    return compose(reply, widen=lambda quote: quote, shareable=shareable)


def found(text: str, start: int = 0, end: int = 1, **fields: str) -> Answer:
    source = article(text, **fields)
    whole = Quote(source, 0, len(text))
    return Answer("q?", (Finding(whole, Span(source, start, end), 0.9),))


def test_the_answer_is_bold_inside_its_quote() -> None:
    sent = payload(found("In Wiesbaden it is.", 3, 12))
    assert sent.embeds[0]["description"] == "In **Wiesbaden** it is."


def test_title_link_date_and_other_articles_stand_around_it() -> None:
    source = article("In Wiesbaden.", url="https://news.example/a")
    other = Quote(article("Wiesbaden!", "Other"), 0, 10)
    sent = payload(Answer("q?", (Finding(Quote(source, 0, 13), None, 0.9, (other,)),)))
    embed = sent.embeds[0]
    assert embed["title"] == "News"
    assert embed["url"] == "https://news.example/a#:~:text=In%20Wiesbaden."
    assert embed["footer"]["text"] == "2024-11-19 · also in Other"
    assert "url" not in without_links(sent).embeds[0]


def test_not_found_is_said_in_words_with_their_signs_escaped() -> None:
    sent = payload(Answer("x?", unknown_words=("@everyone", "*moon*")))
    assert sent.content == (
        "The articles do not say.\nNo article mentions\\: \\@everyone, \\*moon\\*"
    )
    assert sent.embeds == ()


def test_every_button_says_what_it_does_and_whose_it_is() -> None:
    sent = payload(found("In Wiesbaden it is.", 3, 12), shareable=True)
    context, share, up, down = sent.buttons
    turn = TURN.fullmatch(context.id)
    assert turn is not None
    assert (turn["reply"], read_turn(turn)) == ("abc123", View(wide=True))
    assert SHARE.fullmatch(share.id)
    thumbs = [THUMB.fullmatch(button.id) for button in (up, down)]
    assert [thumb and thumb["verdict"] for thumb in thumbs] == ["up", "down"]
    assert all(REASON.fullmatch(button.id) for button in reason_question(ENGLISH, "abc123").buttons)


def test_only_a_private_answer_can_be_shared() -> None:
    assert "Share" not in [button.label for button in payload(found("x")).buttons]


def test_a_shared_answer_says_who_asked_what() -> None:
    ask = Ask(Key("discord", "1", "2", "3"), "42", "Where is @everyone?")
    reply = Reply("abc", ENGLISH, found("It is here."))
    sent = with_asker(payload(found("It is here.")), ask, reply)
    assert sent.content == r"<@42> asked\: Where is \@everyone?"


def test_fixed_words_can_stand_above_a_message() -> None:
    sent = with_preamble("Here it is:", payload(Answer("x?")))
    assert sent.content == "Here it is\\:\nThe articles do not say."


def test_words_that_are_too_long_are_cut() -> None:
    assert length(message("*why* " * 2_000).content) <= 2_000


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_article_is_quoted_letter_by_letter(name: str) -> None:
    source = hostile_article(name)
    sent = checked(payload(whole_answer("What?", source, bold=(3, 9))))
    runs = read(sent.embeds[0]["description"])
    assert [run.text for run in runs if run.bold] == [source.text[3:9]]
    assert "".join(run.text for run in runs) in source.text


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_words_and_passages_fit_when_nothing_is_found(name: str) -> None:
    source = hostile_article(name)
    answer = nothing(HOSTILE_TEXTS[name], source)
    assert checked(payload(answer)).embeds == ()
    assert checked(payload(answer, view=View(closest=True))).embeds


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_quote_passes_the_check_and_reads_as_itself(text: str) -> None:
    sent = checked(payload(found(text)))
    assert "".join(run.text for run in read(sent.embeds[0]["description"])) == text
    assert read(sent.embeds[0]["description"])[0] == Run(text[0], bold=True)


@given(st.integers(1, 30), st.sampled_from(["x", "*", "é ", "😀", "1. ", "- \n", HOSTILE]))
def test_every_payload_fits_into_discord(count: int, letter: str) -> None:
    source = article(letter * (60_000 // len(letter)), title="*" * 500)
    whole = Quote(source, 0, len(source.text))
    findings = tuple(Finding(whole, None, 0.5, (whole,) * 9) for _ in range(count))

    sent = checked(payload(Answer("q?", findings, differ=count > 1)))

    embeds = [discord.Embed.from_dict(embed) for embed in sent.embeds]
    assert 1 <= len(embeds) <= 10
    assert all(len(embed.description or "") <= 4_096 for embed in embeds)
    assert all(len(embed.title or "") <= 256 for embed in embeds)
    assert sum(len(embed) for embed in embeds) <= 6_000
    assert len(sent.content) <= 2_000
    assert all(len(button.id) <= 100 and len(button.label) <= 80 for button in sent.buttons)


def test_what_is_too_long_for_one_message_is_left_for_the_next_passage() -> None:
    source = article("*" * 2_900)
    findings = tuple(Finding(Quote(source, 0, 2_900), None, 0.5) for _ in range(4))
    sent = payload(Answer("q?", findings, differ=True))
    assert "Next passage" in [button.label for button in sent.buttons]
    assert 1 <= len(sent.embeds) < 4


GUIDE = """# Radio

## Pairing

Do *this* `now` with [the page](https://x.example/p):

1. Run **it**:

   ```sh
   radio pair @everyone
   ```

2. Press on*off*.
"""


def described(text: str, first: str, last: str, bold: tuple[str, str] | None = None) -> str:
    source = markdown(text, "Radio")
    clip = Clip(quote(source, first, last), quote(source, *bold) if bold else None)
    sent = checked(render(Page((), (clip,), ()), ENGLISH))
    return str(sent.embeds[0]["description"])


def test_marks_of_the_article_are_italics_and_code_and_links_are_their_words() -> None:
    assert described(GUIDE, "Do", "example/p):", ("this", "with")) == (
        r"Do **_this_ `now` with** the page\:"
    )


def test_a_block_of_code_is_fenced_and_not_bold() -> None:
    assert described(GUIDE, "1. Run", "off*.", ("it**", "Press")) == (
        "1\\. Run **_it_\\:**\n"
        "```\nradio pair @everyone\n```\n"
        "**2\\. Press** onoff."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("a ```b", r"a \`\`\`b"),
        ("a `b", "```\na `b\n```"),
        ("python\nb", "```\npython\nb\n```"),
    ],
)
def test_code_that_could_end_its_fence_is_shown_as_letters(code: str, written: str) -> None:
    assert described(f"````\n{code}\n````\n", code, code) == written


def test_code_that_holds_a_mark_of_code_is_shown_as_letters() -> None:
    assert described("See ``a`b`` now.", "See", "now.") == r"See a\`b now."


def test_the_headings_stand_behind_the_title() -> None:
    source = markdown(GUIDE, "Radio")
    clip = Clip(quote(source, "Do", "this"))
    embed = render(Page((), (clip,), ()), ENGLISH).embeds[0]
    assert embed["title"] == "Radio › Pairing"


@given(clips())
def test_every_clipping_with_markup_passes_the_check(clip: Clip) -> None:
    sent = checked(render(Page((), (clip,), ()), ENGLISH))
    letters = "".join(run.text for run in read(sent.embeds[0]["description"]))
    assert letters == shown_text(clip)
    assert discord_shown.visible(sent.embeds[0]["description"]) == letters
