"""Necessity between sets, held to R's QCA on Lipset's data."""

import json
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError
from orgnet_analytics.readings.necessity import sets

FOLDER = Path(__file__).parents[1] / "reference" / "qca_lipset"
LF = pd.read_csv(FOLDER / "LF.csv", index_col=0)
TOLD = json.loads((FOLDER / "expected.json").read_text())["LF_incl0.8"]
FIVE = ["DEV", "URB", "LIT", "IND", "STB"]


def test_conditions_and_negations_are_those_of_qca():
    found = sets(LF, conditions=FIVE, outcome="SURV")
    expected = pd.DataFrame.from_dict(TOLD["necessity_inclN_RoN_covN"], orient="index")
    assert found.index.tolist() == expected.index.tolist()
    np.testing.assert_allclose(
        found[["inclusion", "ron", "coverage"]].astype(float), expected, atol=5e-8
    )
    assert found.index[found["necessary"].astype(bool)].tolist() == ["LIT", "STB"]


def test_supersets_are_those_of_qca():
    own = {"thresholds": {"inclusion": {"value": 0.9}, "ron": {"value": 0.6}}}
    found = sets(LF, conditions=FIVE, outcome="SURV", largest=5, rules=own)
    found = found[found["necessary"].astype(bool)].sort_index()
    expected = TOLD["superSubset_0.9_ron0.6"]
    named = {
        name.replace("+", " + ").replace("*", " * "): values for name, values in expected.items()
    }
    assert found.index.tolist() == sorted(named)
    for name, values in named.items():
        shown = found.loc[name, ["inclusion", "ron", "coverage"]]
        assert [round(value, 3) for value in shown] == pytest.approx(values, abs=5.01e-3)
    assert found["kind"].to_dict() == {
        "DEV + URB + IND": "union", "LIT * STB": "intersection", "STB": "condition",
    }  # fmt: skip


def test_every_necessary_union_without_a_necessary_part_is_found():
    rng = np.random.default_rng(4)
    cases = pd.DataFrame(rng.random((25, 4)).round(2), columns=[*"abcy"])
    own = {"thresholds": {"inclusion": {"value": 0.85}, "ron": {"value": 0.2}}}
    found = sets(cases, conditions=[*"abc"], outcome="~y", largest=3, rules=own)
    y = 1 - cases["y"]
    values = {sign + c: (1 - cases[c] if sign else cases[c]) for sign in ("", "~") for c in "abc"}
    passing = []
    for size in (1, 2, 3):
        for chosen in combinations("abc", size):
            for one in product(*((c, f"~{c}") for c in chosen)):
                x = np.max([values[name] for name in one], axis=0)
                met = np.minimum(x, y)
                enough = met.sum() / y.sum() >= 0.85 and (1 - x).sum() / (1 - met).sum() >= 0.2
                if enough and not any(set(part) <= set(one) for part in passing):
                    passing.append(one)
    unions = found[found["necessary"].astype(bool) & (found["kind"] != "intersection")]
    assert len(passing) > 1
    assert sorted(unions.index) == sorted(" + ".join(one) for one in passing)


def test_bad_sets():
    cases = pd.DataFrame({"trust": [0.2, 3], "money": [None, 0.4], "results": [0.1, 0.2]})
    with pytest.raises(DataError) as caught:
        sets(cases, conditions=["trust", "money"], outcome="results")
    assert caught.value.issues["column"].tolist() == ["trust", "money"]
    with pytest.raises(DataError, match="did you mean 'results'"):
        sets(cases, conditions=["trust"], outcome="~result")
    with pytest.raises(DataError, match="wanted 1 to 1"):
        sets(cases, conditions=["trust"], outcome="results", largest=2)


def test_nothing_is_or_is_not_necessary_for_what_no_case_shows():
    cases = pd.DataFrame({"trust": [1.0, 0, 1], "money": [0.0, 1, 1], "results": 0.0})
    found = sets(cases, conditions=["trust", "money"], outcome="results", largest=2)
    assert found["necessary"].isna().all()
    assert found["kind"].tolist() == ["condition"] * 4
