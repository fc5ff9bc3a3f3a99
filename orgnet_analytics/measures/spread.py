"""How near a set of actors is to everybody, and how near the others stay without it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.bit_steps import nearness_without
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

Score = Callable[[IntArray], FloatArray]


def fragmentation_without(
    net: OrgNetwork, *, directed: bool, weighted: bool, steps: int | None = None
) -> Score:
    """Return what tells of each set, a row of positions, how far apart its loss leaves the others."""
    graph = _ways(net, directed=directed, weighted=weighted)

    def apart(sets: IntArray) -> FloatArray:
        size = len(net) - sets.shape[1]
        if size < 2:
            return np.full(len(sets), np.nan)
        if weighted:
            near = np.array([_mean_nearness(graph, members) for members in sets.tolist()])
        else:
            near = nearness_without(graph, sets, steps=steps) / (size * (size - 1))
        return 1 - near

    return apart


def closeness_to_all(
    net: OrgNetwork, *, directed: bool, weighted: bool, steps: int | None = None
) -> Score:
    """Return what tells of each set, a row of positions, how near everybody is to its nearest member."""
    graph = _ways(net, directed=directed, weighted=weighted)
    far = np.array(graph.distances(weights=_lengths(graph)), dtype=float).reshape(len(net), -1)
    np.fill_diagonal(far, 1)
    near = 1 / far if steps is None else (far <= steps).astype(float)

    def nearness(sets: IntArray) -> FloatArray:
        nearest: FloatArray = np.maximum.reduce([near[member] for member in sets.T]).mean(axis=1)
        return nearest

    return nearness


def _ways(net: OrgNetwork, *, directed: bool, weighted: bool) -> igraph.Graph:
    """Return the graph that distances are taken in; with weights the strongest tie has length 1."""
    if directed and net.directed:
        graph, strength = net.graph, net.arcs.weight
    else:
        graph, strength = underlying(net), np.maximum(net.dyads.forth, net.dyads.back)
    if weighted:
        # The network's own graph is shared: a length left on it would be read by others.
        graph = graph.copy()
        graph.es["length"] = (strength.max(initial=0) / strength).tolist()
    return graph


def _lengths(graph: igraph.Graph) -> str | None:
    return "length" if "length" in graph.es.attributes() else None


def _mean_nearness(graph: igraph.Graph, gone: list[int]) -> float:
    left = graph.copy()
    left.delete_vertices(gone)
    return float(np.mean(left.harmonic_centrality(weights=_lengths(left), mode="out")))
