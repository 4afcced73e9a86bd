"""A channel's rules: read as people type them, shown as people read them."""

from __future__ import annotations

import dataclasses

import pytest

from bot.chat.channel_settings import (
    SETTINGS,
    EntryError,
    change_rules,
    list_rules,
    read_folders,
    read_threshold,
)
from bot.chat.rights import Standing
from bot.state.channel_rules import Rules

SET = Rules("questions", ("news", "press/2024"), 0.5, "de", ("news", "press"))
FOLDERS = ("news", "press", "press/2024")
ADMIN = Standing(admin=True)


def test_every_rule_of_a_channel_is_a_setting() -> None:
    assert [setting.name for setting in SETTINGS] == [
        each.name for each in dataclasses.fields(Rules)
    ]


@pytest.mark.parametrize("rules", [Rules(), SET])
def test_what_a_form_shows_is_read_as_the_same_rules(rules: Rules) -> None:
    entries = {setting.name: setting.entry(rules) for setting in SETTINGS}
    before = Rules("threads", ("x",), 0.1, "en")
    assert change_rules(before, entries, ADMIN, FOLDERS) == (rules, {})


def test_what_is_not_entered_stays() -> None:
    changed, problems = change_rules(SET, {"mode": "mention"}, ADMIN, FOLDERS)
    assert changed == dataclasses.replace(SET, mode="mention")
    assert problems == {}


def test_wrong_entries_are_named_in_the_channel_s_language_and_change_nothing() -> None:
    entries = {"threshold": "viel", "mode": "always", "folders": "news"}
    changed, problems = change_rules(SET, entries, ADMIN, FOLDERS)
    assert changed == SET
    assert problems == {
        "mode": "Bitte wählen Sie eine der Möglichkeiten.",
        "threshold": "Eine Zahl von 0 bis 1 oder nichts.",
    }


def test_a_threshold_is_read_as_people_type_it() -> None:
    assert read_threshold(" 0,5 ") == 0.5
    assert read_threshold("  ") is None
    for wrong in ("1.5", "a lot", "nan"):
        with pytest.raises(EntryError):
            read_threshold(wrong)


def test_folders_are_read_with_commas_between_them() -> None:
    assert read_folders(" news, press/2024 ,") == ("news", "press/2024")
    assert read_folders("") == ()


def test_the_list_of_rules_says_what_holds_and_what_is_as_usual() -> None:
    assert list_rules(Rules()) == [
        "In this channel:",
        "When to answer: Only when mentioned",
        "Only articles in these folders: all",
        "Least certainty: as usual",
        "Language of the fixed words: English",
        "Only articles in these folders, everywhere: all",
    ]
    assert list_rules(SET)[2:6] == [
        "Nur Artikel aus diesen Ordnern: news, press/2024",
        "Mindestsicherheit: 0.5",
        "Sprache der festen Texte: Deutsch",
        "Nur Artikel aus diesen Ordnern, überall: news, press",
    ]


def test_the_list_says_what_folders_protect_where_some_are_set() -> None:
    assert "The same people can still ask" in list_rules(Rules(folders=("news",)))[-1]
    assert "does not tell people apart" in list_rules(Rules(default_folders=("news",)))[-1]


@pytest.mark.parametrize("name", ["folders", "default_folders"])
@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("nosuchfolder", "No article lies below “nosuchfolder”."),
        ("new, press", "No article lies below “new”. Near it: news."),
        ("News", "No article lies below “News”. Near it: news."),
        ("/", "No article lies below “/”."),
        ("{near}", "No article lies below “{near}”."),
    ],
)
def test_a_folder_that_no_article_lies_below_is_refused_with_those_near_it(
    name: str, entry: str, told: str
) -> None:
    changed, problems = change_rules(Rules(), {name: entry}, ADMIN, FOLDERS)
    assert (changed, problems) == (Rules(), {name: told})


def test_folders_are_taken_with_slashes_around_them() -> None:
    entries = {"folders": "/press/2024/, news/"}
    changed, _ = change_rules(Rules(), entries, ADMIN, FOLDERS)
    assert changed.folders == ("press/2024", "news")


def test_who_may_not_change_a_setting_is_told_so_in_the_channel_s_language() -> None:
    entries = {"default_folders": "news"}
    _, problems = change_rules(Rules(language="de"), entries, Standing(steers=True), FOLDERS)
    assert problems == {"default_folders": "Das dürfen Sie hier nicht ändern."}


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        (Standing(), set()),
        (Standing(direct=True), {"mode", "folders"}),
        (Standing(steers=True), {"mode", "folders"}),
        (Standing(admin=True), {"mode", "folders", "default_folders"}),
    ],
)
def test_who_may_change_what_is_checked_where_it_is_changed(
    standing: Standing, may: set[str]
) -> None:
    entries = {"mode": "threads", "folders": "news", "default_folders": "press"}
    for name, entry in entries.items():
        changed, problems = change_rules(Rules(), {name: entry}, standing, FOLDERS)
        assert (name in may) == (problems == {}) == (changed != Rules())


def test_a_language_that_is_no_longer_offered_is_listed_by_its_code_in_english() -> None:
    assert list_rules(Rules(language="fr"))[-2] == "Language of the fixed words: fr"
