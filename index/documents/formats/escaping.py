"""Writing plain words into Markdown, so that they stay plain words."""

from __future__ import annotations

import re

# What Markdown could take for markup: marks, tags, entities, cells of a table, bare web addresses
# aside. An underscore inside a word is never markup.
_INLINE = re.compile(
    r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\{(?=[{%])"
)
_AT_START = re.compile(r"^([ \t]*)(>|(?:[#+=:~-]|\d{1,9}[.)])(?=\s|[#>=-]|$))", re.MULTILINE)


def escape_markdown(text: str) -> str:
    r"""Returns a text with a backslash before each character that Markdown would take for markup.

    A number with a full stop at the beginning of a line keeps its digits: "1\. Mai".
    """
    escaped = _INLINE.sub(lambda found: f"\\{found.group()}", text)
    return _AT_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)
