"""Text -> unit vectors, with all-MiniLM-L6-v2 or another sentence-transformers model.

sentence-transformers loads the model once, when a library is built for the first time, and its
graph is written as ONNX beside the library (`index.models.export`). From then on onnxruntime
computes the vectors: the same ones, without the seconds that importing torch takes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from tokenizers import Tokenizer

from config.errors import ModelError
from index.models.runtime import Crew, Floats, Graph, batches_by_length, file_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

GRAPH, TOKENIZER, CARD = "encoder.onnx", "tokenizer.json", "encoder.json"
# The same model in int8, with a vector for each token, for texts that are compared as one asks.
STATES_GRAPH = "states.onnx"
_BATCH_TEXTS = 32


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """A text's tokens as the model sees them, each in the light of all others.

    Attributes:
        offsets: Where each token stands in the text, in characters.
        vectors: A vector of length 1 for each, shape (tokens, dim).
    """

    offsets: tuple[tuple[int, int], ...]
    vectors: Floats


class Encoder(Protocol):
    """Anything that turns texts into vectors whose inner product says how near they are."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def digest(self) -> str:
        """What the vectors depend on; vectors of different digests do not mix."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = ...) -> Floats:
        """Vectors of length 1, shape (len(texts), dim); `progress` hears of each batch's size."""

    def states(self, texts: Sequence[str]) -> list[States]:
        """The tokens of each text; what lies beyond the model's window has none."""

    def is_word(self, word: str) -> bool:
        """Whether a word is among the common ones that the model knows whole, without pieces."""


def _silent(_count: int) -> None:
    pass


def is_exported(folder: Path) -> bool:
    """Whether a folder holds an encoder with all that this version asks of one."""
    try:
        return STATES_GRAPH in json.loads((folder / CARD).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


class OnnxEncoder:
    """A sentence encoder exported by `index.models.export`, run by onnxruntime."""

    def __init__(self, folder: Path) -> None:
        """Open an exported encoder.

        Raises:
            ModelError: A file is missing, or is not the one that was exported.
        """
        try:
            card = json.loads((folder / CARD).read_bytes())
            self.name: str = card["name"]
            self.digest: str = card["digest"]
            self.dim: int = card["dim"]
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            damaged = [
                name
                for name, digest in card["files"].items()
                if file_digest(folder / name) != digest
            ]
        except Exception as error:  # tokenizers raises bare exceptions
            raise ModelError(
                f"The encoder in {folder} cannot be read: delete it, run `python -m index build`."
            ) from error
        if damaged:
            raise ModelError(
                f"{folder / damaged[0]} is damaged: delete {folder}, run `python -m index build`."
            )
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(card["max_tokens"])
        self._graph = Graph(folder / GRAPH)
        self._states = Crew(Graph(folder / STATES_GRAPH, threads=1), "encoder")

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = _silent) -> Floats:
        """Vectors of length 1, shape (len(texts), dim), in the order of the texts."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts)) if texts else []
        for batch in batches_by_length([len(encoding.ids) for encoding in encodings], _BATCH_TEXTS):
            vectors[batch] = self._graph.run([encodings[position] for position in batch])[0]
            progress(len(batch))
        return vectors

    def states(self, texts: Sequence[str]) -> list[States]:
        """The tokens of each text, without the marks that the model puts around them."""
        encodings = self._tokenizer.encode_batch(list(texts)) if texts else []
        found = []
        for encoding, (rows,) in zip(encodings, self._states.run(encodings), strict=True):
            inner = [token for token, mark in enumerate(encoding.special_tokens_mask) if not mark]
            offsets = tuple(encoding.offsets[token] for token in inner)
            found.append(States(offsets, rows[0][inner]))
        return found

    def is_word(self, word: str) -> bool:
        """Whether the tokenizer has a word whole: it has some 20,000 of the common ones."""
        tokens = self._tokenizer.encode(word, add_special_tokens=False).tokens
        return len(tokens) == 1 and tokens[0].strip("[]<>").lower() != "unk"
