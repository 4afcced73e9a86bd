"""What people do in the workspace, and what Slack tells the app about it."""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tests.emulators.slack import payloads, widgets
from tests.emulators.slack.chat import remove
from tests.emulators.slack.workspace import BOT_USER, TEAM, Channel, Json, Workspace

if TYPE_CHECKING:
    from tests.emulators.slack.delivery import Deliveries, Delivery
    from tests.emulators.slack.hooks import Hooks
    from tests.emulators.slack.registration import Registration

_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im",
                   "mpim": "message.mpim"}  # fmt: skip


class People:
    """Alice, Bob and the others."""

    def __init__(
        self,
        workspace: Workspace,
        registration: Registration,
        deliveries: Deliveries,
        hooks: Hooks,
    ) -> None:
        self._workspace = workspace
        self._registration = registration
        self._deliveries = deliveries
        self._hooks = hooks
        self._told: defaultdict[str, list[Json]] = defaultdict(list)  # by message, for repeats

    def say(self, user: str, channel_id: str, text: str, /, *, thread: str | None = None,
            mention: bool = False, **parts: Any) -> str:  # fmt: skip
        """Writes a message as typed, after a mention of the app if asked; returns its ts.

        `parts` are what else it has, or has instead: text as Slack spells it, blocks, files.
        """
        channel = self._workspace.channel(channel_id)
        written = payloads.escape(text)
        if mention:
            written = f"<@{BOT_USER}> {written}"
        ts = self._workspace.clock.ts()
        message: Json = {
            "type": "message", "user": user, "text": written, "ts": ts, "team": TEAM,
            "client_msg_id": secrets.token_hex(8), "blocks": payloads.rich_text(written),
        }  # fmt: skip
        message |= parts
        if thread is not None:
            message |= {"thread_ts": thread, "parent_user_id": user}
        channel.messages[ts] = message
        self._tell(channel, message)
        if mention and channel.kind != "im":
            self._tell(channel, message | {"type": "app_mention"})
        return ts

    def edit(self, channel_id: str, ts: str, text: str, *, mention: bool = False) -> None:
        """Changes what a message says. A mention that is new tells the app as a mention does."""
        channel = self._workspace.channel(channel_id)
        before = dict(channel.messages[ts])
        written = f"<@{BOT_USER}> {payloads.escape(text)}" if mention else payloads.escape(text)
        after = before | {
            "text": written, "blocks": payloads.rich_text(written),
            "edited": {"user": before["user"], "ts": self._workspace.clock.ts()},
        }  # fmt: skip
        channel.messages[ts] = after
        self._tell_change(channel, before, after)
        if mention and f"<@{BOT_USER}>" not in before["text"] and channel.kind != "im":
            self._tell(channel, after | {"type": "app_mention"})

    def unfurl(self, channel_id: str, ts: str) -> None:
        """Lets Slack add a preview to a message: a message_changed that changes no word."""
        channel = self._workspace.channel(channel_id)
        before = dict(channel.messages[ts])
        after = before | {"attachments": [{"id": 1, "fallback": "a page", "title": "a page"}]}
        channel.messages[ts] = after
        self._tell_change(channel, before, after)

    def delete(self, channel_id: str, ts: str) -> None:
        """Deletes a message."""
        remove(self._workspace, self._workspace.channel(channel_id), ts)
        self.pass_on()

    def pass_on(self) -> None:
        """Tells the app about everything that is waiting to be told."""
        waiting, self._workspace.outgoing[:] = list(self._workspace.outgoing), []
        for event in waiting:
            self._tell(self._workspace.channel(event["channel"]), event)

    def repeat(self, ts: str) -> None:
        """Delivers once more, unchanged, every event there was about a message."""
        for payload in self._told[ts]:
            self._deliveries.send_off("events_api", payload)

    async def command(self, user: str, channel_id: str, command: str, text: str) -> Delivery:
        """Types a slash command."""
        assert command in self._registration.commands, f"{command} is not in the manifest"
        channel = self._workspace.channel(channel_id)
        url = self._hooks.make(channel.id, user)
        payload = payloads.slash_command(self._workspace, user, channel, command, text, url)
        return await self._deliveries.deliver("slash_commands", payload)

    async def click(self, user: str, message: Json, channel_id: str, label: str) -> Delivery:
        """Clicks what says `label` in a message, which may be one only `user` sees."""
        channel, ts = self._workspace.channel(channel_id), message["ts"]
        block, element, sent = widgets.find(message["blocks"], label)
        private = ts in self._workspace.ephemerals
        container = {"type": "message", "message_ts": ts, "channel_id": channel.id,
                     "is_ephemeral": private}  # fmt: skip
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        payload = payloads.interaction(
            self._workspace, "block_actions", user, container=container,
            channel={"id": channel.id, "name": channel.name}, state={"values": {}},
            response_url=self._hooks.make(channel.id, user, ts),
            actions=[payloads.clicked(self._workspace, block, element, sent)],
        )  # fmt: skip
        if not private:  # Slack does not send back what only one person can see
            payload["message"] = message
        return await self._deliveries.deliver("interactive", payload)

    async def click_view(self, user: str, view: Json, label: str) -> Delivery:
        """Clicks what says `label` in App Home or in a modal."""
        block, element, sent = widgets.find(view["blocks"], label)
        payload = payloads.interaction(
            self._workspace, "block_actions", user, view=view,
            container={"type": "view", "view_id": view["id"]},
            actions=[payloads.clicked(self._workspace, block, element, sent)],
        )  # fmt: skip
        return await self._deliveries.deliver("interactive", payload)

    async def submit(self, user: str, view: Json, entries: dict[str, str]) -> Delivery:
        """Fills in a modal by the labels of its fields and sends it."""
        values = widgets.filled(view["blocks"], entries)
        payload = payloads.interaction(
            self._workspace, "view_submission", user,
            view=view | {"state": {"values": values}}, response_urls=[],
        )  # fmt: skip
        return await self._deliveries.deliver("interactive", payload)

    async def shortcut(self, user: str, channel_id: str, ts: str, callback_id: str) -> Delivery:
        """Uses a message shortcut."""
        assert callback_id in self._registration.shortcuts, f"{callback_id} is not in the manifest"
        channel = self._workspace.channel(channel_id)
        payload = payloads.interaction(
            self._workspace, "message_action", user, callback_id=callback_id, message_ts=ts,
            action_ts=self._workspace.clock.ts(), message=channel.messages[ts],
            channel={"id": channel.id, "name": channel.name},
            response_url=self._hooks.make(channel.id, user),
        )  # fmt: skip
        return await self._deliveries.deliver("interactive", payload)

    def event(self, event: Json) -> None:
        """Tells of anything else: app_home_opened, function_executed, tokens_revoked …"""
        if event["type"] in self._registration.events:
            stamped = {"event_ts": self._workspace.clock.ts()} | event
            payload = payloads.event_callback(self._workspace, stamped)
            self._deliveries.send_off("events_api", payload)

    def _tell_change(self, channel: Channel, before: Json, after: Json) -> None:
        change = {
            "type": "message", "subtype": "message_changed", "hidden": True, "message": after,
            "previous_message": before, "ts": self._workspace.clock.ts(),
        }  # fmt: skip
        self._tell(channel, change)

    def _tell(self, channel: Channel, event: Json) -> None:
        subscription = event["type"]
        if subscription == "message":
            subscription = _MESSAGE_EVENTS[channel.kind]
        if subscription not in self._registration.events or BOT_USER not in channel.members:
            return
        told = event | {"channel": channel.id, "event_ts": event["ts"]}
        if event["type"] == "message":
            told["channel_type"] = channel.kind
        payload = payloads.event_callback(self._workspace, told)
        self._told[event["ts"]].append(payload)
        self._deliveries.send_off("events_api", payload)
