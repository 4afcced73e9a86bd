"""Containers of site generators, and the programs of MDX."""

from __future__ import annotations

import pytest

from tests.index.documents.markdown.pages import blocks, headings


def test_what_is_indented_below_a_note_or_a_tab_is_no_code() -> None:
    page = (
        "!!! note\n\n    In the note.\n\n"
        '=== "Linux"\n\n    On Linux.\n\n    ```sh\n    run\n    ```\n\n'
        '=== "macOS"\n\n    - item\n\nafter\n\n    code\n'
    )
    assert blocks(page) == [
        ("paragraph", "In the note."),
        ("heading", "Linux"),
        ("paragraph", "On Linux."),
        ("code", "run"),
        ("heading", "macOS"),
        ("item", "item"),
        ("paragraph", "after"),
        ("code", "code"),
    ]
    assert headings(page)["item"] == ["macOS"]
    assert headings(page)["after"] == []


def test_a_container_in_a_container_and_in_a_list_is_read() -> None:
    page = '- item\n\n    !!! tip "One"\n        a\n\n        ??? note "Two"\n            b\n'
    assert blocks(page) == [
        ("item", "item"),
        ("heading", "One"),
        ("paragraph", "a"),
        ("heading", "Two"),
        ("paragraph", "b"),
    ]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (":::note", None),
        (":::note A title", "A title"),
        ("::: tip A title", "A title"),
        (":::note[A title]{.x}", "A title"),
        (":::{note} A title", "A title"),
        (":::{figure} a/b.png", None),
        ("::::{.columns}", None),
    ],
)
def test_the_title_of_a_fenced_container_is_a_heading(opening: str, title: str | None) -> None:
    above = [title] if title else []
    page = f"{opening}\n- item\n:::\nafter\n"
    assert headings(page) == {"item": above, "after": []}
    assert [kind for kind, _ in blocks(page)] == [*(["heading"] * len(above)), "item", "paragraph"]


@pytest.mark.parametrize(
    "program",
    [
        "import X from './x'",
        "import './x.css';",
        "import {a,\n  b} from 'y'",
        "import X, {\n  a,\n} from 'y';",
        "export const meta = {\n  title: 'x'\n}",
        "export default function Page() {\n  return 1\n}",
        "export default Layout",
        "export { a }",
    ],
)
def test_of_a_program_nothing_is_seen(program: str) -> None:
    assert blocks(f"{program}\n\n# Top\n") == [("heading", "Top")]


@pytest.mark.parametrize(
    "words",
    ["import duties from China rise.", "export controls", "import the data", "Text\nimport 'x'"],
)
def test_words_that_begin_like_a_program_are_seen(words: str) -> None:
    assert blocks(words) == [("paragraph", " ".join(words.split()))]


def test_tags_of_components_are_hidden_and_what_stands_in_them_is_seen() -> None:
    page = '<Tabs>\n<TabItem value="a">\n\nInside.\n\n</TabItem>\n</Tabs>\n\n<Note>Said.</Note>\n'
    assert blocks(page) == [("paragraph", "Inside."), ("paragraph", "Said.")]
