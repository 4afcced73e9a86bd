"""Fixed words: complete in every language, and fit for where they are shown."""

from __future__ import annotations

import dataclasses
import re

import pytest

from bot.page.command_phrases import CommandPhrases
from bot.page.phrase import LANGUAGE_NAMES, Translated
from bot.page.phrases import ENGLISH, GERMAN, Phrases, phrases_in
from bot.state.feedback import REASONS
from tests.phrase_search import all_phrases, is_in_menus

PLACEHOLDER = re.compile(r"\{(\w*)")
MAX_DESCRIPTION_CHARS = 100  # of a command or an option in Discord
MAX_MENU_NAME_CHARS = 32  # of a command in the menu of a message
MAX_BUTTON_CHARS = 75  # in Slack; Discord takes 80
BUTTONS = ("context", "less", "next", "share", "show_closest", "good", "bad", *REASONS)


def in_all_languages(text: Translated) -> list[str]:
    return [text.in_language(language) for language in LANGUAGE_NAMES]


def test_every_text_has_a_field_for_every_language() -> None:
    assert [field.name for field in dataclasses.fields(Translated)] == list(LANGUAGE_NAMES)


def test_a_phrase_is_a_string_in_the_language_of_its_group() -> None:
    assert ENGLISH.not_found == "The articles do not say."
    assert GERMAN.not_found == Phrases.not_found.de == "Die Artikel sagen dazu nichts."
    assert GERMAN.settings.save == "Speichern"
    assert GERMAN.reports.recent == "Ihre letzten Fragen"
    assert GERMAN.commands.find_source == "Quelle suchen"


def test_a_language_that_is_not_offered_is_english() -> None:
    assert phrases_in("fr") is ENGLISH
    assert Phrases.not_found.in_language("fr") == ENGLISH.not_found


@pytest.mark.parametrize("name", all_phrases())
def test_a_phrase_says_something_with_the_same_placeholders_in_every_language(name: str) -> None:
    texts = in_all_languages(all_phrases()[name])
    placeholders = [sorted(PLACEHOLDER.findall(text)) for text in texts]
    assert all(text.strip() for text in texts)
    assert all(each == placeholders[0] for each in placeholders)


def test_what_discord_shows_in_its_menus_fits_in_every_language() -> None:
    shown = [each for name, each in all_phrases().items() if is_in_menus(name)]
    assert len(shown) >= 8
    for text in shown:
        assert max(map(len, in_all_languages(text))) <= MAX_DESCRIPTION_CHARS
    assert max(map(len, in_all_languages(CommandPhrases.find_source))) <= MAX_MENU_NAME_CHARS


@pytest.mark.parametrize("name", BUTTONS)
def test_what_stands_on_a_button_fits_in_every_language(name: str) -> None:
    assert max(map(len, in_all_languages(getattr(Phrases, name)))) <= MAX_BUTTON_CHARS
