"""Samples training examples, repeatably: which question, which window, which wording."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.evaluation.wording import reword, swap_name
from retrieval.training.negatives import holds
from retrieval.training.windows import Example, example, sentences, window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.training.questions import Paragraph, Question

# How often a question of a source is sampled, against 1 for all other sources. Encyclopaedic text
# is nearest to what is served.
WEIGHTS = {"wiki": 2.0, "squad2": 2.0, "policy_a": 0.3, "policy_b": 0.3}
SHARE_OF_NEGATIVES = 1 / 3
# Shares of the kinds of negatives: mined paragraphs, mined paragraphs of other articles, the
# annotators' unanswerable questions, questions about another name, another window of the question's
# own paragraph. The rest are random paragraphs. They also stand in where a question has no negative
# of its kind.
SHARES = {"hard": 0.44, "away": 0.18, "unanswerable": 0.15, "misled": 0.08, "elsewhere": 0.09}
SHARE_OF_TITLES = 0.5
HARDEST_FIRST = 0.7
MIN_WORDS, MAX_WORDS = 40, 130
# Groups without any answer, for each group that begins with an answer: the annotators' unanswerable
# questions, questions about another name, and questions whose whole article is missing.
UNANSWERED_GROUPS = {"unanswerable": 0.07, "misled": 0.05, "away": 0.08}
# How often a negative of a group comes from the question's own paragraph.
SHARE_OF_ELSEWHERE = 0.25


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions to sample from, and the hard negatives of each question, in the same order."""

    questions: tuple[Question, ...]
    negatives: tuple[tuple[Paragraph, ...], ...]

    def __post_init__(self) -> None:
        """Refuses lists of different lengths."""
        if len(self.questions) != len(self.negatives):
            raise ValueError("every question needs its list of negatives, even an empty one")


class ExampleSampler:
    """Samples examples from a pool; the same seed and block give the same examples."""

    def __init__(self, pool: Pool, seed: int) -> None:
        """Sorts the pool by what can be sampled from it."""
        self.pool = pool
        self.seed = seed
        self.answered = [n for n, q in enumerate(pool.questions) if q.answers]
        self.unanswered = [n for n, q in enumerate(pool.questions) if not q.answers]
        self.paragraphs = list(dict.fromkeys(q.paragraph for q in pool.questions))
        self.weights = [WEIGHTS.get(pool.questions[n].paragraph.source, 1.0) for n in self.answered]

    def block(self, number: int, size: int) -> list[Example]:
        """Samples one block of `size` examples, about a third of them negative."""
        rng = random.Random(f"{self.seed}/{number}")  # noqa: S311 - repeatable on purpose
        positions = rng.choices(self.answered, self.weights, k=size)
        return [
            self.negative(position, rng)
            if rng.random() < SHARE_OF_NEGATIVES
            else self.positive(position, sample_length(rng), rng)
            for position in positions
        ]

    def groups(self, number: int, count: int, size: int) -> list[list[Example]]:
        """Samples one block of `count` groups; a group is a question with `size` windows."""
        rng = random.Random(f"{self.seed}/{number}/groups")  # noqa: S311 - repeatable on purpose
        positions = rng.choices(self.answered, self.weights, k=count)
        return [self.group(position, size, rng) for position in positions]

    def group(self, position: int, size: int, rng: random.Random) -> list[Example]:
        """Asks one question, in the same words, of windows of which at most the first answers."""
        words, made = sample_length(rng), None
        question, hard = self.pool.questions[position], list(self.pool.negatives[position])
        kind = rng.choices([*UNANSWERED_GROUPS, ""], [*UNANSWERED_GROUPS.values(), 1])[0]
        if kind == "unanswerable" and self.unanswered:
            position = rng.choice(self.unanswered)
            question, hard = self.pool.questions[position], list(self.pool.negatives[position])
            made = [pair_with_window(question, question.paragraph, words, rng, faithful=True)]
        elif kind == "misled" and (mistake := ask_about_another_name(question, words, rng)):
            made = [mistake]
        elif kind == "away":
            made, hard = [], [p for p in hard if p.article != question.paragraph.article]
        if made is None:
            made = [self.positive(position, words, rng)]
            rest = pair_with_rest(question, rng) if rng.random() < SHARE_OF_ELSEWHERE else None
            made += [rest] if rest else []
        while len(made) < size:
            paragraph = (
                hard.pop(hardest(hard, rng)) if hard else self.random_paragraph(question, rng)
            )
            made.append(pair_with_window(question, paragraph, words, rng))
        return [replace(example, question=made[0].question) for example in made[:size]]

    def positive(self, position: int, words: int, rng: random.Random) -> Example:
        """Cuts a window around one of the question's answers."""
        question = self.pool.questions[position]
        paragraph = question.paragraph
        cut = window(paragraph.text, rng.choice(question.answers), words, rng)
        asked = reword(question.text, rng)
        return example(asked, sample_title(paragraph, rng), paragraph.text, cut, question.answers)

    def negative(self, position: int, rng: random.Random) -> Example:
        """Pairs a question with a window that does not hold its answer."""
        question, hard = self.pool.questions[position], self.pool.negatives[position]
        article = question.paragraph.article
        made: Example | None = None
        match rng.choices([*SHARES, ""], [*SHARES.values(), 1 - sum(SHARES.values())])[0]:
            case "hard":
                made = pair_with_hard_negative(question, hard, rng)
            case "away":
                others = tuple(p for p in hard if p.article != article)
                # Reddit is one article, so any hard negative is used there. The shipped reader was
                # trained in this way.
                made = pair_with_hard_negative(question, others or hard, rng)
            case "unanswerable" if self.unanswered:
                other = self.pool.questions[rng.choice(self.unanswered)]
                made = pair_with_window(
                    other, other.paragraph, sample_length(rng), rng, faithful=True
                )
            case "misled":
                made = ask_about_another_name(question, sample_length(rng), rng)
            case "elsewhere":
                made = pair_with_rest(question, rng)
        return made or pair_with_window(
            question, self.random_paragraph(question, rng), sample_length(rng), rng
        )

    def random_paragraph(self, question: Question, rng: random.Random) -> Paragraph:
        """Chooses any paragraph of another article that does not hold the answer."""
        answers = answer_texts(question)
        while True:
            paragraph = rng.choice(self.paragraphs)
            if paragraph.article != question.paragraph.article and not holds(
                paragraph.text, answers
            ):
                return paragraph


