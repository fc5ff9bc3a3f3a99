"""Strengths, shared credit, bridges and key players against recorded values and plain looks at every pair."""

import json
from itertools import combinations, permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import brokerage, key_players, open_paths, removal
from orgnet_analytics.measures.gould_fernandez import ROLES

KNOKE = Path(__file__).parents[1] / "reference" / "knoke"
CHEMNET = KNOKE.parent / "chemnet"
LISTED = 20
EXACT = {"rtol": 0, "atol": 1e-10}


def union(name):
    matrix = pd.read_csv(KNOKE / f"{name}.csv", index_col=0)
    return OrgNetwork.from_matrix(np.maximum(matrix, matrix.T), directed=False)


def recorded(name):
    return json.loads((KNOKE / "expected.json").read_text())[name]


def random_net(seed, n=10, density=0.3, directed=True):
    rng = np.random.default_rng(seed)
    cells = (rng.random((n, n)) < density) * rng.integers(1, 6, (n, n))
    cells = cells if directed else np.triu(cells, 1) + np.triu(cells, 1).T
    actors = pd.DataFrame({"kind": [f"k{i % 3}" for i in range(n)]}, index=list("abcdefghij")[:n])
    return OrgNetwork.from_matrix(cells.astype(float), actors, directed=directed)


def brute_credit(net, valued, partial):
    weight = net.to_matrix().to_numpy()
    kind = net.actors["kind"].to_numpy()
    credit = np.zeros((len(net), 5))
    for i, k in permutations(range(len(net)), 2):
        between = [
            v for v in range(len(net)) if weight[i, v] > 0 and weight[v, k] > 0 and v not in (i, k)
        ]
        if weight[i, k] > 0:
            continue
        for v in between:
            same = (kind[i] == kind[v], kind[v] == kind[k], kind[i] == kind[k])
            role = 0 if all(same) else 1 if same[2] else 2 if same[0] else 3 if same[1] else 4
            worth = min(weight[i, v], weight[v, k]) if valued else 1
            credit[v, role] += worth / (len(between) if partial else 1)
    return credit if net.directed else credit / 2


@pytest.mark.parametrize("at_once", [1, 10, 2_000_000])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize(("valued", "partial"), [(True, False), (False, True), (True, True)])
def test_credit_equals_a_look_at_every_pair(monkeypatch, valued, partial, directed, at_once):
    monkeypatch.setattr(open_paths, "AT_ONCE", at_once)
    for seed in range(4):
        net = random_net(seed, directed=directed)
        found = brokerage.roles(net, by="kind", valued=valued, partial=partial)
        np.testing.assert_allclose(found[list(ROLES)], brute_credit(net, valued, partial), **EXACT)


def test_strengths_of_one_are_plain_counts():
    net = OrgNetwork.from_matrix(
        (random_net(3).to_matrix() > 0).astype(float), random_net(3).actors
    )
    plain, valued = brokerage.roles(net, by="kind"), brokerage.roles(net, by="kind", valued=True)
    pd.testing.assert_frame_equal(plain, valued)


def test_shared_credit_sums_to_the_open_pairs():
    net = random_net(5)
    tied = net.to_matrix().to_numpy() > 0
    pairs = ((tied.astype(int) @ tied.astype(int)) > 0) & ~tied
    np.fill_diagonal(pairs, val=False)
    shared = brokerage.roles(net, by="kind", partial=True)["total"].sum()
    assert shared == pytest.approx(pairs.sum(), abs=1e-10)


def test_a_network_without_ties_has_no_credit():
    net = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a", "b"])
    net = OrgNetwork(net.actors.assign(kind="k"), net.ties)
    assert brokerage.roles(net, by="kind", partial=True)["total"].tolist() == [0.0, 0.0]


def test_groups_sum_their_members():
    types = pd.read_csv(CHEMNET / "types.csv", index_col=0)
    net = OrgNetwork.from_matrix(pd.read_csv(CHEMNET / "pol.csv", index_col=0), types)
    found = brokerage.group_roles(net, by="type")
    for part, file in (("observed", "gf_pol_raw.csv"), ("expected", "gf_pol_exp.csv")):
        actors = pd.read_csv(CHEMNET / file, index_col=0)
        wanted = actors.groupby(types["type"], sort=False).sum()
        np.testing.assert_allclose(found[part].loc[wanted.index], wanted, **EXACT)


