"""Inference: against every order of small networks, refits of every draw, and R's sna."""

import functools
import itertools
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets, inference
from orgnet_analytics.inference import engine, least_squares, qap, sheets
from orgnet_analytics.measures import closure, cohesion, diversity

R = pd.read_csv(Path(__file__).parent / "reference" / "sna_inference" / "values.csv")
R = R.set_index(["test", "term", "what"])["value"].sort_index()


@pytest.fixture(scope="module")
def knoke() -> OrgNetwork:
    return datasets.load_knoke()


@pytest.fixture(scope="module")
def information(knoke) -> OrgNetwork:
    return knoke.relation("information")


def matrix(seed: int, n: int, *, symmetric: bool = False, gaps: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    cells = (rng.random((n, n)) < 0.5) * rng.integers(1, 4, (n, n)).astype(float)
    cells[rng.random((n, n)) < gaps] = np.nan
    if symmetric:
        cells = np.triu(cells, 1)
        cells = cells + cells.T
    np.fill_diagonal(cells, 0)
    ids = [f"o{i}" for i in range(n)]
    return pd.DataFrame(cells, ids, ids)


def orders_of(n: int) -> np.ndarray:
    return np.array(list(itertools.permutations(range(n))))


def places(n: int, symmetric: bool) -> np.ndarray:
    return np.triu(np.ones((n, n), dtype=bool), 1) if symmetric else ~np.eye(n, dtype=bool)


# the engine


def test_the_seed_makes_the_same_draws_whatever_the_number_of_workers(knoke):
    pair = [knoke.relation(kind) for kind in knoke.relations]
    ask = functools.partial(inference.qap_correlation, *pair, permutations=600)
    alone, two = ask(seed=5), ask(seed=5, workers=2)
    np.testing.assert_array_equal(alone.draws, two.draws)
    assert alone.p == two.p
    assert not np.array_equal(alone.draws, ask(seed=6).draws)


def test_without_a_seed_the_result_tells_the_one_it_used(information):
    first = inference.bootstrap(information, closure.net_reciprocity, draws=20)
    again = inference.bootstrap(information, closure.net_reciprocity, draws=20, seed=first.seed)
    np.testing.assert_array_equal(first.draws, again.draws)


class Cluster:
    """What is used of a dask client."""

    def __init__(self):
        self.sent = 0

    def map(self, function, items, *, pure):
        assert pure is False
        self.sent = len(items)
        return [function(item) for item in items]

    def gather(self, futures):
        return futures


def test_a_cluster_makes_the_same_draws(information):
    cluster = Cluster()
    far = inference.cug(information, closure.net_reciprocity, draws=300, seed=2, client=cluster)
    ask = functools.partial(inference.cug, information, draws=300, seed=2)
    near, two = ask(closure.net_reciprocity), ask(closure.net_reciprocity, workers=2)
    assert cluster.sent == 2
    np.testing.assert_array_equal(far.draws, near.draws)
    np.testing.assert_array_equal(two.draws, near.draws)


def test_a_measure_that_cannot_travel_is_named(information):
    with pytest.raises(UndefinedError, match="define it with def"):
        inference.cug(information, lambda net: 1.0, draws=600, workers=2)


def test_draws_and_workers_are_counts(information):
    for wrong in ({"draws": 0}, {"workers": 0}):
        with pytest.raises(DataError, match="wanted 1 or more"):
            inference.bootstrap(information, closure.net_reciprocity, **wrong)


def test_the_data_count_as_a_draw_and_p_is_never_zero():
    test = engine.tested("a", 5.0, np.array([1.0, 2.0, 5.0, np.nan]), 1)
    assert (test.greater, test.less) == (0.5, 1.0)
    assert test.p == 1.0
    assert engine.tested("a", 9.0, np.arange(99.0) / 20, 1).greater == 0.01
    assert np.isnan(engine.tested("a", np.nan, np.ones(3), 1).p)
    assert repr(test) == "<Test a: 5, p = 1; by chance 1.05 to 4.85 (4 draws)>"


def test_results_do_not_change(information):
    found = inference.bootstrap(information, closure.net_reciprocity, draws=5, seed=1)
    with pytest.raises(ValueError, match="read-only"):
        found.draws[0] = 0


# QAP


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_qap_is_numpys_correlation_for_every_order(symmetric, gaps):
    a, b = (matrix(seed, 5, symmetric=symmetric, gaps=gaps) for seed in (1, 2))
    _, found = sheets.sheets({"a": a, "b": b})
    got = qap.Correlation(found["a"], found["b"]).at(orders_of(5))
    keep, wanted = places(5, symmetric), []
    for order in orders_of(5):
        x, y = a.to_numpy()[keep], b.to_numpy()[np.ix_(order, order)][keep]
        both = ~np.isnan(x) & ~np.isnan(y)
        wanted.append(np.corrcoef(x[both], y[both])[0, 1])
    np.testing.assert_allclose(got, wanted, atol=1e-12)


def test_qap_of_a_directed_and_an_undirected_network():
    a, b = matrix(1, 5), matrix(2, 5, symmetric=True)
    undirected = OrgNetwork.from_matrix(b, directed=False)
    found = inference.qap_correlation(a, undirected, permutations=50, seed=1)
    keep = places(5, False)
    assert found.estimate == pytest.approx(
        np.corrcoef(a.to_numpy()[keep], b.to_numpy()[keep])[0, 1]
    )


def test_qap_p_approaches_the_share_of_all_orders():
    a, b = matrix(3, 5), matrix(4, 5)
    _, found = sheets.sheets({"a": a, "b": b})
    every = qap.Correlation(found["a"], found["b"]).at(orders_of(5))
    test = inference.qap_correlation(a, b, permutations=20_000, seed=1)
    assert test.greater == pytest.approx((every >= every[0] - 1e-12).mean(), abs=0.015)
    assert test.draws.mean() == pytest.approx(every.mean(), abs=0.01)


def test_qap_is_snas(knoke):
    test = inference.qap_correlation(*map(knoke.relation, knoke.relations), seed=1)
    wanted = R["qap", "information-money"]
    assert test.estimate == pytest.approx(wanted["estimate"], abs=1e-9)
    assert test.greater == pytest.approx(wanted["greater"], abs=0.02)
    assert test.less == pytest.approx(wanted["less"], abs=0.02)
    assert test.draws.std() == pytest.approx(wanted["sd"], abs=0.003)


def test_qap_of_a_network_with_itself_is_one(information):
    test = inference.qap_correlation(information, information, permutations=500, seed=1)
    assert test.estimate == pytest.approx(1)
    assert test.greater < 0.01


def test_qap_does_not_mind_the_order_of_the_actors(knoke):
    information, money = map(knoke.relation, knoke.relations)
    turned = OrgNetwork(money.actors.iloc[::-1], money.ties)
    ask = functools.partial(inference.qap_correlation, information, permutations=50, seed=1)
    assert ask(turned).estimate == pytest.approx(ask(money).estimate)


def test_qap_wants_the_same_actors(information):
    other = OrgNetwork.from_ties(pd.DataFrame({"source": ["COUN"], "target": ["COMN"]}))
    with pytest.raises(DataError) as caught:
        inference.qap_correlation(information, other)
    assert caught.value.issues["value"].tolist()[0] == "COMN"
    assert caught.value.issues["suggestion"].tolist()[0].startswith("did you mean")


def test_qap_without_variation_is_undefined(information):
    empty = OrgNetwork(information.actors, information.ties.iloc[:0])
    test = inference.qap_correlation(information, empty, permutations=20, seed=1)
    assert np.isnan(test.estimate)
    assert np.isnan(test.p)


@given(st.integers(0, 10_000))
def test_large_networks_are_looked_up_without_a_whole_sheet(seed):
    rng = np.random.default_rng(seed)
    net, n = matrix(seed, 7), 7
    _, found = sheets.sheets({"a": net})
    cells = found["a"].known
    keys = rng.integers(0, n * n, (3, 20))
    dense = cells.at(keys)
    far = sheets.Cells(n, cells.rows, cells.columns, cells.values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "DENSE_UP_TO", 1)
        np.testing.assert_array_equal(far.at(keys), dense)


# MRQAP


def refitted(y: np.ndarray, xs: list[np.ndarray], order, term: int, symmetric: bool, fit) -> float:
    """Return the statistic of one predictor after a whole new fit, written out in full.

    What is left of the predictor is known where the predictors are; the outcome stays in its place.
    """
    n, others = len(y), [x for k, x in enumerate(xs) if k != term]
    known = places(n, symmetric) & ~np.isnan(sum(xs))
    z = np.column_stack([np.ones(known.sum()), *[x[known] for x in others]])
    left = np.full((n, n), np.nan)
    left[known] = xs[term][known] - z @ np.linalg.lstsq(z, xs[term][known], rcond=None)[0]
    if symmetric:
        left = np.where(np.isnan(left), left.T, left)
    moved = left[np.ix_(order, order)]
    seen = places(n, symmetric) & ~np.isnan(sum(others, y) + moved)
    columns = [np.ones(seen.sum()), *[x[seen] for x in others], moved[seen]]
    return fit(np.column_stack(columns), y[seen])


def ordinary_t(x: np.ndarray, y: np.ndarray) -> float:
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    left = y - x @ b
    spread = np.linalg.inv(x.T @ x)[-1, -1] * (left @ left) / (len(y) - x.shape[1])
    return float(b[-1] / np.sqrt(spread))


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_every_draw_of_mrqap_is_a_whole_new_fit(symmetric, gaps):
    items = [matrix(seed, 8, symmetric=symmetric, gaps=gaps) for seed in range(4)]
    _, found = sheets.sheets(dict(enumerate(items)))
    design = least_squares.design_of(list(found.values()), "linear")
    orders = sheets.shuffles(np.random.default_rng(1), 25, 8)
    y, *xs = [item.to_numpy() for item in items]
    wanted = [[refitted(y, xs, order, k, symmetric, ordinary_t) for k in range(3)]
              for order in orders]  # fmt: skip
    got = least_squares.Permuted(design, "linear").at(orders)
    np.testing.assert_allclose(got, wanted, rtol=1e-8)
    if not gaps:
        sparse = least_squares.sparse_design(list(found.values()), design)
        np.testing.assert_allclose(sparse.at(orders), wanted, rtol=1e-8)


def logistic_z(x: np.ndarray, y: np.ndarray) -> float:
    def deviance(b):
        return np.logaddexp(0, x @ b).sum() - y @ (x @ b)

    best = scipy.optimize.minimize(deviance, np.zeros(x.shape[1]), tol=1e-12).x
    chance = 1 / (1 + np.exp(-x @ best))
    information = x.T @ (x * (chance * (1 - chance))[:, None])
    return float(best[-1] / np.sqrt(np.linalg.inv(information)[-1, -1]))


def test_every_draw_of_the_logit_is_a_whole_new_fit():
    items = [matrix(seed, 9, gaps=gaps) for seed, gaps in enumerate((0.1, 0, 0.05))]
    _, found = sheets.sheets(dict(enumerate(items)))
    design = least_squares.design_of(list(found.values()), "logit")
    orders = sheets.shuffles(np.random.default_rng(1), 6, 9)
    y, *xs = [item.to_numpy() for item in items]
    y = np.where(np.isnan(y), np.nan, y > 0)
    wanted = [[refitted(y, xs, order, k, False, logistic_z) for k in range(2)] for order in orders]
    np.testing.assert_allclose(
        least_squares.Permuted(design, "logit").at(orders), wanted, rtol=1e-3, atol=1e-4
    )


@pytest.mark.parametrize(("model", "permutations"), [("linear", 5_000), ("logit", 1_000)])
def test_mrqap_is_snas(knoke, model, permutations):
    information, money = (knoke.relation(kind).to_matrix() for kind in knoke.relations)
    index = np.abs(np.subtract.outer(np.arange(10), np.arange(10))).astype(float)
    predictors = {"money": money, "returned": information.T,
                  "index": pd.DataFrame(index, money.index, money.index)}  # fmt: skip
    found = inference.mrqap(
        knoke.relation("information"), predictors, model=model, permutations=permutations, seed=1
    )
    for term, row in found.table.iterrows():
        wanted = R[model, term]
        digits = 1e-8 if model == "linear" else 2e-6  # R stops its logit at a deviance of 1e-8
        assert row["estimate"] == pytest.approx(wanted["estimate"], abs=digits)
        assert row["statistic"] == pytest.approx(wanted["statistic"], abs=digits)
        if term != "intercept":
            assert row["p"] == pytest.approx(wanted["p"], abs=0.035)
            assert row["greater"] == pytest.approx(wanted["greater"], abs=0.035)
    assert found.dyads == 90
    assert found.draws.columns.tolist() == list(predictors)


def test_mrqap_finds_what_was_put_in():
    x, noise = matrix(1, 12), matrix(2, 12)
    found = inference.mrqap(
        2 * x + 1 - np.eye(12), {"x": x, "noise": noise}, permutations=200, seed=1
    )
    assert found.table["estimate"].round(9).tolist() == [1, 2, 0]
    assert found.fit == pytest.approx(1)


def test_mrqap_leaves_out_what_is_unknown(information):
    table = information.actors.assign(responded=information.actors.index != "MAYR")
    net = OrgNetwork(table, information.ties[information.ties["source"] != "MAYR"])
    found = inference.mrqap(net, {"money": datasets.load_knoke().relation("money")},
                            permutations=50, seed=1)  # fmt: skip
    assert found.dyads == 81
    assert "81 dyads" in repr(found)
    assert "<table" in found._repr_html_()


def test_an_order_that_leaves_a_predictor_without_variation_has_no_statistic():
    items = [matrix(seed, 6, gaps=0.2) for seed in (3, 4)]
    rare = pd.DataFrame(0.0, items[0].index, items[0].columns)
    rare.iloc[0, 1] = 1.0
    ids = items[0].index
    for item in items:
        item.loc[ids[0], ids[1]] = 1.0
    found = inference.mrqap(items[0], {"x": items[1], "rare": rare}, permutations=200, seed=1)
    undefined = found.draws["x"].isna()
    assert 0 < undefined.sum() < 200
    assert np.isfinite(found.table.loc["x", "p"])
    assert found.draws["rare"].notna().sum() > 0


def test_mrqap_says_where_there_is_nothing_to_explain_or_too_little_known(information):
    predictor = {"place": pd.DataFrame(np.subtract.outer(range(10), range(10)),
                                       information.actors.index, information.actors.index)}  # fmt: skip
    for model in ("linear", "logit"):
        for cells in (0, 1):
            flat = OrgNetwork.from_matrix(np.full((10, 10), float(cells)), information.actors)
            with pytest.raises(UndefinedError, match="nothing to explain"):
                inference.mrqap(flat, predictor, model=model)
        mute = OrgNetwork(information.actors.assign(responded=False), information.ties.iloc[:2])
        with pytest.raises(
            UndefinedError, match="2 dyads are known on every sheet: too few for 2 terms"
        ):
            inference.mrqap(mute, predictor, model=model)


def test_a_logit_without_finite_estimates_says_so(information):
    with pytest.raises(UndefinedError, match="no finite estimates"):
        inference.mrqap(information, {"itself": information}, model="logit")
    nearly = information.to_matrix()
    nearly.iloc[0, 1] = 1 - nearly.iloc[0, 1]  # on one side still without fail
    with pytest.raises(UndefinedError, match="no finite estimates"):
        inference.mrqap(information, {"nearly": nearly}, model="logit")
    rng = np.random.default_rng(1)
    noisy = nearly.to_numpy() + rng.normal(size=(10, 10))
    np.fill_diagonal(noisy, 0)
    ids = information.actors.index
    found = inference.mrqap(information, {"noisy": pd.DataFrame(noisy, ids, ids)},
                            model="logit", permutations=50, seed=1)  # fmt: skip
    assert found.table.loc["noisy", "p"] < 0.05


def test_a_redundant_predictor_is_named(knoke):
    money = knoke.relation("money")
    twice = {"money": money, "again": money.to_matrix() * 2}
    with pytest.raises(UndefinedError, match="'money', 'again' follows"):
        inference.mrqap(knoke.relation("information"), twice)
    with pytest.raises(UndefinedError, match="'linear', 'logit'"):
        inference.mrqap(knoke.relation("information"), {"money": money}, model="probit")
    with pytest.raises(DataError, match="at least one"):
        inference.mrqap(knoke.relation("information"), {})


def test_attributes_become_matrices():
    table = pd.DataFrame({"sector": ["x", "x", None], "rank": [1, 3, 4]}, index=list("abc"))
    net = OrgNetwork(table, pd.DataFrame({"source": [], "target": []}))
    assert inference.same(net, by="sector").fillna(9).to_numpy().tolist() == [
        [0, 1, 9], [1, 0, 9], [9, 9, 0]]  # fmt: skip
    assert inference.difference(net, by="rank").loc["a"].tolist() == [0, 2, 3]
    with pytest.raises(DataError, match="wanted a number"):
        inference.difference(net, by="sector")


# CUG


def ties_of(net: OrgNetwork) -> float:
    return float(len(net.known))


def mutual(net: OrgNetwork) -> float:
    return float(net.graph.dyad_census()[0])


def unknown(net: OrgNetwork) -> float:
    return float(len(net.unknown))


def total(net: OrgNetwork) -> float:
    return float(net.known["weight"].sum())


@pytest.fixture(params=[True, False])
def gappy(request) -> OrgNetwork:
    table = pd.DataFrame({"responded": [True] * 5 + [False] * 2}, index=list("abcdefg"))
    cells = (
        matrix(5, 7, symmetric=not request.param)
        .set_axis(table.index)
        .set_axis(table.index, axis=1)
    )
    net = OrgNetwork.from_matrix(cells, table, directed=request.param)
    ties = net.ties[~net.ties["source"].isin(["f", "g"])]
    return OrgNetwork(table, ties, request.param)


@pytest.mark.parametrize("given", ["density", "dyads"])
def test_random_networks_keep_what_is_given(gappy, given):
    for kept in (ties_of, total, unknown, *((mutual,) if given == "dyads" else ())):
        draws = inference.cug(gappy, kept, given=given, draws=20, seed=1).draws
        assert set(draws) == {kept(gappy)}


def test_given_the_size_each_tie_is_a_coin(gappy):
    assert set(inference.cug(gappy, unknown, given="size", draws=20, seed=1).draws) == {
        unknown(gappy)
    }
    dyads = (1 if gappy.directed else 0.5) * 42 - len(gappy.unknown)
    draws = inference.cug(gappy, ties_of, given="size", draws=2000, seed=1).draws
    assert draws.mean() == pytest.approx(dyads / 2, abs=0.25)
    assert draws.var() == pytest.approx(dyads / 4, rel=0.12)


def test_on_three_actors_the_draws_follow_the_list_of_all_networks():
    ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "a", "a"]})
    net = OrgNetwork.from_ties(ties)
    pairs = list(itertools.permutations("abc", 2))
    every = [mutual(OrgNetwork.from_ties(pd.DataFrame(some, columns=["source", "target"]), "abc"))
             for some in itertools.combinations(pairs, 3)]  # fmt: skip
    draws = inference.cug(net, mutual, draws=4000, seed=1).draws
    assert draws.mean() == pytest.approx(np.mean(every), abs=0.03)


