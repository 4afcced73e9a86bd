"""Which reader reads a file, by the suffix of its name.

A new format gets a module of its own in this folder and a line for each of its suffixes here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.documents.formats.asciidoc import read_asciidoc
from index.documents.formats.book import read_epub
from index.documents.formats.contents import UnreadableError
from index.documents.formats.json_text import read_json, read_jsonl
from index.documents.formats.mail import read_eml, read_mbox
from index.documents.formats.markdown import read_markdown
from index.documents.formats.mhtml import read_mhtml
from index.documents.formats.notebook import read_notebook
from index.documents.formats.open_document import read_odt
from index.documents.formats.org import read_org
from index.documents.formats.pdf import read_pdf
from index.documents.formats.plain_text import read_plain_text
from index.documents.formats.restructured_text import read_rst
from index.documents.formats.rich_text import read_rtf
from index.documents.formats.separated_values import read_csv, read_tsv
from index.documents.formats.slides import read_pptx
from index.documents.formats.spreadsheet import read_xlsx
from index.documents.formats.subtitles import read_subtitles
from index.documents.formats.web_page import read_html
from index.documents.formats.word import read_docx

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
    ".docx": read_docx,
    ".docm": read_docx,
    ".rst": read_rst,
    ".rest": read_rst,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".tab": read_tsv,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".ipynb": read_notebook,
    ".pptx": read_pptx,
    ".odt": read_odt,
    ".epub": read_epub,
    ".rtf": read_rtf,
    ".org": read_org,
    ".adoc": read_asciidoc,
    ".asciidoc": read_asciidoc,
    ".eml": read_eml,
    ".mbox": read_mbox,
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
    return reader
