"""Inclusion, coverage, PRI and relevance, against R's QCA and against what must hold for any sets."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError
from orgnet_analytics.readings.set_relations import coverage, inclusion, memberships, pri, ron

REFERENCE = Path(__file__).parents[1] / "reference" / "qca_lipset"
PRINTED = (REFERENCE / "r_qca_output.txt").read_text().splitlines()
CONDITIONS = ["DEV", "URB", "LIT", "IND", "STB"]
SETS = pd.read_csv(REFERENCE / "LF.csv", index_col=0)


def with_negations(sets):
    return pd.concat([sets[CONDITIONS], 1 - sets[CONDITIONS].add_prefix("~")], axis=1)


def test_necessity_of_single_conditions_is_that_of_r():
    x, y = with_negations(SETS), SETS["SURV"]
    found = np.column_stack([inclusion(y, x), ron(x, y), coverage(y, x)])
    wanted = json.loads((REFERENCE / "expected.json").read_text())["LF_incl0.8"]
    wanted = pd.DataFrame(wanted["necessity_inclN_RoN_covN"]).T.loc[x.columns]
    np.testing.assert_allclose(found, wanted, rtol=5e-7)


def test_sufficiency_of_single_conditions_is_that_of_r():
    rows = [line.split() for line in PRINTED if " SUF " in line]
    wanted = {name: [float(v) for v in values] for name, _, *values, _ in rows}
    x, y = with_negations(SETS), SETS["SURV"]
    assert list(wanted) != []
    assert set(wanted) == set(x)
    found = pd.DataFrame([inclusion(x, y), pri(x, y), coverage(x, y)], columns=x.columns)
    np.testing.assert_allclose(found, pd.DataFrame(wanted)[x.columns], rtol=5e-7, atol=1e-9)


def test_necessity_of_crisp_conditions_is_that_of_r():
    sets = pd.read_csv(REFERENCE / "LC.csv", index_col=0)
    at = PRINTED.index("##### LC pof")
    for name, _, *values in map(str.split, PRINTED[at + 1 : at + 6]):
        x, y = sets[name], sets["SURV"]
        found = [inclusion(y, x), ron(x, y), coverage(y, x)]
        assert found == pytest.approx([float(v) for v in values], rel=5e-7)


pairs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12)


@given(pairs)
def test_every_relation_stays_within_its_bounds(drawn):
    x, y = np.array(drawn).T
    for value in (inclusion(x, y), coverage(x, y), ron(x, y)):
        assert np.isnan(value) or -1e-12 <= value <= 1 + 1e-9
    np.testing.assert_array_equal(inclusion(x, y), coverage(y, x))
    np.testing.assert_array_equal(inclusion(np.minimum(x, y), y) == 1, np.minimum(x, y).sum() > 0)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_the_relations_of_crisp_sets_are_shares_of_cases(drawn):
    x, y = np.array(drawn).T
    if x.any():
        assert float(inclusion(x, y)) == float(pri(x, y)) == y[x].mean()
    if not (x & y).all():
        assert float(ron(x, y)) == (~x).sum() / (~(x & y)).sum()


def test_what_has_no_member_has_no_inclusion():
    nobody, half = [0, 0], [0.5, 0.5]
    assert np.isnan(inclusion(nobody, half))
    assert np.isnan(coverage(half, nobody))
    assert np.isnan(pri(nobody, half))
    assert np.isnan(ron([1, 1], [1, 1]))


def test_memberships_lists_every_problem():
    frame = pd.DataFrame(
        {"a": [0.2, None, -1], "b": ["x", 0.4, 2]}, index=["Gent", "Luik", "Breda"]
    )
    with pytest.raises(DataError) as error:
        memberships(frame, ["a", "b"])
    assert error.value.issues["row"].tolist() == ["Luik", "Breda", "Gent", "Breda"]
    with pytest.raises(DataError, match="did you mean 'trust'"):
        memberships(pd.DataFrame({"trust": [1]}), ["Trust "])
    with pytest.raises(DataError, match="wanted a table of sets, got list"):
        memberships([1, 2], ["a"])
