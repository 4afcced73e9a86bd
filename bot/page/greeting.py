"""The greeting: what the bot answers to small talk and calls for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.page.facts import Facts
    from bot.page.phrases import Phrases

MAX_TITLES = 5
MAX_TITLE_CHARS = 100
MAX_EXAMPLES = 3


def greeting(facts: Facts, phrases: Phrases) -> str:
    """Returns what there is to ask, line by line: the articles, and questions to try."""
    return "\n".join([phrases.help, *_articles(facts, phrases), *_examples(facts, phrases)])


def _articles(facts: Facts, phrases: Phrases) -> list[str]:
    """Returns how many articles there are, from when, and what they are called."""
    if not facts.articles:
        return []
    texts = phrases.reports
    dates = ""
    if facts.dates is not None:
        dates = texts.dated.format(oldest=facts.dates[0], newest=facts.dates[1])
    titles = [f"• {_shortened(title)}" for title in facts.titles[:MAX_TITLES]]
    more = facts.articles - len(titles)
    if titles and more > 0:
        titles.append(f"• {texts.more_titles.format(count=more)}")
    return [texts.articles.format(count=facts.articles, dates=dates), *titles]


def _examples(facts: Facts, phrases: Phrases) -> list[str]:
    """Returns questions that the articles answer."""
    if not facts.examples:
        return []
    questions = [f"• {question}" for question in facts.examples[:MAX_EXAMPLES]]
    return [f"{phrases.reports.examples}:", *questions]


def _shortened(title: str) -> str:
    cut = " ".join(title.split())
    return cut if len(cut) <= MAX_TITLE_CHARS else f"{cut[:MAX_TITLE_CHARS].rstrip()}…"
