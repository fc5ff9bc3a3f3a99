import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, UndefinedError
from orgnet_analytics.readings.lifecycle import change_points


def test_a_clear_break_is_found_and_a_steady_course_has_none():
    broken = pd.DataFrame(
        {"a": [1, 1.1, 0.9, 5, 5.1], "b": [0, 0.1, 0, 3, 3]}, index=[2019, 2020, 2021, 2022, 2023]
    )
    found = change_points(broken)
    assert found.breaks == (2022,)
    assert found.periods.to_dict() == {2019: 1, 2020: 1, 2021: 1, 2022: 2, 2023: 2}
    assert math.isnan(found.p)
    mixed = pd.DataFrame({"a": [1, -1, 1, -1, 1, -1]})
    assert change_points(mixed, permutations=0).breaks == ()


def test_two_breaks_make_three_periods():
    seen = pd.DataFrame({"a": [0, 0, 5, 5, 10, 10], "b": [0, 0, 9, 9, 0, 0]})
    assert change_points(seen, permutations=50).breaks == (2, 4)


@settings(max_examples=20, deadline=None)
@given(st.integers(3, 6), st.integers(0, 10_000))
def test_explained_is_one_less_what_is_left_within_periods(waves: int, seed: int):
    seen = pd.DataFrame(np.random.default_rng(seed).normal(size=(waves, 3)))
    found = change_points(seen, permutations=0)
    assert len(found.ways) == 2 ** (waves - 1)
    assert found.ways["score"].is_monotonic_decreasing
    standard = (seen - seen.mean()) / seen.std(ddof=0)
    for row in found.ways.itertuples():
        period = np.searchsorted(row.breaks, seen.index, side="right")
        within = standard.groupby(period).transform(lambda x: x - x.mean()).pow(2).to_numpy().sum()
        assert row.explained == pytest.approx(1 - within / standard.size)


def test_p_is_small_for_a_break_and_not_for_noise():
    step = pd.DataFrame({"a": [0, 0.1, 0, 0.2, 5, 5.1, 5, 5.2]})
    assert change_points(step, seed=1).p == pytest.approx(2 / 70, abs=0.02)
    noise = pd.DataFrame({"a": [0, 5, 0.1, 5.1, 0.2, 5, 0.1, 4.9]})
    assert change_points(noise, seed=1).p > 0.2


def test_units_and_what_was_not_always_seen_change_nothing():
    seen = pd.DataFrame({"a": [1, 2, 8, 9], "gap": [1, np.nan, 2, 3], "same": [4, 4, 4, 4]})
    assert change_points(seen).ways.equals(change_points(pd.DataFrame({"a": seen["a"]})).ways)
    scaled = change_points(seen * 1000 - 5).ways
    np.testing.assert_allclose(scaled["explained"], change_points(seen).ways["explained"])


def test_what_cannot_break():
    with pytest.raises(UndefinedError, match="3 to 16 waves; there are 2"):
        change_points(pd.DataFrame({"a": [1, 2]}))
    with pytest.raises(UndefinedError, match="No indicator"):
        change_points(pd.DataFrame({"a": [1, 1, 1]}))
    with pytest.raises(DataError, match="wanted 0 to 1"):
        change_points(pd.DataFrame({"a": [1, 2, 3]}), penalty=2)
