"""Networks made by chance, many and fast: the checks of the constructor are not repeated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import Arcs, FloatArray, IntArray, OrgNetwork

Measure = Callable[[OrgNetwork], float]


def redrawn(net: OrgNetwork, actors: pd.DataFrame, dyads: Arcs) -> OrgNetwork:
    """Return a network like ``net`` on ``actors`` with these dyads; NaN is unknown, 0 a known "no".

    The dyads are known to be in order, so they are not checked again; that is what takes the time. The
    result has the one relation of ``net``, without its name.
    """
    ids = actors.index
    ties = {"source": ids[dyads.source], "target": ids[dyads.target], "weight": dyads.weight}
    found = OrgNetwork.__new__(OrgNetwork)
    state = {"actors": actors, "ties": pd.DataFrame(ties), "directed": net.directed}
    found.__setstate__(state | {"name": net.name, "notes": net.notes})
    known = dyads.weight > 0
    arcs = Arcs(dyads.source[known], dyads.target[known], dyads.weight[known])
    vars(found).update(arcs=arcs, relations=())
    return found


def number(measure: Measure, net: OrgNetwork) -> float:
    """Return the measure of the network as a float."""
    found = measure(net)
    if isinstance(found, (bool, int, float, np.number)):
        return float(found)
    raise DataError(Issue("measure", "wanted one number per network", value=type(found).__name__))


def states(net: OrgNetwork) -> tuple[IntArray, IntArray, FloatArray]:
    """Return every dyad and its state: the strength, 0 or NaN; undirected pairs once."""
    n = len(net)
    keep = ~np.eye(n, dtype=bool) if net.directed else np.triu(np.ones((n, n), dtype=bool), 1)
    rows, columns = np.nonzero(keep)
    return rows, columns, net.to_matrix().to_numpy()[rows, columns]


def silent(net: OrgNetwork, rows: IntArray, columns: IntArray) -> NDArray[np.bool_]:
    """Return which dyads would be unknown without a row of their own."""
    mute: NDArray[np.bool_] = ~net.responded.to_numpy(dtype=bool)
    return mute[rows] if net.directed else mute[rows] & mute[columns]
