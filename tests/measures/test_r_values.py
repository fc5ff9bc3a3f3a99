"""Forty networks, every odd shape among them, as R's sna and igraph see them."""

from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion

FOLDER = Path(__file__).parents[1] / "reference" / "r_values"
ACTORS = pd.read_csv(FOLDER / "actors.csv", dtype={"actor": str})
TIES = pd.read_csv(FOLDER / "ties.csv", dtype={"source": str, "target": str})
VALUES = pd.read_csv(
    FOLDER / "values.csv", dtype={"actor": str}, keep_default_na=False, na_values=["NA", "NaN"]
)
NETWORKS = list(ACTORS["network"].unique())
ROLES = ["coordinator", "consultant", "representative", "gatekeeper", "liaison", "total"]


@cache
def network(name):
    actors = ACTORS[ACTORS["network"] == name].set_index("actor")
    ties = TIES[TIES["network"] == name].drop(columns="network")
    return OrgNetwork(actors[["kind"]], ties, bool(actors["directed"].iloc[0]), name)


@cache
def roles(name):
    return brokerage.roles(network(name), by="kind")


@cache
def chance(name):
    return brokerage.role_expectations(network(name), by="kind")


@cache
def net_chance(name):
    return brokerage.net_roles(network(name), by="kind")


def both(name):
    """sna counts an undirected pair along both directions."""
    return 1 if network(name).directed else 2


MEASURES = {
    "degree in": lambda name: centrality.degree(network(name), mode="in"),
    "degree out": lambda name: centrality.degree(network(name), mode="out"),
    "betweenness": lambda name: centrality.betweenness(network(name)),
    "harmonic": lambda name: centrality.harmonic(network(name)),
    "constraint": lambda name: brokerage.constraint(network(name)),
    "coreness": lambda name: cohesion.coreness(network(name)),
    "cutpoint": lambda name: cohesion.is_cutpoint(network(name)),
    "clustering": lambda name: closure.clustering(network(name)),
    "density": lambda name: cohesion.net_density(network(name)),
    "components": lambda name: cohesion.net_components(network(name)),
    "distance": lambda name: cohesion.net_distance(network(name)),
    "compactness": lambda name: cohesion.net_compactness(network(name)),
    "connectedness": lambda name: cohesion.net_connectedness(network(name)),
    "hierarchy": lambda name: cohesion.net_hierarchy(network(name)),
    "transitivity": lambda name: closure.net_transitivity(network(name)),
    "triads": lambda name: closure.net_triad_census(network(name)),
    "dyads": lambda name: closure.net_dyad_census(network(name)).rename(
        {"mutual": "mut", "asymmetric": "asym"}
    ),
    "reciprocity dyad": lambda name: closure.net_reciprocity(network(name), kind="dyad"),
    "reciprocity arc": lambda name: closure.net_reciprocity(network(name), kind="arc"),
    "centralization freeman": lambda name: cohesion.net_centralization(network(name)),
    "centralization indegree": lambda name: cohesion.net_centralization(
        network(name), kind="indegree"
    ),
    "centralization outdegree": lambda name: cohesion.net_centralization(
        network(name), kind="outdegree"
    ),
    "centralization betweenness": lambda name: cohesion.net_centralization(
        network(name), kind="betweenness"
    ),
}
for _role in ROLES:
    MEASURES |= {
        f"roles {_role}": lambda name, role=_role: roles(name)[role] * both(name),
        f"expected {_role}": lambda name, role=_role: chance(name)["expected", role],
        f"sd {_role}": lambda name, role=_role: chance(name)["sd", role],
        f"network expected {_role}": lambda name, role=_role: net_chance(name).loc[
            role, "expected"
        ],
        f"network sd {_role}": lambda name, role=_role: net_chance(name).loc[role, "sd"],
    }


RECORDED = VALUES.groupby(["measure", "network"], sort=False)


def no_two_paths(name):
    """Whether nobody could have been introduced to anybody, counted one triple at a time."""
    tied = network(name).to_matrix().to_numpy() > 0
    triples = permutations(range(len(tied)), 3)
    return not any(tied[i, j] and tied[j, k] for i, j, k in triples)


def test_every_recorded_value_is_looked_at():
    assert set(VALUES["measure"]) == set(MEASURES)
    assert len(NETWORKS) == 40


@pytest.mark.parametrize(("measure", "name"), RECORDED.groups)
def test_equals_r(measure, name):
    recorded = RECORDED.get_group((measure, name))
    found = MEASURES[measure](name)
    if measure == "transitivity" and no_two_paths(name) and network(name).directed:
        # sna answers 1, "all of none"; a share of nothing is undefined.
        assert recorded["value"].tolist() == [1]
        assert np.isnan(found)
        return
    if isinstance(found, pd.Series):
        found = found.astype(float).loc[recorded["actor"]]
    np.testing.assert_allclose(found, recorded["value"].squeeze(), rtol=1e-10, atol=1e-10)


def test_unknown_dyads_leave_the_measures_of_the_known_network():
    known = network("directed 0.3")
    first = known.ties.iloc[0]
    gap = pd.DataFrame(
        {"source": [first["target"]], "target": [first["source"]], "weight": [np.nan]}
    )
    back = (known.ties["source"] == first["target"]) & (known.ties["target"] == first["source"])
    without = known.ties[~back]
    plain = OrgNetwork(known.actors, without)
    gapped = OrgNetwork(known.actors, pd.concat([without, gap], ignore_index=True))
    assert len(gapped.unknown) == 1
    pd.testing.assert_series_equal(brokerage.constraint(gapped), brokerage.constraint(plain))
    pd.testing.assert_frame_equal(
        brokerage.roles(gapped, by="kind"), brokerage.roles(plain, by="kind")
    )
    pd.testing.assert_series_equal(centrality.betweenness(gapped), centrality.betweenness(plain))
