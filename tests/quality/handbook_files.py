"""Makes the binary files of tests/quality/handbook/ from handbook_texts.toml.

    python -m venv /tmp/files
    /tmp/files/bin/pip install reportlab python-docx openpyxl python-pptx odfpy ebooklib
    /tmp/files/bin/python -m tests.quality.handbook_files

The product's own environment does not have all of these libraries: the files are committed. Run it
from the root of the repository after a change of the texts.
"""

from __future__ import annotations

import datetime
import email.message
import email.policy
import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pptx
from ebooklib import epub
from odf import dc, meta, opendocument, style, table, text
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
FOLDER = HERE / "handbook"
SIZE = 10.5
_MARKS = {"@ ": "part", "# ": "heading", "## ": "subheading", "- ": "item", "| ": "row"}
_VOWEL, _CONSONANT = "[aeiouy]", "[b-df-hj-np-tv-xz]"
# A word may be divided before the last consonant between two vowels, three letters from its ends.
_DIVISION = re.compile(rf"(?<=[a-z]{{2}}[a-z])(?={_CONSONANT}{_VOWEL}[a-z]{{2}})")

_WEB_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Skellan</title>
<meta name="author" content="{author}">
<meta property="article:published_time" content="{date}"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article>
{article}
</article>
<footer>Skellan Boats &amp; Ferries. Cookies are used to count visitors.</footer>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a text: a "paragraph", or what its mark says.

    Attributes:
        kind: "paragraph", "part", "heading", "subheading", "item", "step" or "row".
        text: The words, without the mark.
    """

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.strip(" |").split(" | ")]


@dataclass(frozen=True, slots=True)
class Source:
    """What one file is made from."""

    path: Path
    title: str
    author: str
    date: datetime.date
    blocks: tuple[Block, ...]

    @property
    def parts(self) -> Iterator[tuple[str, list[Block]]]:
        """The name and the blocks of each part: a slide, a chapter or a sheet."""
        starts = [at for at, block in enumerate(self.blocks) if block.kind == "part"]
        for start, end in zip(starts, [*starts[1:], len(self.blocks)], strict=True):
            yield self.blocks[start].text, list(self.blocks[start + 1 : end])


def read_block(line: str) -> Block:
    """Returns the block of one line."""
    if step := re.match(r"\d+\. (?=[A-Z].*\.$)", line):
        return Block("step", line[step.end() :])
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line[len(mark) :])
    return Block("paragraph", line)


def read_sources() -> Iterator[Source]:
    """Yields what stands in handbook_texts.toml."""
    for row in tomllib.loads((HERE / "handbook_texts.toml").read_text("utf-8"))["file"]:
        blocks = tuple(read_block(line) for line in row["text"].splitlines() if line.strip())
        yield Source(FOLDER / row["path"], row["title"], row["author"], row["date"], blocks)


def grouped(blocks: tuple[Block, ...] | list[Block]) -> Iterator[list[Block]]:
    """Yields the rows, items or steps that stand together as one group, any other block alone."""
    group: list[Block] = []
    for block in blocks:
        if group and (block.kind != group[0].kind or block.kind not in ("row", "item", "step")):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def make_xlsx(source: Source) -> None:
    """Writes a workbook with a sheet for each part; whole numbers are numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = source.title, source.author
    for name, blocks in source.parts:
        sheet = book.create_sheet(name)
        for block in blocks:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in block.cells])
    book.save(source.path)


def make_docx(source: Source) -> None:
    """Writes a Word document with the built-in styles."""
    document = docx.Document()
    moment = datetime.datetime.combine(source.date, datetime.time(9), datetime.UTC)
    properties = document.core_properties
    properties.title, properties.author = source.title, source.author
    properties.created = properties.modified = moment
    styles = {"heading": "Heading 1", "subheading": "Heading 2", "item": "List Bullet"}
    styles |= {"step": "List Number", "paragraph": "Normal"}
    for group in grouped(source.blocks):
        if group[0].kind == "row":
            grid = document.add_table(len(group), len(group[0].cells), style="Table Grid")
            for row, block in enumerate(group):
                for column, cell in enumerate(block.cells):
                    grid.cell(row, column).text = cell
            continue
        for block in group:
            document.add_paragraph(block.text, style=styles[block.kind])
    document.save(str(source.path))


def make_odt(source: Source) -> None:
    """Writes a text document of OpenDocument."""
    document = opendocument.OpenDocumentText()
    for field in (
        dc.Title(text=source.title),
        meta.InitialCreator(text=source.author),
        meta.CreationDate(text=f"{source.date}T09:00:00"),
    ):
        document.meta.addElement(field)
    document.styles.addElement(style.Style(name="Standard", family="paragraph"))
    for group in grouped(source.blocks):
        if group[0].kind == "row":
            document.text.addElement(_odf_table(group))
            continue
        parent = text.List() if group[0].kind in ("item", "step") else document.text
        for block in group:
            if block.kind.endswith("heading"):
                level = 1 if block.kind == "heading" else 2
                parent.addElement(text.H(outlinelevel=level, text=block.text))
            elif parent is document.text:
                parent.addElement(text.P(text=block.text))
            else:
                item = text.ListItem()
                item.addElement(text.P(text=block.text))
                parent.addElement(item)
        if parent is not document.text:
            document.text.addElement(parent)
    document.save(str(source.path))


