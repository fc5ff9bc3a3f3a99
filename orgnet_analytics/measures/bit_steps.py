"""How near all actors are to each other once one of them is gone, by steps over rows of bits.

Row i holds one bit per actor that reaches i within so many steps. One step is the union of the rows of
i's partners: 64 actors per machine word. Some thousand actors are followed at a time, so memory grows with
the number of actors, not with its square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

Bits = NDArray[np.uint64]
AT_ONCE = 4096


def nearness_without(net: OrgNetwork) -> FloatArray:
    """Return per actor the sum of 1/distance over the ordered pairs of others, on the underlying network."""
    near, (partners, start) = np.zeros(len(net)), _with_itself(net)
    for first in range(0, len(net), AT_ONCE):
        followed = _single_bits(len(net), first)
        for gone in range(len(net)):
            near[gone] += _nearness(followed, partners, start, gone)
    return near


def _with_itself(net: OrgNetwork) -> tuple[IntArray, IntArray]:
    """Return the partners of each actor, itself among them, end to end, and where each actor's begin."""
    first, second, *_ = net.dyads
    itself = np.arange(len(net))
    source, target = np.r_[itself, first, second], np.r_[itself, second, first]
    order = np.argsort(source, kind="stable")
    return target[order], np.searchsorted(source[order], itself)


def _single_bits(n: int, first: int) -> Bits:
    """Return one row per actor: the followed actors, from ``first`` on, each with one bit in its own row."""
    followed = min(AT_ONCE, n - first)
    rows, place = np.zeros((n, -(-followed // 64)), dtype=np.uint64), np.arange(followed)
    rows[first + place, place // 64] = np.left_shift(np.uint64(1), (place % 64).astype(np.uint64))
    return rows


def _nearness(followed: Bits, partners: IntArray, start: IntArray, gone: int) -> float:
    """Return the sum of 1/distance from the followed actors to all others, none of them ``gone``."""
    rows = followed.copy()
    rows[gone] = 0
    reached, near, steps = int(np.bitwise_count(rows).sum()), 0.0, 0
    while True:
        rows = np.bitwise_or.reduceat(rows[partners], start, axis=0)
        rows[gone] = 0
        now, steps = int(np.bitwise_count(rows).sum()), steps + 1
        if now == reached:
            return near
        near, reached = near + (now - reached) / steps, now
