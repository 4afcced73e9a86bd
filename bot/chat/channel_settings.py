"""A channel's rules as people see and change them: one list of fields for every platform.

Slack's form, Discord's options and the list of what holds are made from `SETTINGS`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.page.phrase import LANGUAGE_NAMES, Translated
from bot.page.phrases import phrases_in
from bot.page.settings_phrases import SettingsPhrases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.state.channel_rules import Rules


class EntryError(ValueError):
    """Somebody entered what a setting cannot be; `phrase` tells what it can be."""

    def __init__(self, phrase: Translated) -> None:
        super().__init__(phrase.en)
        self.phrase = phrase


@dataclass(frozen=True, slots=True)
class ChoiceSetting:
    """A rule for which people choose one of a few values.

    Attributes:
        name: The field of `Rules`. Slack's input and Discord's option have the same name.
        label: What the rule is called in a form, in a list and in Discord's menu of options.
        choices: Every value, with what people see of it.
    """

    name: str
    label: Translated
    choices: Mapping[str, Translated]

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
    """

    name: str
    label: Translated
    form_label: Translated
    option_label: Translated
    unset: Translated
    read: Callable[[str], object]
    write: Callable[[Any], str]

    def entry(self, rules: Rules) -> str:
        """Returns the value as somebody would type it."""
        return self.write(getattr(rules, self.name))

    def describe(self, rules: Rules, language: str) -> str:
        """Returns what a list shows of the value."""
        return self.entry(rules) or self.unset.in_language(language)


Setting: TypeAlias = ChoiceSetting | TextSetting


def read_folders(entry: str) -> tuple[str, ...]:
    """Returns the folders that somebody typed, with commas between them."""
    return tuple(folder.strip() for folder in entry.split(",") if folder.strip())


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
)
"""Every rule of a channel that people can change, in the order in which they see them."""


def change_rules(rules: Rules, entries: Mapping[str, str]) -> tuple[Rules, dict[str, str]]:
    """Changes rules as people entered it.

    Args:
        rules: What holds now.
        entries: What was entered for each setting, by its name; what is left out stays as it is.

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
            values[setting.name] = setting.read(entries[setting.name])
        except EntryError as error:
            problems[setting.name] = error.phrase.in_language(rules.language)
    return (rules if problems else replace(rules, **values)), problems


def list_rules(rules: Rules) -> list[str]:
    """Returns what holds in a channel, in its own language: a heading, and a line a setting."""
    language = rules.language
    lines = [
        f"{each.label.in_language(language)}: {each.describe(rules, language)}" for each in SETTINGS
    ]
    return [phrases_in(language).settings.in_this_channel, *lines]
