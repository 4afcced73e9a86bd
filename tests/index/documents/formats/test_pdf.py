"""PDFs become Markdown in reading order, with headings, lists, tables and pages."""

from __future__ import annotations

import time

import pytest

from index.documents.formats import pdf_process
from index.documents.formats.contents import UnreadableError
from index.documents.formats.pdf import read_pdf
from tests.index.documents.formats.pdf_writer import Words, block, pdf

PROSE = [
    "The harbour office lends chairs to members who",
    "have paid. Chairs come back before the evening,",
    "and whoever keeps one longer pays for the night.",
    "Broken chairs are mended in the winter.",
]


def text_of(*pages: list[Words] | bytes) -> str:
    return read_pdf(pdf(*pages)).text


def joined(lines: list[str]) -> str:
    return " ".join(lines)


def test_lines_become_paragraphs() -> None:
    second = ["Members pay in May.", "Guests pay at once."]
    page = block(PROSE) + block([*PROSE[:3], "Ends."], y=640) + block(second, y=580, pitch=20)
    assert text_of(page) == (
        f"{joined(PROSE)}\n\n{joined([*PROSE[:3], 'Ends.'])}\n\n"
        "Members pay in May.\n\nGuests pay at once.\n"
    )


def test_an_indented_line_begins_a_paragraph() -> None:
    second = [Words(PROSE[0], x=65, y=652), *block(PROSE[1:], y=640)]
    assert text_of(block(PROSE) + second) == f"{joined(PROSE)}\n\n{joined(PROSE)}\n"


@pytest.mark.parametrize(
    ("end", "begin", "together"),
    [
        ("about the con-", "struction of chairs", "about the construction of chairs"),
        ("the well-", "known harbour", "the well-known harbour"),  # stands whole elsewhere
        ("from Baden-", "Baden to us", "from Baden-Baden to us"),
        ("the first-", "and last-named", "the first- and last-named"),
        ("a state-of-the-", "art chair", "a state-of-the-art chair"),
        ("pages 3-", "5 of it", "pages 3-5 of it"),
        ("in the sun -", "and rain", "in the sun - and rain"),
        ("the se\xad", "rial word", "the serial word"),
    ],
)
def test_words_divided_at_line_ends_are_whole_again(end: str, begin: str, together: str) -> None:
    page = block(["The well-known harbour master walks about in her boots today.", end, begin])
    assert text_of(page).endswith(f"today. {together}\n")


def test_two_columns_are_read_one_after_the_other() -> None:
    other = [line.replace("chairs", "boats").replace("Chairs", "Boats") for line in PROSE]
    left, right = block(PROSE, x=50), block(other, x=320)
    rows = [words for row in zip(left, right, strict=True) for words in row]
    title = [Words("About the chairs and the boats of the club and its members", 50, 740, 20)]
    foot = block(
        ["A last line runs below both columns, from the left edge to the right one again."]
    )
    below = [Words(foot[0].text * 1, 50, 600, 12)]
    assert text_of(title + rows + below) == (
        f"# About the chairs and the boats of the club and its members\n\n"
        f"{joined(PROSE)}\n\n{joined(other)}\n\n{foot[0].text}\n"
    ).replace("\n\nA last", "\n\n## A last")


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    open_end = [*PROSE[:3], "Whoever has a broken one, and"]
    rest = ["brings it to us at once, gets a new one today.", *PROSE[:3]]
    first = block(PROSE, x=50) + block(open_end, x=320)
    contents = text_of(first, block(rest))
    assert f"{joined(open_end)} {joined(rest)}" in contents


def test_headings_are_known_by_their_size_and_by_bold_letters() -> None:
    page = [
        Words("Chairs", y=760, size=24),
        Words("1. Lending", y=730, size=16),
        *block(PROSE),
        Words("Broken chairs", y=640, font="Helvetica-Bold"),
        *block(PROSE, y=625),
    ]
    assert text_of(page) == (
        f"# Chairs\n\n## 1. Lending\n\n{joined(PROSE)}\n\n### Broken chairs\n\n{joined(PROSE)}\n"
    )


def test_bold_words_in_a_line_stay_bold() -> None:
    page = [
        *block(PROSE),
        Words("Never sit on", y=652),
        Words("wet", x=108, y=652, font="Helvetica-Bold"),
        Words("chairs.", x=128, y=652),
    ]
    assert text_of(page).endswith("Never sit on **wet** chairs.\n")


def test_lists_are_nested_and_keep_their_numbers() -> None:
    page = [
        *block(PROSE, y=760),
        Words("•", 50, 700), Words("One chair that has to be taken to the", 60, 700),
        Words("workshop in the cellar", 60, 688),
        Words("• Inner", 70, 676),
        Words("• Two", 50, 664),
        Words("3. Three", 50, 640),
        Words("4. Four", 50, 628),
        Words("Its second paragraph.", 62, 610),
        Words("7. Seven", 50, 598),
    ]  # fmt: skip
    assert text_of(page) == (
        f"{joined(PROSE)}\n\n"
        "- One chair that has to be taken to the workshop in the cellar\n  - Inner\n- Two\n\n"
        "3. Three\n4. Four\n\n   Its second paragraph.\n\n7) Seven\n"
    ).replace("3. Three\n4. Four", "3. Three\n\n4. Four")


def row(*cells: str, y: float) -> list[Words]:
    return [Words(cell, 50 + 120 * number, y) for number, cell in enumerate(cells) if cell]