def strengths_in_order(net: OrgNetwork) -> float:
    """Return a number that tells every network of strengths below 4 on the same actors apart."""
    source, target, weight = net.arcs
    cells = np.zeros((len(net), len(net)))
    cells[source, target] = weight
    known = cells[places(len(net), not net.directed)]
    return float(known @ 4.0 ** np.arange(len(known)))


def every_network(net: OrgNetwork, given: str) -> list[float]:
    """Return all networks with what is given, each once, by brute force."""
    cells = net.to_matrix().to_numpy()
    keep = places(len(net), not net.directed)
    state, found = cells[keep], []
    known = ~np.isnan(state)
    coins = itertools.product((0.0, 1.0), repeat=known.sum())
    for way in coins if given == "size" else set(itertools.permutations(state[known])):
        other, filled = cells.copy(), state.copy()
        filled[known] = way
        other[keep] = filled
        if given != "dyads" or pairs_of(other) == pairs_of(cells):
            found.append(float(np.nan_to_num(filled) @ 4.0 ** np.arange(len(filled))))
    return found


def pairs_of(cells: np.ndarray) -> list[tuple[str, ...]]:
    """Return the pairs with their two strengths, whichever way round: unknown is unlike any number."""
    ends = itertools.combinations(range(len(cells)), 2)
    return sorted(tuple(sorted((f"{cells[i, j]}", f"{cells[j, i]}"))) for i, j in ends)


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("given", ["size", "density", "dyads"])
def test_every_network_with_what_is_given_is_drawn_as_often(given, directed):
    cells = np.zeros((4, 4))
    cells[0, 1], cells[1, 0], cells[2, 1] = 1, 2, 3
    if directed:  # seven known dyads: two pairs from both sides, three from one
        cells[[0, 0, 3, 3, 3], [2, 3, 0, 1, 2]] = np.nan
        cells[2, 3] = 1
    else:
        cells[1, 0], cells[1, 2], cells[3, 2] = 1, 3, 2
        cells[2, 3] = 2
        cells[0, 3] = cells[3, 0] = np.nan
    net = OrgNetwork.from_matrix(cells, directed=directed)
    wanted = every_network(net, given if directed or given == "size" else "density")
    test = inference.cug(net, strengths_in_order, given=given, draws=4000, seed=3)
    drawn = pd.Series(test.draws).value_counts()
    assert set(drawn.index) == set(wanted)
    assert scipy.stats.chisquare(drawn[wanted]).pvalue > 0.001


