"""The words of what the bot says about itself: status, gaps, App Home."""

from __future__ import annotations

from bot.page.phrase import Phrase, PhraseGroup


class ReportPhrases(PhraseGroup):
    """The words of the status, the gaps and App Home."""

    __slots__ = ()

    knowledge = Phrase(
        en="I answer from {articles} articles{version}{refreshed}.",
        de="Ich antworte aus {articles} Artikeln{version}{refreshed}.",
    )
    version = Phrase(
        en=", version {version}",
        de=", Version {version}",
    )
    refreshed = Phrase(
        en=", last refreshed {moment:%Y-%m-%d %H:%M}",
        de=", zuletzt aktualisiert am {moment:%d.%m.%Y um %H:%M}",
    )
    left_out = Phrase(
        en="Left out: {count} ({named})",
        de="Ausgelassen: {count} ({named})",
    )
    unread = Phrase(
        en="Files that are no text, not read: {count} ({named})",
        de="Dateien, die kein Text sind, nicht gelesen: {count} ({named})",
    )
    uptime = Phrase(
        en="Uptime: {hours} h {minutes} min {seconds} s",
        de="Betriebszeit: {hours} h {minutes} min {seconds} s",
    )
    median = Phrase(
        en="Half of the questions were answered within: {latency}",
        de="Antwortzeit bei der Hälfte der Fragen: {latency}",
    )
    slowest = Phrase(
        en="99 of 100 within: {latency}",
        de="Bei 99 von 100 Fragen: {latency}",
    )
    milliseconds = Phrase(
        en="{count:.0f} ms",
        de="{count:.0f} ms",
    )
    nothing_asked = Phrase(
        en="nothing was asked yet",
        de="noch nichts gefragt",
    )
    in_work = Phrase(
        en="In work: {count}",
        de="In Arbeit: {count}",
    )
    gaps = Phrase(
        en="{count} questions the articles did not answer well:",
        de="{count} Fragen, auf die die Artikel keine gute Antwort hatten:",
    )
    gap = Phrase(
        en="{question} (asked {times}×, not found {not_found}×, 👎 {down}×)",
        de="{question} ({times}× gefragt, {not_found}× nicht gefunden, 👎 {down}×)",
    )
    private_gaps = Phrase(
        en="Asked in private and not answered well: {count}. Their words are not shown.",
        de="Privat gefragt und nicht gut beantwortet: {count}. Der Wortlaut wird nicht gezeigt.",
    )
    no_gaps = Phrase(
        en="No gaps: nothing was asked that the articles do not answer.",
        de="Keine Lücken: Auf alles, was gefragt wurde, haben die Artikel eine Antwort.",
    )
    home = Phrase.name("Clipping")
    articles = Phrase(
        en="Articles: {count}{dates}",
        de="Artikel: {count}{dates}",
    )
    dated = Phrase(
        en=", with dates from {oldest:%Y-%m-%d} to {newest:%Y-%m-%d}",
        de=", mit Daten vom {oldest:%d.%m.%Y} bis zum {newest:%d.%m.%Y}",
    )
    more_titles = Phrase(
        en="{count} more",
        de="{count} weitere",
    )
    examples = Phrase(
        en="For example",
        de="Zum Beispiel",
    )
    recent = Phrase(
        en="Your last questions",
        de="Ihre letzten Fragen",
    )
