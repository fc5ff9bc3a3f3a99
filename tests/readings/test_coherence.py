import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics.readings import lifecycle
from orgnet_analytics.readings.lifecycle import coherence
from orgnet_analytics.readings.rulebook import stage_rules

RULES = stage_rules(None, stages=lifecycle.STAGES, indicators=lifecycle.INDICATORS)


def by_enumeration(membership: pd.DataFrame) -> pd.DataFrame:
    """Score every course there is, and keep the best per wave and stage."""
    stages, waves = list(membership.columns), list(membership.index)
    best = pd.DataFrame(-math.inf, index=waves, columns=stages)
    for way in itertools.product(stages, repeat=len(waves)):
        score, matured = 0.0, False
        for place, stage in enumerate(way):
            if stage in RULES.after_maturity and not matured:
                score = -math.inf
            matured |= stage in RULES.mature
            score += membership.loc[waves[place], stage]
            score -= RULES.costs.loc[way[place - 1], stage] if place else 0
        for wave, stage in zip(waves, way, strict=True):
            best.loc[wave, stage] = max(best.loc[wave, stage], score)
    return best


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_it_is_the_best_of_all_courses(length: int, seed: int):
    cells = np.random.default_rng(seed).random((length, len(lifecycle.STAGES)))
    membership = pd.DataFrame(cells, columns=list(lifecycle.STAGES))
    found = coherence.course(
        membership, RULES.costs, mature=RULES.mature, after=RULES.after_maturity
    )
    pd.testing.assert_frame_equal(found, by_enumeration(membership))


def test_a_life_does_not_run_backwards():
    membership = pd.DataFrame(0.2, index=[1, 2, 3], columns=list(lifecycle.STAGES))
    membership.loc[1, "activation"] = 0.8
    membership.loc[2, "institutionalization"] = 0.8
    membership.loc[3, ["activation", "stability"]] = 0.75, 0.7
    found = coherence.course(
        membership, RULES.costs, mature=RULES.mature, after=RULES.after_maturity
    )
    assert found.idxmax(axis=1).tolist() == ["activation", "institutionalization", "stability"]
    assert found.loc[3, "stability"] == pytest.approx(0.8 + 0.8 + 0.7 - 0.1)
