"""What the pages in docs/ say of the code is so: every path, every name, every step of a walk."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = [
    ARCHITECTURE,
    ROOT / "docs" / "documents.md",
    ROOT / "docs" / "experiments.md",
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    ROOT / "retrieval" / "model" / "MODEL_CARD.md",
]
TERMS = [
    *("article", "text of record", "block", "heading path", "lead-in", "passage", "sentence"),
    *("span", "quote", "clipping", "part", "finding", "answer", "library"),
]
# `bot/desk/` or `bot/desk/desk.py`, and `bot/desk/desk.py: Desk.accept`
PATH = re.compile(r"`((?:bot|config|docs|index|retrieval|seeds|tests|\.github|\.ci)/[\w./-]*)")
NAMED = re.compile(r"`([\w./-]+\.py): ([\w.]+)`")
STEP = re.compile(r"^\d+\. .*?`([\w./-]+\.py): ([\w.]+)`", re.MULTILINE)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def names(body: list[ast.stmt], above: str = "") -> set[str]:
    """Finds what a module or class defines: functions, classes, constants, fields and methods."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef):
            found |= {above + node.name} | names(node.body, f"{above}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(above + node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {above + each.id for each in targets if isinstance(each, ast.Name)}
    return found


def used(path: str) -> set[str]:
    """Finds every name and attribute that a file uses or defines."""
    found = {name.rpartition(".")[2] for name in names(tree(path).body)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def walks() -> dict[str, list[tuple[str, str]]]:
    """Reads the walks: the steps (file, name) below each heading of the last section."""
    section = ARCHITECTURE.read_text(encoding="utf-8").partition("\n## Walks\n")[2]
    parts = re.split(r"^### ", section, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: STEP.findall(part) for part in parts}


def leads(step: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tells whether the file of a step uses the name of the other one."""
    return other[1].rpartition(".")[2] in used(step[0])


def slug(heading: str) -> str:
    """Makes the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@every_page
def test_every_path_that_is_named_is_there(page: Path) -> None:
    paths = PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


@every_page
def test_every_name_that_is_given_with_its_file_is_defined_there(page: Path) -> None:
    pairs = NAMED.findall(page.read_text(encoding="utf-8"))
    assert [pair for pair in pairs if pair[1] not in names(tree(pair[0]).body)] == []


@every_page
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if link.startswith("http"):
            continue
        if not target.exists():
            broken.append(link)
        elif anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            broken += [] if anchor in map(slug, headings) else [link]
    assert broken == []


@every_page
def test_every_make_target_that_is_named_is_one(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))
    assert set(named) <= set(targets)


def test_the_page_opens_with_a_glossary_of_the_terms() -> None:
    rows = re.findall(r"^\| \*\*([\w -]+)\*\* \|", ARCHITECTURE.read_text(encoding="utf-8"), re.M)
    assert rows == TERMS


def test_there_are_walks_and_each_has_steps() -> None:
    assert len(walks()) >= 5
    assert all(len(steps) >= 2 for steps in walks().values())


@pytest.mark.parametrize("question", walks())
def test_each_step_of_a_walk_leads_to_the_next_one_by_name(question: str) -> None:
    """One of the two files uses the name that the other step gives."""
    loose = [
        (step, following)
        for step, following in pairwise(walks()[question])
        if not leads(step, following) and not leads(following, step)
    ]
    assert loose == []


def test_every_decision_is_in_the_index_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in folder.glob("[0-9]*.md")]
    assert [page for page in pages if f"({page})" not in index] == []
    assert pages
