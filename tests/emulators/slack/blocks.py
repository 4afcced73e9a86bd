"""What Slack accepts as blocks and views.

The numbers are those of docs.slack.dev/reference/block-kit and of slack_sdk's models; the total
over all blocks was met in practice (slackapi/bolt-js issue 2509).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.emulators.slack.checks import (
    Check,
    anything,
    boolean,
    by_type,
    listing,
    one_of,
    record,
    string,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.emulators.slack.workspace import Json

MAX_TOTAL_CHARS = 13_200
MAX_MARKDOWN_CHARS = 12_000  # over all markdown blocks of one message
MAX_MESSAGE_BLOCKS, MAX_VIEW_BLOCKS = 50, 100


def _plain(max_chars: int) -> Check:
    return by_type({"plain_text": record({"text": string(max_chars)}, {"emoji": boolean})})


def _text(max_chars: int) -> Check:
    mrkdwn = record({"text": string(max_chars)}, {"verbatim": boolean})
    plain = record({"text": string(max_chars)}, {"emoji": boolean})
    return by_type({"mrkdwn": mrkdwn, "plain_text": plain})


_ACTION = {"action_id": string(255)}
_STYLE = {"style": one_of("primary", "danger")}
_CONFIRM = record({"title": _plain(100), "text": _text(300), "confirm": _plain(30)},
                  {"deny": _plain(30), **_STYLE})  # fmt: skip
_OPTION = record({"text": _text(75), "value": string(150)},
                 {"description": _text(75), "url": string(3000)})  # fmt: skip
_OPTIONS = {"options": listing(_OPTION, 100)}
_PLACEHOLDER = {"placeholder": _plain(150), "confirm": _CONFIRM, "focus_on_load": boolean}
_FEEDBACK = record({"text": _plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

_ELEMENTS: dict[str, Check] = {
    "button": record(
        {"text": _plain(75)},
        {**_ACTION, **_STYLE, "value": string(2000), "url": string(3000), "confirm": _CONFIRM,
         "accessibility_label": string(75)},
    ),
    "overflow": record({"options": listing(_OPTION, 5)}, {**_ACTION, "confirm": _CONFIRM}),
    "static_select": record(_OPTIONS, {**_ACTION, **_PLACEHOLDER, "initial_option": _OPTION}),
    "multi_static_select": record(
        _OPTIONS, {**_ACTION, **_PLACEHOLDER, "initial_options": listing(_OPTION, 100)}
    ),
    "conversations_select": record({}, {**_ACTION, **_PLACEHOLDER, "filter": anything,
                                        "default_to_current_conversation": boolean,
                                        "initial_conversation": string(255)}),
    "image": record({"alt_text": string(2000)}, {"image_url": string(3000)}),
}  # fmt: skip
_CHOICES = {**_ACTION, "confirm": _CONFIRM, "focus_on_load": boolean}
_INPUTS: dict[str, Check] = _ELEMENTS | {
    "plain_text_input": record(
        {},
        {**_ACTION, **_PLACEHOLDER, "initial_value": string(3000), "multiline": boolean,
         "min_length": anything, "max_length": anything, "dispatch_action_config": anything},
    ),
    "number_input": record({"is_decimal_allowed": boolean}, {
        **_ACTION, **_PLACEHOLDER, "initial_value": string(150), "min_value": string(50),
        "max_value": string(50)}),
    "radio_buttons": record({"options": listing(_OPTION, 10)},
                            {**_CHOICES, "initial_option": _OPTION}),
    "checkboxes": record({"options": listing(_OPTION, 10)},
                         {**_CHOICES, "initial_options": listing(_OPTION, 10)}),
}  # fmt: skip
_CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": record({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
                               _ACTION),
    "icon_button": record({"icon": one_of("trash"), "text": _plain(75)},
                          {**_ACTION, "value": string(2000), "confirm": _CONFIRM}),
}  # fmt: skip

_RUN = {"style": record({}, dict.fromkeys(("bold", "italic", "strike", "code"), boolean))}
_RUNS: dict[str, Check] = {
    "text": record({"text": string(MAX_TOTAL_CHARS)}, _RUN),
    "link": record({"url": string(3000)}, _RUN | {"text": string(3000), "unsafe": boolean}),
    "emoji": record({"name": string(100)}, _RUN | {"unicode": string(100)}),
    "user": record({"user_id": string(20)}, _RUN),
    "channel": record({"channel_id": string(20)}, _RUN),
    "usergroup": record({"usergroup_id": string(20)}, _RUN),
    "broadcast": record({"range": one_of("here", "channel", "everyone")}, _RUN),
    "date": record({"timestamp": anything, "format": string(250)}, {"fallback": string(250)}),
}
_LINE = record({"elements": listing(by_type(_RUNS), 1000)}, {"border": anything})
_RICH: dict[str, Check] = {
    "rich_text_section": _LINE,
    "rich_text_quote": _LINE,
    "rich_text_preformatted": _LINE,
    "rich_text_list": record(
        {"elements": listing(by_type({"rich_text_section": _LINE}), 100),
         "style": one_of("bullet", "ordered")},
        {"indent": anything, "offset": anything, "border": anything},
    ),
}  # fmt: skip

_ID = {"block_id": string(255)}
_SECTION = record({}, _ID | {"text": _text(3000), "fields": listing(_text(2000), 10),
                             "accessory": by_type(_INPUTS), "expand": boolean})  # fmt: skip
_CONTEXT = by_type({
    "image": _ELEMENTS["image"],
    "mrkdwn": record({"text": string(2000)}, {"verbatim": boolean}),
    "plain_text": record({"text": string(2000)}, {"emoji": boolean}),
})  # fmt: skip
_BLOCKS: dict[str, Check] = {
    "section": _SECTION,
    "divider": record({}, _ID),
    "header": record({"text": _plain(150)}, _ID),
    "context": record({"elements": listing(_CONTEXT, 10)}, _ID),
    "actions": record({"elements": listing(by_type(_INPUTS), 25)}, _ID),
    "context_actions": record({"elements": listing(by_type(_CONTEXT_ACTIONS), 5)}, _ID),
    "rich_text": record({"elements": listing(by_type(_RICH), 100)}, _ID),
    "markdown": record({"text": string(MAX_MARKDOWN_CHARS)}, _ID),
    "image": record({"alt_text": string(2000)},
                    _ID | {"image_url": string(3000), "title": _plain(2000)}),
    "input": record({"label": _plain(2000), "element": by_type(_INPUTS)},
                    _ID | {"hint": _plain(2000), "optional": boolean, "dispatch_action": boolean}),
}  # fmt: skip


def block_problems(blocks: Any, *, max_blocks: int = MAX_MESSAGE_BLOCKS) -> list[str]:
    """Says what Slack would refuse; nothing when it would accept the blocks."""
    found = list(listing(by_type(_BLOCKS), max_blocks, min_items=0)(blocks, "/blocks"))
    if found:
        return found
    found.extend(_repeated(blocks, "block_id", "/blocks"))
    for position, block in enumerate(blocks):
        where = f"/blocks/{position}"
        if block["type"] == "section" and not (block.get("text") or block.get("fields")):
            found.append(f"missing required field: text or fields [json-pointer:{where}]")
        found.extend(_repeated(block.get("elements", ()), "action_id", where))
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MAX_MARKDOWN_CHARS:
        found.append(f"markdown blocks hold {markdown} characters [json-pointer:/blocks]")
    return found


def _repeated(entries: Any, key: str, where: str) -> Iterator[str]:
    seen = [entry[key] for entry in entries if key in entry]
    for value in {value for value in seen if seen.count(value) > 1}:
        yield f'`{key}` "{value}" already exists [json-pointer:{where}]'


def total_chars(blocks: Any) -> int:
    """Counts the characters of text in all blocks."""
    if isinstance(blocks, dict):
        own = len(blocks["text"]) if isinstance(blocks.get("text"), str) else 0
        return own + sum(total_chars(entry) for entry in blocks.values())
    return sum(total_chars(entry) for entry in blocks) if isinstance(blocks, list) else 0


_COMMON = {
    "blocks": anything, "callback_id": string(255, min_chars=0), "external_id": string(255),
    "private_metadata": string(3000, min_chars=0), "clear_on_close": boolean,
    "notify_on_close": boolean, "submit_disabled": boolean,
}  # fmt: skip
_VIEWS: dict[str, Check] = {
    "modal": record({"title": _plain(24), "blocks": anything},
                    _COMMON | {"submit": _plain(24), "close": _plain(24)}),
    "home": record({"blocks": anything}, _COMMON),
}  # fmt: skip


def view_problems(view: Json) -> list[str]:
    """Says what Slack would refuse about a modal or an App Home."""
    found = list(by_type(_VIEWS)(view, "/view"))
    blocks = view.get("blocks", [])
    found += block_problems(blocks, max_blocks=MAX_VIEW_BLOCKS)
    inputs = any(block.get("type") == "input" for block in blocks if isinstance(block, dict))
    if view.get("type") == "modal" and inputs and "submit" not in view:
        found.append("missing required field: submit [json-pointer:/view]")
    return found
