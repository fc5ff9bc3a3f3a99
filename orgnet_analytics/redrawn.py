"""Networks made by chance, many and fast: the checks of the constructor are not repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import Arcs, FloatArray, Gaps, IntArray, OrgNetwork
from orgnet_analytics.progress import advance

Measure = Callable[[OrgNetwork], float]


class Dealt(NamedTuple):
    """Ties dealt out over the dyads of many networks, network after network: three arrays of one length."""

    net: IntArray
    place: IntArray
    weight: FloatArray


class Beside(NamedTuple):
    """Many networks on the same ``n`` actors: which of the ``draws`` each tie is in, and its ends.

    ``gaps`` are the dyads that are unknown in each of them.
    """

    n: int
    draws: int
    directed: bool
    net: IntArray
    source: IntArray
    target: IntArray
    gaps: Gaps


OfMany = Callable[[Beside], FloatArray]
_OF_MANY: dict[Measure, OfMany] = {}


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


def of_many(many: OfMany) -> Callable[[Measure], Measure]:
    """Say how to take a measure of many networks on the same actors at once; ``many`` takes them all."""

    def told(measure: Measure) -> Measure:
        _OF_MANY[measure] = many
        return measure

    return told


def numbers(measure: Measure, net: OrgNetwork, dyads: Arcs, dealt: Dealt, count: int) -> FloatArray:
    """Return the measure of ``count`` networks like ``net``, with the ties that were dealt to each.

    ``dyads`` are all those of ``net``; where their weight is NaN they are unknown in every network. Measures
    that can look at all networks at once do; it spares most of the time.
    """
    dark = np.isnan(dyads.weight)
    if measure in _OF_MANY:
        ends = dyads.source[dealt.place], dyads.target[dealt.place]
        gaps = Gaps(dyads.source[dark], dyads.target[dark])
        found = _OF_MANY[measure](Beside(len(net), count, net.directed, dealt.net, *ends, gaps))
        advance(count)
        return found
    mute, actors, found = silent(net, dyads.source, dyads.target), net.actors, np.empty(count)
    cuts = np.searchsorted(dealt.net, np.arange(count + 1))
    for draw in range(count):
        mine = slice(*cuts[draw : draw + 2])
        weight = np.where(dark, np.nan, 0.0)
        weight[dealt.place[mine]] = dealt.weight[mine]
        told = (weight != 0) | mute
        drawn = Arcs(dyads.source[told], dyads.target[told], weight[told])
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
