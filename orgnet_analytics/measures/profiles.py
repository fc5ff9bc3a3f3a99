"""How alike columns are: correlation, distance and matching, over the rows known in both.

``known`` holds 1 where an entry of ``profiles`` is known, 0 where not; an unknown entry of ``profiles`` is 0.
"""

from __future__ import annotations

import numpy as np

from orgnet_analytics.network import FloatArray


def correlations(profiles: FloatArray, known: FloatArray) -> FloatArray:
    """Return the correlations between columns; NaN where one of the two does not vary."""
    number, scale = known.T @ known, (profiles**2).T @ known
    mean = profiles.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    off = (profiles - mean) * known
    total, square = off.T @ known, (off**2).T @ known
    spread = number * square - total**2
    # A column of 0 in all shared rows leaves its rounding error behind, so the size of ``off`` counts too.
    spread[spread <= 1e-12 * number * np.maximum(scale, square)] = np.nan
    product = number * (off.T @ off) - total * total.T
    found: FloatArray = np.clip(product / np.sqrt(spread * spread.T), -1, 1)
    return found


def distances(profiles: FloatArray, known: FloatArray) -> FloatArray:
    """Return the Euclidean distances between columns, scaled up to all rows."""
    square = (profiles**2).T @ known
    apart = np.maximum(square + square.T - 2 * profiles.T @ profiles, 0)
    return np.sqrt(apart * len(profiles) / _shared(known))


def matches(profiles: FloatArray, known: FloatArray) -> FloatArray:
    """Return the share of rows in which two columns are equal."""
    equal = [
        ((row == profiles.T) * seen * known.T).sum(axis=1)
        for row, seen in zip(profiles.T, known.T, strict=True)
    ]
    return np.array(equal, dtype=float).reshape(2 * known.shape[1:]) / _shared(known)


def _shared(known: FloatArray) -> FloatArray:
    number: FloatArray = known.T @ known
    return np.where(number > 0, number, np.nan)
