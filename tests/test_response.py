"""Response: who answered, what is known from which side, and what the gaps can do to a number."""

import functools
import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets, response
from orgnet_analytics.measures import centrality, closure, cohesion


@st.composite
def networks(draw: st.DrawFn, directed: bool = True, weights=(0.0, 1.0, 1.0, np.nan)) -> OrgNetwork:
    n = draw(st.integers(2, 6))
    ids = [f"o{i}" for i in range(n)]
    responded = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    pairs = [(a, b) for a in ids for b in ids if (a != b if directed else a < b)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    rows = [(*pair, draw(st.sampled_from(weights))) for pair in chosen]
    table = pd.DataFrame({"responded": responded}, index=ids)
    frame = pd.DataFrame(rows, columns=["source", "target", "weight"])
    return OrgNetwork(table, frame, directed)


@pytest.fixture
def net() -> OrgNetwork:
    """``a``, ``b``, ``c`` answered, ``d`` did not; one cell of ``b`` is blank."""
    table = pd.DataFrame({"responded": [True, True, True, False]}, index=list("abcd"))
    rows = [("a", "b", 1), ("b", "a", 1), ("a", "c", 1), ("a", "d", 2), ("b", "c", np.nan)]
    return OrgNetwork(table, pd.DataFrame(rows, columns=["source", "target", "weight"]))


# who answered


def test_the_rate_is_that_of_the_case():
    rates = [response.rate(net) for net in datasets.load_chronic_care().waves.values()]
    assert rates == pytest.approx([21 / 25, 31 / 39, 36 / 40])


def test_who_named_nobody_answered_all_the_same():
    assert (
        response.rate(OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), "ab")) == 1
    )


@pytest.mark.parametrize(
    ("answered", "said"), [(7, "report"), (6, "flag"), (5, "flag"), (4, "withhold")]
)
def test_too_few_answers_are_flagged_then_withheld(answered, said):
    table = pd.DataFrame({"responded": [i < answered for i in range(10)]}, index=range(10))
    net = OrgNetwork(table, pd.DataFrame({"source": [], "target": []}))
    assert response.guard(net) == said
    assert response.guard(net, flag_below=0.1, withhold_below=0) == "report"


def test_the_table_counts_the_sides_of_each_pair(net):
    table = response.table(net)
    assert table["named_by"].to_dict() == {"a": 1, "b": 1, "c": 1, "d": 1}
    assert table[["two_sides", "one_side", "no_side"]].to_numpy().tolist() == [
        [2, 1, 0], [1, 2, 0], [1, 2, 0], [0, 3, 0]]  # fmt: skip


@given(networks())
def test_sides_follow_from_the_two_reports(net):
    told = (~np.isnan(net.to_matrix().to_numpy())).astype(int)
    sides = np.where(np.eye(len(net), dtype=bool), -1, told + told.T)
    wanted = [[(row == side).sum() for side in (2, 1, 0)] for row in sides]
    assert response.table(net)[["two_sides", "one_side", "no_side"]].to_numpy().tolist() == wanted


@given(networks(directed=False))
def test_undirected_pairs_are_known_from_the_sides_that_answered(net):
    unknown = net.to_matrix().isna().to_numpy()
    answered = net.responded.to_numpy().astype(int)
    sides = np.where(unknown, 0, np.maximum(answered[:, None] + answered, 1))
    np.fill_diagonal(sides, -1)
    wanted = [[(row == side).sum() for side in (2, 1, 0)] for row in sides]
    assert response.table(net)[["two_sides", "one_side", "no_side"]].to_numpy().tolist() == wanted


def test_the_overview_says_it_in_one_column(net):
    found = response.overview(net)
    assert found.drop("confirmation").to_dict() == {
        "actors": 4, "responded": 3, "rate": 0.75, "guard": "report", "pairs_two_sides": 2,
        "pairs_one_side": 4, "pairs_no_side": 0, "named_by_respondents": 1.0,
        "named_by_others": 1.0,
    }  # fmt: skip
    assert found["confirmation"] == 0.5


@given(networks())
def test_confirmation_is_the_share_of_named_pairs_that_both_name(net):
    cells = net.to_matrix().to_numpy()
    both = either = 0
    for i, j in itertools.combinations(range(len(net)), 2):
        if not np.isnan(cells[i, j] + cells[j, i]):
            either += cells[i, j] > 0 or cells[j, i] > 0
            both += cells[i, j] > 0 and cells[j, i] > 0
    wanted = both / either if either else np.nan
    assert response.confirmation(net) == pytest.approx(wanted, nan_ok=True)


def test_confirmation_is_dyad_reciprocity_where_everybody_answered():
    net = datasets.load_knoke().relation("information")
    assert response.confirmation(net) == pytest.approx(closure.net_reciprocity(net, kind="dyad"))
    with pytest.raises(UndefinedError, match="ask for the confirmation rate before"):
        response.confirmation(response.symmetrize(net))


# one report of two

