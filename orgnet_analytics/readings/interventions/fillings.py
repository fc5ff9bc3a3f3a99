"""How far what is unknown can move what a step changes: the same filling before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.progress import watched
from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.standing import Asked, of_ties
from orgnet_analytics.readings.interventions.steps import Step
from orgnet_analytics.readings.interventions.unknown_holdings import UnknownHoldings


@dataclass(frozen=True)
class Gaps:
    """What the unknown dyads (drawn) and the unknown cells of who holds what (exact) leave open.

    Attributes
    ----------
    drawn : list of pandas.DataFrame
        Per situation, fillings of the dyads by indicators; nothing where all are known.
    held : UnknownHoldings or None
        The holders of each need, where not all are known.
    """

    drawn: list[pd.DataFrame]
    held: UnknownHoldings | None

    def between(self, first: int, last: int) -> pd.DataFrame | None:
        """Return changes that are possible from one situation to another, a row each; None without gaps."""
        parts = [self.drawn[last] - self.drawn[first]] if self.drawn else []
        parts += [self.held.between(first, last)] if self.held else []
        return pd.concat(parts, ignore_index=True) if parts else None


def spans(
    start: Situation, steps: list[Step], asked: Asked, draws: int, rng: np.random.Generator
) -> list[pd.DataFrame]:
    """Return per situation, fillings by indicators: what the ties show however the gaps are filled."""
    gaps = start.dyads.isna().to_numpy()
    if not gaps.any():
        return []
    told = replace(start, actors=start.actors.drop(columns="responded", errors="ignore"))
    densities = np.concatenate([[0.0, 1.0], rng.random(draws - 2)])
    seen: list[list[dict[str, float]]] = [[] for _ in range(len(steps) + 1)]
    for density in watched(densities, "ways to fill the gaps"):
        there = replace(told, dyads=_filled(start, gaps, rng.random(gaps.shape) < density))
        seen[0].append(of_ties(there.net, asked))
        for place, step in enumerate(steps, start=1):
            there = step.apply(there)
            seen[place].append(of_ties(there.net, asked))
    return [pd.DataFrame(rows) for rows in seen]


def _filled(start: Situation, gaps: Any, ties: Any) -> pd.DataFrame:
    cells = start.dyads.to_numpy(copy=True)
    if not start.directed:
        ties = np.triu(ties) | np.triu(ties).T
    cells[gaps] = ties[gaps].astype(float)
    return pd.DataFrame(cells, index=start.dyads.index, columns=start.dyads.columns)
