"""App Home, the form of a channel's rules, and the reports as Slack's views. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.channel_settings import SETTINGS, ChoiceSetting
from bot.chat.reports import knowledge
from bot.page.phrases import phrases_in
from bot.slack.blocks import Block, Payload, escape, line, message, plain, rich
from bot.slack.messages import button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.chat.channel_settings import Setting
    from bot.chat.reports import GapsReport
    from bot.page.facts import Facts
    from bot.page.phrases import Phrases
    from bot.slack.incoming import Fields
    from bot.state.channel_rules import Rules

CONFIG, AGAIN = "config", "again"
MAX_TITLES = 20
MAX_BUTTONS = 5
MAX_VALUE_CHARS = 2_000  # what Slack takes as the value of a button
MAX_REPORT_CHARS = 3_000  # of the plain text beside the blocks
MAX_EXPORT_CHARS = 6_000


def home_view(
    facts: Facts, recent: Sequence[str], phrases: Phrases, conversation: str = ""
) -> Block:
    """Returns App Home: what the bot knows, examples to click, and a person's last questions.

    `conversation` is that of the person with the bot; it comes back with each click.
    """
    texts = phrases.reports
    blocks = [_header(texts.home), _paragraph(knowledge(facts, phrases))]
    if facts.titles:
        blocks.append(_bullets(facts.titles[:MAX_TITLES]))
    if facts.examples:
        blocks += [_header(texts.examples), _questions("example", facts.examples)]
    if recent:
        blocks += [_header(texts.recent), _questions("recent", recent)]
    return {"type": "home", "private_metadata": conversation, "blocks": blocks}


def config_view(rules: Rules, channel: str, settings: Sequence[Setting] = SETTINGS) -> Block:
    """Returns the form behind /ask-config, filled in with the rules that hold now.

    Args:
        rules: The channel's; the form is in their language.
        channel: Comes back as it is when the form is submitted.
        settings: Those that the person may change.
    """
    phrases = phrases_in(rules.language)
    return {
        "type": "modal",
        "callback_id": CONFIG,
        "private_metadata": channel,
        "title": _plain(phrases.settings.title),
        "submit": _plain(phrases.settings.save),
        "close": _plain(phrases.close),
        "blocks": [_input(setting, rules) for setting in settings],
    }


def read_config(view: Fields) -> dict[str, str]:
    """Returns what a submitted form says, by the name of each setting; empty where nothing is."""
    entered = {name: entry[name] for name, entry in view["state"]["values"].items()}
    return {
        name: str((entry.get("selected_option") or entry).get("value") or "")
        for name, entry in entered.items()
    }


def gaps_message(report: GapsReport) -> Payload:
    """Returns the report behind /ask-gaps: a list to read, and the same as lines to save."""
    if not report.listed:
        return message(report.heading)
    kept: list[str] = []
    for entry in report.json_lines:
        if sum(map(len, kept)) + len(entry) > MAX_EXPORT_CHARS:
            break
        kept.append(entry)
    exported: Block = {"type": "rich_text_preformatted", "elements": [plain("\n".join(kept))]}
    return Payload(
        escape("\n".join([report.heading, *report.listed])[:MAX_REPORT_CHARS]),
        (_paragraph(report.heading), _bullets(report.listed), rich(exported)),
    )


def _questions(name: str, questions: Sequence[str]) -> Block:
    """Returns questions to click."""
    elements = [
        button(question, f"{AGAIN}:{name}:{number}", question[:MAX_VALUE_CHARS])
        for number, question in enumerate(questions[:MAX_BUTTONS])
    ]
    return {"type": "actions", "block_id": name, "elements": elements}


def _header(text: str) -> Block:
    return {"type": "header", "text": _plain(text)}


def _paragraph(text: str) -> Block:
    return rich(line(plain(text)))


def _bullets(lines: Sequence[str]) -> Block:
    items = [line(plain(text)) for text in lines]
    return rich({"type": "rich_text_list", "style": "bullet", "elements": items})


def _input(setting: Setting, rules: Rules) -> Block:
    """Returns the field of the form for one setting, filled in with what holds."""
    entry, language = setting.entry(rules), rules.language
    if isinstance(setting, ChoiceSetting):
        labels = {value: text.in_language(language) for value, text in setting.choices.items()}
        element = _choice(labels, entry)
    else:
        element = _text(entry)
    hint = {"hint": _plain(setting.hint.in_language(language))} if setting.hint else {}
    return {
        "type": "input",
        "block_id": setting.name,
        **hint,
        "optional": not isinstance(setting, ChoiceSetting),
        "label": _plain(setting.form_label.in_language(language)),
        "element": {**element, "action_id": setting.name},
    }


def _choice(labels: dict[str, str], chosen: str) -> Block:
    """Returns a menu. Selects the first choice if the stored one is no longer offered."""
    options = {value: {"text": _plain(text), "value": value} for value, text in labels.items()}
    return {
        "type": "static_select",
        "options": list(options.values()),
        "initial_option": options.get(chosen, next(iter(options.values()))),
    }


def _text(value: str) -> Block:
    return {"type": "plain_text_input"} | ({"initial_value": value} if value else {})


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
