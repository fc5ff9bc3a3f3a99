"""QCA from sets to solution, by number of conditions, with planted paths and with pure noise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.timing import Limit, in_turn
from orgnet_analytics.readings.configurations import Solution, minimize, truth_table

SIZES = {5: 18, 8: 40, 10: 60, 12: 60, 14: 80}
"""Cases by number of conditions."""
TIED = ((80, 0.4, 2), (120, 0.4, 1), (60, 1.0, 1))
"""Cases, share at random and seed of tables over 12 conditions with hundreds of tied models."""


def cases(conditions: int, n: int, noise: float, seed: int = 1) -> pd.DataFrame:
    """Draw crisp cases whose outcome follows two paths, but for a share of them at random."""
    rng = np.random.default_rng(seed)
    names = [f"C{i:02d}" for i in range(1, conditions + 1)]
    sets = pd.DataFrame(rng.integers(0, 2, (n, conditions)), columns=names)
    follows = (sets.C01 & sets.C02) | ((1 - sets.C03) & sets.C04 & sets.C05)
    chance = rng.random(n) < noise
    return sets.assign(Y=np.where(chance, rng.integers(0, 2, n), follows).astype(float))


def rows() -> Iterator[Limit]:
    """Yield, per number of conditions, what each solution takes from sets to reading."""
    for conditions, n in SIZES.items():
        limit, size = (5 if conditions <= 12 else None), f"{conditions} conditions, {n} cases"
        for kind, seconds in _planted(conditions, n).items():
            yield Limit(
                f"{kind} solution, one outcome in ten random", size, seconds, "seconds", limit
            )
        yield Limit("parsimonious solution of pure noise", size, _noise(conditions, n), "seconds")
    for n, noise, seed in TIED:
        what = f"intermediate solution, {noise:.0%} random, hundreds of tied models"
        yield Limit(what, f"12 conditions, {n} cases", _tied(n, noise, seed), "seconds", 5)


def _planted(conditions: int, n: int) -> dict[str, float]:
    sets = cases(conditions, n, 0.1)
    helps = dict.fromkeys(sets.columns.drop("Y"), "present")
    kinds = {"conservative": None, "parsimonious": None, "intermediate": helps}
    if conditions > 12:
        del kinds["intermediate"]

    def solve(kind: str) -> Solution:
        return minimize(truth_table(sets, outcome="Y"), solution=kind, directions=kinds[kind])

    work = {kind: lambda kind=kind: solve(kind) for kind in kinds}
    return in_turn(work, rounds=3).median().to_dict()


def _tied(n: int, noise: float, seed: int) -> float:
    """The many pairs of a complex and a parsimonious model that an intermediate solution lies between."""
    sets = cases(12, n, noise, seed)
    table, helps = truth_table(sets, outcome="Y"), dict.fromkeys(sets.columns.drop("Y"), "present")
    work = {"tied": lambda: minimize(table, solution="intermediate", directions=helps)}
    return float(in_turn(work, rounds=3)["tied"].median())


def _noise(conditions: int, n: int) -> float:
    """The hardest table: an outcome that has nothing to do with the conditions."""
    table = truth_table(cases(conditions, n, 1.0), outcome="Y")
    work = {"noise": lambda: minimize(table, solution="parsimonious")}
    return float(in_turn(work, rounds=3)["noise"].median())
