import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError, explore, figures
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.explore.explorer import MEASURES, groupings, pairs_table
from orgnet_analytics.measures import brokerage

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def net():
    knoke = load_knoke()
    sector = ["public" if i in ("COUN", "EDUC", "MAYR") else "other" for i in knoke.actors.index]
    actors = knoke.actors.assign(sector=sector, label=[f"{i} & co" for i in knoke.actors.index])
    return OrgNetwork(actors, knoke.ties, name="knoke")


@pytest.mark.parametrize("directed", [True, False])
def test_pairs_are_as_many_as_the_roles_count(net, directed):
    money = net.relation("money")
    matrix = money.to_matrix()
    one = OrgNetwork.from_matrix(
        matrix if directed else ((matrix + matrix.T) > 0).astype(float),
        directed=directed,
        actors=money.actors,
    )
    roles = brokerage.roles(one, by="sector")
    for actor in one.actors.index:
        pairs = explore.brokered_pairs(one, actor, by="sector")
        assert len(pairs) == roles.loc[actor, "total"]
        counts = pairs["role"].value_counts()
        assert counts.get("consultant", 0) == roles.loc[actor, "consultant"]
        both = counts.get("representative or gatekeeper", 0)
        assert both == (0 if directed else 2 * roles.loc[actor, "gatekeeper"])


def test_an_unknown_actor_is_named(net):
    with pytest.raises(UndefinedError, match="did you mean 'COUN'"):
        explore.brokered_pairs(net.relation("money"), "COUNT")


def test_the_figure_follows_the_controls(net):
    for measure in MEASURES:
        fig = explore.brokerage_figure(net, relation="money", by="sector", measure=measure)
        drawn = figures.table(fig)[measure].astype(float)
        one = net.relation("money")
        alone = OrgNetwork(one.actors.assign(own=one.actors.index), one.ties)
        expected = (
            brokerage.roles(alone, by="own")["total"]
            if measure == "brokered"
            else MEASURES[measure](one)
        )
        pd.testing.assert_series_equal(
            drawn, expected, check_names=False, check_index_type=False, check_index=False
        )
    with pytest.raises(UndefinedError, match="'betweenness'"):
        explore.brokerage_figure(net, relation="money", measure="fame")


def test_groupings_are_columns_that_group(net):
    assert groupings(net, None) == ["sector"]
    assert groupings(net, "label") == ["label", "sector"]


def test_the_table_names_the_pairs_and_escapes(net):
    told = net.relation("information")
    names = pd.Series({i: f"{HOSTILE} {i}" for i in told.actors.index})
    shown = pairs_table(told, "MAYR", "sector", names, "nl")
    pairs = explore.brokered_pairs(told, "MAYR")
    assert len(pairs) > 0
    assert shown.count("<tr") == len(pairs) + 1
    assert "<img" not in shown
    assert "&lt;img" in shown
    assert "vertegenwoordiger" in shown or "poortwachter" in shown
    assert "Click an organization" in pairs_table(told, None, None, names, "en")


def test_a_network_without_relations_or_ties_can_be_explored():
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    one = OrgNetwork.from_ties(ties)
    assert figures.describe(explore.brokerage_figure(one)).startswith("Network: 2 organizations")
    assert "brokers no pair" in pairs_table(one, "a", None, pd.Series({"a": "a", "b": "b"}), "en")


def test_controls_drive_the_widget(net):
    pytest.importorskip("anywidget", reason="the explorer needs anywidget")
    panel = explore.brokerage(net, by="sector", lang="nl")
    controls, figure, pairs = panel.children
    relation, by, _measure, actor = controls.children
    assert [control.description for control in controls.children] == [
        "relatie",
        "groepen",
        "grootte",
        "organisatie",
    ]
    before = [trace.x for trace in figure.data]
    relation.value = "money"
    assert [trace.x for trace in figure.data] != before
    by.value = ""
    assert not any(t.showlegend for t in figure.data if t.meta == "actors")
    assert "Klik" in pairs.value
    actor.value = "MAYR"
    assert "MAYR &amp; co" in pairs.value


def test_a_click_chooses_the_actor(net):
    pytest.importorskip("anywidget", reason="the explorer needs anywidget")
    from plotly.callbacks import InputDeviceState, Points

    panel = explore.brokerage(net, by="sector")
    controls, figure, _pairs = panel.children
    trace = next(trace for trace in figure.data if trace.meta == "actors")
    points = Points(point_inds=[1], xs=[0], ys=[0], trace_name=trace.name, trace_index=0)
    trace._dispatch_on_click(points, InputDeviceState())
    assert controls.children[3].value == trace.customdata[1]
