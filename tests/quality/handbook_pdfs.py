"""PDF files from blocks: of one column, and of two columns as in a printed booklet."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.quality.handbook_sources import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.quality.handbook_sources import Source

SIZE = 10.5  # points
_VOWEL, _CONSONANT = "[aeiouy]", "[b-df-hj-np-tv-xz]"
# A word may be divided before the last consonant between two vowels, three letters from its ends.
_DIVISION = re.compile(rf"(?<=[a-z]{{2}}[a-z])(?={_CONSONANT}{_VOWEL}[a-z]{{2}})")


def make_pdf(source: Source) -> None:
    """Writes a PDF of one column with the layout that ReportLab gives it."""
    styles = getSampleStyleSheet()
    story: list[Any] = [Paragraph(escape(source.title), styles["Title"])]
    for group in grouped(source.blocks):
        if group[0].kind == "row":
            story.append(Table([block.cells for block in group], hAlign="LEFT"))
            continue
        for number, block in enumerate(group, start=1):
            look = styles["Heading2" if block.kind == "heading" else "BodyText"].clone("look")
            look.fontSize, look.leading = look.fontSize + 2, look.leading + 6
            bullet = {"step": f"{number}.", "item": "\u2022"}.get(block.kind)
            story.append(Paragraph(escape(block.text), look, bulletText=bullet))
    frame = SimpleDocTemplate(str(source.path), title=source.title, author=source.author)
    frame.build(story, onFirstPage=_foot, onLaterPages=_foot)


def _foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A4[0] / 2, 30, f"Skellan boat rental \u00b7 page {document.page}")


def broken_lines(words: list[str], width: float, font: str) -> Iterator[str]:
    """Yields lines of at most that width in points, with words divided at line ends."""
    line = ""
    for word in words:
        trial = f"{line} {word}".strip()
        if stringWidth(trial, font, SIZE) <= width:
            line = trial
            continue
        for cut in reversed([found.start() for found in _DIVISION.finditer(word)]):
            head = f"{line} {word[:cut]}-".strip()
            if stringWidth(head, font, SIZE) <= width:
                yield head
                line = word[cut:]
                break
        else:
            yield line
            line = word
    yield line


def make_columns(source: Source) -> None:
    """Writes a PDF of two columns, with a running head, page numbers and divided words."""
    canvas = Canvas(str(source.path), pagesize=(420, 420))
    canvas.setTitle(source.title)
    canvas.setAuthor(source.author)
    columns = [(36.0, 360.0), (220.0, 360.0)]
    place, y, page = 0, 360.0, 1
    _running_head(canvas, source.title, page)
    for block in source.blocks:
        font = "Times-Bold" if block.kind == "heading" else "Times-Roman"
        y -= 8
        for line in broken_lines(block.text.split(), 164, font):
            if y < 60:
                place = (place + 1) % 2
                if place == 0:
                    canvas.showPage()
                    page += 1
                    _running_head(canvas, source.title, page)
                y = columns[place][1]
            canvas.setFont(font, SIZE)
            canvas.drawString(columns[place][0], y, line)
            y -= 14
    canvas.save()


def _running_head(canvas: Canvas, title: str, page: int) -> None:
    canvas.setFont("Times-Italic", 8)
    canvas.drawString(36, 388, title)
    canvas.drawRightString(384, 388, "Skellan Boats & Ferries")
    canvas.drawCentredString(210, 36, str(page))
