"""How far unknown cells of who holds what can move coverage: exact, whatever stands in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.steps import Step

HELD = ("covered", "single_holders")
Ints = NDArray[np.int_]


@dataclass(frozen=True)
class UnknownHoldings:
    """The number of holders of each need, in each situation, for every filling that can matter.

    Attributes
    ----------
    counts : list of list of numpy.ndarray
        Per situation and need the number of holders, a value per filling of its unknown cells.
    """

    counts: list[list[Ints]]

    @classmethod
    def of(cls, start: Situation, steps: list[Step]) -> UnknownHoldings | None:
        """Follow who holds what through the steps; None where nothing of it is unknown.

        Beside the needs each organization carries a column of its own, so that after mergers it can still be
        told whose cells a row has.
        """
        if start.holders is None or not start.holders.isna().any(axis=None):
            return None
        dark = start.holders.isna().to_numpy()
        lineage = pd.DataFrame(np.eye(len(dark)), start.holders.index, range(len(dark)))
        there = replace(start, holders=pd.concat([start.holders.fillna(0.0), lineage], axis=1))
        tables = [there.holders]
        for step in steps:
            there = step.apply(there)
            tables.append(there.holders)
        return cls([_counts(table, dark) for table in tables if table is not None])

    def between(self, first: int, last: int) -> pd.DataFrame:
        """Return the lowest and the highest change of coverage from one situation to another.

        What holds of one need does not hang on another, so the ends of each add up.
        """
        pairs = list(zip(self.counts[first], self.counts[last], strict=True))
        covered = [np.sign(after) - np.sign(before) for before, after in pairs]
        single = [(after == 1) * 1 - (before == 1) for before, after in pairs]
        ends = {
            name: [sum(float(end(one)) for one in changes) for end in (np.min, np.max)]
            for name, changes in zip(HELD, (covered, single), strict=True)
        }
        table = pd.DataFrame(ends)
        return table.assign(covered=table["covered"] / len(pairs))


def _counts(table: pd.DataFrame, dark: NDArray[np.bool_]) -> list[Ints]:
    """Return how many hold each need, per filling of its unknown cells with nothing, one or two holders.

    More are not needed: whether a need has no holder, one or several, before and after, can be had with two.
    """
    cells = table.to_numpy(dtype=float)
    known, lineage = cells[:, : dark.shape[1]] > 0, cells[:, dark.shape[1] :] > 0
    found = []
    for at in range(dark.shape[1]):
        unknown = np.flatnonzero(dark[:, at])
        fillings = [(), *((one,) for one in unknown), *combinations(unknown, 2)]
        filled = [lineage[:, list(who)].any(axis=1) | known[:, at] for who in fillings]
        found.append(np.array([here.sum() for here in filled]))
    return found
