"""Forms on networks made by hand, roles of blocks counted out, and what must never change."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets
from orgnet_analytics.measures import cohesion
from orgnet_analytics.measures.core_periphery import leading_fit
from orgnet_analytics.measures.positions import blockmodel
from orgnet_analytics.readings import structure
from orgnet_analytics.readings.structure.block_roles import block_roles
from orgnet_analytics.readings.structure.seen import camp_of, camp_split

LEFT, RIGHT = list("abcdef"), list("uvwxyz")


def net(pairs, members=None, directed=False, **columns) -> OrgNetwork:
    ties = pd.DataFrame(list(pairs), columns=["source", "target"])
    names = members if members is not None else sorted({*ties["source"], *ties["target"]})
    return OrgNetwork(pd.DataFrame(columns, index=list(names)), ties, directed)


def read(network, **more):
    return structure.read(network, draws=100, **more)


def clique(names):
    return list(combinations(names, 2))


STAR = [("hub", one) for one in LEFT]
RING = [(f"o{i}", f"o{(i + 1) % 14}") for i in range(14)]
CAMPS = [*clique(LEFT), *clique(RIGHT), ("a", "z")]
APART = [*clique(LEFT), *clique(RIGHT)]
CORE = [*clique(LEFT), *((inner, f"{inner}{i}") for inner in LEFT for i in range(2))]


@pytest.mark.parametrize(("pairs", "form"), [
    (STAR, "star"), (clique(LEFT), "even mesh"), (RING, "even mesh"), (CAMPS, "camps"),
    (APART, "fragments"), (CORE, "core and periphery"),
], ids=["star", "clique", "ring", "camps", "apart", "core"])  # fmt: skip
def test_networks_made_by_hand(pairs, form):
    reading = read(net(pairs))
    assert reading.verdict == form
    assert reading.membership.idxmax() == form
    assert reading.margin >= 0.1


def test_a_chain_has_no_form():
    reading = read(net([(f"o{i}", f"o{i + 1}") for i in range(9)]))
    assert reading.verdict == "undetermined"
    assert reading.evidence["agrees"].isna().all()
    assert any(
        said.startswith("even mesh would take bridges at most 0.3") for said in reading.would_change
    )


def test_who_is_where():
    reading = read(net(CORE))
    assert set(reading.core.index[reading.core]) == set(LEFT)
    assert reading.actors.loc["a", ["partners", "place", "cutpoint", "cuts_off"]].tolist() == [
        7, "core", True, 31]  # fmt: skip
    assert reading.actors.loc["a0", "place"] == "periphery"
    lonely = read(net([*STAR], members=["hub", *LEFT, "q"]))
    assert lonely.actors.loc["q", "place"] == "isolate"


def test_what_holds_two_camps_together():
    reading = read(net(CAMPS))
    assert reading.bridges.to_numpy().tolist() == [["a", "z"]]
    assert reading.actors.index[reading.actors["cutpoint"]].tolist() == ["a", "z"]
    assert reading.actors["camp"].nunique() == 2
    evidence = reading.evidence.set_index("indicator")
    assert evidence.at["bridge_count", "value"] == 1
    assert evidence.at["camps_p", "agrees"]
    assert "more than chance" in evidence.at["transitivity", "reading"]


def test_groups_are_laid_beside_the_structure():
    sides = ["left"] * 6 + ["right"] * 6
    reading = read(net(CAMPS, members=LEFT + RIGHT, side=sides), by="side")
    assert reading.groups["camps"].to_dict() == {"left": 1, "right": 1}
    crossing = reading.evidence.set_index("indicator").loc["ei_index"]
    assert crossing["value"] == pytest.approx((1 - 30) / 31)
    assert crossing["reading"].startswith("less than chance")
    assert reading.actors["group"].tolist() == sides
    assert "groups of the organizations (by=)" in read(net(CAMPS)).missing[0]


def test_camps_of_two_cliques_and_their_modularity():
    two = net(CAMPS)
    assert camp_of(two)[LEFT].nunique() == camp_of(two)[RIGHT].nunique() == 1
    assert camp_split(two) == pytest.approx(30 / 31 - 2 * (31 / 62) ** 2)
    assert np.isnan(camp_split(net([], members="abc")))


@settings(max_examples=15, deadline=None)
@given(st.integers(4, 9), st.integers(0, 10_000))
def test_a_core_of_the_busiest_is_never_better_than_the_best(n: int, seed: int):
    chance = np.random.default_rng(seed)
    pairs = [pair for pair in combinations([f"o{i}" for i in range(n)], 2) if chance.random() < 0.4]
    network = net(pairs, members=[f"o{i}" for i in range(n)])
    quick, best = leading_fit(network), cohesion.core_periphery(network).fit
    assert np.isnan(quick) or quick <= best + 1e-9


def test_roles_of_blocks():
    parts = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 3}
    gives = [(a, c) for a in "ab" for c in "cd"] + [("c", "d"), ("d", "c")]
    network = net(gives, members=list("abcdef"), directed=True)
    table = block_roles(network, blockmodel(network, partition=parts))
    assert table["role"].to_dict() == {1: "giver", 2: "receiver", 3: "margin"}
    assert table.loc[1, ["members", "within", "gives", "receives"]].tolist() == [2, 0, 0.5, 0]
    assert table.loc[2, "within"] == 1


def test_silence_is_no_absence_and_too_much_of_it_withholds_the_form():
    answered = [True] * 9 + [False] * 3
    some = read(net(CAMPS, members=LEFT + RIGHT, responded=answered))
    assert some.bounds.loc["density", "lowest"] == 31 / 66
    assert some.bounds.loc["density", "highest"] == 31 / 66
    few = read(net(STAR, members=["hub", *LEFT], directed=True, responded=[True] * 3 + [False] * 4))
    assert few.verdict == "undetermined"
    assert few.missing[0] == "14 dyads nobody reported on"
    assert few.bounds.loc["centralization", "lowest"] < 1
    assert few.caveats[-1] == "Below 50% the verdict is withheld."


def test_no_ties_are_fragments_and_nothing_else():
    reading = read(net([], members=LEFT))
    assert reading.verdict == "fragments"
    assert reading.membership.drop("fragments").max() == 0


def test_the_chronic_care_case_has_a_core():
    case = datasets.load_chronic_care()
    reading = read(case.waves[2025], relation="information", by="sector")
    assert reading.verdict == "core and periphery"
    assert reading.groups.index[0] == "zorg"
    assert reading.row()[["verdict", "cutpoints"]].tolist() == ["core and periphery", 0]


def test_rules_are_laid_over_ours_checked_and_printed():
    own = {"conditions": {"star": {"coverage": [0, 0, 0.5, 0.6]}}}
    reading = read(net(STAR), rules=own)
    assert reading.verdict != "star"
    assert reading.rules.at["star: coverage", "value"] == [0, 0, 0.5, 0.6]
    wrong = {"conditions": {"star": {"size": [0, 0, 1, 1], "coverage": [1, 0]}, "tree": {}}, "odd": {},
             "thresholds": {"margins": {"value": 1}}}  # fmt: skip
    with pytest.raises(DataError, match="no such part"):
        read(net(STAR), rules=wrong)
    with pytest.raises(DataError) as caught:
        read(net(STAR), rules={k: v for k, v in wrong.items() if k != "odd"})
    assert len(caught.value.issues) == 4


def test_what_has_no_structure():
    with pytest.raises(UndefinedError, match="three organizations or more"):
        read(net([("a", "b")]))
    with pytest.raises(UndefinedError, match="no column 'kind'"):
        read(net(STAR), by="kind")
    with pytest.raises(UndefinedError, match="relation= one of 'information'"):
        read(datasets.load_knoke())
    with pytest.raises(DataError, match="draws"):
        structure.read(net(STAR), draws=0)


def test_it_shows_hostile_names_as_text():
    reading = read(net([("<b>", one) for one in LEFT]))
    assert "<b>hub" not in reading._repr_html_()
    assert "&lt;b&gt;" in reading._repr_html_()
    assert reading.actors.at["<b>", "cutpoint"]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_names_and_the_order_of_rows_change_nothing(seed: int):
    chance = np.random.default_rng(seed)
    members = LEFT + RIGHT[:3]
    pairs = [pair for pair in combinations(members, 2) if chance.random() < 0.35]
    names = dict(zip(members, chance.permutation([f"x{i}" for i in range(9)]), strict=True))
    first = structure.read(net(pairs, members=members), draws=5)
    other = net([(names[b], names[a]) for a, b in pairs][::-1], members=sorted(names.values()))
    second = structure.read(other, draws=5)
    free = ["fragmentation", "centralization", "coverage", "lead_over_second", "core_fit", "bridges",
            "density", "cutpoints"]  # fmt: skip
    values = [one.evidence.drop_duplicates("indicator").set_index("indicator").loc[free, "value"]
              for one in (first, second)]  # fmt: skip
    pd.testing.assert_series_equal(*values)
    renamed = first.actors["cuts_off"].rename(index=names)
    pd.testing.assert_series_equal(renamed.sort_index(), second.actors["cuts_off"].sort_index())
