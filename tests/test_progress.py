"""The progress bar changes nothing about what is done."""

from functools import partial

import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, inference, progress
from orgnet_analytics.measures import brokerage, positions
from orgnet_analytics.measures.cohesion import net_components


@pytest.mark.parametrize("off", ["", "1"])
def test_steps_come_through_in_order_with_and_without_a_bar(off, monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", off)
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    parts = iter([[1, 2], [3]])
    assert list(progress.watched(parts, "parts", total=3, size=len)) == [[1, 2], [3]]
    assert ("parts" in capsys.readouterr().err) is not bool(off)


def test_the_bar_moves_within_a_step_and_ends_where_it_should(monkeypatch):
    seen = []

    class Bar:
        n = 0

        def __init__(self, **_):
            seen.append(0)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            seen.append(self.n)

        def update(self, count):
            self.n += count
            seen.append(self.n)

    def steps():
        progress.advance(2)
        yield [1, 2, 3]
        yield [4]

    monkeypatch.setenv("TQDM_DISABLE", "")
    monkeypatch.setattr("tqdm.auto.tqdm", Bar)
    for _ in progress.watched(steps(), "parts", total=4, size=len):
        progress.advance()  # what is done with a step is not the making of one
    assert seen == [0, 2, 3, 4, 4]


@pytest.mark.parametrize("test", [inference.cug, inference.bootstrap])
def test_draws_are_told_one_by_one_not_per_block(test, monkeypatch):
    told = []
    monkeypatch.setenv("TQDM_DISABLE", "")
    monkeypatch.setattr("tqdm.auto.tqdm.update", lambda bar, count=1: told.append(count))
    net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    test(net, net_components, draws=5, seed=1)
    assert told[:5] == [1] * 5


@pytest.mark.parametrize(
    "measure",
    [
        brokerage.bridging,
        partial(brokerage.key_players, k=2),
        positions.regular_equivalence,
        partial(brokerage.role_expectations, by="kind"),
    ],
)
def test_measures_that_may_take_minutes_show_a_bar(measure, monkeypatch, capsys):
    monkeypatch.setenv("TQDM_DISABLE", "")
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    actors = pd.DataFrame(
        {"kind": list("xxy"), "responded": [True, True, False]}, index=list("abc")
    )
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    measure(OrgNetwork(actors, ties))
    assert "it/s" in capsys.readouterr().err