@pytest.mark.parametrize(
    ("given", "mode"), [("size", "size"), ("density", "edges"), ("dyads", "dyad.census")]
)
@pytest.mark.parametrize(("test", "measure"), [("cug", closure.net_reciprocity),
                                               ("cug-transitivity", closure.net_transitivity)])  # fmt: skip
def test_cug_is_snas(information, given, mode, test, measure):
    found = inference.cug(information, measure, given=given, draws=1000, seed=1)
    wanted = R[test, mode]
    assert found.estimate == pytest.approx(wanted["estimate"], abs=1e-9)
    assert found.draws.mean() == pytest.approx(
        wanted["mean"], abs=4.5 * wanted["sd"] / 1000**0.5 + 1e-9
    )
    assert found.draws.std() == pytest.approx(wanted["sd"], rel=0.12, abs=1e-9)
    assert found.greater == pytest.approx(wanted["greater"], abs=0.02)


def test_attributes_stay_with_the_actors(knoke):
    table = knoke.actors.assign(kind=list("xxxxxyyyyy"))
    net = OrgNetwork(table, knoke.relation("money").ties)
    draws = inference.cug(
        net, functools.partial(diversity.net_ei_index, by="kind"), draws=300, seed=1
    ).draws
    assert draws.mean() == pytest.approx(2 * 25 / 45 - 1, abs=0.05)


