"""Questions the articles did not answer well, as lines that the quality check can replay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.state.history import Gap


def gap_lines(gaps: Iterable[Gap]) -> list[str]:
    """One JSON object a gap, in the form of the files of questions with known answers.

    No `answers` means that "not found" is right; whoever replays them fills in what is known.
    """
    return [
        json.dumps(
            {
                "question": gap.question,
                "answers": [],
                "times": gap.times,
                "not_found": gap.not_found,
                "down": gap.down,
            },
            ensure_ascii=False,
        )
        for gap in gaps
    ]
