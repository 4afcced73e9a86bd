"""The soak counts what people see: silence and a second outcome fail it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.scenarios.shown import Shown
from tests.soak.__main__ import Soak, soaking
from tests.soak.askers import Question

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = Shown("", quotes=("In 2021 it moved.",))
FAILURE = Shown("That failed, id 7.")
WAITING = Shown("Many questions are waiting: you are number 3.")


@dataclass(frozen=True, slots=True)
class Sees:
    """Somebody who sees these things, and whom the platform has told that nobody answers."""

    seen: tuple[Shown, ...] = ()
    told: bool = False

    def sees(self) -> list[Shown]:
        return list(self.seen)

    def refused(self) -> bool:
        return self.told


@pytest.mark.parametrize(
    ("asker", "holds"),
    [
        (Sees((ANSWER,)), True),
        (Sees((FAILURE,)), True),
        (Sees((WAITING, ANSWER)), True),
        (Sees(told=True), True),
        (Sees(), False),
        (Sees((WAITING,)), False),
        (Sees((ANSWER, FAILURE)), False),
    ],
)
def test_exactly_one_outcome_is_asked_for(
    asker: Sees, holds: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    unused: object = None
    soak = Soak(unused, unused, random.Random(1))  # type: ignore[arg-type]  # noqa: S311  -- nobody asks
    soak.questions.append(Question("the only one", asker))
    assert soak.report() is holds
    summary = capsys.readouterr().out.splitlines()[-1]
    assert summary.startswith("1 questions; outcomes: ")


@pytest.mark.slow
async def test_two_seconds_without_faults_are_answered(tmp_path: Path) -> None:
    async with soaking(tmp_path, seed=1) as soak:
        await soak.run(2.0)
    assert soak.report()
    assert len(soak.questions) >= 10
