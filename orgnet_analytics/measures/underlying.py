"""What several topics need to know of a network's plain structure, ties taken without direction."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.kept import once
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.network import IntArray, OrgNetwork


@once
def underlying(net: OrgNetwork) -> igraph.Graph:
    """Return the network without direction, a link per connected pair in the order of ``dyads``: to be read.

    It is one graph for all who ask; copy it to change it.
    """
    first, second, *_ = net.dyads
    return igraph.Graph(n=len(net), edges=zip(first.tolist(), second.tolist(), strict=True))


@once
def links(net: OrgNetwork) -> IntArray:
    """Return how many others each actor is tied to, in either direction."""
    first, second, *_ = net.dyads
    return np.bincount(np.concatenate([first, second]), minlength=len(net))


def per_tie(net: OrgNetwork, of_dyad: NDArray[np.bool_], name: str) -> pd.Series:
    """Return what holds for each connected pair as a Series over the known ties."""
    first, second, *_ = net.dyads
    source, target, _ = net.arcs
    n = len(net)
    key = np.minimum(source, target) * n + np.maximum(source, target)
    place = np.searchsorted(first * n + second, key)
    return pd.Series(of_dyad[place], index=net.known.index, name=name, dtype=bool)


def ends_of(net: OrgNetwork, dyads: pd.DataFrame) -> pd.MultiIndex:
    """Return the two ends of each dyad; without direction, the lesser name first."""
    ends = dyads[["source", "target"]].to_numpy(dtype=object)
    return pd.MultiIndex.from_arrays((ends if net.directed else np.sort(ends, axis=1)).T)


def share(part: float, whole: float) -> float:
    """Return ``part / whole`` as a float; NaN where there is no whole."""
    return float(part) / float(whole) if whole else float("nan")
