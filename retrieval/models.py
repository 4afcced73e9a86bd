"""Opens what answering needs beside a library: the reader, the ranker and the calibrator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import ModelError
from retrieval.calibrator import Calibrator
from retrieval.ranker import Ranker
from retrieval.reader import CARD, OnnxReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.reader import Reader

SHIPPED = Path(__file__).parent / "model"
DECISION = "decision.json"
# Values of READER_MODEL with a meaning of their own: the shipped reader, and no reader.
OWN, NONE = "clipping", "none"
# The parts of decision.json: weights fitted with a reader, and weights fitted without a reader.
WITH_READER, WITHOUT_READER = "reader", "sentences"
# Names in files that were written before the features had their present names.
_OLD_NAMES = {"furniture": "boilerplate", "aligned": "maxsim", "near_share": "context_share"}


@dataclass(frozen=True, slots=True)
class Models:
    """The fitted parts of an `Answerer`.

    Attributes:
        ranker: Orders the candidates.
        calibrator: Says how likely the first candidate answers.
        reader: Marks the words that answer. Without a reader the sentence nearest to the question
            is the clipping.
    """

    ranker: Ranker
    calibrator: Calibrator
    reader: Reader | None = None


def open_models(model: str, home: Path) -> Models:
    """Opens the named reader, with the ranker and the calibrator that were fitted for it.

    Args:
        model: "clipping" for the shipped reader, "none" for no reader, else a folder with an
            exported reader, or a Hugging Face model, which is exported once.
        home: Where exported readers are kept.

    Raises:
        ModelError: The folder is missing, of the wrong kind, or damaged.
    """
    if model == NONE:
        return Models(*read_decision(SHIPPED / DECISION, WITHOUT_READER))
    folder = SHIPPED if model == OWN else Path(model)
    if folder is not SHIPPED and not (folder / CARD).is_file():
        from retrieval.huggingface import exported_reader  # noqa: PLC0415  -- torch takes seconds

        folder = exported_reader(model, home)
    reader = OnnxReader(folder)
    decision = folder / DECISION if (folder / DECISION).is_file() else SHIPPED / DECISION
    return Models(*read_decision(decision, WITH_READER), reader)


def read_decision(path: Path, part: str) -> tuple[Ranker, Calibrator]:
    """Reads the weights for answering with a reader (WITH_READER) or without (WITHOUT_READER).

    Raises:
        ModelError: The file is missing or damaged.
    """
    try:
        fields: dict[str, Any] = json.loads(path.read_bytes())[part]
        if "rank" in fields:
            fields = _of_old_format(fields)
        calibrator = fields["calibrator"]
        return Ranker(fields["ranker"]), Calibrator(
            weights=calibrator["weights"],
            bias=float(calibrator["bias"]),
            threshold=float(calibrator["threshold"]),
            false_answers=float(calibrator["false_answers"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path} is missing or damaged: restore it, or run"
            " `python -m retrieval.training.fitting`."
        ) from error


def _of_old_format(fields: dict[str, Any]) -> dict[str, Any]:
    """Returns the fields as they are now, from a file of before `Ranker` and `Calibrator`."""
    ranker, weights = (_renamed(fields[name]) for name in ("rank", "weights"))
    return {"ranker": ranker, "calibrator": fields | {"weights": weights}}


def _renamed(weights: Mapping[str, float]) -> dict[str, float]:
    return {_OLD_NAMES.get(name, name): weight for name, weight in weights.items()}