@pytest.mark.parametrize("actors", [0, 1, 2, 3])
@pytest.mark.parametrize("fixed", ["size", "density", "dyads"])
def test_cug_of_next_to_nothing_is_undefined(actors, fixed):
    net = OrgNetwork.from_matrix(
        np.full((actors, actors), np.nan), [f"o{i}" for i in range(actors)]
    )
    found = inference.cug(net, closure.net_transitivity, given=fixed, draws=3, seed=1)
    assert np.isnan([found.estimate, found.p, *found.draws]).all()


def test_cug_wants_a_number_and_a_condition(information):
    with pytest.raises(UndefinedError, match="'size', 'density', 'dyads'"):
        inference.cug(information, ties_of, given="degree")
    with pytest.raises(DataError, match="one number per network"):
        inference.cug(information, closure.clustering)


# bootstrap


def test_the_bootstrap_of_density_has_the_mean_and_spread_of_drawn_dyads(information):
    """Two doubles are a pair with chance 1/n; then the tie is drawn at random: the mean is the density."""
    found = inference.bootstrap(information, cohesion.net_density, draws=1000, seed=1)
    assert found.estimate == pytest.approx(49 / 90)
    assert found.draws.mean() == pytest.approx(49 / 90, abs=4 * found.error / 1000**0.5)
    low, high = found.interval
    assert (low + high) / 2 == pytest.approx(found.estimate)
    assert high - low == pytest.approx(3.92 * found.error)
    assert found.percentiles[0] < found.estimate < found.percentiles[1]


