"""Nothing printed does more than say what it says."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.command_line import fail
from config.harmless import harmless, json_line, one_line

EVIL = "a\x1b[31mb\x9bc\u202ed\u2066e\u200bf\u2028g\u2029h\x85i\ufeffj\rk\0l\x7fm\U000e0041n\ud800o"
BAD = {*map(chr, (*range(10), *range(11, 32), *range(127, 160)))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u2028\u2029"
)


@given(st.text())
def test_no_control_character_is_printed_but_a_line_break(text: str) -> None:
    assert not BAD & set(harmless(text + EVIL))
    harmless(text + EVIL).encode()


def test_ordinary_text_is_printed_as_it_is() -> None:
    text = "Größe 12\u202f€, “née” 👩\u200d🚀, می\u200cخواهم, שלום\nnext line"
    assert harmless(text) == text


@given(st.text())
def test_a_name_is_one_line(text: str) -> None:
    categories = {unicodedata.category(letter) for letter in one_line(text + EVIL)}
    assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_json_says_the_same_on_one_harmless_line(text: str) -> None:
    line = json_line({"text": text + EVIL})
    assert json.loads(line) == {"text": text + EVIL}
    assert not (BAD | {"\n"}) & set(line)
    line.encode()


def test_an_error_sentence_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fail(f"{EVIL} cannot be read.")
    assert not BAD & set(capsys.readouterr().err)
