"""Cohesion against published values, R, networkx and enumeration."""

from itertools import product

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import cohesion

KINDS = ["degree", "indegree", "outdegree", "betweenness", "closeness", "eigenvector"]
R_COMPACTNESS = {"KNOKI": 1 - 0.1444444444444445, "KNOKM": 1 - 0.37037037037037035}


def underlying(net):
    return nx.Graph(net.to_networkx())


def all_networks(n, directed):
    cells = [(i, j) for i in range(n) for j in range(n) if i != j and (directed or i < j)]
    for present in product((0, 1), repeat=len(cells)):
        matrix = np.zeros((n, n))
        for (i, j), there in zip(cells, present, strict=True):
            matrix[i, j] = there
            if not directed:
                matrix[j, i] = there
        yield OrgNetwork.from_matrix(matrix, directed=directed)


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
def test_knoke_is_as_recorded(knoke, knoke_expected, matrix):
    net, expected = knoke[matrix], knoke_expected[matrix]
    assert cohesion.net_density(net) == pytest.approx(expected["density"], abs=1e-12)
    for kind, key in (("indegree", "in"), ("outdegree", "out"), ("betweenness", "betweenness")):
        found = cohesion.net_centralization(net, kind=kind)
        assert found == pytest.approx(expected[f"{key}_centralization"], abs=1e-10)
    connected = expected["krackhardt"]["connectedness"]
    assert cohesion.net_fragmentation(net) == pytest.approx(1 - connected, abs=1e-12)


def test_distance_coreness_and_diameter_of_knoke_are_those_of_r(knoke):
    assert cohesion.net_distance(knoke["KNOKI"]) == pytest.approx(1.533333, abs=1e-6)
    assert cohesion.net_distance(knoke["KNOKM"]) == pytest.approx(1.428571, abs=1e-6)
    assert [cohesion.net_diameter(net) for net in knoke.values()] == [3, 3]
    assert cohesion.coreness(knoke["KNOKI"]).tolist() == [5, 5, 5, 5, 5, 3, 5, 5, 5, 5]
    assert cohesion.coreness(knoke["KNOKM"]).tolist() == [4, 3, 4, 3, 4, 0, 3, 4, 4, 2]


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
def test_compactness_of_knoke_is_one_minus_the_recorded_fragmentation(knoke, matrix):
    cells = knoke[matrix].to_matrix()
    union = OrgNetwork.from_matrix(np.maximum(cells, cells.T), directed=False)
    assert cohesion.net_compactness(union) == pytest.approx(R_COMPACTNESS[matrix], abs=1e-10)


def test_closeness_centralization_of_knoke_follows_from_r(knoke):
    close = np.array([0.6, 0.818182, 0.75, 0.6, 0.9, 0.529412, 0.5625, 0.692308, 0.5625, 0.692308])
    expected = (close.max() - close).sum() / (9 * (1 - 1 / 10))
    found = cohesion.net_centralization(knoke["KNOKI"], kind="closeness")
    assert found == pytest.approx(expected, abs=1e-6)


def test_structure_equals_networkx(random_nets):
    for net in random_nets:
        graph, simple = net.to_networkx(), underlying(net)
        assert cohesion.net_density(net) == pytest.approx(nx.density(graph), abs=1e-12)
        parts = list(nx.connected_components(simple))
        assert cohesion.net_components(net) == len(parts)
        assert cohesion.coreness(net).to_dict() == nx.core_number(simple)
        cut = cohesion.is_cutpoint(net)
        assert set(cut.index[cut]) == set(nx.articulation_points(simple))
        bridges = {frozenset(pair) for pair in nx.bridges(simple)}
        ends = map(frozenset, net.known[["source", "target"]].to_numpy())
        assert cohesion.tie_is_bridge(net).tolist() == [pair in bridges for pair in ends]
        number = cohesion.component(net)
        assert {frozenset(g) for g in number.groupby(number).groups.values()} == set(
            map(frozenset, parts)
        )
        assert number.value_counts().sort_index().is_monotonic_decreasing


def test_distances_equal_networkx(random_nets):
    for net in random_nets:
        n, graph = len(net), net.to_networkx()
        ways = [d for _, to in nx.all_pairs_shortest_path_length(graph) for d in to.values() if d]
        mean, most = (np.mean(ways), max(ways)) if ways else (np.nan, np.nan)
        assert cohesion.net_distance(net) == pytest.approx(mean, abs=1e-12, nan_ok=True)
        assert cohesion.net_diameter(net) == pytest.approx(most, abs=1e-12, nan_ok=True)
        near = sum(1 / d for d in ways) / (n * (n - 1))
        assert cohesion.net_compactness(net) == pytest.approx(near, abs=1e-12)
        sizes = [len(part) for part in nx.connected_components(underlying(net))]
        apart = 1 - sum(s * (s - 1) for s in sizes) / (n * (n - 1))
        assert cohesion.net_fragmentation(net) == pytest.approx(apart, abs=1e-12)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("kind", ["degree", "indegree", "outdegree", "betweenness", "eigenvector"])
def test_centralization_is_one_at_the_most_of_all_small_networks(kind, directed):
    found = np.array(
        [
            cohesion.net_centralization(net, kind=kind)
            for net in all_networks(3 if directed else 4, directed)
        ]
    )
    assert np.nanmax(found) == pytest.approx(1, abs=1e-9)
    assert np.nanmin(found) == pytest.approx(0, abs=1e-9)


def test_closeness_centralization_is_one_for_the_star():
    found = [cohesion.net_centralization(net, kind="closeness") for net in all_networks(4, False)]
    assert np.nanmax(found) == pytest.approx(1, abs=1e-12)
    directed = [cohesion.net_centralization(net, kind="closeness") for net in all_networks(3, True)]
    assert 0 < np.nanmax(directed) < 1


def test_density_leaves_unknown_dyads_out_of_the_count():
    actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    assert cohesion.net_density(net) == 2 / 4
    cells = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1, np.nan]})
    assert cohesion.net_density(OrgNetwork(actors[[]], cells)) == 1 / 5


def test_undefined_is_nan():
    empty = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    for measure in (cohesion.net_density, cohesion.net_fragmentation, cohesion.net_distance):
        assert np.isnan(measure(empty))
    assert np.isnan(cohesion.net_compactness(empty))
    assert np.isnan(cohesion.net_diameter(empty))
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    for kind in KINDS:
        assert np.isnan(cohesion.net_centralization(pair, kind=kind))
    silent = OrgNetwork(
        pd.DataFrame({"responded": [False, False]}, index=["a", "b"]),
        pd.DataFrame({"source": [], "target": []}),
    )
    assert np.isnan(cohesion.net_density(silent))


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="'indegree'"):
        cohesion.net_centralization(knoke["KNOKI"], kind="prestige")
