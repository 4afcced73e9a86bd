"""One fixed sentence in every language offered, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, overload

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
"""Every language offered: its code, and its name in the language itself."""

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A fixed sentence, or part of a sentence, in every language offered.

    Has a field for each code of `LANGUAGE_NAMES`. Whoever adds a language adds a field here; Python
    and mypy then name every text that lacks it. `str.format` fills in placeholders in braces.
    """

    en: str
    de: str

    @classmethod
    def name(cls, name: str) -> Self:
        """Returns a proper name, which is the same in every language."""
        return cls(**dict.fromkeys(LANGUAGE_NAMES, name))

    def in_language(self, language: str) -> str:
        """Returns the text in a language; in English where the language is not offered."""
        code = language if language in LANGUAGE_NAMES else DEFAULT_LANGUAGE
        text: str = getattr(self, code)
        return text


class Phrase(Translated):
    """A text as an attribute of a group of phrases.

    The class of the group gives the text in all languages, an instance of it a string in the
    language of that instance.
    """

    __slots__ = ()

    @overload
    def __get__(self, group: None, owner: type[PhraseGroup]) -> Translated: ...

    @overload
    def __get__(self, group: PhraseGroup, owner: type[PhraseGroup]) -> str: ...

    def __get__(self, group: PhraseGroup | None, owner: type[PhraseGroup]) -> Translated | str:
        """Returns the text in all languages, or in the language of a group."""
        return self if group is None else self.in_language(group.language)


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases that belong together, in one language. The phrases stand in the subclasses."""

    language: str
