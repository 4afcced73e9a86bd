"""Runs the process that opens a PDF, within limits, and reads what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError
from index.documents.formats.pdf_page import Fragment, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

# A long handbook has some hundred pages; a page is read in some 20 ms.
MAX_PAGES = 2_000
# As much text as 2,000 printed pages have.
MAX_TEXT_CHARS = 5_000_000
# Memory of the process. PDFium unpacks up to 1 GiB of one stream, which fails here instead.
MAX_MEMORY_BYTES = 1_000_000_000
# Processor time of the process; a little more by the clock, where others use the processor.
MAX_SECONDS = 60
_CLOCK_FACTOR = 3

_REASONS = {
    "encrypted": "it is encrypted; save it without a password",
    "broken": "it is damaged, or no PDF; save it again",
    "pages": f"it has more than {MAX_PAGES:,} pages; split it",
    "chars": f"it has more than {MAX_TEXT_CHARS:,} characters; split it",
}
_TOO_MUCH = "it takes too much time or memory to be read; print it to a new PDF, or split it"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a PDF holds: what it states about itself, by PDF's names, and its pages."""

    metadata: Mapping[str, str]
    pages: tuple[Page, ...]


def extract(data: bytes) -> Extracted:
    """Returns what a PDF holds.

    Raises:
        UnreadableError: It cannot be opened, or exceeds a limit.
    """
    lines = [json.loads(line) for line in _run(data).splitlines()]
    for line in lines:
        if "error" in line:
            raise UnreadableError(_REASONS[line["error"]])
    if not lines:
        raise UnreadableError(_REASONS["broken"])
    pages = (
        Page(line["height"], tuple(Fragment(*values) for values in line["fragments"]))
        for line in lines[1:]
    )
    return Extracted(lines[0]["metadata"], tuple(pages))


def _run(data: bytes) -> bytes:
    limits = (MAX_PAGES, MAX_TEXT_CHARS, MAX_MEMORY_BYTES, MAX_SECONDS)
    script = str(Path(__file__).with_name("pdf_child.py"))
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own script
            [sys.executable, "-P", script, *map(str, limits)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS * _CLOCK_FACTOR,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise UnreadableError(_TOO_MUCH) from None
    return done.stdout
