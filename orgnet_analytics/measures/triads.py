"""What three actors that are all connected look like, from the one listing of triangles."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.network import OrgNetwork

IntArray = NDArray[np.int64]


def closed_paths(net: OrgNetwork) -> tuple[IntArray, IntArray, IntArray]:
    """Return all i -> v -> k with a tie i -> k, as positions of i, of v and of k."""
    corners, sides = net.triangles.T, net.triangle_sides.T
    forth, back = net.dyads.forth > 0, net.dyads.back > 0
    tie = {}
    for side, (low, high) in zip(sides, ((0, 1), (0, 2), (1, 2)), strict=True):
        tie[low, high], tie[high, low] = forth[side], back[side]
    paths = []
    for i, v, k in permutations(range(3)):
        closed = np.flatnonzero(tie[i, v] & tie[v, k] & tie[i, k])
        paths.append(corners[[i, v, k]].take(closed, axis=1))
    sender, broker, receiver = np.concatenate(paths, axis=1)
    return sender, broker, receiver
