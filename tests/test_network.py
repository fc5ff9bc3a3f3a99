"""OrgNetwork: what it refuses, what it knows and does not know, and what it turns into."""

import copy
import dataclasses
import pickle
import warnings

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError, DataWarning, OrgNetwork, UndefinedError


def actors(ids: str, **columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns, index=list(ids))


def ties(*pairs: str, **columns: object) -> pd.DataFrame:
    ends = {"source": [pair[0] for pair in pairs], "target": [pair[1] for pair in pairs]}
    return pd.DataFrame(ends | columns)


def problems(build) -> list[tuple[object, ...]]:
    with pytest.raises(DataError) as caught:
        build()
    return list(caught.value.issues[["row", "column", "value", "problem"]].itertuples(index=False))


@pytest.fixture
def half_told() -> OrgNetwork:
    """``a`` and ``b`` answered, ``c`` did not, but c -> a is known to be absent."""
    told = actors("abc", responded=[True, True, False], sector=["care", "care", "housing"])
    return OrgNetwork(told, ties("ab", "bc", "ca", weight=[2, np.nan, 0]), name="half told")


@st.composite
def networks(draw: st.DrawFn) -> OrgNetwork:
    ids = [f"o{i}" for i in range(draw(st.integers(1, 6)))]
    directed = draw(st.booleans())
    table = pd.DataFrame(
        {"responded": draw(st.lists(st.booleans(), min_size=len(ids), max_size=len(ids)))},
        index=ids,
    )
    pairs = [(a, b) for a in ids for b in ids if (a != b if directed else a < b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    weight = st.sampled_from([0.0, 0.5, 1.0, 3.0, np.nan])
    rows = [(a, b, draw(weight)) for a, b in chosen]
    frame = pd.DataFrame(rows, columns=["source", "target", "weight"])
    return OrgNetwork(table, frame, directed)


# what it refuses


def test_every_problem_is_reported_at_once():
    found = problems(
        lambda: OrgNetwork(
            pd.DataFrame({"responded": [True, "perhaps", True]}, index=["a", "b", ""]),
            ties("ab", "az", "bq", weight=[1, "much", -2]),
        )
    )
    assert found == [
        (2, "index", "", "the id is empty"),
        (1, "target", "z", "not among the actors"),
        (2, "target", "q", "not among the actors"),
        (1, "weight", "much", "the weight must be a number, 0 or more"),
        (2, "weight", -2, "the weight must be a number, 0 or more"),
    ]


def test_responded_is_true_or_false():
    table = actors("ab", responded=["yes", None])
    assert [row[:2] for row in problems(lambda: OrgNetwork(table, ties("ab")))] == [
        ("a", "responded"),
        ("b", "responded"),
    ]


def test_an_unknown_name_comes_with_the_nearest_one():
    table = pd.DataFrame(index=["Thuiszorg-Zuid", "Politie"])
    frame = pd.DataFrame({"source": ["Thuiszorg Zuid"], "target": ["Politie"]})
    with pytest.raises(DataError, match="did you mean 'Thuiszorg-Zuid'"):
        OrgNetwork(table, frame)


@pytest.mark.parametrize(
    ("table", "frame", "problem"),
    [
        (None, ties("ab"), "wanted a table, got NoneType"),
        (actors("ab"), [("a", "b")], "wanted a table, got list"),
        (actors("aab"), ties("ab"), "the id stands more than once"),
        (actors("ab").set_axis(pd.MultiIndex.from_tuples([(1, 2), (3, 4)])), ties("ab"),
         "wanted one id per row, got several"),
        (actors("ab"), pd.DataFrame({"from": ["a"], "target": ["b"]}), "the column is missing"),
        (actors("ab"), ties("ab", weight=[np.inf]), "the weight must be a number, 0 or more"),
        (actors("ab"), ties("ab", "ba", relation=["x", None]), "no relation named"),
        (actors("ab"), pd.DataFrame([["a", "b", "b"]], columns=["source", "target", "target"]),
         "the column stands more than once"),
        (actors("ab"), ties("ab", "ab"), "this tie stands more than once"),
        (actors("ab"), pd.DataFrame({"source": ["a"], "target": [None]}), "no actor named"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_network_is_named(table, frame, problem):
    assert problem in [row[3] for row in problems(lambda: OrgNetwork(table, frame))]


def test_a_table_without_ends_is_refused_also_without_actors():
    found = problems(lambda: OrgNetwork.from_ties(pd.DataFrame({"from": ["a"], "to": ["b"]})))
    assert [row[1] for row in found] == ["source", "target"]
    assert problems(lambda: OrgNetwork.from_ties(None))[0][3] == "wanted a table, got NoneType"


def test_numbers_of_a_spreadsheet_are_ids_again():
    net = OrgNetwork.from_ties(pd.DataFrame({"source": [12.0, 7.0], "target": ["7", 12]}))
    assert net.actors.index.tolist() == ["12", "7"]
    assert net.ties[["source", "target"]].to_numpy().tolist() == [["12", "7"], ["7", "12"]]


@pytest.mark.parametrize(("rule", "weight"), [("sum", 5.0), ("max", 3.0)])
def test_parallel_ties_are_merged_on_request(rule, weight):
    net = OrgNetwork(actors("ab"), ties("ab", "ba", weight=[2, 3]), False, duplicates=rule)
    assert net.ties["weight"].tolist() == [weight]
    with pytest.raises(DataError, match="more than once"):
        OrgNetwork(actors("ab"), ties("ab", "ba", weight=[2, 3]), False)


def test_a_merged_tie_is_unknown_only_where_every_row_is():
    frame = ties("ab", "ab", "bc", "bc", weight=[np.nan, 1, np.nan, np.nan])
    net = OrgNetwork(actors("abc"), frame, duplicates="sum")
    assert net.ties["weight"].fillna(-1).tolist() == [1, -1]


def test_ties_of_an_actor_with_itself_are_set_aside_and_counted():
    with pytest.warns(DataWarning, match="1 tie of an actor with itself"):
        net = OrgNetwork(actors("ab"), ties("aa", "ab"))
    assert len(net.ties) == 1
    assert net.notes == ("1 tie of an actor with itself set aside",)


# tie, no tie, unknown


def test_a_dyad_has_three_states(half_told):
    assert half_told.known[["source", "target"]].to_numpy().tolist() == [["a", "b"]]
    unknown = sorted(map(tuple, half_told.unknown.to_numpy().tolist()))
    assert unknown == [("b", "c"), ("c", "b")]
    assert half_told.to_matrix().to_numpy() == pytest.approx(
        np.array([[0, 2, 0], [0, 0, np.nan], [0, np.nan, 0]]), nan_ok=True
    )


def test_an_undirected_pair_is_unknown_where_neither_side_answered():
    table = actors("abcd", responded=[True, False, False, False])
    net = OrgNetwork(table, ties("cb", weight=[0]), directed=False)
    assert net.unknown.to_numpy().tolist() == [["b", "d"], ["c", "d"]]


def test_who_answered_and_named_nobody_is_no_gap():
    assert OrgNetwork(actors("abc", responded=[True] * 3), ties()).unknown.empty


def test_a_reported_no_is_kept_only_where_it_says_something():
    told = actors("ab", responded=[True, False])
    plain = OrgNetwork(told, ties(), directed=False)
    assert OrgNetwork(told, ties("ba", weight=[0]), directed=False) == plain
    assert len(OrgNetwork(told, ties("ba", weight=[0])).ties) == 1


def test_unknown_dyads_are_told_per_relation():
    table = actors("ab", responded=[True, False])
    net = OrgNetwork(table, ties("ab", "ba", relation=["x", "y"]))
    assert net.unknown.to_numpy().tolist() == [["b", "a", "x"]]
    assert net.relation("x").unknown[["source", "target"]].to_numpy().tolist() == [["b", "a"]]


def test_a_measure_of_several_relations_names_the_choices():
    net = OrgNetwork(actors("ab"), ties("ab", "ab", relation=["x", "y"]))
    for ask in (lambda: net.graph, lambda: net.arcs, net.to_matrix, net.to_networkx):
        with pytest.raises(UndefinedError, match="'x', 'y'"):
            ask()
    with pytest.raises(UndefinedError, match="there is 'x', 'y'"):
        net.relation("z")
    assert net.relation("y").relations == ("y",)


# parts


def test_only_keeps_the_actors_and_the_ties_between_them(half_told):
    part = half_told.only(half_told.column("sector") == "care")
    assert part.actors.index.tolist() == ["a", "b"]
    assert len(part.ties) == 1
    assert half_told.only([True, False, True]).ties["weight"].tolist() == [0]


@pytest.mark.parametrize("mask", [True, ["a", "b", "c"], [True], [True, None, True], [0, 1, 2]])
def test_only_wants_one_true_or_false_per_actor(half_told, mask):
    with pytest.raises(DataError, match="one true or false per actor"):
        half_told.only(mask)


def test_a_missing_column_names_those_there_are(half_told):
    with pytest.raises(UndefinedError, match="'responded', 'sector'"):
        half_told.column("size")


def test_values_come_back_per_actor(half_told):
    series = half_told.per_actor([1, 2, 3], "rank")
    assert series.name == "rank"
    assert series.to_dict() == {"a": 1, "b": 2, "c": 3}


# it does not change


def test_nothing_read_from_it_changes_it(half_told):
    before = copy.deepcopy(half_told)
    table, frame, responded = half_told.actors, half_told.ties, half_told.responded
    table.loc["a", "sector"] = "police"
    table.index.name = "other"
    frame.loc[0, "weight"] = 9
    responded.loc["c"] = True
    assert half_told == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        half_told.name = "other"
    for part in half_told.arcs:
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 9


def test_the_tables_it_came_from_may_change_afterwards():
    table, frame = actors("ab", sector=["x", "y"]), ties("ab", weight=[1.0])
    net = OrgNetwork(table, frame)
    table.loc["a", "sector"], frame.loc[0, "weight"] = "z", 7.0
    assert net.column("sector").tolist() == ["x", "y"]
    assert net.ties["weight"].tolist() == [1.0]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_a_copy_is_equal_and_of_its_own(half_told, again):
    _ = half_told.graph
    other = again(half_told)
    assert other == half_told
    assert "graph" not in vars(other)
    assert not np.shares_memory(vars(other)["ties"]["weight"], vars(half_told)["ties"]["weight"])


def test_replacing_the_name_keeps_the_rest(half_told):
    renamed = dataclasses.replace(half_told, name="renamed")
    assert renamed != half_told
    assert dataclasses.replace(renamed, name="half told") == half_told
    assert half_told != "half told"


# how it shows itself


def test_the_repr_tells_the_network(half_told):
    assert repr(half_told) == (
        "<OrgNetwork 'half told': 3 actors, 1 directed tie; 2 of 3 responded; 1 unknown cell>"
    )
    net = OrgNetwork(actors("ab"), ties("ab", "ab", relation=["x", "y"]), directed=False)
    assert repr(net) == "<OrgNetwork: 2 actors, 2 undirected ties in 2 relations>"


def test_hostile_names_are_escaped():
    evil = "<img src=x onerror=alert(1)>"
    table = pd.DataFrame({evil: [evil]}, index=pd.Index([evil], name=evil))
    page = OrgNetwork(table, ties(), name=evil, notes=(evil,))._repr_html_()
    assert evil not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") == 6


# from and to other forms


@given(networks())
def test_round_trip_through_a_matrix(net):
    back = OrgNetwork.from_matrix(net.to_matrix(), directed=net.directed)
    pd.testing.assert_frame_equal(back.to_matrix(), net.to_matrix())


@given(networks())
def test_round_trip_through_networkx(net):
    back = OrgNetwork.from_networkx(net.to_networkx())
    assert back.directed == net.directed
    pd.testing.assert_frame_equal(back.actors, net.actors, check_column_type=False)
    pd.testing.assert_frame_equal(weights(back), weights(net))
    pd.testing.assert_frame_equal(back.to_matrix(), net.to_matrix())


@given(networks())
def test_round_trip_through_igraph(net):
    back = OrgNetwork.from_igraph(net.to_igraph())
    assert back.directed == net.directed
    pd.testing.assert_frame_equal(back.actors, net.actors, check_column_type=False)
    pd.testing.assert_frame_equal(weights(back), weights(net))
    pd.testing.assert_frame_equal(back.to_matrix(), net.to_matrix())


def test_other_programs_see_the_ties_alone(tmp_path):
    cells = np.array([[0, 2, np.nan], [0, 0, 1], [np.nan, 0, 0]])
    graph = OrgNetwork.from_matrix(cells, ["a", "b", "c"]).to_networkx()
    assert list(graph.edges) == [("a", "b"), ("b", "c")]
    nx.write_graphml(graph, tmp_path / "n.graphml")
    assert nx.read_graphml(tmp_path / "n.graphml").graph["unknown"] == '[["a", "c"], ["c", "a"]]'


@pytest.mark.parametrize("text", ["no list", '[["a"]]', "[1]", 3, "[[1, 2]]"])
def test_an_attribute_of_that_name_by_somebody_else_is_told(text):
    with pytest.raises(DataError, match="wanted a list of pairs as text"):
        OrgNetwork.from_networkx(nx.Graph([("a", "b")], unknown=text))


@given(networks())
def test_every_dyad_is_in_exactly_one_state(net):
    cells = net.to_matrix().to_numpy()
    places = ~np.eye(len(net), dtype=bool)
    pairs = places.sum() if net.directed else places.sum() // 2
    counted = [(cells > 0).sum(), np.isnan(cells).sum(), ((cells == 0) & places).sum()]
    if not net.directed:
        counted = [count // 2 for count in counted]
    assert counted[0] == len(net.known)
    assert counted[1] == len(net.unknown)
    assert sum(counted) == pairs


@given(networks(), st.randoms())
def test_the_order_of_rows_changes_nothing(net, random):
    rows = list(range(len(net.ties)))
    random.shuffle(rows)
    other = OrgNetwork(net.actors, net.ties.iloc[rows], net.directed)
    pd.testing.assert_frame_equal(other.to_matrix(), net.to_matrix())


def weights(net: OrgNetwork) -> pd.DataFrame:
    """Return the known ties in one order, whichever way an undirected one is written."""
    table = net.known.reset_index(drop=True)
    if not net.directed:
        ends = np.sort(table[["source", "target"]].to_numpy(dtype=object), axis=1)
        table = table.assign(source=ends[:, 0], target=ends[:, 1])
    ends = {"source": "str", "target": "str", "weight": float}
    return table.astype(ends).sort_values(["source", "target"], ignore_index=True)


def test_the_graph_has_the_order_of_the_tables(half_told):
    net = OrgNetwork(actors("bca"), ties("ab", "cb", "ba", weight=[3, 1, 2]))
    assert net.graph.get_edgelist() == [(2, 0), (1, 0), (0, 2)]
    assert net.graph.es["weight"] == [3, 1, 2]
    assert half_told.graph.ecount() == 1


def test_a_fresh_igraph_is_not_the_shared_one(half_told):
    half_told.to_igraph().delete_edges([0])
    assert half_told.graph.ecount() == 1


def test_attributes_called_source_do_not_hide_the_ends():
    graph = igraph.Graph([(0, 1)], directed=True)
    graph.es["source"] = ["survey"]
    assert OrgNetwork.from_igraph(graph).ties["source"].tolist() == ["0"]
    other = nx.DiGraph()
    other.add_edge("a", "b", source="survey")
    assert OrgNetwork.from_networkx(other).ties["source"].tolist() == ["a"]


def test_columns_named_by_a_number_travel():
    net = OrgNetwork(pd.DataFrame({2021: [1, 2]}, index=["a", "b"]), ties("ab").assign(y=3))
    frame = net.ties.rename(columns={"y": 2023})
    net = OrgNetwork(net.actors, frame)
    assert net.to_igraph().vs["2021"] == [1, 2]
    assert net.to_networkx().edges["a", "b"] == {"weight": 1.0, 2023: 3}


def test_networkx_finds_the_same_graph_as_igraph():
    karate = nx.karate_club_graph()
    net = OrgNetwork.from_networkx(karate)
    assert net.graph.transitivity_undirected() == pytest.approx(nx.transitivity(karate))
    assert len(net.triangles) == sum(nx.triangles(karate).values()) // 3
    assert net.column("club").tolist() == [karate.nodes[i]["club"] for i in karate]


@pytest.mark.parametrize(
    ("matrix", "ids", "problem"),
    [
        (np.zeros((2, 3)), None, "not square"),
        (pd.DataFrame([[0, 1], [0, 0]], list("ab"), list("ba")), None,
         "row names and column names differ"),
        (pd.DataFrame([[0, "x"], [0, 0]], list("ab"), list("ab")), None, "wanted a number"),
        (pd.DataFrame([[0, 1], [0, 0]], list("ab"), list("ab")), ["a", "c"],
         "not among the actors"),
        (np.zeros((2, 2)), ["a"], "2 rows for 1 actors"),
    ],
)  # fmt: skip
def test_a_bad_matrix_is_refused(matrix, ids, problem):
    assert problem in [row[3] for row in problems(lambda: OrgNetwork.from_matrix(matrix, ids))]


def test_an_undirected_network_needs_a_symmetric_matrix():
    with pytest.raises(DataError, match="not symmetric"):
        OrgNetwork.from_matrix(np.array([[0, 1], [0, 0]]), directed=False)


def test_a_matrix_follows_the_order_of_the_actors():
    matrix = pd.DataFrame([[0, 5], [0, 0]], index=["a", "b"], columns=["a", "b"])
    net = OrgNetwork.from_matrix(matrix, ["b", "a"], relation="money")
    assert net.to_matrix().to_numpy().tolist() == [[0, 0], [5, 0]]
    assert net.relations == ("money",)


def test_an_empty_network_is_a_network():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        net = OrgNetwork(actors(""), ties())
        assert net.to_matrix().shape == (0, 0)
        assert len(net) == len(net.unknown) == net.graph.vcount() == len(net.triangles) == 0


@given(networks())
def test_gaps_are_the_unknown_dyads_as_positions(net):
    ids = net.actors.index
    found = set(zip(ids[net.gaps.source], ids[net.gaps.target], strict=True))
    assert found == set(net.unknown.itertuples(index=False, name=None))


def test_what_a_network_keeps_cannot_be_written_to(half_told):
    for kept in (
        half_told.arcs.weight,
        half_told.dyads.forth,
        half_told.triangles,
        half_told.gaps.source,
    ):
        with pytest.raises(ValueError, match="read-only"):
            kept[...] = 7


def test_names_are_looked_up_alike_as_text_numbers_and_categories():
    text = pd.DataFrame({"source": ["3", "1"], "target": ["2", "3"]})
    kinds = {
        "source": pd.Categorical(["3", "1"], list("9731")),
        "target": pd.Categorical(["2", "3"]),
    }
    for frame in (
        text,
        text.astype(float),
        pd.DataFrame(kinds),
        text.assign(source=kinds["source"]),
    ):
        net = OrgNetwork(actors("123"), frame)
        assert [end.tolist() for end in net.arcs[:2]] == [[2, 0], [1, 2]]


def test_who_is_nobody_is_told_at_either_end_though_an_id_stands_twice():
    with pytest.raises(DataError) as caught:
        OrgNetwork(
            actors(["clinic", "clinic", "homes"]), ties(["clinic", "home"], ["clinc", "homes"])
        )
    told = caught.value.issues[["problem", "row", "column", "value"]].values.tolist()
    assert told == [
        ["the id stands more than once", "", "index", "clinic"],
        ["not among the actors", 1, "source", "clinc"],
        ["not among the actors", 0, "target", "home"],
    ]
    assert caught.value.issues["suggestion"].tolist()[1:] == [
        "did you mean 'clinic'?",
        "did you mean 'homes'?",
    ]
