"""Subtitles are turned into paragraphs with time and speaker."""

from __future__ import annotations

import pytest

from index.documents.formats.contents import UnreadableError
from index.documents.formats.subtitles import read_subtitles


def test_the_turns_of_a_transcript_have_time_and_speaker() -> None:
    data = b"""WEBVTT - Meeting

NOTE by nobody

STYLE
::cue { color: red }

intro
00:05.000 --> 00:07.000 align:start
<v Anna Smith>We open <b>at</b>
seven &amp; close at nine.</v>

01:00:07.500 --> 01:00:09.000
<v Anna Smith>On *Monday*.

01:00:09.000 --> 01:00:10.000
<v.loud Ben>Why?
"""
    assert read_subtitles(data).text == (
        "[00:00:05] **Anna Smith:** We open at seven & close at nine. On \\*Monday\\*.\n\n"
        "[01:00:09] **Ben:** Why?\n"
    )


def test_speakers_named_in_front_of_their_words_are_found() -> None:
    data = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nANNA: <i>We open</i>\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\nat seven.\r\n\r\n"
        "3\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}>> Dr. Ben Lee: The rule is: no.\r\n"
    )
    assert read_subtitles(data.encode("utf-16")).text == (
        "[00:00:01] **ANNA:** We open at seven.\n\n[00:00:03] **Dr. Ben Lee:** The rule is: no.\n"
    )


def test_a_long_talk_is_cut_where_a_sentence_ends_and_lines_are_shown_once() -> None:
    cues = [
        f"00:{n:02}:00.000 --> 00:{n:02}:30.000\nThis is number {n} of many long lines{stop}\n"
        for n, stop in ((n, "." if n % 10 == 9 else "") for n in range(30))
    ]
    double = "00:40:00.000 --> 00:40:30.000\nOnce\n\n00:40:30.000 --> 00:41:00.000\nOnce\n"
    paragraphs = read_subtitles("\n".join([*cues, double]).encode()).text.strip().split("\n\n")
    assert [paragraph[:10] for paragraph in paragraphs] == ["[00:00:00]", "[00:20:00]"]
    assert paragraphs[0].endswith("number 19 of many long lines.")
    assert paragraphs[1].count("Once") == 1


def test_a_file_without_subtitles_is_refused() -> None:
    with pytest.raises(UnreadableError, match="it holds no subtitle"):
        read_subtitles(b"Words without times.\n")
