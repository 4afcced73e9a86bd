from __future__ import annotations

from tests.workspace.plain_blocks import drawable


def test_a_quote_becomes_a_quote_with_its_answer_in_bold() -> None:
    runs = [{"type": "text", "text": "It is in "},
            {"type": "text", "text": "Wiesbaden ", "style": {"bold": True}},
            {"type": "text", "text": "now.\nStill."}]  # fmt: skip
    quote = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": runs}]}
    (section,) = drawable([quote])
    assert section["text"]["text"] == "> It is in *Wiesbaden* now.\n> Still."


def test_feedback_becomes_two_buttons() -> None:
    sides = {
        side: {"text": {"type": "plain_text", "text": side}, "value": side}
        for side in ("positive_button", "negative_button")
    }
    element = {"type": "feedback_buttons", "action_id": "feedback", **sides}
    (actions,) = drawable([{"type": "context_actions", "elements": [element]}])
    assert [button["value"] for button in actions["elements"]] == list(sides)


def test_what_can_be_drawn_stays_as_it_is() -> None:
    assert drawable([{"type": "divider"}]) == [{"type": "divider"}]
