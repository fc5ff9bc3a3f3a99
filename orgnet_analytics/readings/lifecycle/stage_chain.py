"""Stages over waves as a hidden Markov chain: its steps learned from coded courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StageChain:
    """How stages follow one another in coded panels, to read a wave by those before and after it.

    Attributes
    ----------
    stages : tuple of str
        The stages, in the order of the arrays.
    start, prior : numpy.ndarray
        How often a course starts in each stage, and how often a wave is in it.
    steps : numpy.ndarray
        Row stage, column stage of the next wave: how often the one follows the other.
    """

    stages: tuple[str, ...]
    start: Array
    steps: Array
    prior: Array

    @classmethod
    def learned(
        cls, courses: Sequence[Sequence[str]], stages: Sequence[str], smoothing: float
    ) -> StageChain:
        """Count starts and steps in the courses, ``smoothing`` added to each so that none is impossible.

        Examples
        --------
        >>> chain = StageChain.learned([["young", "old"], ["young", "young"]], ["old", "young"], smoothing=1)
        >>> chain.start.tolist(), chain.steps[1].tolist()
        ([0.25, 0.75], [0.5, 0.5])
        """
        place = {stage: i for i, stage in enumerate(stages)}
        start, steps = np.full(len(place), smoothing), np.full((len(place),) * 2, smoothing)
        prior = np.zeros(len(place))
        for course in courses:
            codes = [place[stage] for stage in course]
            start[codes[0]] += 1
            np.add.at(steps, (codes[:-1], codes[1:]), 1)
            np.add.at(prior, codes, 1)
        return cls(
            tuple(stages), start / start.sum(), steps / steps.sum(axis=1, keepdims=True),
            prior / prior.sum(),
        )  # fmt: skip

    def smoothed(self, chances: Array) -> Array:
        """Return the probability of each stage in each wave given all waves of one network.

        ``chances`` has a row per wave in order of time: the probabilities from each wave by itself. Divided
        by how common each stage is they stand for the likelihood of the wave; the rest is the usual pass
        forward and backward.
        """
        likely = chances / self.prior
        forward, backward = likely.copy(), np.ones_like(likely)
        forward[0] *= self.start
        forward[0] /= forward[0].sum()
        for t in range(1, len(likely)):
            forward[t] *= forward[t - 1] @ self.steps
            forward[t] /= forward[t].sum()
        for t in range(len(likely) - 2, -1, -1):
            backward[t] = self.steps @ (likely[t + 1] * backward[t + 1])
            backward[t] /= backward[t].sum()
        both = forward * backward
        return np.asarray(both / both.sum(axis=1, keepdims=True))


def courses(stages: NDArray[Any], groups: NDArray[Any]) -> list[list[str]]:
    """Return the stages of each network in order of time: the order of the rows.

    Examples
    --------
    >>> courses(np.array(["a", "b", "a"]), np.array([1, 1, 2]))
    [['a', 'b'], ['a']]
    """
    found: dict[Any, list[str]] = {}
    for group, stage in zip(groups.tolist(), stages.tolist(), strict=True):
        found.setdefault(group, []).append(stage)
    return list(found.values())
