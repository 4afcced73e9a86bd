"""Where a section says how something is done."""

from __future__ import annotations

from index.documents.outline import structure_of
from retrieval.listing import MAX_WHOLE_CHARS
from retrieval.procedure import steps_from
from tests.fakes import markdown_article


def steps(page: str, words: str) -> str | None:
    article = markdown_article(page)
    start = page.index(words)
    at = structure_of(article).block_at(start)
    assert at is not None
    found = steps_from(article, at, start)
    return page[found.start : found.end] if found else None


TENT = """# Tent

Pitching it takes an hour. Choose flat ground.

It rains often.

1. Unroll it.

   Mind the zip.
2. Raise the poles.

## Care

Dry it.

1. Hang it up.
"""


def test_the_only_numbered_list_below_a_sentence_are_its_steps() -> None:
    wanted = TENT[TENT.index("Choose") : TENT.index("\n\n## Care")]
    assert steps(TENT, "Choose") == wanted
    assert steps(TENT, "Dry it") == "Dry it.\n\n1. Hang it up."


def test_two_lists_or_a_list_of_bullets_are_no_steps() -> None:
    two = "# Tent\n\nPitch it.\n\n1. Unroll it.\n\nOr hire one:\n\n1. Pay.\n"
    assert steps(two, "Pitch") is None
    assert steps("# Tent\n\nPitch it.\n\n- Unroll it.\n- 2 poles.\n", "Pitch") is None
    assert steps(TENT, "Raise") is None


CODE = """# Serving

Make a key.

```
make key
```

Start it.

```
make start
```

## Other

Stop it.
"""


def test_paragraphs_with_code_between_them_are_a_procedure_as_a_whole() -> None:
    wanted = CODE[CODE.index("Make a") : CODE.index("\n```\n\n## Other")]
    assert steps(CODE, "Make a") == wanted
    assert steps(CODE, "Start it") == wanted
    assert steps(CODE, "Stop it") is None


def test_a_section_too_long_to_be_shown_is_no_procedure() -> None:
    assert steps(CODE.replace("Start it.", "a" * MAX_WHOLE_CHARS), "Make a") is None


def test_one_block_of_code_is_no_procedure() -> None:
    assert steps("# Serving\n\nMake a key.\n\n```\nmake key\n```\n", "Make a") is None
