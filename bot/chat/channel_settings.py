"""A channel's rules as people see and change them: one list of fields for every platform.

Slack's form, Discord's options and the list of what holds are made from `SETTINGS`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.page.phrase import LANGUAGE_NAMES, Translated
from bot.page.phrases import phrases_in
from bot.page.settings_phrases import SettingsPhrases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.chat.rights import Standing
    from bot.state.ask import Key
    from bot.state.channel_rules import Rules
    from bot.state.state import State

MAX_NEAR = 3  # folders named where one is unknown


class EntryError(ValueError):
    """Somebody entered what a setting cannot be; `phrase` tells what it can be.

    `fields` fill in the placeholders of the phrase.
    """

    def __init__(self, phrase: Translated, **fields: str) -> None:
        super().__init__(phrase.en)
        self._phrase = phrase
        self._fields = fields

    def in_language(self, language: str) -> str:
        """Returns what is wrong, in a language."""
        return self._phrase.in_language(language).format(**self._fields)


@dataclass(frozen=True, slots=True)
class ChoiceSetting:
    """A rule for which people choose one of a few values.

    Attributes:
        name: The field of `Rules`. Slack's input and Discord's option have the same name.
        label: What the rule is called in a form, in a list and in Discord's menu of options.
        choices: Every value, with what people see of it.
        hint: What a form says below the field; None for nothing.
        for_admins: Whether only admins of the whole workspace may change it.
    """

    name: str
    label: Translated
    choices: Mapping[str, Translated]
    hint: Translated | None = None
    for_admins: bool = False

    @property
    def form_label(self) -> Translated:
        """What a form calls the rule."""
        return self.label

    @property
    def option_label(self) -> Translated:
        """What Discord's menu of options says about the rule."""
        return self.label

    def entry(self, rules: Rules) -> str:
        """Returns the value that is chosen now."""
        return str(getattr(rules, self.name))

    def describe(self, rules: Rules, language: str) -> str:
        """Returns what a list shows of the value: its label, or the value itself if it has none."""
        entry = self.entry(rules)
        return self.choices[entry].in_language(language) if entry in self.choices else entry

    def read(self, entry: str) -> object:
        """Returns the chosen value.

        Raises:
            EntryError: There is no such choice.
        """
        if entry not in self.choices:
            raise EntryError(SettingsPhrases.wrong_choice)
        return entry

    def check(self, value: object, folders: Sequence[str]) -> None:
        """Accepts every choice."""


@dataclass(frozen=True, slots=True)
class TextSetting:
    """A rule that people type; an empty text stands for the default.

    Attributes:
        name: The field of `Rules`. Slack's input and Discord's option have the same name.
        label: What the rule is called in a list.
        form_label: What the rule is called in a form.
        option_label: What Discord's menu of options says about the rule.
        unset: What a list shows where the rule is the default.
        read: Returns the value for what somebody typed. Raises `EntryError` where there is none.
        write: Returns a value as somebody would type it.
        check: Raises `EntryError` for a value that does not fit the library's folders.
        hint: What a form says below the field; None for nothing.
        for_admins: Whether only admins of the whole workspace may change it.
    """

    name: str
    label: Translated
    form_label: Translated
    option_label: Translated
    unset: Translated
    read: Callable[[str], object]
    write: Callable[[Any], str]
    check: Callable[[Any, Sequence[str]], None] = lambda _value, _folders: None
    hint: Translated | None = None
    for_admins: bool = False

    def entry(self, rules: Rules) -> str:
        """Returns the value as somebody would type it."""
        return self.write(getattr(rules, self.name))

    def describe(self, rules: Rules, language: str) -> str:
        """Returns what a list shows of the value."""
        return self.entry(rules) or self.unset.in_language(language)


Setting: TypeAlias = ChoiceSetting | TextSetting


def read_folders(entry: str) -> tuple[str, ...]:
    """Returns the folders that somebody typed, with commas between them."""
    typed = (folder.strip() for folder in entry.split(","))
    return tuple(folder.strip("/") or folder for folder in typed if folder)


def check_folders(wanted: Sequence[str], folders: Sequence[str]) -> None:
    """Accepts folders of the library.

    Raises:
        EntryError: No article lies below one of them; the phrase names the folders that are near.
    """
    for folder in wanted:
        if folder in folders:
            continue
        named = {each.lower(): each for each in folders}
        near = difflib.get_close_matches(folder.lower(), named, MAX_NEAR, cutoff=0.5)
        if not near:
            raise EntryError(SettingsPhrases.unknown_folder, folder=folder)
        names = ", ".join(named[each] for each in near)
        raise EntryError(SettingsPhrases.near_folders, folder=folder, near=names)


