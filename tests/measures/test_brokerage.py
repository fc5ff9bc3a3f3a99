"""Brokerage against published values, other implementations, enumeration and its own invariants."""

import json
from itertools import permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError
from orgnet_analytics.measures import brokerage
from orgnet_analytics.measures.gould_fernandez import COLUMNS, ROLES
from orgnet_analytics.measures.role_gaps import known_actor_moments, known_set_moments

REFERENCE = Path(__file__).parents[1] / "reference"
EXACT = {"rtol": 0, "atol": 1e-10}
BURT = {
    "effsize": brokerage.effective_size,
    "efficiency": brokerage.efficiency,
    "constraint": brokerage.constraint,
    "hierarchy": brokerage.hierarchy,
}


def read(folder, name):
    return pd.read_csv(REFERENCE / folder / name, index_col=0)


def knoke(name, *, union=False):
    matrix = read("knoke", name + ".csv")
    if union:
        return OrgNetwork.from_matrix(np.maximum(matrix, matrix.T), directed=False)
    return OrgNetwork.from_matrix(matrix)


def chemnet(name):
    return OrgNetwork.from_matrix(read("chemnet", name), read("chemnet", "types.csv"))


def random_net(seed, n=12, density=0.3, directed=True, groups=3, weighted=True):
    rng = np.random.default_rng(seed)
    cells = (rng.random((n, n)) < density) * (rng.integers(1, 6, (n, n)) if weighted else 1)
    if not directed:
        cells = np.triu(cells, 1) + np.triu(cells, 1).T
    ids = [f"org {i}" for i in range(n)]
    actors = pd.DataFrame({"kind": [f"k{i % groups}" for i in range(n)]}, index=ids)
    return OrgNetwork.from_matrix(cells.astype(float), actors, directed=directed)


def brute_roles(net):
    """Every triple looked at, one by one."""
    tied = net.to_matrix().to_numpy() > 0
    kind = net.actors["kind"].to_numpy()
    counts = np.zeros((len(net), 5))
    for i, v, k in permutations(range(len(net)), 3):
        if tied[i, v] and tied[v, k] and not tied[i, k]:
            same = (kind[i] == kind[v], kind[v] == kind[k], kind[i] == kind[k])
            role = 0 if all(same) else 1 if same[2] else 2 if same[0] else 3 if same[1] else 4
            counts[v, role] += 1 if net.directed else 0.5
    return counts


# Burt


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
@pytest.mark.parametrize(
    ("key", "union", "model"),
    [
        ("burt_whole_network_directed", False, "whole"),
        ("burt_ego_network_directed", False, "ego"),
        ("burt_undirected_union", True, "whole"),
    ],
)
def test_burt_equals_the_recorded_values_for_knoke(matrix, key, union, model):
    net = knoke(matrix, union=union)
    recorded = json.loads((REFERENCE / "knoke" / "expected.json").read_text())[matrix][key]
    for name, measure in BURT.items():
        wanted = [(recorded[actor] or {}).get(name) for actor in net.actors.index]
        np.testing.assert_allclose(
            measure(net, model=model), np.array(wanted, dtype=float), **EXACT, err_msg=name
        )


@pytest.mark.parametrize("weights", ["weighted", "unweighted"])
def test_burt_equals_the_recorded_values_for_the_example_of_borgatti(weights):
    recorded = json.loads((REFERENCE / "burt_borgatti1997" / "expected.json").read_text())
    ties = pd.DataFrame(recorded["edges_weighted"], columns=["source", "target", "weight"])
    if weights == "unweighted":
        ties = ties.drop(columns="weight")
    net = OrgNetwork.from_ties(ties, directed=False)
    for name, measure in BURT.items():
        wanted = [
            recorded["computed_all_nodes"][weights][actor][name] for actor in net.actors.index
        ]
        np.testing.assert_allclose(measure(net), wanted, **EXACT, err_msg=name)


