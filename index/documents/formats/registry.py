"""Which reader reads a file, by the suffix of its name.

A new format gets a module of its own in this folder and a line for each of its suffixes here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError
from index.documents.formats.markdown import read_markdown
from index.documents.formats.mhtml import read_mhtml
from index.documents.formats.pdf import read_pdf
from index.documents.formats.plain_text import read_plain_text
from index.documents.formats.web_page import read_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.documents.formats.contents import Contents

    Reader = Callable[[bytes], Contents]

READERS: Mapping[str, Reader] = {
    ".txt": read_plain_text,
    ".text": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".mdx": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".pdf": read_pdf,
}


def reader_for(suffix: str) -> Reader:
    """Returns the reader for files with a suffix, in upper or lower case.

    Raises:
        UnreadableError: No reader is registered for the suffix.
    """
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise UnreadableError(f"only {', '.join(sorted(READERS))} files are read")
    return reader
