"""The words of a channel's settings: the form, the list, the errors, and who may change them."""

from __future__ import annotations

from bot.page.phrase import Phrase, PhraseGroup


class SettingsPhrases(PhraseGroup):
    """The words of a channel's settings, and of who may change them."""

    __slots__ = ()

    title = Phrase(
        en="Clipping here",
        de="Clipping hier",
    )
    save = Phrase(
        en="Save",
        de="Speichern",
    )
    in_this_channel = Phrase(
        en="In this channel:",
        de="In diesem Kanal:",
    )

    mode = Phrase(
        en="When to answer",
        de="Wann geantwortet wird",
    )
    mode_mention = Phrase(
        en="Only when mentioned",
        de="Nur bei einer Erwähnung",
    )
    mode_threads = Phrase(
        en="Also in threads it has answered in",
        de="Auch in Threads, in denen schon geantwortet wurde",
    )
    mode_questions = Phrase(
        en='Every question that ends in "?"',
        de="Jede Frage, die mit „?“ endet",
    )

    folders = Phrase(
        en="Only articles in these folders",
        de="Nur Artikel aus diesen Ordnern",
    )
    folders_option = Phrase(
        en="Only articles in these folders, with commas between them; * for all",
        de="Nur Artikel aus diesen Ordnern, durch Kommas getrennt; * für alle",
    )
    folders_hint = Phrase(
        en="Hides other articles in this channel only. The same people can still ask about them"
        " in direct messages and in other channels.",
        de="Verbirgt andere Artikel nur in diesem Kanal. Dieselben Personen können in"
        " Direktnachrichten und in anderen Kanälen weiter danach fragen.",
    )
    default_folders = Phrase(
        en="Only articles in these folders, everywhere",
        de="Nur Artikel aus diesen Ordnern, überall",
    )
    default_folders_option = Phrase(
        en="Folders for the whole server and direct messages; * for all; needs Manage Server",
        de="Ordner für Server und Direktnachrichten; * für alle; braucht „Server verwalten“",
    )
    default_folders_hint = Phrase(
        en="Holds for everybody in every channel, direct message, command and workflow step; a"
        " channel can only narrow it. It does not tell people apart.",
        de="Gilt für jede Person, in Kanälen, Direktnachrichten, Befehlen und Workflow-Schritten;"
        " ein Kanal kann es nur einschränken. Es unterscheidet keine Personen.",
    )
    unknown_folder = Phrase(
        en="No article lies below “{folder}”.",
        de="Unter „{folder}“ liegt kein Artikel.",
    )
    near_folders = Phrase(
        en="No article lies below “{folder}”. Near it: {near}.",
        de="Unter „{folder}“ liegt kein Artikel. Ähnlich: {near}.",
    )
    not_yours = Phrase(
        en="You may not change this here.",
        de="Das dürfen Sie hier nicht ändern.",
    )
    all_folders = Phrase(
        en="all",
        de="alle",
    )

    threshold = Phrase(
        en="Least certainty",
        de="Mindestsicherheit",
    )
    threshold_label = Phrase(
        en="Least certainty, from 0 to 1",
        de="Mindestsicherheit, von 0 bis 1",
    )
    threshold_option = Phrase(
        en="Least certainty, from 0 to 1; * for the usual",
        de="Mindestsicherheit, von 0 bis 1; * für die übliche",
    )
    usual_threshold = Phrase(
        en="as usual",
        de="wie üblich",
    )

    language_label = Phrase(
        en="Language of the fixed words",
        de="Sprache der festen Texte",
    )

    wrong_number = Phrase(
        en="A number from 0 to 1, or nothing.",
        de="Eine Zahl von 0 bis 1 oder nichts.",
    )
    wrong_choice = Phrase(
        en="Please take one of the choices.",
        de="Bitte wählen Sie eine der Möglichkeiten.",
    )
    hidden_messages = Phrase(
        en="Discord shows this bot only messages that name it or reply to it;"
        " whoever runs it can change that by DISCORD_MESSAGE_CONTENT.",
        de="Discord zeigt diesem Bot nur Nachrichten, die ihn nennen oder ihm antworten;"
        " wer ihn betreibt, kann das mit DISCORD_MESSAGE_CONTENT ändern.",
    )
    slack_admins_only = Phrase(
        en="Only workspace admins and whoever created this channel may do that.",
        de="Das dürfen nur Admins des Workspace und wer diesen Kanal erstellt hat.",
    )
    discord_managers_only = Phrase(
        en="Only people who may manage this server or this channel may do that.",
        de="Das dürfen nur Personen, die diesen Server oder diesen Kanal verwalten dürfen.",
    )
