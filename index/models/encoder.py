"""Texts to unit vectors, with all-MiniLM-L6-v2 or another sentence-transformers model.

When a library is built for the first time, sentence-transformers loads the model, and
`index.models.export` writes its graph as ONNX beside the library. After that onnxruntime computes
the vectors: they are the same, and the seconds that importing torch takes are saved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from tokenizers import Tokenizer

from config.command_line import BUILD
from config.errors import ModelError
from index.digest import file_digest
from index.models.runtime import Floats, Graph, GraphPool, batches_by_length

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

GRAPH, TOKENIZER, CARD = "encoder.onnx", "tokenizer.json", "encoder.json"
# The int8 graph that returns one vector per token; used at question time.
TOKEN_GRAPH = "states.onnx"  # noqa: S105  -- a file's name, no secret
_BATCH_TEXTS = 32


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """The tokens of one text, and what each token means in its context.

    Attributes:
        offsets: Start and end of each token in the text, in characters; the end is not included.
        vectors: One vector of length 1 per token, shape (tokens, dim).
    """

    offsets: tuple[tuple[int, int], ...]
    vectors: Floats


class Encoder(Protocol):
    """Anything that turns texts into vectors whose inner product says how similar they are."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def digest(self) -> str:
        """Names what the vectors depend on; vectors of different digests cannot be compared."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = ...) -> Floats:
        """Returns vectors of length 1, shape (len(texts), dim), in the order of the texts.

        Calls `progress` after each batch with the number of texts in the batch.
        """

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Returns the tokens of each text; a token beyond the model's window is left out."""

    def is_word(self, word: str) -> bool:
        """Returns whether a word is one of the common words that the model knows whole."""


def _silent(_count: int) -> None:
    pass


def is_exported(folder: Path) -> bool:
    """Returns whether a folder holds an encoder with all files that this version needs."""
    try:
        return TOKEN_GRAPH in json.loads((folder / CARD).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


class OnnxEncoder:
    """A sentence encoder that `index.models.export` wrote, run by onnxruntime."""

    def __init__(self, folder: Path) -> None:
        """Opens an exported encoder.

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
                f"The encoder in {folder} cannot be read: delete it, run `{BUILD}`."
            ) from error
        if damaged:
            raise ModelError(f"{folder / damaged[0]} is damaged: delete {folder}, run `{BUILD}`.")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(card["max_tokens"])
        self._graph = Graph(folder / GRAPH)
        self._token_graphs = GraphPool(Graph(folder / TOKEN_GRAPH, threads=1), "encoder")

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] = _silent) -> Floats:
        """Returns vectors of length 1, shape (len(texts), dim), in the order of the texts."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts)) if texts else []
        for batch in batches_by_length([len(encoding.ids) for encoding in encodings], _BATCH_TEXTS):
            vectors[batch] = self._graph.run([encodings[position] for position in batch])[0]
            progress(len(batch))
        return vectors

    def token_vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Returns the tokens of each text, without the marks that the model puts around them."""
        encodings = self._tokenizer.encode_batch(list(texts)) if texts else []
        found = []
        for encoding, (rows,) in zip(encodings, self._token_graphs.run(encodings), strict=True):
            inner = [token for token, mark in enumerate(encoding.special_tokens_mask) if not mark]
            offsets = tuple(encoding.offsets[token] for token in inner)
            found.append(TokenVectors(offsets, rows[0][inner]))
        return found

    def is_word(self, word: str) -> bool:
        """Returns whether the tokenizer has a word whole: it has some 20,000 common words."""
        tokens = self._tokenizer.encode(word, add_special_tokens=False).tokens
        return len(tokens) == 1 and tokens[0].strip("[]<>").lower() != "unk"
