"""Which fixed phrases stand in what was sent, in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.page.command_phrases import CommandPhrases
from bot.page.phrase import Phrase, PhraseGroup, Translated
from bot.page.phrases import Phrases
from bot.page.report_phrases import ReportPhrases
from bot.page.settings_phrases import SettingsPhrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GROUPS: tuple[type[PhraseGroup], ...] = (Phrases, ReportPhrases, SettingsPhrases, CommandPhrases)
PLACEHOLDER = re.compile(r"\{[^}]*\}")
AROUND_WORDS = re.compile(r"^\W+|\W+$")
MIN_PART_CHARS = 3  # between two placeholders; " h" and " s" are the same in many languages


def all_phrases() -> dict[str, Translated]:
    """Returns every fixed phrase by the name of its group and its own."""
    return {
        f"{group.__name__}.{name}": phrase
        for group in GROUPS
        for name, phrase in vars(group).items()
        if isinstance(phrase, Phrase)
    }


def translated_phrases() -> dict[str, Translated]:
    """Returns the phrases whose German is not their English."""
    return {name: phrase for name, phrase in all_phrases().items() if phrase.en != phrase.de}


def is_in_menus(name: str) -> bool:
    """Tells whether a phrase is one of Discord's menu of commands, which a sync sends."""
    return name.startswith("CommandPhrases.") or name.endswith("_option")


def in_english(phrase: Translated) -> set[str]:
    """Returns the parts of a phrase between its placeholders that only its English has."""
    return _parts(phrase.en) - _parts(phrase.de)


def in_german(phrase: Translated) -> set[str]:
    """Returns the parts of a phrase between its placeholders that only its German has."""
    return _parts(phrase.de) - _parts(phrase.en)


def stand_in(parts: Iterable[str], texts: Sequence[str]) -> bool:
    """Tells whether any of some parts stands in any of some texts, as whole words."""
    pattern = "|".join(re.escape(part) for part in parts)
    return any(re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text) for text in texts)


def strings_in(payload: Any) -> Iterator[str]:
    """Yields every string of a payload, however deep."""
    if isinstance(payload, str):
        yield payload
    elif isinstance(payload, dict):
        for value in payload.values():
            yield from strings_in(value)
    elif isinstance(payload, list | tuple):
        for value in payload:
            yield from strings_in(value)


def _parts(text: str) -> set[str]:
    parts = (AROUND_WORDS.sub("", part) for part in PLACEHOLDER.split(text))
    return {part for part in parts if len(part) >= MIN_PART_CHARS}
