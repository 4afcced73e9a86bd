"""The same answer in other articles, and answers that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.claims import Claim, claim_of, differ, is_copy, same_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.spans import Article, Quote
    from retrieval.candidates import Candidate

# An answer that differs must nearly have been first: at most so far behind, in units of the ranking
# score, where all of the question's words near the answer weigh about as much.
NEARLY_FIRST = 2.0
# And it must speak of the same thing: cosine of the two sentences' vectors.
SAME_SUBJECT = 0.5


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


def grouped(ranked: Sequence[tuple[Candidate, float]]) -> list[Group]:
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
        elif behind - groups[at].behind <= NEARLY_FIRST or candidate.believed:
            groups[at] = replace(groups[at], members=(*groups[at].members, candidate))
    return groups


def contradictions(groups: Sequence[Group], likeness: Callable[[str, str], float]) -> list[Group]:
    """The groups that answer the same question differently from the first, in another article.

    Args:
        groups: A question's groups, best first.
        likeness: Cosine of the vectors of two texts.
    """
    first = groups[0]
    return [group for group in groups[1:] if _contradicts(first, group, likeness)]


def _belongs(candidate: Candidate, claim: Claim, group: Group) -> bool:
    if candidate.quote.overlaps(group.best.quote):
        return True
    if candidate.answer is None:
        return is_copy(candidate.quote.text, group.best.quote.text)
    return same_answer(claim, group.claim)


def _contradicts(first: Group, other: Group, likeness: Callable[[str, str], float]) -> bool:
    one, two = first.best, other.best
    if one.answer is None or two.answer is None or one.quote.article is two.quote.article:
        return False
    return (
        other.behind <= NEARLY_FIRST
        and two.believed
        and differ(first.claim, other.claim)
        and not is_copy(one.quote.text, two.quote.text)
        and likeness(one.quote.text, two.quote.text) >= SAME_SUBJECT
    )
