"""The endless, repeatable stream of examples: which question, which window, which words."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.evaluation.wording import misled, retyped
from retrieval.training.negatives import holds
from retrieval.training.windows import Example, example, sentences, window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.training.questions import Paragraph, Question

# How often a source is seen against once; encyclopedic text is nearest to what is served.
WEIGHTS = {"wiki": 2.0, "squad2": 2.0, "policy_a": 0.3, "policy_b": 0.3}
SHARE_OF_NEGATIVES = 1 / 3
# Of the negatives: mined ones, mined ones of other articles, the annotators' unanswerable
# questions, questions that were made so, another window of the question's own paragraph;
# the rest are paragraphs of anything, and stand in where a question has none of its kind.
SHARES = {"hard": 0.44, "away": 0.18, "unanswerable": 0.15, "misled": 0.08, "elsewhere": 0.09}
SHARE_OF_TITLES = 0.5
HARDEST_FIRST = 0.7
FEWEST_WORDS, MOST_WORDS = 40, 130
# Groups without any answer, to each that begins with one: the annotators' unanswerable questions,
# questions that were made so, and questions whose whole article is missing.
UNANSWERED_GROUPS = {"unanswerable": 0.07, "misled": 0.05, "away": 0.08}
# How often the question's own paragraph gives one of a group's negatives.
SHARE_OF_ELSEWHERE = 0.25


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions to draw from, with the hard negatives of each, in the same order."""

    questions: tuple[Question, ...]
    negatives: tuple[tuple[Paragraph, ...], ...]

    def __post_init__(self) -> None:
        """Refuse lists of different lengths."""
        if len(self.questions) != len(self.negatives):
            raise ValueError("every question needs its list of negatives, even an empty one")


class Draw:
    """Draws examples from a pool; the same seed and block give the same examples."""

    def __init__(self, pool: Pool, seed: int) -> None:
        """Sort the pool by what can be drawn from it."""
        self.pool = pool
        self.seed = seed
        self.answered = [n for n, q in enumerate(pool.questions) if q.answers]
        self.unanswered = [n for n, q in enumerate(pool.questions) if not q.answers]
        self.paragraphs = list(dict.fromkeys(q.paragraph for q in pool.questions))
        self.weights = [WEIGHTS.get(pool.questions[n].paragraph.source, 1.0) for n in self.answered]

    def block(self, number: int, size: int) -> list[Example]:
        """Draw one block of so many examples, about a third of them negative."""
        rng = random.Random(f"{self.seed}/{number}")  # noqa: S311 - repeatable on purpose
        spots = rng.choices(self.answered, self.weights, k=size)
        return [
            self.negative(spot, rng)
            if rng.random() < SHARE_OF_NEGATIVES
            else self.positive(spot, length(rng), rng)
            for spot in spots
        ]

    def groups(self, number: int, count: int, size: int) -> list[list[Example]]:
        """Draw one block of so many groups, each a question with `size` windows."""
        rng = random.Random(f"{self.seed}/{number}/groups")  # noqa: S311 - repeatable on purpose
        spots = rng.choices(self.answered, self.weights, k=count)
        return [self.group(spot, size, rng) for spot in spots]

    def group(self, spot: int, size: int, rng: random.Random) -> list[Example]:
        """Ask one question, in the same words, of windows of which at most the first answers."""
        words, made = length(rng), None
        question, hard = self.pool.questions[spot], list(self.pool.negatives[spot])
        way = rng.choices([*UNANSWERED_GROUPS, ""], [*UNANSWERED_GROUPS.values(), 1])[0]
        if way == "unanswerable" and self.unanswered:
            spot = rng.choice(self.unanswered)
            question, hard = self.pool.questions[spot], list(self.pool.negatives[spot])
            made = [missing(question, question.paragraph, words, rng, faithful=True)]
        elif way == "misled" and (mistake := mistaken(question, words, rng)):
            made = [mistake]
        elif way == "away":
            made, hard = [], [p for p in hard if p.article != question.paragraph.article]
        if made is None:
            made = [self.positive(spot, words, rng)]
            rest = elsewhere(question, rng) if rng.random() < SHARE_OF_ELSEWHERE else None
            made += [rest] if rest else []
        while len(made) < size:
            paragraph = hard.pop(hardest(hard, rng)) if hard else self.stranger(question, rng)
            made.append(missing(question, paragraph, words, rng))
        return [replace(example, question=made[0].question) for example in made[:size]]

    def positive(self, spot: int, words: int, rng: random.Random) -> Example:
        """Cut a window around one of the question's answers."""
        question = self.pool.questions[spot]
        paragraph = question.paragraph
        cut = window(paragraph.text, rng.choice(question.answers), words, rng)
        asked = retyped(question.text, rng)
        return example(asked, title(paragraph, rng), paragraph.text, cut, question.answers)

    def negative(self, spot: int, rng: random.Random) -> Example:
        """Pair a question with a window that does not hold its answer."""
        question, hard = self.pool.questions[spot], self.pool.negatives[spot]
        article = question.paragraph.article
        made: Example | None = None
        match rng.choices([*SHARES, ""], [*SHARES.values(), 1 - sum(SHARES.values())])[0]:
            case "hard":
                made = mined(question, hard, rng)
            case "away":
                others = tuple(p for p in hard if p.article != article)
                # Reddit is one article: any hard one will do there, as in the shipped reader's run.
                made = mined(question, others or hard, rng)
            case "unanswerable" if self.unanswered:
                other = self.pool.questions[rng.choice(self.unanswered)]
                made = missing(other, other.paragraph, length(rng), rng, faithful=True)
            case "misled":
                made = mistaken(question, length(rng), rng)
            case "elsewhere":
                made = elsewhere(question, rng)
        return made or missing(question, self.stranger(question, rng), length(rng), rng)

    def stranger(self, question: Question, rng: random.Random) -> Paragraph:
        """Choose any paragraph of another article that does not hold the answer."""
        answers = texts(question)
        while True:
            paragraph = rng.choice(self.paragraphs)
            if paragraph.article != question.paragraph.article and not holds(
                paragraph.text, answers
            ):
                return paragraph


