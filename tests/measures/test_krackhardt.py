"""Krackhardt's four against published values, R's sna and the definitions written out."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import cohesion


def brute(net):
    """The four by their definitions, pair by pair."""
    graph = nx.DiGraph(net.to_networkx()) if net.directed else net.to_networkx().to_directed()
    reach = {i: nx.descendants(graph, i) | {i} for i in graph}
    n, hierarchy, unbound, possible, spare, room = len(graph), [], 0, 0, 0, 0
    parts = list(nx.weakly_connected_components(graph))
    connected = sum(len(p) * (len(p) - 1) for p in parts) / (n * (n - 1))
    for i, j in combinations(graph, 2):
        if j in reach[i] or i in reach[j]:
            hierarchy.append(not (j in reach[i] and i in reach[j]))
    for part in parts:
        size = len(part)
        links = graph.subgraph(part).to_undirected().number_of_edges()
        spare, room = spare + links - size + 1, room + size * (size - 1) / 2 - size + 1
        possible += (size - 1) * (size - 2) / 2
        for i, j in combinations(part, 2):
            bounds = [u for u in part if i in reach[u] and j in reach[u]]
            unbound += not any(all(b in reach[u] for u in bounds) for b in bounds)
    return (
        connected,
        np.mean(hierarchy) if hierarchy else np.nan,
        1 - spare / room if room else np.nan,
        1 - unbound / possible if possible else np.nan,
    )


def four(net):
    return (
        cohesion.net_connectedness(net),
        cohesion.net_hierarchy(net),
        cohesion.net_efficiency(net),
        cohesion.net_least_upper_boundedness(net),
    )


def test_the_four_equal_their_definitions(random_nets):
    for net in random_nets:
        assert four(net) == pytest.approx(brute(net), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("seed", range(30))
def test_sparse_orders_equal_their_definitions(seed):
    rng = np.random.default_rng(seed)
    cells = np.triu(rng.random((12, 12)) < 0.2, 1).astype(float)
    cells[5, 4] = cells[4, 5] = 1
    net = OrgNetwork.from_matrix(cells)
    assert four(net) == pytest.approx(brute(net), abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
def test_knoke_is_as_recorded(knoke, knoke_expected, matrix):
    net, expected = knoke[matrix], knoke_expected[matrix]["krackhardt"]
    keys = ["connectedness", "hierarchy", "efficiency_undirected_krackhardt1994_ucinet", "lubness"]
    assert four(net) == pytest.approx([expected[key] for key in keys], abs=1e-12)
    arcs = cohesion.net_efficiency(net, kind="arc")
    assert arcs == pytest.approx(expected["efficiency_directed_sna"], abs=1e-12)


def test_a_tree_of_command_scores_one_on_all_four():
    """Krackhardt's out-tree is where all four are 1."""
    tree = pd.DataFrame({"source": [*"aabbcc"], "target": [*"bcdefg"]})
    assert four(OrgNetwork.from_ties(tree)) == (1, 1, 1, 1)


def test_undefined_is_nan():
    alone = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    assert np.isnan(four(alone)).all()
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    assert four(pair) == pytest.approx((1, 1, np.nan, np.nan), nan_ok=True)


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="'link' and 'arc'"):
        cohesion.net_efficiency(knoke["KNOKI"], kind="tie")
