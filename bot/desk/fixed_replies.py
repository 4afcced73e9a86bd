"""Fixed words: the whole reply to what is no question, and the notes above an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.desk.several import questions_in
from bot.desk.small_talk import small_talk_in
from bot.page.greeting import greeting
from bot.page.layout import beginning
from retrieval.questions import MAX_READ_QUESTION_CHARS, is_cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.page.facts import Facts
    from bot.page.phrases import Phrases
    from bot.state.ask import Ask
    from bot.state.channel_rules import Rules


def fixed_reply(ask: Ask, rules: Rules, phrases: Phrases, facts: Callable[[], Facts]) -> str | None:
    """Returns the reply to what is no question; None for a question.

    Where only some folders may be shown, a greeting tells nothing of the others.
    """
    if ask.kind == "unreadable":
        return phrases.hidden_text
    if ask.kind == "source":
        return None if ask.question else phrases.nothing_to_read
    talk = small_talk_in(ask.question)
    if talk is None:
        return None
    if talk == "courtesy":
        return phrases.courtesy
    return greeting(facts().within(rules.visible_folders), phrases)


def first_question(ask: Ask) -> str | None:
    """Returns the first question of a message that holds several; None where it holds one."""
    return next(iter(questions_in(ask.question)), None) if ask.kind == "question" else None


def notes_on(ask: Ask, phrases: Phrases) -> tuple[str, ...]:
    """Returns what the asker must know of what was looked up: what of the message was not."""
    notes = []
    others = questions_in(ask.question)[1:] if ask.kind == "question" else ()
    if others:
        notes.append(phrases.others.format(questions=beginning(" ".join(others))))
    elif is_cut(ask.question):
        notes.append(phrases.cut.format(limit=MAX_READ_QUESTION_CHARS))
    return tuple(notes)