def test_a_table_has_a_header_and_goes_on_on_the_next_page() -> None:
    head = row("City", "Chairs", "Price", y=640)
    first = (
        block(PROSE) + head + row("Berlin", "12", "300 EUR", y=626) + row("", "and 3", "", y=614)
    )
    second = row("City", "Chairs", "Price", y=700) + row("Paris | Lyon", "7", "150 EUR", y=686)
    contents = text_of(first, second + block(PROSE, y=640))
    assert contents == (
        f"{joined(PROSE)}\n\n| City | Chairs | Price |\n| --- | --- | --- |\n"
        f"| Berlin | 12 and 3 | 300 EUR |\n| Paris \\| Lyon | 7 | 150 EUR |\n\n{joined(PROSE)}\n"
    )


def test_code_keeps_its_lines_and_indents() -> None:
    code = [Words("if wet:", y=640, font="Courier"), Words("dry()", x=74, y=628, font="Courier")]
    page = block(PROSE) + code + block(PROSE, y=600)
    assert "\n\n```\nif wet:\n    dry()\n```\n\n" in text_of(page)


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Words("Handbook 2024", y=780),
            Words(f"Chapter {number}: {name} {number + 11}", x=300, y=770, size=8),
            *block([f"Page text {name} is here.", *PROSE]),
            Words(f"Page {number} of 3", y=20),
        ]
        for number, name in enumerate(["Alpha", "Beta", "Gamma"], start=1)
    ]
    contents = text_of(*pages)
    assert "Handbook" not in contents
    assert "Chapter" not in contents
    assert " of 3" not in contents
    assert "Page text Beta is here." in contents


def test_numbered_headings_at_the_top_of_pages_are_no_running_heads() -> None:
    pages = [[Words(f"Chapter {number}", y=770, size=18), *block(PROSE)] for number in (1, 2, 3)]
    assert text_of(*pages).count("# Chapter") == 3


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [[line.replace("chairs", name) for line in PROSE] for name in ("A", "B", "C")]
    page = [part for i, lines in enumerate(columns) for part in block(lines, x=20 + 195 * i)]
    page = [Words(part.text, part.x, part.y, 8) for part in sorted(page, key=lambda part: -part.y)]
    assert text_of(page) == "".join(f"{joined(lines)}\n\n" for lines in columns)[:-1]


def test_a_small_sign_of_a_list_stands_on_the_line_of_its_item() -> None:
    page = [Words("•", 50, 706, 12), Words("Boats are lent", 70, 700, 24)]
    assert text_of(page) == "- Boats are lent\n"


def test_a_table_of_contents_is_left_out() -> None:
    dots = [
        Words("1 Lending . . . . . . . . . . . 3", y=640),
        Words("2 Mending ............ 4", y=628),
    ]
    assert text_of(block(PROSE) + dots) == f"{joined(PROSE)}\n"


def test_each_block_knows_its_page_and_a_paragraph_is_on_its_first() -> None:
    first = [*PROSE[:2], "It ends and"]
    second = block(["goes on here."]) + block(["The last words of page two."], y=500)
    contents = read_pdf(pdf(block(first), second, [], row("Page four.", y=500)))
    assert contents.structure is not None
    pages = {contents.text[b.start : b.end][:9]: b.page for b in contents.structure.blocks}
    assert pages == {"The harbo": 1, "The last ": 2, "Page four": 4}


def test_pages_without_text_are_named() -> None:
    assert read_pdf(pdf(block(PROSE), [])).notes == ("1 of its 2 pages hold no text",)


def test_the_document_s_own_properties_are_its_metadata() -> None:
    info = (
        "/Title (Chairs) /Author (Ann Lee) /CreationDate (D:20240102030405Z) /ModDate (D:20240203)"
    )
    values = read_pdf(pdf(block(PROSE), info=info)).metadata.values
    assert values["title"] == "Chairs"
    assert "published" not in values


@pytest.mark.parametrize("title", ["Microsoft Word - a.docx", "untitled", "chairs_v2.indd", " - "])
def test_what_a_program_writes_for_want_of_a_title_is_no_title(title: str) -> None:
    assert "title" not in read_pdf(pdf(block(PROSE), info=f"/Title ({title})")).metadata.values


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"
    " /ID [<4141> <4141>]"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(block(PROSE), trailer=ENCRYPTED), "it is encrypted; save it without a password"),
        (b"%PDF-1.4 broken", "it is damaged, or no PDF; save it again"),
        (b"", "it is damaged, or no PDF; save it again"),
        (pdf([]), "it holds pictures of pages and no text; run OCR over it first"),
        (
            pdf([Words("- 1 -", y=20)]),
            "it holds pictures of pages and no text; run OCR over it first",
        ),
        (pdf(*[b""] * 2_001), "it has more than 2,000 pages; split it"),
    ],
    ids=["encrypted", "broken", "empty", "scan", "number", "pages"],
)
def test_a_pdf_that_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data)
    assert str(caught.value) == reason


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MAX_TEXT_CHARS", 100)
    with pytest.raises(UnreadableError, match="characters; split it"):
        text_of(block(PROSE))


def test_a_page_that_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MAX_MEMORY_BYTES", 400_000_000)
    begun = time.perf_counter()
    with pytest.raises(UnreadableError, match="too much time or memory"):
        text_of(b" " * 300_000_000)
    assert time.perf_counter() - begun < 20


def test_a_page_that_takes_very_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MAX_SECONDS", 1)
    page = block(["one two three four five six seven eight"] * 60, y=780)
    with pytest.raises(UnreadableError, match="too much time or memory"):
        text_of(*[page] * 250)
