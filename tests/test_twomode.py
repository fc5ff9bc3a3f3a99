"""TwoModeNetwork: memberships, what is unknown of them, and the networks they project to."""

import copy
import dataclasses
import pickle

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, TwoModeNetwork


def memberships(*pairs: str, **columns: object) -> pd.DataFrame:
    ends = {"actor": [pair[0] for pair in pairs], "event": [pair[1] for pair in pairs]}
    return pd.DataFrame(ends | columns)


@pytest.fixture
def half_told() -> TwoModeNetwork:
    """``c`` did not answer, but is known to be absent from ``y``."""
    actors = pd.DataFrame({"responded": [True, True, False]}, index=list("abc"))
    frame = memberships("ax", "bx", "by", "cy", weight=[1, 2, np.nan, 0])
    return TwoModeNetwork(actors, pd.DataFrame(index=list("xy")), frame, name="half told")


@st.composite
def incidences(draw: st.DrawFn) -> pd.DataFrame:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    cell = st.sampled_from([0.0, 1.0, 2.5, np.nan])
    cells = draw(st.lists(st.lists(cell, min_size=columns, max_size=columns),
                          min_size=rows, max_size=rows))  # fmt: skip
    ids = [f"a{i}" for i in range(rows)], [f"e{j}" for j in range(columns)]
    return pd.DataFrame(cells, *ids, dtype=float)


def test_every_problem_is_reported_at_once():
    actors, events = pd.DataFrame(index=["a", "x"]), pd.DataFrame(index=["x", "y", "y"])
    with pytest.raises(DataError) as caught:
        TwoModeNetwork(actors, events, memberships("ax", "qx", weight=[-1, 2]))
    assert caught.value.issues[["where", "value", "problem"]].to_numpy().tolist() == [
        ["events", "y", "the id stands more than once"],
        ["events", "x", "the id stands among the actors too"],
        ["ties", "q", "not among the actors"],
        ["ties", -1, "the weight must be a number, 0 or more"],
    ]


@pytest.mark.parametrize(
    ("build", "problem"),
    [
        (lambda: TwoModeNetwork.from_ties(None), "wanted a table, got NoneType"),
        (lambda: TwoModeNetwork.from_ties(pd.DataFrame({"actor": ["a"]})), "column is missing"),
        (lambda: TwoModeNetwork.from_ties(memberships("ax", "ax")), "stands more than once"),
        (lambda: TwoModeNetwork.from_matrix(pd.DataFrame([["z"]], ["a"], ["x"])),
         "wanted a number"),
        (lambda: TwoModeNetwork.from_ties(memberships("ax")).project("needs"),
         "side is 'actors' or 'events'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(build, problem):
    with pytest.raises(DataError, match=problem):
        build()


def test_parallel_memberships_are_summed_on_request():
    net = TwoModeNetwork.from_ties(memberships("ax", "ax", weight=[1, 2]), duplicates="sum")
    assert net.ties["weight"].tolist() == [3]


def test_a_membership_has_three_states(half_told):
    assert half_told.to_matrix().fillna(-1).to_numpy().tolist() == [[1, 0], [2, -1], [-1, 0]]
    assert half_told.unknown.to_numpy().tolist() == [["b", "y"], ["c", "x"]]
    assert half_told.known.to_numpy().tolist() == [["a", "x", 1.0], ["b", "x", 2.0]]


def test_the_projection_counts_shared_events_and_keeps_what_is_unknown(half_told):
    net = half_told.project("actors")
    assert not net.directed
    assert net.known.to_numpy().tolist() == [["a", "b", 1.0]]
    assert net.unknown.to_numpy().tolist() == [["a", "c"], ["b", "c"]]
    events = half_told.project("events")
    assert events.unknown.to_numpy().tolist() == [["x", "y"]]


@given(incidences())
def test_round_trip_through_a_matrix(matrix):
    net = TwoModeNetwork.from_matrix(matrix)
    pd.testing.assert_frame_equal(net.to_matrix(), matrix, check_column_type=False,
                                  check_index_type=False)  # fmt: skip


@given(incidences())
def test_the_projection_is_that_of_networkx(matrix):
    whole = matrix.fillna(0)
    net = TwoModeNetwork.from_matrix(whole)
    other = nx.bipartite.weighted_projected_graph(net.to_networkx(), list(matrix.index))
    wanted = {frozenset(pair): data["weight"] for *pair, data in other.edges(data=True)}
    got = {frozenset(row[:2]): row[2] for row in net.project().known.to_numpy().tolist()}
    assert got == wanted


@given(incidences())
def test_a_pair_is_known_only_where_no_gap_can_change_it(matrix):
    lowest, highest = (TwoModeNetwork.from_matrix(matrix.fillna(value)) for value in (0, 1))
    least, most = (net.project().to_matrix() > 0 for net in (lowest, highest))
    unknown = TwoModeNetwork.from_matrix(matrix).project().to_matrix().isna()
    assert (unknown == (least != most)).all(axis=None)


def test_the_graph_is_bipartite(half_told):
    graph = half_told.graph
    assert graph.is_bipartite()
    assert graph.vs["type"] == [False] * 3 + [True] * 2
    assert graph.get_edgelist() == [(0, 3), (1, 3)]
    assert nx.is_bipartite(half_told.to_networkx())


def test_nothing_read_from_it_changes_it(half_told):
    before = copy.deepcopy(half_told)
    events, frame = half_told.events, half_told.ties
    events["new"] = 1
    frame.loc[0, "weight"] = 9
    assert half_told == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        half_told.name = "other"


def test_pickling_keeps_it_whole(half_told):
    _ = half_told.graph
    again = pickle.loads(pickle.dumps(half_told))
    assert again == half_told
    assert "graph" not in vars(again)
    assert half_told != "half told"


def test_reprs_tell_and_escape(half_told):
    assert repr(half_told) == (
        "<TwoModeNetwork 'half told': 3 actors, 2 events, 2 memberships; 2 of 3 responded>"
    )
    page = dataclasses.replace(half_told, name="<script>")._repr_html_()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_the_projection_keeps_name_and_attributes():
    actors = pd.DataFrame({"sector": ["care", "police"]}, index=["a", "b"])
    net = TwoModeNetwork.from_ties(memberships("ax", "bx"), actors, name="needs")
    projected = net.project()
    assert isinstance(projected, OrgNetwork)
    assert projected.name == "needs"
    assert projected.column("sector").tolist() == ["care", "police"]
