"""How near actors are to each other once some are gone, by steps over rows of bits, for many sets at once.

Row i holds one bit per actor that reaches i within so many steps. One step is the union of the rows of
those with a tie to i: 64 actors per machine word. Some thousand actors are followed at a time, so memory
grows with the number of actors, not with its square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.network import FloatArray, IntArray

Bits = NDArray[np.uint64]
FOLLOWED = 4096
WORDS = 65_536


def nearness_without(
    graph: igraph.Graph, sets: IntArray, *, steps: int | None = None
) -> FloatArray:
    """Return per row of ``sets`` the sum of 1/distance over the ordered pairs of actors outside it.

    With ``steps`` it is the number of pairs within so many steps. Direction counts where the graph has one.
    """
    near, (before, start) = np.zeros(len(sets)), _those_before(graph)
    for first in range(0, graph.vcount(), FOLLOWED):
        followed = _single_bits(graph.vcount(), first)
        many = max(1, WORDS // (len(before) * followed.shape[1]))
        for at in range(0, len(sets), many):
            some = sets[at : at + many]
            near[at : at + many] += _nearness(followed, before, start, some, steps)
    return near


def _those_before(graph: igraph.Graph) -> tuple[IntArray, IntArray]:
    """Return who has a tie to each actor, itself among them, end to end, and where each actor's begin."""
    ends, itself = (
        np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2),
        np.arange(graph.vcount()),
    )
    source, target = np.r_[itself, ends[:, 0]], np.r_[itself, ends[:, 1]]
    if not graph.is_directed():
        source, target = np.r_[source, ends[:, 1]], np.r_[target, ends[:, 0]]
    order = np.argsort(target, kind="stable")
    return source[order], np.searchsorted(target[order], itself)


def _single_bits(n: int, first: int) -> Bits:
    """Return one row per actor: the followed actors, from ``first`` on, each with one bit in its own row."""
    followed = min(FOLLOWED, n - first)
    rows, place = np.zeros((n, -(-followed // 64)), dtype=np.uint64), np.arange(followed)
    rows[first + place, place // 64] = np.left_shift(np.uint64(1), (place % 64).astype(np.uint64))
    return rows


def _nearness(
    followed: Bits, before: IntArray, start: IntArray, sets: IntArray, steps: int | None
) -> FloatArray:
    """Return per set the sum of 1/distance from the followed actors to others, both outside the set."""
    rows = np.repeat(followed[:, None], len(sets), axis=1)
    gone = (sets, np.arange(len(sets))[:, None])
    rows[gone] = 0
    reached, near, step = _bits(rows), np.zeros(len(sets)), 0
    while step != steps:
        rows = np.bitwise_or.reduceat(np.take(rows, before, axis=0), start, axis=0)
        rows[gone] = 0
        now, step = _bits(rows), step + 1
        near += (now - reached) / (step if steps is None else 1)
        if np.array_equal(now, reached):
            break
        reached = now
    return near


def _bits(rows: Bits) -> IntArray:
    """Return how many bits each set has in its rows."""
    counted: IntArray = np.bitwise_count(rows).sum(axis=(0, 2), dtype=np.int64)
    return counted
