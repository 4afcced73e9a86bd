"""Blocks that local-slack 0.1.8 can draw: it writes "[rich_text]" where Slack shows rich text.

Only what people see in this one workspace goes through here. In Slack the clipping is rich text,
and stays letter by letter; here a star in an article may turn something bold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
_MARKS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}


def drawable(blocks: list[Json]) -> list[Json]:
    """Returns the same blocks, without the kinds that local-slack does not know."""
    return [simpler for block in blocks for simpler in _simpler(block)]


def _simpler(block: Json) -> Iterator[Json]:
    if block["type"] == "rich_text":
        for part in block["elements"]:
            yield {"type": "section", "text": {"type": "mrkdwn", "text": _part(part)}}
    elif block["type"] == "context_actions":
        buttons = [button for element in block["elements"] for button in _buttons(element)]
        yield {"type": "actions", "block_id": block.get("block_id", "context"), "elements": buttons}
    else:
        yield block


def _part(part: Json) -> str:
    if part["type"] == "rich_text_list":
        return "\n".join(f"• {_part(item)}" for item in part["elements"])
    text = "".join(map(_run, part["elements"]))
    if part["type"] == "rich_text_quote":
        return "\n".join(f"> {line}" for line in text.splitlines())
    return text


def _run(run: Json) -> str:
    if run["type"] == "link":
        return f"<{run['url']}|{run.get('text', run['url'])}>"
    if run["type"] == "user":
        return f"<@{run['user_id']}>"
    if run["type"] == "emoji":
        return f":{run['name']}:"
    text = str(run.get("text", ""))
    for style in run.get("style", ()):
        text = _marked(text, _MARKS[style])
    return text


def _marked(text: str, mark: str) -> str:
    """Puts a mark around the words, not around the spaces beside them."""
    words = text.strip()
    return text.replace(words, f"{mark}{words}{mark}") if words else text


def _buttons(element: Json) -> Iterator[Json]:
    if element["type"] == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            button = element[side]
            yield {"type": "button", "action_id": element["action_id"], "text": button["text"],
                   "value": button["value"]}  # fmt: skip
    else:
        yield {"type": "button", "action_id": element["action_id"], "text": element["text"],
               "value": element.get("value", "")}  # fmt: skip