def test_a_drawn_network_is_that_of_the_originals():
    truth = matrix(6, 6)
    net = OrgNetwork.from_matrix(truth)
    seen: list[OrgNetwork] = []

    def watch(other: OrgNetwork) -> float:
        seen.append(other)
        return 1.0

    net = OrgNetwork(net.actors.assign(original=range(6)), net.ties)
    inference.bootstrap(net, watch, method="node", draws=10, seed=1)
    for other in seen[1:]:
        drawn = other.column("original").to_numpy()
        cells = truth.to_numpy()[np.ix_(drawn, drawn)].copy()
        cells[np.equal.outer(drawn, drawn)] = np.nan
        np.fill_diagonal(cells, 0)
        np.testing.assert_array_equal(other.to_matrix().to_numpy(), cells)
        assert len(other.graph.es) == len(other.known)


def test_the_network_made_in_a_hurry_is_the_one_made_with_care(gappy):
    seen: list[OrgNetwork] = []

    def watch(other: OrgNetwork) -> float:
        seen.append(other)
        return 1.0

    inference.cug(gappy, watch, draws=3, seed=1)
    for other in seen:
        careful = OrgNetwork(other.actors, other.ties, other.directed, other.name, other.notes)
        pd.testing.assert_frame_equal(careful.to_matrix(), other.to_matrix())
        assert careful.graph.get_edgelist() == other.graph.get_edgelist()
        assert nx.utils.graphs_equal(careful.to_networkx(), other.to_networkx())


