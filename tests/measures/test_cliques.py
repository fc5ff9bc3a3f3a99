"""Cliques, their overlap and the small world against networkx."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import cohesion


def sets(net, smallest):
    graph = nx.Graph(net.to_networkx())
    return {frozenset(c) for c in nx.find_cliques(graph) if len(c) >= smallest}


@pytest.mark.parametrize("smallest", [1, 2, 3, 4])
def test_cliques_equal_networkx(random_nets, smallest):
    for net in random_nets:
        table = cohesion.cliques(net, smallest=smallest)
        found = {frozenset(table.index[table[column]]) for column in table}
        assert found == sets(net, smallest)
        assert table.sum().is_monotonic_decreasing
        assert len(found) == table.shape[1]


def test_the_seven_cliques_of_knoke(knoke):
    table = cohesion.cliques(knoke["KNOKI"])
    assert table.sum().tolist() == [6, 6, 5, 5, 5, 3, 3]
    assert table.index[table[1]].tolist() == ["COUN", "COMM", "INDU", "MAYR", "NEWS", "UWAY"]


def test_overlap_is_the_share_of_members_in_common(knoke):
    found = cohesion.clique_overlap(knoke["KNOKI"], knoke["KNOKM"])
    one, other = (cohesion.cliques(net) for net in knoke.values())
    for i in one:
        for j in other:
            a, b = set(one.index[one[i]]), set(other.index[other[j]])
            assert found.loc[i, j] == pytest.approx(len(a & b) / len(a | b))


def test_overlap_matches_actors_by_id():
    ties = pd.DataFrame({"source": [*"aab"], "target": [*"bcc"]})
    first, second = OrgNetwork.from_ties(ties), OrgNetwork.from_ties(ties, actors=[*"zcba"])
    assert cohesion.clique_overlap(first, second).to_numpy().tolist() == [[1.0]]
    assert cohesion.clique_overlap(first, second, smallest=4).shape == (0, 0)


def test_small_world_is_near_that_of_networkx():
    graph = nx.connected_watts_strogatz_graph(40, 6, 0.1, seed=1)
    net = OrgNetwork.from_networkx(graph)
    drawn = [nx.gnm_random_graph(40, graph.number_of_edges(), seed=s) for s in range(200)]
    drawn = [one for one in drawn if nx.is_connected(one)]
    closed = nx.transitivity(graph) / np.mean([nx.transitivity(one) for one in drawn])
    near = nx.average_shortest_path_length(graph) / np.mean(
        [nx.average_shortest_path_length(one) for one in drawn]
    )
    found = cohesion.net_small_world(net, seed=2, draws=300)
    assert found == pytest.approx(closed / near, rel=0.05)
    assert found == cohesion.net_small_world(net, seed=2, draws=300)


def test_undefined_is_nan():
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    alone = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    for net in (pair, alone):
        assert np.isnan(cohesion.net_small_world(net, seed=1))
        assert cohesion.cliques(net).shape == (len(net), 0)


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="1 or more"):
        cohesion.cliques(knoke["KNOKI"], smallest=0)
    with pytest.raises(UndefinedError, match="1 or more"):
        cohesion.net_small_world(knoke["KNOKI"], seed=1, draws=0)
