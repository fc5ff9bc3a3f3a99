"""How a group as a whole stands towards the others: its degree, closeness and betweenness."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.measures.underlying import share, underlying
from orgnet_analytics.network import FloatArray, OrgNetwork


def group_reach(net: OrgNetwork, members: NDArray[np.bool_]) -> dict[str, float]:
    """Return the centralities of a group on the underlying network; NaN where there is nobody outside.

    Source: Everett & Borgatti (1999).
    """
    n, outside = len(net), np.flatnonzero(~members)
    if not len(outside) or not members.any():
        return dict.fromkeys(("group_degree", "group_closeness", "group_betweenness"), float("nan"))
    cells = np.zeros((n, n))
    first, second, *_ = net.dyads
    cells[first, second] = cells[second, first] = 1
    steps = np.array(underlying(net).distances(), dtype=float)
    nearest = steps[np.ix_(outside, np.flatnonzero(members))].min(axis=1)
    near = nearest[np.isfinite(nearest)]
    return {
        "group_degree": float((nearest == 1).mean()),
        "group_closeness": share(len(near), near.sum()),
        "group_betweenness": _between(cells, steps, outside),
    }


def _between(cells: FloatArray, steps: FloatArray, outside: NDArray[np.int64]) -> float:
    """Return the mean share of shortest paths through the group over the connected pairs outside it."""
    ways, around = _shortest_ways(cells, steps), np.zeros_like(cells)
    kept = np.ix_(outside, outside)
    around[kept] = cells[kept]
    avoiding = _shortest_ways(around, steps)[kept]
    every = ways[kept]
    pairs = np.triu(np.isfinite(steps[kept]), 1)
    return float((1 - avoiding[pairs] / every[pairs]).mean()) if pairs.any() else float("nan")


def _shortest_ways(cells: FloatArray, steps: FloatArray) -> FloatArray:
    """Return how many walks of length ``steps`` lead from each to each: the shortest paths."""
    ways, walks, length = np.zeros_like(cells), np.eye(len(cells)), 0
    longest = steps[np.isfinite(steps)].max(initial=0)
    while length < longest:
        length += 1
        walks = np.where(steps >= length, walks @ cells, 0)
        ways = np.where(steps == length, walks, ways)
        walks = np.where(steps == length, walks, 0)
    return ways