@pytest.mark.parametrize("case", ["undirected", "weighted"])
def test_burt_rounds_to_the_published_values(case):
    recorded = json.loads((REFERENCE / "burt_borgatti1997" / "expected.json").read_text())
    ties = pd.DataFrame(recorded["edges_weighted"], columns=["source", "target", "weight"])
    if case == "undirected":
        ties = ties.drop(columns="weight")
    net = OrgNetwork.from_ties(ties, directed=False)
    for name, measure in (
        ("constraint", brokerage.constraint),
        ("effective_size", brokerage.effective_size),
    ):
        for actor, value in recorded["published"][case][name].items():
            assert measure(net)[actor] == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_burt_equals_networkx(seed, directed):
    net = random_net(seed, directed=directed)
    graph = net.to_networkx()
    ours, theirs = brokerage.constraint(net), nx.constraint(graph, weight="weight")
    np.testing.assert_allclose(ours, [theirs[actor] for actor in ours.index], **EXACT)
    ours = brokerage.effective_size(net)
    theirs = nx.effective_size(graph, nodes=list(graph), weight="weight")
    found = pd.Series(theirs).reindex(ours.index)
    # networkx leaves out organizations that only receive.
    np.testing.assert_allclose(ours[found.notna()], found.dropna(), **EXACT)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_hierarchy_equals_its_formula_written_out(seed, directed):
    net = random_net(seed, directed=directed)
    strength = net.to_matrix().to_numpy() + net.to_matrix().to_numpy().T
    share = strength / strength.sum(axis=1, keepdims=True).clip(min=1)
    wanted = []
    for i in range(len(net)):
        partners = np.flatnonzero(strength[i])
        each = [
            (share[i, j] + sum(share[i, q] * share[q, j] for q in partners if q != j)) ** 2
            for j in partners
        ]
        relative = np.array(each) / np.mean(each)
        n = len(partners)
        wanted.append(1.0 if n == 1 else (relative * np.log(relative)).sum() / (n * np.log(n)))
    np.testing.assert_allclose(brokerage.hierarchy(net), wanted, **EXACT)


@pytest.mark.parametrize("model", ["whole", "ego"])
@pytest.mark.parametrize("measure", BURT.values())
def test_burt_of_an_isolate_is_undefined(measure, model):
    net = OrgNetwork.from_ties(
        pd.DataFrame({"source": ["a"], "target": ["b"]}), actors=["a", "b", "c"]
    )
    assert measure(net, model=model).isna().tolist() == [False, False, True]


def test_burt_without_actors_is_empty():
    net = OrgNetwork(
        pd.DataFrame(index=pd.Index([], dtype=str)), pd.DataFrame({"source": [], "target": []})
    )
    assert [len(measure(net)) for measure in BURT.values()] == [0, 0, 0, 0]


def test_an_unknown_model_names_the_choices():
    with pytest.raises(UndefinedError, match="'whole' and 'ego'"):
        brokerage.constraint(knoke("KNOKI"), model="partial")


# Gould and Fernandez


@pytest.mark.parametrize(("matrix", "key"), [("pol.csv", "pol"), ("sci_confirmed.csv", "sci")])
def test_roles_equal_sna_on_the_chemicals_network(matrix, key):
    net = chemnet(matrix)
    expected = brokerage.role_expectations(net, by="type")
    np.testing.assert_array_equal(
        brokerage.roles(net, by="type"), read("chemnet", f"gf_{key}_raw.csv")
    )
    np.testing.assert_allclose(expected["expected"], read("chemnet", f"gf_{key}_exp.csv"), **EXACT)
    np.testing.assert_allclose(expected["sd"], read("chemnet", f"gf_{key}_sd.csv"), **EXACT)


@pytest.mark.parametrize(("matrix", "key"), [("pol.csv", "pol"), ("sci_confirmed.csv", "sci")])
def test_network_roles_equal_sna_on_the_chemicals_network(matrix, key):
    found = brokerage.net_roles(chemnet(matrix), by="type")
    recorded = read("chemnet", f"gf_{key}_global.csv")
    for row, column in (("raw", "observed"), ("exp", "expected"), ("sd", "sd")):
        np.testing.assert_allclose(found[column], recorded.loc[row], **EXACT)


