"""Networks made by chance, many and fast: the checks of the constructor are not repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import Arcs, FloatArray, IntArray, OrgNetwork

Measure = Callable[[OrgNetwork], float]


def redrawn(net: OrgNetwork, actors: pd.DataFrame, dyads: Arcs) -> OrgNetwork:
    """Return a network like ``net`` on ``actors`` with these dyads; NaN is unknown, 0 a known "no".

    The dyads are known to be in order, so they are not checked again; that is what takes the time.
    """
    ids, kind = actors.index, net.relations
    ties: dict[str, Any] = {"source": ids[dyads.source], "target": ids[dyads.target]}
    if kind:
        ties["relation"] = pd.Categorical.from_codes(
            np.zeros(len(dyads.source), dtype=int), list(kind)
        )
    found = OrgNetwork.__new__(OrgNetwork)
    state = {"actors": actors, "ties": pd.DataFrame(ties | {"weight": dyads.weight})}
    found.__setstate__(state | {"directed": net.directed, "name": net.name, "notes": net.notes})
    known = dyads.weight > 0
    arcs = Arcs(dyads.source[known], dyads.target[known], dyads.weight[known])
    vars(found).update(arcs=arcs, relations=kind)
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
