"""Centrality against published values, R and networkx."""

import random

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import centrality

R_CLOSENESS = {  # R's sna, KNOKI, cl_out, printed with six digits
    "COUN": 0.600000, "COMM": 0.818182, "EDUC": 0.750000, "INDU": 0.600000, "MAYR": 0.900000,
    "WRO": 0.529412, "NEWS": 0.562500, "UWAY": 0.692308, "WELF": 0.562500, "WEST": 0.692308,
}  # fmt: skip


def path():
    return OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))


def as_networkx(net):
    graph = net.to_networkx()
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    return graph


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
def test_degree_and_betweenness_are_those_recorded_for_knoke(knoke, knoke_expected, matrix):
    net, expected = knoke[matrix], knoke_expected[matrix]
    assert centrality.degree(net, mode="in").to_dict() == expected["in_degree"]
    assert centrality.degree(net, mode="out").to_dict() == expected["out_degree"]
    found, recorded = centrality.betweenness(net), pd.Series(expected["betweenness"])
    np.testing.assert_allclose(found, recorded[found.index], atol=1e-10)


def test_betweenness_of_knoke_is_the_published_one(knoke, knoke_expected):
    published = knoke_expected["published_values_recalled_and_confirmed_by_computation"]
    found = centrality.betweenness(knoke["KNOKI"]).round(2)
    assert found.to_dict() == pytest.approx(published["betweenness"], abs=1e-9)


def test_closeness_of_knoke_is_that_of_r(knoke):
    found = centrality.closeness(knoke["KNOKI"])
    assert found.to_dict() == pytest.approx(R_CLOSENESS, abs=1e-6)


def test_degree_and_strength_equal_networkx(random_nets):
    for net in random_nets:
        graph = net.to_networkx()
        assert centrality.degree(net).to_dict() == dict(graph.degree())
        assert centrality.strength(net).to_dict() == dict(graph.degree(weight="weight"))
        if net.directed:
            out = dict(graph.out_degree(weight="weight"))
            assert centrality.strength(net, mode="out").to_dict() == out
            assert centrality.degree(net, mode="in").to_dict() == dict(graph.in_degree())


@pytest.mark.parametrize("weighted", [False, True])
def test_paths_equal_networkx(random_nets, weighted):
    length = "length" if weighted else None
    for net in random_nets:
        graph, n = as_networkx(net), len(net)
        between = nx.betweenness_centrality(graph, normalized=False, weight=length)
        found = centrality.betweenness(net, weighted=weighted)
        assert found.to_dict() == pytest.approx(between, abs=1e-10)
        ways = dict(nx.all_pairs_dijkstra_path_length(graph, weight=length or (lambda *_: 1)))
        others = {i: [d for j, d in to.items() if j != i] for i, to in ways.items()}
        close = {i: len(d) / sum(d) if d else np.nan for i, d in others.items()}
        near = {i: sum(1 / step for step in d) / (n - 1) for i, d in others.items()}
        found = centrality.closeness(net, weighted=weighted).to_dict()
        assert found == pytest.approx(close, abs=1e-10, nan_ok=True)
        found = centrality.harmonic(net, weighted=weighted).to_dict()
        assert found == pytest.approx(near, abs=1e-10)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_reach_equals_networkx(random_nets, steps):
    for net in random_nets:
        graph = net.to_networkx()
        within = {
            i: (len(nx.single_source_shortest_path_length(graph, i, steps)) - 1) / (len(net) - 1)
            for i in graph
        }
        assert centrality.reach(net, steps=steps).to_dict() == pytest.approx(within, abs=1e-12)


def test_eigenvector_equals_the_decomposition_of_the_matrix(random_nets):
    for net in random_nets:
        cells = net.to_matrix().to_numpy() > 0
        values, vectors = np.linalg.eigh((cells | cells.T).astype(float))
        if values[-1] - values[-2] < 1e-6:
            continue
        first = np.abs(vectors[:, -1])
        np.testing.assert_allclose(centrality.eigenvector(net), first / first.max(), atol=1e-10)


def test_eigenvector_is_the_same_to_the_last_digit_and_draws_nothing_from_the_user(knoke):
    random.seed(5)
    before = random.getstate()
    first = centrality.eigenvector(knoke["KNOKI"])
    assert random.getstate() == before
    for _ in range(20):
        random.random()
        assert centrality.eigenvector(knoke["KNOKI"]).tolist() == first.tolist()


def test_eigenvector_equals_networkx(knoke):
    graph = knoke["KNOKI"].to_networkx().to_undirected()
    expected = pd.Series(nx.eigenvector_centrality(graph, max_iter=10_000, tol=1e-14))
    found = centrality.eigenvector(knoke["KNOKI"])
    np.testing.assert_allclose(found, expected / expected.max(), atol=1e-10)


def test_two_equally_strong_parts_have_a_largest_value_each():
    ties = pd.DataFrame({"source": ["a", "c", "e"], "target": ["b", "d", "f"]})
    net = OrgNetwork.from_ties(ties, actors=[*"abcdefg"])
    assert centrality.eigenvector(net).tolist() == pytest.approx([1, 1, 1, 1, 1, 1, 0])


def test_undefined_is_nan():
    alone = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    for measure in (
        centrality.closeness,
        centrality.harmonic,
        centrality.eigenvector,
        centrality.reach,
    ):
        assert measure(alone).isna().all()
    assert centrality.closeness(path()).isna().to_dict() == {"a": False, "b": False, "c": True}
    assert centrality.betweenness(alone).tolist() == [0.0]


def test_choices_are_named():
    with pytest.raises(UndefinedError, match="'all', 'in' and 'out'"):
        centrality.degree(path(), mode="both")
    with pytest.raises(UndefinedError, match="1 or more"):
        centrality.reach(path(), steps=0)