@pytest.mark.parametrize("groups", [1, 3, 12])
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_roles_equal_a_look_at_every_triple(seed, directed, groups):
    net = random_net(seed, directed=directed, groups=groups, density=0.15 + 0.2 * seed)
    np.testing.assert_array_equal(brokerage.roles(net, by="kind")[list(ROLES)], brute_roles(net))


def enumerated(kinds, density, directed, gaps=()):
    """Every count in all networks of these actors, and the chance of each, every tie with the same chance.

    A dyad in ``gaps`` is never a tie.
    """
    n = len(kinds)
    arcs = [(i, j) for i in range(n) for j in range(n) if (i != j if directed else i < j)]
    arcs = [arc for arc in arcs if arc not in gaps]
    chosen = (np.arange(2 ** len(arcs))[:, None] >> np.arange(len(arcs))) & 1 == 1
    tied = np.zeros((len(chosen), n, n), dtype=bool)
    for place, (i, j) in enumerate(arcs):
        tied[:, i, j] = chosen[:, place]
        tied[:, j, i] |= chosen[:, place] & (not directed)
    counts = np.zeros((len(chosen), n, 6))
    for i, v, k in permutations(range(n), 3):
        same = (kinds[i] == kinds[v], kinds[v] == kinds[k], kinds[i] == kinds[k])
        role = 0 if all(same) else 1 if same[2] else 2 if same[0] else 3 if same[1] else 4
        brokered = tied[:, i, v] & tied[:, v, k] & ~tied[:, i, k]
        counts[:, v, [role, 5]] += brokered[:, None] * (1 if directed else 0.5)
    ties = chosen.sum(axis=1)
    return counts, density**ties * (1 - density) ** (len(arcs) - ties)


def mean_and_sd(counts, chance):
    mean = np.tensordot(chance, counts, axes=1)
    return mean, np.sqrt(np.maximum(np.tensordot(chance, counts**2, axes=1) - mean**2, 0))


@pytest.mark.parametrize(
    "kinds", [["a", "a", "a", "b"], ["a", "a", "b", "b"], ["a", "b", "c", "c"]]
)
def test_expectations_of_undirected_networks_equal_enumeration(kinds):
    actors = pd.DataFrame({"kind": kinds}, index=list("0123"))
    ties = pd.DataFrame({"source": ["0", "1", "2"], "target": ["1", "2", "3"]})
    net = OrgNetwork(actors, ties, directed=False)
    mean, sd = mean_and_sd(*enumerated(kinds, 0.5, directed=False))
    found = brokerage.role_expectations(net, by="kind")
    np.testing.assert_allclose(found["expected"], mean, **EXACT)
    np.testing.assert_allclose(found["sd"], sd, **EXACT)


def test_the_exact_network_variance_equals_enumeration():
    kinds = ["a", "a", "b"]
    counts, chance = enumerated(kinds, 0.5, directed=True)
    mean, sd = mean_and_sd(counts.sum(axis=1), chance)
    ties = pd.DataFrame({"source": ["0", "1", "2"], "target": ["1", "2", "0"]})
    net = OrgNetwork(pd.DataFrame({"kind": kinds}, index=list("012")), ties)
    found = brokerage.net_roles(net, by="kind", variance="exact")
    np.testing.assert_allclose(found["expected"], mean, **EXACT)
    np.testing.assert_allclose(found["sd"], sd, **EXACT)


