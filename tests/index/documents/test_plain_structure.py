"""The structure of plain text."""

from __future__ import annotations

from index.documents.plain_structure import plain_structure
from index.documents.structure import Block, BlockKind


def _blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.start : block.end]) for block in _found(text)]


def _found(text: str) -> list[Block]:
    return list(plain_structure(text).blocks)


def test_items_are_a_list_that_belongs_to_its_lead_in() -> None:
    text = "Steps:\n1. One\n2. Two\n\n- a\n- b\n"
    assert [kind for kind, _ in _blocks(text)] == ["paragraph", *["item"] * 4]
    assert [block.owner for block in _found(text)] == [None, 0, 0, 0, 0]


def test_a_line_with_a_dash_alone_is_no_item() -> None:
    assert _blocks("- one line\nmore") == [("paragraph", "- one line"), ("paragraph", "more")]


def test_the_lines_of_a_wrapped_item_are_one_block() -> None:
    text = (
        "1. Get the milk from the shop that is at the corner of the\n"
        "   street, and pay.\n2. Feed the cat.\n"
    )
    assert [kind for kind, _ in _blocks(text)] == ["item", "item"]


def test_an_answer_belongs_to_its_question() -> None:
    text = "Q: Is it open?\nA: Yes.\nOn Mondays, too.\n\nA: Never mind.\n\nText.\n"
    assert [kind for kind, _ in _blocks(text)] == ["question", *["paragraph"] * 4]
    assert [block.owner for block in _found(text)] == [None, 0, None, 0, None]


def test_who_speaks_twice_has_turns_and_a_label_has_none() -> None:
    text = "Ann: Hello.\nBob: Hi.\nAnn (CEO): Go.\nBob: Yes.\n\nPlace: Elm\n"
    assert [kind for kind, _ in _blocks(text)] == [*["turn"] * 4, "paragraph"]


def test_quoted_mail_is_a_quotation_without_its_marks() -> None:
    text = (
        "Bob wrote:\n> On Monday we met, and then we all decided to go to\n> the river.\n"
        ">\n> > Deeper words.\n> Ann\n\nI agree.\n"
    )
    assert _blocks(text) == [
        ("paragraph", "Bob wrote:"),
        ("quotation", "On Monday we met, and then we all decided to go to\n> the river."),
        ("quotation", "Deeper words."),
        ("quotation", "Ann"),
        ("paragraph", "I agree."),
    ]
    hidden = plain_structure(text).hidden
    assert [text[start:end] for start, end in hidden] == [">", ">", ">", "> >", ">"]


def test_a_sign_before_a_number_is_no_quotation() -> None:
    assert _blocks("> 5 mm\n\n> Really?") == [("paragraph", "> 5 mm"), ("quotation", "Really?")]


def test_what_stands_before_the_body_is_hidden() -> None:
    found = plain_structure("--- x\ntext", 6)
    assert found.hidden == ((0, 5),)
    assert [block.kind for block in found.blocks] == [BlockKind.PARAGRAPH]