def mined(question: Question, hard: tuple[Paragraph, ...], rng: random.Random) -> Example | None:
    """Pair a question with one of its hard negatives, the hardest most often."""
    if not hard:
        return None
    return missing(question, hard[hardest(hard, rng)], length(rng), rng)


def hardest(hard: Sequence[Paragraph], rng: random.Random) -> int:
    """Draw a position among hard negatives, the first most often."""
    return min(int(rng.expovariate(HARDEST_FIRST)), len(hard) - 1)


def mistaken(question: Question, words: int, rng: random.Random) -> Example | None:
    """Ask of a window around the answer what it does not say, in nearly the same words."""
    paragraph = question.paragraph
    cut = window(paragraph.text, rng.choice(question.answers), words, rng)
    asked = misled(question.text, paragraph.text[slice(*cut)], texts(question), rng)
    if asked is None:
        return None
    return example(
        retyped(asked, rng, faithful=True), title(paragraph, rng), paragraph.text, cut, ()
    )


def missing(
    question: Question,
    paragraph: Paragraph,
    words: int,
    rng: random.Random,
    *,
    faithful: bool = False,
) -> Example:
    """Pair a question with any window of a paragraph that does not answer it."""
    cut = window(paragraph.text, None, words, rng)
    asked = retyped(question.text, rng, faithful=faithful)
    return example(asked, title(paragraph, rng), paragraph.text, cut, ())


def elsewhere(question: Question, rng: random.Random) -> Example | None:
    """Pair a question with the larger part of its own paragraph without its answers, if any."""
    text = question.paragraph.text
    first = min(start for start, _ in question.answers)
    last = max(end for _, end in question.answers)
    cuts = sentences(text)
    before = [cut for cut in cuts if cut[1] <= first]
    after = [cut for cut in cuts if cut[0] >= last]
    part = max(before, after, key=len)
    if len(part) < 2 or holds(text[part[0][0] : part[-1][1]], texts(question)):
        return None
    cut = (part[0][0], part[-1][1])
    asked = retyped(question.text, rng)
    return example(asked, title(question.paragraph, rng), text, cut, ())


def texts(question: Question) -> list[str]:
    """Look up the answers' words."""
    return [question.paragraph.text[start:end] for start, end in question.answers]


def length(rng: random.Random) -> int:
    """Draw a window's length in words."""
    return rng.randint(FEWEST_WORDS, MOST_WORDS)


def title(paragraph: Paragraph, rng: random.Random) -> str:
    """Show the title about half of the time, so that the reader can do with and without."""
    return paragraph.title if rng.random() < SHARE_OF_TITLES else ""
