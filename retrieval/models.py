"""Which reader answers, and the decision fitted for it."""

from __future__ import annotations

from pathlib import Path

from retrieval.decision import Decision, read_decision
from retrieval.reader import CARD, OnnxReader, Reader

SHIPPED = Path(__file__).parent / "model"
DECISION = "decision.json"
# READER_MODEL's own words: the reader that comes with the project, and none at all.
OWN, NONE = "clipping", "none"


def open_reader(model: str, home: Path) -> tuple[Reader | None, Decision]:
    """Open the named reader and the decision fitted for it.

    Args:
        model: "clipping" for our own, "none" for none, else a folder with an exported reader, or a
            Hugging Face model, which is exported once.
        home: Where exported readers are kept.

    Raises:
        ModelError: The folder is missing, of the wrong kind, or damaged.
    """
    if model == NONE:
        return None, read_decision(SHIPPED / DECISION, "sentences")
    folder = SHIPPED if model == OWN else Path(model)
    if folder is not SHIPPED and not (folder / CARD).is_file():
        from retrieval.huggingface import exported_reader  # noqa: PLC0415  -- torch takes seconds

        folder = exported_reader(model, home)
    reader = OnnxReader(folder)
    decision = folder / DECISION if (folder / DECISION).is_file() else SHIPPED / DECISION
    return reader, read_decision(decision, "reader")
