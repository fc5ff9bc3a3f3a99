"""Core and periphery against the recorded optimum and every subset one by one."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.measures import cohesion
from orgnet_analytics.measures.core_periphery import _best_found, _every_core, _union


def brute(cells, across="left_out"):
    """The best correlation over all cores, computed pair by pair."""
    n, best = len(cells), -np.inf
    for size in range(1, n):
        for core in combinations(range(n), size):
            rim = [i for i in range(n) if i not in core]
            pairs = [(*p, 1) for p in combinations(core, 2)] + [
                (*p, 0) for p in combinations(rim, 2)
            ]
            if across == "tied":
                pairs += [(i, j, 1) for i in core for j in rim]
            ties, ideal = np.array([(cells[i, j], d) for i, j, d in pairs]).T
            if np.ptp(ties) and np.ptp(ideal):
                best = max(best, np.corrcoef(ties, ideal)[0, 1])
    return best


def larger(seed, n):
    """A network with a planted core of a third, and noise."""
    rng = np.random.default_rng(seed)
    core = np.arange(n) < n // 3
    chance = np.where(core[:, None] & core, 0.8, np.where(core[:, None] | core, 0.35, 0.08))
    cells = np.triu(rng.random((n, n)) < chance, 1).astype(float)
    return cells + cells.T


@pytest.mark.parametrize("matrix", ["KNOKI", "KNOKM"])
@pytest.mark.parametrize(("across", "key"), [("left_out", "cp_missing"), ("tied", "cp_ones")])
def test_knoke_is_as_recorded(knoke, knoke_expected, matrix, across, key):
    expected = knoke_expected[matrix]["core_periphery_discrete_exhaustive_union"][key]
    found = cohesion.core_periphery(knoke[matrix], across=across)
    assert found.fit == pytest.approx(expected["fit"], abs=1e-10)
    assert found.core[found.core].index.tolist() == expected["core"]
    assert found.exact


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("across", ["left_out", "tied"])
def test_every_core_equals_a_look_at_all_subsets(random_nets, weighted, across):
    for net in random_nets[:20]:
        if len(net) <= 9:
            expected = brute(_union(net, weighted), across)
            found = cohesion.core_periphery(net, weighted=weighted, across=across)
            if np.isinf(expected):
                assert np.isnan(found.fit)
                assert not found.core.any()
            else:
                assert found.fit == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("tied", [False, True])
def test_the_search_finds_the_optimum_where_it_can_be_known(seed, tied):
    cells = larger(seed, 15)
    assert _best_found(cells, tied)[1] == pytest.approx(_every_core(cells, tied)[1], abs=1e-12)


def test_a_star_is_a_core_of_one_whose_ties_go_across():
    star = pd.DataFrame({"source": ["hub"] * 20, "target": [f"o{i}" for i in range(20)]})
    found = cohesion.core_periphery(OrgNetwork.from_ties(star), across="tied")
    assert found.core[found.core].index.tolist() == ["hub"]
    assert found.fit == pytest.approx(1)


def test_the_search_finds_a_planted_core():
    core = np.arange(30) < 8
    cells = (core[:, None] & core).astype(float)
    np.fill_diagonal(cells, 0)
    cells[0, 8:] = cells[8:, 0] = 1
    found = cohesion.core_periphery(OrgNetwork.from_matrix(cells, directed=False))
    assert found.core.sum() in (7, 8)  # one of the eight may stand aside: pairs across are left out
    assert not found.core[~core].any()
    assert found.fit == pytest.approx(1)
    assert not found.exact


def test_continuous_coreness_comes_nearer_than_random_starts(knoke):
    net = knoke["KNOKM"]
    found = cohesion.core_periphery(net, model="continuous")
    cells = _union(net, False)
    rows, columns = np.triu_indices(10, 1)

    def off(c):
        ideal, ties = c[rows] * c[columns], cells[rows, columns]
        scale = ideal @ ties / (ideal @ ideal)
        return ((ties - scale * ideal) ** 2).sum()

    best = found.core.to_numpy()
    rng = np.random.default_rng(1)
    near = [off(np.abs(best + rng.normal(0, size, 10))) for size in (0.001, 0.01, 0.1, 1) * 200]
    assert off(best) <= min(near) + 1e-9
    assert found.core.max() == 1
    assert found.core["WRO"] == pytest.approx(0, abs=1e-6)
    correlation = np.corrcoef(best[rows] * best[columns], cells[rows, columns])[0, 1]
    assert found.fit == pytest.approx(correlation, abs=1e-12)


def test_undefined_is_nan():
    ties = pd.DataFrame({"source": [*"aab"], "target": [*"bcc"]})
    for net in (
        OrgNetwork.from_ties(ties),
        OrgNetwork.from_ties(ties.iloc[:0], actors=[*"abcde"]),
    ):
        for model in ("discrete", "continuous"):
            found = cohesion.core_periphery(net, model=model)
            assert np.isnan(found.fit)
            assert not found.core.any()


def test_choices_are_named(knoke):
    with pytest.raises(UndefinedError, match="'discrete' and 'continuous'"):
        cohesion.core_periphery(knoke["KNOKI"], model="fuzzy")
    with pytest.raises(UndefinedError, match="'left_out' and 'tied'"):
        cohesion.core_periphery(knoke["KNOKI"], across="half")
