"""App Home, the forms and the reports: plain data in, Slack's views out. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.reports import MODES, NO_GAPS, gap_words, known, languages
from bot.slack.blocks import Block, Payload, escape, line, plain, rich
from bot.slack.messages import button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.page.facts import Facts
    from bot.state.channel_rules import Rules
    from bot.state.history import Gap

CONFIG, AGAIN = "config", "again"
MAX_TITLES = 20
MAX_BUTTONS = 5
MAX_EXPORT_CHARS = 6_000


def home_view(facts: Facts, recent: Sequence[str]) -> Block:
    """App Home: what the bot knows, examples to click, and a person's own last questions."""
    blocks = [_header("Clipping"), _words(known(facts))]
    if facts.titles:
        blocks.append(_bullets(facts.titles[:MAX_TITLES]))
    if facts.examples:
        blocks += [_header("For example"), _questions("example", facts.examples)]
    if recent:
        blocks += [_header("Your last questions"), _questions("recent", recent)]
    return {"type": "home", "blocks": blocks}


def config_view(rules: Rules, channel: str) -> Block:
    """The form behind /ask-config, filled in with what holds now."""
    threshold = "" if rules.threshold is None else f"{rules.threshold:g}"
    return {
        "type": "modal",
        "callback_id": CONFIG,
        "private_metadata": channel,
        "title": _plain("Clipping here"),
        "submit": _plain("Save"),
        "close": _plain("Close"),
        "blocks": [
            _input("mode", "When to answer", _choice(MODES, rules.mode)),
            _input("folders", "Only articles in these folders", _text(", ".join(rules.folders))),
            _input("threshold", "Least certainty, from 0 to 1", _text(threshold)),
            _input("language", "Language of the fixed words", _choice(languages(), rules.language)),
        ],
    }


def status_message(lines: Sequence[str]) -> Payload:
    """The report behind /ask-status."""
    words = "\n".join(lines)
    return Payload(escape(words), (rich(line(plain(words))),))


def gaps_message(gaps: Sequence[Gap], lines: Sequence[str]) -> Payload:
    """The report behind /ask-gaps: a list to read, and the same as lines to save."""
    if not gaps:
        return Payload(NO_GAPS, (rich(line(plain(NO_GAPS))),))
    words, listed = gap_words(gaps)
    kept: list[str] = []
    for entry in lines:
        if sum(map(len, kept)) + len(entry) > MAX_EXPORT_CHARS:
            break
        kept.append(entry)
    exported: Block = {"type": "rich_text_preformatted", "elements": [plain("\n".join(kept))]}
    return Payload(
        escape("\n".join([words, *listed])[:3_000]),
        (rich(line(plain(words))), _bullets(listed), rich(exported)),
    )


def _questions(name: str, questions: Sequence[str]) -> Block:
    """Questions to click."""
    elements = [
        button(question, f"{AGAIN}:{name}:{number}", question[:2_000])
        for number, question in enumerate(questions[:MAX_BUTTONS])
    ]
    return {"type": "actions", "block_id": name, "elements": elements}


def _header(words: str) -> Block:
    return {"type": "header", "text": _plain(words)}


def _words(words: str) -> Block:
    return rich(line(plain(words)))


def _bullets(lines: Sequence[str]) -> Block:
    items = [line(plain(words)) for words in lines]
    return rich({"type": "rich_text_list", "style": "bullet", "elements": items})


def _input(name: str, label: str, element: Block) -> Block:
    element = {**element, "action_id": name}
    return {
        "type": "input",
        "block_id": name,
        "optional": element["type"] == "plain_text_input",
        "label": _plain(label),
        "element": element,
    }


def _choice(options: dict[str, str], chosen: str) -> Block:
    entries = {value: {"text": _plain(words), "value": value} for value, words in options.items()}
    return {
        "type": "static_select",
        "options": list(entries.values()),
        "initial_option": entries.get(chosen, next(iter(entries.values()))),
    }


def _text(value: str) -> Block:
    return {"type": "plain_text_input"} | ({"initial_value": value} if value else {})


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words}