STATES = {
    "union": lambda a, b: 1 if 1 in (a > 0, b > 0) else a + b,
    "intersection": lambda a, b: 0 if 0 in (a, b) else np.sign(a + b),
    "min": lambda a, b: 0 if 0 in (a, b) else np.minimum(a, b),
    "max": lambda a, b: np.fmax(a, b) if a > 0 or b > 0 else a + b,
    "mean": lambda a, b: (a + b) / 2,
}


@pytest.mark.parametrize("rule", STATES)
@given(net=networks(weights=(0.0, 1.0, 2.0, 3.0, np.nan)))
def test_every_rule_keeps_the_three_states(rule, net):
    cells = net.to_matrix().to_numpy()
    wanted = np.array([[STATES[rule](a, b) for a, b in zip(r, c, strict=True)]
                       for r, c in zip(cells, cells.T, strict=True)], dtype=float)  # fmt: skip
    found = response.symmetrize(net, rule=rule)
    assert not found.directed
    np.testing.assert_array_equal(found.to_matrix().to_numpy(), wanted)


@given(networks(weights=(0.0, 1.0, 2.0, np.nan)))
def test_the_receivers_word_is_each_report_turned_round(net):
    found = response.symmetrize(net, rule="receiver")
    assert found.directed
    np.testing.assert_array_equal(found.to_matrix().to_numpy(), net.to_matrix().to_numpy().T)
    assert response.symmetrize(net, rule="sender") is net


def test_where_everybody_answered_it_is_what_networkx_does():
    net = datasets.load_knoke().relation("information")
    for rule, reciprocal in (("union", False), ("intersection", True)):
        wanted = net.to_networkx().to_undirected(reciprocal=reciprocal)
        assert len(response.symmetrize(net, rule=rule).known) == wanted.number_of_edges()
        assert response.symmetrize(net, rule=rule).relations == ("information",)


def test_rules_and_methods_are_named_in_the_error(net):
    with pytest.raises(UndefinedError, match="'union', 'intersection'"):
        response.symmetrize(net, rule="weak")
    with pytest.raises(UndefinedError, match="'drop', 'reconstruct', 'zero'"):
        response.treat(net, method="impute")
    both = datasets.load_knoke()
    with pytest.raises(UndefinedError, match="2 relations"):
        response.symmetrize(both)


# treatments


def test_dropping_leaves_out_who_did_not_answer(net):
    found = response.treat(net, method="drop")
    assert found.actors.index.tolist() == ["a", "b", "c"]
    assert found.notes == ("1 actor that did not answer left out",)


@given(networks())
def test_zero_fills_every_gap_and_changes_nothing_else(net):
    found = response.treat(net, method="zero")
    assert found.unknown.empty
    np.testing.assert_array_equal(found.to_matrix(), net.to_matrix().fillna(0))
    assert found.responded.equals(net.responded)


@given(networks(weights=(0.0, 1.0, 2.0, np.nan)))
def test_reconstruction_takes_the_other_report(net):
    cells = net.to_matrix().to_numpy()
    wanted = np.where(np.isnan(cells), cells.T, cells)
    np.testing.assert_array_equal(response.treat(net, method="reconstruct").to_matrix(), wanted)


def test_an_undirected_network_has_no_other_report():
    table = pd.DataFrame({"responded": [False, False]}, index=["a", "b"])
    net = OrgNetwork(table, pd.DataFrame({"source": [], "target": []}), directed=False)
    assert len(response.treat(net, method="reconstruct").unknown) == 1


@pytest.mark.parametrize("method", ["drop", "reconstruct", "zero"])
def test_treating_several_relations_is_treating_each(method):
    net = datasets.load_chronic_care().waves[2021]
    treated = response.treat(net, method=method)
    assert treated.relations == net.relations
    for kind in net.relations:
        alone = response.treat(net.relation(kind), method=method)
        pd.testing.assert_frame_equal(treated.relation(kind).to_matrix(), alone.to_matrix())


# bounds


def every_filling(net: OrgNetwork) -> list[OrgNetwork]:
    matrix, gaps = net.to_matrix(), net.unknown
    found = []
    for way in itertools.product((0.0, 1.0), repeat=len(gaps)):
        cells = matrix.copy()
        for (a, b), value in zip(gaps[["source", "target"]].to_numpy(), way, strict=True):
            cells.loc[a, b] = value
        found.append(OrgNetwork.from_matrix(cells))
    return found


MONOTONE = [
    cohesion.net_density, cohesion.net_components, cohesion.net_fragmentation,
    cohesion.net_compactness, cohesion.coreness, centrality.degree, centrality.strength,
    centrality.harmonic, centrality.reach, functools.partial(centrality.degree, mode="in"),
]  # fmt: skip


