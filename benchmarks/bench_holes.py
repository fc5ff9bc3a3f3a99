"""Structural holes and triads, from arrays of ties, against igraph and networkx."""

from __future__ import annotations

from collections.abc import Iterator

import igraph
import networkx as nx
import numpy as np

from benchmarks.networks import SIZES, Drawn, drawn
from benchmarks.timing import Limit, Race, exponent, in_turn, race
from orgnet_analytics import OrgNetwork, brokerage, closure
from orgnet_analytics.network import Arcs
from orgnet_analytics.redrawn import redrawn

# How many times as fast as igraph's constraint alone all of Burt's four and the roles are to be.
BURT = {
    "300": 1 / 3.5,
    "3,000": 1 / 2.2,
    "30,000": 1,
    "30,000 with hubs": 1 / 0.3,
    "300,000": 1,
}
# Of so many actors networkx is asked the effective size; its time is scaled up to all of them.
ASKED = {"300": 300, "3,000": 100}
CENSUS = {"300": 1, "3,000": 1, "30,000 with hubs": 10}


def rows() -> Iterator[Race | Limit]:
    """Yield the races, then the growth of our own time."""
    spent = {}
    for label, how in SIZES.items():
        made = drawn(**how)
        base = OrgNetwork(made.actors, made.ties)
        rounds = 15 if made.n <= 3_000 else 3 if made.n <= 30_000 else 1
        for one in _burt(base, made, label, rounds):
            spent[label] = one.ours
            yield one
        if label in CENSUS or made.n == 30_000:
            yield from _census(base, made, label, rounds if "hubs" not in label else 1)
        if label in ASKED:
            yield _effective_size(base, label)
    sizes = {"3,000": 3_000, "30,000": 30_000, "300,000": 300_000}
    growth = exponent(list(sizes.values()), [spent[label] for label in sizes])
    yield Limit(
        "growth of the time for Burt's four and the roles",
        "3,000 to 300,000",
        growth,
        "exponent",
        1.4,
    )


def anew(base: OrgNetwork, made: Drawn) -> OrgNetwork:
    """Return the network from its arrays, with nothing kept from before."""
    return redrawn(base, base.actors, Arcs(made.source, made.target, made.weight))


def graph_of(made: Drawn) -> igraph.Graph:
    edges = zip(made.source.tolist(), made.target.tolist(), strict=True)
    graph = igraph.Graph(made.n, edges, directed=True)
    graph.es["weight"] = made.weight.tolist()
    return graph


def burt_and_roles(net: OrgNetwork) -> None:
    brokerage.constraint(net)
    brokerage.effective_size(net)
    brokerage.efficiency(net)
    brokerage.hierarchy(net)
    brokerage.roles(net, by="kind")


def _burt(base: OrgNetwork, made: Drawn, label: str, rounds: int) -> list[Race]:
    theirs = graph_of(made).constraint(weights="weight")
    np.testing.assert_allclose(brokerage.constraint(base), theirs, rtol=1e-9)
    return race(
        "Burt's four and all roles; rival: constraint alone",
        label,
        lambda: burt_and_roles(anew(base, made)),
        {"igraph": (lambda: graph_of(made).constraint(weights="weight"), BURT.get(label))},
        rounds=rounds,
        calls=10 if made.n <= 300 else 1,
    )


def _census(base: OrgNetwork, made: Drawn, label: str, rounds: int) -> list[Race]:
    ours = closure.net_triad_census(base)
    theirs = graph_of(made).triad_census() if made.n <= 3_000 else None
    if theirs is not None:
        assert sorted(ours) == sorted(int(theirs[name]) for name in range(16))
    return race(
        "triad census",
        label,
        lambda: closure.net_triad_census(anew(base, made)),
        {"igraph": (lambda: graph_of(made).triad_census(), CENSUS.get(label))},
        rounds=rounds,
        calls=10 if made.n <= 300 else 1,
    )


def _effective_size(base: OrgNetwork, label: str) -> Race:
    """Race against networkx's way per actor: that for all at once is wrong where ties are weighted."""
    graph, n = base.to_networkx(), len(base)
    asked = np.random.default_rng(1).permutation(list(graph))[: ASKED[label]].tolist()
    found = {}
    rival = in_turn(
        {"networkx": lambda: found.update(nx.effective_size(graph, nodes=asked, weight="weight"))},
        rounds=1,
    )
    known = {actor: value for actor, value in found.items() if not np.isnan(value)}
    ours = brokerage.effective_size(base)
    np.testing.assert_allclose(ours[list(known)], list(known.values()), rtol=1e-9)
    seconds = in_turn(
        {"ours": lambda: brokerage.effective_size(OrgNetwork(base.actors, base.ties))}, rounds=9
    )
    work = "effective size, from the table of ties; rival: graph already built"
    scaled = rival["networkx"].iloc[0] * n / len(asked)
    name = "networkx" if len(asked) == n else f"networkx, {len(asked)} actors, scaled"
    return Race(work, label, name, seconds["ours"].median(), scaled, 1_000)
