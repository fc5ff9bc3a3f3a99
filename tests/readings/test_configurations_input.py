"""What may be wrong with sets, cut-offs, anchors, directions and statements, and what is said then."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, UndefinedError
from orgnet_analytics.readings import configurations
from orgnet_analytics.readings.configurations import (
    Indirect,
    Levels,
    calibrate,
    calibration,
    minimize,
    truth_table,
)

FEW_WILL_DO = {"thresholds": {"cases": {"value": 3}}}
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def sets():
    return pd.DataFrame(
        {
            "TRUST": [0.9, 0.8, 0.7, 0.2, 0.1, 0.3],
            "NAO": [1.0, 0, 1, 0, 1, 0],
            "EFFECT": [0.9, 0.7, 0.8, 0.1, 0.6, 0.2],
        },
        index=["Gent", "Luik", "Breda", "Namen", "Mons", "Arlon"],
    )


def problems(call, **arguments):
    with pytest.raises(DataError) as caught:
        call(**arguments)
    return caught.value.issues[["row", "column", "problem"]].agg(tuple, axis=1).tolist()


def test_every_wrong_membership_is_named(sets):
    sets["NAO"] = sets["NAO"].astype(object)
    sets.loc["Gent", "TRUST"] = np.nan
    sets.loc["Luik", "NAO"] = "yes"
    sets.loc["Breda", "EFFECT"] = -0.2
    assert problems(truth_table, sets=sets, outcome="EFFECT") == [
        ("Gent", "TRUST", "is missing"),
        ("Luik", "NAO", "wanted a membership from 0 to 1, or a level from 0"),
        ("Breda", "EFFECT", "wanted a membership from 0 to 1, or a level from 0"),
    ]


def test_levels_are_whole_and_memberships_at_most_one(sets):
    sets.loc["Gent", "TRUST"] = 1.2
    found = problems(truth_table, sets=sets, outcome="EFFECT")
    assert {problem for _, _, problem in found} == {"wanted a membership up to 1, or a whole level"}
    assert len(found) == 6


def test_a_case_at_exactly_one_half_is_refused(sets):
    sets.loc["Mons", "TRUST"] = 0.5
    sets.loc["Luik", "EFFECT"] = 0.1 + 0.4
    assert [row for row, _, _ in problems(truth_table, sets=sets, outcome="EFFECT")] == [
        "Mons",
        "Luik",
    ]


def test_columns_that_are_not_there(sets):
    with pytest.raises(DataError, match="did you mean 'EFFECT'"):
        truth_table(sets, outcome="EFECT")
    with pytest.raises(DataError, match="did you mean 'TRUST'"):
        truth_table(sets, outcome="EFFECT", conditions=["TRUTS", "NAO"])
    for conditions in ([], ["EFFECT"], ["NAO", "NAO"]):
        with pytest.raises(DataError, match="at least one condition"):
            truth_table(sets, outcome="EFFECT", conditions=conditions)
    with pytest.raises(DataError, match="table of sets"):
        truth_table([1, 0], outcome="EFFECT")


def test_names_an_expression_cannot_hold(sets):
    sets = sets.rename(columns={"TRUST": "A*B", "NAO": "n"})
    assert problems(truth_table, sets=sets, outcome="EFFECT") == [
        ("", "A*B", "cannot be the name of a condition"),
        ("", "n", "is the name of a column of the truth table"),
    ]


def test_a_constant_condition_tells_nothing_apart(sets):
    sets["NAO"] = 1.0
    found = problems(truth_table, sets=sets, outcome="EFFECT")
    assert found == [("", "NAO", "is the same in every case, so it tells none apart")]


def test_too_many_conditions():
    rng = np.random.default_rng(1)
    sets = pd.DataFrame(rng.integers(0, 2, (20, 18)), columns=[f"C{i}" for i in range(18)])
    with pytest.raises(DataError, match="too many conditions"):
        truth_table(sets, outcome="C17")


def test_two_cases_of_one_name(sets):
    with pytest.raises(DataError, match="row Gent: names two cases"):
        truth_table(sets.rename(index={"Luik": "Gent"}), outcome="EFFECT")


def test_cut_offs_out_of_range(sets):
    found = problems(
        truth_table, sets=sets, outcome="EFFECT", n_cut=1.5, incl_cut=1.2, pri_cut="high"
    )
    assert [column for _, column, _ in found] == ["incl_cut", "pri_cut", "n_cut"]


def test_where_every_combination_is_a_remainder(sets):
    with pytest.raises(UndefinedError, match="No combination has 3 cases, the largest has 2"):
        truth_table(sets, outcome="EFFECT", n_cut=3)


def test_a_negated_outcome_is_one_minus_the_outcome(sets):
    assert truth_table(sets, outcome="~EFFECT").goal.round(2).tolist() == [
        0.1,
        0.3,
        0.2,
        0.9,
        0.4,
        0.8,
    ]


def test_cut_offs_come_from_the_rules_and_from_the_caller(sets):
    rules = {"thresholds": {"incl_cut": {"value": 0.95}}}
    assert truth_table(sets, outcome="EFFECT", rules=rules).cuts["incl_cut"] == 0.95
    table = truth_table(sets, outcome="EFFECT", rules=rules, incl_cut=0.7)
    assert table.cuts.to_dict() == {"n_cut": 1, "incl_cut": 0.7, "pri_cut": 0}
    assert table.recut(n_cut=2).cuts.to_dict() == {"n_cut": 2, "incl_cut": 0.7, "pri_cut": 0}


def test_a_cut_off_holds_where_rounding_falls_short():
    """Three memberships of .1, .2 and .3 within their outcome but for .12 give exactly .8."""
    sets = pd.DataFrame({"A": [0.6, 0.3, 0.1], "B": [1.0, 0, 0], "Y": [0.6, 0.18, 0.02]})
    rows = truth_table(sets, outcome="Y", conditions=["A"]).rows
    assert rows.at[2, "inclusion"] == pytest.approx(0.8)
    assert rows.at[2, "out"] == 1


def test_contradictory_rows_are_told_and_speak_against(sets):
    sets = (sets > 0.5).astype(float)
    sets.loc["Namen", "EFFECT"] = 1
    table = truth_table(sets, outcome="EFFECT")
    assert table.rows.loc[table.rows["contradictory"], "cases"].tolist() == ["Namen,Arlon"]
    found = minimize(table)
    evidence = found.evidence.set_index("indicator")
    assert evidence.at["contradictory", "value"] == 1
    assert not evidence.at["contradictory", "agrees"]
    assert any("Namen,Arlon" in caveat for caveat in found.caveats)


def test_nothing_sufficient_is_a_finding(sets):
    sets["EFFECT"] *= 0.6
    found = minimize(truth_table(sets, outcome="EFFECT", incl_cut=0.95))
    assert found.verdict == "none"
    assert found.models.empty
    assert found.headline == "conservative solution for EFFECT: none"
    assert "none fits" in found._repr_html_()


def test_everything_sufficient_has_no_solution(sets):
    with pytest.raises(UndefinedError, match="nothing tells cases"):
        minimize(truth_table(sets, outcome="EFFECT", incl_cut=0.1), solution="parsimonious")


def test_an_inconsistent_solution_is_undetermined(sets):
    table = truth_table(sets, outcome="EFFECT", incl_cut=0.75)
    strict = {"thresholds": {"solution_inclusion": {"value": 0.99}, "cases": {"value": 3}}}
    assert minimize(table, rules=FEW_WILL_DO).verdict == "sufficient"
    assert minimize(table, rules=strict).verdict == "undetermined"
    assert minimize(table, rules=strict).rules.loc["solution_inclusion", "value"] == 0.99


def test_tied_models_are_ambiguous_and_all_shown():
    """A is B's twin: nothing in the cases tells which of them it takes."""
    sets = pd.DataFrame({"A": [1, 1, 0] * 3, "B": [1, 1, 0] * 3, "Y": [1, 1, 0] * 3})
    found = minimize(truth_table(sets, outcome="Y"), solution="parsimonious")
    assert found.models["text"].tolist() == ["A <-> Y", "B <-> Y"]
    assert found.verdict == "ambiguous"
    assert "1 more" in found.headline
    few = {"thresholds": {"models": {"value": 1}}}
    some = minimize(truth_table(sets, outcome="Y"), solution="parsimonious", rules=few)
    assert not some.complete
    assert some.count == 2
    assert some.verdict == "ambiguous"
    assert "2 models fit alike; 1 listed." in some.caveats