@pytest.mark.parametrize("measure", MONOTONE, ids=str)
def test_bounds_of_a_monotone_measure_are_those_of_every_filling(measure):
    rng = np.random.default_rng(7)
    for _ in range(4):
        cells = rng.choice([0, 1, np.nan], p=[0.5, 0.25, 0.25], size=(5, 5))
        net = OrgNetwork.from_matrix(cells)
        every = pd.DataFrame(
            [pd.Series(measure(other)) for other in every_filling(net)], dtype=float
        )
        found = response.bounds(net, measure)
        assert found.exact
        assert found.how in ("monotone", "complete")
        np.testing.assert_allclose(np.atleast_1d(found.lowest), every.min())
        np.testing.assert_allclose(np.atleast_1d(found.highest), every.max())


def test_few_gaps_are_tried_in_every_way(net):
    net = response.treat(net, method="drop")
    found = response.bounds(net, closure.net_transitivity)
    every = [closure.net_transitivity(other) for other in every_filling(net)]
    assert (found.how, found.draws, found.unknown) == ("enumerated", 2, 1)
    assert (found.lowest, found.highest) == (np.nanmin(every), np.nanmax(every))


def test_other_bounds_are_sampled_and_say_so(net):
    found = response.bounds(net, closure.net_reciprocity, draws=12, seed=1)
    again = response.bounds(net, closure.net_reciprocity, draws=12, seed=1)
    every = [closure.net_reciprocity(other) for other in every_filling(net)]
    assert not found.exact
    assert min(every) <= found.lowest <= found.known <= found.highest <= max(every)
    assert (found.lowest, found.highest) == (again.lowest, again.highest)
    assert "sampled, 20 draws: may be wider" in repr(found)


def test_a_function_of_the_user_with_the_name_of_a_measure_is_not_taken_for_it():
    actors = pd.DataFrame({"responded": [True, True, False]}, index=list("abc"))
    net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))

    def reach(other):
        return float(centrality.degree(other, mode="in").std())

    found = response.bounds(net, reach)
    # Named by nobody, once and twice: c may name a and b, one of them or neither.
    assert (found.how, found.lowest) == ("enumerated", pytest.approx(3**-0.5))
    assert found.highest == pytest.approx(2 / 3**0.5)


def test_the_caller_may_know_that_a_measure_is_monotone(net):
    found = response.bounds(net, lambda other: float(len(other.known)), monotone=True)
    assert (found.lowest, found.known, found.highest) == (4.0, 4.0, 8.0)
    assert found.exact


def test_nothing_unknown_is_no_width():
    net = datasets.load_knoke().relation("money")
    found = response.bounds(net, cohesion.net_density)
    assert found.lowest == found.known == found.highest == pytest.approx(22 / 90)
    assert found.how == "complete"
    assert found.table.loc["net_density"].tolist() == [22 / 90] * 3


def test_bounds_per_actor_come_as_a_table(net):
    table = response.bounds(net, centrality.degree).table
    assert table.loc["d"].tolist() == [1, 1, 4]
    assert (table["lowest"] <= table["known"]).all()
    assert "of 4 actors; 4 unknown dyads; monotone" in repr(response.bounds(net, centrality.degree))


def test_a_measure_must_answer_with_numbers_per_actor(net):
    with pytest.raises(DataError, match="wanted a number or a Series"):
        response.bounds(net, lambda other: other.ties)
    with pytest.raises(DataError, match="the same rows"):
        response.bounds(net, closure.tie_is_reciprocated)


def test_the_treatments_are_compared_in_one_table(net):
    table = response.sensitivity(net, cohesion.net_density)
    cells = net.to_matrix()
    assert table["value"].to_dict() == pytest.approx(
        {"known": 4 / 8, "drop": 3 / 5, "reconstruct": 5 / 12, "zero": 4 / 12,
         "lowest": 4 / 12, "highest": 8 / 12}
    )  # fmt: skip
    assert cells.isna().sum().sum() == 4
    assert table.loc["drop", ["actors", "unknown"]].tolist() == [3, 1]
    assert table.loc["zero", "change"] == pytest.approx(-1 / 6)


def test_the_treatments_are_compared_per_actor_too(net):
    table = response.sensitivity(net, functools.partial(centrality.degree, mode="in"))
    assert np.isnan(table.loc["d", "drop"])
    assert table.loc["a"].tolist() == [1, 1, 2, 1, 1, 2, True]
    sampled = response.sensitivity(net, centrality.betweenness, draws=4, seed=1)
    assert not sampled["exact"].any()


def test_bounds_of_a_real_size_case_hold_the_truth():
    rng = np.random.default_rng(3)
    truth = OrgNetwork.from_networkx(nx.gnp_random_graph(15, 0.3, seed=3, directed=True))
    table = truth.actors.assign(responded=rng.random(15) < 0.8)
    seen = truth.ties[truth.ties["source"].isin(table.index[table["responded"]])]
    net = OrgNetwork(table, seen)
    for measure in (cohesion.net_density, closure.net_transitivity):
        found = response.bounds(net, measure, draws=100, seed=1)
        assert found.lowest <= measure(truth) <= found.highest
