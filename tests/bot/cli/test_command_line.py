"""The command line as people use it: every bad input, exit statuses, JSON lines, conversations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import bot.__main__ as command_line
from bot.cli.exits import run_and_exit
from bot.page.phrases import ENGLISH
from tests.verbatim import assert_line_verbatim

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[3]
BRIDGE = "The old bridge in Wiesbaden was opened in May 1998.\n"


@pytest.fixture
def clipping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Run the command line in an empty folder: (exit status, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DISCORD_TOKEN", "ARTICLES", "LIBRARY",
                 "THRESHOLD"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("READER_MODEL", "none")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clipping", *arguments])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        told = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, told.out, told.err

    return run


@pytest.fixture
def library(tmp_path: Path, encoders: Path) -> Path:
    """The folder of a library that has its encoder already."""
    folder = tmp_path / ".clipping"
    folder.mkdir()
    (folder / "encoders").symlink_to(encoders)
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one article, where the command line looks for it."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    return folder


def sentence(told: str) -> str:
    """The one line that an error must be."""
    lines = [line for line in told.splitlines() if line and not line.endswith("…")]
    assert len(lines) == 1, told
    return lines[0]


def answers(out: str, articles: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        assert_line_verbatim(line, articles)
    return lines


@pytest.mark.parametrize("question", [(), ("",), ("  ", "\n")])
def test_an_empty_question_is_an_error_that_shows_what_to_type(
    clipping: Run, question: tuple[str, ...]
) -> None:
    status, out, err = clipping("ask", *question)
    assert (status, out) == (2, "")
    assert sentence(err) == 'The question is empty: try clipping ask "where is the HQ?"'


def test_a_question_that_is_not_utf8_is_an_error(
    clipping: Run,
) -> None:
    status, _, err = clipping("ask", "caf\udce9?")
    assert status == 2
    assert sentence(err) == "The question is not UTF-8: type it again in a UTF-8 terminal."


def test_settings_that_cannot_be_used_are_an_error_that_names_them(
    clipping: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "none")
    status, _, err = clipping("ask", "where?")
    assert status == 2
    assert "PORT" in sentence(err)


def test_what_should_never_happen_is_logged_and_told_in_one_fixed_sentence(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def explode(**_: object) -> None:
        raise RuntimeError("not for people")

    with pytest.raises(SystemExit) as ended:
        run_and_exit(explode)

    assert ended.value.code == 2
    last = [line for line in capfd.readouterr().err.splitlines() if line][-1]
    assert last == "That failed, and it should not have: please report the lines above."
    assert "not for people" in caplog.text


def test_the_list_of_commands_loads_no_model_no_platform_and_no_database() -> None:
    code = (
        "import sys, bot.__main__\n"
        "bot.__main__.cli(['--help'], standalone_mode=False)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    *listed, loaded = done.stdout.splitlines()
    names = [line.split()[0] for line in "\n".join(listed).partition("Commands:\n")[2].splitlines()]
    assert names == sorted(names)
    assert {"ask", "chat", "doctor", "index", "run"} <= set(names)
    slow = {"numpy", "onnxruntime", "faiss", "slack_bolt", "discord", "aiohttp", "sqlalchemy"}
    assert slow & set(loaded.split()) == set()


def test_a_command_of_another_module_runs_when_it_is_named(clipping: Run) -> None:
    status, out, _ = clipping("index", "--help")
    assert status == 0
    assert "Usage: clipping index" in out
    assert "--articles" in out


@pytest.mark.model
@pytest.mark.usefixtures("library")
class TestWithTheRealEncoder:
    def test_a_folder_that_is_missing_is_named(self, clipping: Run) -> None:
        status, _, err = clipping("ask", "--articles", "nowhere", "where?")
        assert status == 2
        assert sentence(err) == (
            "The articles' folder nowhere does not exist:"
            " create it, or name another with --articles."
        )

    def test_a_folder_that_is_empty_says_what_to_put_there(
        self, clipping: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "seeds").mkdir()
        status, _, err = clipping("ask", "where?")
        assert status == 2
        assert (
            sentence(err) == "The articles' folder seeds is empty: put .txt or .md files into it."
        )

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_folder_that_may_not_be_read_is_named(self, clipping: Run, tmp_path: Path) -> None:
        (tmp_path / "seeds").mkdir(mode=0)
        status, _, err = clipping("ask", "where?")
        assert status == 2
        assert "The articles' folder seeds cannot be read" in sentence(err)

    def test_bad_files_are_named_and_the_others_answer(self, clipping: Run, articles: Path) -> None:
        (articles / "latin.txt").write_bytes(b"caf\xe9")
        (articles / "empty.txt").write_bytes(b"")
        (articles / "nul.txt").write_bytes(b"a\0b")
        with (articles / "huge.txt").open("wb") as file:
            file.truncate(50_000_000)
        status, out, err = clipping("ask", "When was the old bridge opened?")

        assert status == 0
        assert BRIDGE.strip() in out
        for told in (
            "latin.txt: it was read as Windows-1252.",
            "Skipped empty.txt: it is empty.",
            "Skipped nul.txt: it holds NUL bytes (byte 1): it is not text.",
            "Skipped huge.txt: it has 50 MB and the limit is 20 MB; split it or make it smaller.",
        ):
            assert told in err

    def test_a_damaged_library_is_named_and_the_command_it_names_mends_it(
        self,
        clipping: Run,
        articles: Path,
        library: Path,
    ) -> None:
        clipping("ask", "When was the old bridge opened?")
        (damaged,) = library.glob("versions/*/texts.bin")
        damaged.write_bytes(b"?")
        status, _, err = clipping("ask", "When was the old bridge opened?")
        assert status == 2
        assert "texts.bin is missing or damaged: run `clipping index build`" in sentence(err)

        assert clipping("index", "build")[0] == 0
        assert clipping("ask", "When was the old bridge opened?")[0] == 0
        assert articles.exists()

    @pytest.mark.usefixtures("articles")
    def test_a_question_of_ten_thousand_characters_is_read_in_part_and_says_so(
        self, clipping: Run
    ) -> None:
        question = "When was the old bridge opened? " * 320
        status, out, err = clipping("ask", question)
        assert status == 0
        assert BRIDGE.strip() in out
        assert "more than 1000 characters" in err

    @pytest.mark.usefixtures("articles")
    @pytest.mark.parametrize("question", ["🙂🙃 🎉", "?!…", "hello", "who what where", "\u200b"])
    def test_a_question_about_nothing_is_not_found(self, clipping: Run, question: str) -> None:
        status, out, _ = clipping("ask", question)
        assert (status, out) == (1, "The articles do not say.\n")

    @pytest.mark.usefixtures("articles")
    def test_what_no_article_says_is_not_found_and_names_the_unknown_words(
        self, clipping: Run
    ) -> None:
        status, out, _ = clipping("ask", "Who", "paints", "giraffes?")
        assert status == 1
        assert out.splitlines() == [
            "The articles do not say.",
            "No article mentions: paints, giraffes",
        ]

    def test_one_question_as_json_is_one_line(self, clipping: Run, articles: Path) -> None:
        status, out, _ = clipping("ask", "--json", "When was the old bridge opened?")
        (line,) = answers(out, articles)
        assert status == 0
        assert line["status"] == "answered"
        assert line["findings"][0]["quote"]["text"] == BRIDGE.strip()
        assert line["id"] is None

    def test_a_batch_answers_in_order_keeps_ids_and_survives_bad_lines(
        self, clipping: Run, articles: Path, tmp_path: Path
    ) -> None:
        asked = [
            '{"question": "When was the old bridge opened?", "id": {"n": 1}}',
            "",
            "Who paints giraffes?",
            "{broken",
            '{"question": "Where is the old bridge?"}',
        ]
        (tmp_path / "questions").write_bytes("\n".join(asked).encode("utf-8-sig"))
        status, out, err = clipping("ask", "--batch", "questions")
        lines = answers(out, articles)

        assert status == 2
        assert sentence(err) == "Line 4 is no JSON object: mend it, or write plain text."
        assert [(line["id"], line["status"]) for line in lines] == [
            ({"n": 1}, "answered"),
            (None, "not_found"),
            (None, "answered"),
        ]

    @pytest.mark.usefixtures("articles")
    def test_a_batch_that_is_not_utf8_is_an_error(self, clipping: Run, tmp_path: Path) -> None:
        (tmp_path / "questions").write_bytes(b"caf\xe9?\n")
        status, _, err = clipping("ask", "--batch", "questions")
        assert status == 2
        assert sentence(err) == "questions is not UTF-8: save it as UTF-8 and ask again."

    @pytest.mark.usefixtures("articles")
    def test_a_batch_streams(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "ask", "--batch", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
            cwd=tmp_path,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for question in ("When was the old bridge opened?", "Who paints giraffes?"):
                process.stdin.write(question + "\n")
                process.stdin.flush()
                assert json.loads(process.stdout.readline())["question"] == question
            process.stdin.close()
            assert process.wait() == 0

    @pytest.mark.usefixtures("articles")
    def test_without_tokens_run_is_a_conversation_in_the_terminal_and_says_why(
        self, tmp_path: Path
    ) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            input="help\nthanks!\nWhen was the old bridge opened?\n\n",
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
            cwd=tmp_path,
        )
        assert done.returncode == 0
        assert BRIDGE.strip() in done.stdout
        assert done.stderr.count("so this is the terminal chat") == 1
        assert f"{ENGLISH.help}\nArticles: " in done.stdout
        assert ENGLISH.courtesy in done.stdout
        assert ENGLISH.not_found not in done.stdout

    def test_a_reader_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "where?"],
            capture_output=True,
            text=True,
            check=False,
            env=environment() | {"READER_MODEL": "nowhere", "HF_HUB_OFFLINE": "1"},
            cwd=tmp_path,
        )
        assert done.returncode == 2
        assert "READER_MODEL nowhere" in sentence(done.stderr)

    @pytest.mark.usefixtures("articles")
    def test_slack_without_tokens_is_an_error_that_says_what_to_set(self, clipping: Run) -> None:
        status, _, err = clipping("slack")
        assert status == 2
        assert "SLACK_BOT_TOKEN" in err.splitlines()[-1]

    @pytest.mark.usefixtures("articles")
    @pytest.mark.parametrize("command", ["discord", "discord-sync"])
    def test_discord_without_a_token_is_an_error_that_says_what_to_set(
        self, clipping: Run, command: str
    ) -> None:
        status, _, err = clipping(command)
        assert status == 2
        assert "DISCORD_TOKEN" in err.splitlines()[-1]


def environment() -> dict[str, str]:
    """This process's environment, with the code in reach and no reader."""
    return os.environ | {"PYTHONPATH": str(ROOT), "READER_MODEL": "none"}
