"""Finding what a person would click or fill in, by the words on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.emulators.slack.workspace import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

Target = tuple[Json, Json, Json]  # the block, the element, and what a click on it says


def _labelled(element: Json) -> Iterator[tuple[str, Json]]:
    """Yields the labels of one element, each with what choosing it sends."""
    kind = element["type"]
    if kind == "button":
        sent: Json = {name: element[name] for name in ("text", "value", "style") if name in element}
        yield element["text"]["text"], sent
        yield element.get("accessibility_label", ""), sent
    elif kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            button = element[name]
            told: Json = {"value": button["value"], "text": button["text"]}
            yield button["text"]["text"], told
            yield button.get("accessibility_label", ""), told
    elif "options" in element:
        for option in element["options"]:
            yield option["text"]["text"], {"selected_option": option}


def targets(blocks: list[Json]) -> Iterator[tuple[str, Target]]:
    """Yields everything clickable in some blocks, with its label."""
    for block in blocks:
        elements = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        for element in elements:
            if isinstance(element, dict) and "type" in element:
                for label, sent in _labelled(element):
                    yield label, (block, element, sent)


def labels(blocks: list[Json]) -> list[str]:
    """Returns the words on everything clickable, in order."""
    return [label for label, _ in targets(blocks) if label]


def find(blocks: list[Json], label: str) -> Target:
    """Returns what a person means who says "click LABEL".

    Raises:
        AssertionError: Nothing carries that label; the message lists what there is.
    """
    for found, target in targets(blocks):
        if found == label:
            return target
    raise AssertionError(f"nothing to click says {label!r}, only {labels(blocks)}")


def filled(blocks: list[Json], entries: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Returns the `state.values` of a form, filled in by the labels of its inputs.

    Inputs that are not named keep what they were opened with.
    """
    inputs = [block for block in blocks if block["type"] == "input"]
    unknown = entries.keys() - {block["label"]["text"] for block in inputs}
    if unknown:
        known = [block["label"]["text"] for block in inputs]
        raise AssertionError(f"no field is called {sorted(unknown)}, only {known}")
    return {
        block["block_id"]: {
            block["element"]["action_id"]: _entered(
                block["element"], entries.get(block["label"]["text"])
            )
        }
        for block in inputs
    }


def _entered(element: Json, entry: str | None) -> Json:
    kind = element["type"]
    if "options" not in element:
        return {"type": kind, "value": element.get("initial_value") if entry is None else entry}
    several = kind in ("checkboxes", "multi_static_select")
    initial = element.get("initial_options", []) if several else element.get("initial_option")
    if entry is None:
        return {"type": kind, ("selected_options" if several else "selected_option"): initial}
    chosen = [option for option in element["options"] if option["text"]["text"] == entry]
    if not chosen:
        raise AssertionError(f"there is no choice {entry!r}")
    if several:
        return {"type": kind, "selected_options": chosen}
    return {"type": kind, "selected_option": chosen[0]}
