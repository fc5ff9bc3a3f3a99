"""Positions against the published correlations for Knoke and the definitions written out."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import DataError, OrgNetwork, UndefinedError
from orgnet_analytics.datasets import load_knoke
from orgnet_analytics.measures import positions


def brute_rege(cells, rounds):
    """REGE by its formula, one pair and one partner at a time."""
    n = len(cells)
    m = np.ones((n, n))
    for _ in range(rounds):
        new = np.ones((n, n))
        for i in range(n):
            for j in range(n):
                top = bottom = 0
                for one, other in ((i, j), (j, i)):
                    for k in range(n):
                        if not cells[one, k] and not cells[k, one]:
                            continue
                        choices = []
                        for p in range(n):
                            if not cells[other, p] and not cells[p, other]:
                                continue
                            low = min(cells[one, k], cells[other, p]) + min(
                                cells[k, one], cells[p, other]
                            )
                            high = max(cells[one, k], cells[other, p]) + max(
                                cells[k, one], cells[p, other]
                            )
                            choices.append((m[k, p] * low, -high))
                        best = max(choices) if choices else (0, -(cells[one, k] + cells[k, one]))
                        top, bottom = top + best[0], bottom - best[1]
                new[i, j] = top / bottom if bottom else 1
        m = new
    return m


def test_the_correlations_of_knoke_are_the_published_ones(knoke_expected):
    published = np.array(knoke_expected["concor"]["first_correlation_matrix"])
    found = positions.structural_equivalence(load_knoke())
    np.testing.assert_allclose(found, published, atol=6e-9)


def test_the_first_split_of_knoke_is_the_recorded_one(knoke_expected):
    block = positions.concor(load_knoke(), splits=1).partition
    parts = [block.index[block == number].tolist() for number in (1, 2)]
    assert parts == knoke_expected["concor"]["converged_2block_split"]


def test_further_splits_divide_the_first(knoke_expected):
    one, two = (positions.concor(load_knoke(), splits=splits).partition for splits in (1, 2))
    assert one.groupby(two).nunique().max() == 1
    assert two.nunique() == 4


def test_profiles_compare_as_numpy_has_it(random_nets):
    for net in random_nets[:20]:
        cells = net.to_matrix().to_numpy()
        rows = np.hstack([cells, cells.T])
        apart = np.sqrt(((rows[:, None] - rows[None]) ** 2).sum(axis=2))
        found = positions.structural_equivalence(net, method="euclidean", weighted=True)
        np.testing.assert_allclose(found, apart, atol=1e-6)
        same = ((rows[:, None] > 0) == (rows[None] > 0)).mean(axis=2)
        found = positions.structural_equivalence(net, method="matching")
        np.testing.assert_allclose(found, same, atol=1e-12)
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = np.corrcoef(rows)
        found = positions.structural_equivalence(net, weighted=True).to_numpy()
        assert np.array_equal(np.isnan(found), np.isnan(expected))
        np.testing.assert_allclose(found, expected, atol=1e-10)


def test_blocks_count_ties_over_dyads(random_nets):
    for net in random_nets:
        tied = net.to_matrix().to_numpy() > 0
        kind = net.actors["kind"].to_numpy()
        found = positions.blockmodel(net, partition="kind")
        pairs = [(i, j) for i in range(len(net)) for j in range(len(net)) if i != j]
        y = np.array([tied[p] for p in pairs], dtype=float)
        cell = pd.Series([f"{kind[i]}{kind[j]}" for i, j in pairs])
        mean = pd.Series(y).groupby(cell).transform("mean")
        for r in set(kind):
            for s in set(kind):
                expected = y[cell == r + s].mean() if (cell == r + s).any() else np.nan
                assert found.density.loc[r, s] == pytest.approx(expected, abs=1e-12, nan_ok=True)
        spread = ((y - y.mean()) ** 2).sum()
        explained = 1 - ((y - mean) ** 2).sum() / spread if spread else np.nan
        assert found.fit == pytest.approx(explained, abs=1e-10, nan_ok=True)
        image = (found.density >= y.mean()) & (found.density > 0)
        assert found.image.equals(image)


def test_blocks_of_several_relations_stand_under_each_other():
    found = positions.blockmodel(load_knoke(), partition=positions.concor(load_knoke()).partition)
    assert found.density.index.names == ["relation", "block"]
    assert found.density.shape == (8, 4)
    one = positions.blockmodel(load_knoke().relation("money"), partition=found.partition)
    assert found.density.loc["money"].equals(one.density)


@pytest.mark.parametrize("rounds", [1, 3])
def test_regular_equivalence_equals_its_formula(random_nets, rounds):
    for net in random_nets[:12]:
        cells = net.to_matrix().to_numpy()
        found = positions.regular_equivalence(net, rounds=rounds, weighted=True)
        np.testing.assert_allclose(found, brute_rege(cells, rounds), atol=1e-12)


def test_the_levels_of_a_tree_of_command_are_its_roles():
    tree = pd.DataFrame({"source": [*"aabbcc"], "target": [*"bcdefg"]})
    found = positions.regular_equivalence(OrgNetwork.from_ties(tree), rounds=10)
    level = {"a": 0, **dict.fromkeys("bc", 1), **dict.fromkeys("defg", 2)}
    for i in found.index:
        for j in found.index:
            same = level[i] == level[j]
            assert (found.loc[i, j] == pytest.approx(1)) == same


def test_isolates_are_alike_and_unlike_all_others():
    ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    net = OrgNetwork.from_ties(ties, actors=[*"abcd"])
    found = positions.regular_equivalence(net)
    assert found.loc["c"].tolist() == [0, 0, 1, 1]
    assert positions.structural_equivalence(net).loc["c"].isna().all()
    assert positions.concor(net, splits=1).partition.nunique() == 2


def test_undefined_is_nan():
    full = OrgNetwork.from_ties(pd.DataFrame({"source": [*"ab"], "target": [*"ba"]}))
    found = positions.blockmodel(full, partition={"a": 1, "b": 2})
    assert np.isnan(found.fit)
    assert np.isnan(found.density.loc[1, 1])


def test_what_is_wrong_is_named(knoke):
    net = knoke["KNOKI"]
    with pytest.raises(UndefinedError, match="'euclidean'"):
        positions.structural_equivalence(net, method="jaccard")
    with pytest.raises(UndefinedError, match="splits"):
        positions.concor(net, splits=0)
    with pytest.raises(UndefinedError, match="rounds"):
        positions.regular_equivalence(net, rounds=0)
    with pytest.raises(DataError) as caught:
        positions.blockmodel(net, partition={"COUN": 1})
    assert len(caught.value.issues) == 9


def with_gaps(seed, directed):
    """Two relations with unknown cells, as a network and as matrices with NaN."""
    rng = np.random.default_rng(seed)
    kinds = {}
    for kind in ("one", "two"):
        cells = (rng.random((7, 7)) < 0.5).astype(float)
        cells[rng.random((7, 7)) < 0.2] = np.nan
        cells = cells if directed else np.triu(cells, 1) + np.triu(cells, 1).T
        np.fill_diagonal(cells, 0)
        kinds[kind] = cells
    nets = [
        OrgNetwork.from_matrix(cells, [*"abcdefg"], relation=kind, directed=directed)
        for kind, cells in kinds.items()
    ]
    ties = pd.concat([net.ties.astype({"relation": str}) for net in nets], ignore_index=True)
    return OrgNetwork(nets[0].actors, ties, directed), list(kinds.values())


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_profiles_are_compared_on_what_is_known_of_both(seed, directed):
    net, matrices = with_gaps(seed, directed)
    profiles = pd.DataFrame(np.vstack([side for cells in matrices for side in (cells, cells.T)]))
    rows = len(profiles)
    found = {
        method: positions.structural_equivalence(net, method=method).to_numpy()
        for method in ("correlation", "euclidean", "matching")
    }
    np.testing.assert_allclose(found["correlation"], profiles.corr(), atol=1e-12)
    for i in range(7):
        for j in range(7):
            pair = profiles[[i, j]].dropna().to_numpy()
            apart = np.sqrt(((pair[:, 0] - pair[:, -1]) ** 2).sum() * rows / len(pair))
            assert found["euclidean"][i, j] == pytest.approx(apart, abs=1e-12)
            equal = (pair[:, 0] == pair[:, -1]).mean()
            assert found["matching"][i, j] == pytest.approx(equal, abs=1e-12)


def test_a_profile_that_does_not_vary_where_both_are_known_has_no_correlation():
    cells = np.array([[0, 0, 1, 0], [0, 0, np.nan, 1], [0, 0, 0, 0], [0, np.nan, 0, 0]])
    found = positions.structural_equivalence(OrgNetwork.from_matrix(cells, list("abcd")))
    # The one tie of d is with b, and whether b is tied to c is what nobody told.
    assert found.loc[["c", "d"], ["c", "d"]].isna().to_numpy().tolist() == [
        [False, True],
        [True, False],
    ]
    assert found.loc["a", "c"] == pytest.approx(-0.1666666666666667, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_block_densities_and_fit_are_of_the_dyads_known(seed):
    net, matrices = with_gaps(seed, True)
    block = dict(zip("abcdefg", [1, 1, 1, 2, 2, 3, 3], strict=True))
    found = positions.blockmodel(net, partition=block)
    code, off, spread = np.array(list(block.values())), 0, 0
    for kind, cells in zip(("one", "two"), matrices, strict=True):
        seen = cells.copy()
        np.fill_diagonal(seen, np.nan)
        ideal = np.full_like(seen, np.nan)
        for r in (1, 2, 3):
            for s in (1, 2, 3):
                inside = np.ix_(code == r, code == s)
                told = seen[inside][~np.isnan(seen[inside])]
                ideal[inside] = density = told.mean() if len(told) else np.nan
                cell = found.density.loc[(kind, r), s]
                assert cell == pytest.approx(density, abs=1e-12, nan_ok=True)
        off += np.nansum((seen - ideal) ** 2)
        spread += np.nansum((seen - np.nanmean(seen)) ** 2)
    assert found.fit == pytest.approx(1 - off / spread, abs=1e-12)


def test_nothing_is_a_position_of_nobody():
    nobody = OrgNetwork(pd.DataFrame(index=[]), pd.DataFrame({"source": [], "target": []}))
    for method in ("correlation", "euclidean", "matching"):
        assert positions.structural_equivalence(nobody, method=method).shape == (0, 0)
    assert positions.regular_equivalence(nobody).shape == (0, 0)