def test_directions_are_checked(sets):
    table = truth_table(sets, outcome="EFFECT")
    with pytest.raises(DataError, match="did you mean 'TRUST'"):
        minimize(table, solution="intermediate", directions={"TRUTS": "present"})
    for wrong in ("often", 2, [], None, 0.5):
        with pytest.raises(DataError, match="'present', 'absent' or levels"):
            minimize(table, solution="intermediate", directions={"TRUST": wrong})
    with pytest.raises(DataError, match="needs them"):
        minimize(table, solution="intermediate")
    with pytest.raises(DataError, match="intermediate solution only"):
        minimize(table, directions={"TRUST": "present"})
    with pytest.raises(UndefinedError, match="'conservative', 'parsimonious', 'intermediate'"):
        minimize(table, solution="complex")


def test_statements_are_checked(sets):
    with pytest.raises(DataError, match="did you mean 'TRUST'"):
        configurations.fit("TRUTS*NAO", sets, outcome="EFFECT")
    with pytest.raises(DataError, match="names no condition"):
        configurations.fit("TRUST*", sets, outcome="EFFECT")
    with pytest.raises(DataError, match="levels below 2"):
        configurations.fit("TRUST{3}", sets, outcome="EFFECT")
    stages = sets.assign(STAGE=[0, 1, 2, 0, 1, 2])
    with pytest.raises(DataError, match="say which level, as in STAGE"):
        configurations.fit("STAGE*TRUST", stages, outcome="EFFECT")
    never = configurations.fit("TRUST*~TRUST + NAO*~NAO", sets, outcome="EFFECT")
    assert np.isnan(never.at["NAO*~NAO", "inclusion"])


