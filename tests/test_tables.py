"""The two tables hold what the measures give, in the order of the actors and of the networks."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork, UndefinedError, response
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion, diversity
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


# bounds and few answers


def answered(many: int) -> OrgNetwork:
    """Ten organizations in a ring; ``many`` of them answered."""
    actors = pd.DataFrame({"responded": [i < many for i in range(10)]}, index=list("abcdefghij"))
    ties = pd.DataFrame({"source": list("abcdefghij"), "target": list("bcdefghija")})
    return OrgNetwork(actors, ties.iloc[:many], name="ring")


def test_actor_bounds_are_those_of_the_response(net):
    table = actor_table(net, by="sector", bounds=True)
    assert table.columns.tolist() == ["known", "lowest", "highest", "how"]
    plain = actor_table(net, by="sector").astype(float)
    pd.testing.assert_frame_equal(
        table["known"].unstack()[plain.columns], plain, check_names=False, check_index_type=False
    )
    # three dyads are unknown: every one of the eight ways is tried
    assert set(table["how"]) == {"enumerated"}
    for name in ("constraint", "betweenness"):
        wanted = response.bounds(net, getattr(brokerage, name)).table
        found = table.xs(name, level="measure")[wanted.columns]
        pd.testing.assert_frame_equal(found, wanted, check_names=False)


def test_sampled_and_exact_bounds_are_told_apart():
    table = actor_table(answered(6), bounds=True)
    how = table["how"].unstack().iloc[0].to_dict()
    assert {name for name, said in how.items() if said == "monotone"} == {
        "degree", "indegree", "outdegree", "strength",
    }  # fmt: skip
    assert how["betweenness"] == "sampled"
    degree = response.bounds(answered(6), centrality.degree).table
    found = table.xs("degree", level="measure")[degree.columns]
    pd.testing.assert_frame_equal(found, degree, check_names=False)


def test_network_bounds_are_those_of_the_response(net):
    table = network_table({"a": net, "b": net.only(net.responded)}, bounds=True)
    assert table.index.names == ["network", "measure"]
    for name, measure in (
        ("density", cohesion.net_density),
        ("transitivity", closure.net_transitivity),
    ):
        found = response.bounds(net, measure)
        row = table.loc[("a", name)]
        assert row[["known", "lowest", "highest"]].tolist() == [
            found.known, found.lowest, found.highest,
        ]  # fmt: skip
    assert set(table.loc["b", "how"]) == {"complete"}
    plain = network_table(net).iloc[0]
    np.testing.assert_allclose(
        table.loc["a", "known"].to_numpy(dtype=float),
        plain[table.loc["a"].index].to_numpy(dtype=float),
    )


def test_bounds_per_relation():
    table = network_table({"Knoke": load_knoke()}, bounds=True)
    assert table.index.names == ["network", "relation", "measure"]
    assert table.loc[("Knoke", "money", "density"), "highest"] == pytest.approx(22 / 90)


def test_few_answers_are_flagged():
    with pytest.warns(DataWarning, match="6 of 10 organizations answered: the table rests on few"):
        table = actor_table(answered(6))
    assert table["outdegree"].sum() == 6
    with pytest.warns(DataWarning, match="2023: 6 of 10 organizations answered"):
        waves = network_table({2021: answered(8), 2023: answered(6)})
    assert waves["density"].tolist() == [8 / 72, 6 / 54]


def test_too_few_answers_are_withheld_unless_asked_for():
    with pytest.warns(DataWarning, match="4 of 10 organizations answered: the table is withheld"):
        assert actor_table(answered(4)).isna().all(axis=None)
    with pytest.warns(DataWarning, match="withheld"):
        row = network_table(answered(4)).loc["ring"]
    assert row[["actors", "ties", "response", "unknown_dyads"]].tolist() == [10, 4, 0.4, 54]
    assert row.drop(["actors", "ties", "response", "unknown_dyads"]).isna().all()


def test_the_limits_may_be_moved():
    table = actor_table(answered(4), flag_below=0.4, withhold_below=0)
    assert table["outdegree"].sum() == 4
    with pytest.warns(DataWarning, match="withheld"):
        assert (
            network_table(answered(8), flag_below=0.95, withhold_below=0.9)["density"].isna().all()
        )


def test_bounds_are_shown_however_few_answered():
    table = network_table(answered(1), bounds=True)
    assert table.loc[("ring", "density"), ["lowest", "highest"]].tolist() == [1 / 90, 82 / 90]
