"""The same answer in other articles, and answers that differ."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.passages.words import words
from retrieval.decision import passage_stems
from retrieval.normalised_answer import Claim, claim_of, differ, is_copy, same_answer, says

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.documents.article import Article
    from index.documents.spans import Quote
    from retrieval.candidates import Candidate
    from retrieval.questions import Question

    Ranked = Sequence[tuple[Candidate, float]]

# A candidate joins others that say the same if it is at most so far behind, in units of the ranking
# score, where being of the kind that the question asks for weighs about as much.
NEARLY_AS_GOOD = 2.0
# An article differs from another only if, on its own, it answers with this probability. Of the
# "fit" half of tests/quality/conflicts.jsonl 6 of 12 conflicts are then shown as such, and 4 of 12
# other cases with them; with 0.7 as many.
SURE = 0.6
# "von der", "bin", "da"
_LONGEST_PARTICLE = 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Capitalised words within a sentence.
_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w-]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates that say the same.

    Attributes:
        members: Best first.
        claim: What the best one says.
        behind: How far its score lies below that of the question's first candidate.
    """

    members: tuple[Candidate, ...]
    claim: Claim
    behind: float

    @property
    def best(self) -> Candidate:
        """The candidate to show."""
        return self.members[0]

    def also(self) -> tuple[Quote, ...]:
        """One quote for each other article that says the same, best first."""
        first: dict[Article, Quote] = {}
        for member in self.members:
            first.setdefault(member.quote.article, member.quote)
        return tuple(first.values())[1:]


def grouped(ranked: Ranked) -> list[Group]:
    """Put candidates with the same answer together, in the order of their best ones.

    A candidate far behind joins a group only if the reader believes in it.
    """
    groups: list[Group] = []
    for candidate, score in ranked:
        behind = ranked[0][1] - score
        claim = claim_of((candidate.answer or candidate.quote).text)
        at = next((i for i, group in enumerate(groups) if _belongs(candidate, claim, group)), None)
        if at is None:
            groups.append(Group((candidate,), claim, behind))
        elif behind - groups[at].behind <= NEARLY_AS_GOOD or candidate.believed:
            groups[at] = replace(groups[at], members=(*groups[at].members, candidate))
    return groups


def contradictions(
    question: Question,
    ranked: Ranked,
    groups: Sequence[Group],
    chance: Callable[[Ranked], float],
) -> list[tuple[Group, float]]:
    """Where another article, asked alone, answers otherwise than the first, and how likely it does.

    Args:
        question: What is asked.
        ranked: Its candidates with their scores, best first.
        groups: The same candidates in groups.
        chance: How likely the first of some candidates answers, were there no others.
    """
    first = groups[0]
    agreeing = {member.quote.article for member in first.members}
    own: dict[Article, list[tuple[Candidate, float]]] = {}
    for candidate, score in ranked:
        own.setdefault(candidate.quote.article, []).append((candidate, score))
    others = [
        (group, chance(own[group.best.quote.article]))
        for group in groups[1:]
        if group.best.quote.article not in agreeing
        and group.best is own[group.best.quote.article][0][0]
        and _contradicts(question, first, group)
    ]
    return [(group, likely) for group, likely in others if likely >= SURE]


def _belongs(candidate: Candidate, claim: Claim, group: Group) -> bool:
    if candidate.quote.overlaps(group.best.quote):
        return True
    if candidate.answer is None:
        return is_copy(candidate.quote.text, group.best.quote.text)
    return same_answer(claim, group.claim)


def _contradicts(question: Question, first: Group, other: Group) -> bool:
    one, two = first.best, other.best
    if one.answer is None or two.answer is None:
        return False
    if says(claim_of(two.quote.text), first.claim) or says(claim_of(one.quote.text), other.claim):
        return False
    unlike = differ(first.claim, other.claim) or (
        question.kind == "person" and _named_apart(first, other)
    )
    return unlike and _particulars(question, one, one) <= _particulars(question, one, two)


def _named_apart(first: Group, other: Group) -> bool:
    """Whether two groups answer with names that share no word with the other's article.

    An article that has both names knows the other answer, and means something else by its own.
    """
    one, two = first.best.answer, other.best.answer
    if one is None or two is None or first.claim.amounts or other.claim.amounts:
        return False
    return (
        is_name(one.text)
        and is_name(two.text)
        and not first.claim.stems & set(words(two.article.text))
        and not other.claim.stems & set(words(one.article.text))
    )


def _particulars(question: Question, first: Candidate, candidate: Candidate) -> set[str]:
    """What a candidate has of the question's names (in its passage) and numbers (in its clipping).

    What was visited in 2022 does not contradict what was visited in 2023. Where a question is typed
    in small letters, the first candidate's passage shows which of its words are names.
    """
    named = set(question.names) or names_in(first.hit.passage.text) & set(question.stems)
    asked = set(_NUMBER.findall(question.text.replace(",", "")))
    clipping = f"{candidate.quote.article.title or ''} {candidate.quote.text}".replace(",", "")
    return (named & passage_stems(candidate)) | (asked & set(_NUMBER.findall(clipping)))


def names_in(text: str) -> set[str]:
    """The stems of a text's capitalised words, but for those that begin a sentence."""
    return {each for name in _NAME.findall(text) for each in words(name)}


def is_name(text: str) -> bool:
    """Whether a text is a name: capitalised words, short ones between them aside ("von der")."""
    cut = text.strip("\"'“”‘’«»„.,").split()
    if not words(text) or not all(cut[at][:1].isupper() for at in (0, -1)):
        return False
    return all(word[:1].isupper() or len(word) <= _LONGEST_PARTICLE for word in cut)
