"""Trapezoids: how far a number belongs to a stage or a form."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd


def trapezoid(value: float, corners: Sequence[float]) -> float:
    """Return how far ``value`` belongs: 0 up to a, rising to 1 at b, 1 up to c, falling to 0 at d.

    A corner that coincides with its neighbor makes a step, which belongs (``a == b`` counts as 1).

    Examples
    --------
    >>> trapezoid(0.25, [0.2, 0.3, 0.5, 0.6])
    0.5
    >>> trapezoid(1.0, [0.5, 0.8, 1, 1])
    1.0
    >>> trapezoid(float("nan"), [0, 0, 1, 1])
    nan
    """
    a, b, c, d = corners
    if math.isnan(value):
        return math.nan
    if b <= value <= c:
        return 1.0
    if value < b:
        return 0.0 if value <= a else round((value - a) / (b - a), 12)
    return 0.0 if value >= d else round((d - value) / (d - c), 12)


def asked(corners: Sequence[float]) -> str:
    """Return in words from where to where a value belongs at least half; a step at an end sets no limit.

    Examples
    --------
    >>> asked([0.2, 0.4, 1, 1]), asked([0, 0, 0.2, 0.4]), asked([0.1, 0.2, 0.5, 0.6])
    ('at least 0.3', 'at most 0.3', '0.15 to 0.55')
    """
    a, b, c, d = corners
    low, high = (None if a == b else (a + b) / 2), (None if c == d else (c + d) / 2)
    if low is None:
        return "anything" if high is None else f"at most {high:.3g}"
    return f"at least {low:.3g}" if high is None else f"{low:.3g} to {high:.3g}"


def belonging(values: pd.Series, claims: pd.DataFrame) -> pd.DataFrame:
    """Return how far each value belongs to each column; NaN where unobserved or nothing is claimed.

    ``claims`` has a row per indicator, a column per stage, and a trapezoid or None in each cell.
    """
    cells = [
        [
            math.nan if corners is None else trapezoid(float(values[indicator]), corners)
            for corners in row
        ]
        for indicator, row in zip(claims.index, claims.to_numpy(), strict=True)
    ]
    return pd.DataFrame(cells, index=claims.index, columns=claims.columns, dtype=float)


def weighted_mean(belongs: pd.DataFrame, weight: pd.Series) -> pd.Series:
    """Return the mean of each column over what is observed, weighted; NaN where nothing is."""
    observed = belongs.notna().mul(weight, axis=0).sum()
    return belongs.mul(weight, axis=0).sum() / observed.where(observed > 0)


def contributions(belongs: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    """Return what each indicator adds to the mean of each column; the columns add up to the mean."""
    observed = belongs.notna().mul(weight, axis=0).sum()
    return belongs.mul(weight, axis=0) / observed.where(observed > 0)
