"""Subtitles and transcripts (.srt, .vtt): a paragraph for each turn, with its time and speaker."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.documents.fields import NO_FIELDS
from index.documents.formats.contents import Contents, UnreadableError
from index.documents.formats.decoding import decode
from index.documents.formats.markdown import from_markdown
from index.documents.formats.markdown_writer import escape_inside, join_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRACTOR = "clipping subtitles 1"
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,]\d{1,3}"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*(?:\d{{1,3}}:)?\d{{1,2}}:\d{{2}}[.,]\d{{1,3}}")
_VOICE = re.compile(r"^\s*<v(?:\.[\w.-]+)?\s+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,100}>|<\d[\d:.]{4,12}>|\{\\[^{}\n]{1,40}\}")
# "ANNA:", ">> Anna Smith:": a name has few words, and each begins with a capital letter.
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}"
_NAME = re.compile(
    rf"^(?:>>\s*|-\s*)?\[?({_NAME_WORD}(?: (?:{_NAME_WORD}|\d{{1,3}})){{0,3}})\]?:\s+(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
# A turn without an end is cut into paragraphs of about this length, where a sentence ends.
_LONG_TURN_CHARS = 700


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a subtitle: when it is shown, who says it (empty if nobody is named), the words."""

    time: str
    speaker: str
    words: str


def read_subtitles(data: bytes) -> Contents:
    """Returns the contents of a file of subtitles.

    Raises:
        UnreadableError: It is no text, or no line of it is a subtitle.
    """
    text, notes = decode(data)
    text = join_blocks(_turns(_lines(text.removeprefix("\ufeff"))))
    if not text:
        raise UnreadableError("it holds no subtitle with its time")
    return from_markdown(text, NO_FIELDS, extractor=EXTRACTOR, notes=notes)


def _lines(text: str) -> Iterator[_Line]:
    """Yields the lines of all subtitles; numbers, settings, notes and styles are left out."""
    time = ""
    for line in [*text.splitlines(), ""]:
        found = _TIMES.match(line)
        if found:
            hours, minutes, seconds = found[1] or "0", found[2], found[3]
            time = f"{int(hours):02}:{int(minutes):02}:{seconds}"
        elif not line.strip():
            time = ""
        elif time:
            voice = _VOICE.match(line)
            words = " ".join(html.unescape(_TAG.sub("", line)).split())
            name = None if voice else _NAME.match(words)
            if name:
                words = words[name.end() :]
            speaker = voice[1].strip() if voice else name[1] if name else ""
            if words:
                yield _Line(time, speaker, words)


def _turns(lines: Iterator[_Line]) -> Iterator[str]:
    """Yields a paragraph for each turn: what one speaker says without a break."""
    turn: list[str] = []
    said = 0
    start = speaker = ""
    for line in lines:
        is_other = bool(line.speaker) and line.speaker != speaker
        is_long = said > _LONG_TURN_CHARS and _SENTENCE_END.search(turn[-1][-20:])
        if turn and (is_other or is_long):
            yield _paragraph(start, speaker, turn)
            turn, said = [], 0
        start = start if turn else line.time
        speaker = line.speaker or speaker
        if not turn or turn[-1] != line.words:  # moving subtitles show each line twice
            turn.append(line.words)
            said += len(line.words)
    if turn:
        yield _paragraph(start, speaker, turn)


def _paragraph(start: str, speaker: str, turn: list[str]) -> str:
    name = f"**{escape_inside(speaker)}:** " if speaker else ""
    return f"[{start}] {name}{escape_inside(' '.join(turn))}"
