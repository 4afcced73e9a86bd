"""Word documents are turned into Markdown."""

from __future__ import annotations

import io
import zipfile

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.word import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STYLES = f"""<w:styles {W}>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>
<w:style w:styleId="Circle"><w:name w:val="Circle"/><w:basedOn w:val="Circle"/></w:style>
<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Bullets"><w:name w:val="List Bullet"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" TargetMode="External" Target="https://pool.example/prices"/>'
    "</Relationships>"
)


def docx(body: str, **parts: str) -> bytes:
    """A document with a body, and further parts of the folder `word`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", document)
        package.writestr("word/styles.xml", STYLES)
        package.writestr("word/numbering.xml", NUMBERING)
        package.writestr("word/_rels/document.xml.rels", LINKS)
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return written.getvalue()


def p(text: str, style: str = "", numbering: str = "") -> str:
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{look}{numbering}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def number(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>'


def text_of(body: str, **parts: str) -> str:
    return read_docx(docx(body, **parts)).text


def test_headings_paragraphs_and_lists_keep_their_place() -> None:
    body = (
        p("The pool", "Titel")
        + p("The pool 3", "TOC1")
        + p("Hours", "H1")
        + p("It opens at seven.")
        + p("bring a towel", "Bullets")
        + p("Prices", "Own")
        + p("Pay.", numbering=number(0))
        + p("cash", numbering=number(1))
        + p("Swim.", numbering=number(0))
        + p("Go home.", "Circle")
    )
    assert text_of(body) == (
        "# The pool\n\n## Hours\n\nIt opens at seven.\n\n- bring a towel\n\n## Prices\n\n"
        "1. Pay.\n    - cash\n2. Swim.\n\nGo home.\n"
    )


def test_a_table_has_a_header_and_cells_that_reach_down_are_repeated() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    merged = cell("Pool", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    table = (
        f"<w:tbl><w:tr>{cell('Place')}{cell('Price')}</w:tr>"
        f"<w:tr>{merged[0]}{cell('4 | 5')}</w:tr><w:tr>{merged[1]}{cell('6')}</w:tr></w:tbl>"
    )
    assert text_of(table) == (
        "| Place | Price |\n| --- | --- |\n| Pool | 4 \\| 5 |\n| Pool | 6 |\n"
    )
    frame = f"<w:tbl><w:tr><w:tc>{p('Mind the step.')}</w:tc></w:tr></w:tbl>"
    assert text_of(frame) == "Mind the step.\n"


def test_bold_links_and_notes_are_written_and_deleted_or_hidden_words_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>It is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>very </w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>cold </w:t></w:r>"
        "<w:ins><w:r><w:t>today*</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>yesterday</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:t>, see </w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>prices</w:t></w:r>'
        "</w:hyperlink></w:p>"
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Ten degrees.")}</w:footnote></w:footnotes>'
    )
    assert text_of(body, word__footnotes=notes) == (
        "It is **very cold** today\\*[^f2], see [prices](https://pool.example/prices)\n\n"
        "[^f2]: Ten degrees.\n"
    )


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Closed on Monday.')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="urn:mc"><w:r><w:t>Hours</w:t></w:r><w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )
    assert text_of(body) == "Hours\n\nClosed on Monday.\n"


def test_the_properties_give_the_title_where_the_document_has_none() -> None:
    properties = (
        '<c:p xmlns:c="urn:c" xmlns:dc="urn:dc"><dc:title>Prices of the pool</dc:title></c:p>'
    )
    contents = read_docx(docx(p("It costs four."), docProps__core=properties))
    assert contents.metadata.values["title"] == "Prices of the pool"
    titled = read_docx(docx(p("Prices", "H1"), docProps__core=properties))
    assert "title" not in titled.metadata.values


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;">]><b>&c;</b>'
    with pytest.raises(UnreadableError, match="document type"):
        read_docx(docx(p("x"), word__footnotes=bomb))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableError, match="unpacks to more than 50 MB; split it"):
        read_docx(docx(p("x"), word__footnotes=" " * 60_000_000))


def test_deep_nesting_is_refused() -> None:
    deep = "<w:sdt>" * 100_000 + p("x") + "</w:sdt>" * 100_000
    with pytest.raises(UnreadableError, match="nested too deeply"):
        read_docx(docx(deep))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\3\4 no more", "it is damaged"),
        (b"\xd0\xcf\x11\xe0", "it is protected by a password or of an old format"),
        (docx("<w:p>"), "it is damaged"),
        (docx(""), "it holds no text"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_docx(data)
