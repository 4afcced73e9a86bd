"""What the buttons below an answer do, and what they answer: decided once for every platform."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.chat.language import phrases_or_english
from bot.desk.surface import UnreachableError
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    from bot.chat.clicks import Click
    from bot.chat.surface import ChatSurface
    from bot.desk.desk import Desk
    from bot.page.layout import View
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask
    from bot.state.feedback import Verdict

log = logging.getLogger(__name__)


class Buttons:
    """Does what a button says, in the language of the channel that was clicked in."""

    def __init__(self, desk: Desk, surface: ChatSurface[Any]) -> None:
        self._desk = desk
        self._surface = surface

    async def turn(self, click: Click, view: View) -> None:
        """Shows another part of the answer in the same message: context, next passage, closest."""
        recalled = await self._recalled(click)
        if recalled is None:
            return
        ask, reply = recalled
        shareable = click.shareable and not await self._desk.is_known(click.share_key)
        asker = ask if ask.kind == "share" and not click.shareable else None
        payload = self._surface.written(replace(reply, view=view), shareable=shareable, asker=asker)
        try:
            await self._surface.show_instead(click, payload)
        except UnreachableError as refusal:
            log.warning("button of question %s: refused (%s)", click.claim_id, refusal)
            await self._say(click, (await self._phrases(click)).unchangeable)

    async def share(self, click: Click) -> None:
        """Posts a private answer for everybody, once, under the name of who clicked."""
        recalled = await self._recalled(click)
        if recalled is not None:
            ask, reply = recalled
            before = await self._desk.share(click.share(reply.searched_for or ask.question))
            if before is not None:
                phrases = await self._phrases(click)
                await self._say(
                    click, phrases.shared_before if before.reply else phrases.not_shared
                )

    async def judge(self, click: Click, verdict: Verdict) -> None:
        """Notes a thumb; the clicker's last one counts. A thumb down asks for the reason."""
        noted = await self._desk.state.note_feedback(click.claim_id, click.origin, verdict)
        phrases = await self._phrases(click)
        if not noted:
            await self._say(click, phrases.forgotten)
        elif verdict == "up":
            await self._say(click, phrases.thanks)
        elif not await self._surface.ask_reason(click, phrases):
            await self._say(click, phrases.thanks_without_reason)

    async def explain(self, click: Click, reason: str) -> None:
        """Notes the reason for a thumb down; an empty one where none was chosen."""
        if reason and reason not in REASONS:
            return
        noted = await self._desk.state.note_feedback(click.claim_id, click.origin, "down", reason)
        phrases = await self._phrases(click)
        if not noted:
            await self._say(click, phrases.forgotten)
            return
        try:
            await self._surface.thank_for_reason(click, phrases)
        except UnreachableError:
            await self._say(click, phrases.thanks)

    async def _recalled(self, click: Click) -> tuple[Ask, Reply] | None:
        """Returns the clicked question and its reply; tells the clicker if there is none."""
        try:
            recalled = await self._desk.recall(click.claim_id, click.origin)
        except Exception as error:  # noqa: BLE001  # its message may repeat the question
            log.error("button of question %s failed: %s", click.claim_id, type(error).__name__)  # noqa: TRY400  # a traceback may, too
            text = (await self._phrases(click)).failed.format(id=click.claim_id)
            await self._say(click, text)
            return None
        if recalled is None:
            await self._say(click, (await self._phrases(click)).forgotten)
        return recalled

    async def _say(self, click: Click, text: str) -> None:
        """Says something to the clicker alone; logs where even that is refused."""
        try:
            await self._surface.tell_clicker(click, text)
        except UnreachableError as refusal:
            log.warning("a click on question %s has no answer: %s", click.claim_id, refusal)

    async def _phrases(self, click: Click) -> Phrases:
        """Returns the fixed words of the clicked channel."""
        return await phrases_or_english(self._desk.state, click.channel)