@pytest.mark.parametrize("name", ["KNOKI", "KNOKM"])
def test_everett_valente_equals_the_recorded_values(name):
    wanted = recorded(name)["everett_valente_2016_undirected_union"]
    found = brokerage.everett_valente(union(name))
    np.testing.assert_allclose(found, [wanted[actor] for actor in found.index], **EXACT)


@pytest.mark.parametrize("seed", range(6))
def test_everett_valente_along_the_ties_equals_networkx(seed):
    net = random_net(seed, density=0.2)
    graph, wanted = net.to_networkx(), []
    between = nx.betweenness_centrality(graph, normalized=False)
    for v in graph:
        sides = [
            (graph.in_degree(v), nx.ancestors(graph, v)),
            (graph.out_degree(v), nx.descendants(graph, v)),
        ]
        gained = [(between[v] + len(reach)) / ties for ties, reach in sides if between[v] > 0]
        wanted.append(sum(gained) / 2)
    np.testing.assert_allclose(brokerage.everett_valente(net, directed=True), wanted, **EXACT)
    assert max(wanted) > 0


@pytest.mark.parametrize("seed", range(4))
def test_both_kinds_of_everett_valente_are_one_where_all_ties_go_both_ways(seed):
    net = random_net(seed, density=0.5, directed=False)
    assert net.graph.is_connected()
    both_ways = OrgNetwork.from_matrix(net.to_matrix(), directed=True)
    expected = brokerage.everett_valente(net)
    for found in (net, both_ways):
        values = brokerage.everett_valente(found, directed=True)
        np.testing.assert_allclose(values, expected, **EXACT)


@pytest.mark.parametrize("kind", ["pure", "weak"])
@pytest.mark.parametrize("mode", ["all", "in", "mutual"])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_honest_broker_equals_a_look_at_every_pair_of_partners(seed, directed, mode, kind):
    net = random_net(seed, directed=directed)
    tied = net.to_matrix().to_numpy() > 0
    most = 0 if kind == "pure" or not directed else 1
    wanted = []
    for v in range(len(net)):
        sent, named = tied[v], tied[:, v]
        counts = {"all": sent | named, "in": named, "mutual": sent & named}[mode]
        partners = np.flatnonzero(counts)
        pairs = list(combinations(partners, 2))
        count = sum(int(tied[i, j]) + int(tied[j, i]) <= most for i, j in pairs)
        wanted.append(count if len(partners) > 1 else np.nan)
    np.testing.assert_array_equal(brokerage.honest_broker(net, kind=kind, mode=mode), wanted)


@pytest.mark.parametrize("seed", range(3))
def test_bridging_equals_networkx_tie_by_tie(seed):
    net = random_net(seed, density=0.15)
    graph = net.to_networkx().to_undirected()
    n = len(graph)

    def closeness(g):
        return sum(nx.harmonic_centrality(g).values()) / (n * (n - 1))

    losses = {node: [] for node in graph}
    for edge in list(graph.edges):
        without = graph.copy()
        without.remove_edge(*edge)
        for node in edge:
            losses[node].append(closeness(graph) - closeness(without))
    wanted = [np.mean(values) if values else np.nan for values in losses.values()]
    np.testing.assert_allclose(brokerage.bridging(net), wanted, **EXACT)


@pytest.mark.parametrize("name", ["KNOKI", "KNOKM"])
@pytest.mark.parametrize(
    ("key", "goal", "steps"),
    [("KPPneg_F", "disrupt", 10), ("KPPneg_DF", "disrupt", None), ("KPPpos_DR", "reach", None)],
)
def test_key_players_equal_the_recorded_optima(name, key, goal, steps):
    for wanted in recorded(name)["keyplayer_exhaustive_union"]:
        found = brokerage.key_players(union(name), k=wanted["k"], goal=goal, steps=steps)
        assert found.exact
        assert found.value == pytest.approx(wanted[key]["value"], abs=1e-10)
        sets = {frozenset(one) for one in wanted[key]["sets"]}
        best = {frozenset(one) for one in (found.actors, *found.alternatives)}
        # Where dozens of sets are equally good the record lists the first of them.
        assert best == sets if len(sets) < LISTED else best >= sets


def five():
    """The example of R's keyplayer 1.0.4: five actors, directed and weighted."""
    record = json.loads((CHEMNET.parent / "keyplayer" / "expected.json").read_text())
    return OrgNetwork.from_matrix(np.array(record["W"], float), list("ABCDE")), record["fragment"]