def test_the_bootstrap_names_its_methods(information):
    with pytest.raises(UndefinedError, match="'snijders_borgatti', 'node'"):
        inference.bootstrap(information, ties_of, method="edge")
    assert "standard error" in repr(inference.bootstrap(information, ties_of, draws=5, seed=1))


# groups


def test_groups_differ_as_often_as_in_all_orders():
    values = pd.Series([3.0, 1.0, 4.0, 1.5, 9.0], index=list("abcde"))
    groups = pd.Series(["x", "x", "y", "y", "y"], index=list("edcba"))
    test = inference.group_test(values, groups, permutations=20_000, seed=1)
    label = groups.reindex(values.index).to_numpy()
    every = []
    for order in orders_of(5):
        parts = [values.to_numpy()[order][label == name] for name in ("x", "y")]
        every.append(sum(len(p) * (p.mean() - values.mean()) ** 2 for p in parts))
    every = np.array(every) / ((values - values.mean()) ** 2).sum()
    assert test.estimate == pytest.approx(every[0])
    assert test.greater == pytest.approx((every >= every[0] - 1e-12).mean(), abs=0.012)


def test_the_share_between_groups_follows_from_scipys_f():
    rng = np.random.default_rng(1)
    values, groups = pd.Series(rng.random(20)), pd.Series(rng.choice(list("xyz"), 20))
    f = scipy.stats.f_oneway(*[values[groups == name] for name in "xyz"]).statistic
    test = inference.group_test(values, groups, permutations=10, seed=1)
    assert test.estimate == pytest.approx(2 * f / (2 * f + 17))


