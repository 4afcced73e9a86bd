"""Notebooks (.ipynb): the text as it is written, and code with what it printed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from index.documents.fields import usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    join_blocks,
    without_half_characters,
    write_code,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = "clipping ipynb 1"
# Of what one cell printed; more is a log.
_MAX_OUTPUT_CHARS = 5_000
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read_notebook(data: bytes) -> Contents:
    """Returns the contents of a notebook; pictures are left out.

    Raises:
        UnreadableError: It is no notebook, or holds no text.
    """
    try:
        stated = json.loads(data)
        text = join_blocks(_cells(stated))
        metadata = stated.get("metadata", {})
    except (ValueError, RecursionError, TypeError, AttributeError) as error:
        raise UnreadableError("it is no notebook: save it again in its program") from error
    if not text:
        raise UnreadableError("it holds no text")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    fields = usable({"title": title} if isinstance(title, str) else {})
    return from_markdown(without_half_characters(text), fields, extractor=EXTRACTOR)


def _cells(stated: dict[str, Any]) -> Iterator[str]:
    language = _language(stated.get("metadata", {}))
    sheets = stated.get("worksheets") or [stated]
    for cell in (cell for sheet in sheets for cell in sheet.get("cells", [])):
        source = _text(cell.get("source", cell.get("input", "")))
        if cell.get("cell_type") == "code":
            yield write_code(source, language)
            yield from (write_code(_output(each)) for each in cell.get("outputs", []))
        elif cell.get("cell_type") == "heading":
            yield f"{'#' * int(cell.get('level', 1))} {source}"
        else:
            yield source


def _language(metadata: dict[str, Any]) -> str:
    named = [
        metadata.get("language_info", {}).get("name"),
        metadata.get("kernelspec", {}).get("language"),
    ]
    return next((name for name in named if isinstance(name, str)), "")


def _output(output: dict[str, Any]) -> str:
    """Returns what a cell printed or returned, or why it failed."""
    if output.get("output_type") in {"error", "pyerr"}:
        return f"{output.get('ename', '')}: {output.get('evalue', '')}"
    shown = output.get("data", {}).get("text/plain") or output.get("text") or ""
    text = _COLOURS.sub("", _text(shown))
    return text if len(text) <= _MAX_OUTPUT_CHARS else text[:_MAX_OUTPUT_CHARS] + "\n…"


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)
