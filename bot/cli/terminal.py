"""An answer in a terminal: the clipping with its decisive words in bold, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bot.page.layout import Clip, clip_of, word_notes
from bot.page.phrases import ENGLISH
from bot.page.runs import runs_of
from bot.page.source_line import about_lines, source_line
from config.harmless import harmless, one_line
from index.library.progress import Progress as BuildProgress

if TYPE_CHECKING:
    from rich.console import Console

    from bot.page.runs import Run
    from bot.page.source_line import SourceLine
    from index.documents.left_out import Noted, Skipped, Unread
    from retrieval.answers import Answer


def print_answer(console: Console, answer: Answer, *, closest: bool = False) -> None:
    """Prints an answer: indented and wrapped on a screen, unwrapped in a pipe.

    Args:
        console: Where to print.
        answer: The answer.
        closest: Whether to show the closest passages where there is no answer.
    """
    for text in answer_texts(answer, closest=closest):
        if console.is_terminal:
            console.print(Padding(text, (0, 2)))
        else:
            console.print(text, soft_wrap=True)


def answer_texts(answer: Answer, *, closest: bool = False) -> list[Text]:
    """Returns what to print for an answer, top to bottom; each clipping is a text of its own."""
    if answer.found:
        lines = _about(answer) + ([Text(ENGLISH.differ, style="yellow")] if answer.differ else [])
        return lines + [part for finding in answer.shown for part in _clipping(clip_of(finding))]
    if answer.about:
        return _about(answer)
    lines = [Text(ENGLISH.not_found, style="yellow")]
    for phrase in answer.absent_phrases:
        lines.append(Text(ENGLISH.no_phrase.format(phrase=harmless(phrase)), style="dim"))
    lines += [Text(harmless(note), style="dim") for note in word_notes(answer, ENGLISH)]
    if closest and answer.closest:
        lines.append(Text(ENGLISH.closest, style="dim"))
        lines += [part for quote in answer.closest for part in _clipping(Clip(quote))]
    return lines


def _about(answer: Answer) -> list[Text]:
    """Returns what the records of articles say, under fixed words."""
    lead, *lines = about_lines(answer.about, ENGLISH) or ("",)
    return [Text(lead, style="yellow"), *map(Text, lines)] if lines else []


def _clipping(clip: Clip) -> list[Text]:
    """Returns an empty line, the clipping, its source, and a line for each note on it."""
    source = source_line(clip, ENGLISH, has_context=False)
    notes = [Text(harmless(note), style="dim") for note in source.notes]
    return [Text(), _marked(clip), _source(clip, source), *notes]


def _marked(clip: Clip) -> Text:
    """Returns the clipping with its decisive words in bold and its control characters harmless.

    What the article itself has in bold or italics is in italics. Links are words: an address that
    a terminal would follow is not shown.
    """
    text = Text()
    for run in runs_of(clip):
        # Harmless text may be shorter, so each run is made harmless for itself.
        text.append(harmless(run.text), style=_style(run))
    return text


def _style(run: Run) -> str | None:
    looks = [("bold green", run.bold), ("italic", run.italic), ("cyan", run.code and not run.bold)]
    return " ".join(style for style, is_on in looks if is_on) or None


def _source(clip: Clip, line: SourceLine) -> Text:
    """Returns where the clipping stands, down to the characters: the reader has the file."""
    quote, article = clip.quote, clip.quote.article
    source = Text("— ").append(one_line(line.title + line.path), style="cyan")
    if line.page:
        source.append(f", {line.page}")
    if article.published:
        source.append(f", {article.published:%-d %B %Y}")
    if article.title:
        source.append(f" · {one_line(article.slug)}")
    source.append(f" · characters {quote.start}–{quote.end}", style="dim")
    return source


class TerminalProgress(BuildProgress):
    """Shows on a console what the build of a library is doing, with a bar for the encoding."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Progress | None = None

    def step(self, text: str) -> None:
        """Prints what is being done now."""
        self._console.print(f"{harmless(text)} …", markup=False, highlight=False)

    def encoded(self, done: int, total: int) -> None:
        """Moves the bar on, and removes it when all is done."""
        if self._bar is None:
            columns = (TextColumn("Encoding"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._bar.add_task("encoding", total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done)
        if done >= total:
            self._bar.stop()
            self._bar = None

    def skipped(self, left_out: Skipped | Unread) -> None:
        """Prints what is left out, and why."""
        self._console.print(one_line(str(left_out)), markup=False, highlight=False, style="yellow")

    def noted(self, remark: Noted) -> None:
        """Prints how an article was read."""
        self._console.print(one_line(str(remark)), markup=False, highlight=False)
