"""The most coherent course through the stages: Viterbi over waves, with a memory of maturity."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]


def course(
    membership: pd.DataFrame, costs: pd.DataFrame, *, mature: Sequence[str], after: Sequence[str]
) -> pd.DataFrame:
    """Return, per wave and stage, the score of the best course that is in that stage at that wave.

    A course is a stage per wave. Its score is the sum of the memberships on the way less the costs of
    the steps; a step of infinite cost is impossible, and the stages in ``after`` are possible only once a
    stage in ``mature`` has been passed. This is Viterbi's recursion run from both ends, with the
    membership as the logarithm of the emission: nothing is learned. The largest value in every row is
    the score of the best course, so a row's maximum less its second value is how much membership it would
    take to read that wave otherwise. Minus infinity where no course passes.

    Examples
    --------
    >>> membership = pd.DataFrame({"young": [.6, .5], "old": [.5, .4]}, index=[1, 2])
    >>> costs = pd.DataFrame([[0, 0], [math.inf, 0]], index=membership.columns, columns=membership.columns)
    >>> course(membership, costs, mature=["old"], after=[]).round(2).to_numpy().tolist()
    [[1.1, 0.9], [1.1, 1.0]]
    """
    stages = list(membership.columns)
    emit = np.tile(membership.fillna(0).to_numpy(dtype=float), 2)
    steps, start = _steps(stages, costs.to_numpy(dtype=float), mature, after)
    forward, backward = emit.copy(), np.zeros_like(emit)
    forward[0] += start
    for t in range(1, len(emit)):
        forward[t] += (forward[t - 1][:, None] - steps).max(axis=0)
    for t in range(len(emit) - 2, -1, -1):
        backward[t] = (backward[t + 1] + emit[t + 1] - steps).max(axis=1)
    best = (forward + backward).reshape(len(emit), 2, len(stages)).max(axis=1)
    return pd.DataFrame(best, index=membership.index, columns=stages)


def _steps(
    stages: list[str], costs: Array, mature: Sequence[str], after: Sequence[str]
) -> tuple[Array, Array]:
    """Return the costs between (not yet matured, stage) and (matured, stage), and the start scores."""
    n = len(stages)
    is_mature = np.isin(stages, list(mature))
    needs = np.isin(stages, list(after))
    young = np.where(is_mature | needs, math.inf, costs)
    ripens = np.where(is_mature, costs, math.inf)
    nothing = np.full((n, n), math.inf)
    steps = np.block([[young, ripens], [nothing, costs]])
    start = np.where(np.concatenate([is_mature | needs, ~is_mature]), -math.inf, 0.0)
    return steps, start
