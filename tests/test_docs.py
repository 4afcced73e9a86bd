"""What the README and the example of .env say is true."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli.json_lines import answer_line
from config.settings import Settings
from index.documents.article import Article
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from tests.session import README, ROOT, Step, run, steps
from tests.verbatim import assert_line_verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = README.read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SETTINGS = [name.upper() for name in Settings.model_fields]


def default_of(name: str) -> str:
    """Returns a setting's default as a line of .env has it."""
    default = Settings.model_fields[name.lower()].default
    secret = getattr(default, "get_secret_value", None)
    default = secret() if secret else default
    return {None: "", True: "true", False: "false"}.get(default, str(default))


def table() -> Iterator[tuple[str, str]]:
    """Yields the README's settings and their defaults."""
    for name, default in re.findall(r"^\| `([A-Z_]+)` \|(.*?)\|", TEXT, re.MULTILINE):
        yield name, default.strip(" `")


def test_the_readme_begins_with_one_sentence_and_the_two_commands() -> None:
    title, sentence, commands, *_ = TEXT.split("\n\n")
    assert title == "# Clipping"
    assert sentence.count(".") == 1
    typed = [line.strip() for line in commands.splitlines()]
    assert typed == ['make ask Q="where is the HQ?"', "make test"]


def test_the_table_of_settings_is_the_settings() -> None:
    assert sorted(table()) == sorted((name, default_of(name)) for name in SETTINGS)


def test_the_example_of_env_is_the_settings() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE)
    assert sorted(written) == sorted((name, default_of(name)) for name in SETTINGS)


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    documents = [TEXT, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")]
    named = {
        name for text in documents for name in re.findall(r"(?:`|^ {4})make ([a-z]+)", text, re.M)
    }
    assert named <= targets
    assert {"ask", "test", "check", "quality"} <= named


def test_every_file_that_is_linked_exists() -> None:
    links = [link.partition("#")[0] or "README.md" for link in re.findall(r"\]\(([^):]+)\)", TEXT)]
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert links


def shape(value: Any) -> Any:
    """Returns the names of a JSON value's fields, at every depth."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return None


def test_the_example_of_an_answer_has_an_answer_s_fields_and_a_real_quote() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    fields = json.loads(example)
    article = Article("a.txt", None, "text")
    finding = Finding(Quote(article, 0, 4), Span(article, 0, 4), 1.0)
    line = json.loads(answer_line(Answer("?", (finding,)), id=7, ms=1.0))
    assert shape(fields) == shape(line)
    assert list(fields) == list(line)
    assert_line_verbatim(fields, ROOT / "seeds")


def test_the_number_of_questions_without_an_answer_is_the_one_named() -> None:
    lines = (ROOT / "tests" / "quality" / "seeds.jsonl").read_text("utf-8").splitlines()
    unanswerable = [line for line in lines if not json.loads(line)["answers"]]
    assert f"{len(unanswerable)} of which no article answers" in " ".join(TEXT.split())


def test_the_articles_are_the_ones_that_were_given() -> None:
    given = ROOT.parent / "shared" / "seeds"
    if not given.is_dir():
        pytest.skip("the given articles are not beside this checkout")
    for path in given.iterdir():
        assert (ROOT / "seeds" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.model
@pytest.mark.parametrize("step", steps(TEXT), ids=lambda step: step.command)
def test_the_session_prints_what_it_shows(step: Step, tmp_path: Path, encoders: Path) -> None:
    (tmp_path / "encoders").symlink_to(encoders)
    assert run(step.command, tmp_path) == step.output
