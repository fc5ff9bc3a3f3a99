"""The sensitivity figure shows the numbers of the table: of one measure, or of one per actor."""

import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, figures, response
from orgnet_analytics.measures import centrality, cohesion

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def net() -> OrgNetwork:
    actors = pd.DataFrame({"responded": [True, True, True, False]}, index=["a", "b", HOSTILE, "d"])
    ties = pd.DataFrame({"source": ["a", "b", HOSTILE], "target": ["b", "d", "a"]})
    return OrgNetwork(actors, ties)


def marks(fig):
    return {trace.name: list(trace.x) for trace in fig.data[1:]}


def test_one_number_is_one_row(net):
    table = response.sensitivity(net, cohesion.net_density)
    fig = figures.sensitivity(table, lang="nl")
    assert list(fig.data[0].x) == [*table.loc[["lowest", "highest"], "value"], None]
    assert [x for (x,) in marks(fig).values()] == table["value"].iloc[:4].tolist()
    assert figures.describe(fig).endswith("Mogelijk: 0,25 tot 0,50.")
    assert figures.table(fig)["value"].tolist() == table["value"].tolist()


def test_per_actor_the_highest_come_first_and_who_is_left_out_has_no_mark(net):
    table = response.sensitivity(net, centrality.degree)
    fig = figures.sensitivity(table, top=3)
    known = table["known"].sort_values(ascending=False, kind="stable").head(3)
    assert marks(fig)["as known"] == known.tolist()
    whole = figures.sensitivity(table)
    assert len(marks(whole)["left out"]) == 3
    assert len(marks(whole)["as known"]) == 4


@pytest.mark.parametrize("measure", [centrality.betweenness, cohesion.net_distance])
def test_sampled_bounds_are_called_so(net, measure):
    exact = figures.sensitivity(response.sensitivity(net, measure, draws=64))
    assert exact.data[0].name == "what is possible"
    fig = figures.sensitivity(response.sensitivity(net, measure, draws=4, seed=1))
    assert fig.data[0].name == "found by sampling; may be wider"
    assert figures.describe(fig).endswith("found by sampling: more may be possible.")


def test_another_table_is_refused():
    with pytest.raises(DataError, match="has no such treatment: 'reconstruct'"):
        figures.sensitivity(pd.DataFrame({"known": [1.0]}, index=["a"]))
