"""The one engine of draws: fixed blocks with seeds of their own, so workers change nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, not_whole
from orgnet_analytics.inference.spread import spread
from orgnet_analytics.network import FloatArray
from orgnet_analytics.progress import watched

BLOCK = 250
Task = Callable[[np.random.Generator, int], FloatArray]
Block = tuple[np.random.SeedSequence, int]


@dataclass(frozen=True)
class Work:
    """How the draws are made: how many, from which seed, by whom, and what to call them."""

    draws: int
    seed: int | None = None
    workers: int = 1
    client: Any = None
    title: str = "draws"


def run(task: Task, work: Work) -> tuple[FloatArray, int]:
    """Return the draws of ``task``, in order, and the seed that makes them again."""
    if wrong := not_whole(work.draws, "draws"):
        raise DataError(wrong)
    root = seeded(work.seed)
    sizes = [min(BLOCK, work.draws - start) for start in range(0, work.draws, BLOCK)]
    blocks = list(zip(root.spawn(len(sizes)), sizes, strict=True))
    parts = spread(
        functools.partial(_block, task), blocks, workers=work.workers, client=work.client
    )
    watched_parts = watched(parts, work.title, total=work.draws, size=len)
    found = np.concatenate(list(watched_parts))
    found.setflags(write=False)
    return found, int(str(root.entropy))


def seeded(seed: int | None) -> np.random.SeedSequence:
    """Return the source of all chance for a seed; a fresh one without it."""
    if seed is not None and (found := not_whole(seed, "seed", least=0)):
        raise DataError(found)
    return np.random.SeedSequence(seed)


def _block(task: Task, block: Block) -> FloatArray:
    seed, size = block
    return task(np.random.default_rng(seed), size)


@dataclass(frozen=True, eq=False, repr=False)
class Test:
    """A statistic, and the same statistic as chance alone would have it.

    Attributes
    ----------
    name : str
        What was tested.
    estimate : float
        The statistic of the data.
    p : float
        Two-sided: twice the smaller of ``greater`` and ``less``, at most 1.
    greater, less : float
        How often chance gives a value as high, or as low, the data counted as one draw: never 0.
    interval : tuple of float
        Where the middle 95 % of the draws lie: what chance alone gives.
    draws : numpy.ndarray
        The statistic in each draw; NaN where it was not defined, and then left out of the rest.
    seed : int
        Makes the same draws again.
    """

    __test__ = False  # not a test case, whatever pytest takes its name for

    name: str
    estimate: float
    p: float
    greater: float
    less: float
    interval: tuple[float, float]
    draws: FloatArray
    seed: int

    def __repr__(self) -> str:
        low, high = self.interval
        return (
            f"<Test {self.name}: {self.estimate:.4g}, p = {self.p:.4g}; "
            f"by chance {low:.4g} to {high:.4g} ({len(self.draws):,} draws)>"
        )


def tested(name: str, estimate: float, draws: FloatArray, seed: int) -> Test:
    """Return the test of ``estimate`` against the draws."""
    greater, less = tails(estimate, draws)
    p = min(1.0, 2 * min(greater, less)) if np.isfinite(greater) else float("nan")
    return Test(name, float(estimate), p, greater, less, middle(draws), draws, seed)


def tails(estimate: float, draws: FloatArray) -> tuple[float, float]:
    """Return the shares of draws at or above, and at or below, the estimate, itself included."""
    defined = draws[np.isfinite(draws)]
    if not np.isfinite(estimate) or not len(defined):
        return float("nan"), float("nan")
    slack = 1e-10 * max(1.0, abs(estimate))
    high, low = (defined >= estimate - slack).sum(), (defined <= estimate + slack).sum()
    return float((high + 1) / (len(defined) + 1)), float((low + 1) / (len(defined) + 1))


def middle(draws: NDArray[np.float64], share: float = 0.95) -> tuple[float, float]:
    """Return the ends of the middle part of the draws."""
    defined = draws[np.isfinite(draws)]
    if not len(defined):
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)
