"""A reply as a Discord message: its page, and the buttons below. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.discord.embeds import (
    MAX_CONTENT_CHARS,
    Button,
    Payload,
    message,
    render,
)
from bot.discord.markdown import fitted, length
from bot.page.layout import Budget, View, beginning, lay_out, searched_for
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    from bot.page.layout import Page, Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask

ROOMS = (
    Budget(clips=5, clip_chars=2_900, all_chars=5_200),
    Budget(clips=4, clip_chars=1_800, all_chars=3_600),
    Budget(clips=2, clip_chars=1_200, all_chars=2_000),
    Budget(clips=1, clip_chars=1_200, all_chars=1_200),
)
"""Tried in turn until all fits: a text of nothing but signs is twice as long once escaped."""

TURN = re.compile(r"clipping:turn:(?P<reply>\w+):(?P<at>\d+):(?P<wide>[01]):(?P<closest>[01])")
SHARE = re.compile(r"clipping:share:(?P<reply>\w+)")
THUMB = re.compile(r"clipping:thumb:(?P<reply>\w+):(?P<verdict>up|down)")
WHY = re.compile(r"clipping:why:(?P<reply>\w+):(?P<reason>\w+)")
MAX_LABEL_CHARS = 80


def compose(
    reply: Reply, *, widen: Widen, view: View | None = None, shareable: bool = False
) -> Payload:
    """The message for a reply; buttons only where there is an answer to turn over."""
    if reply.answer is None:
        return message(reply.words)
    said = (searched_for(reply.searched_for, reply.phrases),) if reply.searched_for else ()
    above = (*said, *((reply.heading,) if reply.heading else ()))
    for room in ROOMS:
        page = lay_out(
            reply.answer, view or reply.view, reply.phrases, budget=room, widen=widen, above=above
        )
        payload = render(page, reply.phrases)
        if payload.fits:
            break
    return replace(payload, buttons=_buttons(reply, page, shareable=shareable))


def shared(payload: Payload, ask: Ask, reply: Reply) -> Payload:
    """The message with who asked what above it, for a channel that did not see the question."""
    question = ask.question if reply.searched_for is None else reply.searched_for
    asker = f"<@{ask.user}> "
    words = fitted(reply.phrases.asked.format(question=beginning(question)), MAX_CONTENT_CHARS // 2)
    return _above(asker + words, payload)


def with_preamble(words: str, payload: Payload) -> Payload:
    """The message with fixed words above it."""
    return _above(fitted(words, MAX_CONTENT_CHARS // 2), payload)


def why(phrases: Phrases, reply_id: str) -> Payload:
    """What is asked of somebody who found an answer not helpful."""
    reasons = tuple(
        Button(getattr(phrases, reason), f"clipping:why:{reply_id}:{reason}") for reason in REASONS
    )
    return Payload(fitted(phrases.why, MAX_CONTENT_CHARS), buttons=reasons)


def turned(found: re.Match[str]) -> View:
    """What a button wants to show."""
    return View(int(found["at"]), found["wide"] == "1", found["closest"] == "1")


def _above(content: str, payload: Payload) -> Payload:
    whole = f"{content}\n{payload.content}" if payload.content else content
    # Both halves are escaped; of the lower one, which is fixed words, less is no loss.
    return replace(payload, content=whole if length(whole) <= MAX_CONTENT_CHARS else content)


def _buttons(reply: Reply, page: Page, *, shareable: bool) -> tuple[Button, ...]:
    """The ways on from this page, Share where only the asker sees it, and the thumbs."""
    ways = [Button(turn.label, _turn(reply.id, turn.view)) for turn in page.buttons]
    if shareable:
        ways.append(Button(reply.phrases.share, f"clipping:share:{reply.id}"))
    thumbs = [
        Button("👍", f"clipping:thumb:{reply.id}:up"),
        Button("👎", f"clipping:thumb:{reply.id}:down"),
    ]
    return (*ways, *thumbs)


def _turn(reply_id: str, view: View) -> str:
    return f"clipping:turn:{reply_id}:{view.at}:{view.wide:d}:{view.closest:d}"
