"""Reading a Slack message as a person sees it."""

from __future__ import annotations

import copy
import html
import re
from typing import TYPE_CHECKING

from tests.emulators.slack.widgets import labels
from tests.scenarios.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.emulators.slack.workspace import Json

_CONTROL = re.compile(r"<([^<>]*)>")  # what Slack parses in mrkdwn; nothing else is inside brackets
_PINGS = frozenset({"user", "usergroup", "broadcast"})


def read(message: Json, only_for: str = "") -> Shown:
    """Reads everything on one message."""
    blocks = message.get("blocks") or []
    quotes = list(_quotes(blocks))
    texts = list(_texts(blocks)) or [message.get("text", "")]
    markup = [*texts, message.get("text", "")]
    return Shown(
        text="\n".join([*map(visible, texts), *_lines(blocks)]),
        quotes=tuple("".join(map(_word, runs)) for runs in quotes),
        bold=tuple(
            run["text"] for runs in quotes for run in runs if run.get("style", {}).get("bold")
        ),
        plain=visible(message.get("text", "")),
        buttons=tuple(labels(blocks)),
        links=(*_links(blocks), *(t for t in _controls(markup) if "://" in t)),
        pings=(*_pings(blocks), *(t for t in _controls(markup) if t[:1] in {"!", "@"})),
        only_for=only_for,
        handle=copy.deepcopy(message),  # as it is now, whatever becomes of it
    )


def visible(markup: str) -> str:
    """Returns what mrkdwn looks like once its entities and links are replaced by what is shown."""
    return html.unescape(_CONTROL.sub(lambda match: match[1].rpartition("|")[2], markup))


def _controls(markups: list[str]) -> Iterator[str]:
    for markup in markups:
        yield from _CONTROL.findall(markup)


def _word(run: Json) -> str:
    return str(run.get("text") or run.get("url") or f"<{run['type']}>")


def _runs(blocks: list[Json], kinds: frozenset[str]) -> Iterator[list[Json]]:
    for block in blocks:
        if block["type"] == "rich_text":
            for element in block["elements"]:
                if element["type"] in kinds:
                    yield element["elements"]


def _quotes(blocks: list[Json]) -> Iterator[list[Json]]:
    """Yields the quote of each block; Slack breaks the line between two of its elements.

    The line of the source stands below a quote. Lines to copy, in a report, have none.
    """
    for block in blocks:
        if block["type"] != "rich_text" or block["elements"][-1]["type"] != "rich_text_section":
            continue
        parts = list(_runs([block], frozenset({"rich_text_quote", "rich_text_preformatted"})))
        if parts:
            yield [run for part in parts for run in ({"type": "text", "text": "\n"}, *part)][1:]


def _lines(blocks: list[Json]) -> Iterator[str]:
    for runs in _runs(blocks, frozenset({"rich_text_section"})):
        yield "".join(map(_word, runs))


def _texts(blocks: list[Json]) -> Iterator[str]:
    """Yields the texts of sections, headers, contexts and Markdown."""
    for block in blocks:
        if block["type"] in {"section", "header"} and "text" in block:
            yield block["text"]["text"]
        for entry in block.get("fields", []):
            yield entry["text"]
        if block["type"] == "context":
            yield from (part["text"] for part in block["elements"] if "text" in part)
        if block["type"] == "markdown":
            yield block["text"]


def _all_runs(blocks: list[Json]) -> Iterator[Json]:
    kinds = frozenset({"rich_text_quote", "rich_text_section", "rich_text_preformatted"})
    for runs in _runs(blocks, kinds):
        yield from runs


def _links(blocks: list[Json]) -> Iterator[str]:
    return (run["url"] for run in _all_runs(blocks) if run["type"] == "link")


def _pings(blocks: list[Json]) -> Iterator[str]:
    for run in _all_runs(blocks):
        if run["type"] in _PINGS:
            yield f"@{run.get('user_id') or run.get('usergroup_id') or run['range']}"
