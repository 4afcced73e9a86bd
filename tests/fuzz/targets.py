"""What is fuzzed: a name, what it is given, and what must hold of what it makes of that."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from bot.cli.json_lines import Asked, answer_line, read_questions
from bot.cli.logs import JsonLines
from bot.cli.redaction import Redaction
from bot.discord import incoming as discord_incoming
from bot.discord import markdown
from bot.discord import messages as discord_messages
from bot.discord.verbatim import checked as checked_for_discord
from bot.page.phrases import ENGLISH
from bot.page.reply import FIRST, Reply
from bot.page.runs import Run
from bot.slack import blocks as slack_blocks
from bot.slack import incoming as slack_incoming
from bot.slack import messages as slack_messages
from bot.slack.verbatim import checked as checked_for_slack
from config.errors import QuestionError
from index.documents.article import Article
from index.documents.folder import read_article
from index.documents.front_matter import split_front_matter
from index.documents.spans import Quote, Span
from retrieval.answers import Answer, Finding
from retrieval.questions import parse_question
from tests.fakes import library_of
from tests.fuzz.inputs import ANYTHING, DISCORD, JSON, QUESTION, RUBBISH, SLACK, TOKENS, YAML

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from index.library.library import Library


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads the words of strangers.

    Attributes:
        given: What it is given.
        check: Fails if something that must hold does not.
    """

    given: SearchStrategy[Any]
    check: Callable[[Any], None]


def slack_text(text: str) -> None:
    """What is read is one line; what is written is read back as it was."""
    spoken = slack_incoming.spoken(text)
    assert spoken == " ".join(spoken.split())
    assert slack_blocks.unescape(slack_blocks.escape(text)) == text
    slack_incoming.mentions(text, "U0BOT")


def discord_text(text: str) -> None:
    """What is read is one line, and nothing in it still names somebody."""
    spoken = discord_incoming.spoken(text)
    assert spoken == " ".join(spoken.split())
    assert not re.search(r"<@[!&]?\d+>", spoken) or re.search(r"<@?[!&]?<", text)


def discord_markdown(given: tuple[list[tuple[str, bool]], int]) -> None:
    """Runs that are written are read back as they were, and a text is cut to its limit."""
    pieces, limit = given
    runs = tuple(
        Run("".join(text for text, _ in same), bold)
        for bold, same in groupby((each for each in pieces if each[0]), key=lambda each: each[1])
    )
    assert markdown.read(markdown.write(runs)) == runs
    whole = "".join(text for text, _ in pieces)
    shown = "".join(run.text for run in markdown.read(markdown.fitted(whole, limit)))
    assert markdown.length(markdown.fitted(whole, limit)) <= limit
    assert whole.startswith(shown.removesuffix("…"))


def page(given: tuple[str, int, int, str | None]) -> None:
    """An article of any text is shown word for word, and every message is one that may be sent."""
    text, start, length, title = given
    text = f"It {text} is."
    source = Article("a.txt", title, text, dt.date(2024, 11, 19), "https://news.example/a")
    begin = start % len(text)
    decisive = Span(source, begin, min(len(text), begin + 1 + length))
    finding = Finding(Quote(source, 0, len(text)), decisive, 0.9)
    reply = Reply("abc123", ENGLISH, Answer("q?", (finding,)), view=FIRST)
    checked_for_slack(slack_messages.compose(reply, widen=lambda quote: quote))
    checked_for_discord(discord_messages.compose(reply, widen=lambda quote: quote))


def front_matter(text: str) -> None:
    """The body begins where the front matter ends; without fields, where the file begins."""
    fields, body = split_front_matter(text)
    assert 0 <= body <= len(text)
    assert body == 0 or text.lstrip("\ufeff").startswith(("---", "+++"))
    assert all(isinstance(name, str) for name in fields.values)


def article_file(given: tuple[str, bytes]) -> None:
    """A file and its sidecar, whatever is in them, are an article or a named skip."""
    text, sidecar = given
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "story.md"
        path.write_bytes(text.encode())
        path.with_name("story.md.json").write_bytes(sidecar)
        found = read_article(folder, path)
    if isinstance(found, Article):
        assert found.title is None or "\n" not in found.title
        assert found.text[found.body :] in text


def json_lines(text: str) -> None:
    """Each line that is not empty is a question or an error, and its id comes back."""
    lines = text.split("\n")
    read = list(read_questions(lines))
    assert len(read) == sum(bool(line.strip()) for line in lines)
    for asked in read:
        if isinstance(asked, Asked):
            written = answer_line(Answer(asked.text), id=asked.id, ms=1.0)
            assert "\n" not in written
            fields = json.loads(written)
            assert fields["question"] == asked.text
            assert json.dumps(fields["id"]) == json.dumps(asked.id)
            written.encode()
        else:
            assert isinstance(asked, QuestionError)


@cache
def _library() -> Library:
    return library_of(
        "The headquarters is in Wiesbaden. Its population is 290,000.", "İt costs $5m, or “much”."
    )


def question(text: str) -> None:
    """A question is taken apart; its phrases are its own, and asking again changes nothing."""
    parsed = parse_question(text, _library())
    said = " ".join(text.split())
    assert all(phrase in said for phrase in parsed.phrases)
    assert len(set(parsed.stems)) == len(parsed.stems)
    assert parse_question(text, _library()) == parsed


def log_line(given: tuple[str, str, str]) -> None:
    """A token is written nowhere, and a line is a line."""
    before, token, after = given
    lines = JsonLines(Redaction(), questions=True)
    record = logging.LogRecord("bot", logging.INFO, "", 1, f"{before}{token} {after}", (), None)
    written = lines.format(record)
    assert "\n" not in written
    assert token not in json.loads(written)["message"]


TARGETS = {
    "Slack's text": Target(SLACK, slack_text),
    "Discord's text": Target(DISCORD, discord_text),
    "Discord's Markdown": Target(
        st.tuples(st.lists(st.tuples(DISCORD, st.booleans()), max_size=5), st.integers(2, 300)),
        discord_markdown,
    ),
    "a page": Target(
        st.tuples(
            st.one_of(SLACK, DISCORD), st.integers(0, 500), st.integers(0, 50),
            st.one_of(st.none(), ANYTHING),
        ),
        page,
    ),
    "front matter": Target(st.one_of(YAML, YAML.map(lambda t: f"---\n{t}\n---\n")), front_matter),
    "a file and its sidecar": Target(
        st.tuples(
            st.one_of(YAML, YAML.map(lambda t: f"---\n{t}\n---\n")),
            st.one_of(RUBBISH, JSON.map(str.encode)),
        ),
        article_file,
    ),
    "JSON lines": Target(JSON, json_lines),
    "a question": Target(QUESTION, question),
    "a line of the log": Target(st.tuples(ANYTHING, TOKENS, ANYTHING), log_line),
}  # fmt: skip
