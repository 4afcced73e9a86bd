"""Where the addresses of links stand that a reference definition holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from index.documents.markdown.inline import InlineMark
    from index.documents.markdown.lines import Lines
    from index.documents.structure import Range

_ADDRESS = re.compile(r"\]:\s*(?:<([^<>\n]+)>|([^\s<]\S*))")


class Links:
    """The reference definitions of a document."""

    def __init__(self, lines: Lines, environment: Mapping[str, Any]) -> None:
        """Keeps what a parser found.

        Args:
            lines: The lines of the document.
            environment: What the block parser filled.
        """
        self._lines = lines
        self._found: Mapping[str, Any] = environment.get("references", {})

    def target(self, mark: InlineMark, first: int, last: int) -> Range | None:
        """Returns where a link's address stands.

        Args:
            mark: The link.
            first: Where the address begins in the text if it stands behind the link's label.
            last: Its end, not included.
        """
        if mark.target is not None:
            return first, last
        definition = self._found.get(mark.reference)
        return self._address(definition["map"]) if definition else None

    def _address(self, rows: tuple[int, int]) -> Range | None:
        start, end = self._lines.range(rows[0])[0], self._lines.range(max(*rows) - 1)[1]
        found = _ADDRESS.search(self._lines.text, start, end)
        return found.span(found.lastindex or 0) if found else None
