"""Objects of JSON that have a text are articles."""

from __future__ import annotations

import datetime
import json

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.json_text import read_json, read_jsonl


def test_an_object_with_a_text_is_an_article() -> None:
    stated = {"Headline": "The *pool*", "content": "It opens.\n\nDaily.", "date": "2024-05-31"}
    contents = read_json(json.dumps(stated).encode())
    assert contents.text == "# The \\*pool\\*\n\nIt opens.\n\nDaily.\n"
    assert contents.metadata.values["title"] == "The *pool*"
    assert contents.metadata.values["published"] == datetime.date(2024, 5, 31)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_list_of_objects_has_a_section_for_each(*, wrapped: bool) -> None:
    listed = [
        {"title": "Pool", "body": "<p>From 7 &amp; on.</p>", "author": "Jo", "date": "2024-05-31"},
        {"title": "No text"},
        {"text": ["One.", "Two."]},
    ]
    stated = {"count": 3, "items": listed} if wrapped else listed
    assert read_json(json.dumps(stated).encode()).text == (
        "# Pool\n\nAuthor: Jo · Date: 2024-05-31\n\nFrom 7 & on.\n\nOne.\n\nTwo.\n"
    )


def test_lines_of_objects_are_read() -> None:
    data = b'{"title": "A", "text": "One."}\n\n{"title": "B", "text": "\\ud800Two."}\n'
    assert read_jsonl(data).text == "# A\n\nOne.\n\n# B\n\n\ufffdTwo.\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "it is no JSON that can be read"),
        (b"[" * 100_000, "it is no JSON that can be read"),
        (b'{"name": "pool"}', "it has no field text, content or body"),
        (b'["text"]', "it has no field text, content or body"),
        (b"7", "it has no field text, content or body"),
    ],
)
def test_what_has_no_text_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_json(data)
    assert str(caught.value) == why
