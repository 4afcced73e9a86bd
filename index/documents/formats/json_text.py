"""Articles in JSON (.json, .jsonl): objects that have a field with text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from index.documents.fields import NO_FIELDS, usable
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.escaping import escape_markdown
from index.documents.formats.html_text import html_to_markdown
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import (
    join_blocks,
    without_half_characters,
    write_heading,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXTRACTOR = "clipping json 1"
_TEXT = ("text", "content", "body", "article")
_TITLE = ("title", "headline", "subject")
_DATE = ("date", "published", "published_at", "pubdate", "datepublished", "created_at", "created")
_AUTHOR = ("author", "authors", "by", "byline")
_HTML = re.compile(r"</(?:p|div|h[1-6]|ul|ol|table|a|em|strong|span)>|<br\s*/?>", re.IGNORECASE)
_NO_TEXT = "it has no field text, content or body"


def read_json(data: bytes) -> Contents:
    """Returns the contents of a JSON file: an object with a text, or a list of such objects.

    Raises:
        UnreadableError: It is no JSON, or no object in it has a text.
    """
    text, notes = decode(data)
    stated = _parsed(text.removeprefix("\ufeff"))
    if isinstance(stated, dict) and _text(stated):
        return _contents([stated], notes)
    found = _list_in(stated)
    return _contents([each for each in found if isinstance(each, dict)], notes)


def read_jsonl(data: bytes) -> Contents:
    """Returns the contents of a file with a JSON object in each line; see `read_json`."""
    text, notes = decode(data)
    lines = text.removeprefix("\ufeff").split("\n")
    stated = [_parsed(line) for line in lines if line.strip()]
    return _contents([each for each in stated if isinstance(each, dict)], notes)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is no JSON that can be read") from error


def _list_in(stated: object) -> list[Any]:
    """Returns a list, or the first list with texts that is a value of an object."""
    if isinstance(stated, list):
        return stated
    for value in stated.values() if isinstance(stated, dict) else ():
        if isinstance(value, list) and any(
            isinstance(each, dict) and _text(each) for each in value
        ):
            return value
    return []


def _contents(objects: list[dict[str, Any]], notes: tuple[str, ...]) -> Contents:
    objects = [each for each in objects if _text(each)]
    if not objects:
        raise UnreadableError(_NO_TEXT)
    is_single = len(objects) == 1
    text = join_blocks(_section(each, is_single=is_single) for each in objects)
    metadata = NO_FIELDS
    if is_single:
        stated = {key.lower(): value for key, value in objects[0].items()}
        title = _first(objects[0], _TITLE)
        metadata = usable(stated | ({"title": title} if title else {}))
    return from_markdown(without_half_characters(text), metadata, extractor=EXTRACTOR, notes=notes)


def _section(stated: Mapping[str, Any], *, is_single: bool) -> str:
    """Returns an object with its title as a heading; one of several with author and date."""
    text = _text(stated)
    if _HTML.search(text):
        text = html_to_markdown(text)
    heading = write_heading(1, escape_markdown(_first(stated, _TITLE)))
    about: Iterator[str] = (
        f"{name}: {escape_markdown(value)}"
        for name, keys in (("Author", _AUTHOR), ("Date", _DATE))
        if (value := _first(stated, keys))
    )
    return join_blocks([heading, "" if is_single else " · ".join(about), text])


def _text(stated: Mapping[str, Any]) -> str:
    return _first(stated, _TEXT)


def _first(stated: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Returns the first of some fields that holds text; names count in upper and lower case."""
    folded = {str(key).lower(): value for key, value in stated.items()}
    for name in names:
        value = folded.get(name)
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            value = ("\n\n" if names is _TEXT else ", ").join(value)
        if isinstance(value, str) and re.search(r"\w", value):
            return value
    return ""
