"""Training the projection: one matrix for the sentence encoder's states of single tokens.

The encoder was trained for whole texts. The matrix turns the states of its tokens, which stay as
they are, so that the words of a question meet those around its answer and not those of other
sentences: the linear layer of ColBERT (Khattab and Zaharia, SIGIR 2020). Learning starts from the
identity, which compares the states themselves.
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

from retrieval.late_interaction import about
from retrieval.training.examples import WEIGHTS, texts
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

# So many that reviews and posts do not drown the encyclopaedias.
MOST_QUESTIONS_OF_A_SOURCE = 3500
# Sentences that do not answer, of the question's own paragraph and of hard negatives.
OWN_SENTENCES, STRANGE_SENTENCES = 2, 4
BATCH = 32
EPOCHS = 2
RATE = 1e-3
_TEXTS_AT_ONCE = 2048
# Cosines lie close together: they are multiplied by about e^3 = 20 before they compete.
_FIRST_LOG_SCALE = 3.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question, the sentence that answers it and some that do not, each with its neighbours."""

    question: str
    right: str
    wrong: tuple[str, ...]
    weight: float

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them, the right one first."""
        return (self.right, *self.wrong)


def comparisons(pool: Pool, seed: int) -> list[Comparison]:
    """Make one of each question, of sources that do not ask the same of many texts."""
    rng = random.Random(seed)  # noqa: S311  -- repeatable on purpose
    spots = [
        spot
        for spot, question in enumerate(pool.questions)
        if question.answers and question.paragraph.source not in GENERIC
    ]
    rng.shuffle(spots)
    taken: Counter[str] = Counter()
    made = []
    for spot in spots:
        question = pool.questions[spot]
        source = question.paragraph.source
        if taken[source] < MOST_QUESTIONS_OF_A_SOURCE:
            taken[source] += 1
            made.append(comparison(question, pool.negatives[spot], rng))
    return [each for each in made if each.wrong]


def comparison(
    question: Question, negatives: Sequence[Paragraph], rng: random.Random
) -> Comparison:
    """Choose the sentences: around one of the answers, and where none is."""
    text, answers = question.paragraph.text, texts(question)
    cuts = sentences(text)
    holding = touching(cuts, rng.choice(question.answers))
    others = [row for row, cut in enumerate(cuts) if not holds(text[cut[0] : cut[1]], answers)]
    rows = rng.sample(others, min(OWN_SENTENCES, len(others)))
    wrong = [around(text, cuts, row, row) for row in rows if row not in holding]
    for paragraph in negatives[:STRANGE_SENTENCES]:
        its = sentences(paragraph.text)
        row = rng.randrange(len(its))
        if not holds(found := around(paragraph.text, its, row, row), answers):
            wrong.append(found)
    right = around(text, cuts, holding[0], holding[-1])
    return Comparison(
        question.text, right, tuple(wrong), WEIGHTS.get(question.paragraph.source, 1.0)
    )


def around(text: str, cuts: Sequence[Range], first: int, last: int) -> str:
    """Cut out some sentences with the one before and the one after them."""
    start, end = cuts[max(first - 1, 0)][0], cuts[min(last + 1, len(cuts) - 1)][1]
    return text[start:end]


def states_of(
    made: Sequence[Comparison], encoder: Encoder
) -> tuple[dict[str, Halves], dict[str, Halves]]:
    """Encode once what is compared.

    Returns:
        The vectors of the words that each question is about, and those of each text; as float16,
        for there are some 28,000 texts.
    """
    questions = dict.fromkeys(each.question for each in made)
    passages = dict.fromkeys(text for each in made for text in each.texts)
    asked = {
        text: about(text, states).astype(np.float16)
        for text, states in _encoded(questions, encoder)
    }
    found = {
        text: states.vectors.astype(np.float16) for text, states in _encoded(passages, encoder)
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
    """Train the matrix by Adam on the cross-entropy of the right text among all.

    Args:
        made: What is compared.
        asked: For each question the vectors of its words, shape (words, dim).
        found: For each text those of its tokens.
        seed: Decides the order.
        epochs: How often each is seen.
        rate: The learning rate at first; it falls in a line to zero.

    Returns:
        Shape (dim, dim); a state `s` becomes `projection @ s`.
    """
    usable = [each for each in made if all(len(found[text]) for text in each.texts)]
    dim = asked[usable[0].question].shape[1]
    projection = torch.eye(dim, requires_grad=True)
    log_scale = torch.tensor(_FIRST_LOG_SCALE, requires_grad=True)
    adam = torch.optim.Adam(
        [{"params": [projection], "lr": rate}, {"params": [log_scale], "lr": 0.01}]
    )
    rng = random.Random(seed)  # noqa: S311  -- repeatable on purpose
    steps = epochs * -(-len(usable) // BATCH)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: 1 - step / steps)
    for epoch in range(epochs):
        rng.shuffle(usable)
        total = 0.0
        for first in range(0, len(usable), BATCH):
            part = usable[first : first + BATCH]
            losses = [loss(projection, log_scale, each, asked, found) for each in part]
            mean = torch.stack(losses).sum() / sum(each.weight for each in part)
            adam.zero_grad()
            mean.backward()  # type: ignore[no-untyped-call]  # torch leaves it bare
            adam.step()
            falling.step()
            total += float(mean.detach()) * len(part)
        log.info("epoch %d: mean loss %.4f", epoch + 1, total / len(usable))
    learned: Floats = projection.detach().numpy()
    return learned


def loss(
    projection: Tensor,
    log_scale: Tensor,
    each: Comparison,
    asked: Mapping[str, Halves],
    found: Mapping[str, Halves],
) -> Tensor:
    """Weighted negative log of the right text's share among all texts of a comparison."""
    passages = [torch.from_numpy(found[text]).float() for text in each.texts]
    question = torch.from_numpy(asked[each.question]).float()
    competing = met(projection, question, passages) * log_scale.exp()
    return -each.weight * functional.log_softmax(competing, dim=0)[0]


def met(projection: Tensor, question: Tensor, passages: Sequence[Tensor]) -> Tensor:
    """How well each text meets the question's words, as `retrieval.late_interaction` has it."""
    tokens = functional.normalize(torch.cat(list(passages)) @ projection.T, dim=1)
    cosines = functional.normalize(question @ projection.T, dim=1) @ tokens.T
    parts = torch.split(cosines, [len(passage) for passage in passages], dim=1)
    return torch.stack([part.amax(dim=1).mean() for part in parts])