def test_anchors_are_checked():
    frame = pd.DataFrame({"a": [1, 2, None], "b": ["x", 2, 3], "c": [-1, 0, 1]}, index=[*"pqr"])
    anchors = {"a": (1, 3, 2), "b": 2, "c": Indirect((1, 2)), "d": 1, "e": 2}
    with pytest.raises(DataError) as caught:
        calibrate(frame, anchors, idm=0.4)
    said = caught.value.issues.set_index("column")["problem"]
    assert said["idm"] == "wanted a membership above .5 and below 1"
    assert said["a"].tolist() == [
        "wanted full exclusion, crossover and full inclusion, rising or falling", "is missing",
    ]  # fmt: skip
    assert said["b"] == "is no number"
    assert said["c"] == "indirect calibration takes no value below 0"
    assert said["d"] == said["e"] == "has no such column"
    for wrong in ("high", (1, 2), Levels(()), Levels((2, 1)), True):
        with pytest.raises(DataError, match="wanted"):
            calibrate(frame[["c"]], {"c": wrong})
    with pytest.raises(DataError, match="names no column"):
        calibrate(frame, {})
    with pytest.raises(DataError, match="no membership from 0 to 1"):
        calibrate(frame[["c"]], {"c": None})


def test_calibration_names_the_cases_at_the_crossover():
    frame = pd.DataFrame({"density": [0.3, 0.1, 0.3]}, index=["Gent", "Luik", "Mons"])
    assert [row for row, _, _ in problems(calibrate, frame=frame, anchors={"density": (0.1, 0.3, 0.5)})] == [
        "Gent", "Mons",
    ]  # fmt: skip


