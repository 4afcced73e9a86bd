"""Trains the projection: one matrix for the sentence encoder's vectors of single tokens.

The encoder was trained for whole texts, and it stays as it is. The matrix is applied to its token
vectors, so that the words of a question are near the words around its answer and not near those of
other sentences. It is the linear layer of ColBERT (Khattab and Zaharia, SIGIR 2020). Training
starts from the identity, which compares the vectors themselves.
"""

from __future__ import annotations

import logging
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from retrieval.late_interaction import subject_vectors
from retrieval.training.examples import WEIGHTS, answer_texts
from retrieval.training.negatives import GENERIC, holds
from retrieval.training.windows import Range, sentences, touching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.models.encoder import Encoder, TokenVectors
    from index.models.runtime import Floats
    from retrieval.training.examples import Pool
    from retrieval.training.questions import Paragraph, Question

Halves = npt.NDArray[np.float16]

log = logging.getLogger(__name__)

# A limit, so that reviews and posts do not outnumber the encyclopaedias.
MAX_QUESTIONS_OF_A_SOURCE = 3500
# How many sentences that do not answer: of the question's own paragraph, and of hard negatives.
OWN_SENTENCES, NEGATIVE_SENTENCES = 2, 4
BATCH = 32
EPOCHS = 2
RATE = 1e-3
_TEXTS_AT_ONCE = 2048
# Cosines lie close together, so the softmax gets them multiplied by about e^3 = 20.
_FIRST_LOG_SCALE = 3.0
_SCALE_RATE = 0.01


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question, the sentence that answers it, and some sentences that do not.

    Attributes:
        question: What is asked.
        right: The sentence that answers, with the sentences on either side.
        wrong: Sentences that do not answer, with the sentences on either side.
        weight: How much the comparison counts.
    """

    question: str
    right: str
    wrong: tuple[str, ...]
    weight: float

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts, the right text first."""
        return (self.right, *self.wrong)


def comparisons(pool: Pool, seed: int) -> list[Comparison]:
    """Makes a comparison of each question, without sources that ask the same of many texts."""
    rng = random.Random(seed)  # noqa: S311  -- repeatable on purpose
    positions = [
        position
        for position, question in enumerate(pool.questions)
        if question.answers and question.paragraph.source not in GENERIC
    ]
    rng.shuffle(positions)
    taken: Counter[str] = Counter()
    made = []
    for position in positions:
        question = pool.questions[position]
        source = question.paragraph.source
        if taken[source] < MAX_QUESTIONS_OF_A_SOURCE:
            taken[source] += 1
            made.append(comparison(question, pool.negatives[position], rng))
    return [each for each in made if each.wrong]


def comparison(
    question: Question, negatives: Sequence[Paragraph], rng: random.Random
) -> Comparison:
    """Chooses sentences around an answer, and sentences without an answer."""
    text, answers = question.paragraph.text, answer_texts(question)
    cuts = sentences(text)
    holding = touching(cuts, rng.choice(question.answers))
    others = [row for row, cut in enumerate(cuts) if not holds(text[cut[0] : cut[1]], answers)]
    rows = rng.sample(others, min(OWN_SENTENCES, len(others)))
    wrong = [around(text, cuts, row, row) for row in rows if row not in holding]
    for paragraph in negatives[:NEGATIVE_SENTENCES]:
        negative_cuts = sentences(paragraph.text)
        row = rng.randrange(len(negative_cuts))
        if not holds(found := around(paragraph.text, negative_cuts, row, row), answers):
            wrong.append(found)
    right = around(text, cuts, holding[0], holding[-1])
    return Comparison(
        question.text, right, tuple(wrong), WEIGHTS.get(question.paragraph.source, 1.0)
    )


def around(text: str, cuts: Sequence[Range], first: int, last: int) -> str:
    """Cuts out some sentences, with the sentence before and the sentence after them."""
    start, end = cuts[max(first - 1, 0)][0], cuts[min(last + 1, len(cuts) - 1)][1]
    return text[start:end]


