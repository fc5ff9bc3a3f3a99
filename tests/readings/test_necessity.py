"""Necessary conditions: R's NCA on its example data, a second implementation, and what must always hold."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError
from orgnet_analytics.readings import necessity
from orgnet_analytics.readings.necessity.ceilings import Cloud, Scope, ceilings, scope_of

REFERENCE = Path(__file__).parents[1] / "reference"
DUL = pd.read_csv(REFERENCE / "nca_dul_example" / "nca_example.csv", index_col=0)
CONDITIONS, OUTCOME = ["Individualism", "Risk taking"], "Innovation performance"
PRINTED = (REFERENCE / "nca_dul_example" / "r_nca_output.txt").read_text()
EXPECTED = json.loads((REFERENCE / "nca_dul_example" / "expected.json").read_text())
ROWS = {
    "Ceiling zone": "zone", "Effect size": "effect_size", "# above": "above", "Slope": "slope",
    "Intercept": "intercept", "Fit": "fit", "Ceiling accuracy": "accuracy",
    "Abs. ineff.": "absolute_inefficiency", "Rel. ineff.": "relative_inefficiency",
    "Condition ineff.": "condition_inefficiency", "Outcome ineff.": "outcome_inefficiency",
}  # fmt: skip


def printed(condition, corner):
    """Return the lines R printed of one condition: parameter -> a text per ceiling."""
    start = f"==  {condition} \n" if corner == 1 else f"== corner {corner} {condition} \n"
    block = PRINTED.split(start)[1].split("\n==")[0]
    found = {}
    for label, ours in ROWS.items():
        line = re.search(rf"^{re.escape(label)} +(.*)$", block, re.MULTILINE)
        found[ours] = line.group(1).split()[:2]
    return found


def as_printed(value, text):
    """Say whether a number is the printed one, to its last digit."""
    if text in ("NA", "NaN"):
        return bool(np.isnan(value))
    digits = len(text.split(".")[1]) if "." in text else 0
    return abs(value - float(text)) <= 0.5000001 * 10.0**-digits


@pytest.mark.parametrize("corner", [1, 2, 3, 4])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_printed_parameter_of_nca(condition, corner):
    cases = DUL[[condition, OUTCOME]].set_axis(["x", "y"], axis=1)
    found = ceilings(cases, scope_of(cases, None), corner).parameters
    for row, texts in printed(condition, corner).items():
        for ceiling, text in zip(("ce_fdh", "cr_fdh"), texts, strict=True):
            assert as_printed(found.at[row, ceiling], text), (row, ceiling, text)


@pytest.mark.parametrize("ceiling", ["ce_fdh", "cr_fdh"])
def test_the_bottleneck_tables_of_nca(ceiling):
    expected = EXPECTED["bottleneck_percentage_range"]
    found = necessity.bottlenecks(DUL, conditions=CONDITIONS, outcome=OUTCOME, ceiling=ceiling)
    assert found.index.tolist() == pytest.approx(expected["y"])
    for condition in CONDITIONS:
        for value, wanted in zip(found[condition], expected[ceiling][condition], strict=True):
            assert (value if isinstance(value, str) else round(value, 1)) == wanted


def test_the_reading_holds_scope_peers_and_both_ceilings():
    reading = necessity.nca(
        DUL, condition="Individualism", outcome=OUTCOME, permutations=500, seed=1
    )
    told = EXPECTED["Individualism"]
    assert reading.scope == Scope(*(told[end] for end in ("xmin", "xmax", "ymin", "ymax")))
    assert round(reading.scope.area, 1) == told["scope"]
    peers = [[case, row.x, row.y] for case, row in reading.peers.iterrows()]
    assert peers == told["ce_fdh"]["peers"]
    assert round(reading.effect_size, 6) == told["ce_fdh"]["d"]
    assert list(reading.lines) == ["ce_fdh", "cr_fdh"]
    line = reading.lines["cr_fdh"]
    assert line["y"].tolist() == pytest.approx(28.35271 + 2.23023 * line["x"], abs=1e-3)
    assert reading.lines["ce_fdh"].iloc[[0, -1]].to_numpy().tolist() == [[18, 42.3], [91, 214.4]]


@pytest.mark.parametrize("number", range(24))
def test_random_cases_agree_with_a_second_implementation(number):
    cases = pd.read_csv(REFERENCE / "nca_random" / "cases.csv").query("set == @number")[["x", "y"]]
    values = pd.read_csv(REFERENCE / "nca_random" / "values.csv").query("set == @number")
    first = values.iloc[0]
    given_scope = [
        None if pd.isna(first[c]) else first[c] for c in ("xmin", "xmax", "ymin", "ymax")
    ]
    found = ceilings(cases, scope_of(cases, given_scope), int(first["corner"])).parameters
    for _, told in values.iterrows():
        ours = found.loc[list(ROWS.values()), told["ceiling"]].to_numpy()
        wanted = told[list(ROWS.values())].to_numpy(dtype=float)
        np.testing.assert_allclose(ours, wanted, rtol=2e-5, atol=1e-5)


POINTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=15)


def stepped_by_hand(points, box):
    """Count the unit cells of the scope that no case reaches: the definition, cell by cell."""
    return sum(
        not any(x <= left and y >= low + 1 for x, y in points)
        for left in range(int(box.xmin), int(box.xmax))
        for low in range(int(box.ymin), int(box.ymax))
    )


def sloped_by_hand(points, box):
    """Fit through the peers with numpy, and add up what lies above in thin strips."""
    highest = {x: max(y for a, y in points if a <= x) for x, _ in points}
    peers = [
        (x, y) for x, y in points if y == highest[x] and all(b < y for a, b in points if a < x)
    ]
    if len(set(peers)) < 2:
        return 0.0
    slope, intercept = np.polyfit(*zip(*peers, strict=True), 1)
    x = np.linspace(box.xmin, box.xmax, 200_001)
    strips = np.clip(box.ymax - intercept - slope * x, 0, box.ymax - box.ymin)
    return float(np.trapezoid(strips, x))


@given(POINTS)
def test_the_empty_zones_are_those_of_the_definition(points):
    cases = pd.DataFrame(points, columns=["x", "y"], dtype=float)
    box = scope_of(cases, None)
    found = ceilings(cases, box, 1).parameters.loc["zone"]
    if not box.area:
        assert found.isna().all()
        return
    assert found["ce_fdh"] == pytest.approx(stepped_by_hand(points, box))
    assert found["cr_fdh"] == pytest.approx(sloped_by_hand(points, box), abs=1e-6)


@given(POINTS, st.integers(1, 9), st.integers(-5, 5), st.randoms(use_true_random=False))
def test_units_and_the_order_of_cases_change_no_effect_size(points, factor, shift, chance):
    cases = pd.DataFrame(points, columns=["x", "y"], dtype=float)
    other = pd.DataFrame(chance.sample(points, len(points)), columns=["x", "y"]) * factor + shift
    rows = ["effect_size", "accuracy", "condition_inefficiency", "outcome_inefficiency"]
    first, second = (
        ceilings(one, scope_of(one, None), 1).parameters.loc[rows] for one in (cases, other)
    )
    np.testing.assert_allclose(first, second, atol=1e-9)


@given(POINTS)
def test_turned_over_the_corners_exchange_places(points):
    cases = pd.DataFrame(points, columns=["x", "y"], dtype=float)
    for corner, signs in {2: (-1, 1), 3: (1, -1), 4: (-1, -1)}.items():
        turned = cases * list(signs)
        first = ceilings(cases, scope_of(cases, None), corner).parameters
        second = ceilings(turned, scope_of(turned, None), 1).parameters
        plain = first.index.drop(["slope", "intercept"])
        np.testing.assert_allclose(first.loc[plain], second.loc[plain], atol=1e-9)


def test_permutations_come_near_the_exact_share_of_all_orders():
    from itertools import permutations

    x, y = np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 5, 4])
    cloud = Cloud(x, Scope(1, 5, 1, 5))
    sizes = cloud.effect_sizes(np.array(list(permutations(y))))
    share = (sizes >= cloud.effect_sizes(y[None]) - 1e-12).mean(axis=0)
    cases = pd.DataFrame({"x": x, "y": y})
    found = necessity.nca(cases, condition="x", outcome="y", permutations=20_000, seed=5)
    np.testing.assert_allclose(found.parameters.loc["p"], share, atol=0.01)
    p = found.p
    assert found.parameters.at["p_accuracy", "ce_fdh"] == pytest.approx(
        1.959964 * np.sqrt(p * (1 - p) / 20_000), rel=1e-5
    )


def staircase(n=20):
    ranks = np.arange(float(n))
    return pd.DataFrame({"trust": ranks, "results": ranks}, index=[f"net {i}" for i in range(n)])


def test_a_seed_makes_the_same_p_and_the_reading_tells_it():
    told = {"condition": "Risk taking", "outcome": OUTCOME, "permutations": 1000}
    first = necessity.nca(DUL, seed=3, **told)
    assert first.p == necessity.nca(DUL, seed=3, **told).p
    free = necessity.nca(DUL, **told)
    assert necessity.nca(DUL, seed=free.seed, **told).p == free.p


def test_verdicts():
    told = {"outcome": "results", "permutations": 500, "seed": 1}
    cases = staircase().assign(noise=np.tile([0, 1], 10), still=1.0)
    necessary = necessity.nca(cases, condition="trust", **told)
    assert (necessary.verdict, round(necessary.effect_size, 2)) == ("necessary", 0.53)
    assert necessary.p == 1 / 500
    assert "high results and low trust" in necessary.would_change[0]
    assert necessity.nca(cases, condition="noise", **told).verdict == "not shown"
    still = necessity.nca(cases, condition="still", **told)
    assert still.verdict == "undetermined"
    assert np.isnan(still.effect_size)
    assert np.isnan(still.p)
    assert "differ in still" in still.would_change[0]
    few = necessity.nca(cases.head(9), condition="trust", **told)
    assert few.verdict == "undetermined"
    assert few.would_change == ("More complete cases: there are 9.",)


def test_a_p_near_its_threshold_is_undetermined():
    told = {"condition": "Individualism", "outcome": OUTCOME, "permutations": 1000, "seed": 1}
    p = necessity.nca(DUL, **told).p
    near = {"thresholds": {"p": {"value": p + 0.001}}}
    reading = necessity.nca(DUL, **told, rules=near)
    assert reading.verdict == "undetermined"
    assert "More permutations" in reading.would_change[0]
    far = {"thresholds": {"p": {"value": 0.3}}}
    assert necessity.nca(DUL, **told, rules=far).verdict == "necessary"


def test_cases_without_a_value_are_counted_and_too_many_withhold_the_verdict():
    cases = staircase()
    cases.loc["net 3", "trust"] = np.nan
    told = {"condition": "trust", "outcome": "results", "permutations": 500, "seed": 1}
    reading = necessity.nca(cases, **told)
    assert reading.missing == ("1 of 20 cases lack a value and were left out.",)
    assert any("could lie in the empty corner" in caveat for caveat in reading.caveats)
    many = staircase(30)
    many.iloc[12:, 0] = np.nan
    assert necessity.nca(many, **told).verdict == "undetermined"


def test_the_effect_without_each_case():
    reading = necessity.nca(
        DUL, condition="Individualism", outcome=OUTCOME, permutations=500, seed=1
    )
    for case, size in reading.without.items():
        rest = DUL.drop(index=case)[["Individualism", OUTCOME]].set_axis(["x", "y"], axis=1)
        assert (
            size == ceilings(rest, scope_of(rest, None), 1).parameters.at["effect_size", "ce_fdh"]
        )
    assert reading.without.is_monotonic_increasing
    assert (reading.without - reading.effect_size).abs().gt(1e-12).all()
    untouched = DUL.index.difference(reading.without.index)
    for case in untouched:
        rest = DUL.drop(index=case)[["Individualism", OUTCOME]].set_axis(["x", "y"], axis=1)
        sizes = ceilings(rest, scope_of(rest, None), 1).parameters.loc["effect_size"]
        assert sizes["ce_fdh"] == pytest.approx(reading.effect_size)


def test_one_row_per_condition_with_p_corrected_for_their_number():
    found = necessity.table(
        DUL, conditions=CONDITIONS, outcome=OUTCOME, ceiling="cr_fdh", permutations=500, seed=1
    )
    assert found["effect_size"].round(7).tolist() == [0.3066477, 0.2818985]
    low, high = found["p"].sort_values()
    assert sorted(found["p_holm"]) == pytest.approx(sorted([2 * low, max(2 * low, high)]))
    assert found.loc["Individualism", "accuracy"] == pytest.approx(92.85714)


def test_bottlenecks_in_other_units():
    cases = pd.DataFrame({"trust": [10, 20, 30, 40], "results": [2, 1, 6, 10]})
    told = {"conditions": ["trust"], "outcome": "results", "steps": 3}
    actual = necessity.bottlenecks(cases, **told, outcome_as="actual", conditions_as="actual")
    assert actual["trust"].to_dict() == {1: "NN", 4: 30, 7: 40, 10: 40}
    shares = necessity.bottlenecks(cases, **told, conditions_as="percentile")
    assert shares["trust"].tolist() == ["NN", 50, 75, 75]
    highest = necessity.bottlenecks(cases, **told, conditions_as="percentage.max")
    assert highest["trust"].tolist() == ["NN", 75, 100, 100]
    quantiles = necessity.bottlenecks(cases, **told, outcome_as="percentile")
    assert quantiles.index.tolist() == pytest.approx([0, 100 / 3, 200 / 3, 100])


def test_a_level_no_line_reaches_is_not_available():
    cases = pd.DataFrame({"trust": [0, 3, 4], "results": [0, 1, 5]})
    flat = necessity.bottlenecks(
        cases, conditions=["trust"], outcome="results", ceiling="cr_fdh", steps=2
    )
    assert flat["trust"].iloc[-1] == "NA"
    still = necessity.bottlenecks(
        cases.assign(trust=1), conditions=["trust"], outcome="results", steps=2
    )
    assert still["trust"].tolist() == ["NN"] * 3


def problems(call):
    with pytest.raises(DataError) as caught:
        call()
    return caught.value.issues


def test_bad_cases_are_listed_together():
    bad = pd.DataFrame({"trust": [1, "much", np.inf], "results": [1, None, "x"]}, index=list("abc"))
    found = problems(lambda: necessity.nca(bad, condition="trust", outcome="results"))
    assert found[["row", "column"]].to_numpy().tolist() == [
        ["b", "trust"],
        ["c", "trust"],
        ["c", "results"],
    ]
    found = problems(lambda: necessity.nca(bad, condition="trusts", outcome="result"))
    assert found["suggestion"].tolist() == ["did you mean 'trust'?", "did you mean 'results'?"]
    same = problems(lambda: necessity.nca(bad, condition="trust", outcome="trust"))
    assert same["problem"].tolist() == ["asked for more than once"]
    double = pd.concat([bad, bad], axis=1)
    assert len(problems(lambda: necessity.nca(double, condition="trust", outcome="results"))) == 2
    assert "a table of cases" in str(
        problems(lambda: necessity.nca([1], condition="a", outcome="b"))
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ceiling": "ols"}, "is 'ce_fdh' or 'cr_fdh'"),
        ({"corner": 5}, "is 1, 2, 3 or 4"),
        ({"permutations": 0}, "wanted 1 or more"),
        ({"scope": (0, 1)}, "wanted four numbers"),
        ({"scope": (0, np.inf, 0, 1)}, "wanted four numbers"),
        ({"scope": (None, 10, None, None)}, "leaves out a case at 19"),
        ({"rules": {"thresholds": {"size": {"value": 1}}}}, "there is no such threshold"),
    ],
)
def test_bad_requests(wrong, words):
    found = problems(
        lambda: necessity.nca(staircase(), condition="trust", outcome="results", **wrong)
    )
    assert words in " ".join(found["problem"])


def test_one_name_is_one_condition_and_none_is_an_error():
    told = {"outcome": "results", "permutations": 200, "seed": 1}
    assert necessity.table(staircase(), conditions="trust", **told).index.tolist() == ["trust"]
    for call in (necessity.table, necessity.bottlenecks, necessity.sets):
        assert problems(lambda call=call: call(staircase(), conditions=[], outcome="results"))[
            "problem"
        ].tolist() == ["wanted at least one"]


def test_evidence_agrees_with_the_verdict_it_stands_under():
    reading = necessity.nca(
        DUL, condition="Individualism", outcome=OUTCOME, permutations=4000, seed=1
    )
    assert reading.verdict == "not shown"
    agrees = reading.evidence.set_index("indicator")["agrees"]
    assert (agrees["effect size"], agrees["p"]) == (False, True)


def test_bad_bottlenecks():
    found = problems(
        lambda: necessity.bottlenecks(
            DUL, conditions=CONDITIONS, outcome=OUTCOME, ceiling="ols", steps=0, outcome_as="share"
        )
    )
    assert len(found) == 3


def test_hostile_names_are_text():
    hostile = "<img onerror=x>"
    cases = staircase().rename(columns={"trust": hostile}).rename(index={"net 0": "<script>"})
    shown = necessity.nca(
        cases, condition=hostile, outcome="results", permutations=200, seed=1
    )._repr_html_()
    assert "<img" not in shown
    assert "<script>" not in shown
