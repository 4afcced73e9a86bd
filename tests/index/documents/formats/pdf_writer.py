"""Writes small PDFs for tests: words at places, and nothing that a test does not need."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEIGHT = 800
_FONTS = ("Helvetica", "Helvetica-Bold", "Courier")


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place on a page, in points from the lower left."""

    text: str
    x: float = 50
    y: float = 700
    size: float = 10
    font: str = "Helvetica"

    def operators(self) -> str:
        """Returns the words in PDF's language."""
        text = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = _FONTS.index(self.font)
        return f"BT /F{font} {self.size} Tf 1 0 0 1 {self.x} {self.y} Tm ({text}) Tj ET\n"


def block(lines: Sequence[str], x: float = 50, y: float = 700, *, pitch: float = 12) -> list[Words]:
    """Returns lines below each other."""
    return [Words(line, x, y - number * pitch) for number, line in enumerate(lines)]


def pdf(*pages: Sequence[Words] | bytes, info: str = "", trailer: str = "") -> bytes:
    """Returns a PDF with pages of words, or of operators as bytes."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    fonts = " ".join(
        f"/F{number} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for number, name in enumerate(_FONTS)
    )
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: f"<< {info} >>".encode("latin-1"),
    }
    for number, page in enumerate(pages):
        operators = page if isinstance(page, bytes) else _operators(page)
        stream = zlib.compress(operators)
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 {HEIGHT}] "
            f"/Resources << /Font << {fonts} >> >> /Contents {11 + 2 * number} 0 R >>"
        ).encode()
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects[11 + 2 * number] = head + stream + b"\nendstream"
    return _file(objects, trailer)


def _operators(page: Sequence[Words]) -> bytes:
    return "".join(words.operators() for words in page).encode("cp1252")


def _file(objects: dict[int, bytes], trailer: str) -> bytes:
    data = b"%PDF-1.4\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(data)
    table = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    end = f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R /Info 3 0 R {trailer} >>\n"
    return data + f"xref\n{table}{end}startxref\n{start}\n%%EOF\n".encode()