def token_vectors_of(
    made: Sequence[Comparison], encoder: Encoder
) -> tuple[dict[str, Halves], dict[str, Halves]]:
    """Encodes each question and each text once.

    Returns:
        For each question the vectors of the words that it is about, and for each text the vectors
        of its tokens. They are float16, since there are some 28,000 texts.
    """
    questions = dict.fromkeys(each.question for each in made)
    passages = dict.fromkeys(text for each in made for text in each.texts)
    asked = {
        text: subject_vectors(text, tokens).astype(np.float16)
        for text, tokens in _encoded(questions, encoder)
    }
    found = {
        text: tokens.vectors.astype(np.float16) for text, tokens in _encoded(passages, encoder)
    }
    return asked, found


def _encoded(texts: Iterable[str], encoder: Encoder) -> Iterator[tuple[str, TokenVectors]]:
    every = list(texts)
    for first in range(0, len(every), _TEXTS_AT_ONCE):
        part = every[first : first + _TEXTS_AT_ONCE]
        yield from zip(part, encoder.token_vectors(part), strict=True)
        log.info("%d of %d texts encoded", first + len(part), len(every))


def learn_projection(
    made: Sequence[Comparison],
    asked: Mapping[str, Halves],
    found: Mapping[str, Halves],
    *,
    seed: int,
    epochs: int = EPOCHS,
    rate: float = RATE,
) -> Floats:
    """Trains the matrix by Adam on the cross-entropy of the right text among all texts.

    Args:
        made: What is compared.
        asked: For each question the vectors of its words, shape (words, dim).
        found: For each text the vectors of its tokens, shape (tokens, dim).
        seed: Decides the order.
        epochs: How often each comparison is seen.
        rate: The first learning rate; it falls in a line to zero.

    Returns:
        Shape (dim, dim); a vector `v` becomes `projection @ v`.
    """
    usable = [each for each in made if all(len(found[text]) for text in each.texts)]
    dim = asked[usable[0].question].shape[1]
    projection = torch.eye(dim, requires_grad=True)
    log_scale = torch.tensor(_FIRST_LOG_SCALE, requires_grad=True)
    groups = [{"params": [projection], "lr": rate}, {"params": [log_scale], "lr": _SCALE_RATE}]
    adam = torch.optim.Adam(groups)
    rng = random.Random(seed)  # noqa: S311  -- repeatable on purpose
    steps = epochs * -(-len(usable) // BATCH)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for epoch in range(epochs):
        rng.shuffle(usable)
        total = 0.0
        for first in range(0, len(usable), BATCH):
            part = usable[first : first + BATCH]
            adam.zero_grad()
            mean = mean_loss(projection, log_scale, part, asked, found)
            mean.backward()  # type: ignore[no-untyped-call]  # torch leaves it bare
            adam.step()
            falling.step()
            total += float(mean.detach()) * len(part)
        log.info("epoch %d: mean loss %.4f", epoch + 1, total / len(usable))
    learned: Floats = projection.detach().numpy()
    return learned


def mean_loss(
    projection: Tensor,
    log_scale: Tensor,
    part: Sequence[Comparison],
    asked: Mapping[str, Halves],
    found: Mapping[str, Halves],
) -> Tensor:
    """Returns the mean loss of some comparisons by their weights."""
    losses = [loss(projection, log_scale, each, asked, found) for each in part]
    return torch.stack(losses).sum() / sum(each.weight for each in part)


def loss(
    projection: Tensor,
    log_scale: Tensor,
    each: Comparison,
    asked: Mapping[str, Halves],
    found: Mapping[str, Halves],
) -> Tensor:
    """Returns the weighted negative log of the right text's share among a comparison's texts."""
    passages = [torch.from_numpy(found[text]).float() for text in each.texts]
    question = torch.from_numpy(asked[each.question]).float()
    competing = maxsim(projection, question, passages) * log_scale.exp()
    return -each.weight * functional.log_softmax(competing, dim=0)[0]


def maxsim(projection: Tensor, question: Tensor, passages: Sequence[Tensor]) -> Tensor:
    """Returns the MaxSim score of each text, computed as in `retrieval.late_interaction`."""
    tokens = functional.normalize(torch.cat(list(passages)) @ projection.T, dim=1)
    cosines = functional.normalize(question @ projection.T, dim=1) @ tokens.T
    parts = torch.split(cosines, [len(passage) for passage in passages], dim=1)
    return torch.stack([part.amax(dim=1).mean() for part in parts])
