"""Where the commands print: answers on standard output, everything else on standard error."""

from __future__ import annotations

from rich.console import Console

OUT = Console(highlight=False)
LINKS = Console(highlight=False, soft_wrap=True)  # a link that wraps cannot be clicked
ERR = Console(stderr=True, highlight=False, soft_wrap=True)
