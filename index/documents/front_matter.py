"""Metadata from the head of a file: YAML between lines of `---`, or TOML between lines of `+++`."""

from __future__ import annotations

import re

from index.documents.fields import NO_FIELDS, Fields, toml_fields, yaml_fields

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def split_front_matter(text: str) -> tuple[Fields, int]:
    """Returns the fields of the front matter, and where the text after it begins.

    What stands between the two lines and does not look like fields counts as text of the article:
    the result is then (NO_FIELDS, 0), as it is for a file without front matter.
    """
    found = _FRONT_MATTER.match(text)
    if found is None:
        return NO_FIELDS, 0
    fields = toml_fields(found[2]) if found[1] == "+++" else yaml_fields(found[2])
    return (NO_FIELDS, 0) if fields is None else (fields, found.end())