def pair_with_hard_negative(
    question: Question, hard: tuple[Paragraph, ...], rng: random.Random
) -> Example | None:
    """Pairs a question with one of its hard negatives, most often the hardest."""
    if not hard:
        return None
    return pair_with_window(question, hard[hardest(hard, rng)], sample_length(rng), rng)


def hardest(hard: Sequence[Paragraph], rng: random.Random) -> int:
    """Samples a position among hard negatives, most often the first."""
    return min(int(rng.expovariate(HARDEST_FIRST)), len(hard) - 1)


def ask_about_another_name(question: Question, words: int, rng: random.Random) -> Example | None:
    """Asks a window around the answer about another name, in nearly the same words."""
    paragraph = question.paragraph
    cut = window(paragraph.text, rng.choice(question.answers), words, rng)
    asked = swap_name(question.text, paragraph.text[slice(*cut)], answer_texts(question), rng)
    if asked is None:
        return None
    return example(
        reword(asked, rng, faithful=True), sample_title(paragraph, rng), paragraph.text, cut, ()
    )


def pair_with_window(
    question: Question,
    paragraph: Paragraph,
    words: int,
    rng: random.Random,
    *,
    faithful: bool = False,
) -> Example:
    """Pairs a question with any window of a paragraph that does not answer it."""
    cut = window(paragraph.text, None, words, rng)
    asked = reword(question.text, rng, faithful=faithful)
    return example(asked, sample_title(paragraph, rng), paragraph.text, cut, ())


def pair_with_rest(question: Question, rng: random.Random) -> Example | None:
    """Pairs a question with the larger part of its own paragraph that is without its answers.

    Returns:
        None if that part has fewer than two sentences or repeats an answer.
    """
    text = question.paragraph.text
    first = min(start for start, _ in question.answers)
    last = max(end for _, end in question.answers)
    cuts = sentences(text)
    before = [cut for cut in cuts if cut[1] <= first]
    after = [cut for cut in cuts if cut[0] >= last]
    part = max(before, after, key=len)
    if len(part) < 2 or holds(text[part[0][0] : part[-1][1]], answer_texts(question)):
        return None
    cut = (part[0][0], part[-1][1])
    asked = reword(question.text, rng)
    return example(asked, sample_title(question.paragraph, rng), text, cut, ())


def answer_texts(question: Question) -> list[str]:
    """Returns the words of a question's answers."""
    return [question.paragraph.text[start:end] for start, end in question.answers]


def sample_length(rng: random.Random) -> int:
    """Samples a window's length in words."""
    return rng.randint(MIN_WORDS, MAX_WORDS)


def sample_title(paragraph: Paragraph, rng: random.Random) -> str:
    """Returns the title about half of the time: the reader learns to read with and without it."""
    return paragraph.title if rng.random() < SHARE_OF_TITLES else ""
