"""The blocks of a Markdown page: what each is, what it stands under, what it belongs to."""

from __future__ import annotations

import pytest

from index.documents.formats.markdown import read_markdown
from index.documents.markdown.finder import find_structure
from tests.index.documents.markdown.pages import blocks, headings, owners, seen


def test_a_block_stands_under_all_headings_above_it_even_where_a_level_is_skipped() -> None:
    page = "# One\n\n### Three #\n\na\n\n## Two\n\nb\n\nTop\n===\n\nc\n\nLow\n---\n\nd\n"
    assert headings(page) == {
        "a": ["One", "Three"],
        "b": ["One", "Two"],
        "c": ["Top"],
        "d": ["Top", "Low"],
    }


def test_a_heading_in_html_and_a_bold_line_are_headings() -> None:
    page = "<h2>Perks</h2>\n\na\n\n**Eye cover**\n\nb\n\n**Teeth:**\n\nc\n\n## Pay\n\nd\n"
    assert headings(page) == {
        "a": ["Perks"],
        "b": ["Perks", "Eye cover"],
        "c": ["Perks", "Teeth:"],
        "d": ["Pay"],
    }


def test_a_bold_sentence_is_no_heading() -> None:
    assert blocks("**Do not open it.**\n\nx") == [
        ("paragraph", "Do not open it."),
        ("paragraph", "x"),
    ]


def test_a_heading_keeps_the_blanks_between_its_links_and_its_code() -> None:
    assert blocks("## [Link](x) `code` *em* {#id}\n") == [("heading", "Link code em")]


def test_an_item_belongs_to_its_lead_in_and_what_stands_in_it_to_the_item() -> None:
    page = "Do this:\n\n1. One\n2. Two\n\n   more\n\n       run\n   - inner\n3. Three\n"
    assert owners(page) == {
        "Do this:": None,
        "1. One": "Do this:",
        "2. Two": "Do this:",
        "more": "2. Two",
        "run": "2. Two",
        "inner": "2. Two",
        "3. Three": "Do this:",
    }


def test_items_have_the_level_and_the_number_of_their_list() -> None:
    items = find_structure("- a\n  1. b\n     - c\n- d\n\n* e\n").blocks
    assert [item.level for item in items] == [1, 2, 3, 1, 1]
    assert [item.group for item in items] == [1, 2, 3, 1, 4]


def test_a_loose_list_is_one_list_and_a_task_keeps_its_box() -> None:
    page = "- [ ] open\n\n- [x] done\n"
    assert blocks(page) == [("item", "[ ] open"), ("item", "[x] done")]
    assert len({block.group for block in find_structure(page).blocks}) == 1


def test_a_row_belongs_to_the_header_and_keeps_its_cells_apart() -> None:
    page = "|  | A |\n|:--|--:|\n| x | 1 \\| 2 |\n|**y**|`z`|\n| only |\n"
    assert blocks(page) == [
        ("table_header", "A"),
        ("row", "x 1 | 2"),
        ("row", "y z"),
        ("row", "only"),
    ]
    assert set(owners(page).values()) == {None, "A"}


def test_a_header_without_rows_is_a_header() -> None:
    assert blocks("| A | B |\n|---|---|\n\nafter") == [
        ("table_header", "A B"),
        ("paragraph", "after"),
    ]


def test_a_table_in_an_item_belongs_to_the_item() -> None:
    assert owners("- item\n\n  | A |\n  |---|\n  | 1 |\n") == {
        "item": None,
        "A": "item",
        "1": "A",
    }


def test_a_table_in_a_quotation_is_a_table() -> None:
    assert blocks("> | A |\n> |---|\n> | 1 |\n") == [("table_header", "A"), ("row", "1")]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("```python\nx = 1\n\ny = 2\n```\n", "x = 1\n\ny = 2"),
        ("~~~\n*a*\n~~~\n", "*a*"),
        ("    a\n    b\n", "a\n    b"),
        ("```\nnot closed\nmore", "not closed\nmore"),
        ("- x\n\n  ```\n  a\n    b\n  ```\n", "a\n    b"),
        ("> ```\n> a\n> ```\n", "a"),
        ("```\r\na\r\n```\r\n", "a"),
    ],
)
def test_code_is_one_block_without_its_fences(page: str, code: str) -> None:
    (block,) = [each for each in find_structure(page).blocks if each.kind.value == "code"]
    assert page[block.start : block.end] == code


