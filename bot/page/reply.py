"""What goes back for one question: the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.page.layout import View
from bot.page.phrases import ENGLISH, Phrases

if TYPE_CHECKING:
    from retrieval.answers import Answer

FIRST = View()


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show for one question.

    Attributes:
        id: Names the question in buttons, feedback and the log.
        answer: What was found out; None where only fixed words are left to say.
        words: The fixed words then.
        searched_for: What was searched, where that is not what was typed.
        heading: Fixed words to show above the answer.
        view: What of the answer to show first.
    """

    id: str
    phrases: Phrases = ENGLISH
    answer: Answer | None = None
    words: str = ""
    searched_for: str | None = None
    heading: str = ""
    view: View = FIRST
