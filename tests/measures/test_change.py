"""Change between waves against counts over all dyads."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import change


def wave(seed, directed):
    """Actors come and go, some do not answer, some cells are unknown."""
    rng = np.random.default_rng(seed)
    ids = [f"o{i}" for i in rng.permutation(12)[: rng.integers(6, 11)]]
    n = len(ids)
    cells = (rng.random((n, n)) < 0.4).astype(float)
    cells[rng.random((n, n)) < 0.1] = np.nan
    if not directed:
        cells = np.triu(cells, 1) + np.triu(cells, 1).T
    actors = pd.DataFrame({"responded": rng.random(n) < 0.8}, index=ids)
    if directed:
        cells[~actors["responded"].to_numpy()] = 0
    return OrgNetwork.from_matrix(cells, actors, directed=directed)


def brute(before, after):
    """Count dyad by dyad what became of it."""
    one, other = before.to_matrix(), after.to_matrix()
    everyone = list(one.index.union(other.index, sort=False))
    fates = dict.fromkeys(change.FATES, 0)
    for a, i in enumerate(everyone):
        for b, j in enumerate(everyone):
            if i == j or (not before.directed and a > b):
                continue
            was = one.loc[i, j] if i in one and j in one else None
            now = other.loc[i, j] if i in other and j in other else None
            was_tie, now_tie = bool(was and was > 0), bool(now and now > 0)
            if was_tie and now_tie:
                fates["kept"] += 1
            elif was_tie:
                key = (
                    "with an actor that left"
                    if now is None
                    else "unknown"
                    if np.isnan(now)
                    else "lost"
                )
                fates[key] += 1
            elif now_tie:
                key = (
                    "with an actor that entered"
                    if was is None
                    else "unknown"
                    if np.isnan(was)
                    else "new"
                )
                fates[key] += 1
    return fates


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(10))
def test_fates_equal_a_count_over_all_dyads(seed, directed):
    before, after = wave(seed, directed), wave(seed + 100, directed)
    table = change.tie_fate(before, after)
    expected = brute(before, after)
    assert table["fate"].value_counts().to_dict() == expected
    kept, changed = expected["kept"], expected["lost"] + expected["new"]
    stable = kept / (kept + changed) if kept + changed else np.nan
    assert change.net_stability(before, after) == pytest.approx(stable, nan_ok=True)
    assert (table.loc[table["fate"] == "kept", ["before", "after"]] > 0).all(axis=None)
    assert (table.loc[table["fate"] == "lost", "after"] == 0).all()
    assert table.loc[table["fate"] == "unknown", ["before", "after"]].isna().any(axis=1).all()


def test_turnover_and_entry_equal_sets():
    waves = {year: wave(year, True) for year in (2021, 2022, 2023, 2024)}
    table = change.entry_exit(waves)
    ids = {year: set(net.actors.index) for year, net in waves.items()}
    for last, year in ((2021, 2022), (2022, 2023), (2023, 2024)):
        was, now = ids[last], ids[year]
        expected = [len(now), len(now - was), len(was - now), len(now & was)]
        expected += [len(now - was) / len(now), len(was - now) / len(was)]
        assert table.loc[year].tolist() == pytest.approx(expected)
        turnover = 1 - len(was & now) / len(was | now)
        assert change.net_turnover(waves[last], waves[year]) == pytest.approx(turnover)
    assert table.loc[2021].isna().tolist() == [False] + [True] * 5


def test_the_same_network_twice_is_wholly_stable(knoke):
    net = knoke["KNOKI"]
    assert change.net_stability(net, net) == 1
    assert change.net_turnover(net, net) == 0
    assert set(change.tie_fate(net, net)["fate"]) == {"kept"}


def test_the_two_relations_of_knoke_share_eleven_of_sixty(knoke, knoke_expected):
    found = change.net_stability(knoke["KNOKI"], knoke["KNOKM"])
    assert found == pytest.approx(knoke_expected["multiplex"]["jaccard"], abs=1e-12)


def test_undefined_is_nan():
    empty = OrgNetwork.from_ties(pd.DataFrame({"source": [], "target": []}), actors=["a"])
    nobody = empty.only([False])
    assert np.isnan(change.net_stability(empty, empty))
    assert np.isnan(change.net_turnover(nobody, nobody))
    assert len(change.tie_fate(empty, empty)) == 0
    assert change.entry_exit({}).shape == (0, 6)


def test_direction_must_be_the_same():
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    with pytest.raises(UndefinedError, match="symmetrize"):
        change.tie_fate(OrgNetwork.from_ties(ties), OrgNetwork.from_ties(ties, directed=False))
