"""Diversity against counts by hand, networkx and igraph."""

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import diversity


def ratio(external, internal):
    total = external + internal
    return (external - internal) / total if total else np.nan


def sides(net, actors):
    """The ties of these actors to other groups and to their own, each actor's ties looked at in turn."""
    kind, external, internal = net.actors["kind"], 0, 0
    for source, target in net.known[["source", "target"]].to_numpy():
        for end in (source, target):
            if end in actors:
                same = kind[source] == kind[target]
                internal, external = internal + same, external + (not same)
    return external, internal


def test_ei_index_equals_a_count_over_all_ties(random_nets):
    for net in random_nets:
        expected = {i: ratio(*sides(net, {i})) for i in net.actors.index}
        found = diversity.ei_index(net, by="kind").to_dict()
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)
        groups = net.actors.groupby("kind").groups
        expected = {kind: ratio(*sides(net, set(members))) for kind, members in groups.items()}
        found = diversity.group_ei_index(net, by="kind").to_dict()
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)
        whole = ratio(*sides(net, set(net.actors.index)))
        assert diversity.net_ei_index(net, by="kind") == pytest.approx(
            whole, abs=1e-12, nan_ok=True
        )


def test_blau_and_iqv_equal_a_count_over_all_partners(random_nets):
    for net in random_nets:
        graph, kind = nx.Graph(net.to_networkx()), net.actors["kind"]
        many = kind.nunique()
        blau, iqv = diversity.blau(net, by="kind"), diversity.iqv(net, by="kind")
        for i in graph:
            share = kind[list(graph[i])].value_counts(normalize=True)
            expected = 1 - (share**2).sum() if len(share) else np.nan
            assert blau[i] == pytest.approx(expected, abs=1e-12, nan_ok=True)
            full = expected * many / (many - 1) if many > 1 else np.nan
            assert iqv[i] == pytest.approx(full, abs=1e-12, nan_ok=True)


