"""What a channel may see of an answer: only some folders, only findings that are sure enough."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.documents.folder import is_below

if TYPE_CHECKING:
    from bot.state.channel_rules import Rules
    from index.documents.spans import Quote
    from retrieval.about_articles import About
    from retrieval.answers import Answer, Finding


def narrow_to_channel(answer: Answer, rules: Rules) -> Answer:
    """Returns the answer without the findings that the rules keep from this channel.

    That answer may be "not found". The unknown words are left out where folders are hidden, because
    they would tell which words the hidden articles have.
    """
    if not rules.visible_folders and rules.threshold is None:
        return answer
    findings = tuple(
        replace(finding, also=_seen(finding.also, rules))
        for finding in answer.findings
        if _is_seen(finding.quote, rules) and _is_certain(finding, rules)
    )
    return replace(
        answer,
        findings=findings,
        closest=_seen(answer.closest, rules),
        unknown_words=() if rules.visible_folders else answer.unknown_words,
        differ=answer.differ and len(findings) > 1,
        about=_seen_about(answer.about, rules),
    )


def _seen(quotes: tuple[Quote, ...], rules: Rules) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if _is_seen(quote, rules))


def _is_seen(quote: Quote, rules: Rules) -> bool:
    folders = rules.visible_folders
    return not folders or is_below(quote.article.slug, folders)


def _seen_about(about: About | None, rules: Rules) -> About | None:
    """Returns what the records of the articles say that this channel may see."""
    if about is None or not rules.visible_folders:
        return about
    seen = tuple(each for each in about.articles if is_below(each.slug, rules.visible_folders))
    return replace(about, articles=seen) if seen else None


def _is_certain(finding: Finding, rules: Rules) -> bool:
    return rules.threshold is None or finding.confidence >= rules.threshold
