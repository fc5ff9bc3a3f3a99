"""Overlap of cliques against every order of the organizations, and the process scores by hand."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, cohesion
from orgnet_analytics.readings import effectiveness


def network(referral, planning, members, **more):
    ties = [(a, b, "referral") for a, b in referral] + [(a, b, "planning") for a, b in planning]
    actors = pd.DataFrame(more, index=list(members))
    return OrgNetwork(actors, pd.DataFrame(ties, columns=["source", "target", "relation"]))


def groups(*some):
    return [pair for one in some for pair in combinations(one, 2)]


def test_the_same_groups_in_both_relations_are_more_than_chance():
    net = network(groups("abc", "def", "ghi"), groups("abc", "def", "ghi"), "abcdefghi")
    reading = effectiveness.integration(net, permutations=4000)
    assert reading.verdict == "overlapping cliques"
    # Of the 9! orders 3!^3 * 3! keep the three groups together.
    assert reading.p == pytest.approx(1296 / 362880, abs=0.003)
    values = reading.evidence.set_index("indicator")["value"]
    assert (values["clique_overlap"], values["same_cliques"], values["members_in_both"]) == (
        1,
        3,
        1,
    )
    assert reading.context.loc["referral", ["density", "cliques", "largest"]].tolist() == [
        9 / 72,
        3,
        3,
    ]


def test_groups_across_are_no_more_than_chance():
    net = network(groups("abc", "def", "ghi"), groups("adg", "beh", "cfi"), "abcdefghi")
    reading = effectiveness.integration(net)
    assert reading.verdict == "no more overlap than chance"
    assert reading.evidence.set_index("indicator").at["clique_overlap", "value"] == pytest.approx(
        1 / 5
    )
    assert reading.p == 1
    assert "p = 1.000" in repr(reading)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_chance_is_that_of_every_order(seed):
    chance = np.random.default_rng(seed)
    members, pairs = "abcdef", list(combinations("abcdef", 2))
    some = [[p for p in pairs if chance.random() < 0.6] for _ in range(2)]
    net = network(*some, members)
    reading = effectiveness.integration(net, permutations=2000, seed=1)
    first, second = (net.relation(one) for one in ("referral", "planning"))
    a, b = (cohesion.cliques(one).to_numpy() for one in (first, second))
    if not a.size or not b.size:
        assert (reading.verdict, np.isnan(reading.p)) == ("undetermined", True)
        return

    def overlap(x, y):
        table = [[len(p & q) / len(p | q) for q in y] for p in x]
        return (np.max(table, axis=1).mean() + np.max(table, axis=0).mean()) / 2

    sets = [[set(np.flatnonzero(column)) for column in one.T] for one in (a, b)]
    found = overlap(*sets)
    assert reading.evidence.at[0, "value"] == pytest.approx(found)
    orders = list(permutations(range(6)))
    hits = [overlap(sets[0], [{order[i] for i in one} for one in sets[1]]) >= found - 1e-12
            for order in orders]  # fmt: skip
    assert reading.p == pytest.approx(np.mean(hits), abs=0.05)


def test_without_cliques_or_answers_it_is_undetermined():
    net = network([("a", "b")], groups("abc"), "abc")
    reading = effectiveness.integration(net)
    assert reading.verdict == "undetermined"
    assert reading.missing == ("There is no clique in referral.",)
    assert repr(reading) == "<IntegrationReading undetermined>"
    trios = groups("abc", "def", "ghi")
    few = network(trios, trios, "abcdefghi", responded=[True] * 4 + [False] * 5)
    assert effectiveness.integration(few).verdict == "undetermined"
    some = network(trios, trios, "abcdefghi", responded=[True] * 6 + [False] * 3)
    reading = effectiveness.integration(some)
    assert reading.verdict == "overlapping cliques"
    assert "Only 67% of the members answered." in reading.caveats


def test_which_relations_must_be_clear():
    ties = pd.DataFrame({"source": ["a"] * 3, "target": ["b"] * 3, "relation": ["x", "y", "z"]})
    net = OrgNetwork.from_ties(ties)
    with pytest.raises(UndefinedError, match=r"3: x, y, z\. Name two"):
        effectiveness.integration(net)
    with pytest.raises(UndefinedError, match="There is no relation 'q'"):
        effectiveness.integration(net, relations=["x", "q"])
    with pytest.raises(UndefinedError, match=r"compares two relations, got x\."):
        effectiveness.integration(net, relations=["x", "x"])
    with pytest.raises(DataError, match="1 or more"):
        effectiveness.integration(net, relations=["x", "y"], permutations=0)
    assert effectiveness.integration(
        net, relations=["z", "x"], smallest=2
    ).context.index.tolist() == ["z", "x"]


# the process


def test_the_dimensions_are_read_apart():
    answers = pd.DataFrame(
        {
            "g1": [6, 7, 6, 7], "g2": [6, 7, 7, 7],  # strong
            "a1": [1, 7, 1, 7], "a2": [1, 7, 1, 7],  # divided
            "m1": [1, 7, 4, 4], "m2": [7, 1, 4, 5],  # not one score: they run against each other
            "n1": [7, 6, 6, 7],  # reversed: weak, one item
        }
    )  # fmt: skip
    reading = effectiveness.process(
        answers,
        dimensions={"norms": ["n1"], "governance": ["g1", "g2"], "administration": ["a1", "a2"],
                    "mutuality": ["m1", "m2"]},
        reverse=["n1"],
    )  # fmt: skip
    assert reading.verdict == (
        "strong: governance; weak: norms; divided: administration; not one score: mutuality"
    )
    table = reading.dimensions
    assert list(table.index) == ["governance", "administration", "mutuality", "norms"]
    assert table.loc["governance", "mean"] == pytest.approx(6.625)
    assert table.loc["norms", "place"] == pytest.approx((1.5 - 1) / 6)
    assert np.isnan(table.loc["norms", "alpha"])
    assert reading.missing == ("Nothing was asked about autonomy.",)
    assert len(reading.would_change) == 2


def test_only_unreadable_dimensions_are_undetermined():
    answers = pd.DataFrame({"m1": [1, 7, 4], "m2": [7, 1, 4.5]})
    reading = effectiveness.process(answers, dimensions={"mutuality": ["m1", "m2"]})
    assert reading.verdict == "undetermined"
    blank = pd.DataFrame({"m1": [None, None], "x": [1, 2]})
    reading = effectiveness.process(blank, dimensions={"mutuality": ["m1"]})
    assert reading.verdict == "undetermined"
    assert "Nobody answered on mutuality." in reading.missing


def test_one_respondent_is_no_dimension():
    one = pd.DataFrame({"n1": [6], "n2": [7], "a1": [2]})
    reading = effectiveness.process(
        one, dimensions={"norms": ["n1", "n2"], "administration": ["a1"]}
    )
    assert reading.verdict == "undetermined"
    assert reading.dimensions["word"].tolist() == ["too few answers"] * 2
    two = pd.DataFrame({"n1": [6, 7], "n2": [6, 7], "a1": [2, None]})
    reading = effectiveness.process(
        two, dimensions={"norms": ["n1", "n2"], "administration": ["a1"]}
    )
    assert reading.verdict == "strong: norms; too few answers: administration"


def test_every_problem_with_the_items_is_told_at_once():
    answers = pd.DataFrame({"g1": [9, "high", 3]})
    with pytest.raises(DataError) as caught:
        effectiveness.process(
            answers,
            dimensions={"governence": ["g1"], "norms": ["n1", "g1"], "autonomy": []},
            reverse=["z"],
        )
    problems = caught.value.issues["problem"].tolist()
    assert len(problems) == 7
    assert "did you mean 'governance'?" in caught.value.issues["suggestion"].tolist()
    with pytest.raises(DataError, match="lowest answer below"):
        effectiveness.process(answers, dimensions={"norms": ["g1"]}, lowest=7, highest=1)
