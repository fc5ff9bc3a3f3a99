import importlib
import sys
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone, is_classifier

from orgnet_analytics import DataError, OrgNetError, UndefinedError, simulate
from orgnet_analytics.readings import lifecycle
from orgnet_analytics.readings.lifecycle import StageClassifier, pooled
from orgnet_analytics.readings.lifecycle.stage_chain import StageChain

ROUTES = [["activation", "collectivity", "stability"], ["institutionalization", "decline"]]
SMALL = simulate.World(size=14)


@pytest.fixture(scope="module")
def pool() -> tuple[pd.DataFrame, pd.Series]:
    return pooled(simulate.panels(12, seed=1, routes=ROUTES, world=SMALL), relation="information")


@pytest.fixture(scope="module")
def model(pool: tuple[pd.DataFrame, pd.Series]) -> StageClassifier:
    return StageClassifier(folds=3).fit(*pool)


def test_pooled_waves_keep_their_panel(pool: tuple[pd.DataFrame, pd.Series]):
    X, y = pool
    assert X.index.equals(y.index)
    assert X.shape == (30, len(lifecycle.INDICATORS))
    assert y["panel 2"].tolist() == ROUTES[1]


def test_it_is_an_estimator():
    copy = clone(StageClassifier(strength=0.5, folds=4))
    assert (copy.strength, copy.folds) == (0.5, 4)
    assert is_classifier(copy)


def test_it_learns_what_other_seeds_then_live_through(model: StageClassifier):
    X, y = pooled(simulate.panels(6, seed=2, routes=ROUTES, world=SMALL), relation="information")
    assert (model.predict(X) == y.to_numpy()).mean() > 0.9
    assert model.score(X, y) == (model.predict(X) == y.to_numpy()).mean()


def test_probabilities_add_up_and_the_likeliest_is_predicted(model, pool):
    chances = model.predict_proba(pool[0])
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (model.classes_[chances.argmax(axis=1)] == model.predict(pool[0])).all()
    assert list(model.classes_) == sorted(set(pool[1]))


def test_a_small_lead_is_undetermined(model, pool):
    sure, unsure = model.read(pool[0], margin=0.0), model.read(pool[0], margin=0.999)
    assert (sure["stage"] == model.predict(pool[0])).all()
    assert (unsure["stage"] == "undetermined").all()


def test_nothing_observed_still_gives_probabilities(model, pool):
    nothing = pool[0].iloc[:1] * np.nan
    assert model.predict_proba(nothing).sum() == pytest.approx(1)


def test_folds_never_split_a_network(model, pool):
    X, y = pool
    groups = X.index.get_level_values(0).to_numpy()
    for train, test in model.splits(y, groups):
        assert not set(groups[train]) & set(groups[test])


def test_cross_validation_reads_every_wave_once(pool):
    table = StageClassifier(folds=3).cross_validated(*pool)
    assert table.index.equals(pool[0].index)
    assert (table["coded"] == pool[1]).all()
    assert (table["stage"] == table["coded"]).mean() > 0.8


def test_too_few_networks_are_told_per_stage(pool):
    with pytest.raises(DataError) as caught:
        StageClassifier(folds=7).fit(*pool)
    assert set(caught.value.issues["value"]) == set(pool[1])


def test_wrong_tables(model, pool):
    with pytest.raises(DataError, match="lengths differ"):
        StageClassifier().fit(pool[0], pool[1].iloc[:3])
    with pytest.raises(DataError, match="got ndarray"):
        StageClassifier().fit(pool[0].to_numpy(), pool[1])
    with pytest.raises(DataError, match="trust"):
        model.predict(pool[0].drop(columns="trust"))
    with pytest.raises(DataError, match="at least one panel"):
        pooled({})


# stages over waves


def test_the_chain_is_that_of_every_course_tried_one_by_one():
    chance = np.random.default_rng(3)
    steps = chance.random((3, 3))
    chain = StageChain(("a", "b", "c"), np.array([0.5, 0.3, 0.2]),
                       steps / steps.sum(axis=1, keepdims=True), np.array([0.4, 0.4, 0.2]))  # fmt: skip
    chances = chance.dirichlet(np.ones(3), size=4)
    wanted = np.zeros((4, 3))
    for course in product(range(3), repeat=4):
        weight = chain.start[course[0]] * np.prod([chain.steps[step] for step in pairwise(course)])
        weight *= np.prod([chances[t, s] / chain.prior[s] for t, s in enumerate(course)])
        for t, s in enumerate(course):
            wanted[t, s] += weight
    np.testing.assert_allclose(chain.smoothed(chances), wanted / wanted.sum(axis=1, keepdims=True))


def test_steps_are_learned_from_twenty_networks_of_four_waves_and_not_from_fewer(model, pool):
    with pytest.raises(UndefinedError, match="20 coded networks of 4 waves"):
        model.read_courses(pool[0])
    routes = [["activation", "collectivity", "stability", "stability"],
              ["activation", "collectivity", "decline", "decline"]]  # fmt: skip
    X, y = pooled(simulate.panels(20, seed=4, routes=routes, world=SMALL), relation="information")
    taught = StageClassifier(folds=3).fit(X, y)
    order = list(taught.classes_)
    steps = taught.chain_.steps[order.index("activation")]
    assert steps[order.index("collectivity")] == 21 / 24
    table = taught.read_courses(X)
    np.testing.assert_allclose(table[order].sum(axis=1), 1)
    assert (table["stage"] == y).mean() > 0.95
    turned = taught.read_courses(X.iloc[::-1].sort_index(level=0, sort_remaining=False))
    assert not turned[order].reindex(table.index).equals(table[order])


def test_without_scikit_learn_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    name = "orgnet_analytics.readings.lifecycle.stage_classifier"
    monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.base", None)
    with pytest.raises(OrgNetError, match=r"needs scikit-learn: pip install scikit-learn$"):
        importlib.import_module(name)
    with pytest.raises(OrgNetError, match="needs scikit-learn"):
        lifecycle.StageClassifier  # noqa: B018