@pytest.mark.parametrize(
    ("kinds", "directed"),
    [
        (kinds, directed)
        for kinds in ("aab", "abc", "aaab", "aabb", "abcc")
        for directed in (True, False)
    ]
    + [("aabbc", False), ("abcdd", False)],
)
def test_the_spread_of_groups_and_of_networks_equals_enumeration(kinds, directed):
    pairs = len(kinds) * (len(kinds) - 1) // (1 if directed else 2)
    ends = [
        (i, j)
        for i in range(len(kinds))
        for j in range(len(kinds))
        if (i != j if directed else i < j)
    ]
    ties = pd.DataFrame(ends[: pairs // 3], columns=["source", "target"]).astype(str)
    ids = [str(i) for i in range(len(kinds))]
    net = OrgNetwork(pd.DataFrame({"kind": [*kinds]}, index=ids), ties, directed)
    counts, chance = enumerated([*kinds], len(ties) / pairs, directed)
    found = brokerage.group_roles(net, by="kind")
    for kind in set(kinds):
        mean, sd = mean_and_sd(counts[:, [one == kind for one in kinds]].sum(axis=1), chance)
        np.testing.assert_allclose(found.loc[kind, "expected"], mean, **EXACT)
        np.testing.assert_allclose(found.loc[kind, "sd"], sd, **EXACT)
        z = (found.loc[kind, "observed"] - mean) / np.where(sd > 0, sd, np.nan)
        np.testing.assert_allclose(found.loc[kind, "z"], z, atol=1e-7)
    mean, sd = mean_and_sd(counts.sum(axis=1), chance)
    whole = brokerage.net_roles(net, by="kind", variance="exact")
    np.testing.assert_allclose(whole["expected"], mean, **EXACT)
    np.testing.assert_allclose(whole["sd"], sd, **EXACT)


@pytest.mark.parametrize(
    ("kinds", "gaps", "directed"),
    [
        ("aabb", [(0, 1), (2, 3), (3, 0)], True),
        ("aaab", [(1, 0), (1, 2), (1, 3)], True),
        ("abcc", [(0, 2), (2, 0)], True),
        ("aabbc", [(0, 1), (2, 4)], False),
        ("aaabb", [(0, 1), (0, 2), (1, 2)], False),
        ("abcdd", [(3, 4)], False),
    ],
)
def test_chance_leaves_the_unknown_dyads_alone(kinds, gaps, directed):
    n, ids = len(kinds), [str(i) for i in range(len(kinds))]
    arcs = [(i, j) for i in range(n) for j in range(n) if (i != j if directed else i < j)]
    known = [arc for arc in arcs if arc not in gaps]
    rows = [(*arc, 1.0) for arc in known[::2]] + [(*arc, np.nan) for arc in gaps]
    ties = pd.DataFrame(rows, columns=["source", "target", "weight"])
    ties = ties.astype({"source": str, "target": str})
    net = OrgNetwork(pd.DataFrame({"kind": [*kinds]}, index=ids), ties, directed)
    counts, chance = enumerated([*kinds], len(known[::2]) / len(known), directed, gaps)
    mean, sd = mean_and_sd(counts, chance)
    found = brokerage.role_expectations(net, by="kind")
    np.testing.assert_allclose(found["expected"], mean, **EXACT)
    np.testing.assert_allclose(found["sd"], sd, atol=1e-7)
    for kind, row in brokerage.group_roles(net, by="kind").iterrows():
        mean, sd = mean_and_sd(counts[:, [one == kind for one in kinds]].sum(axis=1), chance)
        np.testing.assert_allclose(row["expected"], mean, **EXACT)
        np.testing.assert_allclose(row["sd"], sd, atol=1e-7)
    mean, sd = mean_and_sd(counts.sum(axis=1), chance)
    whole = brokerage.net_roles(net, by="kind")
    np.testing.assert_allclose(whole["expected"], mean, **EXACT)
    np.testing.assert_allclose(whole["sd"], sd, atol=1e-7)


@pytest.mark.parametrize("directed", [True, False])
def test_with_every_dyad_known_both_ways_to_work_out_chance_agree(directed):
    net = random_net(4, directed=directed)
    actors, groups = known_actor_moments(net, "kind"), known_set_moments(net, "kind")
    expected = brokerage.role_expectations(net, by="kind")
    of_groups = brokerage.group_roles(net, by="kind")
    whole = brokerage.net_roles(net, by="kind", variance="exact")
    for at, part in enumerate(("expected", "sd")):
        np.testing.assert_allclose(actors[at], expected[part], **EXACT)
        np.testing.assert_allclose(groups[at][:-1], of_groups[part], **EXACT)
        np.testing.assert_allclose(groups[at][-1], whole[part], **EXACT)


def test_who_did_not_answer_makes_nobody_else_a_broker():
    net = random_net(2, n=30, density=0.2)
    actors = net.actors.assign(responded=np.arange(30) < 21)
    told = net.ties[net.ties["source"].isin(actors.index[:21])]
    z = brokerage.role_expectations(OrgNetwork(actors, told), by="kind")["z", "total"]
    assert z[21:].isna().all()
    assert abs(z[:21].mean()) < 0.5


def test_with_unknown_dyads_chance_is_refused_beyond_a_size():
    actors = pd.DataFrame({"kind": "a"}, index=[str(i) for i in range(2001)])
    gap = pd.DataFrame({"source": ["0"], "target": ["1"], "weight": [np.nan]})
    with pytest.raises(UndefinedError, match="up to 2,000 actors; there are 2,001"):
        brokerage.role_expectations(OrgNetwork(actors, gap), by="kind")


@pytest.mark.parametrize("directed", [True, False])
def test_one_group_is_the_network(directed):
    net = random_net(3, groups=1, directed=directed)
    whole = brokerage.net_roles(net, by="kind", variance="exact")
    for part in ("observed", "expected", "sd", "z"):
        np.testing.assert_allclose(
            brokerage.group_roles(net, by="kind").loc["k0", part], whole[part], **EXACT
        )


def test_another_variance_is_refused_with_and_without_direction():
    for directed in (True, False):
        with pytest.raises(UndefinedError, match="'published' and 'exact'"):
            brokerage.net_roles(random_net(1, directed=directed), by="kind", variance="usual")


def test_z_is_undefined_where_chance_leaves_no_room():
    net = random_net(1, groups=12)
    z = brokerage.role_expectations(net, by="kind")["z"]
    assert z["coordinator"].isna().all()
    assert z["liaison"].notna().all()


def test_an_actor_without_a_group_is_named():
    net = random_net(1)
    actors = net.actors.assign(kind=["k0", None, *["k1"] * 10])
    with pytest.raises(DataError) as caught:
        brokerage.roles(OrgNetwork(actors, net.ties), by="kind")
    assert caught.value.issues["row"].tolist() == ["org 1"]


def test_a_missing_column_names_those_there_are():
    with pytest.raises(UndefinedError, match="'kind'"):
        brokerage.roles(random_net(1), by="sector")


def test_profile_holds_the_single_measures():
    net = chemnet("pol.csv")
    table = brokerage.profile(net, by="type")
    assert table.columns.tolist() == [
        "constraint", "effective_size", "efficiency", "hierarchy", "betweenness", *COLUMNS, "z",
    ]  # fmt: skip
    pd.testing.assert_series_equal(table["constraint"], brokerage.constraint(net))
    z = brokerage.role_expectations(net, by="type")["z", "total"]
    np.testing.assert_array_equal(table["z"], z)


# Invariants


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), directed=st.booleans())
def test_names_and_order_change_nothing_and_isolates_leave_the_others_alone(seed, directed):
    net = random_net(seed, n=9, directed=directed)
    rng = np.random.default_rng(seed)
    new = dict(zip(net.actors.index, rng.permutation([f"new {i}" for i in range(9)]), strict=True))
    actors = net.actors.rename(index=new).sample(frac=1, random_state=seed)
    actors = pd.concat([actors, pd.DataFrame({"kind": ["k0"]}, index=["apart"])])
    ties = net.ties.replace({"source": new, "target": new}).sample(frac=1, random_state=seed)
    other = OrgNetwork(actors, ties, directed)
    for measure in BURT.values():
        wanted = measure(net).rename(index=new)
        np.testing.assert_allclose(measure(other)[wanted.index], wanted, **EXACT)
    wanted = brokerage.roles(net, by="kind").rename(index=new)
    pd.testing.assert_frame_equal(brokerage.roles(other, by="kind").loc[wanted.index], wanted)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), directed=st.booleans())
def test_burt_stays_within_its_range(seed, directed):
    net = random_net(seed, n=8, directed=directed)
    partners = (net.to_matrix().T + net.to_matrix() > 0).sum()
    size = brokerage.effective_size(net)
    defined = size.notna()
    assert (size[defined] <= partners[defined] + 1e-12).all()
    assert (brokerage.constraint(net)[defined] > 0).all()
    assert brokerage.hierarchy(net)[defined].between(0, 1 + 1e-12).all()
    assert brokerage.efficiency(net)[defined].between(0, 1 + 1e-12).all()
