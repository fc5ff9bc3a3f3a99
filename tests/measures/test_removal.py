"""Removal of every actor and pair at once, against taking them out one by one."""

from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orgnet_analytics as ona
from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import bit_steps, cohesion, removal


@st.composite
def networks(draw, most=9):
    """Networks of no actors up to ``most``: trees, rings, dense ones, several parts, isolates, both ways."""
    n, seed = draw(st.integers(0, most)), draw(st.integers(0, 10_000))
    density, directed = draw(st.sampled_from([0, 0.1, 0.2, 0.4, 0.8, 1])), draw(st.booleans())
    cells = np.random.default_rng(seed).random((n, n)) < density
    np.fill_diagonal(cells, 0)
    cells = cells if directed else np.triu(cells) | np.triu(cells).T
    ids = [f"o{i}" for i in range(n)]
    return OrgNetwork.from_matrix(cells.astype(float), ids, directed=directed)


def plain(net):
    graph = net.to_networkx()
    return graph.to_undirected() if net.directed else graph


def connected(graph, among):
    """Count the pairs among these actors that reach each other in the graph."""
    parts = nx.connected_components(graph)
    held = [len(part & set(among)) for part in parts]
    return sum(size * (size - 1) // 2 for size in held)


def taken_out(graph, gone):
    """The four numbers, by deletion."""
    left = graph.copy()
    left.remove_nodes_from(gone)
    sizes, n = [len(part) for part in nx.connected_components(left)], len(left)
    pairs, still = n * (n - 1) // 2, connected(left, left)
    broken = 1 - still / pairs if pairs else np.nan
    return [len(sizes), max(sizes, default=0), broken, connected(graph, left) - still]


@settings(max_examples=150, deadline=None)
@given(net=networks())
def test_each_loss_is_that_of_deletion(net):
    found, graph = removal.losses(net), plain(net)
    assert found.index.equals(net.actors.index)
    for actor in net.actors.index:
        expected = taken_out(graph, [actor])
        assert found.loc[actor].tolist() == pytest.approx(expected, abs=1e-12, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(net=networks(7))
def test_each_pair_is_that_of_deletion(net):
    found, graph = removal.pair_losses(net, at_least=0), plain(net)
    pairs = set(zip(found["first"], found["second"], strict=True))
    assert pairs == set(combinations(net.actors.index, 2))
    for first, second, *four in found.itertuples(index=False):
        expected = taken_out(graph, [first, second])
        assert four == pytest.approx(expected, abs=1e-12, nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(net=networks())
def test_distance_left_is_that_of_deletion(net):
    found, graph = removal.distance_fragmentation(net), plain(net)
    for actor in net.actors.index:
        left = graph.subgraph(set(graph) - {actor})
        expected = 1 - nx.global_efficiency(left) if len(left) > 1 else np.nan
        assert found[actor] == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_distance_left_is_one_minus_the_compactness_of_what_is_left(random_nets):
    for net in random_nets:
        if not net.directed:
            found = removal.distance_fragmentation(net)
            left = [net.only(net.actors.index != actor) for actor in net.actors.index]
            expected = [1 - cohesion.net_compactness(one) for one in left]
            assert found.tolist() == pytest.approx(expected, abs=1e-12)


def test_following_a_few_actors_at_a_time_changes_nothing(random_nets, monkeypatch):
    whole = [removal.distance_fragmentation(net) for net in random_nets]
    monkeypatch.setattr(bit_steps, "FOLLOWED", 3)
    for net, expected in zip(random_nets, whole, strict=True):
        found = removal.distance_fragmentation(net)
        assert found.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-12)


def large(n, ties, seed):
    ends = np.random.default_rng(seed).integers(0, n, (ties, 2))
    frame = pd.DataFrame(np.sort(ends, axis=1), columns=["source", "target"])
    frame = frame[frame["source"] != frame["target"]].drop_duplicates().astype(str)
    return OrgNetwork(pd.DataFrame(index=[str(i) for i in range(n)]), frame, directed=False)


@pytest.mark.parametrize(("n", "ties"), [(200, 210), (150, 400)])
def test_large_networks_against_deletion_by_igraph(n, ties):
    net = large(n, ties, seed=n)
    found, far = removal.losses(net), removal.distance_fragmentation(net)
    for place, actor in enumerate(net.actors.index):
        left = net.graph.copy()
        left.delete_vertices(place)
        sizes = left.connected_components().sizes()
        assert found.loc[actor, ["components", "largest"]].tolist() == [len(sizes), max(sizes)]
        assert far[actor] == pytest.approx(1 - np.mean(left.harmonic_centrality()), abs=1e-12)


def test_cutpoints_and_cohesion_say_the_same(random_nets):
    for net in random_nets:
        found = removal.losses(net)
        assert (found["cut_off"] > 0).equals(cohesion.is_cutpoint(net))
        left = [net.only(net.actors.index != actor) for actor in net.actors.index]
        parts = [cohesion.net_components(one) for one in left]
        assert found["components"].tolist() == parts
        broken = [cohesion.net_fragmentation(one) for one in left]
        assert found["fragmentation"].tolist() == pytest.approx(broken, abs=1e-12, nan_ok=True)


def test_the_star_loses_all_with_its_hub():
    ties = pd.DataFrame({"source": ["hub"] * 4, "target": [*"abcd"]})
    found = removal.losses(OrgNetwork.from_ties(ties))
    assert found.loc["hub"].tolist() == [4, 1, 1, 6]
    assert found.loc["a"].tolist() == [1, 4, 0, 0]


def test_two_ways_round_are_lost_together_only():
    ring = pd.DataFrame({"source": [*"abcdef"], "target": [*"bcdefa"]})
    net = OrgNetwork.from_ties(ring)
    assert removal.losses(net)["cut_off"].tolist() == [0] * 6
    found = removal.pair_losses(net)
    assert found["cut_off"].tolist() == [4] * 3 + [3] * 6
    assert found.iloc[0, :2].tolist() == ["a", "d"]
    assert len(removal.pair_losses(net, at_least=4)) == 3
    assert len(removal.pair_losses(net, at_least=5)) == 0


def test_a_long_chain_needs_no_deep_recursion():
    steps = [f"{i:04}" for i in range(3000)]
    chain = pd.DataFrame({"source": steps[:-1], "target": steps[1:]})
    found = removal.losses(OrgNetwork.from_ties(chain))
    assert found["cut_off"].tolist() == [i * (2999 - i) for i in range(3000)]


def test_an_unknown_tie_is_no_way_round():
    actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0]})
    net = OrgNetwork(actors, ties)
    assert removal.losses(net).loc["b", "cut_off"] == 1


def test_several_relations_and_a_negative_threshold_are_refused():
    ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "relation": ["one", "two"]})
    net = OrgNetwork.from_ties(ties)
    for measure in (removal.losses, removal.pair_losses, removal.distance_fragmentation):
        with pytest.raises(UndefinedError, match="2 relations"):
            measure(net)
    with pytest.raises(UndefinedError, match="at_least must be 0 or more; it is -1"):
        removal.pair_losses(net.relation("one"), at_least=-1)


def test_it_stands_at_the_front_door():
    assert ona.removal is removal
