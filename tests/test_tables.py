"""The two tables hold what the measures give, in the order of the actors and of the networks."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.measures import brokerage, closure, cohesion, diversity
from orgnet_analytics.tables import actor_table, network_table

EVERYDAY = ["strength", "betweenness", "constraint", "effective_size", "efficiency", "clustering"]


@pytest.fixture
def net():
    actors = pd.DataFrame(
        {"sector": [*"xxyy"], "responded": [True, True, True, False]}, index=[*"abcd"]
    )
    ties = pd.DataFrame({"source": [*"abc"], "target": [*"bac"[:2], "a"]})
    return OrgNetwork(actors, ties, name="district")


def test_actor_table_holds_the_measures(net):
    table = actor_table(net, by="sector")
    assert table.index.equals(net.actors.index)
    expected = [
        "degree",
        "indegree",
        "outdegree",
        *EVERYDAY,
        "is_cutpoint",
        "coordinator",
        "consultant",
    ]
    expected += ["representative", "gatekeeper", "liaison", "brokerage", "ei_index"]
    assert table.columns.tolist() == expected
    pd.testing.assert_series_equal(table["constraint"], brokerage.constraint(net))
    pd.testing.assert_series_equal(table["ei_index"], diversity.ei_index(net, by="sector"))
    assert table["indegree"].tolist() == [2, 1, 0, 0]
    assert table["is_cutpoint"].tolist() == [True, False, False, False]
    assert table.loc["d", ["constraint", "clustering", "ei_index"]].isna().all()


def test_actor_table_without_direction_or_groups(net):
    table = actor_table(OrgNetwork.from_ties(net.known.iloc[1:], directed=False))
    assert table.columns.tolist() == ["degree", *EVERYDAY, "is_cutpoint"]
    assert table["degree"].to_dict() == {"b": 1, "c": 1, "a": 2}


def test_actor_table_needs_one_relation_and_a_column_there_is(net):
    with pytest.raises(UndefinedError, match="'information', 'money'"):
        actor_table(load_knoke())
    with pytest.raises(UndefinedError, match="'sector'"):
        actor_table(net, by="type")


def test_network_table_of_one_network(net):
    table = network_table(net, by="sector")
    assert table.index.tolist() == ["district"]
    row = table.loc["district"]
    assert row[["actors", "ties", "unknown_dyads", "components"]].tolist() == [4, 3, 3, 2]
    assert row["response"] == 0.75
    assert row["density"] == pytest.approx(3 / 9)
    assert row["ei_index"] == pytest.approx(-1 / 3)
    assert row["reciprocity"] == closure.net_reciprocity(net)


def test_network_table_of_waves_keeps_their_order(net):
    table = network_table({2023: net, 2021: net.only(net.responded)})
    assert table.index.tolist() == [2023, 2021]
    assert table.index.name == "network"
    assert table["actors"].tolist() == [4, 3]
    assert table.loc[2021, "density"] == 0.5


def test_network_table_has_a_row_per_relation():
    table = network_table({"Knoke": load_knoke()})
    assert table.index.tolist() == [("Knoke", "information"), ("Knoke", "money")]
    assert table["density"].tolist() == pytest.approx([49 / 90, 22 / 90])
    assert table["response"].isna().all()
    money = load_knoke().relation("money")
    for kind in ("degree", "indegree", "outdegree", "betweenness"):
        found = table.loc[("Knoke", "money"), f"{kind}_centralization"]
        assert found == cohesion.net_centralization(money, kind=kind)


def test_network_table_of_a_network_of_one():
    alone = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    row = network_table(alone).loc["network"]
    assert row[["actors", "ties", "components"]].tolist() == [1, 0, 1]
    assert np.isnan(
        row[["density", "reciprocity", "transitivity", "fragmentation", "distance"]]
    ).all()


@pytest.mark.parametrize("nothing", [{}, {2021: None}, {2021: pd.DataFrame()}])
def test_network_table_says_what_it_wants(nothing):
    with pytest.raises(DataError, match="wanted one OrgNetwork"):
        network_table(nothing)
