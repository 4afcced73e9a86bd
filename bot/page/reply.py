"""What goes back for one question: the same for every platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.page.layout import Page, View, beginning, lay_out, searched_for
from bot.page.phrases import ENGLISH, Phrases

if TYPE_CHECKING:
    from bot.page.layout import Budget, Widen
    from retrieval.answers import Answer

FIRST = View()


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show for one question.

    Attributes:
        id: Names the question in buttons, feedback and the log.
        phrases: The fixed words, in the language of the channel.
        answer: What was found out; None where only fixed words are left to say.
        text: The fixed words then.
        searched_for: What was searched, where that is not what was typed.
        heading: Fixed words to show above the answer.
        notes: What the asker must know of what was looked up, a line each.
        view: What of the answer to show first.
    """

    id: str
    phrases: Phrases = ENGLISH
    answer: Answer | None = None
    text: str = ""
    searched_for: str | None = None
    heading: str = ""
    notes: tuple[str, ...] = ()
    view: View = FIRST

    def page(self, *, budget: Budget, widen: Widen) -> Page:
        """Returns what one message shows: a part of the answer, or the fixed words alone."""
        if self.answer is None:
            return Page(tuple(self.text.split("\n")), (), ())
        repeated = searched_for(self.searched_for, self.phrases) if self.searched_for else ""
        above = tuple(line for line in (repeated, *self.notes, self.heading) if line)
        return lay_out(
            self.answer, self.view, self.phrases, budget=budget, widen=widen, above=above
        )

    def asked(self, question: str) -> str:
        """Returns the line that names the question, for people who did not see it asked."""
        text = question if self.searched_for is None else self.searched_for
        return self.phrases.asked.format(question=beginning(text))
