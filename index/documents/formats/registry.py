"""Which reader reads a file, by the suffix of its name.

A new format gets a module of its own in this folder and a line for each of its suffixes here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.documents.formats.contents import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.documents.formats.contents import Contents

    Reader = Callable[[bytes], Contents]

# The module and the function of each reader. They are imported when a file is read: their libraries
# take longer to import than an answer from a library that is current.
READERS: Mapping[str, str] = {
    ".txt": "plain_text.read_plain_text",
    ".text": "plain_text.read_plain_text",
    ".md": "markdown.read_markdown",
    ".markdown": "markdown.read_markdown",
    ".mdx": "markdown.read_markdown",
    ".html": "web_page.read_html",
    ".htm": "web_page.read_html",
    ".xhtml": "web_page.read_html",
    ".mhtml": "mhtml.read_mhtml",
    ".mht": "mhtml.read_mhtml",
    ".pdf": "pdf.read_pdf",
    ".docx": "word.read_docx",
    ".docm": "word.read_docx",
    ".rst": "restructured_text.read_rst",
    ".rest": "restructured_text.read_rst",
    ".csv": "separated_values.read_csv",
    ".tsv": "separated_values.read_tsv",
    ".tab": "separated_values.read_tsv",
    ".xlsx": "spreadsheet.read_xlsx",
    ".xlsm": "spreadsheet.read_xlsx",
    ".json": "json_text.read_json",
    ".jsonl": "json_text.read_jsonl",
    ".ndjson": "json_text.read_jsonl",
    ".srt": "subtitles.read_subtitles",
    ".vtt": "subtitles.read_subtitles",
    ".ipynb": "notebook.read_notebook",
    ".pptx": "slides.read_pptx",
    ".odt": "open_document.read_odt",
    ".epub": "book.read_epub",
    ".rtf": "rich_text.read_rtf",
    ".org": "org.read_org",
    ".adoc": "asciidoc.read_asciidoc",
    ".asciidoc": "asciidoc.read_asciidoc",
    ".eml": "mail.read_eml",
    ".mbox": "mail.read_mbox",
}
# Documents that are not read, and the way out: each is named, unlike pictures and the like.
_UNREAD_DOCUMENTS: Mapping[str, str] = {
    ".doc": "save it as .docx",
    ".xls": "save it as .xlsx",
    ".ppt": "save it as .pptx",
    ".pages": "export it as .docx",
    ".numbers": "export it as .xlsx",
    ".key": "export it as .pptx",
    ".msg": "save it as .eml",
    ".mobi": "convert it to .epub",
    ".azw3": "convert it to .epub",
    ".wpd": "save it as .docx",
    ".ods": "save it as .xlsx",
    ".odp": "save it as .pptx",
    ".tex": "convert it to .md",
    ".textile": "convert it to .md",
    ".wiki": "convert it to .md",
    ".log": "rename it to .txt if it is an article",
    ".ps": "convert it to .pdf",
    ".djvu": "convert it to .pdf",
}


def is_document(suffix: str) -> bool:
    """Returns whether files with a suffix are documents, whether they can be read or not."""
    return suffix.lower() in READERS or suffix.lower() in _UNREAD_DOCUMENTS


def reader_for(suffix: str) -> Reader:
    """Returns the reader for files with a suffix, in upper or lower case.

    Raises:
        UnreadableError: No reader is registered for the suffix.
    """
    suffix = suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        way_out = _UNREAD_DOCUMENTS.get(suffix)
        files = f"{suffix} files" if suffix else "files without a suffix"
        raise UnreadableError(f"{files} are not read" + (f"; {way_out}" if way_out else ""))
    module, function = reader.split(".")
    found: Reader = getattr(import_module(f"{__package__}.{module}"), function)
    return found
