"""Forms on networks made by hand, positions counted over all triples, trust worked out by hand."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets
from orgnet_analytics.measures import trust
from orgnet_analytics.readings import relations
from orgnet_analytics.readings.relations.seen import behind_sole_link, overlap, passing, returned

LEFT, RIGHT = list("abcde"), list("vwxyz")


def net(pairs, members=None, directed=False, groups=None, responded=None) -> OrgNetwork:
    ties = pd.DataFrame(list(pairs), columns=["source", "target"])
    names = list(members) if members is not None else sorted({*ties["source"], *ties["target"]})
    kind = ["left" if one in LEFT else "right" for one in names] if groups is None else groups
    actors = pd.DataFrame({"kind": kind}, index=names)
    if responded is not None:
        actors["responded"] = responded
    return OrgNetwork(actors, ties, directed)


def read(network, **more):
    return relations.read(network, by="kind", draws=20, **more)


def clique(names):
    return list(combinations(names, 2))


STAR = [("v", one) for one in LEFT]
BROKERED = [*clique(LEFT), *clique(RIGHT), *(("m", one) for one in "abcvwx")]
RING = [(f"o{i}", f"o{(i + 1) % 12}") for i in range(12)]


@pytest.mark.parametrize(("pairs", "form"), [
    (STAR, "hanging by threads"), (clique(LEFT + RIGHT), "closed circle"), (RING, "many hands"),
], ids=["star", "clique", "ring"])  # fmt: skip
def test_networks_made_by_hand(pairs, form):
    reading = read(net(pairs))
    assert reading.verdict == form
    assert reading.margin >= 0.1


def test_one_broker_between_two_circles():
    reading = read(net(BROKERED))
    assert reading.bridging == ("m",)
    assert reading.profile.loc["m", ["brokered", "crossing", "closed"]].tolist() == [9, 1, 6 / 15]
    assert reading.profile.at["m", "main_role"] != "coordinator"


def test_who_is_exposed_and_why():
    tail = net([*clique("abcd"), ("d", "e"), ("e", "v"), ("v", "w"), ("w", "x"), ("x", "v")])
    reading = read(tail)
    assert reading.profile["why"].to_dict() == {
        **dict.fromkeys("abc", "few partners, who lead back to each other"), "d": "", "e": "",
        "v": "hangs on a single link", "w": "hangs on a single link", "x": "hangs on a single link",
    }  # fmt: skip
    assert read(net(STAR)).profile.at["a", "why"] == "one partner"
    pair_of_three = net([*clique("abc"), *(("c", one) for one in "dvwx"), ("d", "v"), ("w", "x")])
    assert read(pair_of_three).profile.at["a", "why"] == "few partners, who lead back to each other"
    assert read(net(clique("abcd"))).exposed == ()


def test_behind_a_sole_link_is_the_smaller_side():
    chain = net([(f"o{i}", f"o{i + 1}") for i in range(5)])
    assert behind_sole_link(chain).tolist() == [True, True, False, False, True, True]
    assert not behind_sole_link(net(RING)).any()


def test_who_is_bypassed_has_partners_in_direct_touch():
    both = [*permutations(LEFT, 2)]
    reading = read(net([*both, ("a", "v"), ("v", "a")], directed=True))
    assert "b" in reading.bypassed
    assert reading.profile.at["b", "closed"] == 1
    assert "v" not in reading.bypassed


@settings(max_examples=20, deadline=None)
@given(st.integers(3, 7), st.booleans(), st.integers(0, 10_000))
def test_pairs_passed_are_those_of_a_count_over_all_triples(n: int, directed: bool, seed: int):
    chance = np.random.default_rng(seed)
    cells = chance.choice([0, 1, np.nan], (n, n), p=[0.45, 0.4, 0.15])
    if not directed:
        cells = np.triu(cells, 1) + np.triu(cells, 1).T
    np.fill_diagonal(cells, 0)
    network = OrgNetwork.from_matrix(cells, [f"o{i}" for i in range(n)], directed=directed)
    found = passing(network).to_numpy()
    for v in range(n):
        pairs = [(i, k) for i, k in permutations(range(n), 2)
                 if v not in (i, k) and cells[i, v] == 1 and cells[v, k] == 1]  # fmt: skip
        known = [p for p in pairs if not np.isnan(cells[p])]
        closed = sum(cells[p] == 1 for p in known)
        other = sum(
            cells[i, k] == 1
            or any(w != v and w not in (i, k) and cells[i, w] == 1 and cells[w, k] == 1 for w in range(n))
            for i, k in pairs
        )  # fmt: skip
        assert found[v, 0] == len(pairs) / (1 if directed else 2)
        assert found[v, 1] == pytest.approx(closed / len(known) if known else np.nan, nan_ok=True)
        assert found[v, 2] == pytest.approx(other / len(pairs) if pairs else np.nan, nan_ok=True)


def test_silence_is_no_refusal():
    told = [("a", "b"), ("b", "a"), ("a", "c"), ("b", "d")]
    network = net(told, members="abcd", directed=True, responded=[True, True, False, True])
    assert returned(network).iloc[:2].tolist() == [1, 0.5]
    reading = read(network)
    assert reading.profile.loc["c", ["bridges", "exposed", "bypassed"]].isna().all()
    assert reading.profile.at["c", "why"] == ""
    assert reading.bounds.loc["reciprocity", "known"] == pytest.approx(2 / 3)
    assert reading.bounds.loc["reciprocity", "highest"] == pytest.approx(4 / 5)
    assert reading.missing[:2] == ("3 dyads nobody reported on",
                                   "the answers of 1 organizations: nothing is said of these")  # fmt: skip


def test_few_answers_withhold_the_form():
    reading = read(net(STAR, directed=True, responded=[True] * 2 + [False] * 4))
    assert reading.verdict == "undetermined"
    assert reading.caveats[-1] == "Below 50% the verdict is withheld."


def test_trust_is_compared_where_both_rate():
    ratings = pd.DataFrame({"source": [*"abcad"], "target": [*"baacb"], "weight": [4, 1, 3, 3, 2]})
    rated = OrgNetwork(pd.DataFrame(index=list("abcde")), ratings)
    reading = read(net(clique(LEFT)), trust=rated)
    assert reading.one_sided.to_numpy().tolist() == [["a", "b", 4, 1, 0.75]]
    evidence = reading.evidence.set_index("indicator")["value"]
    assert evidence["trust_one_sided"] == 1 / 2
    assert evidence["trust_unreturned"] == pytest.approx(1 / 3)
    row = reading.profile.loc["a", ["trust_sent", "trust_received", "trust_gap"]]
    assert row.tolist() == [3.5, 2, -1.5]


def test_relations_that_go_together():
    pairs = pd.DataFrame({"source": [*"aab"], "target": [*"bbc"], "relation": [*"xyx"]})
    assert overlap(OrgNetwork.from_ties(pairs)).loc["x", "y"] == 0.5
    case = datasets.load_chronic_care()
    reading = relations.read(case.waves[2025], by="sector", relation="referral", draws=20)
    assert reading.bridging == ("OCM", "AZM", "LDC")
    multiplexity = reading.evidence.set_index("indicator").at["multiplexity", "value"]
    assert multiplexity == trust.net_multiplexity(case.waves[2025])
    assert reading.row()["bridges"] == 3


def test_rules_are_laid_over_ours_and_printed():
    own = {"thresholds": {"exposed_partners": {"value": 1}, "margin": {"value": 2}}}
    reading = read(net(STAR), rules=own)
    assert reading.verdict == "undetermined"
    assert reading.rules.at["exposed_partners", "value"] == 1
    with pytest.raises(DataError, match="did you mean 'bridge_z'"):
        read(net(STAR), rules={"thresholds": {"bridges_z": {"value": 1}}})


def test_what_has_no_relations_to_read():
    with pytest.raises(UndefinedError, match="three organizations or more"):
        read(net([("a", "b")]))
    with pytest.raises(UndefinedError, match="no column 'size'"):
        relations.read(net(STAR), by="size")
    with pytest.raises(UndefinedError, match="ratings with a direction"):
        read(net(STAR), trust=net(STAR))
    with pytest.raises(UndefinedError, match="no relation 'trust'"):
        read(net(STAR), trust="trust")
    with pytest.raises(DataError, match="draws"):
        relations.read(net(STAR), by="kind", draws=0)


def test_no_ties_say_nothing():
    reading = read(net([], members=LEFT))
    assert reading.verdict == "undetermined"
    assert reading.profile["exposed"].isna().all()
    assert reading.bridging == reading.exposed == reading.bypassed == ()


def test_it_shows_hostile_names_as_text():
    shown = read(net([("<b>", one) for one in LEFT]))._repr_html_()
    assert "<td>&lt;b&gt;" in shown or "<th>&lt;b&gt;" in shown


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_names_and_the_order_of_rows_change_nothing(seed: int):
    chance = np.random.default_rng(seed)
    members = LEFT + RIGHT[:3]
    pairs = [pair for pair in permutations(members, 2) if chance.random() < 0.3]
    names = dict(zip(members, chance.permutation([f"q{i}" for i in range(8)]), strict=True))
    first = relations.read(net(pairs, members, directed=True), by="kind", draws=5)
    order = sorted(members, key=names.get)
    other = net([(names[a], names[b]) for a, b in pairs][::-1], [names[m] for m in order],
                directed=True, groups=["left" if m in LEFT else "right" for m in order])  # fmt: skip
    second = relations.read(other, by="kind", draws=5)
    free = [c for c in first.profile if c != "main_role"]
    moved = first.profile[free].rename(index=names).sort_index()
    pd.testing.assert_frame_equal(moved, second.profile[free].sort_index())
    assert first.membership.to_dict() == pytest.approx(second.membership.to_dict())
