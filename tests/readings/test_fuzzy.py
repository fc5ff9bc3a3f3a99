import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics.readings import fuzzy


@pytest.mark.parametrize(
    ("value", "corners", "expected"),
    [
        (0.0, [0, 0, 0.1, 0.3], 1.0),
        (0.2, [0, 0, 0.1, 0.3], 0.5),
        (0.3, [0, 0, 0.1, 0.3], 0.0),
        (0.5, [0.5, 0.5, 1, 1], 1.0),
        (1e9, [2, 3, math.inf, math.inf], 1.0),
        (2.5, [2, 3, math.inf, math.inf], 0.5),
        (1.0, [0, 0, 0, 0.5], 0.0),
        (-5.0, [0.2, 0.3, 1, 1], 0.0),
    ],
)
def test_trapezoid(value: float, corners: list[float], expected: float):
    assert fuzzy.trapezoid(value, corners) == pytest.approx(expected)


def test_an_unobserved_value_belongs_nowhere_in_particular():
    assert math.isnan(fuzzy.trapezoid(math.nan, [0, 0, 1, 1]))


@given(st.floats(-2, 2), st.lists(st.floats(-1, 1), min_size=4, max_size=4))
def test_membership_lies_between_0_and_1_and_is_1_on_the_plateau(value, corners):
    corners = sorted(corners)
    assert 0 <= fuzzy.trapezoid(value, corners) <= 1
    assert fuzzy.trapezoid(corners[1], corners) == fuzzy.trapezoid(corners[2], corners) == 1


def test_the_weighted_mean_leaves_out_what_was_not_observed_and_contributions_add_up_to_it():
    claims = pd.DataFrame(
        {"young": [[0, 0, 1, 1], [0, 0, 1, 1], None], "old": [None, [2, 3, 4, 5], [0, 0, 1, 1]]},
        index=["a", "b", "c"], dtype=object,
    )  # fmt: skip
    belongs = fuzzy.belonging(pd.Series({"a": 0.5, "b": 3.5, "c": math.nan}), claims)
    weight = pd.Series({"a": 1.0, "b": 3.0, "c": 9.0})
    mean = fuzzy.weighted_mean(belongs, weight)
    assert mean.to_dict() == {"young": 0.25, "old": 1.0}
    assert fuzzy.contributions(belongs, weight).sum().to_dict() == mean.to_dict()
