"""Indicators against counts worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError
from orgnet_analytics.measures import change
from orgnet_analytics.readings import lifecycle


def net(ties: str, members: str = "abcd", *, silent: str = "", directed: bool = True) -> OrgNetwork:
    table = pd.DataFrame([tuple(tie) for tie in ties.split()], columns=["source", "target"])
    answered = [member not in silent for member in members]
    return OrgNetwork(pd.DataFrame({"responded": answered}, index=list(members)), table, directed)


def test_members_and_ties_that_come_and_go():
    seen = lifecycle.indicators({1: net("ab ba bc cd"), 2: net("ab ba ca ae", "abce")})
    second = seen.loc[2]
    assert second["entry"] == 1 / 4
    assert second["exit"] == 1 / 4
    assert second["node_jaccard"] == 3 / 5
    assert second["size_change"] == 0
    assert second["tie_jaccard"] == 2 / 4
    assert second["net_creation"] == 0
    assert second["density_change"] == 0
    assert second["reciprocity_change"] == pytest.approx(2 / 3 - 2 / 3)
    assert seen.loc[1, list(lifecycle.CHANGES)].isna().all()


def test_ties_kept_are_those_of_the_measure_of_change():
    waves = {1: net("ab ba bc cd", silent="d"), 2: net("ab ba ca ae", "abce", silent="e")}
    kept = lifecycle.indicators(waves).loc[2, "tie_jaccard"]
    assert kept == change.net_stability(waves[1], waves[2]) == 1 / 2


def test_growth_among_those_who_stayed():
    second = lifecycle.indicators({1: net("ab bc"), 2: net("ab ba bc cd da")}).loc[2]
    assert second["tie_jaccard"] == 2 / 5
    assert second["net_creation"] == 1
    assert second["density_change"] == 3 / 2
    assert second["reciprocity_change"] == pytest.approx(2 / 5)


def test_only_dyads_known_in_both_waves_count():
    first, second = net("ab bc ca"), net("ab bc", silent="c")
    seen = lifecycle.indicators({1: first, 2: second}).loc[2]
    assert seen["tie_jaccard"] == 1
    assert seen["density_change"] == 0
    assert math.isnan(seen["net_creation"])


def test_reciprocity_is_that_of_pairs_whose_both_sides_are_known():
    seen = lifecycle.indicators({1: net("ab ba ac bd", silent="cd")})
    assert seen.loc[1, "reciprocity"] == 1
    assert seen.loc[1, "density"] == 4 / 6


def test_levels_of_a_star():
    star = lifecycle.indicators({1: net("ab ac ad")}).loc[1]
    assert star["centralization"] == 1
    assert star["transitivity"] == 0
    assert star["reciprocity"] == 0
    assert star["fragmentation"] == 0
    assert star["density"] == 1 / 4


def test_an_undirected_network_has_no_reciprocity():
    seen = lifecycle.indicators({1: net("ab bc", directed=False), 2: net("ab", directed=False)})
    assert seen["reciprocity"].isna().all()
    assert seen.loc[2, "tie_jaccard"] == 1 / 2
    assert seen.loc[2, "net_creation"] == -1


def test_an_empty_network_has_no_structure_but_a_density():
    seen = lifecycle.indicators({1: net(""), 2: net("")})
    assert seen["density"].tolist() == [0, 0]
    assert seen.loc[2, ["entry", "exit", "node_jaccard"]].tolist() == [0, 0, 1]
    gone = ["transitivity", "centralization", "reciprocity", "tie_jaccard", "core_overlap"]
    assert seen[gone].isna().all(axis=None)


def test_several_relations_need_a_name_and_all_count_for_multiplexity():
    ties = pd.DataFrame({"source": list("aabc"), "target": list("bbca"), "relation": list("xyxx")})
    both = OrgNetwork.from_ties(ties, list("abcd"))
    assert lifecycle.indicators(both, relation="x").loc["", "multiplexity"] == pytest.approx(1 / 3)
    assert lifecycle.indicators(both, relation="x").loc["", "density"] == 3 / 12
    with pytest.raises(UndefinedError, match="relation= one of 'x', 'y'"):
        lifecycle.indicators(both)
    with pytest.raises(UndefinedError, match="no relation 'z'"):
        lifecycle.indicators(both, relation="z")


def test_facts_and_their_changes():
    facts = pd.DataFrame(
        {
            "trust": [0.2, 0.5],
            "internal_legitimacy": [0.2, 0.4],
            "governance_form": ["lead", "nao"],
        },
        index=["1", "2"],
    )
    seen = lifecycle.indicators({1: net("ab"), 2: net("ab")}, facts=facts)
    assert seen["trust"].tolist() == [0.2, 0.5]
    assert seen.loc[2, "trust_change"] == pytest.approx(0.3)
    assert seen.loc[2, "legitimacy_change"] == pytest.approx(0.2)
    assert seen.loc[2, "governance_form_change"] == 1
    assert np.isnan(seen.loc[1, "governance_form_change"])
    assert seen["formalization"].isna().all()


def test_a_fact_about_the_change_goes_before_one_worked_out():
    facts = pd.DataFrame(
        {"governance_form": ["lead", "nao"], "governance_form_change": [None, 0]}, index=[1, 2]
    )
    assert (
        lifecycle.indicators({1: net("ab"), 2: net("ab")}, facts=facts).loc[
            2, "governance_form_change"
        ]
        == 0
    )


def test_every_wrong_fact_is_told_at_once():
    facts = pd.DataFrame(
        {"trust": [1.5, "high", 0.2], "formalisation": [0, 0, 0], "core_purpose_change": [2, 0, 0]},
        index=[1, 2, 3],
    )
    with pytest.raises(DataError) as caught:
        lifecycle.indicators({1: net("ab"), 2: net("ab")}, facts=facts)
    told = str(caught.value)
    for part in ("1.5", "'high'", "did you mean 'formalization'?", "wanted 0 or 1", "no such wave"):
        assert part in told, part
    assert len(caught.value.issues) == 5


@pytest.mark.parametrize("waves", [{}, [1], {1: "a network"}])
def test_waves_that_are_no_networks(waves: object):
    with pytest.raises(DataError, match="wanted"):
        lifecycle.indicators(waves)
