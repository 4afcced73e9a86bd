"""A reply as a Slack message: its page, and the buttons below. Pure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.page.layout import View, lay_out, searched_for
from bot.slack.blocks import ROOM, Block, Payload, line, message, plain, render, rich

if TYPE_CHECKING:
    from bot.page.layout import Page, Widen
    from bot.page.reply import Reply
    from bot.state.ask import Ask

TURN, SHARE, FEEDBACK = "turn", "share", "feedback"
MAX_LABEL_CHARS = 75


def compose(
    reply: Reply, *, widen: Widen, view: View | None = None, shareable: bool = False
) -> Payload:
    """The message for a reply; buttons only where there is an answer to turn over."""
    if reply.answer is None:
        return message(reply.words)
    phrases = reply.phrases
    said = (searched_for(reply.searched_for, phrases),) if reply.searched_for else ()
    above = (*said, *((reply.heading,) if reply.heading else ()))
    page = lay_out(reply.answer, view or reply.view, phrases, budget=ROOM, widen=widen, above=above)
    payload = render(page, phrases)
    blocks = (*payload.blocks, *_buttons(reply, page, shareable=shareable), _feedback(reply))
    return replace(payload, blocks=blocks)


def shared(payload: Payload, ask: Ask, reply: Reply) -> Payload:
    """The message with who asked what above it, for a channel that did not see the question."""
    question = ask.question if reply.searched_for is None else reply.searched_for
    words = " " + reply.phrases.asked.format(question=_cut(question))
    asker: Block = {"type": "user", "user_id": ask.user}
    return replace(payload, blocks=(rich(line(asker, plain(words))), *payload.blocks))


def with_preamble(words: str, payload: Payload) -> Payload:
    """The message with fixed words above it."""
    text = f"{message(words).text}\n{payload.text}"
    return replace(payload, text=text, blocks=(rich(line(plain(words))), *payload.blocks))


def read_turn(value: str) -> tuple[str, View]:
    """Which question a button belongs to, and what it wants to show."""
    fields = json.loads(value)
    view = View(int(fields["at"]), bool(fields["wide"]), bool(fields["closest"]))
    return str(fields["id"]), view


def button(label: str, action: str, value: str) -> Block:
    """A button, its label within Slack's limit."""
    return {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": label[:MAX_LABEL_CHARS]},
        "value": value,
    }


def _buttons(reply: Reply, page: Page, *, shareable: bool) -> tuple[Block, ...]:
    """The ways on from this page, and Share where only the asker sees it."""
    elements = [
        button(turn.label, f"{TURN}:{number}", _turn_value(reply.id, turn.view))
        for number, turn in enumerate(page.buttons)
    ]
    if shareable:
        elements.append(button(reply.phrases.share, SHARE, reply.id))
    return ({"type": "actions", "block_id": "ways", "elements": elements},) if elements else ()


def _feedback(reply: Reply) -> Block:
    """Thumbs up and down."""
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
    text = {"type": "plain_text", "text": sign}
    return {"text": text, "value": value, "accessibility_label": label}


def _turn_value(reply_id: str, view: View) -> str:
    fields = {"id": reply_id, "at": view.at, "wide": view.wide, "closest": view.closest}
    return json.dumps(fields, separators=(",", ":"))


def _cut(question: str) -> str:
    return question if len(question) <= 300 else question[:299] + "…"