def test_the_loss_of_each_of_five_equals_that_of_keyplayer():
    net, fragment = five()
    found = removal.distance_fragmentation(net, directed=True, weighted=True)
    assert found.tolist() == pytest.approx(fragment, abs=5e-8)  # recorded to seven digits
    best = brokerage.key_players(net, k=1, directed=True, weighted=True)
    assert (best.actors, best.alternatives) == (("D",), ())
    assert best.value == pytest.approx(max(fragment), abs=5e-8)


def spread_by_hand(net, members, goal, steps, directed, weighted):
    """The score of one set from networkx's distances in a graph built anew."""
    cells = net.to_matrix().to_numpy()
    cells = cells if directed else np.maximum(cells, cells.T)
    strongest, graph = cells.max(), nx.DiGraph()
    graph.add_nodes_from(range(len(cells)))
    graph.add_weighted_edges_from(
        (i, j, strongest / cells[i, j] if weighted else 1)
        for i, j in zip(*np.nonzero(cells), strict=True)
    )
    if goal == "disrupt":
        graph.remove_nodes_from(members)
    far = dict(nx.all_pairs_dijkstra_path_length(graph))
    near = {
        (i, j): (d <= steps if steps else 1 / d) for i in far for j, d in far[i].items() if i != j
    }
    if goal == "disrupt":
        return 1 - sum(near.values()) / (len(graph) * (len(graph) - 1))
    return np.mean(
        [1 if j in members else max(near.get((i, j), 0) for i in members) for j in graph]
    )


@pytest.mark.parametrize("goal", ["disrupt", "reach"])
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(("steps", "weighted"), [(None, False), (None, True), (2, False)])
@pytest.mark.parametrize("seed", range(3))
def test_key_players_are_the_best_of_all_sets(goal, directed, steps, weighted, seed):
    net = random_net(seed, n=8, density=0.25)
    choice = {"goal": goal, "steps": steps, "directed": directed, "weighted": weighted}
    values = {
        members: spread_by_hand(net, members, **choice) for members in combinations(range(8), 2)
    }
    found = brokerage.key_players(net, k=2, **choice)
    assert found.value == pytest.approx(max(values.values()), abs=1e-12)
    best = [one for one, value in values.items() if value > max(values.values()) - 1e-11]
    names = [tuple(net.actors.index[list(one)]) for one in best]
    assert [found.actors, *found.alternatives] == names


@pytest.mark.parametrize("directed", [True, False])
def test_key_players_by_strength_leave_no_trace_on_those_without(directed):
    ties = pd.DataFrame({"source": [*"abc"], "target": [*"bcd"], "weight": [1, 2, 4]})
    net = OrgNetwork.from_ties(ties, directed=directed)
    before = brokerage.key_players(net, k=1, goal="reach", directed=directed)
    assert brokerage.key_players(net, k=1, goal="reach", directed=directed, weighted=True) != before
    brokerage.key_players(net, k=1, goal="reach", weighted=True)
    assert brokerage.key_players(net, k=1, goal="reach", directed=directed) == before


def test_key_players_at_the_edges():
    pair = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    nobody_left = brokerage.key_players(pair, k=1)
    assert np.isnan(nobody_left.value)
    assert (nobody_left.actors, nobody_left.alternatives) == (("a",), (("b",),))
    apart = OrgNetwork.from_ties(pair.ties.iloc[:0], actors=[*"abc"])
    for weighted in (False, True):
        assert brokerage.key_players(apart, k=1, weighted=weighted).value == 1
        reach = brokerage.key_players(apart, k=1, goal="reach", weighted=weighted)
        assert reach.value == pytest.approx(1 / 3, abs=1e-12)


@pytest.mark.parametrize("goal", ["disrupt", "reach"])
def test_the_search_finds_the_optimum_of_a_small_network(monkeypatch, goal):
    exact = brokerage.key_players(union("KNOKM"), k=3, goal=goal)
    monkeypatch.setattr(key_players, "ENUMERATE_UP_TO", 0)
    searched = brokerage.key_players(union("KNOKM"), k=3, goal=goal)
    assert not searched.exact
    assert searched.value == pytest.approx(exact.value, abs=1e-10)
    assert searched.actors in (exact.actors, *exact.alternatives)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"k": 0}, "from 1 to 9"),
        ({"k": 10}, "from 1 to 9"),
        ({"k": 1, "steps": 0}, "steps"),
        ({"k": 1, "goal": "win"}, "'disrupt' and 'reach'"),
        ({"k": 1, "steps": 2, "weighted": True}, "steps or weighted"),
    ],
)
def test_key_players_out_of_range_names_the_choices(choice, said):
    with pytest.raises(UndefinedError, match=said):
        brokerage.key_players(union("KNOKI"), **choice)
