"""All fixed words that people see, in each language offered.

Everything else that the bot shows is an article's own text, or what a person typed.
"""

from __future__ import annotations

from bot.page.command_phrases import CommandPhrases
from bot.page.phrase import LANGUAGE_NAMES, Phrase, PhraseGroup
from bot.page.report_phrases import ReportPhrases
from bot.page.settings_phrases import SettingsPhrases


class Phrases(PhraseGroup):
    """The words around an answer; reports, settings and commands have groups of their own."""

    __slots__ = ()

    not_found = Phrase(
        en="The articles do not say.",
        de="Die Artikel sagen dazu nichts.",
    )
    no_mention = Phrase(
        en="No article mentions: {words}",
        de="Kein Artikel erwähnt: {words}",
    )
    no_mention_read = Phrase(
        en="None of the articles that I could read mentions: {words}",
        de="Keiner der Artikel, die ich lesen konnte, erwähnt: {words}",
    )
    reads_english = Phrase(
        en="I read English.",
        de="Ich lese Englisch.",
    )
    no_phrase = Phrase(
        en="No article has “{phrase}” word for word. Without quotation marks I look for its words.",
        de="Kein Artikel enthält „{phrase}“ wörtlich. Ohne Anführungszeichen suche ich nach den"
        " Wörtern.",
    )
    others = Phrase(
        en="I looked up the first question. Please ask the rest by itself: {questions}",
        de="Ich habe die erste Frage nachgeschlagen. Bitte fragen Sie das Übrige einzeln:"
        " {questions}",
    )
    cut = Phrase(
        en="Your text has more than {limit} characters: I read the part that asks and left out the"
        " rest.",
        de="Ihr Text hat mehr als {limit} Zeichen: Ich habe den fragenden Teil gelesen und den Rest"
        " weggelassen.",
    )
    differ = Phrase(
        en="The articles differ:",
        de="Die Artikel sagen Verschiedenes:",
    )
    record = Phrase(
        en="No article says it in its text; its record says:",
        de="In keinem Artikel steht es im Text; zum Artikel ist vermerkt:",
    )
    articles_on = Phrase(
        en="Articles on this:",
        de="Artikel dazu:",
    )
    author = Phrase(
        en="written by {author}",
        de="geschrieben von {author}",
    )
    updated = Phrase(
        en="updated {date}",
        de="aktualisiert {date}",
    )
    closest = Phrase(
        en="Closest passages, not an answer:",
        de="Nächstliegende Stellen, keine Antwort:",
    )
    nearest = Phrase(
        en="The clipping closest to this claim:",
        de="Der Ausschnitt, der dieser Behauptung am nächsten kommt:",
    )
    also_in = Phrase(
        en="also in {titles}",
        de="auch in {titles}",
    )
    shortened = Phrase(
        en="(shortened)",
        de="(gekürzt)",
    )
    more_steps = Phrase(
        en="{count} more steps",
        de="{count} weitere Schritte",
    )
    one_more_step = Phrase(
        en="{count} more step",
        de="{count} weiterer Schritt",
    )
    more_items = Phrase(
        en="{count} more",
        de="{count} weitere",
    )
    in_context = Phrase(
        en="“{button}” shows them",
        de="mit „{button}“ zu sehen",
    )
    page = Phrase(
        en="page {number}",
        de="Seite {number}",
    )
    searched_for = Phrase(
        en="Searched for: {question}",
        de="Gesucht nach: {question}",
    )
    failed = Phrase(
        en="That failed, id {id}.",
        de="Das ist fehlgeschlagen, Nummer {id}.",
    )
    busy = Phrase(
        en="Many questions are waiting: you are number {number}.",
        de="Viele Fragen warten: Ihre ist Nummer {number}.",
    )
    overloaded = Phrase(
        en="Too many questions are waiting; please ask again in {seconds} seconds.",
        de="Zu viele Fragen warten; bitte fragen Sie in {seconds} Sekunden noch einmal.",
    )
    too_many = Phrase(
        en="That is more than {limit} questions a minute; ask again in {seconds} seconds.",
        de="Das sind mehr als {limit} Fragen in der Minute; bitte fragen Sie in {seconds} Sekunden"
        " noch einmal.",
    )
    unreachable = Phrase(
        en="I could not answer where you asked, so here it is:",
        de="Wo Sie gefragt haben, konnte ich nicht antworten, darum hier:",
    )
    forgotten = Phrase(
        en="This question is no longer kept here; please ask it again.",
        de="Diese Frage ist hier nicht mehr gespeichert; bitte stellen Sie sie noch einmal.",
    )
    invite = Phrase(
        en="I am not in this channel: invite me, then share once more.",
        de="Ich bin nicht in diesem Kanal: Bitte laden Sie mich ein, dann teilen Sie noch einmal.",
    )
    not_shared = Phrase(
        en="I may not post here; please copy the answer instead.",
        de="Ich darf hier nichts schreiben; bitte kopieren Sie die Antwort.",
    )
    shared_before = Phrase(
        en="This answer is shared already.",
        de="Diese Antwort ist schon geteilt.",
    )
    unchangeable = Phrase(
        en="I can no longer change this message; please ask the question again.",
        de="Diese Nachricht kann ich nicht mehr ändern; bitte stellen Sie die Frage noch einmal.",
    )
    form_too_late = Phrase(
        en="The form could not be opened in time; please try again (id {id}).",
        de="Das Formular ließ sich nicht rechtzeitig öffnen; bitte noch einmal versuchen"
        " (Nummer {id}).",
    )
    asked = Phrase(
        en="asked: {question}",
        de="fragte: {question}",
    )
    thanks = Phrase(
        en="Thank you, noted.",
        de="Danke, notiert.",
    )
    thanks_without_reason = Phrase(
        en="Thank you, noted. It was too late to ask for the reason; click again to give it.",
        de="Danke, notiert. Für die Frage nach dem Grund war es zu spät; klicken Sie noch einmal,"
        " um ihn zu nennen.",
    )
    help = Phrase(
        en="Ask me a question, and I answer with the articles' own words.",
        de="Stellen Sie eine Frage, und ich antworte mit den Worten der Artikel.",
    )
    courtesy = Phrase(
        en="Ask me whenever you like.",
        de="Fragen Sie mich jederzeit.",
    )
    hidden_text = Phrase(
        en="Please mention me, not my role: where only my role is mentioned, Discord hides the"
        " text from me.",
        de="Bitte erwähnen Sie mich und nicht meine Rolle: Wo nur meine Rolle erwähnt wird,"
        " verbirgt Discord den Text vor mir.",
    )
    nothing_to_read = Phrase(
        en="There is nothing to read in this message, so there is no source to look for.",
        de="In dieser Nachricht steht nichts zu lesen, also gibt es keine Quelle zu suchen.",
    )
    context = Phrase(
        en="Show context",
        de="Zusammenhang zeigen",
    )
    less = Phrase(
        en="Hide context",
        de="Zusammenhang ausblenden",
    )
    next = Phrase(
        en="Next passage",
        de="Nächste Stelle",
    )
    share = Phrase(
        en="Share",
        de="Teilen",
    )
    show_closest = Phrase(
        en="Closest passages",
        de="Nächstliegende Stellen",
    )
    works = Phrase(
        en="Looking through the articles…",
        de="Ich sehe die Artikel durch…",
    )
    good = Phrase(
        en="Helpful",
        de="Hilfreich",
    )
    bad = Phrase(
        en="Not helpful",
        de="Nicht hilfreich",
    )
    why = Phrase(
        en="What is wrong with it?",
        de="Was stimmt daran nicht?",
    )
    wrong_passage = Phrase(
        en="Wrong passage",
        de="Falsche Stelle",
    )
    outdated = Phrase(
        en="Outdated",
        de="Veraltet",
    )
    not_found_expected = Phrase(
        en="It should have said: not found",
        de="Richtig wäre gewesen: nicht gefunden",
    )
    missing = Phrase(
        en="Something is missing",
        de="Es fehlt etwas",
    )
    send = Phrase(
        en="Send",
        de="Senden",
    )
    close = Phrase(
        en="Close",
        de="Schließen",
    )

    @property
    def reports(self) -> ReportPhrases:
        """The words of the status, the gaps and App Home."""
        return ReportPhrases(self.language)

    @property
    def settings(self) -> SettingsPhrases:
        """The words of a channel's settings, and of who may change them."""
        return SettingsPhrases(self.language)

    @property
    def commands(self) -> CommandPhrases:
        """The words that Discord shows in its menu of commands."""
        return CommandPhrases(self.language)


LANGUAGES = {code: Phrases(code) for code in LANGUAGE_NAMES}
ENGLISH, GERMAN = LANGUAGES["en"], LANGUAGES["de"]


def phrases_in(language: str) -> Phrases:
    """Returns the fixed words in a language; in English where the language is not offered."""
    return LANGUAGES.get(language, ENGLISH)
