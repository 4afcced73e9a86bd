"""Slides, OpenDocument texts, books and Rich Text are turned into Markdown."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.documents.formats.book import read_epub
from index.documents.formats.contents import UnreadableError
from index.documents.formats.open_document import read_odt
from index.documents.formats.rich_text import read_rtf
from index.documents.formats.slides import read_pptx

A = 'xmlns:a="urn:a" xmlns:p="urn:p"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODT = (
    'xmlns:office="urn:office" xmlns:text="urn:text" xmlns:table="urn:table"'
    ' xmlns:style="urn:style" xmlns:fo="urn:fo" xmlns:xlink="urn:xlink"'
)


def zipped(**parts: str) -> bytes:
    """A zip file; in the names "__" stands for "/", and "_xml" for ".xml"."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file.getvalue()


def links(**targets: str) -> str:
    inner = "".join(f'<Relationship Id="{key}" Target="{to}"/>' for key, to in targets.items())
    return f"<Relationships>{inner}</Relationships>"


def shape(kind: str, *texts: str) -> str:
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    paragraphs = "".join(
        f'<a:p><a:pPr lvl="{number}"/><a:r><a:t>{text}</a:t></a:r></a:p>'
        for number, text in enumerate(texts)
    )
    return (
        f"<p:sp><p:nvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def slide(inner: str, attributes: str = "") -> str:
    return f"<p:sld {A} {attributes}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"


def test_slides_are_sections_in_their_order() -> None:
    table = (
        "<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>Who</a:t></a:r></a:p></a:tc></a:tr>"
        "<a:tr><a:tc><a:p><a:r><a:t>Child</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>"
    )
    data = zipped(
        ppt__presentation_DOT_xml=f'<p:presentation xmlns:p="urn:p" {R}><p:sldIdLst>'
        '<p:sldId id="1" r:id="b"/><p:sldId id="2" r:id="a"/><p:sldId id="3" r:id="c"/>'
        "</p:sldIdLst></p:presentation>",
        ppt___rels__presentation_DOT_xml_DOT_rels=links(
            a="slides/s1.xml", b="slides/s2.xml", c="slides/s3.xml"
        ),
        ppt__slides__s1_DOT_xml=slide(table + shape("sldNum", "7")),
        ppt__slides__s2_DOT_xml=slide(
            shape("body", "From *7*", "daily") + shape("title", "Hours") + shape("", "A box")
        ),
        ppt__slides__s3_DOT_xml=slide(shape("title", "Hidden"), 'show="0"'),
        ppt__slides___rels__s2_DOT_xml_DOT_rels=links(n="../notesSlides/n1.xml"),
        ppt__notesSlides__n1_DOT_xml=slide(shape("body", "Say it slowly.")),
    )
    assert read_pptx(data).text == (
        "## Hours\n\n- From \\*7\\*\n    - daily\n\nA box\n\nNotes: Say it slowly.\n\n"
        "## Slide 2\n\n| Who |\n| --- |\n| Child |\n"
    )


def test_an_open_document_keeps_its_structure() -> None:
    content = f"""<office:document-content {ODT}><office:automatic-styles>
<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>
</office:automatic-styles><office:body><office:text><text:tracked-changes><text:p>Gone</text:p>
</text:tracked-changes><text:h text:outline-level="1">The pool</text:h><text:p>It is
<text:span text:style-name="T1">cold</text:span><text:note>
<text:note-body><text:p>Ten degrees.</text:p></text:note-body>
</text:note>, see
<text:a xlink:href="https://pool.example">prices</text:a>.</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>Pay.</text:p><text:list><text:list-item>
<text:p>cash</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row>
<table:table-cell table:number-columns-repeated="2"><text:p>Child</text:p></table:table-cell>
</table:table-row></table:table></office:text></office:body></office:document-content>"""
    assert read_odt(zipped(content_DOT_xml=content)).text == (
        "# The pool\n\nIt is\n**cold**[^1], see\n[prices](https://pool.example).\n\n"
        "1. Pay.\n    1. cash\n\n| Who |  |\n| --- | --- |\n| Child | Child |\n\n"
        "[^1]: Ten degrees.\n"
    )


def test_a_book_has_its_chapters_in_order() -> None:
    data = zipped(
        **{
            "META-INF__container_DOT_xml": "<container><rootfiles>"
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS__book_DOT_opf": '<package xmlns:dc="urn:dc"><metadata><dc:title>Pools</dc:title>'
            '</metadata><manifest><item id="n" href="nav.xhtml" properties="nav"/>'
            '<item id="a" href="a%20b.xhtml"/><item id="z" href="z.xhtml"/></manifest>'
            '<spine><itemref idref="n"/><itemref idref="z"/><itemref idref="a"/></spine></package>',
            "OPS__nav_DOT_xhtml": "<p>Contents</p>",
            "OPS__a b_DOT_xhtml": "<!DOCTYPE html><h1>Two</h1><p>It closes at nine.</p>",
            "OPS__z_DOT_xhtml": "<h1>One</h1><p>It opens at seven.</p>",
        }
    )
    contents = read_epub(data)
    assert contents.text == "# One\n\nIt opens at seven.\n\n# Two\n\nIt closes at nine.\n"
    assert contents.metadata.values["title"] == "Pools"


def test_rich_text_is_paragraphs_bullets_and_tables() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252 It costs \'a34.\par \'95\tab by card\par "
        rb"\trowd Who\cell Price\cell\row\trowd Child\cell 2\cell\row Done.\par}"
    )
    assert read_rtf(data).text == (
        "It costs £4.\n\n- by card\n\n| Who | Price |\n| --- | --- |\n| Child | 2 |\n\nDone.\n"
    )


@pytest.mark.parametrize("read", [read_pptx, read_odt, read_epub])
def test_another_zip_file_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(UnreadableError, match=r"it (?:is no|holds no)"):
        read(zipped(a_DOT_xml="<a/>"))
    with pytest.raises(UnreadableError, match="it is damaged"):
        read(b"words")


def test_what_is_no_rich_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it is no RTF"):
        read_rtf(b"words")
    with pytest.raises(UnreadableError, match="it holds no text"):
        read_rtf(rb"{\rtf1}")
