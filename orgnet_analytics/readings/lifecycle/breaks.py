"""Where a course of few waves breaks: every way to cut it is tried."""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.readings.rulebook import read_rules, thresholds

Array = NDArray[np.float64]
LONGEST = 16
FEWEST_FOR_P = 6


@dataclass(frozen=True, eq=False, repr=False)
class ChangePoints:
    """Where the indicators of a network break.

    Attributes
    ----------
    breaks : tuple
        The waves a new period starts with; empty where none explains enough.
    periods : pandas.Series
        The period of each wave, counted from 1.
    ways : pandas.DataFrame
        Every way to cut: ``breaks``, ``explained`` (share of all variation) and ``score`` (explained less
        the penalty for each break), best first. Ways that score alike are as good.
    p : float
        How often waves in random order break as clearly in two; NaN with fewer than six waves.
    """

    breaks: tuple[object, ...]
    periods: pd.Series
    ways: pd.DataFrame
    p: float

    def __repr__(self) -> str:
        said = ", ".join(map(str, self.breaks)) or "none"
        return f"<ChangePoints: {said}; p = {self.p:.3f}>"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.ways.head(5).to_html(escape=True)}"


def change_points(
    seen: pd.DataFrame, *, penalty: float | None = None, permutations: int = 1000, seed: int = 0
) -> ChangePoints:
    """Say between which waves a network became another, from its indicators.

    Indicators are standardized over the waves; those not seen in every wave, or the same in all, are left
    out. For every way to cut the waves into periods, ``explained`` is the share of the variation that lies
    between periods. A break must add at least ``penalty`` to it.

    Parameters
    ----------
    seen : pandas.DataFrame
        Wave by indicator, as `lifecycle.indicators` gives it.
    penalty : float, optional
        What a break must explain, 0 to 1; without it the value in ``readings/rules/lifecycle.yaml``, a
        quarter, which is ours.
    permutations : int
        Random orders of the waves for ``p``, drawn with ``seed``; only with six waves or more.

    Returns
    -------
    ChangePoints

    Raises
    ------
    UndefinedError
        Where there are fewer than three waves, or more than 16, or no indicator varies.

    Notes
    -----
    Checked against all cuts scored one by one.

    Examples
    --------
    >>> import pandas as pd
    >>> seen = pd.DataFrame({"trust": [.2, .21, .8, .82], "density": [.1, .12, .3, .31]}, index=[1, 2, 3, 4])
    >>> change_points(seen).breaks
    (3,)
    """
    if penalty is None:
        penalty = thresholds(read_rules("lifecycle"), "lifecycle").at["break_explains", "value"]
    if not 0 <= penalty <= 1:
        raise DataError(Issue("penalty", "wanted 0 to 1", value=penalty))
    cells = _standardized(seen)
    waves = list(seen.index)
    ways = [way for size in range(len(waves)) for way in combinations(range(1, len(waves)), size)]
    explained = np.array([_explained(cells, way) for way in ways])
    score = (explained - penalty * np.array([len(way) for way in ways])).round(12)
    order = np.lexsort([np.array([len(way) for way in ways]), -score])
    best = ways[order[0]]
    table = pd.DataFrame(
        {
            "breaks": [tuple(waves[i] for i in ways[k]) for k in order],
            "explained": explained[order],
            "score": score[order],
        }
    )
    period = np.searchsorted(best, np.arange(len(waves)), side="right") + 1
    return ChangePoints(
        tuple(waves[i] for i in best),
        pd.Series(period, index=seen.index, name="period"),
        table,
        _p(cells, permutations, seed),
    )


def _standardized(seen: pd.DataFrame) -> Array:
    if not 3 <= len(seen) <= LONGEST:
        raise UndefinedError(f"A break needs 3 to {LONGEST} waves; there are {len(seen)}.")
    table = seen.astype(float).dropna(axis=1)
    table = table.loc[:, table.std(ddof=0) > 1e-12]
    if table.empty:
        raise UndefinedError("No indicator was seen in every wave and varies.")
    return np.asarray((table - table.mean()) / table.std(ddof=0))


def _explained(cells: Array, way: tuple[int, ...]) -> float:
    parts = np.split(cells, way)
    between = sum(len(part) * (part.mean(axis=0) ** 2).sum() for part in parts)
    return float(between / cells.size)


def _p(cells: Array, permutations: int, seed: int) -> float:
    waves = len(cells)
    if waves < FEWEST_FOR_P or permutations < 1:
        return float("nan")
    chance = np.random.default_rng(seed)

    def clearest(rows: Array) -> float:
        return max(_explained(rows, (cut,)) for cut in range(1, waves))

    found = clearest(cells) - 1e-12
    hits = sum(clearest(chance.permutation(cells)) >= found for _ in range(permutations))
    return (hits + 1) / (permutations + 1)
