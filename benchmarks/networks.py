"""Seeded networks like those of practice, only larger: hubs, communities, returned ties, groups."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd


class Drawn(NamedTuple):
    """A network as arrays: who, to whom, how strong; and each actor's group."""

    n: int
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    group: np.ndarray

    @property
    def ties(self) -> pd.DataFrame:
        ids = np.array([f"org {i}" for i in range(self.n)])
        return pd.DataFrame(
            {"source": ids[self.source], "target": ids[self.target], "weight": self.weight}
        )

    @property
    def actors(self) -> pd.DataFrame:
        return pd.DataFrame({"kind": self.group}, index=[f"org {i}" for i in range(self.n)])


def drawn(n: int, draws: int, *, hubs: float = 2.2, seed: int = 1) -> Drawn:
    """Draw ties by fitness (Pareto ``hubs``; lower makes larger hubs), most within communities of 60."""
    rng = np.random.default_rng(seed)
    fitness = rng.pareto(hubs, n) + 1
    chance = fitness / fitness.sum()
    community = rng.integers(0, max(1, n // 60), n)
    members = np.argsort(community, kind="stable")
    first = np.searchsorted(community[members], np.arange(community.max() + 2))
    source, target = rng.choice(n, draws, p=chance), rng.choice(n, draws, p=chance)
    home, near = community[source], rng.random(draws) < 0.6
    place = first[home] + (rng.random(draws) * (first[home + 1] - first[home])).astype(int)
    target = np.where(near, members[place], target)
    returned = rng.random(draws) < 0.28
    source, target = (
        np.concatenate([source, target[returned]]),
        np.concatenate([target, source[returned]]),
    )
    keys = np.unique((source * n + target)[source != target])
    weight = rng.integers(1, 6, len(keys)).astype(float)
    return Drawn(n, keys // n, keys % n, weight, rng.integers(0, min(12, max(4, n // 100)), n))


SIZES = {
    "30": {"n": 30, "draws": 100},
    "300": {"n": 300, "draws": 2_200},
    "3,000": {"n": 3_000, "draws": 22_000},
    "30,000": {"n": 30_000, "draws": 220_000},
    "30,000 with hubs": {"n": 30_000, "draws": 220_000, "hubs": 1.0},
    "300,000": {"n": 300_000, "draws": 2_200_000},
}
