"""What stands in a Slack message beyond `text`."""

from __future__ import annotations

from bot.slack.content import file_titles, forwarded_text, own_text, whole_text


def rich(*elements: dict[str, object]) -> dict[str, object]:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


def test_blocks_are_read_where_there_is_no_text() -> None:
    blocks = [
        rich({"type": "user", "user_id": "U1"}, {"type": "text", "text": " is 1 < 2 "},
             {"type": "emoji", "name": "wave"}, {"type": "link", "url": "https://a.example/b"}),
        {"type": "header", "text": {"type": "plain_text", "text": "News & more"}},
        {"type": "actions", "elements": [{"type": "button", "text": {"text": "Buy"}}]},
    ]  # fmt: skip
    said = "<@U1> is 1 &lt; 2 :wave:<https://a.example/b>\nNews &amp; more"
    assert own_text({"text": "", "blocks": blocks}) == said
    assert own_text({"text": "typed", "blocks": blocks}) == "typed"


def test_a_quotation_in_blocks_is_marked_as_in_text() -> None:
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a\nb"}]}
    assert own_text({"blocks": [{"type": "rich_text", "elements": [quoted]}]}) == "> a\n> b"


def test_only_what_a_person_passes_on_is_a_forward() -> None:
    shared = {"is_share": True, "message_blocks": [{"message": {"blocks": [rich(
        {"type": "text", "text": "the claim"})]}}]}  # fmt: skip
    preview = {"title": "a page", "text": "of some site"}
    assert forwarded_text({"attachments": [preview, shared]}) == "the claim"
    assert forwarded_text({"attachments": [preview]}) == ""


def test_everything_on_a_card_is_read_once() -> None:
    card = {
        "pretext": "News", "title": "The move", "text": "It moved.",
        "fields": [{"title": "Where", "value": "Wiesbaden"}], "fallback": "not this",
    }  # fmt: skip
    message = {"text": "News", "blocks": [rich({"type": "text", "text": "News"})],
               "attachments": [card]}  # fmt: skip
    assert whole_text(message) == "News\nThe move\nIt moved.\nWhere\nWiesbaden"
    assert whole_text({"attachments": [{"fallback": "only this"}]}) == "only this"


def test_titles_of_files_are_read_and_names_of_files_are_none() -> None:
    files = [{"title": "q.png"}, {"title": "Plans for 2021"}, {"title": ""}, {}]
    assert file_titles({"files": files}) == "Plans for 2021"


def test_odd_and_deep_content_is_passed_over() -> None:
    deep: object = rich({"type": "text", "text": "too deep"})
    for _ in range(100):
        deep = {"type": "section", "elements": [deep]}
    empty = {"type": "rich_text", "elements": [None]}
    odd = {"blocks": [None, 7, "x", {"type": None}, empty, deep],
           "attachments": [None, "x", {"fields": [None], "message_blocks": [None]}],
           "files": [None], "text": None}  # fmt: skip
    assert whole_text(odd) == ""
