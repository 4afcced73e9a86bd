"""A reply as a Discord message: its page, and the buttons below. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.discord.embeds import (
    MAX_CONTENT_CHARS,
    Button,
    Payload,
    render,
)
from bot.discord.markdown import fitted, length
from bot.page.layout import Budget, View
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    from bot.page.layout import Page, Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask

BUDGETS = (
    Budget(clips=5, clip_chars=2_900, all_chars=5_200),
    Budget(clips=4, clip_chars=1_800, all_chars=3_600),
    Budget(clips=2, clip_chars=1_200, all_chars=2_000),
    Budget(clips=1, clip_chars=1_200, all_chars=1_200),
)
"""Tried in turn until all fits: a text of nothing but signs is twice as long once escaped."""

TURN = re.compile(r"clipping:turn:(?P<reply>\w+):(?P<at>\d+):(?P<wide>[01]):(?P<closest>[01])")
SHARE = re.compile(r"clipping:share:(?P<reply>\w+)")
THUMB = re.compile(r"clipping:thumb:(?P<reply>\w+):(?P<verdict>up|down)")
REASON = re.compile(r"clipping:why:(?P<reply>\w+):(?P<reason>\w+)")
MAX_LABEL_CHARS = 80


def compose(reply: Reply, *, widen: Widen, shareable: bool = False) -> Payload:
    """Returns the message for a reply; buttons stand only below an answer."""
    for budget in BUDGETS:
        page = reply.page(budget=budget, widen=widen)
        payload = render(page, reply.phrases)
        if payload.fits:
            break
    buttons = _buttons(reply, page, shareable=shareable) if reply.answer else ()
    return replace(payload, buttons=buttons)


def with_asker(payload: Payload, ask: Ask, reply: Reply) -> Payload:
    """Returns the message with who asked what above it, for people who did not see it asked."""
    asked = fitted(reply.asked(ask.question), MAX_CONTENT_CHARS // 2)
    return _above(f"<@{ask.user}> {asked}", payload)


def with_preamble(text: str, payload: Payload) -> Payload:
    """Returns the message with fixed words above it."""
    return _above(fitted(text, MAX_CONTENT_CHARS // 2), payload)


def reason_question(phrases: Phrases, claim_id: str) -> Payload:
    """Returns the question for what is wrong with an answer, with a button for each reason."""
    reasons = tuple(
        Button(getattr(phrases, reason), f"clipping:why:{claim_id}:{reason}") for reason in REASONS
    )
    return Payload(fitted(phrases.why, MAX_CONTENT_CHARS), buttons=reasons)


def read_turn(found: re.Match[str]) -> View:
    """Returns what a button shows."""
    return View(int(found["at"]), found["wide"] == "1", found["closest"] == "1")


def _above(content: str, payload: Payload) -> Payload:
    whole = f"{content}\n{payload.content}" if payload.content else content
    # Both halves are escaped; of the lower one, which is fixed words, less is no loss.
    return replace(payload, content=whole if length(whole) <= MAX_CONTENT_CHARS else content)


def _buttons(reply: Reply, page: Page, *, shareable: bool) -> tuple[Button, ...]:
    """Returns the buttons that turn this page, Share where it is wanted, and the thumbs."""
    turns = [Button(turn.label, _turn(reply.id, turn.view)) for turn in page.buttons]
    if shareable:
        turns.append(Button(reply.phrases.share, f"clipping:share:{reply.id}"))
    thumbs = [
        Button("👍", f"clipping:thumb:{reply.id}:up"),
        Button("👎", f"clipping:thumb:{reply.id}:down"),
    ]
    return (*turns, *thumbs)


def _turn(reply_id: str, view: View) -> str:
    return f"clipping:turn:{reply_id}:{view.at}:{view.wide:d}:{view.closest:d}"
