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


@pytest.mark.parametrize("directed", [False, True])
def test_the_rescaled_index_lies_between_the_ends_of_every_network(directed):
    """Three of one group and one of another: the ends are found by writing out all networks."""
    actors = pd.DataFrame({"unit": [*"xxxy"]}, index=[*"abcd"])
    pairs = list((itertools.permutations if directed else itertools.combinations)("abcd", 2))
    for ties in range(1, len(pairs) + 1):
        found = {}
        for chosen in itertools.islice(itertools.combinations(pairs, ties), 40):
            net = OrgNetwork(actors, pd.DataFrame(chosen, columns=["source", "target"]), directed)
            plain = diversity.net_ei_index(net, by="unit")
            found[plain] = diversity.net_ei_index(net, by="unit", rescaled=True)
        across = [
            sum("d" in pair for pair in chosen) for chosen in itertools.combinations(pairs, ties)
        ]
        low, high = ((2 * end - ties) / ties for end in (min(across), max(across)))
        for plain, rescaled in found.items():
            expected = 2 * (plain - low) / (high - low) - 1 if high > low else np.nan
            assert rescaled == pytest.approx(expected, abs=1e-12, nan_ok=True)
