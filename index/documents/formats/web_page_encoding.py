"""Decodes the bytes of a web page."""

from __future__ import annotations

import codecs
import re

# Browsers look no further for the declaration either: the HTML standard, "prescan a byte stream".
_DECLARATION_BYTES = 4096
_DECLARED = re.compile(
    rb"""<(?:meta\s[^>]{0,300}?charset\s*=\s*["']?|\?xml\s[^>]{0,100}?encoding\s*=\s*["'])([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings of the web, and no other codec of Python: some are slow, some are not for text.
_OF_THE_WEB = re.compile(
    r"utf-?8|iso-?8859-?\d{1,2}|windows-?\d{3,4}|cp\d{3,4}|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|euc-(?:jp|kr)|shift[-_]jis|mac-?roman|macintosh|tis-620",
    re.IGNORECASE,
)
# The HTML standard reads these names as Windows-1252, which has quotation marks in their gaps.
_WINDOWS_1252 = re.compile(r"iso-?8859-?1|us-ascii|latin-?1|windows-?1252|cp1252", re.IGNORECASE)
_NOTE = "it was read as Windows-1252"


def decode_web_page(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Returns the text of a web page and what people should know about its encoding.

    A byte order mark counts first, then `declared` (from a mail's header), then the page's own
    declaration, then UTF-8. What is not UTF-8 and declares nothing else is read as Windows-1252.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ()
    name = declared or _declared_in(data)
    if _WINDOWS_1252.fullmatch(name):
        return data.decode("cp1252", "replace"), ()
    if _OF_THE_WEB.fullmatch(name) and not name.lower().startswith("utf"):
        try:
            return data.decode(name, "replace"), ()
        except LookupError:
            pass
    return _utf_8_or_windows(data)


def _declared_in(data: bytes) -> str:
    found = _DECLARED.search(data[:_DECLARATION_BYTES])
    return found[1].decode("ascii", "replace") if found else ""


def _utf_8_or_windows(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Returns UTF-8, even with a few faults, if more of it is right than wrong; or Windows-1252."""
    text = data.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    if not faults:
        return text, ()
    right = sum(1 for char in text if char > "\x7f") - faults
    if right > faults:
        return text, ("some of its characters could not be read, since they are not UTF-8",)
    return data.decode("cp1252", "replace"), (_NOTE,)