def test_assortativity_equals_networkx_and_igraph(random_nets):
    for net in random_nets:
        graph = net.to_networkx()
        if graph.number_of_edges() < 2:
            continue
        codes = pd.factorize(net.actors["kind"])[0].tolist()
        found = diversity.net_assortativity(net, by="kind")
        expected = net.graph.assortativity_nominal(codes, directed=net.directed)
        assert found == pytest.approx(expected, abs=1e-10, nan_ok=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = nx.attribute_assortativity_coefficient(graph, "kind")
        assert found == pytest.approx(expected, abs=1e-10, nan_ok=True)
        found = diversity.net_assortativity(net, by="power", kind="numeric")
        values = net.actors["power"].tolist()
        expected = net.graph.assortativity(values, directed=net.directed)
        assert found == pytest.approx(expected, abs=1e-10, nan_ok=True)


def test_ei_index_of_the_textbook_case():
    """Krackhardt and Stern's two ends: ties across groups only, and within groups only."""
    actors = pd.DataFrame({"unit": ["x", "x", "y", "y"]}, index=[*"abcd"])
    across = pd.DataFrame({"source": [*"aabb"], "target": [*"cdcd"]})
    within = pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"]})
    assert diversity.net_ei_index(OrgNetwork(actors, across), by="unit") == 1
    assert diversity.net_ei_index(OrgNetwork(actors, within), by="unit") == -1


def test_an_actor_without_a_group_is_nan_and_its_ties_do_not_count():
    actors = pd.DataFrame({"unit": ["x", "y", None]}, index=[*"abc"])
    net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    assert diversity.ei_index(net, by="unit").fillna(9).tolist() == [1, 1, 9]
    assert diversity.net_ei_index(net, by="unit") == 1
    assert diversity.blau(net, by="unit").fillna(9).tolist() == [0, 0, 0]
    assert diversity.group_ei_index(net, by="unit").to_dict() == {"x": 1, "y": 1}


def test_undefined_is_nan():
    actors = pd.DataFrame({"unit": ["x", "x"]}, index=["a", "b"])
    net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    assert diversity.iqv(net, by="unit").isna().all()
    assert np.isnan(diversity.net_assortativity(net, by="unit"))
    empty = OrgNetwork(actors, pd.DataFrame({"source": [], "target": []}))
    assert np.isnan(diversity.net_ei_index(empty, by="unit"))
    assert np.isnan(diversity.net_assortativity(empty, by="unit"))
    assert diversity.ei_index(empty, by="unit").isna().all()


def test_choices_are_named(random_nets):
    net = random_nets[0]
    with pytest.raises(UndefinedError, match="'kind', 'power'"):
        diversity.ei_index(net, by="sector")
    with pytest.raises(UndefinedError, match="'nominal' and 'numeric'"):
        diversity.net_assortativity(net, by="kind", kind="ordinal")
    with pytest.raises(UndefinedError, match="no numbers"):
        diversity.net_assortativity(net, by="kind", kind="numeric")


def test_ei_test_equals_every_way_of_dealing_out_the_groups():
    actors = pd.DataFrame({"unit": [*"xxxyyz"]}, index=[*"abcdef"])
    ties = pd.DataFrame({"source": [*"abcad"], "target": [*"bcdee"]})
    net = OrgNetwork(actors, ties)
    pairs = [("abcdef".index(s), "abcdef".index(t)) for s, t in ties.to_numpy()]
    deals = np.array(
        [sum(d[s] != d[t] for s, t in pairs) for d in itertools.permutations("xxxyyz")]
    )
    across = sum(actors["unit"].iloc[s] != actors["unit"].iloc[t] for s, t in pairs)
    found = diversity.ei_test(net, by="unit", seed=3, permutations=20_000)
    assert found.observed == diversity.net_ei_index(net, by="unit") == (2 * across - 5) / 5
    assert found.expected == pytest.approx((2 * deals.mean() - 5) / 5, abs=0.01)
    assert found.p_high == pytest.approx((deals >= across).mean(), abs=0.01)
    assert found.p_low == pytest.approx((deals <= across).mean(), abs=0.01)
    assert (found.lowest, found.highest) == (-1, 1)
    assert found == diversity.ei_test(net, by="unit", seed=3, permutations=20_000)


def test_ei_test_expects_what_the_sizes_of_the_groups_give(random_nets):
    for net in random_nets[:6]:
        sizes = net.actors["kind"].value_counts().to_numpy()
        n = sizes.sum()
        apart = 1 - (sizes * (sizes - 1)).sum() / (n * (n - 1))
        found = diversity.ei_test(net, by="kind", seed=1, permutations=4000)
        assert found.expected == pytest.approx(2 * apart - 1, abs=0.05)


@pytest.mark.parametrize("directed", [True, False])
def test_ei_test_knows_the_room_the_groups_leave(directed):
    """Three of one group and one of another: at most three pairs across, at most three within."""
    actors = pd.DataFrame({"unit": [*"xxxy"]}, index=[*"abcd"])
    ties = pd.DataFrame({"source": [*"aabab"], "target": [*"bccdd"]})
    net = OrgNetwork(actors, ties, directed=directed)
    found = diversity.ei_test(net, by="unit", seed=1, permutations=10)
    ends = (-1, 1) if directed else (-1 / 5, 1 / 5)
    assert (found.lowest, found.highest) == pytest.approx(ends)
    assert found.rescaled == pytest.approx(-1 / 5 if directed else -1)


def test_ei_test_without_ties_is_nan():
    actors = pd.DataFrame({"unit": ["x", "y"]}, index=["a", "b"])
    net = OrgNetwork(actors, pd.DataFrame({"source": [], "target": []}))
    found = diversity.ei_test(net, by="unit", seed=1, permutations=5)
    assert np.isnan([found.observed, found.rescaled, found.p_low, found.p_high]).all()
    with pytest.raises(UndefinedError, match="permutations"):
        diversity.ei_test(net, by="unit", seed=1, permutations=0)
