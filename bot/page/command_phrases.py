"""The words of Discord's menu of commands; those of Slack's are in its manifest, in English."""

from __future__ import annotations

from bot.page.phrase import Phrase, PhraseGroup


class CommandPhrases(PhraseGroup):
    """What each command and option does. Discord takes up to 100 characters for each.

    The options of /ask-config are described in `SettingsPhrases`.
    """

    __slots__ = ()

    ask = Phrase(
        en="Ask the articles; only you see the answer",
        de="Die Artikel befragen; nur Sie sehen die Antwort",
    )
    question = Phrase(
        en="What you want to know",
        de="Was Sie wissen möchten",
    )
    find_source = Phrase(
        en="Find the source",
        de="Quelle suchen",
    )
    status = Phrase(
        en="What the bot knows, and how it is",
        de="Was der Bot weiß und wie es ihm geht",
    )
    gaps = Phrase(
        en="Questions the articles did not answer well",
        de="Fragen, auf die die Artikel keine gute Antwort hatten",
    )
    config = Phrase(
        en="See or change what holds in this channel",
        de="Ansehen oder ändern, was in diesem Kanal gilt",
    )
