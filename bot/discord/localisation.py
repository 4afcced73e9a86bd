"""Fixed words in Discord's own menus: each person sees them in the language of their Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str

from bot.page.phrase import DEFAULT_LANGUAGE, LANGUAGE_NAMES

if TYPE_CHECKING:
    from discord import Locale

    from bot.page.phrase import Translated


def localised(phrase: Translated) -> locale_str:
    """Returns a phrase as discord.py takes it; Discord is sent all its languages by a sync."""
    return locale_str(phrase.in_language(DEFAULT_LANGUAGE), phrase=phrase)


class PhraseTranslator(app_commands.Translator):
    """Tells discord.py the other languages of what `localised` returned."""

    async def translate(
        self, string: locale_str, locale: Locale, _context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Returns the text in a language of Discord's; None where the default text holds."""
        phrase: Translated | None = string.extras.get("phrase")
        language = locale.value.partition("-")[0]
        if phrase is None or language == DEFAULT_LANGUAGE or language not in LANGUAGE_NAMES:
            return None
        return phrase.in_language(language)
