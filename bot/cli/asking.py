"""Questions asked in the terminal: one, one after the other, or a file of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.consoles import ERR, OUT
from bot.cli.exits import ANSWERED, NOT_FOUND
from bot.cli.json_lines import answer_line, is_whole, read_questions
from bot.cli.live_facts import facts_of
from bot.cli.opening import open_answerer
from bot.cli.terminal import TerminalProgress, print_answer
from bot.desk.small_talk import small_talk_in
from bot.page.greeting import greeting
from bot.page.phrases import ENGLISH
from config.command_line import FAILED
from config.errors import QuestionError
from config.harmless import harmless
from retrieval.examples import find_examples
from retrieval.questions import MAX_READ_QUESTION_CHARS, is_cut

if TYPE_CHECKING:
    from bot.cli.current import CurrentAnswerer
    from config.settings import Settings
    from retrieval.answers import FindAnswer


def read_question(words: tuple[str, ...]) -> str:
    """Returns the question that somebody typed as arguments.

    Raises:
        QuestionError: It is empty, or its bytes are not UTF-8.
    """
    text = " ".join(words).strip()
    if not text:
        raise QuestionError('The question is empty: try clipping ask "where is the HQ?"')
    if not is_whole(text):
        raise QuestionError("The question is not UTF-8: type it again in a UTF-8 terminal.")
    return text


def answer(settings: Settings, text: str, *, closest: bool) -> int:
    """Prints the answer to one question for a person; returns the exit status."""
    return _print(open_answerer(settings, TerminalProgress(ERR)), text, closest=closest)


def answer_as_json(settings: Settings, text: str) -> int:
    """Prints the answer to one question as one JSON object; returns the exit status."""
    return _print_line(open_answerer(settings, TerminalProgress(ERR)), text, None)


def answer_batch(settings: Settings, batch: TextIO) -> int:
    """Prints a JSON object for each question of a file, in order; returns the exit status.

    A line that holds no question is named on standard error, and the others are answered.

    Raises:
        QuestionError: The file is not UTF-8.
    """
    answerer = open_answerer(settings, TerminalProgress(ERR))
    status = ANSWERED
    try:
        for asked in read_questions(batch):
            if isinstance(asked, QuestionError):
                ERR.print(harmless(str(asked)), markup=False)
                status = FAILED
            else:
                _print_line(answerer, asked.text, asked.id)
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"{batch.name} is not UTF-8: save it as UTF-8 and ask again."
        ) from error
    return status


def converse(settings: Settings) -> int:
    """Answers one question after the other, until an empty line or the end of the input."""
    answerer = open_answerer(settings, TerminalProgress(ERR))
    ERR.print(f"{len(answerer.library.articles)} articles. Ask away; an empty line ends it.")
    while text := _prompt():
        talk = small_talk_in(text)
        if talk is None:
            _print(answerer, text, closest=True)
        else:
            said = _greeting(answerer, settings) if talk == "greeting" else ENGLISH.courtesy
            OUT.print(harmless(said), markup=False, highlight=False, soft_wrap=True)
    return ANSWERED


def _greeting(answerer: CurrentAnswerer, settings: Settings) -> str:
    """Returns what there is to ask; the examples are looked for now."""
    examples = find_examples(answerer.library, answerer)
    return greeting(facts_of(answerer.library, settings.library, examples), ENGLISH)


def _print(answerer: FindAnswer, text: str, *, closest: bool) -> int:
    if is_cut(text):
        ERR.print(ENGLISH.cut.format(limit=MAX_READ_QUESTION_CHARS))
    found = answerer(text)
    print_answer(OUT, found, closest=closest)
    return ANSWERED if found.found else NOT_FOUND


def _print_line(answerer: FindAnswer, text: str, id_: object) -> int:
    began = time.perf_counter()
    found = answerer(text)
    ms = 1000 * (time.perf_counter() - began)
    click.echo(answer_line(found, id=id_, ms=ms))
    return ANSWERED if found.found else NOT_FOUND


def _prompt() -> str:
    try:
        return OUT.input("\n[bold]?[/bold] ").strip()
    except EOFError:
        return ""
