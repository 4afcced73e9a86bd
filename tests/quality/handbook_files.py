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
from html import escape
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pptx
from ebooklib import epub
from odf import dc, meta, opendocument, style, table, text

from tests.quality.handbook_pdfs import make_columns, make_pdf
from tests.quality.handbook_sources import grouped, html_of, read_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.quality.handbook_sources import Block, Source

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
