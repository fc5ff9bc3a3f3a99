"""What three actors that are all connected look like, from the one listing of triangles."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.network import OrgNetwork

IntArray = NDArray[np.int64]


def closed_paths(net: OrgNetwork) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Return all i -> v -> k with a tie i -> k, as arrays of positions, one entry per way round."""
    corners, sides = net.triangles, net.triangle_sides
    forth, back = net.dyads.forth > 0, net.dyads.back > 0
    side_of = {(0, 1): 0, (0, 2): 1, (1, 2): 2}
    tie = {pair: forth[sides[:, side]] for pair, side in side_of.items()}
    tie |= {pair[::-1]: back[sides[:, side]] for pair, side in side_of.items()}
    paths = []
    for i, v, k in permutations(range(3)):
        closed = tie[i, v] & tie[v, k] & tie[i, k]
        paths.append((corners[closed, i], corners[closed, v], corners[closed, k]))
    return paths