def test_a_curve_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr(calibration, "STEPS", 2)
    frame = pd.DataFrame({"x": [1.0, 2, 30, 40, 90, 95]})
    with pytest.raises(DataError, match="no curve fits"):
        calibrate(frame, {"x": Indirect((10, 50))})


def test_names_of_cases_and_conditions_are_escaped(sets):
    sets = sets.rename(columns={"TRUST": HOSTILE}).rename(index={"Gent": HOSTILE})
    found = minimize(truth_table(sets, outcome="EFFECT"))
    ranges = configurations.robustness(found)
    for shown in (found._repr_html_(), found.table._repr_html_(), ranges._repr_html_()):
        assert HOSTILE not in shown
        assert "&lt;img" in shown


def test_the_row_of_a_comparison(sets):
    row = minimize(truth_table(sets, outcome="EFFECT", incl_cut=0.75), rules=FEW_WILL_DO).row()
    assert row["verdict"] == "sufficient"
    assert row["models"] == 1


def test_ranges_are_exact_and_join(sets):
    found = minimize(truth_table(sets, outcome="EFFECT", incl_cut=0.75))
    ranges = configurations.robustness(found).ranges
    for what in ("incl_cut", "pri_cut"):
        part = ranges[ranges["what"] == what]
        assert part["lowest"].iloc[0] == 0
        assert part["highest"].iloc[-1] == 1
        assert part["lowest"].tolist()[1:] == part["highest"].tolist()[:-1]
    stands = ranges[ranges["same"] & (ranges["what"] == "incl_cut")].iloc[0]
    assert stands["lowest"] < 0.75 <= stands["highest"]

    def paths(cut):
        table = truth_table(sets, outcome="EFFECT", incl_cut=cut)
        return set(minimize(table).paths.index.get_level_values("path"))

    mine = set(found.paths.index.get_level_values("path"))
    assert paths(stands["highest"]) == mine
    assert paths(stands["lowest"] + 1e-6) == mine
    assert paths(stands["highest"] + 1e-6) != mine
    counts = ranges[ranges["what"] == "n_cut"]
    assert counts["highest"].max() == 2


def test_anchors_are_moved_one_at_a_time():
    raw = pd.DataFrame(
        {
            "trust": [20, 35, 48, 55, 70, 90],
            "nao": [0, 1, 1, 0, 1, 1],
            "effect": [15, 20, 30, 60, 75, 95],
        },
        index=[*"abcdef"],
    )
    anchors = {"trust": (20, 50, 80), "nao": 1, "effect": (10, 50, 90)}
    sets = calibrate(raw, anchors)
    found = minimize(truth_table(sets, outcome="effect"), solution="parsimonious")
    ranges = configurations.robustness(found, frame=raw, anchors=anchors).ranges
    crossover = ranges[ranges["what"] == "trust: crossover"]
    assert (crossover["lowest"].min(), crossover["highest"].max()) == (44, 56)
    kept = crossover[crossover["same"]]
    assert kept["lowest"].min() <= 50 <= kept["highest"].max()
    # From 48 down case c is in the set without the outcome; at exactly 48 it is neither.
    below = crossover[crossover["highest"] < 48]
    assert not below["same"].any()
    assert set(ranges["what"]) >= {
        "trust: full exclusion",
        "trust: full inclusion",
        "nao: threshold",
    }
    looser = truth_table(calibrate(raw, anchors, idm=0.8), outcome="effect")
    again = configurations.robustness(minimize(looser), frame=raw, anchors=anchors, idm=0.8).ranges
    at_rest = again[
        (again["what"] == "trust: crossover") & again["lowest"].le(50) & again["highest"].ge(50)
    ]
    assert at_rest["same"].tolist() == [True]
    with pytest.raises(DataError, match="table of sets"):
        calibrate([1, 2], anchors)
    with pytest.raises(DataError, match="belong together"):
        configurations.robustness(found, frame=raw)
