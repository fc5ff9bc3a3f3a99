"""Closure against published values, R, igraph, networkx and counts over all triples."""

from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import closure

R_TRIADS = {  # R's sna, triad.census
    "KNOKI": [3, 13, 12, 1, 13, 3, 10, 4, 7, 0, 14, 4, 2, 1, 24, 9],
    "KNOKM": [20, 48, 2, 10, 13, 7, 1, 1, 14, 0, 0, 3, 0, 1, 0, 0],
}
R_TRANSITIVITY = {"KNOKI": 0.6728111, "KNOKM": 0.65625}


def tied(net):
    return net.to_matrix().to_numpy() > 0


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
def test_knoke_is_as_recorded(knoke, knoke_expected, matrix):
    net, expected = knoke[matrix], knoke_expected[matrix]
    assert closure.net_reciprocity(net) == pytest.approx(expected["reciprocity_arc"], abs=1e-12)
    dyads = closure.net_reciprocity(net, kind="dyad")
    assert dyads == pytest.approx(expected["reciprocity_dyad"], abs=1e-12)
    census = closure.net_dyad_census(net).to_dict()
    assert census == {key: expected[key] for key in ("mutual", "asymmetric", "null")}
    assert closure.net_triad_census(net).tolist() == R_TRIADS[matrix]
    assert closure.net_transitivity(net) == pytest.approx(R_TRANSITIVITY[matrix], abs=5e-8)


def test_triad_census_equals_igraph_and_networkx(random_nets):
    for net in random_nets:
        found = closure.net_triad_census(net)
        if net.directed:
            assert found.to_dict() == nx.triadic_census(net.to_networkx())
            assert found.tolist() == list(net.graph.triad_census())
        n = len(net)
        assert found.sum() == n * (n - 1) * (n - 2) // 6


def test_triad_census_without_direction_holds_mutual_pairs_only(random_nets):
    for net in random_nets[::2]:
        found, graph = closure.net_triad_census(net), net.to_networkx()
        assert found["300"] == sum(nx.triangles(graph).values()) // 3
        assert found[["003", "102", "201", "300"]].sum() == found.sum()


def test_transitivity_equals_a_count_over_all_triples(random_nets):
    for net in random_nets:
        a = tied(net)
        paths = [(i, k) for i, j, k in permutations(range(len(net)), 3) if a[i, j] and a[j, k]]
        expected = np.mean([a[i, k] for i, k in paths]) if paths else np.nan
        assert closure.net_transitivity(net) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_clustering_equals_networkx(random_nets):
    for net in random_nets:
        graph = nx.Graph(net.to_networkx())
        graph.remove_edges_from(nx.selfloop_edges(graph))
        expected = {
            i: c if graph.degree(i) > 1 else np.nan for i, c in nx.clustering(graph).items()
        }
        found = closure.clustering(net).to_dict()
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_reciprocity_equals_networkx(random_nets):
    for net in random_nets[1::2]:
        graph = net.to_networkx()
        expected = nx.reciprocity(graph) if graph.number_of_edges() else np.nan
        assert closure.net_reciprocity(net) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def with_gaps(seed, directed):
    """A random network with unknown cells and two actors that did not answer."""
    rng = np.random.default_rng(seed)
    cells = (rng.random((8, 8)) < 0.5).astype(float)
    cells[rng.random((8, 8)) < 0.2] = np.nan
    cells[:2][rng.random((2, 8)) < 0.7] = 0
    cells = cells if directed else np.triu(cells, 1) + np.triu(cells, 1).T
    ids = [f"o{i}" for i in range(8)]
    actors = pd.DataFrame({"responded": [False, False, *[True] * 6]}, index=ids)
    return OrgNetwork.from_matrix(cells, actors, directed=directed)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(10))
def test_unknown_dyads_are_neither_returned_nor_closed_nor_the_opposite(seed, directed):
    net = with_gaps(seed, directed)
    a = net.to_matrix().to_numpy()
    pairs = list(combinations(range(8), 2))
    mutual = sum(a[i, j] > 0 and a[j, i] > 0 for i, j in pairs)
    one_way = sum(
        {a[i, j] > 0, a[j, i] > 0} == {True, False} and a[i, j] + a[j, i] > 0 for i, j in pairs
    )
    paths = [(i, k) for i, j, k in permutations(range(8), 3) if a[i, j] > 0 and a[j, k] > 0]
    closed = [a[i, k] > 0 for i, k in paths if not np.isnan(a[i, k])]
    assert len(net.unknown) > 0
    assert closure.net_transitivity(net) == pytest.approx(np.mean(closed), abs=1e-12)
    if directed:
        arc = 2 * mutual / (2 * mutual + one_way)
        assert closure.net_reciprocity(net) == pytest.approx(arc, abs=1e-12)
        dyad = closure.net_reciprocity(net, kind="dyad")
        assert dyad == pytest.approx(mutual / (mutual + one_way), abs=1e-12)


def test_a_tie_to_a_silent_actor_says_nothing_about_reciprocity():
    actors = pd.DataFrame({"responded": [True, True, False]}, index=[*"abc"])
    ties = pd.DataFrame({"source": [*"abab"], "target": [*"bacc"]})
    assert closure.net_reciprocity(OrgNetwork(actors, ties)) == 1
    assert closure.net_reciprocity(OrgNetwork(actors[[]], ties)) == 0.5


def test_ties_are_reciprocated_and_simmelian_as_the_definition_says(random_nets):
    for net in random_nets:
        a, ids = tied(net), net.actors.index
        both = a & a.T
        ends = [
            (ids.get_loc(s), ids.get_loc(t)) for s, t in net.known[["source", "target"]].to_numpy()
        ]
        assert closure.tie_is_reciprocated(net).tolist() == [bool(both[i, j]) for i, j in ends]
        expected = [bool(both[i, j] and (both[i] & both[j]).any()) for i, j in ends]
        found = closure.tie_is_simmelian(net)
        assert found.tolist() == expected
        assert found.index.equals(net.known.index)


def test_simmelian_ties_of_knoke_are_those_in_a_mutual_triad(knoke):
    net = knoke["KNOKI"]
    a = tied(net) & tied(net).T
    inside = {
        p
        for t in combinations(range(10), 3)
        for p in permutations(t, 2)
        if a[np.ix_(t, t)].sum() == 6
    }
    assert closure.tie_is_simmelian(net).sum() == len(inside)


def test_undefined_is_nan():
    empty = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a", "b"])
    assert np.isnan(closure.net_reciprocity(empty))
    assert np.isnan(closure.net_transitivity(empty))
    assert closure.clustering(empty).isna().all()
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}), directed=False)
    assert np.isnan(closure.net_reciprocity(pair))
    assert closure.net_triad_census(empty).sum() == 0


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="'arc' and 'dyad'"):
        closure.net_reciprocity(knoke["KNOKI"], kind="both")
