"""The eight domains of program sustainability."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError
from orgnet_analytics.readings.resilience import sustainability
from orgnet_analytics.readings.rulebook import read_rules

REFERENCE = Path(__file__).parents[1] / "reference" / "psat_sustainability" / "psat.json"
PSAT = json.loads(REFERENCE.read_text())


def test_the_benchmarks_are_the_published_ones():
    book = read_rules("psat")
    rows = PSAT["qca_sustainment_2022"]["rows"]
    assert list(book["domains"]) == list(rows)
    for name, (_, mean, sd, r) in rows.items():
        told = book["domains"][name]
        assert (told["mean"], told["sd"], told["r"]) == (mean, sd, r)
    assert book["overall"]["mean"] == PSAT["norms_2022"]["overall_mean"]
    assert book["scale"] == PSAT["scale"]
    assert len(rows) == PSAT["domains"]


def test_means_spans_and_raters_by_hand():
    scores = pd.DataFrame(
        {"partnerships": [7, 5, np.nan], "communication_1": [2, 6, np.nan],
         "communication_2": [4, np.nan, np.nan]},
        index=["city", "care", "users"],
    )  # fmt: skip
    found = sustainability(scores)
    assert len(found) == 9
    assert found.loc["partnerships", ["mean", "lowest", "highest", "raters"]].tolist() == [
        6,
        5,
        7,
        2,
    ]
    assert found.loc["communication", ["mean", "lowest", "highest", "raters"]].tolist() == [
        4.5,
        3,
        6,
        2,
    ]
    assert found.loc["communication", "sd"] == pytest.approx(np.sqrt(4.5))
    assert found.loc["overall", ["mean", "benchmark", "raters"]].tolist() == [5.25, 4.73, 2]
    assert np.isnan(found.loc["funding_stability", "mean"])
    assert found.loc["funding_stability", ["raters", "benchmark"]].tolist() == [0, 4.01]


def test_bad_scores_are_listed_together():
    bad = pd.DataFrame({"partnership": [5], "communication": [8], "funding_stability": ["high"]})
    with pytest.raises(DataError) as caught:
        sustainability(bad)
    found = caught.value.issues
    assert found["column"].tolist() == ["partnership", "communication", "funding_stability"]
    assert found["suggestion"].iloc[0] == "did you mean 'partnerships'?"
    with pytest.raises(DataError, match="a row per rater"):
        sustainability([5, 6])
    with pytest.raises(DataError, match="a row per rater"):
        sustainability(pd.DataFrame())
    twice = pd.DataFrame([[5, 6]], columns=["partnerships", "partnerships"])
    with pytest.raises(DataError, match="stands more than once"):
        sustainability(twice)