def read_threshold(entry: str) -> float | None:
    """Returns the probability that somebody typed, with a point or a comma; None for nothing.

    Raises:
        EntryError: It is not a number from 0 to 1.
    """
    if not entry.strip():
        return None
    try:
        threshold = float(entry.strip().replace(",", "."))
    except ValueError:
        raise EntryError(SettingsPhrases.wrong_number) from None
    if not 0.0 <= threshold <= 1.0:
        raise EntryError(SettingsPhrases.wrong_number)
    return threshold


def _write_threshold(threshold: float | None) -> str:
    return "" if threshold is None else f"{threshold:g}"


SETTINGS: tuple[Setting, ...] = (
    ChoiceSetting(
        "mode",
        label=SettingsPhrases.mode,
        choices={
            "mention": SettingsPhrases.mode_mention,
            "threads": SettingsPhrases.mode_threads,
            "questions": SettingsPhrases.mode_questions,
        },
    ),
    TextSetting(
        "folders",
        label=SettingsPhrases.folders,
        form_label=SettingsPhrases.folders,
        option_label=SettingsPhrases.folders_option,
        unset=SettingsPhrases.all_folders,
        read=read_folders,
        write=", ".join,
        check=check_folders,
        hint=SettingsPhrases.folders_hint,
    ),
    TextSetting(
        "threshold",
        label=SettingsPhrases.threshold,
        form_label=SettingsPhrases.threshold_label,
        option_label=SettingsPhrases.threshold_option,
        unset=SettingsPhrases.usual_threshold,
        read=read_threshold,
        write=_write_threshold,
    ),
    ChoiceSetting(
        "language",
        label=SettingsPhrases.language_label,
        choices={code: Translated.name(name) for code, name in LANGUAGE_NAMES.items()},
    ),
    TextSetting(
        "default_folders",
        label=SettingsPhrases.default_folders,
        form_label=SettingsPhrases.default_folders,
        option_label=SettingsPhrases.default_folders_option,
        unset=SettingsPhrases.all_folders,
        read=read_folders,
        write=", ".join,
        check=check_folders,
        hint=SettingsPhrases.default_folders_hint,
        for_admins=True,
    ),
)
"""Every rule of a channel that people can change, in the order in which they see them."""


def settings_for(standing: Standing) -> tuple[Setting, ...]:
    """Returns the settings that a person may change."""
    allowed = {False: standing.may_set_channel, True: standing.may_set_workspace}
    return tuple(setting for setting in SETTINGS if allowed[setting.for_admins])


def change_rules(
    rules: Rules, entries: Mapping[str, str], standing: Standing, folders: Sequence[str]
) -> tuple[Rules, dict[str, str]]:
    """Changes rules as people entered it.

    Args:
        rules: What holds now.
        entries: What was entered for each setting, by its name; what is left out stays as it is.
        standing: What the person is who entered it.
        folders: Every folder that an article lies below.

    Returns:
        The changed rules, and what is wrong with each entry that cannot be used, by the name of its
        setting, in the language of `rules`. The rules are unchanged where an entry is wrong.
    """
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for setting in SETTINGS:
        if setting.name not in entries:
            continue
        try:
            values[setting.name] = _value(setting, entries[setting.name], standing, folders)
        except EntryError as error:
            problems[setting.name] = error.in_language(rules.language)
    return (rules if problems else replace(rules, **values)), problems


def _value(setting: Setting, entry: str, standing: Standing, folders: Sequence[str]) -> object:
    """Returns the value that somebody entered for a setting.

    Raises:
        EntryError: It is not a value for this setting, or the person may not change the setting.
    """
    if setting not in settings_for(standing):
        raise EntryError(SettingsPhrases.not_yours)
    value = setting.read(entry)
    setting.check(value, folders)
    return value


async def store_rules(state: State, key: Key, before: Rules, wanted: Rules) -> None:
    """Stores what differs from the rules that held before in a message's channel."""
    if wanted.default_folders != before.default_folders:
        await state.set_default_folders(key, wanted.default_folders)
    if replace(wanted, default_folders=before.default_folders) != before:
        await state.set_rules(key, wanted)


def list_rules(rules: Rules) -> list[str]:
    """Returns what holds in a channel, in its own language: a heading, and a line a setting.

    Where folders are set, what that does and does not protect comes last.
    """
    language = rules.language
    lines = [
        f"{each.label.in_language(language)}: {each.describe(rules, language)}" for each in SETTINGS
    ]
    hints = [
        each.hint.in_language(language) for each in SETTINGS if each.hint and each.entry(rules)
    ]
    return [phrases_in(language).settings.in_this_channel, *lines, *hints]