def test_groups_stand_on_the_same_actors_and_are_two_or_more():
    values = pd.Series([1.0, 2.0], index=["a", "b"])
    with pytest.raises(DataError, match="the same actors"):
        inference.group_test(values, pd.Series(["x", "y"], index=["a", "c"]))
    with pytest.raises(UndefinedError, match="two groups or more"):
        inference.group_test(values, pd.Series(["x", None], index=["a", "b"]))


def test_labels_at_random_give_the_index_that_follows_from_the_sizes(information):
    table = information.actors.assign(kind=list("xxxxxxyyyz"))
    net = OrgNetwork(table, information.ties)
    test = inference.ei_test(net, by="kind", permutations=5000, seed=1)
    assert test.estimate == pytest.approx(diversity.net_ei_index(net, by="kind"))
    external = (6 * 3 + 6 * 1 + 3 * 1) / 45
    assert test.draws.mean() == pytest.approx(2 * external - 1, abs=0.01)


def test_ties_of_the_unlabelled_are_left_out():
    table = pd.DataFrame({"kind": ["x", "y", None]}, index=list("abc"))
    net = OrgNetwork(table, pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    assert inference.ei_test(net, by="kind", permutations=10, seed=1).estimate == 1


@pytest.mark.parametrize("directed", [True, False])
def test_networks_side_by_side_measure_as_one_by_one(directed):
    rng = np.random.default_rng(5)
    cells = rng.choice([0.0, 1.0, 2.0, np.nan], p=[0.5, 0.2, 0.15, 0.15], size=(12, 12))
    cells = cells if directed else np.triu(cells) + np.triu(cells, 1).T
    table = pd.DataFrame({"responded": rng.random(12) < 0.8}, index=[f"o{i}" for i in range(12)])
    net = OrgNetwork.from_matrix(cells, table, directed=directed)
    assert len(net.unknown) > 5
    for fixed in ("size", "density", "dyads"):
        ask = {"given": fixed, "draws": 60, "seed": 2}
        at_once = inference.cug(net, closure.net_transitivity, **ask).draws
        alone = inference.cug(net, lambda one: closure.net_transitivity(one), **ask).draws
        np.testing.assert_array_equal(at_once, alone)
