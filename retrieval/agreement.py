"""Finds the same answer in other articles, and answers that contradict each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.passages.context import context_lines
from index.passages.words import words
from retrieval.normalised_answer import (
    NormalisedAnswer,
    contradict,
    is_copy,
    normalise,
    same_answer,
    states_amounts_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.documents.article import Article
    from index.documents.spans import Quote
    from retrieval.candidates import Candidate
    from retrieval.questions import Question
    from retrieval.ranker import RankedCandidate

# A candidate joins a group that says the same if its score lies at most so far below the group's.
# For comparison: an answer of the kind that the question asks for weighs about as much.
MAX_SCORE_GAP = 2.0
# An article contradicts another only if, on its own, it answers with this probability. Of the "fit"
# half of tests/quality/conflicts.jsonl 6 of 12 conflicts are then shown as conflicts, and 4 of 12
# other cases wrongly with them; with 0.7 the counts are the same.
MIN_CONTRADICTION_PROBABILITY = 0.6
# The longest word inside a name that may be written in small letters: "von der", "bin", "da".
_LONGEST_PARTICLE = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Capitalised words within a sentence.
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same.

    Attributes:
        members: Best first.
        normalised: What the best member says.
        score_gap: How far the best member's score lies below that of the question's first
            candidate.
    """

    members: tuple[Candidate, ...]
    normalised: NormalisedAnswer
    score_gap: float

    @property
    def best(self) -> Candidate:
        """The candidate to show."""
        return self.members[0]

    def also(self) -> tuple[Quote, ...]:
        """Returns one quote for each other article that says the same, best first."""
        first: dict[Article, Quote] = {}
        for member in self.members:
            first.setdefault(member.quote.article, member.quote)
        return tuple(first.values())[1:]


def group_by_answer(ranked: Sequence[RankedCandidate]) -> list[Group]:
    """Puts candidates with the same answer together; groups are in the order of their best member.

    A candidate with a large score gap joins a group only if the reader believes in it.
    """
    groups: list[Group] = []
    for each in ranked:
        candidate = each.candidate
        gap = ranked[0].score - each.score
        answer = normalise(candidate.decisive.visible)
        at = next((i for i, group in enumerate(groups) if _belongs(candidate, answer, group)), None)
        if at is None:
            groups.append(Group((candidate,), answer, gap))
        elif gap - groups[at].score_gap <= MAX_SCORE_GAP or candidate.believed:
            groups[at] = replace(groups[at], members=(*groups[at].members, candidate))
    return groups


def find_contradictions(
    question: Question,
    ranked: Sequence[RankedCandidate],
    groups: Sequence[Group],
    probability_of: Callable[[Sequence[RankedCandidate]], float],
) -> list[tuple[Group, float]]:
    """Finds groups of other articles that, asked alone, answer otherwise than the first group.

    Args:
        question: What is asked.
        ranked: Its candidates, best first.
        groups: The same candidates in groups.
        probability_of: How likely the first of some candidates answers, if there were no others.

    Returns:
        The groups in their order, each with the probability that its article alone answers.
    """
    first = groups[0]
    agreeing = {member.quote.article for member in first.members}
    own: dict[Article, list[RankedCandidate]] = {}
    for each in ranked:
        own.setdefault(each.candidate.quote.article, []).append(each)
    others = [
        (group, probability_of(own[group.best.quote.article]))
        for group in groups[1:]
        if group.best.quote.article not in agreeing
        and group.best is own[group.best.quote.article][0].candidate
        and _contradicts(question, first, group)
    ]
    return [pair for pair in others if pair[1] >= MIN_CONTRADICTION_PROBABILITY]


def _belongs(candidate: Candidate, answer: NormalisedAnswer, group: Group) -> bool:
    if candidate.quote.overlaps(group.best.quote):
        return True
    if candidate.answer is None:
        return is_copy(candidate.quote.visible, group.best.quote.visible)
    return same_answer(answer, group.normalised)


def _contradicts(question: Question, first: Group, other: Group) -> bool:
    one, two = first.best, other.best
    if one.answer is None or two.answer is None:
        return False
    if states_amounts_of(normalise(two.quote.visible), first.normalised) or states_amounts_of(
        normalise(one.quote.visible), other.normalised
    ):
        return False
    unlike = contradict(first.normalised, other.normalised) or (
        question.kind == "person" and _have_different_names(first, other)
    )
    return unlike and _particulars(question, one, one) <= _particulars(question, one, two)


def _have_different_names(first: Group, other: Group) -> bool:
    """Tells whether two groups answer with names that share no word with the other's article.

    An article that has both names knows the other answer, and means something else by its own.
    """
    one, two = first.best.answer, other.best.answer
    if one is None or two is None or first.normalised.amounts or other.normalised.amounts:
        return False
    return (
        is_name(one.visible)
        and is_name(two.visible)
        and not first.normalised.stems & set(words(two.article.text))
        and not other.normalised.stems & set(words(one.article.text))
    )


def _particulars(question: Question, first: Candidate, candidate: Candidate) -> set[str]:
    """Returns the question's names that a passage has, and its numbers that the clipping has.

    What was visited in 2022 does not contradict what was visited in 2023; the year may stand in a
    heading or in the name of a table's file. Where a question is typed in small letters, the first
    candidate's passage shows which of its words are names.
    """
    named = set(question.names) or names_in(first.hit.passage.visible) & set(question.stems)
    asked = set(_NUMBER.findall(question.text.replace(",", "")))
    quote = candidate.quote
    around = [quote.article.title or "", *context_lines(quote), quote.visible]
    clipping = " ".join(around).replace(",", "")
    return (named & candidate.passage_stems()) | (asked & set(_NUMBER.findall(clipping)))


def names_in(text: str) -> set[str]:
    """Returns the stems of a text's capitalised words, without the first word of each sentence."""
    return {each for name in _NAME.findall(text) for each in words(name)}


def is_name(text: str) -> bool:
    """Tells whether a text is a name: capitalised words, with short words between ("von der")."""
    cut = text.strip("\"'“”‘’«»„.,").split()
    if not words(text) or not all(cut[at][:1].isupper() for at in (0, -1)):
        return False
    return all(word[:1].isupper() or len(word) <= _LONGEST_PARTICLE for word in cut)
