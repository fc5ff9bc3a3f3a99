"""REGE: how far each partner of one actor finds its match among the partners of another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.network import FloatArray
from orgnet_analytics.progress import watched


def rege(cells: FloatArray, rounds: int) -> FloatArray:
    """Return the regular equivalence of actors; ``cells`` is relations by actors by actors."""
    n = cells.shape[1]
    ties = np.concatenate([cells, cells.transpose(0, 2, 1)])
    partners: NDArray[np.bool_] = np.any(ties > 0, axis=0)
    alike = np.ones((n, n))
    for _ in range(rounds):
        found, full = np.zeros((n, n)), np.zeros((n, n))
        for i in watched(range(n), "regular equivalence"):
            for j in range(n):
                found[i, j], full[i, j] = _matched(ties, partners, alike, i, j)
        top, bottom = found + found.T, full + full.T
        alike = np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1), 1.0)
    return alike


def _matched(
    ties: FloatArray, partners: NDArray[np.bool_], alike: FloatArray, i: int, j: int
) -> tuple[float, float]:
    """Return how well the partners of i are matched by those of j, and what a full match would give.

    Where several partners match equally well, the one that asks least for a full match is taken, so that the
    order of actors plays no part.
    """
    mine, theirs = np.flatnonzero(partners[i]), np.flatnonzero(partners[j])
    own = ties[:, i, mine]
    if not len(theirs):
        return 0.0, float(own.sum())
    other = ties[:, j, theirs]
    shared = (
        np.minimum(own[:, :, None], other[:, None, :]).sum(axis=0) * alike[np.ix_(mine, theirs)]
    )
    either = np.maximum(own[:, :, None], other[:, None, :]).sum(axis=0)
    best = shared.max(axis=1)
    close = np.where(shared >= best[:, None] - 1e-12, either, np.inf)
    return float(best.sum()), float(close.min(axis=1).sum())
