"""Every figure of the reference files is held to: here, or by the test named beside it."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.inference import qap_correlation
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion, diversity

REFERENCE = Path(__file__).parents[1] / "reference"
EXACT = 1e-10
ELSEWHERE = {  # part of the path of a figure -> the test that asserts it
    r"(density|(in|out|betweenness)_centralization)$": "test_cohesion.py::test_knoke_is_as_recorded",
    r"mutual|asymmetric|null|reciprocity_(arc|dyad)$": "test_closure.py::test_knoke_is_as_recorded",
    r"(in|out)_degree/|KNOK./betweenness/": "test_centrality.py::test_degree_and_betweenness_are_those_",
    r"krackhardt/(conn|hier|eff|lubness$)": "test_krackhardt.py::test_knoke_is_as_recorded",
    r"burt_.*/(effsize|efficiency|constraint|hierarchy|WRO)$":
        "test_brokerage.py::test_burt_equals_the_recorded_values_for_knoke",
    r"core_periphery": "test_core_periphery.py::test_knoke_is_as_recorded",
    r"KPP": "test_brokerage_more.py::test_key_players_equal_the_recorded_optima",
    r"everett_valente": "test_brokerage_more.py::test_everett_valente_equals_the_recorded_values",
    r"concor/first": "test_positions.py::test_the_correlations_of_knoke_are_the_published_ones",
    r"concor/converged": "test_positions.py::test_the_first_split_of_knoke_is_the_recorded_one",
    r"multiplex/(both|info|money)": "test_trust.py::test_multiplexity_of_knoke_is_as_recorded",
    r"multiplex/jaccard": "test_change.py::",
    r"published.*/betweenness/": "test_centrality.py::test_betweenness_of_knoke_is_the_published_one",
}  # fmt: skip
HOW_IT_WAS_MADE = (
    r"check_(maxdiff|note)$|/k$|source$|concor/iterations|(lub_violations|lubness_as_sna.*)$"
)


def leaves(thing, path=""):
    if isinstance(thing, dict) and thing:
        for key, value in thing.items():
            yield from leaves(value, f"{path}/{key}".lstrip("/"))
    elif isinstance(thing, list) and any(isinstance(one, dict) for one in thing):
        for number, value in enumerate(thing):
            yield from leaves(value, f"{path}/{number}")
    else:
        yield path, thing


KNOKE = json.loads((REFERENCE / "knoke" / "expected.json").read_text())
NETS = {name: OrgNetwork.from_matrix(pd.read_csv(REFERENCE / "knoke" / f"{name}.csv", index_col=0))
        for name in ("KNOKI", "KNOKM")}  # fmt: skip
MONEY, NEWS = NETS["KNOKM"], NETS["KNOKI"]
HERE = {
    "multiplex/pearson_offdiag": lambda: (
        qap_correlation(NEWS, MONEY, permutations=1, seed=1).estimate
    )
}
for _name, _net in NETS.items():
    _union = OrgNetwork.from_matrix(
        np.maximum(_net.to_matrix(), _net.to_matrix().T), directed=False
    )
    HERE |= {
        f"{_name}/n": lambda net=_net: len(net),
        f"{_name}/ties": lambda net=_net: len(net.known),
    } | {
        f"{_name}/keyplayer_exhaustive_union/{row}/{key}": compute
        for row in (0, 1)
        for key, compute in {
            "base_F": lambda net=_union: cohesion.net_fragmentation(net),
            "base_DF": lambda net=_union: 1 - cohesion.net_compactness(net),
        }.items()
    } | {
        f"{_name}/{kind}/{actor}/degree": lambda net=_net, actor=actor: len(
            {*net.graph.neighbors(net.actors.index.get_loc(actor))}
        )
        for kind in ("burt_whole_network_directed", "burt_ego_network_directed", "burt_undirected_union")
        for actor in _net.actors.index
    }  # fmt: skip
_published = "published_values_recalled_and_confirmed_by_computation"
ROUNDED = {  # figures as printed, with the digits they have
    f"{_published}/density_info": (lambda: cohesion.net_density(NEWS), 4),
    f"{_published}/density_money": (lambda: cohesion.net_density(MONEY), 4),
    f"{_published}/out_degrees_sum": (lambda: centrality.degree(NEWS, mode="out").sum(), 0),
    f"{_published}/reciprocity_dyad_info": (lambda: closure.net_reciprocity(NEWS, kind="dyad"), 4),
    f"{_published}/betweenness_centralization_pct":
        (lambda: 100 * cohesion.net_centralization(NEWS, kind="betweenness"), 2),
    f"{_published}/krackhardt_efficiency_info": (lambda: cohesion.net_efficiency(NEWS), 4),
    f"{_published}/centralization_pct/in":
        (lambda: 100 * cohesion.net_centralization(NEWS, kind="indegree"), 0),
    f"{_published}/centralization_pct/out":
        (lambda: 100 * cohesion.net_centralization(NEWS, kind="outdegree"), 0),
}  # fmt: skip
FIGURES = dict(leaves(KNOKE))


@pytest.mark.parametrize("path", sorted(HERE.keys() & FIGURES.keys()))
def test_knoke(path):
    assert HERE[path]() == pytest.approx(FIGURES[path], abs=EXACT)


@pytest.mark.parametrize("path", ROUNDED)
def test_knoke_as_printed(path):
    compute, digits = ROUNDED[path]
    assert compute() == pytest.approx(FIGURES[path], abs=0.5001 * 10**-digits)


def test_no_figure_of_knoke_is_left_out():
    for path in FIGURES.keys() - HERE.keys() - ROUNDED.keys():
        assert re.search(HOW_IT_WAS_MADE, path) or any(
            re.search(part, path) for part in ELSEWHERE
        ), path
    assert ROUNDED.keys() <= FIGURES.keys()


@pytest.mark.parametrize("place", ELSEWHERE.values())
def test_the_tests_that_assert_the_rest_are_there(place):
    file, _, name = place.partition("::")
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    assert f"def {name}" in text
    assert "expected" in text


def test_the_shipped_knoke_is_the_recorded_one():
    for kind, net in {"information": NEWS, "money": MONEY}.items():
        shipped = load_knoke().relation(kind).to_matrix()
        assert shipped.astype(bool).equals(net.to_matrix().astype(bool))


@pytest.mark.parametrize("case", ["directed", "directed_weighted"])
def test_burt_with_direction_rounds_to_the_published_values(case):
    published = json.loads((REFERENCE / "burt_borgatti1997" / "expected.json").read_text())[
        "published"
    ][case]
    columns = ["source", "target", "weight"][: len(published["edges"][0])]
    net = OrgNetwork.from_ties(
        pd.DataFrame(published["edges"], columns=columns).astype({"source": str, "target": str})
    )
    by_id = net.actors.index.argsort()
    for name in ("constraint", "effective_size"):
        found = getattr(brokerage, name)(net).to_numpy()[by_id]
        assert found == pytest.approx(published[name], abs=5.1e-4)


def test_partners_in_the_example_of_borgatti_are_as_recorded():
    record = json.loads((REFERENCE / "burt_borgatti1997" / "expected.json").read_text())
    ties = pd.DataFrame(record["edges_weighted"], columns=["source", "target", "weight"])
    degree = centrality.degree(OrgNetwork.from_ties(ties, directed=False))
    for actors in record["computed_all_nodes"].values():
        assert degree.to_dict() == {actor: row["degree"] for actor, row in actors.items()}


# the German toxic chemicals policy network

CHEMNET = REFERENCE / "chemnet"


def chemnet(name):
    types = pd.read_csv(CHEMNET / "types.csv", index_col=0)
    return OrgNetwork.from_matrix(pd.read_csv(CHEMNET / f"{name}.csv", index_col=0), types)


@pytest.mark.parametrize(("name", "nodes"), [("pol", "pol"), ("sci_confirmed", "sci")])
def test_degree_and_betweenness_of_chemnet(name, nodes):
    net, recorded = chemnet(name), pd.read_csv(CHEMNET / f"node_{nodes}.csv", index_col="id")
    assert net.actors["type"].tolist() == recorded["type"].tolist()
    assert centrality.degree(net, mode="out").tolist() == recorded["out"].tolist()
    assert centrality.degree(net, mode="in").tolist() == recorded["ind"].tolist()
    np.testing.assert_allclose(centrality.betweenness(net), recorded["betw"], rtol=0, atol=EXACT)


R_OF_CHEMNET = {  # r_sna_output.txt: seven digits
    "pol": {"density": 0.3931034, "arc": 0.6140351, "dyad": 0.443038, "transitivity": 0.6255289,
            "outdegree": 0.627824, "indegree": 0.4494649, "betweenness": 0.1347425, "connectedness": 1,
            "hierarchy": 0, "efficiency": 0.627824},
    "sci_confirmed": {"density": 0.07241379, "arc": 0.3492063, "dyad": 0.2115385, "transitivity": 0.316092,
            "outdegree": 0.2104637, "indegree": 0.2104637, "betweenness": 0.11708,
            "connectedness": 0.5816092, "hierarchy": 0.4827586, "efficiency": 0.9152893},
}  # fmt: skip
CENSUSES = {
    "pol": ([105, 132, 198],
            [606, 804, 432, 166, 143, 108, 281, 325, 133, 2, 231, 139, 179, 59, 293, 159]),
    "sci_confirmed": ([11, 41, 383], [2852, 774, 219, 57, 25, 46, 22, 20, 15, 0, 12, 9, 3, 1, 5, 0]),
}  # fmt: skip


@pytest.mark.parametrize("name", R_OF_CHEMNET)
def test_chemnet_as_r_prints_it(name):
    net = chemnet(name)
    found = {
        "density": cohesion.net_density(net),
        "arc": closure.net_reciprocity(net),
        "dyad": closure.net_reciprocity(net, kind="dyad"),
        "transitivity": closure.net_transitivity(net),
        "connectedness": cohesion.net_connectedness(net),
        "hierarchy": cohesion.net_hierarchy(net),
        "efficiency": cohesion.net_efficiency(net, kind="arc"),
    } | {
        kind: cohesion.net_centralization(net, kind=kind)
        for kind in ("outdegree", "indegree", "betweenness")
    }
    assert found == pytest.approx(R_OF_CHEMNET[name], rel=5e-7)
    dyads, triads = CENSUSES[name]
    assert closure.net_dyad_census(net).tolist() == dyads
    assert closure.net_triad_census(net).tolist() == triads


def test_who_works_across_types_in_chemnet():
    net = chemnet("pol")
    cells = net.to_matrix()
    union = OrgNetwork.from_matrix(np.maximum(cells, cells.T), net.actors, directed=False)
    assert diversity.net_ei_index(union, by="type") == pytest.approx(
        (163 - 74) / (163 + 74), abs=EXACT
    )
    assert diversity.net_ei_index(net, by="type") == pytest.approx((220 - 122) / 342, abs=EXACT)


def test_the_matrices_of_chemnet_are_as_they_are_described():
    to, from_, both = (chemnet(name) for name in ("scito", "scifrom", "sci_confirmed"))
    agreed = to.to_matrix() * from_.to_matrix().T
    assert agreed.equals(both.to_matrix())
    assert [len(chemnet(name).known) for name in ("sci_confirmed", "pol")] == [63, 342]
    influence = pd.read_csv(CHEMNET / "infrep.csv", index_col=0).to_numpy()
    assert influence.sum() == 296
    assert len(chemnet("infrep").known) == 296 - np.trace(influence)  # nobody is tied to itself
    assert pd.read_csv(CHEMNET / "committee.csv", index_col=0).shape == (30, 20)
