"""Coverage against trying every set; stakes on games worked out by hand."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, TwoModeNetwork, datasets
from orgnet_analytics.readings import coverage

HOLDERS = pd.DataFrame(
    {
        "care": [1, 1, 0, 0],
        "housing": [0, 0, 1, 0],
        "work": [0, 0, 0, 0],
        "debt": [0, np.nan, 0, 0],
    },
    index=["clinic", "nurses", "homes", "police"],
)


def test_what_is_covered_by_whom():
    reading = coverage.read(HOLDERS)
    assert reading.verdict == "gaps"
    assert reading.covered == ("care", "housing")
    assert reading.gaps == ("work",)
    assert reading.unknown == ("debt",)
    assert reading.redundancy.to_dict() == {"care": 2, "housing": 1, "work": 0, "debt": 0}
    assert reading.single_holders.to_dict() == {"housing": "homes"}
    assert set(reading.smallest_sets) == {
        frozenset({"clinic", "homes"}),
        frozenset({"nurses", "homes"}),
    }
    assert "work, debt" in reading.caveats[0]


def test_what_only_an_unknown_cell_could_cover_is_undetermined():
    assert coverage.read(HOLDERS, required=["care", "debt"]).verdict == "undetermined"
    assert coverage.read(HOLDERS, required=["care"]).verdict == "covered"


def test_whom_to_invite_beside_the_members():
    reading = coverage.read(HOLDERS, members=["police", "homes"])
    assert reading.covered == ("housing",)
    assert reading.gaps == ("care", "work", "debt")
    assert set(reading.smallest_sets) == {frozenset({"clinic"}), frozenset({"nurses"})}
    assert reading.marginal["dyads"].tolist() == [2, 3]
    assert reading.marginal["adds"].tolist() == [1, 0]


def test_marginal_value_against_the_dyads_it_adds():
    marginal = coverage.read(HOLDERS).marginal
    assert marginal.index.tolist() == ["clinic", "homes", "nurses", "police"]
    assert marginal["covered"].tolist() == [0.25, 0.5, 0.5, 0.5]
    assert marginal["sole"].tolist() == [0, 1, 0, 0]
    assert marginal["dyads"].tolist() == [0, 1, 2, 3]
    assert marginal["backs_up"].tolist() == [0, 0, 1, 0]


def test_who_adds_nothing_may_still_back_up():
    case = datasets.load_chronic_care()
    reading = coverage.read(case.candidates, members=case.needs.actors.index)
    assert reading.smallest_sets == (frozenset({"NLU"}),)
    backs_up = reading.marginal.query("backs_up > 0")["backs_up"]
    assert backs_up.to_dict() == {"THK": 1, "PZL": 1}
    assert reading.marginal.index[:3].tolist() == ["NLU", "THK", "PZL"]
    assert reading.marginal["dyads"].iloc[0] == 40


def test_a_required_competence_no_column_knows_is_a_gap_and_a_slip_of_the_pen_is_not():
    assert coverage.read(HOLDERS, required=["care", "law"]).gaps == ("law",)
    with pytest.raises(DataError, match="did you mean 'housing'"):
        coverage.read(HOLDERS, required=["housng"])


def test_covered_but_out_of_reach_of_the_core():
    ties = pd.DataFrame(
        {"source": ["clinic", "nurses", "clinic"], "target": ["nurses", "police", "police"]}
    )
    net = OrgNetwork.from_ties(ties, HOLDERS.index)
    assert coverage.read(HOLDERS, net=net).unreachable == ("housing",)
    closer = pd.concat([ties, pd.DataFrame({"source": ["police"], "target": ["homes"]})])
    assert coverage.read(HOLDERS, net=OrgNetwork.from_ties(closer, HOLDERS.index)).unreachable == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 7), st.integers(1, 5), st.integers(0, 10_000))
def test_the_smallest_sets_are_those_found_by_trying_every_set(actors: int, needs: int, seed: int):
    cells = np.random.default_rng(seed).random((actors, needs)) < 0.4
    holders = pd.DataFrame(cells.astype(float), index=[f"o{i}" for i in range(actors)],
                           columns=[f"n{j}" for j in range(needs)])  # fmt: skip
    target = cells.any(axis=0)
    for size in range(actors + 1):
        best = {frozenset(holders.index[list(c)]) for c in combinations(range(actors), size)
                if (cells[list(c)].any(axis=0) == target).all()}  # fmt: skip
        if best:
            break
    assert set(coverage.read(holders).smallest_sets) == best


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 10_000))
def test_the_fewest_are_those_of_the_best_filling_of_unknown_cells(n: int, needs: int, seed: int):
    cells = np.random.default_rng(seed).choice([0, 1, np.nan], (n, needs), p=[0.5, 0.2, 0.3])
    holders = pd.DataFrame(cells, index=[f"o{i}" for i in range(n)], columns=list("abcd")[:needs])
    reading = coverage.read(holders)
    target, could = (cells == 1).any(axis=0), cells != 0
    sizes = [size for size in range(n + 1) for c in combinations(range(n), size)
             if (could[list(c)].any(axis=0) >= target).all()]  # fmt: skip
    assert reading.fewest == min(sizes) <= len(reading.smallest_sets[0])
    assert reading.covered == tuple(holders.columns[target])
    assert set(reading.unknown) == set(holders.columns[~target & could.any(axis=0)])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_names_and_the_order_of_rows_change_nothing(seed: int):
    chance = np.random.default_rng(seed)
    cells = chance.choice([0, 1, np.nan], (5, 4), p=[0.5, 0.35, 0.15])
    holders = pd.DataFrame(cells, index=list("abcde"), columns=list("wxyz"))
    names = dict(zip("abcde", chance.permutation(list("pqrst")), strict=True))
    other = holders.rename(index=names).sample(frac=1, random_state=seed)
    first, second = coverage.read(holders), coverage.read(other)
    assert (first.verdict, first.gaps, first.unknown, first.fewest) == (
        second.verdict, second.gaps, second.unknown, second.fewest)  # fmt: skip
    assert first.redundancy.equals(second.redundancy)
    renamed = {frozenset(names[one] for one in team) for team in first.smallest_sets}
    assert renamed == set(second.smallest_sets)


def test_what_might_be_held_is_told_apart():
    holders = HOLDERS.assign(housing=[np.nan, 0, 1, 0])
    reading = coverage.read(holders)
    assert reading.single_holders["housing"] == "homes"
    assert reading.possible.to_dict() == {"care": 0, "housing": 1, "work": 0, "debt": 1}
    assert (reading.fewest, len(reading.smallest_sets[0])) == (1, 2)
    assert reading.marginal.at["nurses", "may_add"] == 1
    assert reading.missing == ("whether nurses holds debt",)
    evidence = reading.evidence.set_index("indicator")
    assert evidence.at["smallest_set", "reading"].endswith("1 to 2, as the unknown cells turn out")


def test_evidence_and_what_would_change_it():
    gaps = coverage.read(HOLDERS, members=["police", "homes"])
    assert gaps.would_change == (
        "inviting clinic or nurses would cover care", "somebody from outside this table who holds work",
        "somebody from outside this table who holds debt",
        "without homes nobody known would hold housing",
    )  # fmt: skip
    assert gaps.evidence.set_index("indicator").at["gaps", "agrees"]
    held = coverage.read(HOLDERS, required=["care", "housing"])
    evidence = held.evidence.set_index("indicator")
    assert evidence["agrees"].astype(object).where(evidence["agrees"].notna(), None).to_dict() == {
        "covered": True, "gaps": True, "unknown": True, "thinly_held": False, "out_of_reach": True,
        "smallest_set": None,
    }  # fmt: skip
    assert held.row().to_dict() == {"verdict": "covered", "covered": 1, "gaps": 0, "unknown": 0,
                                    "thinly_held": 1, "out_of_reach": 0, "smallest_set": 2}  # fmt: skip


def test_what_counts_as_held_is_a_rule():
    rated = pd.DataFrame({"care": [3, 1]}, index=["clinic", "nurses"])
    strict = {"thresholds": {"holds": {"value": 2}, "holders": {"value": 3}}}
    reading = coverage.read(rated, rules=strict)
    assert reading.single_holders.to_dict() == {"care": "clinic"}
    assert reading.rules.at["holders", "value"] == 3
    assert "fewer than 3 holders: care" in reading.evidence["reading"].tolist()
    with pytest.raises(DataError, match="did you mean 'holders'"):
        coverage.read(rated, rules={"thresholds": {"holder": {"value": 3}}})


def test_reach_without_a_core_is_not_told():
    pairs = pd.DataFrame(list(combinations(HOLDERS.index, 2)), columns=["source", "target"])
    everybody = coverage.read(HOLDERS, net=OrgNetwork.from_ties(pairs, HOLDERS.index))
    assert everybody.unreachable == ()
    assert "a core of the network to count reach from" in everybody.missing


def test_an_unknown_dyad_may_bring_it_within_reach():
    ties = pd.DataFrame({"source": ["clinic", "nurses", "clinic", "police"],
                         "target": ["nurses", "police", "police", "homes"],
                         "weight": [1, 1, 1, np.nan]})  # fmt: skip
    reading = coverage.read(HOLDERS, net=OrgNetwork.from_ties(ties, HOLDERS.index))
    assert reading.unreachable == ("housing",)
    assert "perhaps not by what is unknown: housing" in reading.caveats[-1]


def test_holders_outside_the_network_are_told():
    ties = pd.DataFrame(
        {"source": ["clinic", "nurses", "clinic"], "target": ["nurses", "police", "police"]}
    )
    three = OrgNetwork.from_ties(
        pd.concat([ties, pd.DataFrame({"source": ["police"], "target": ["x"]})])
    )
    assert (
        coverage.read(HOLDERS, net=three).caveats[-1]
        == "Not in the network, so out of its reach: homes."
    )
    strangers = OrgNetwork.from_ties(ties.replace("^", "other ", regex=True))
    with pytest.raises(DataError, match="none of those who hold anything"):
        coverage.read(HOLDERS, net=strangers)


def test_more_sets_than_are_listed_are_told():
    holders = pd.DataFrame({"care": np.ones(9)}, index=[f"o{i}" for i in range(9)])
    reading = coverage.read(holders, most_sets=4)
    assert len(reading.smallest_sets) == 4
    assert "more smallest sets" in reading.caveats[0]
    assert len(coverage.read(holders, most_sets=9).smallest_sets) == 9


def test_the_case_has_a_gap_and_single_holders():
    case = datasets.load_chronic_care()
    reading = coverage.read(case.needs, net=case.waves[2025].relation("information"))
    assert reading.gaps == ("nachtopvang",)
    assert set(reading.single_holders.index) == {"hulp in huis", "veiligheid"}
    assert reading.unreachable == ()


def test_bad_input():
    with pytest.raises(DataError, match="did you mean 'clinic'"):
        coverage.read(HOLDERS, members=["clinc"])
    with pytest.raises(DataError, match="got list"):
        coverage.read([[1]])
    with pytest.raises(DataError, match="at least one"):
        coverage.read(HOLDERS, required=[])
    with pytest.raises(DataError, match="most_sets"):
        coverage.read(HOLDERS, most_sets=0)


def test_it_shows_hostile_names_as_text():
    bad = TwoModeNetwork.from_ties(pd.DataFrame({"actor": ["<i>"], "event": ["<b>"]}))
    shown = coverage.read(bad)._repr_html_()
    assert "<i>" not in shown
    assert "&lt;b&gt;" in shown


# stakes


@pytest.mark.parametrize(("held", "name"), list(zip(product([0, 1], repeat=3), [
    "none", "demanding", "discretionary", "dependent", "dormant", "dangerous", "dominant", "definitive",
], strict=True)))  # fmt: skip
def test_all_eight_classes_of_salience(held: tuple[int, ...], name: str):
    rated = pd.DataFrame(
        [held], columns=["power", "legitimacy", "urgency"], index=["x"], dtype=float
    )
    found = coverage.salience(rated).loc["x"]
    assert (found["salience"], found["held"], found["definitive"]) == (name, sum(held), min(held))


def test_salience_of_what_was_not_rated_is_not_known():
    rated = pd.DataFrame({"power": [0.9], "legitimacy": [np.nan], "urgency": [0.9]})
    assert coverage.salience(rated).isna().all(axis=None)
    with pytest.raises(DataError, match="urgency"):
        coverage.salience(rated.drop(columns="urgency"))
    with pytest.raises(DataError, match=r"wanted 0 to 1: '3"):
        coverage.salience(rated.assign(power=3.0))


def test_a_textbook_game():
    found = coverage.coalitions({"a": 50, "b": 49, "c": 1}, quota=51)
    assert set(found.minimal) == {frozenset("ab"), frozenset("ac")}
    assert found.power.to_dict() == pytest.approx({"a": 0.6, "b": 0.2, "c": 0.2})
    assert repr(found) == "<Coalitions a + b; a + c; power a 0.60, b 0.20, c 0.20>"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(1, 20))
def test_coalitions_are_those_found_by_trying_every_set(votes: list[int], quota: int):
    names = [f"o{i}" for i in range(len(votes))]
    weight = dict(zip(names, votes, strict=True))
    sets = [frozenset(c) for k in range(len(names) + 1) for c in combinations(names, k)]
    winning = {one for one in sets if sum(weight[m] for m in one) >= quota}
    minimal = {one for one in winning if not any(one - {m} in winning for m in one)}
    found = coverage.coalitions(weight, quota=quota)
    assert set(found.minimal) == minimal
    swings = {m: sum(m in one and one - {m} not in winning for one in winning) for m in names}
    if winning:
        total = sum(swings.values())
        assert found.power.to_dict() == pytest.approx({m: swings[m] / total for m in names})
    else:
        assert found.power.isna().all()


def test_votes_that_are_no_votes():
    with pytest.raises(DataError) as caught:
        coverage.coalitions({"a": -1, "b": "many"}, quota=0)
    assert len(caught.value.issues) == 3
    with pytest.raises(DataError, match="1 to 20"):
        coverage.coalitions({str(i): 1 for i in range(21)}, quota=5)


def test_a_name_that_stands_twice_is_told_and_not_dropped():
    with pytest.raises(DataError, match="row a: the name stands more than once"):
        coverage.coalitions(pd.Series([3, 2, 1], index=["a", "a", "b"]), quota=4)
    with pytest.raises(DataError, match="row 1: the name stands more than once"):
        coverage.coalitions({1: 3, "1": 2}, quota=4)
    rated = pd.DataFrame(
        {"power": ["x", 0.2], "legitimacy": [2, 0.1], "urgency": 0}, index=["a", "a"]
    )
    with pytest.raises(DataError) as told:
        coverage.salience(rated)
    assert told.value.issues["value"].tolist() == ["x", "2.0"]
