"""The fixed words of every chat surface, in each language they come in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that the bot says itself; everything else it shows is an article's own words.

    Words in braces are filled in with `str.format`.
    """

    not_found: str
    no_mention: str
    differ: str
    closest: str
    nearest: str
    also_in: str
    shortened: str
    searched_for: str
    failed: str
    busy: str
    too_many: str
    unreachable: str
    forgotten: str
    invite: str
    asked: str
    thanks: str
    help: str
    context: str
    less: str
    next: str
    share: str
    show_closest: str
    works: str
    good: str
    bad: str
    why: str
    wrong_passage: str
    outdated: str
    not_found_expected: str
    missing: str
    send: str
    close: str


ENGLISH = Phrases(
    not_found="The articles do not say.",
    no_mention="No article mentions: {words}",
    differ="The articles differ:",
    closest="Closest passages, not an answer:",
    nearest="The clipping closest to this claim:",
    also_in="also in {titles}",
    shortened="(shortened)",
    searched_for="Searched for: {question}",
    failed="That failed, id {id}.",
    busy="Many questions are waiting: you are number {number}.",
    too_many="That is more than {limit} questions a minute; ask again in {seconds} seconds.",
    unreachable="I could not answer where you asked, so here it is:",
    forgotten="This question is no longer kept here; please ask it again.",
    invite="I am not in this channel: invite me, then ask and share once more.",
    asked="asked: {question}",
    thanks="Thank you, noted.",
    help="Ask me a question, and I answer with the articles' own words.",
    context="Show context",
    less="Hide context",
    next="Next passage",
    share="Share",
    show_closest="Closest passages",
    works="Looking through the articles…",
    good="Helpful",
    bad="Not helpful",
    why="What is wrong with it?",
    wrong_passage="Wrong passage",
    outdated="Outdated",
    not_found_expected="It should have said: not found",
    missing="Something is missing",
    send="Send",
    close="Close",
)

GERMAN = Phrases(
    not_found="Die Artikel sagen dazu nichts.",
    no_mention="Kein Artikel erwähnt: {words}",
    differ="Die Artikel sagen Verschiedenes:",
    closest="Nächstliegende Stellen, keine Antwort:",
    nearest="Der Ausschnitt, der dieser Behauptung am nächsten kommt:",
    also_in="auch in {titles}",
    shortened="(gekürzt)",
    searched_for="Gesucht nach: {question}",
    failed="Das ist fehlgeschlagen, Nummer {id}.",
    busy="Viele Fragen warten: Ihre ist Nummer {number}.",
    too_many="Mehr als {limit} Fragen in der Minute; fragen Sie in {seconds} Sekunden wieder.",
    unreachable="Wo Sie gefragt haben, konnte ich nicht antworten, darum hier:",
    forgotten="Diese Frage ist hier nicht mehr gespeichert; bitte stellen Sie sie noch einmal.",
    invite="Ich bin nicht in diesem Kanal: laden Sie mich ein, und fragen und teilen Sie neu.",
    asked="fragte: {question}",
    thanks="Danke, notiert.",
    help="Stellen Sie eine Frage, und ich antworte mit den Worten der Artikel.",
    context="Zusammenhang zeigen",
    less="Zusammenhang ausblenden",
    next="Nächste Stelle",
    share="Teilen",
    show_closest="Nächstliegende Stellen",
    works="Ich sehe die Artikel durch…",
    good="Hilfreich",
    bad="Nicht hilfreich",
    why="Was stimmt daran nicht?",
    wrong_passage="Falsche Stelle",
    outdated="Veraltet",
    not_found_expected="Sie hätte lauten sollen: nichts gefunden",
    missing="Es fehlt etwas",
    send="Senden",
    close="Schließen",
)

LANGUAGES = {"en": ENGLISH, "de": GERMAN}


def phrases_in(language: str) -> Phrases:
    """The fixed words in `language`, in English where it has none of its own."""
    return LANGUAGES.get(language, ENGLISH)