def test_an_alert_is_a_quotation_without_its_name() -> None:
    assert blocks("> [!NOTE]\n> Be careful.\n>\n> > deeper\n") == [
        ("quotation", "Be careful."),
        ("quotation", "deeper"),
    ]


def test_a_definition_belongs_to_its_term() -> None:
    page = "Term\n: One\n: Two\n\n  more\n\nafter\n"
    assert [kind for kind, _ in blocks(page)] == [*["term"], *["definition"] * 3, "paragraph"]
    assert owners(page) == {"Term": None, "One": "Term", "Two": "Term", "more": "Term"} | {
        "after": None
    }


def test_the_text_of_a_footnote_is_a_block_and_its_mark_is_hidden() -> None:
    assert seen("Text[^1] goes^[in line] on.\n\n[^1]: The note.\n\n[^2]: Never used.\n") == (
        "Text goes in line on. / The note. / Never used."
    )


@pytest.mark.parametrize(
    ("page", "question", "answer"),
    [
        ("**Can I?**\n\nYes.\n", "Can I?", "Yes."),
        ("Q: Can I?\nA: Yes.\n", "Q: Can I?", "A: Yes."),
        ("**Q: Can I?**\n\nA: Yes.\n", "Q: Can I?", "A: Yes."),
        ("<details><summary>Can I?</summary>\n\nYes.\n\n</details>\n", "Can I?", "Yes."),
        ('??? question "Can I?"\n\n    Yes.\n', "Can I?", "Yes."),
        (":::faq Can I?\nYes.\n:::\n", "Can I?", "Yes."),
    ],
)
def test_an_answer_belongs_to_its_question(page: str, question: str, answer: str) -> None:
    assert blocks(page) == [("question", question), ("paragraph", answer)]
    assert owners(page)[answer] == question


def test_what_follows_folded_details_does_not_stand_under_their_summary() -> None:
    page = "<details><summary>More</summary>\n\nin\n\n</details>\n\nout\n"
    assert headings(page) == {"in": ["More"], "out": []}


def test_each_who_speaks_has_a_turn() -> None:
    page = "**Ann:** Hello.\nBob (CEO): Hi.\n\nBob: Go.\nAnn: Yes.\n[00:12] Cy: late\n"
    assert [kind for kind, _ in blocks(page)] == ["turn"] * 5


def test_a_label_is_no_speaker() -> None:
    page = "Note: Restart it.\n\nNote: Close it.\n\nSee\nGitHub: the site.\n"
    assert [kind for kind, _ in blocks(page)] == ["paragraph"] * 3


def test_an_image_alone_is_a_caption() -> None:
    assert blocks("[![Build](b.svg)](u) ![C](c.svg)\n\n![The bridge](x.png)\n") == [
        ("caption", "Build C"),
        ("caption", "The bridge"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_every_system_are_read(end: str) -> None:
    page = end.join(["\ufeff# Top", "a", "b", "", "- x", "", "| A |", "|---|", "| 1 |"])
    assert blocks(page) == [
        ("heading", "Top"),
        ("paragraph", "a b"),
        ("item", "x"),
        ("table_header", "A"),
        ("row", "1"),
    ]


def test_tabs_and_characters_of_two_units_do_not_shift_places() -> None:
    assert seen("-\t😀 *a*\n\n\t𝒳 **b**\n") == "😀 a / 𝒳 b"


def test_front_matter_is_hidden_and_no_heading() -> None:
    contents = read_markdown(b"---\ntitle: x\n---\n# Top\n\ntext\n")
    assert contents.structure is not None
    assert contents.structure.hidden[0][0] == 0
    assert [contents.text[each.start : each.end] for each in contents.structure.blocks] == [
        "Top",
        "text",
    ]


def test_a_block_knows_its_page() -> None:
    found = find_structure("one\n\ntwo\n\nthree\n", pages=(0, 5))
    assert [block.page for block in found.blocks] == [1, 2, 2]
