"""Trust scores by hand, reliability by its other formula, multiplexity by the Knoke bureaucracies."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.measures import trust

ITEMS = ["open", "reliable"]


@pytest.fixture
def ratings():
    return pd.DataFrame(
        {
            "source": ["a", "b", "a", "c"],
            "target": ["b", "a", "c", "b"],
            "open": [4, 2, 3, np.nan],
            "reliable": [3, 1, np.nan, np.nan],
        }
    )


def test_scores_by_hand(ratings):
    found = trust.scores(ratings, items=ITEMS)
    assert found.dyads["score"].fillna(-1).tolist() == [3.5, 1.5, 3.0, -1]
    assert found.dyads["returned"].fillna(-1).tolist() == [1.5, 3.5, -1, -1]
    assert found.dyads["confirmed"].fillna(-1).tolist() == [1.5, 1.5, -1, -1]
    assert found.dyads["asymmetry"].fillna(-9).tolist() == [2, -2, -9, -9]
    assert found.actors["asymmetry"].fillna(-9).to_dict() == {"a": 2, "b": -2, "c": -9}
    assert found.actors["sent"].fillna(-1).to_dict() == {"a": 3.25, "b": 1.5, "c": -1}
    assert found.actors["received"].to_dict() == {"a": 1.5, "b": 3.5, "c": 3.0}
    assert found.actors["confirmed"].fillna(-1).to_dict() == {"a": 1.5, "b": 1.5, "c": -1}


def test_network_trust_is_the_mean_of_organizations(ratings):
    mean = (1.5 + 3.5 + 3.0) / 3
    assert trust.net_trust(ratings, items=ITEMS) == pytest.approx(mean)
    assert trust.net_trust(ratings, items=ITEMS, scaled=True) == pytest.approx((mean - 1) / 3)
    wide = trust.net_trust(ratings, items=ITEMS, scaled=True, lowest=0, highest=10)
    assert wide == pytest.approx(mean / 10)


@pytest.mark.parametrize("seed", range(5))
def test_reliability_equals_alpha_from_covariances(seed):
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(60, 1))
    answers = pd.DataFrame(common + rng.normal(size=(60, 4)), columns=[*"wxyz"])
    cov = np.cov(answers.to_numpy(), rowvar=False)
    mean_variance, mean_covariance = np.diag(cov).mean(), cov[~np.eye(4, dtype=bool)].mean()
    expected = 4 * mean_covariance / (mean_variance + 3 * mean_covariance)
    assert trust.reliability(answers, items=[*"wxyz"]) == pytest.approx(expected, abs=1e-12)


def test_items_that_agree_wholly_have_reliability_one():
    answers = pd.DataFrame({"open": [1, 2, 3], "reliable": [1, 2, 3]})
    assert trust.reliability(answers, items=ITEMS) == pytest.approx(1)


def test_multiplexity_of_knoke_is_as_recorded(knoke_expected):
    expected = knoke_expected["multiplex"]
    both, one = expected["both"], expected["info_only"] + expected["money_only"]
    assert trust.net_multiplexity(load_knoke()) == pytest.approx(both / (both + one))
    mean = trust.net_multiplexity(load_knoke(), kind="mean")
    assert mean == pytest.approx((2 * both + one) / (both + one))


def test_multiplexity_without_direction_joins_both_ways_of_writing_a_pair():
    ties = pd.DataFrame({"source": [*"ab"], "target": [*"ba"], "relation": [*"xy"]})
    assert trust.net_multiplexity(OrgNetwork.from_ties(ties, directed=False)) == 1
    assert trust.net_multiplexity(OrgNetwork.from_ties(ties)) == 0


@pytest.mark.parametrize("directed", [True, False])
def test_multiplexity_leaves_out_dyads_unknown_in_one_relation(directed):
    ties = pd.DataFrame(
        {
            "source": [*"aabbc"],
            "target": [*"bbccd"],
            "relation": [*"xyxyx"],
            "weight": [1, 1, 1, np.nan, 1],
        }
    )
    net = OrgNetwork.from_ties(ties, directed=directed)
    assert trust.net_multiplexity(net) == 0.5
    assert trust.net_multiplexity(net, kind="mean") == 1.5


def test_undefined_is_nan(ratings):
    nothing = ratings.iloc[3:]
    assert np.isnan(trust.net_trust(nothing, items=ITEMS))
    assert np.isnan(trust.net_trust(nothing, items=ITEMS, scaled=True))
    assert np.isnan(trust.reliability(ratings, items=["open"]))
    same = pd.DataFrame({"open": [2, 2], "reliable": [3, 3]})
    assert np.isnan(trust.reliability(same, items=ITEMS))
    ties = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "relation": ["x", "y"]})
    none = OrgNetwork.from_ties(ties.assign(weight=np.nan))
    assert np.isnan(trust.net_multiplexity(none))


def test_every_problem_is_listed(ratings):
    wrong = ratings.assign(open=["much", "2", "3", "none"])
    with pytest.raises(DataError) as caught:
        trust.scores(wrong, items=["open", "reliable"])
    assert caught.value.issues["value"].tolist() == ["much", "none"]
    with pytest.raises(DataError, match="missing"):
        trust.scores(ratings, items=["honest"])
    with pytest.raises(DataError, match="missing"):
        trust.scores(ratings.drop(columns="source"), items=ITEMS)
    with pytest.raises(DataError, match="no items"):
        trust.reliability(ratings, items=[])
    with pytest.raises(DataError, match="a - b"):
        trust.scores(pd.concat([ratings, ratings.iloc[:1]], ignore_index=True), items=ITEMS)
    with pytest.raises(DataError, match="cannot rate itself"):
        trust.scores(ratings.assign(target=[*"aacb"]), items=ITEMS)
    with pytest.raises(DataError, match="outside the scale 1 to 3"):
        trust.net_trust(ratings, items=ITEMS, scaled=True, highest=3)


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="has 0"):
        trust.net_multiplexity(knoke["KNOKI"])
    with pytest.raises(UndefinedError, match="'share' and 'mean'"):
        trust.net_multiplexity(load_knoke(), kind="count")
