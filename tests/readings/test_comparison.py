"""One question to many networks."""

import functools

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics as ona
from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.measures.centrality import degree
from orgnet_analytics.measures.closure import net_dyad_census
from orgnet_analytics.measures.cohesion import net_centralization, net_density
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.reading import Reading, evidence_table

RULES = pd.DataFrame(columns=["value", "mark", "basis"])


def network(n, seed):
    draw = np.random.default_rng(seed).random((n, n)) < 0.2
    return OrgNetwork.from_matrix(draw.astype(float), [f"o{i}" for i in range(n)])


def dense(net):
    density = net_density(net)
    if len(net) < 3:
        raise UndefinedError("A network has three organizations or more.")
    verdict = "dense" if density > 0.2 else "sparse"
    return Reading(
        verdict=verdict,
        evidence=evidence_table([("density", density, verdict, True)]),
        rules=RULES,
    )


NETWORKS = {f"region {i}": network(5 + i, i) for i in range(45)}


def test_a_measure_gives_one_column_in_the_order_of_the_networks():
    table = ona.compare(net_density, NETWORKS)
    assert list(table.index) == list(NETWORKS)
    assert table.index.name == "network"
    assert table["net_density"].tolist() == [net_density(net) for net in NETWORKS.values()]


def test_a_reading_gives_its_verdict_and_its_indicators():
    table = ona.compare(dense, NETWORKS)
    assert list(table.columns) == ["verdict", "density"]
    assert (table["verdict"] == "dense").equals(table["density"] > 0.2)


def test_workers_change_nothing():
    asked = functools.partial(net_centralization, kind="indegree")
    one, two = (ona.compare(asked, NETWORKS, workers=workers) for workers in (1, 2))
    pd.testing.assert_frame_equal(one, two)


def test_a_network_without_an_answer_keeps_its_row_and_says_why():
    table = ona.compare(dense, {"small": network(2, 1), "large": network(9, 1)})
    assert table.loc["small", "problem"] == "A network has three organizations or more."
    assert pd.isna(table.loc["small", "verdict"])
    assert table.loc["large", "verdict"] in ("dense", "sparse")


@pytest.mark.parametrize("wrong", [{}, [network(3, 1)], network(3, 1)])
def test_something_else_than_a_dict_of_networks_is_told(wrong):
    with pytest.raises(DataError, match="wanted a dict of at least one"):
        ona.compare(net_density, wrong)


@pytest.mark.parametrize("question", [lambda net: net.actors, degree])
def test_an_answer_that_is_no_row_is_told(question):
    with pytest.raises(DataError, match="wanted a reading or a number per network"):
        ona.compare(question, {"one": network(3, 1)})


def test_a_census_gives_a_column_per_count():
    table = ona.compare(net_dyad_census, NETWORKS)
    assert (table.sum(axis=1) == [len(n) * (len(n) - 1) / 2 for n in NETWORKS.values()]).all()


def test_a_function_that_cannot_travel_is_told():
    with pytest.raises(UndefinedError, match="leave workers=1"):
        ona.compare(lambda net: 1.0, NETWORKS, workers=2)
