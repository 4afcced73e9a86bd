"""A reply as a message: the buttons lead where they say, and everything fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.page.layout import View
from bot.page.phrases import ENGLISH, GERMAN
from bot.page.reply import Reply
from bot.slack.messages import compose, read_turn, with_asker, with_preamble
from bot.slack.verbatim import checked
from index.documents.article import Article
from index.documents.spans import Quote
from retrieval.answers import Answer, Finding
from tests.bot.desk.surfaces import ask

ARTICLE = Article("a.txt", "News", "Ada came. Bob went.")
TWO = Answer(
    "who?",
    (Finding(Quote(ARTICLE, 0, 9), None, 0.9), Finding(Quote(ARTICLE, 10, 19), None, 0.8)),
)


def buttons(reply: Reply, **options: Any) -> dict[str, dict[str, Any]]:
    payload = compose(reply, widen=lambda quote: quote, **options)
    checked(payload)
    blocks = [block for block in payload.blocks if block["type"] == "actions"]
    return {element["text"]["text"]: element for block in blocks for element in block["elements"]}


def test_next_passage_leads_to_the_next_passage() -> None:
    reply = Reply("abc", answer=TWO)
    reply_id, view = read_turn(buttons(reply)["Next passage"]["value"])
    payload = compose(replace(reply, view=view), widen=lambda quote: quote)
    assert reply_id == "abc"
    assert [clip.quote.text for clip in payload.quoted] == ["Bob went."]


def test_context_can_be_shown_and_hidden_again() -> None:
    reply = Reply("abc", answer=TWO)
    _, wide = read_turn(buttons(reply)["Show context"]["value"])
    _, again = read_turn(buttons(replace(reply, view=wide))["Hide context"]["value"])
    assert (wide, again) == (View(wide=True), View())


def test_only_a_private_answer_can_be_shared() -> None:
    reply = Reply("abc", answer=TWO)
    assert "Share" in buttons(reply, shareable=True)
    assert "Share" not in buttons(reply)


def test_every_button_has_its_own_name() -> None:
    names = [b["action_id"] for b in buttons(Reply("abc", answer=TWO), shareable=True).values()]
    assert len(names) == len(set(names)) == 3


def test_not_found_offers_what_is_closest_only_where_there_is_something() -> None:
    near = Answer("x?", closest=(Quote(ARTICLE, 0, 9),))
    assert list(buttons(Reply("abc", answer=near))) == ["Closest passages"]
    assert buttons(Reply("abc", answer=Answer("x?"))) == {}


def test_what_was_searched_for_stands_above_the_answer() -> None:
    reply = Reply("abc", answer=TWO, searched_for="when founded Acme")
    text = compose(reply, widen=lambda quote: quote).text
    assert text.startswith("Searched for: when founded Acme\n“Ada came.”")


def test_a_shared_answer_says_who_asked_what_and_pings_nobody_else() -> None:
    reply = Reply("abc", answer=TWO)
    payload = with_asker(
        compose(reply, widen=lambda quote: quote), ask("<!here> who?", user="U1"), reply
    )
    first = payload.blocks[0]["elements"][0]["elements"]
    checked(payload)
    assert first[0] == {"type": "user", "user_id": "U1"}
    assert first[1] == {"type": "text", "text": " asked: <!here> who?"}


def test_fixed_words_alone_have_no_buttons() -> None:
    payload = compose(Reply("abc", text="That failed, id abc."), widen=lambda quote: quote)
    assert payload.text == "That failed, id abc."
    assert [block["type"] for block in payload.blocks] == ["rich_text"]


def test_fixed_words_above_an_answer_leave_it_whole() -> None:
    payload = with_preamble("Here:", compose(Reply("abc", answer=TWO), widen=lambda quote: quote))
    assert checked(payload)["text"].startswith("Here:\n“Ada came.”")


def test_the_fixed_words_come_in_the_language_of_the_channel() -> None:
    assert "Nächste Stelle" in buttons(Reply("abc", GERMAN, TWO))
    assert {len(words) for words in (ENGLISH.next, GERMAN.next)} <= set(range(1, 76))
