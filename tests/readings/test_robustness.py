import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, simulate
from orgnet_analytics.readings.lifecycle import STAGES, robustness
from orgnet_analytics.readings.lifecycle.respondents import silenced


@pytest.fixture(scope="module")
def made() -> simulate.Panel:
    return simulate.panel(["activation", "collectivity"], seed=3, world=simulate.World(size=14))


def test_shares_add_up_and_the_same_seed_gives_the_same(made: simulate.Panel):
    found, again = (
        robustness(made.waves, facts=made.facts, relation="information", seed=7, draws=6)
        for _ in range(2)
    )
    assert found.shares.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert list(found.shares) == [*STAGES, "undetermined"]
    pd.testing.assert_frame_equal(found.shares, again.shares)
    assert found.agreement[2] == found.shares.loc[2, found.reading.stages[2]]


def test_without_most_answers_nothing_can_be_told(made: simulate.Panel):
    found = robustness(
        made.waves, facts=made.facts, relation="information", seed=1, draws=3, drop=0.8
    )
    assert found.shares["undetermined"].tolist() == [1, 1]
    assert found.agreement.tolist() == [0, 0]


def test_the_bootstrap_leaves_out_a_third_and_keeps_the_response_that_was(made: simulate.Panel):
    found = robustness(
        made.waves, facts=made.facts, relation="information", seed=1, draws=8, drop=None
    )
    assert found.shares.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert found.agreement.min() > 0.5
    half = simulate.panel(["activation"], seed=3, world=simulate.World(size=14, response=0.6))
    thin = robustness(
        half.waves, facts=half.facts, relation="information", seed=1, draws=8, drop=None
    )
    assert thin.shares.loc[1, "activation"] > 0


@pytest.mark.parametrize("directed", [True, False])
def test_the_silenced_report_nothing(directed: bool):
    pairs = [(a, b) for a in "abcdef" for b in "abcdef" if a < b]
    net = OrgNetwork.from_ties(pd.DataFrame(pairs, columns=["source", "target"]), directed=directed)
    less = silenced(net, np.array([1, 2, 5]))
    silent = set(less.actors.index[~less.responded])
    assert len(silent) == 3
    told = {tuple(row) for row in less.known[["source", "target"]].to_numpy()}
    if directed:
        assert told == {(a, b) for a, b in pairs if a not in silent}
    else:
        assert told == {(a, b) for a, b in pairs if not {a, b} <= silent}
    assert len(less.unknown) == (15 if directed else 3)


@pytest.mark.parametrize("wrong", [{"drop": 0}, {"drop": 1}, {"draws": 0}])
def test_what_cannot_be_drawn(made: simulate.Panel, wrong: dict[str, float]):
    with pytest.raises(DataError, match="wanted a share"):
        robustness(made.waves, relation="information", seed=1, **wrong)
