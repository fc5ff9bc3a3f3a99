"""QCA from sets to solution: seconds by number of conditions, with planted paths and with pure noise."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.timing import in_turn
from orgnet_analytics.readings.configurations import Solution, minimize, truth_table

SIZES = {5: 18, 8: 40, 10: 60, 12: 60, 14: 80}
"""Cases by number of conditions."""


def cases(conditions: int, n: int, noise: float, seed: int = 1) -> pd.DataFrame:
    """Draw crisp cases whose outcome follows two paths, but for a share of them at random."""
    rng = np.random.default_rng(seed)
    names = [f"C{i:02d}" for i in range(1, conditions + 1)]
    sets = pd.DataFrame(rng.integers(0, 2, (n, conditions)), columns=names)
    follows = (sets.C01 & sets.C02) | ((1 - sets.C03) & sets.C04 & sets.C05)
    chance = rng.random(n) < noise
    return sets.assign(Y=np.where(chance, rng.integers(0, 2, n), follows).astype(float))


def rows(quick: bool) -> pd.DataFrame:
    """Return one row per number of conditions."""
    found = {}
    for conditions, n in SIZES.items():
        if quick and conditions > 12:
            continue
        found[conditions] = {"cases": n} | _planted(conditions, n) | _noise(conditions, n)
    return pd.DataFrame.from_dict(found, orient="index").rename_axis("conditions")


def _planted(conditions: int, n: int) -> dict[str, float | str]:
    """All three solutions, from sets to reading, where one case in ten is random."""
    sets = cases(conditions, n, 0.1)
    helps = dict.fromkeys(sets.columns.drop("Y"), "present")
    kinds = {"conservative": None, "parsimonious": None, "intermediate": helps}

    def solve(kind: str) -> Solution:
        return minimize(truth_table(sets, outcome="Y"), solution=kind, directions=kinds[kind])

    seconds = in_turn({kind: lambda kind=kind: solve(kind) for kind in kinds}, rounds=3).median()
    return {"models": _told(solve("parsimonious"))} | seconds.round(2).add_suffix(", s").to_dict()


def _noise(conditions: int, n: int) -> dict[str, float | str]:
    """The hardest table: an outcome that has nothing to do with the conditions."""
    table = truth_table(cases(conditions, n, 1.0), outcome="Y")
    work = {"noise": lambda: minimize(table, solution="parsimonious")}
    spent = in_turn(work, rounds=3)["noise"].median()
    return {
        "noise: models": _told(minimize(table, solution="parsimonious")),
        "noise: parsimonious, s": round(spent, 2),
    }


def _told(solution: Solution) -> str:
    return f"{len(solution.models)}{'' if solution.complete else '+'}"
