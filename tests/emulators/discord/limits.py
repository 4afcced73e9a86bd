"""What Discord refuses to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.emulators.discord.world import DiscordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.emulators.discord.world import Json

MAX_CONTENT, MAX_EMBEDS, MAX_ALL = 2_000, 10, 6_000
TEXTS = {"title": 256, "description": 4_096}
MAX_FIELDS, MAX_NAME, MAX_VALUE, MAX_FOOTER = 25, 256, 1_024, 2_048
MAX_ROWS, MAX_BUTTONS, MAX_LABEL, MAX_CUSTOM_ID, MAX_URL = 5, 5, 80, 100, 2_048
MAX_NONCE = 25
URL = re.compile(r"https?://[^\s/$.?#<>\"|][^\s<>\"|]*$")


def check(message: Json) -> None:
    """Checks that Discord would take a message, or the changes to one.

    Raises:
        DiscordError: 50035, or 50006 where there is nothing to show.
    """
    errors: Json = {}
    for path, words in _problems(message):
        _put(errors, path.split("."), words)
    if errors:
        raise DiscordError(400, 50035, "Invalid Form Body", errors=errors)


def check_not_empty(message: Json) -> None:
    """Checks that there is something to show.

    Raises:
        DiscordError: 50006.
    """
    if not any(message.get(part) for part in ("content", "embeds", "components", "attachments")):
        raise DiscordError(400, 50006, "Cannot send an empty message")


def _put(errors: Json, path: list[str], words: str) -> None:
    for part in path:
        errors = errors.setdefault(part, {})
    errors["_errors"] = [{"code": "INVALID", "message": words}]


def _problems(message: Json) -> Iterator[tuple[str, str]]:
    """Yields paths and what is wrong there."""
    if len(message.get("content") or "") > MAX_CONTENT:
        yield "content", f"Must be {MAX_CONTENT} or fewer in length."
    if len(str(message.get("nonce") or "")) > MAX_NONCE:
        yield "nonce", f"Must be {MAX_NONCE} or fewer in length."
    embeds = message.get("embeds") or []
    if len(embeds) > MAX_EMBEDS:
        yield "embeds", f"Must be {MAX_EMBEDS} or fewer in length."
    for row, embed in enumerate(embeds):
        yield from _of_embed(f"embeds.{row}", embed)
    if sum(map(_size, embeds)) > MAX_ALL:
        yield "embeds", f"Embed size exceeds maximum size of {MAX_ALL}"
    yield from _of_components(message.get("components") or [])


def _of_embed(path: str, embed: Json) -> Iterator[tuple[str, str]]:
    for name, limit in TEXTS.items():
        if len(embed.get(name) or "") > limit:
            yield f"{path}.{name}", f"Must be {limit} or fewer in length."
    fields = embed.get("fields") or []
    if len(fields) > MAX_FIELDS:
        yield f"{path}.fields", f"Must be {MAX_FIELDS} or fewer in length."
    for field in fields:
        if not 0 < len(field["name"]) <= MAX_NAME or not 0 < len(field["value"]) <= MAX_VALUE:
            yield f"{path}.fields", "Must be of the right length."
    if len(_footer(embed)) > MAX_FOOTER:
        yield f"{path}.footer.text", f"Must be {MAX_FOOTER} or fewer in length."
    url = embed.get("url")
    if url and (len(url) > MAX_URL or not URL.match(url)):
        yield f"{path}.url", "Not a well formed URL."


def _of_components(rows: list[Json]) -> Iterator[tuple[str, str]]:
    if len(rows) > MAX_ROWS:
        yield "components", f"Must be {MAX_ROWS} or fewer in length."
    seen: set[str] = set()
    for row in rows:
        if len(row["components"]) > MAX_BUTTONS:
            yield "components", f"Must be {MAX_BUTTONS} or fewer in length."
        for button in row["components"]:
            if len(button.get("label") or "") > MAX_LABEL:
                yield "components", f"Must be {MAX_LABEL} or fewer in length."
            if len(button["custom_id"]) > MAX_CUSTOM_ID or button["custom_id"] in seen:
                yield "components", "Component custom id cannot be duplicated, or is too long"
            seen.add(button["custom_id"])


def _footer(embed: Json) -> str:
    return str((embed.get("footer") or {}).get("text") or "")


def _size(embed: Json) -> int:
    """Returns the characters that count for the sum over all embeds."""
    texts = [embed.get("title") or "", embed.get("description") or "", _footer(embed)]
    texts += [field["name"] + field["value"] for field in embed.get("fields") or []]
    return sum(map(len, texts))
