"""What the reading makes of published networks: it follows their direction, and says the data are thin."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics.readings.lifecycle import UNDETERMINED, judge

FOLDER = Path(__file__).parents[1] / "reference" / "multiwave_external"
WAVES = pd.read_csv(FOLDER / "waves.csv")
DIRECTIONS = pd.read_csv(FOLDER / "directions.csv")
SHARED = Path(__file__).parents[3] / "shared" / "reference" / "multiwave_external"
CASES = sorted(WAVES["case"].unique())


def indicators(case: str) -> pd.DataFrame:
    """Return the published values as indicators; ties and densities change relative to the wave before."""
    rows = WAVES[WAVES["case"] == case].set_index("wave")
    pairs = rows["n_nodes"] * (rows["n_nodes"] - 1)
    density = rows["density"].fillna(rows["n_ties"] / pairs)
    seen = pd.DataFrame({"density": density, "reciprocity": rows["reciprocity"]})
    return seen.assign(
        transitivity=rows["clustering"],
        centralization=rows["centralisation"],
        size_change=rows["n_nodes"].pct_change(),
        density_change=density.pct_change(),
        reciprocity_change=rows["reciprocity"].diff(),
        transitivity_change=rows["clustering"].diff(),
        centralization_change=rows["centralisation"].diff(),
    ).astype(float)


def scores(case: str, wave: int) -> pd.Series:
    """Return how far the wave belongs to each stage, before the rules."""
    return judge(indicators(case)).contributions.loc[wave].sum()


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith("r12")])
def test_districts_that_grow_denser_grow_together(case: str):
    found = scores(case, 1)
    assert found["collectivity"] > max(found["activation"], found["stability"], found["decline"])


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith("r123")])
def test_with_their_outer_rings_the_districts_hold_or_grow_and_do_not_fall(case: str):
    found = scores(case, 1)
    assert found["decline"] == 0
    if indicators(case).loc[1, "density_change"] >= 0.2:
        assert found["collectivity"] == found.max()


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("gilfoyle")])
def test_trust_networks_that_lose_ties_and_reciprocity_fall(case: str):
    found = scores(case, 2)
    assert found["decline"] > max(
        found["collectivity"], found["institutionalization"], found["stability"]
    )
    reading = judge(indicators(case))
    assert reading.membership.loc[2, "decline"] == 0
    because = reading.rules.query("excludes == 'decline' and wave == 2")["because"].item()
    assert because.startswith("too few signals fall")


def test_the_translational_network_grows_then_densifies():
    response = WAVES[WAVES["case"] == "long2016_trn"].set_index("wave")["response_rate"]
    reading = judge(indicators("long2016_trn"), response=response)
    assert reading.contributions.loc[2].sum().idxmax() == "activation"
    assert (
        reading.contributions.loc[3].sum()["collectivity"]
        > reading.contributions.loc[3].sum()["stability"]
    )
    assert any(caveat == "2: only 43% of the answers were given." for caveat in reading.caveats)


@pytest.mark.parametrize("case", CASES)
def test_a_few_published_numbers_never_suffice(case: str):
    assert set(judge(indicators(case)).stages) == {UNDETERMINED}


@pytest.mark.parametrize("case", DIRECTIONS["case"].unique())
def test_directions_told_in_abstracts(case: str):
    rows = DIRECTIONS[DIRECTIONS["case"] == case].set_index("wave")
    moves = rows.filter(like="_change").replace({"up": 0.3, "down": -0.3}).astype(float)
    first = {"density": 0.08, "transitivity": 0.2} if case == "heeren2022" else {"density": np.nan}
    reading = judge(moves.assign(**{name: pd.Series({1: value}) for name, value in first.items()}))
    told = rows["stage"].dropna()
    assert reading.likeliest[told.index].to_dict() == told.to_dict()


def test_every_row_of_the_reference_is_here_or_has_no_waves():
    if not SHARED.exists():
        pytest.skip("the reference is not beside the repository")
    rows = json.loads((SHARED / "qualitative_directions.json").read_text(encoding="utf-8"))
    read = {*DIRECTIONS["case"], *CASES}
    names = {"heeren2022_iowa_ach": "heeren2022", "bmcph2022_obesity_coalitions": "obesity2022"}
    left = {row["case"] for row in rows if names.get(row["case"], row["case"]) not in read}
    assert left == {"wegner2015_sfn", "cambre_failure_rate"}
    assert sorted(pd.read_csv(SHARED / "waves.csv")["case"].unique()) == CASES
