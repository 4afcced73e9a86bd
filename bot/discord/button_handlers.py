"""Buttons below an answer: context, next passage, Share, feedback."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.calls import show
from bot.discord.deferral import accept_click, defer_reply
from bot.discord.embeds import Payload, message
from bot.discord.incoming import Place, of_interaction
from bot.discord.messages import SHARE, THUMB, TURN, WHY, compose, shared, turned, why
from bot.discord.sending import changes
from bot.page.phrases import ENGLISH, phrases_in
from bot.state.feedback import REASONS

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable

    from bot.desk.desk import Desk
    from bot.discord.incoming import Interaction
    from bot.page.layout import Widen
    from bot.page.phrases import Phrases
    from bot.page.reply import Reply
    from bot.state.ask import Ask
    from bot.state.feedback import Verdict

    Handler = Callable[[Interaction, re.Match[str]], Awaitable[None]]

log = logging.getLogger(__name__)


class ButtonHandlers:
    """Everything that a person does with an answer."""

    def __init__(self, desk: Desk, widen: Widen) -> None:
        self._desk = desk
        self._widen = widen
        self._handlers: dict[re.Pattern[str], Handler] = {
            TURN: self.turned,
            SHARE: self.shared,
            THUMB: self.judged,
            WHY: self.explained,
        }

    async def clicked(self, interaction: Interaction, custom_id: str) -> None:
        """Do what a button says it does; its id is all there is to know, also after a restart."""
        for pattern, handler in self._handlers.items():
            found = pattern.fullmatch(custom_id)
            if found is not None:
                await handler(interaction, found)

    async def turned(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Context, next passage, closest passages: the same message shows something else."""
        if not await accept_click(interaction):
            return
        kept = await self._recalled(interaction, found["reply"])
        if kept is None:
            return
        ask, reply = kept
        private = _is_private(interaction)
        payload = compose(reply, widen=self._widen, view=turned(found), shareable=private)
        if ask.kind == "share" and not private:
            payload = shared(payload, ask, reply)
        await _show_instead(interaction, payload)

    async def shared(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Post a private answer for everybody, once, under the name of who asked."""
        if not await accept_click(interaction):
            return
        kept = await self._recalled(interaction, found["reply"])
        if kept is None:
            return
        ask, reply = kept
        await _show_instead(interaction, compose(reply, widen=self._widen))
        clicked = interaction.message.id if interaction.message else ""
        place = Place("channel", str(clicked), interaction.token)
        question, name = reply.searched_for or ask.question, f"share:{reply.id}"
        await self._desk.accept(of_interaction(interaction, question, "share", name, place))

    async def judged(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Thumbs: the last one counts; down asks why."""
        if await defer_reply(interaction) is None:
            return
        verdict: Verdict = "up" if found["verdict"] == "up" else "down"
        user = str(interaction.user.id)
        await self._desk.state.note_feedback(found["reply"], user, verdict)
        phrases = await self._phrases(interaction)
        asked = message(phrases.thanks) if verdict == "up" else why(phrases, found["reply"])
        await _show_instead(interaction, asked)

    async def explained(self, interaction: Interaction, found: re.Match[str]) -> None:
        """The reason for a thumb down."""
        if not await accept_click(interaction) or found["reason"] not in REASONS:
            return
        user = str(interaction.user.id)
        await self._desk.state.note_feedback(found["reply"], user, "down", found["reason"])
        await _show_instead(interaction, message((await self._phrases(interaction)).thanks))

    async def _recalled(self, interaction: Interaction, reply_id: str) -> tuple[Ask, Reply] | None:
        """The question a button belongs to; None, and the clicker is told, if there is none."""
        try:
            kept = await self._desk.recall(reply_id)
        except Exception as error:  # noqa: BLE001  # its message may repeat the question
            log.error("button of question %s failed: %s", reply_id, type(error).__name__)  # noqa: TRY400
            await _tell(interaction, ENGLISH.failed.format(id=reply_id))
            return None
        if kept is None:
            await _tell(interaction, (await self._phrases(interaction)).forgotten)
        return kept

    async def _phrases(self, interaction: Interaction) -> Phrases:
        """The fixed words of the channel that was clicked in."""
        ask = of_interaction(interaction, "", "question", "", Place())
        return phrases_in((await self._desk.state.rules(ask.key)).language)


def clicked_button(clicks: ButtonHandlers) -> type[discord.ui.DynamicItem[Any]]:
    """What discord.py makes of a click on any button of ours, whoever posted it and when."""

    class Clicked(
        discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"clipping:.+"
    ):
        @classmethod
        async def from_custom_id(
            cls,
            _interaction: Interaction,
            item: discord.ui.Item[Any],
            _match: re.Match[str],
        ) -> Self:
            return cls(item)  # type: ignore[arg-type]  # only buttons carry such an id

        async def callback(self, interaction: Interaction) -> None:
            await clicks.clicked(interaction, self.custom_id)

    return Clicked


async def _show_instead(interaction: Interaction, payload: Payload) -> None:
    """Change the message that was clicked, or the one that was promised."""
    await show(payload, lambda sent: interaction.edit_original_response(**changes(sent)))


async def _tell(interaction: Interaction, words: str) -> None:
    """Say something to the clicker alone."""
    sent = message(words)
    await interaction.followup.send(sent.content, ephemeral=True)


def _is_private(interaction: Interaction) -> bool:
    """Whether only one person sees the message that was clicked, and others could."""
    clicked = interaction.message
    private = clicked is not None and clicked.flags.ephemeral
    return private and interaction.guild_id is not None
