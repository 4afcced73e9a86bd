"""Minimises a loss within bounds, so that no weight gets the sign that it must not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Floats = npt.NDArray[np.float64]
Bounds = tuple[float | None, float | None]

# Features that speak against an answer; all others speak for it.
AGAINST = frozenset({"misfits", "names_missing"})


def minimise(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, bounds: Sequence[Bounds]
) -> Floats:
    """Returns the weights within the bounds at which a loss is least.

    Args:
        loss: Returns the loss of some weights, and its gradient.
        start: The weights to begin with.
        bounds: The lowest and the highest value of each weight; None for no bound.
    """
    from scipy.optimize import minimize  # noqa: PLC0415  -- of the extra `train`

    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def sign_bounds(name: str) -> Bounds:
    """Returns the bounds of a feature's weight, so that it keeps its sign."""
    return (None, 0.0) if name in AGAINST else (0.0, None)
