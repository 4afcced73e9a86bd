"""One fixed sentence in every language offered, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, overload

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
"""Every language offered: its code, and its name in the language itself."""

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One fixed sentence, or part of a sentence, in every language offered.

    Has a field for each code of `LANGUAGE_NAMES`. Whoever adds a language adds a field; Python and
    mypy then name every phrase that lacks it. Placeholders in braces are filled in by `str.format`.

    A phrase is an attribute of a `PhraseGroup`: the class gives the phrase itself, an instance the
    text in the language of that instance.
    """

    en: str
    de: str

    @overload
    def __get__(self, group: None, owner: type[PhraseGroup]) -> Self: ...

    @overload
    def __get__(self, group: PhraseGroup, owner: type[PhraseGroup]) -> str: ...

    def __get__(self, group: PhraseGroup | None, owner: type[PhraseGroup]) -> Self | str:
        """Returns the phrase, or its text in the language of a group."""
        return self if group is None else self.in_language(group.language)

    @classmethod
    def name(cls, name: str) -> Self:
        """Returns a proper name, which is the same in every language."""
        return cls(**dict.fromkeys(LANGUAGE_NAMES, name))

    def in_language(self, language: str) -> str:
        """Returns the text in a language; in English where the language is not offered."""
        code = language if language in LANGUAGE_NAMES else DEFAULT_LANGUAGE
        text: str = getattr(self, code)
        return text


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases that belong together, in one language. The phrases stand in the subclasses."""

    language: str
