"""Networks made by chance, many and fast: the checks of the constructor are not repeated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import Arcs, FloatArray, Gaps, IntArray, OrgNetwork
from orgnet_analytics.progress import advance

Measure = Callable[[OrgNetwork], float]
OfParts = Callable[[OrgNetwork, IntArray, int], FloatArray]
_OF_PARTS: dict[Measure, OfParts] = {}


def redrawn(net: OrgNetwork, actors: pd.DataFrame, dyads: Arcs) -> OrgNetwork:
    """Return a network like ``net`` on ``actors`` with these dyads; NaN is unknown, 0 a known "no".

    The dyads are known to be in order, all unknown ones among them, so they are not checked again; that is
    what takes the time. The result has the one relation of ``net``, without its name.
    """

    def ties() -> pd.DataFrame:
        ids = actors.index
        ends = {"source": ids[dyads.source], "target": ids[dyads.target]}
        return pd.DataFrame(ends | {"weight": dyads.weight})

    found = OrgNetwork.__new__(OrgNetwork)
    state = {"actors": actors, "ties": ties, "directed": net.directed}
    found.__setstate__(state | {"name": net.name, "notes": net.notes})
    known, dark = dyads.weight > 0, np.isnan(dyads.weight)
    arcs = Arcs(dyads.source[known], dyads.target[known], dyads.weight[known])
    gaps = Gaps(dyads.source[dark], dyads.target[dark])
    vars(found).update(arcs=arcs, gaps=gaps, relations=())
    return found


def of_parts(many: OfParts) -> Callable[[Measure], Measure]:
    """Say how to take a measure of many networks that lie side by side in one, without ties between them.

    ``many`` takes that one network, the part each actor is in, and the number of parts.
    """

    def told(measure: Measure) -> Measure:
        _OF_PARTS[measure] = many
        return measure

    return told


def numbers(measure: Measure, net: OrgNetwork, dyads: Arcs, strengths: FloatArray) -> FloatArray:
    """Return the measure of networks like ``net``, one per row of ``strengths``.

    ``strengths`` are the weights of the dyads, NaN where unknown, 0 where there is no tie. Dyads that would
    be unknown without a row of their own (see `silent`) have one. Measures that can look at all networks
    side by side do; it spares most of the time.
    """
    source, target, n = dyads.source, dyads.target, len(net)
    if measure in _OF_PARTS:
        part, told = np.nonzero(strengths)
        beside = Arcs(source[told] + n * part, target[told] + n * part, strengths[part, told])
        everyone = pd.DataFrame(index=pd.RangeIndex(n * len(strengths)))
        parts = np.repeat(np.arange(len(strengths)), n)
        found = _OF_PARTS[measure](redrawn(net, everyone, beside), parts, len(strengths))
        advance(len(strengths))
        return found
    mute, actors, found = silent(net, source, target), net.actors, np.empty(len(strengths))
    for draw, weight in enumerate(strengths):
        told = (weight != 0) | mute
        drawn = Arcs(source[told], target[told], weight[told])
        found[draw] = number(measure, redrawn(net, actors, drawn))
        advance()
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
