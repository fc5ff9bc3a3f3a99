import pandas as pd
import pytest

from orgnet_analytics import DataError, figures
from orgnet_analytics.measures import brokerage
from orgnet_analytics.readings import lifecycle


@pytest.fixture
def counted(make_network):
    net = make_network(42)
    return (
        net,
        brokerage.roles(net, by="sector"),
        brokerage.role_expectations(net, by="sector"),
    )


def test_bars_are_the_roles_of_the_strongest(counted):
    net, roles, _ = counted
    fig = figures.brokers(roles, labels=net.actors["label"], top=5, lang="nl")
    strongest = roles.sort_values("total", ascending=False, kind="stable").head(5)
    drawn = pd.DataFrame({bar.name: bar.x for bar in fig.data}, index=fig.data[0].customdata)
    assert drawn.sum(axis=1).tolist() == strongest["total"].tolist()
    assert drawn["poortwachter"].tolist() == strongest["gatekeeper"].tolist()
    assert net.actors.loc[strongest.index[0], "label"] in figures.describe(fig)


def test_z_of_the_total_is_marked(counted):
    _, roles, expectations = counted
    fig = figures.brokers(roles, expectations=expectations, top=3)
    marks = next(trace for trace in fig.data if trace.name == "z, all roles")
    table = figures.table(fig)
    assert list(marks.x) == expectations["z", "total"].reindex(table.index).tolist()
    assert fig.layout.xaxis2.title.text == "z against chance"


def test_nobody_brokers():
    roles = pd.DataFrame({"liaison": [0.0], "total": [0.0]}, index=["a"])
    fig = figures.brokers(roles)
    assert figures.describe(fig) == "No organization brokers a pair."
    assert len(figures.table(fig)) == 0


def test_wrong_tables_are_named(counted):
    _, roles, expectations = counted
    with pytest.raises(DataError, match="total"):
        figures.brokers(roles.drop(columns="total"))
    with pytest.raises(DataError, match="under 'z'"):
        figures.brokers(roles, expectations=expectations[["sd"]])
    with pytest.raises(DataError, match="no row"):
        figures.brokers(roles, expectations=expectations.iloc[1:])


def test_hostile_labels_are_text():
    roles = pd.DataFrame({"liaison": [2.0], "total": [2.0]}, index=["a"])
    fig = figures.brokers(roles, labels=pd.Series({"a": "<b>Zorg</b>"}))
    assert fig.layout.yaxis.ticktext == ("&lt;b&gt;Zorg&lt;/b&gt;",)
    assert "<b>Zorg" not in fig.data[0].hovertext[0]


def _seen():
    return pd.DataFrame(
        {
            "trust": [0.2, 0.9],
            "formalization": [0.1, 0.8],
            "age_years": [1.0, 9.0],
            "tie_jaccard": [float("nan"), 0.8],
        },
        index=[2021, 2025],
    )


def test_stages_show_memberships_and_only_observed_evidence():
    reading = lifecycle.judge(_seen())
    fig = figures.stages(reading, lang="nl")
    cells = fig.data[0]
    assert cells.y[:2] == ("activering", "collectivering")
    assert list(map(list, cells.z)) == reading.membership.T.to_numpy().tolist()
    marked = [(trace.name, x) for trace in fig.data[1:] for x in trace.x]
    assert len(marked) == reading.evidence["value"].notna().sum() == 7
    assert len(figures.table(fig)) == 7
    assert "2021" in figures.describe(fig)


def test_the_stage_read_is_framed_and_the_undetermined_is_not():
    reading = lifecycle.judge(_seen())
    told = reading.stages[reading.stages.isin(reading.membership.columns)]
    assert len(figures.stages(reading).layout.shapes) == len(told)