def _odf_table(group: list[Block]) -> Any:
    grid = table.Table()
    grid.addElement(table.TableColumn(numbercolumnsrepeated=len(group[0].cells)))
    for block in group:
        row = table.TableRow()
        for words in block.cells:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        grid.addElement(row)
    return grid


def make_pptx(source: Source) -> None:
    """Writes slides: a title, then its lines or its table."""
    show = pptx.Presentation()
    show.core_properties.title, show.core_properties.author = source.title, source.author
    show.core_properties.created = datetime.datetime.combine(source.date, datetime.time(9))
    for number, (name, blocks) in enumerate(source.parts):
        rows = [block for block in blocks if block.kind == "row"]
        slide = show.slides.add_slide(show.slide_layouts[5 if rows else min(number, 1)])
        slide.shapes.title.text = name
        if not rows:
            slide.placeholders[1].text = "\n".join(block.text for block in blocks)
            continue
        place = (pptx.util.Inches(inches) for inches in (1, 2, 8, 3))
        grid = slide.shapes.add_table(len(rows), len(rows[0].cells), *place).table
        for row, block in enumerate(rows):
            for column, words in enumerate(block.cells):
                grid.cell(row, column).text = words
    show.save(source.path)


def make_rtf(source: Source) -> None:
    """Writes rich text as a word processor of the nineties did."""
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}",
        rf"{{\info{{\title {source.title}}}{{\author {source.author}}}"
        rf"{{\creatim\yr{source.date.year}\mo{source.date.month}\dy{source.date.day}}}}}",
    ]
    for block in source.blocks:
        look = r"\b\fs32" if block.kind == "heading" else r"\fs22"
        words = "".join(char if ord(char) < 128 else rf"\'{ord(char):02x}" for char in block.text)
        lines.append(rf"\pard\sa160{{{look} {words}}}\par")
    source.path.write_text("\r\n".join([*lines, "}"]), "ascii", newline="")


def html_of(blocks: tuple[Block, ...] | list[Block]) -> str:
    """Returns the blocks as HTML."""
    tags = {"heading": "h1", "subheading": "h2", "paragraph": "p", "item": "li", "step": "li"}
    around = {"row": "table", "item": "ul", "step": "ol"}
    pieces = []
    for group in grouped(blocks):
        inner = "\n".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in block.cells) + "</tr>"
            if block.kind == "row"
            else f"<{tags[block.kind]}>{escape(block.text)}</{tags[block.kind]}>"
            for block in group
        )
        outer = around.get(group[0].kind)
        pieces.append(f"<{outer}>\n{inner}\n</{outer}>" if outer else inner)
    return "\n".join(pieces)


def make_epub(source: Source) -> None:
    """Writes a book with a file for each chapter."""
    book = epub.EpubBook()
    book.set_identifier(f"skellan-{source.path.stem}")
    book.set_title(source.title)
    book.set_language("en")
    book.add_author(source.author)
    book.add_metadata("DC", "date", source.date.isoformat())
    chapters = []
    for number, (name, blocks) in enumerate(source.parts, start=1):
        chapter = epub.EpubHtml(title=name, file_name=f"chapter-{number}.xhtml", lang="en")
        chapter.content = f"<h1>{escape(name)}</h1>\n{html_of(blocks)}"
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc, book.spine = chapters, ["nav", *chapters]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(str(source.path), book)


def make_mhtml(source: Source) -> None:
    """Writes a web page as a browser saves it: one message with its parts."""
    page = email.message.EmailMessage(policy=email.policy.SMTP)
    page["From"] = "<Saved by Blink>"
    page["Snapshot-Content-Location"] = f"https://news.skellan.example/{source.path.stem}"
    page["Subject"] = source.title
    page["Date"] = datetime.datetime.combine(source.date, datetime.time(9), datetime.UTC)
    page["MIME-Version"] = "1.0"
    content = _WEB_PAGE.format(
        title=source.title, author=source.author, date=source.date, article=html_of(source.blocks)
    )
    page.set_content(content, subtype="html", cte="quoted-printable")
    page.add_related("nav { color: green }\n", subtype="css", cte="quoted-printable")
    page.set_param("type", "text/html")
    next(page.iter_parts())["Content-Location"] = page["Snapshot-Content-Location"]
    source.path.write_bytes(page.as_bytes())


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
    canvas = Canvas(str(source.path), pagesize=(420, 595))
    canvas.setTitle(source.title)
    canvas.setAuthor(source.author)
    columns = [(36.0, 535.0), (220.0, 535.0)]
    place, y, page = 0, 535.0, 1
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
    canvas.drawString(36, 562, title)
    canvas.drawRightString(384, 562, "Skellan Boats & Ferries")
    canvas.drawCentredString(210, 36, str(page))


MAKERS: dict[str, Callable[[Source], None]] = {
    ".docx": make_docx,
    ".epub": make_epub,
    ".mhtml": make_mhtml,
    ".odt": make_odt,
    ".pdf": make_pdf,
    ".pptx": make_pptx,
    ".rtf": make_rtf,
    ".xlsx": make_xlsx,
}


def main() -> None:
    """Make all files."""
    for source in read_sources():
        columns = source.path.name == "skippers-guide.pdf"
        (make_columns if columns else MAKERS[source.path.suffix])(source)


if __name__ == "__main__":
    main()
