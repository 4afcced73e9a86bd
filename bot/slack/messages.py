"""A reply as a Slack message: its page, the buttons below, and the form for a reason. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.layout import View
from bot.slack.blocks import BUDGET, Block, Payload, line, message, plain, render, rich
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    from bot.page.layout import Page, Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask

TURN, SHARE, FEEDBACK, REASON = "turn", "share", "feedback", "why"
MAX_LABEL_CHARS = 75


def compose(reply: Reply, *, widen: Widen, shareable: bool = False) -> Payload:
    """Returns the message for a reply; buttons stand only below an answer."""
    page = reply.page(budget=BUDGET, widen=widen)
    payload = render(page, reply.phrases)
    if reply.answer is None:
        return payload
    blocks = (*payload.blocks, *_buttons(reply, page, shareable=shareable), _feedback(reply))
    return replace(payload, blocks=blocks)


def with_asker(payload: Payload, ask: Ask, reply: Reply) -> Payload:
    """Returns the message with who asked what above it, for people who did not see it asked."""
    asker: Block = {"type": "user", "user_id": ask.user}
    asked = plain(f" {reply.asked(ask.question)}")
    return replace(payload, blocks=(rich(line(asker, asked)), *payload.blocks))


def with_preamble(text: str, payload: Payload) -> Payload:
    """Returns the message with fixed words above it."""
    both = f"{message(text).text}\n{payload.text}"
    return replace(payload, text=both, blocks=(rich(line(plain(text))), *payload.blocks))


def read_turn(value: str) -> tuple[str, View]:
    """Returns the question that a button belongs to, and what the button shows."""
    fields = json.loads(value)
    view = View(int(fields["at"]), bool(fields["wide"]), bool(fields["closest"]))
    return str(fields["id"]), view


def button(label: str, action: str, value: str) -> Block:
    """Returns a button, its label within Slack's limit."""
    return {
        "type": "button",
        "action_id": action,
        "text": _plain_text(label[:MAX_LABEL_CHARS]),
        "value": value,
    }


def _buttons(reply: Reply, page: Page, *, shareable: bool) -> tuple[Block, ...]:
    """Returns the buttons that turn this page, and Share where only the asker sees it."""
    elements = [
        button(turn.label, f"{TURN}:{number}", _turn_value(reply.id, turn.view))
        for number, turn in enumerate(page.buttons)
    ]
    if shareable:
        elements.append(button(reply.phrases.share, SHARE, reply.id))
    return ({"type": "actions", "block_id": "ways", "elements": elements},) if elements else ()


def _feedback(reply: Reply) -> Block:
    """Returns the thumbs up and down."""
    return {
        "type": "context_actions",
        "block_id": FEEDBACK,
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": FEEDBACK,
                "positive_button": _thumb("👍", reply.phrases.good, f"up:{reply.id}"),
                "negative_button": _thumb("👎", reply.phrases.bad, f"down:{reply.id}"),
            }
        ],
    }


def _thumb(sign: str, label: str, value: str) -> Block:
    return {"text": _plain_text(sign), "value": value, "accessibility_label": label}


def _turn_value(reply_id: str, view: View) -> str:
    fields = {"id": reply_id, "at": view.at, "wide": view.wide, "closest": view.closest}
    return json.dumps(fields, separators=(",", ":"))


def reason_form(phrases: Phrases, click: str) -> Block:
    """Returns the form that asks what is wrong with an answer.

    `click`, the click that opened it, comes back as it is when the form is sent.
    """
    reasons = [
        {"text": _plain_text(getattr(phrases, reason)), "value": reason} for reason in REASONS
    ]
    asked = {"type": "radio_buttons", "action_id": REASON, "options": reasons}
    return {
        "type": "modal",
        "callback_id": REASON,
        "private_metadata": click,
        "title": _plain_text(phrases.bad),
        "submit": _plain_text(phrases.send),
        "close": _plain_text(phrases.close),
        "blocks": [
            {
                "type": "input",
                "block_id": REASON,
                "optional": True,
                "label": _plain_text(phrases.why),
                "element": asked,
            }
        ],
    }


def read_reason(view: Block) -> tuple[str, str]:
    """Returns the click that opened a form, and the chosen reason; empty for none."""
    chosen = view["state"]["values"][REASON][REASON].get("selected_option")
    return str(view["private_metadata"]), str(chosen["value"]) if chosen else ""


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text}
