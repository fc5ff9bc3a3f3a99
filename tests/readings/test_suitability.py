"""The screen on every way to answer, and on panels worked out by hand."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings import suitability

# Mean 3.8, two dimensions at 4 or more: complex. Mean 2.8 with two high: not.
COMPLEX = dict(zip(suitability.DIMENSIONS, [4, 4, 4, 4, 3], strict=True))
PLAIN = dict(zip(suitability.DIMENSIONS, [4, 4, 2, 2, 2], strict=True))
FITS = {**COMPLEX, "sovereign": 5, "unique": 4, "aim": "effectiveness", "alone": "no", "contract": "no",
        "cede": 4}  # fmt: skip


def panel(*raters: dict) -> pd.DataFrame:
    return pd.DataFrame(list(raters), index=[f"r{i}" for i in range(len(raters))])


def one(**changed) -> suitability.SuitabilityReading:
    return suitability.screen(panel({**FITS, **changed}))


def by_hand(alone, contract, inputs, effectiveness, complex_, willing):
    if alone or contract or not inputs:
        return "simpler form"
    if not effectiveness:
        return "efficiency network"
    return "organization network" if complex_ and willing else "cannot say"


@pytest.mark.parametrize("way", list(product([0, 1], repeat=6)))
def test_all_ways_to_answer_the_six_conditions(way):
    alone, contract, inputs, effectiveness, complex_, willing = way
    row = {**(COMPLEX if complex_ else PLAIN), "sovereign": 3 if inputs else 2, "unique": 3,
           "aim": "effectiveness" if effectiveness else "efficiency", "alone": "yes" if alone else "no",
           "contract": "yes" if contract else "no", "cede": 3 if willing else 2}  # fmt: skip
    assert suitability.screen(panel(row)).verdict == by_hand(*way)


@pytest.mark.parametrize(
    ("ratings", "held"),
    [([3, 3, 3, 3, 3], 0), ([5, 4, 2, 2, 2], 1), ([5, 4, 2, 2, 1], 0), ([5, 5, 5, 1, 1], 1),
     ([5, 3, 3, 3, 3], 0)],
)  # fmt: skip
def test_complex_is_a_mean_of_three_and_two_high(ratings, held):
    reading = one(**dict(zip(suitability.DIMENSIONS, ratings, strict=True)))
    assert reading.evidence.set_index("indicator").at["complex", "value"] == held


def test_replaceable_inputs_call_for_something_simpler():
    assert one(unique=2).verdict == "simpler form"
    assert one(unique=2, sovereign=9).verdict == "simpler form"


def test_a_missing_answer_matters_only_where_it_decides():
    assert one(cede=None).verdict == "cannot say"
    assert one(cede=None, alone="yes").verdict == "simpler form"
    assert one(goals=None).verdict == "organization network"  # the other four carry it
    assert one(goals=None, variables=None).verdict == "cannot say"  # 1, 1, 4, 4, 3 is not complex
    reading = suitability.screen(panel(FITS).drop(columns=["cede", "alone"]))
    assert reading.missing == ("Nobody answered alone and cede.",)
    assert reading.verdict == "cannot say"
    assert one(goals=None).missing == ("Nobody answered goals.",)


def test_a_panel_that_is_split_on_what_decides_cannot_say():
    split = panel(FITS, FITS, {**FITS, "alone": "yes"}, {**FITS, "alone": "yes"})
    reading = suitability.screen(split)
    assert reading.verdict == "cannot say"
    evidence = reading.evidence.set_index("indicator")
    assert evidence.at["alone", "value"] == 0.5
    assert (
        evidence.at["alone", "reading"]
        == "split: 2 of 4 hold that one organization can reach it alone"
    )
    assert (
        "If one more rater of the 4 held that one organization can reach it alone: simpler form."
        in (reading.would_change)
    )
    assert not reading.robust


def test_two_thirds_carry_a_condition_and_the_one_who_differs_is_named():
    reading = suitability.screen(panel(FITS, FITS, {**FITS, "contract": "yes", "cede": 1}))
    assert reading.verdict == "organization network"
    assert reading.raters["differs_on"].to_dict() == {"r0": "", "r1": "", "r2": "contract, willing"}
    assert reading.raters["verdict"].tolist() == ["organization network"] * 2 + ["simpler form"]
    # Without r0 or r1 the other stands against r2: split.
    assert reading.raters["without"].tolist() == ["cannot say"] * 2 + ["organization network"]
    assert reading.robust is False
    assert "another without r0 or r1" in repr(reading)
    table = reading.questions
    assert table.loc["contract", ["agreement", "differs"]].tolist() == [0, "r2"]
    assert table.loc["cede", "agreement"] == pytest.approx(1 - (3 + 3) / (4 * 2))
    assert table.loc["cede", "differs"] == "r2"
    assert table.loc["goals", ["agreement", "differs"]].tolist() == [1, ""]


def test_what_would_change_it_and_what_speaks_against():
    reading = suitability.screen(panel(*[FITS] * 4))
    assert reading.robust is True
    assert reading.would_change[0] == (
        "If 3 more raters of the 4 held that one organization can reach it alone: simpler form."
    )
    assert {said.rpartition(": ")[2] for said in reading.would_change} == {
        "simpler form.", "efficiency network.", "cannot say."
    }  # fmt: skip
    assert reading.evidence["agrees"].tolist() == [True] * 6
    by_contract = one(contract="yes")
    assert by_contract.evidence.set_index("indicator").at["contract", "agrees"]
    assert not by_contract.evidence.set_index("indicator").at["alone", "agrees"]
    assert by_contract.would_change == (
        "If one more rater of the 1 held that no contract, merger or purchase would do: "
        "organization network.",
    )
    assert any("finds the problem complex" in caveat for caveat in by_contract.caveats)


def test_cannot_say_says_why():
    assert any("the will to cede say is lacking" in caveat for caveat in one(cede=1).caveats)
    assert any("look again" in caveat for caveat in one(**PLAIN).caveats)
    assert one(cede=1).robust is None
    assert repr(one(cede=1)) == "<SuitabilityReading cannot say (one rater)>"


def test_long_answers_and_dutch_words_read_alike():
    wide = panel(FITS, {**FITS, "aim": "efficiency"}).rename_axis("rater").reset_index()
    long = wide.melt("rater", var_name="question", value_name="answer")
    long["answer"] = long["answer"].replace({"effectiveness": "Effectiviteit", "no": "nee"})
    first, second = suitability.screen(wide), suitability.screen(long)
    pd.testing.assert_frame_equal(first.evidence, second.evidence)
    pd.testing.assert_frame_equal(first.questions, second.questions)


def test_thresholds_can_be_changed_and_are_shown():
    own = {"thresholds": {"complexity_mean": {"value": 4}}}
    reading = suitability.screen(panel(FITS), rules=own)
    assert reading.verdict == "cannot say"
    assert reading.rules.loc["complexity_mean", "value"] == 4
    assert reading.rules.at["complexity_mean", "mark"] == "own"
    assert set(reading.rules["mark"].drop("complexity_mean")) == {"P", "V"}
    with pytest.raises(DataError, match=r"more than \.5"):
        suitability.screen(panel(FITS), rules={"thresholds": {"majority": {"value": 0.4}}})
    with pytest.raises(DataError, match="did you mean 'thresholds'"):
        suitability.screen(panel(FITS), rules={"threshold": {}})


def test_every_problem_with_the_answers_is_told_at_once():
    bad = panel(
        {**FITS, "goals": 6, "aim": "fame", "alone": "perhaps", "sovereign": 2.5},
        {**FITS, "cede": "high", "unique": 0},
    ).rename(columns={"dynamics": "dynamic"})
    bad.index = ["x", "x"]
    with pytest.raises(DataError) as caught:
        suitability.screen(bad)
    issues = caught.value.issues
    assert sorted(issues["column"]) == sorted(
        ["dynamic", "rater", "goals", "aim", "alone", "sovereign", "cede", "unique"]
    )
    assert "did you mean 'dynamics'?" in issues["suggestion"].tolist()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([1], "wanted a table, got list"),
        (pd.DataFrame(), "the table is empty"),
        (pd.DataFrame({"colour": ["red"]}), "none of the questions"),
        (pd.DataFrame({"rater": ["a", "a"], "question": "cede", "answer": 3}), "twice"),
        (pd.DataFrame({"rater": ["a"], "question": ["ceed"], "answer": 3}), "did you mean 'cede'"),
        (pd.DataFrame({"rater": [None], "question": ["cede"], "answer": 3}), "no rater named"),
    ],
)
def test_what_is_no_table_of_answers(answers, told):
    with pytest.raises(DataError, match=told):
        suitability.screen(answers)


def test_the_questions_are_those_that_are_read_in_both_languages():
    for lang in ("en", "nl"):
        assert list(suitability.questions(lang).index) == list(FITS)
    with pytest.raises(UndefinedError, match="'nl'"):
        suitability.questions("fr")


def test_hostile_raters_are_text():
    answers = panel(FITS, {**FITS, "alone": "yes"})
    answers.index = ["<img src=x>", "b"]
    shown = suitability.screen(answers)._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown


rater = st.fixed_dictionaries(
    {
        name: st.one_of(st.none(), st.integers(1, 5))
        for name in [*suitability.DIMENSIONS, "unique", "cede"]
    }
    | {"sovereign": st.one_of(st.none(), st.integers(0, 6))}
    | {"aim": st.sampled_from(["effectiveness", "efficiency", None])}
    | {name: st.sampled_from(["yes", "no", None]) for name in ("alone", "contract")}
)


@settings(max_examples=25, deadline=None)
@given(st.lists(rater, min_size=1, max_size=6), st.randoms())
def test_the_order_of_raters_changes_nothing(raters, chance):
    first = panel(*raters)
    order = chance.sample(range(len(first)), len(first))
    a, b = suitability.screen(first), suitability.screen(first.iloc[order])
    assert a.verdict == b.verdict
    pd.testing.assert_frame_equal(a.evidence, b.evidence)
    pd.testing.assert_frame_equal(a.raters, b.raters.loc[a.raters.index])
    assert a.questions["agreement"].dropna().between(-1e-12, 1 + 1e-12).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(rater, min_size=1, max_size=5))
def test_a_rater_who_agrees_with_the_panel_never_changes_the_verdict(raters):
    before = suitability.screen(panel(*raters))
    share = before.evidence.set_index("indicator")["value"]
    like = {**FITS, **({} if share["complex"] > 0.6 else PLAIN)}
    like |= {"alone": "yes" if share["alone"] > 0.6 else "no", "cede": 5 if share["willing"] > 0.6 else 1,
             "contract": "yes" if share["contract"] > 0.6 else "no",
             "sovereign": 9 if share["inputs"] > 0.6 else 0,
             "aim": "effectiveness" if share["effectiveness"] > 0.6 else "efficiency"}  # fmt: skip
    after = suitability.screen(panel(*raters, like))
    if before.verdict != "cannot say":
        assert after.verdict == before.verdict


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 7), st.integers(1, 5), st.integers(1, 5))
def test_a_dissenting_rater_raises_disagreement(n, value, other):
    same = [{**FITS, "cede": value}] * n
    assert suitability.screen(panel(*same)).questions.at["cede", "agreement"] == 1
    found = suitability.screen(panel(*same, {**FITS, "cede": other})).questions.at[
        "cede", "agreement"
    ]
    size = n + 1
    expected = 1 - n * abs(value - other) / (4 * (size // 2) * (size - size // 2))
    assert found == pytest.approx(expected)
    assert (found < 1) == (value != other)


def test_agreement_is_zero_where_the_panel_is_split_between_the_ends():
    halves = [{**FITS, "cede": 1}] * 3 + [{**FITS, "cede": 5}] * 3
    assert suitability.screen(panel(*halves)).questions.at["cede", "agreement"] == 0
    assert np.isnan(one().questions.at["cede", "agreement"])
