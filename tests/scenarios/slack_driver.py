"""Plays scenarios in our own Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.emulators.slack.workspace import ALICE, BOB, GENERAL
from tests.scenarios.slack_shown import read
from tests.scenarios.stage import Medium, MessageRef

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from tests.emulators.slack.server import SlackEmulator
    from tests.emulators.slack.workspace import Json
    from tests.scenarios.shown import Shown

PEOPLE = {"alice": ALICE, "bob": BOB}


class SlackDriver:
    """One emulated workspace and one running bot.

    A conversation is (channel, thread); a direct message has no thread, and what only one person
    sees is (channel, "only for", user).
    """

    def __init__(self, slack: SlackEmulator, stop: Callable[[], Awaitable[None]]) -> None:
        self.slack = slack
        self._space = slack.workspace
        self._stop = stop

    async def ask(
        self, who: str, medium: Medium, text: str, thread: MessageRef | None
    ) -> MessageRef:
        """Says the question, or types the command."""
        user = PEOPLE[who]
        if medium is Medium.COMMAND:
            await self.slack.people.command(user, GENERAL, "/ask", text)
            return MessageRef((GENERAL, "only for", user))
        if medium is Medium.DIRECT_MESSAGE:
            channel = self._space.direct(user).id
            return MessageRef((channel, ""), self.slack.people.say(user, channel, text))
        root = thread.conversation[1] if thread else None
        ts = self.slack.people.say(user, GENERAL, text, thread=root, mention=True)
        return MessageRef((GENERAL, root or ts), ts)

    async def remark(self, who: str, text: str) -> MessageRef:
        """Says something without a mention."""
        ts = self.slack.people.say(PEOPLE[who], GENERAL, text)
        return MessageRef((GENERAL, ts), ts)

    async def find_source(self, who: str, ref: MessageRef) -> MessageRef:
        """Uses the message shortcut."""
        user, channel = PEOPLE[who], ref.conversation[0]
        await self.slack.people.shortcut(user, channel, ref.message, "find_source")
        return MessageRef((channel, "only for", user))

    async def edit(self, ref: MessageRef, text: str) -> None:
        """Changes the text behind the mention."""
        mention = ref.conversation[1] != ""
        self.slack.people.edit(ref.conversation[0], ref.message, text, mention=mention)

    async def delete(self, ref: MessageRef) -> None:
        """Deletes the question; a question with replies leaves a tombstone."""
        self.slack.people.delete(ref.conversation[0], ref.message)

    async def deliver_again(self, ref: MessageRef) -> None:
        """Sends the same events with the same ids."""
        self.slack.people.repeat(ref.message)

    async def click(self, who: str, shown: Shown, label: str) -> None:
        """Clicks a button. The bot must acknowledge it: Slack shows a warning otherwise."""
        channel = next(
            channel.id
            for channel in self._space.channels.values()
            if shown.handle["ts"] in channel.messages or shown.handle.get("channel") == channel.id
        )
        delivery = await self.slack.people.click(PEOPLE[who], shown.handle, channel, label)
        assert delivery.acked, f"the click on {label!r} was not acknowledged"

    def outcomes(self, ref: MessageRef) -> list[Shown]:
        """Returns what stands in a thread or a direct conversation, or what one person sees."""
        channel, thread, *user = ref.conversation
        if user:
            return [read(message, user[0]) for message in self._private(channel, user[0])]
        if not thread:
            return [read(message) for message in self._space.posted(channel)]
        return [read(message) for message in self._space.posted(channel, thread=thread)]

    def _private(self, channel: str, user: str) -> list[Json]:
        return [
            message
            for message in self._space.ephemerals.values()
            if (message["channel"], message["to"]) == (channel, user)
        ]

    def busy_indicators(self) -> list[str]:
        """Returns the statuses and every 👀; another reaction is an outcome."""
        eyes = (name for _, _, name in self._space.reactions if name == "eyes")
        return [*self._space.statuses.values(), *eyes]

    def everything(self) -> Iterable[Shown]:
        """Returns what stands in channels, threads and direct messages, and in private."""
        for channel in self._space.channels.values():
            for message in self._space.posted(channel.id):
                yield read(message)
        for message in self._space.ephemerals.values():
            yield read(message, message["to"])

    def name(self, who: str) -> str:
        """Returns a mention by the person's id."""
        return f"@{PEOPLE[who]}"

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Looks again whenever anything happens in the workspace."""
        await self._space.changes.wait_for(condition, what)

    async def stop(self) -> None:
        """Lets everything arrive, then stops."""
        await self.until(lambda: self.slack.deliveries.idle, "all deliveries")
        await self._stop()
