"""Metadata from the head of a file: a block of YAML between two lines of three hyphens."""

from __future__ import annotations

import re
from typing import Any

import yaml

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def split_front_matter(text: str) -> tuple[dict[str, Any], int]:
    """Returns the fields of the front matter, and where the text after it begins.

    Front matter that cannot be read as a YAML mapping counts as text of the article: the result is
    then ({}, 0), as it is for a file without front matter.
    """
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, 0
    try:
        fields = yaml.safe_load(found.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):  # the last two: a date, deep brackets
        return {}, 0
    return (fields, found.end()) if isinstance(fields, dict) else ({}, 0)
