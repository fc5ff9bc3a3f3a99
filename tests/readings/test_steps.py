"""What each step does to a situation, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork
from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.steps import (
    Add,
    Appoint,
    Merge,
    Remove,
    Renew,
    Tie,
    as_steps,
)

HOLDERS = pd.DataFrame({"wonen": [1, 0, 0], "werk": [0, 1, np.nan]}, index=["a", "b", "c"])
REGISTER = pd.DataFrame(
    {"id": ["k1", "k2"], "end": ["2024-01-01", "open"], "parties": ["a; c", "all"]}
)


@pytest.fixture
def before():
    actors = pd.DataFrame(
        {"sector": ["x", "y", "y"], "responded": [True, True, False]}, index=["a", "b", "c"]
    )
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0]})
    return Situation.of(OrgNetwork(actors, ties), HOLDERS, REGISTER)


def test_a_situation_gives_its_network_back(before):
    assert before.net.to_matrix().equals(before.dyads)
    assert len(before.net.unknown) == 2


def test_who_is_added_is_tied_both_ways_and_known(before):
    after = Add("d", ["a", "c"], ["werk"], {"sector": "z"}).apply(before)
    assert after.net.to_matrix().loc["d"].tolist() == [1, 0, 1, 0]
    assert after.net.to_matrix()["d"].tolist() == [1, 0, 1, 0]
    assert len(after.net.unknown) == 2
    assert after.actors.loc["d"].tolist() == ["z", True]
    assert after.holders.loc["d"].tolist() == [0, 1]


def test_who_is_removed_takes_ties_and_competences_along(before):
    after = Remove("b").apply(before)
    assert list(after.actors.index) == ["a", "c"]
    assert len(after.net.known) == 0
    assert after.holders["werk"].max() == 0


def test_a_merger_keeps_ties_and_unknowns(before):
    after = Merge(["a", "c"], "ac").apply(before)
    assert after.net.to_matrix().to_numpy().tolist() == [[0, 1], [2, 0]]
    # a holds no work and of c it is unknown: so it is of the two together.
    assert after.holders.loc["ac"].tolist()[0] == 1
    assert np.isnan(after.holders.loc["ac", "werk"])
    other = Merge(["b", "a"], "ab").apply(before)
    assert np.isnan(other.net.to_matrix().loc["c", "ab"])


def test_what_merged_parties_agreed_among_themselves_is_void(before):
    assert Merge(["a", "c"], "ac").apply(before).register["id"].tolist() == ["k2"]
    kept = Merge(["a", "b"], "ab").apply(before).register
    assert kept["parties"].tolist() == ["ab; c", "all"]


def test_a_tie_settles_what_was_unknown_and_never_weakens(before):
    after = Tie([("c", "a"), ("b", "c")]).apply(before)
    assert after.dyads.at["c", "a"] == 1
    assert after.dyads.at["b", "c"] == 2


def test_an_undirected_tie_goes_both_ways():
    net = OrgNetwork.from_ties(
        pd.DataFrame({"source": ["a"], "target": ["b"]}), actors=["a", "b", "c"], directed=False
    )
    after = Tie([("b", "c")]).apply(Situation.of(net))
    assert len(after.net.known) == 2
    assert after.dyads.at["c", "b"] == 1


def test_an_nao_may_be_new_and_knows_everybody(before):
    after = Appoint("office", "nao").apply(before)
    assert after.nao == "office"
    assert after.net.to_matrix().loc["office"].tolist() == [1, 1, 1, 0]
    assert after.holders.loc["office"].sum() == 0
    with pytest.raises(DataError, match="not among the organizations"):
        Appoint("office", "lead").apply(before)
    with pytest.raises(UndefinedError, match="no form 'chief'"):
        Appoint("a", "chief").apply(before)


def test_an_agreement_is_renewed_without_touching_the_others(before):
    after = Renew("k1", "2030-01-01").apply(before)
    assert after.register["end"].tolist() == ["2030-01-01", "open"]
    assert before.register["end"].tolist() == ["2024-01-01", "open"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Remove("B"), "did you mean 'b'"),
        (Add("a"), "takes part already"),
        (Add("d", ["q"]), "not among the organizations"),
        (Add("d", holds=["wonnen"]), "did you mean 'wonen'"),
        (Merge(["a"], "a"), "two organizations or more"),
        (Merge(["a", "b"], "c"), "is another organization"),
        (Tie([("a", "b")], weight=-1), "wanted more than 0"),
        (Renew("k3"), "not in the register"),
    ],
)
def test_a_step_that_cannot_be_taken_is_told(before, step, said):
    with pytest.raises(DataError, match=said):
        step.apply(before)


def test_only_steps_are_steps():
    with pytest.raises(DataError, match="wanted a step such as"):
        as_steps([Remove("a"), "remove b"])
    with pytest.raises(DataError, match="wanted at least one"):
        as_steps([])
